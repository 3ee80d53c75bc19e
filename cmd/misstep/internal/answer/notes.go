package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// The labels of the notes.
const (
	WhoErrs   = "Who errs"
	Decides   = "Decides"
	Tests     = "Tests"
	OtherArms = "Other arms"
	RestsOn   = "Rests on"
)

// notes are what stands below the rows; what a run does not know has none.
func (w *writer) notes() {
	tests := w.tests()
	w.Against = w.say("tests-first", tests)
	for _, n := range []Note{{WhoErrs, w.who("who"), w.who("who-short")},
		{Decides, w.decides("decides"), w.decides("decides-short")},
		{Tests, w.say("tests", tests), w.say("tests-short", tests)}, {OtherArms, w.others(), ""}} {
		if n.Text != "" {
			w.Notes = append(w.Notes, n)
		}
	}
}

// part is a share of a whole, of 100.
type part struct{ Name, Of100 string }

// parts are the largest shares of a whole, most of them first, without those below 1 of 100.
func parts(names []string, values []float64) (out []part) {
	total, order := 0.0, make([]int, len(values))
	for i, x := range values {
		total, order[i] = total+x, i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	for _, i := range order {
		if share := values[i] / total; total > 0 && share >= 0.005 {
			out = append(out, part{names[i], say.Number(100*share, 0)})
		}
	}
	return out
}

// who says which states take the missteps of the baseline, and about what they are wrong.
func (w *writer) who(sentence string) string {
	var names []string
	var values []float64
	for i := range w.c.By {
		b := &w.c.By[i]
		actor, _, ok := strings.Cut(b.Group, " → ")
		if !ok || b.Grouping != "pair" || b.Measure != "missteps" {
			continue
		}
		at := slices.Index(names, say.State(actor))
		if at < 0 {
			at, names, values = len(names), append(names, say.State(actor)), append(values, 0)
		}
		values[at] += b.Baseline.Value
	}
	errs := parts(names, values)
	if len(errs) == 0 {
		return ""
	}
	beliefs := []part{}
	for i := range w.s.Arms {
		if b := &w.s.Arms[i].Beliefs; w.s.Arms[i].Name == w.c.Baseline {
			beliefs = parts([]string{"who", "how bad", "why", "the rival"},
				[]float64{b.Culprit.Value, b.Severity.Value, b.Intent.Value, b.Rival.Value})
		}
	}
	return say.Capital(w.say(sentence, map[string]any{"States": errs[:min(len(errs), 3)], "Beliefs": beliefs}))
}

// held is a number held at its ends.
type held struct {
	Name, Low, High, AtLow, AtHigh string
}

// decides says which number moves the level most, and which the difference, of those that were held at
// their ends.
func (w *writer) decides(sentence string) string {
	h := &w.s.Headline
	if len(h.Levers) == 0 {
		return ""
	}
	factor, digits := say.Factor(w.m.Unit), SectionDigits(w.m)
	x := struct {
		Outcome       string
		Level, Effect *held
	}{Outcome: say.Measure(w.m.ID)}
	if l := &h.Levers[0]; l.Clear() {
		x.Level = &held{say.NumberAt(l.Path), say.Short(l.Low.At, false), say.Short(l.High.At, false),
			say.Number(factor*l.Low.Baseline.Value, 1), say.Number(factor*l.High.Baseline.Value, 1)}
	}
	if l := w.s.MostEffect(); l != nil {
		at := func(e summary.Estimate) string {
			return say.Signed(factor*e.Value, digits) + "\u00a0" + say.PlusMinus(e, factor, digits)
		}
		x.Effect = &held{say.NumberAt(l.Path), say.Short(l.Low.At, false), say.Short(l.High.At, false),
			at(l.Low.Difference), at(l.High.Difference)}
	}
	return say.Capital(w.say(sentence, &x))
}

// tested are the scenario's expectations, judged on its own futures.
type tested struct {
	Judged int
	Missed []failed
	First  *failed // of those that are missed
}

type failed struct{ ID, Says, Chance string }

func (w *writer) tests() *tested {
	x := &tested{}
	for _, e := range w.s.Expectations {
		if e.Judged() {
			x.Judged++
		}
		if e.Missed() {
			x.Missed = append(x.Missed, failed{e.ID, strings.TrimSuffix(e.Says, "."), say.Percent(e.Tail)})
		}
	}
	if len(x.Missed) > 0 {
		x.First = &x.Missed[0]
	}
	return x
}

// others are the arms beside the headline's.
func (w *writer) others() string {
	type other struct{ Name, Change, Range, Mark string }
	var list []other
	for i := range w.s.Contrasts[1:] {
		c := &w.s.Contrasts[1+i]
		if m := c.Measure(w.m.ID); m != nil {
			r := RowOf(m, SectionDigits(m), w.uncertain)
			list = append(list, other{c.Treatment, r.Change.String(), r.Range(), r.Mark})
		}
	}
	if len(list) == 0 {
		return ""
	}
	return w.say("others", map[string]any{"List": list[:min(len(list), 3)], "More": max(0, len(list)-3),
		"Outcome": say.Measure(w.m.ID)})
}

// mostNamed is how many numbers that were set by hand are named.
const mostNamed = 2

// Rests is what the result rests on: numbers with nothing but an assumption, of so many, and what the
// record narrows.
func Rests(s *summary.Summary, assumed, numbers int) Note {
	w, h := &writer{}, &s.Headline
	data := map[string]any{"Assumed": assumed, "Numbers": numbers, "Calibrated": h.Calibrated,
		"Compared": len(s.Contrasts) > 0}
	if n := len(s.Run.Pinned); n > 0 {
		var names []string
		for _, path := range s.Run.Pinned[:min(n, mostNamed)] {
			names = append(names, scenario.ShortPath(path))
		}
		data["Set"], data["Named"], data["More"] = say.Capital(say.Counted(n, "number")), names, n > mostNamed
	}
	return Note{RestsOn, say.Capital(w.say("rests", data)), w.say("rests-short", data)}
}
