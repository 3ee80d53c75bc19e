package report

import (
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/decide"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// Side is what a reader takes away who reads one side: the words are those of the screen.
type Side struct {
	Finding, Says       string // the verdict in a few words, and the sentences behind it
	Last                string // all of it in one line
	Unit                string
	Baseline, Treatment string // heads of columns
	Few                 []answer.Row
	Legend              string         // of their marks; empty for none
	Alone               []answer.Level // of a run of one version, in place of the rows
	Keep, Who, Decides  string         // empty for what the run does not know
	Against, Rests, Not string
	Draws, Levels       string // how far other draws would move difference and level; empty where it is not known
}

// side takes the words of the screen.
func (w *writer) side() {
	a := answer.Of(w.curved())
	w.Asked = strings.TrimSuffix(w.Title+": "+a.Asked, ": ")
	w.Side = &Side{Last: a.Last, Unit: a.Unit, Baseline: a.Versions[0], Treatment: a.Versions[1], Few: a.Few(),
		Legend: a.Legend, Alone: a.Alone,
		Keep: a.Keep, Who: a.Note(answer.WhoErrs).Short, Decides: a.Note(answer.Decides).Text,
		Against: a.Against, Not: a.Not, Draws: a.Draws, Levels: a.Levels}
	if d := w.decision(); d != nil {
		w.Side.Keep = d.Answer
	}
	if len(a.Says) > 1 {
		w.Side.Finding, w.Side.Says = a.Says[0], strings.Join(a.Says[1:], " ")
	}
	if w.Side.Keep == "" {
		w.Side.Says += " " + a.Shares
	}
}

// decision is what misstep decide found of the run, nil where it was not asked.
func (r *reported) decision() *decide.Report {
	a := r.further["decide"]
	if a == nil || a.json == nil {
		return nil
	}
	d, _ := decide.Read("", a.json) // was held against what it has to be when it was opened
	return d
}

// curved is the summary with the differences at both ends of the break-even curve that the run has, in place of those
// from its shorter runs beside it: the sentence on what decides then says what the curve on the same page shows.
func (r *reported) curved() *summary.Summary {
	var b sensitivity.Breakeven
	s, most := r.Summary, r.Summary.MostEffect()
	if most == nil || !r.decoded("breakeven", &b) || len(b.Numbers) != 1 ||
		scenario.ShortPath(b.Numbers[0].Path) != scenario.ShortPath(most.Path) ||
		b.Outcome != s.Headline.Measure || b.Baseline != s.Run.Baseline || b.Treatment != s.Run.Treatment {
		return s
	}
	low, okLow := onCurve(&b, most.Low)
	high, okHigh := onCurve(&b, most.High)
	if !okLow || !okHigh {
		return s
	}
	out := *s
	out.Headline.Levers = slices.Clone(s.Headline.Levers)
	for i := range out.Headline.Levers {
		if l := &out.Headline.Levers[i]; l.Path == most.Path {
			l.Low, l.High = low, high
		} else { // the curve's number stays the one that is named
			l.High.Difference = l.Low.Difference
		}
	}
	return &out
}

// onCurve is an end of a number with the difference that a curve has there, and whether it has one.
func onCurve(b *sensitivity.Breakeven, end summary.LeverEnd) (summary.LeverEnd, bool) {
	i := slices.IndexFunc(b.Effects, func(e sensitivity.PointEffect) bool {
		return len(e.Values) == 1 && math.Abs(e.Values[0]-end.At) <= 1e-6*math.Abs(end.At)
	})
	if i < 0 {
		return end, false
	}
	e := &b.Effects[i]
	end.Difference = summary.Estimate{Value: e.Value, MC: (e.High.Or(e.Value) - e.Low.Or(e.Value)) / 2}
	return end, true
}
