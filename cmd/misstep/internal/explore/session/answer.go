package session

import (
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// StoredAnswer is the answer of a stored run; what its summary does not hold comes from the fine answer to the same.
func StoredAnswer(s *summary.Summary, fine *Answer) *Answer {
	a := answerOf(s, Stored)
	a.State, a.Command, a.Decision, a.Futures = fine.State, fine.Command, fine.Decision, hundred(s, fine.Futures)
	return a
}

// beside are the outcomes that always stand beside the headline's.
var beside = []string{"missed", "forgone"}

// answerOf is what a summary answers.
func answerOf(s *summary.Summary, level string) *Answer {
	words, c := answer.Of(s), &s.Contrasts[0]
	a := &Answer{Level: level, Arms: [2]string{c.Baseline, c.Treatment}, Heads: words.Versions, Title: words.Title,
		Asked: words.Asked, Sample: words.Sample, Verdict: string(words.Verdict), Finding: words.Finding, Says: words.Says,
		Shares: words.Shares, Unit: words.Unit, Others: words.Draws, Keep: words.Keep, Not: words.Not,
		Last: words.Last, Curves: curvesOf(s),
		Beliefs: beliefsOf(s), Notes: []Note{}}
	for _, n := range words.Notes {
		if n.Label != answer.OtherArms {
			a.Notes = append(a.Notes, Note{n.Label, n.Text})
		}
	}
	for i := range words.Rows {
		a.Rows = append(a.Rows, rowOf(&words.Rows[i], c.Measure(words.Rows[i].ID), i == 0, s.Run.Uncertain()))
	}
	inFront(a.Rows)
	if len(s.Warnings) > 0 && s.Warnings[0].What == "" { // a stored one has its words
		say.Warn(s.Warnings)
	}
	for _, w := range s.Warnings {
		a.Warnings = append(a.Warnings, w.What+": "+w.Why+"; "+w.Do+".")
	}
	return a
}

// inFront puts the rows that are always shown before the others.
func inFront(rows []Row) {
	slices.SortStableFunc(rows, func(x, y Row) int { return place(&x) - place(&y) })
}

func place(r *Row) int {
	switch {
	case !r.Key:
		return 2
	case slices.Contains(beside, r.ID):
		return 1
	}
	return 0
}

// rowOf is a row in words and numbers.
func rowOf(r *answer.Row, m *summary.Measure, headline, uncertain bool) Row {
	factor, digits := say.Factor(m.Unit), answer.SectionDigits(m)
	value := func(cell answer.Cell, e summary.Estimate) Value {
		v := valueOf(e, factor, uncertain, func(x float64) string { return say.Number(x, digits) })
		v.Text, v.Error = cell.Value, cell.MC
		return v
	}
	change := value(r.Change, m.Difference)
	change.Range = r.Range()
	return Row{ID: r.ID, Label: answer.LabelOf(m), Baseline: value(r.Baseline, m.Baseline),
		Treatment: value(r.Treatment, m.Treatment), Difference: &change, Mark: r.Mark,
		Key: headline || slices.Contains(beside, r.ID)}
}

// valueOf is an estimate as numbers; text writes one.
func valueOf(e summary.Estimate, factor float64, uncertain bool, text func(float64) string) Value {
	v := Value{Text: text(factor * e.Value), Value: factor * e.Value}
	if !e.NoError {
		half := factor * e.MC
		v.Half = &half
		v.Error = "±" + text(half)
	}
	if uncertain && e.Resolved {
		low, high := factor*e.Low, factor*e.High
		v.Low, v.High, v.Range = &low, &high, text(low)+" to "+text(high)
	}
	return v
}

// shown are the curves that a page has.
var shown = []struct{ id, class, cause, words string }{
	{"misstep", "R3", "misstep", "A misstep"},
	{"public", "R3-R6", "any", "A public step (R3 to R6)"},
}

// curvesOf are the curves of the two arms of the first contrast.
func curvesOf(s *summary.Summary) (out []Curve) {
	c := &s.Contrasts[0]
	for _, x := range shown {
		curve := Curve{ID: x.id, Words: x.words}
		for i, name := range [2]string{c.Baseline, c.Treatment} {
			k := slices.IndexFunc(s.Arms, func(a summary.Arm) bool { return a.Name == name })
			line := s.Arms[k].Curve(x.class, x.cause)
			if line == nil {
				return out // an older run
			}
			curve.Days = line.Days
			curve.Arms[i] = Band{Value: line.Value, MCLow: line.MCLow, MCHigh: line.MCHigh}
			if s.Run.Uncertain() {
				curve.Arms[i].Low, curve.Arms[i].High = line.Low, line.High
			}
		}
		if x.id == "misstep" && len(c.Course) > 0 {
			curve.Difference = courseOf(s)
		}
		out = append(out, curve)
	}
	return out
}

// courseOf is the paired difference over time. Where assumptions leave a moment open, the ends of its range are its
// value.
func courseOf(s *summary.Summary) *Band {
	b, resolved := &Band{}, false
	for _, m := range s.Contrasts[0].Course {
		d := m.Difference.Closed()
		b.Days, b.Value = append(b.Days, m.Day), append(b.Value, d.Value)
		b.Low, b.High = append(b.Low, d.Low), append(b.High, d.High)
		resolved = resolved || s.Run.Uncertain() && d.Low < d.High
		if !d.NoError {
			b.MCLow, b.MCHigh = append(b.MCLow, d.Value-d.MC), append(b.MCHigh, d.Value+d.MC)
		}
	}
	if !resolved {
		b.Low, b.High = nil, nil
	}
	return b
}

// beliefsOf says about what the missteps of both arms were wrong.
func beliefsOf(s *summary.Summary) []Belief {
	out := []Belief{{ID: "culprit", Words: "who did it"}, {ID: "severity", Words: "how grave it was"},
		{ID: "intent", Words: "what it was for"}, {ID: "rival", Words: "what kind of rival"}}
	for i, name := range [2]string{s.Contrasts[0].Baseline, s.Contrasts[0].Treatment} {
		k := slices.IndexFunc(s.Arms, func(a summary.Arm) bool { return a.Name == name })
		b := &s.Arms[k].Beliefs
		for n, e := range []summary.Estimate{b.Culprit, b.Severity, b.Intent, b.Rival} {
			out[n].Arms[i] = valueOf(e, 1, s.Run.Uncertain(), func(x float64) string { return say.Number(x, 2) })
		}
	}
	return out
}
