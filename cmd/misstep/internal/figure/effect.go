package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// noPrecedent stands in place of the numbers of what no pair of states has done.
const noPrecedent = "no precedent"

// newEffect shows the paired difference and the ratio of the outcomes between the headline's
// two arms as a forest plot.
func newEffect(in *input) picture {
	w := words{title: "What changes between the two arms, and what stays unclear"}
	const head = "baseline treatment measure label unit verdict difference mc_half_width parameter_low parameter_high " +
		"ratio ratio_mc_half_width ratio_parameter_low ratio_parameter_high"
	if len(in.s.Contrasts) == 0 || len(in.s.Contrasts[0].Measures) == 0 {
		return nothing(w, "No contrast: this run has one arm, or no outcome that its arms could differ in.", head)
	}
	c := in.s.Contrasts[0]
	baseline, treatment := in.lookOf(c.Baseline), in.lookOf(c.Treatment)
	f := forest{look: verdictLook, uncertain: in.s.Run.Uncertain(), ratios: true}
	t := newTable(head)
	var parts []string
	found, known, root := 0, 0, ""
	for _, m := range c.Measures {
		r := effectRow(&m, &root)
		f.rows = append(f.rows, r)
		d, q := r.span, r.ratio
		low, high := d.Ends()
		least, most := q.Ends()
		t.add(c.Baseline, c.Treatment, m.ID, r.name, r.unit, string(r.verdict), d.Value, math.Abs(m.Difference.MC), low, high,
			q.Value, q.MonteHigh-q.Value, least, most)
		if r.instead != "" {
			parts = append(parts, r.name+": "+noPrecedent)
			continue
		}
		known++
		shown := r.verdict == summary.Better || r.verdict == summary.Worse
		if shown {
			found++
		}
		if shown || m.ID == in.s.Headline.Measure {
			text := chart.Interval(d, f.uncertain)
			parts = append(parts, fmt.Sprintf("%s %s %s (%s)", r.name, text, r.unit, verdictLook(r.verdict).words))
		}
	}
	parts = append(parts, fmt.Sprintf("no clear difference in %d of %d outcomes", known-found, known))
	w.arms = []chart.Arm{baseline, treatment}
	w.lead = fmt.Sprintf("Difference: %s − %s (↓ ↑ direction that is better)", treatment.Label, baseline.Label)
	w.alt = fmt.Sprintf("Forest plot of %s minus %s: %s.", treatment.Label, baseline.Label, strings.Join(parts, "; ")) +
		chart.InParentheses
	return picture{words: w, numbers: t, rows: f.table(14),
		key: f.key(differences, chart.OverAssumptions, chart.OfSampling)}
}

// effectRow is an outcome as a line; root is the label that "…" stands for.
func effectRow(m *summary.Measure, root *string) forestRow {
	if m.Unit == "probability" { // as people compare probabilities
		m.Unit = "percentage points"
		m.Difference = say.Scaled(m.Difference, 100)
	}
	if m.Label == "" {
		m.Label = readable(m.ID)
	}
	r := forestRow{label: m.Label, name: m.Label, unit: m.Unit, mark: []string{"↓", "", "↑"}[m.Goodness+1],
		verdict: m.Verdict, span: spanOf(m.Difference), ratio: spanOf(m.Ratio)}
	if rest, ok := strings.CutPrefix(m.Label, chart.Ellipsis); ok {
		r.name = *root + "," + rest
		if strings.HasPrefix(m.Unit, "per ") && strings.HasPrefix(rest, " per ") { // the unit is the shorter one
			r.name = *root + ", " + m.Unit
		}
	} else {
		*root = m.Label
	}
	if m.Ratio.Value <= 0 || !chart.Finite(m.Ratio.Value) { // absent where the baseline is 0
		r.ratio = chart.Unknown
	}
	if m.ID == "reach_r8" {
		r.instead = noPrecedent
	}
	return r
}

// ratioScale is logarithmic and symmetric about 1, and spans about a factor 16 each way at most:
// intervals that leave it end at the edge.
func (f *forest) ratioScale(plot chart.Rect) chart.Scale {
	values := []float64{1.5}
	for _, r := range f.rows {
		if q := r.ratio; q.Ok && r.instead == "" {
			values = append(values, q.Value, q.Low, q.High)
		}
	}
	values = slices.DeleteFunc(values, func(v float64) bool { return v <= 0 })
	for _, v := range values {
		values = append(values, 1/v)
	}
	far := min(slices.Max(values), 16)
	return chart.Holding([]float64{1 / far, far}, true, plot)
}

// ratioTicks are those in a scale of ratios.
func ratioTicks(s chart.Scale) (out []chart.Tick) {
	ticks := []chart.Tick{{V: .25, Label: "¼"}, {V: .5, Label: "½"}, {V: 1, Label: "1"}, {V: 2, Label: "2"},
		{V: 4, Label: "4"}}
	if s.Hi > 6 {
		ticks = []chart.Tick{{V: .1, Label: "0.1"}, {V: 1, Label: "1"}, {V: 10, Label: "10"}}
	}
	for _, t := range ticks {
		if s.Holds(t.V) {
			out = append(out, t)
		}
	}
	return out
}
