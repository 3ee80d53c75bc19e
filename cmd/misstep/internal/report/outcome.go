package report

import (
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// Comparison is one version against another.
type Comparison struct {
	Baseline, Treatment string     // in a sentence: with the forum
	Headline            *Outcome   // nil where no case is common to both
	Clear               []*Outcome // others that differ clearly
	Worse               string     // counter-risks that are clearly worse
	Leaning             []*Outcome // counter-risks that lean that way
	Identical           bool       // no future differs
	Effects             *Table     // all outcomes
	Scale               string     // cases in a future
}

// Outcome is one outcome in both versions.
type Outcome struct {
	Name, Title, Unit   string // in a sentence, and at its beginning
	Baseline, Treatment string // levels with their ranges
	Change              string // with its sampling error; empty where there is none to write
	Range               string // that the assumptions leave open
	Unresolved          bool   // which is not known
	Verdict             string
	Worse, None, Better string // shares of sets of assumptions; empty where they are not known
	Delta               string // difference up to which one counts as none

	Unclear, Same bool
	Sided         bool // a direction is worse
	Unanswered    bool // it counts operations that go unanswered
}

// verdicts say in a clause what a difference shows.
var verdicts = map[summary.Verdict]string{summary.Unclear: "no clear difference", summary.Same: "identical",
	summary.Unknown: "not told",
	summary.Differs: "differs; good or bad is for the reader", summary.Better: "better", summary.Worse: "worse"}

// resolved reports whether draws differ by more than their sampling error.
func resolved(e summary.Estimate) bool {
	return e.Resolved && e.Low <= e.Value && e.Value <= e.High
}

// ranged writes an estimate with the range that the assumptions leave open, or with its
// sampling error where no range is resolved.
func (w *writer) ranged(e summary.Estimate, number func(float64) string) string {
	if w.Uncertain && resolved(e) {
		return number(e.Value) + " (" + number(e.Low) + "\u00a0to\u00a0" + number(e.High) + ")"
	}
	if e.NoError {
		return number(e.Value)
	}
	return number(e.Value) + "\u00a0±" + strings.TrimPrefix(number(e.MC), "+")
}

// digits writes numbers with so many digits after the point, signed with their sign.
func digits(n int) func(float64) string { return func(x float64) string { return say.Number(x, n) } }
func signed(n int) func(float64) string { return func(x float64) string { return say.Signed(x, n) } }

// outcome is a measure in words.
func (w *writer) outcome(m *summary.Measure) *Outcome {
	n, factor := answer.SectionDigits(m), say.Factor(m.Unit)
	row := answer.RowOf(m, n, w.Uncertain)
	o := &Outcome{Name: say.MeasureOr(m.ID, m.Label), Unit: unit(m), Verdict: verdicts[m.Verdict],
		Unclear: m.Verdict == summary.Unclear || m.Verdict == summary.Unknown,
		Same:    m.Verdict == summary.Same,
		Sided:   m.Goodness != 0 && w.Uncertain, Unanswered: m.ID == "unanswered",
		Change: strings.TrimSpace(row.Change.Value + "\u00a0" + row.Change.MC)}
	o.Title = say.Capital(o.Name)
	number := digits(n)
	if m.Unit == outcome.Probability && answer.IsRare(m) {
		number, factor = say.Odds, 1
	}
	o.Baseline = w.ranged(say.Scaled(m.Baseline, factor), number)
	o.Treatment = w.ranged(say.Scaled(m.Treatment, factor), number)
	switch {
	case row.Interval[0] == answer.Unresolved:
		o.Unresolved = true
	case row.Interval[0] != "":
		o.Range = row.Interval[0] + "\u00a0to\u00a0" + row.Interval[1]
	}
	if x := m.Shares; x != nil && w.Uncertain {
		o.Worse, o.None, o.Better = share(x.Worse), share(x.Within), share(x.Better)
		o.Delta = say.Short(factor*x.Delta, false)
	}
	return o
}

// share writes a share of the sets of assumptions with its interval.
func share(s summary.Share) string {
	return percent(s.Value) + " (" + percent(s.Low) + "\u00a0to\u00a0" + percent(s.High) + ")"
}

// unit is what an outcome is counted in, "" for a ratio.
func unit(m *summary.Measure) string {
	switch {
	case m.Unit == outcome.Probability && answer.IsRare(m):
		return ""
	case m.Unit == outcome.Probability:
		return "of 100 futures"
	case m.Unit == "cases" || m.Unit == "episodes":
		return "per future"
	case m.ID == "regret":
		return "%"
	}
	return m.Unit
}

// percent writes a share, and chance a probability, so that no line ends within it.
func percent(share float64) string { return strings.ReplaceAll(say.Percent(share), " ", "\u00a0") }
func chance(p float64) string      { return strings.ReplaceAll(say.Probability(p), " ", "\u00a0") }

// counterRisks are the outcomes by which the second version can be worse, whatever it
// does to the headline's.
var counterRisks = []string{"missed", "forgone", "regret", "false_accusations"}

// comparisons puts every contrast into words.
func (w *writer) comparisons() {
	for i := range w.Summary.Contrasts {
		c := &w.Summary.Contrasts[i]
		out := &Comparison{Baseline: version(c.Baseline), Treatment: version(c.Treatment), Identical: c.Pairing.Identical}
		w.effects(out, c)
		if m := c.Measure(w.Summary.Headline.Measure); m != nil && c.CommonCases > 0 {
			w.headline(out, c, m)
		}
		if i == 0 {
			w.Comparison = out
		} else {
			w.Others = append(w.Others, out)
		}
	}
}

// words are the places that explain outcomes.
var words = map[string]string{"missteps": "misstep", "avoidable": "misstep", "missed": "missed-response",
	"unanswered": "unanswered", "forgone": "accountability-forgone", "regret": "regret", "any_induced": "induced-step",
	"pair_episodes": "exchange", "pair_missteps": "exchange"}

// effects lists all outcomes of a contrast by what they are counted in.
func (w *writer) effects(out *Comparison, c *summary.Contrast) {
	t, group := newTable("lrrrrl", "outcome", out.Baseline, out.Treatment, "difference", "range", "reading"), ""
	for i := range outcome.All {
		known := &outcome.All[i]
		m := c.Measure(known.ID)
		if m == nil || known.Rare && m.Baseline.Value == 0 && m.Treatment.Value == 0 {
			continue
		}
		if g := countedIn(known); g != group {
			t.add(markdown.Text("**"+g+"**"), "", "", "", "", "")
			group = g
		}
		o := w.outcome(m)
		title := markdown.Escape(o.Title)
		if to := words[m.ID]; to != "" {
			title = markdown.Jump("word-"+to, o.Title)
		}
		switch {
		case m.ID == "reach_r8" && !m.Baseline.Resolved:
			t.add(title, "no precedent", "no precedent", "", "", "no number is given")
		case m.ID == "reach_r8":
			t.add(title, o.Baseline, o.Treatment, o.Change, o.Range, "the tail of a formula, no finding")
		case o.Unresolved:
			t.add(title, o.Baseline, o.Treatment, o.Change, answer.Unresolved, o.Verdict)
		default:
			t.add(title, o.Baseline, o.Treatment, o.Change, o.Range, o.Verdict)
		}
	}
	for i := range outcome.Levels {
		o := &outcome.Levels[i]
		base, treat := w.arm(c.Baseline).Level(o.ID), w.arm(c.Treatment).Level(o.ID)
		if base == nil || treat == nil {
			continue
		}
		level := func(l *summary.Level) string { return w.ranged(l.Value, digits(1)) }
		t.add(markdown.Text("**of 100 public accusations**"), "", "", "", "", "")
		t.add(markdown.Escape(say.Capital(o.Words.Name)), level(base), level(treat), "", "", "no difference is read")
	}
	out.Effects = t
}

func countedIn(o *outcome.Outcome) string {
	return [outcome.NumParts]string{
		outcome.OfCases:    "of 100 cases discovered in both versions",
		outcome.OfBaseline: "of 100 cases of the first version",
		outcome.OfFutures:  "of 100 futures",
		outcome.OfDecades:  "per ten years, in all cases",
		outcome.OfAll:      "per future, in all cases",
	}[o.Part()]
}

// headline adds what stands around the outcome that a run is about.
func (w *writer) headline(out *Comparison, c *summary.Contrast, m *summary.Measure) {
	out.Headline = w.outcome(m)
	var worse []string
	for _, id := range counterRisks {
		risk := c.Measure(id)
		if risk == nil || risk == m {
			continue
		}
		o := w.outcome(risk)
		if risk.Verdict == summary.Worse {
			worse = append(worse, o.Name)
		}
		if risk.Verdict != summary.Better && risk.Difference.Value*float64(risk.Goodness) < 0 {
			out.Leaning = append(out.Leaning, o)
		}
	}
	out.Worse = say.And(worse)
	for i := range c.Measures {
		x := &c.Measures[i]
		if o := w.outcome(x); x != m && !o.Unclear && !o.Same && x.ID != "reach_r8" {
			out.Clear = append(out.Clear, o)
		}
	}
	if cases := c.Measure("cases"); cases != nil && cases.Baseline.Value > 0 {
		out.Scale = w.ranged(cases.Baseline, digits(0))
	}
}
