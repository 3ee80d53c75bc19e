package figure

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// WhyInput is what the figures why and multiverse are made from: one difference
// between two arms in parts, or under several choices of method.
type WhyInput struct {
	Title     string   // a standard one where empty
	Lead      string   // what it shows; what is clear and the whole where empty
	Subtitle  []string // parts: scenario, arms, draws, replicates, seed
	Rests     string   // what it rests on, for the source line; on assumptions where empty
	Outcome   string   // what the difference is in: "missteps"
	Unit      string   // "per 100 cases"
	Uncertain bool     // the parameters have a spread, resolved or not
	Long      bool     // labels take two lines
	Rows      []WhyRow
}

// WhyRow is one part, or one choice.
type WhyRow struct {
	Label    string
	Estimate summary.Estimate // [Unit]
	Verdict  summary.Verdict
	Total    bool // all parts together; stands below a line
}

// Chosen stands in place of a verdict on what was chosen as the best of many.
const Chosen = forest.Chosen

// Why is the parts of a difference as bars from zero with both intervals, the whole at the bottom.
func Why(in *WhyInput) Figure { return newWhy(in, true).alone("why") }

// Multiverse is a difference under several choices of method, each as a point with both intervals.
func Multiverse(in *WhyInput) Figure { return newWhy(in, false).alone("multiverse") }

// Levers is the net benefit of designs, each as a point with its interval, and the best of them on fresh futures.
func Levers(in *WhyInput) Figure { return newWhy(in, false).alone("levers") }

// Experts is a difference by the beliefs of each expert as a point with both intervals, and by those of the pool.
func Experts(in *WhyInput) Figure {
	x := *in
	x.Title = cmp.Or(x.Title, "Whose beliefs oppose the forum")
	return newWhy(&x, false).alone("experts")
}

func newWhy(in *WhyInput, bars bool) picture {
	title, what := "Which mechanisms of the forum make the difference", "Bars of the parts of a difference in "
	if !bars {
		title, what = "The difference under other choices of method", "A difference under several choices, in "
	}
	const head = "outcome unit part total value mc_half_width parameter_low parameter_high verdict"
	w := wordsOf(cmp.Or(in.Title, title), in.Subtitle, in.Rests, "95\u00a0% intervals")
	if len(in.Rows) == 0 {
		return nothing(w, "Nothing to show: the two arms differ in no part.", head)
	}
	quantity := strings.TrimSpace(in.Outcome + " " + in.Unit)
	w.lead = "Difference in " + quantity
	f := forest.Plot{Write: in.written(), Uncertain: in.Uncertain, Bars: bars, Marked: true}
	t := newTable(head)
	var parts []string
	for _, total := range []bool{false, true} {
		for _, r := range in.Rows {
			if r.Total != total {
				continue
			}
			span := spanOf(r.Estimate)
			f.Rows = append(f.Rows, forest.Row{Label: r.Label, Span: span, Verdict: r.Verdict, Total: total})
			low, high := span.Ends()
			t.add(in.Outcome, in.Unit, r.Label, total, span.Value, halfOf(r.Estimate), low, high, string(r.Verdict))
			parts = append(parts, fmt.Sprintf("%s %s (%s)", r.Label, f.Written(span),
				forest.OfDifference(r.Verdict).Words))
		}
	}
	w.lead = cmp.Or(in.Lead, w.lead+": "+whyFound(in))
	w.alt = what + quantity + ": " + strings.Join(parts, "; ") + "." + chart.InParentheses
	step := 12.5
	if in.Long {
		step = 16
	}
	return picture{words: w, numbers: t, rows: f.Table(step), key: f.Key(forest.Differences, chart.OfSampling)}
}

// halfOf is the half-width of an estimate in a table, NaN where it is not known.
func halfOf(e summary.Estimate) float64 {
	if e.NoError {
		return nan
	}
	return math.Abs(e.MC)
}

// written writes the differences with the same decimals, so that parts are seen to add up to the whole.
func (in *WhyInput) written() func(chart.Span) string {
	whole, parts := chart.Unknown, []chart.Span{}
	for _, r := range in.Rows {
		if parts = append(parts, spanOf(r.Estimate)); r.Total {
			whole = spanOf(r.Estimate)
		}
	}
	return chart.Intervals(in.Uncertain, whole, parts...)
}

// whyFound says which parts show something, and what all come to.
func whyFound(in *WhyInput) string {
	var clear []string
	whole := ""
	for _, r := range in.Rows {
		switch {
		case r.Total:
			whole = "; together " + in.written()(spanOf(r.Estimate))
		case differs(r.Verdict):
			clear = append(clear, r.Label)
		}
	}
	if len(clear) == 0 {
		return "no part is clear" + whole
	}
	return say.And(clear) + whole
}
