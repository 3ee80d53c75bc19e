package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// noPrecedent stands in place of the numbers of what no pair of states has done.
const noPrecedent = "no precedent"

// newEffect shows the paired difference of the outcomes that differ between the headline's two arms,
// and of those that stand for all, as a forest plot. The CSV has every outcome.
func newEffect(in *input) picture {
	w := words{title: "What changes between the two arms, and what stays unclear"}
	const head = "baseline treatment outcome label unit verdict difference mc_half_width parameter_low parameter_high " +
		"ratio ratio_mc_half_width ratio_parameter_low ratio_parameter_high"
	if len(in.s.Contrasts) == 0 || len(in.s.Contrasts[0].Measures) == 0 {
		return nothing(w, "No contrast: this run has one arm, or no outcome that its arms could differ in.", head)
	}
	c := in.s.Contrasts[0]
	baseline, treatment := in.lookOf(c.Baseline), in.lookOf(c.Treatment)
	f := forest.Plot{Uncertain: in.s.Run.Uncertain(), Marked: true, Narrow: in.page(nil, 0).Narrow(),
		Head: treatment.Label + " − " + baseline.Label}
	t := newTable(head)
	var differ, rest []forest.Row
	var parts []string
	for _, m := range c.Measures {
		r := effectRow(&m)
		t.add(effectNumbers(&c, &m, &r)...)
		switch shown := differs(r.Verdict); {
		case shown:
			r.Section = "What differs"
			differ = append(differ, r)
		case stands(m.ID, in):
			r.Section = "No clear difference"
			rest = append(rest, r)
		default:
			continue
		}
		if r.Instead != "" {
			parts = append(parts, r.Label+": "+noPrecedent)
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s %s (%s)", r.Label, chart.Interval(r.Span, f.Uncertain), r.Unit,
			forest.OfDifference(r.Verdict).Words))
	}
	if len(differ) == 0 {
		for i := range rest {
			rest[i].Section = "" // there is no other
		}
	}
	f.Rows = slices.Concat(differ, rest)
	w.arms, w.lead = []chart.Arm{baseline, treatment}, effectFound(len(differ), len(c.Measures))
	w.alt = fmt.Sprintf("Forest plot of %s minus %s. %s: %s.", treatment.Label, baseline.Label, w.lead,
		strings.Join(parts, "; ")) + chart.InParentheses
	k := f.Key(forest.Differences, chart.OfSampling)
	k.Words("↓ lower is better")
	out := picture{words: w, numbers: t, rows: f.Table(12), key: k}
	for _, g := range f.Groups() {
		part := f
		part.Rows = g.Rows
		out.panels = append(out.panels, panelOfTable(g.Unit, part.Table(12)))
	}
	return out
}

func differs(v summary.Verdict) bool {
	return v == summary.Better || v == summary.Worse || v == summary.Differs
}

// stands reports whether an outcome is shown though it does not differ: the headline's, and those
// that stand for all.
func stands(id string, in *input) bool {
	o, known := outcome.Named(id)
	return id == in.s.Headline.Measure || known && o.Key
}

func effectFound(differ, all int) string {
	switch differ {
	case 0:
		return fmt.Sprintf("None of %d outcomes differs clearly; these are the main ones", all)
	case all:
		return fmt.Sprintf("All %d outcomes differ", all)
	}
	return fmt.Sprintf("%d of %d outcomes differ; below them the main ones that do not", differ, all)
}

// effectNumbers are those of an outcome for the CSV.
func effectNumbers(c *summary.Contrast, m *summary.Measure, r *forest.Row) []any {
	d, q := r.Span, ratioOf(m)
	low, high := d.Ends()
	least, most := q.Ends()
	return []any{c.Baseline, c.Treatment, m.ID, r.Label, r.Unit, string(r.Verdict), d.Value, halfOf(m.Difference), low,
		high, q.Value, q.Half(), least, most}
}

// effectRow is an outcome as a line.
func effectRow(m *summary.Measure) forest.Row {
	if m.Unit == "probability" { // as people compare probabilities
		m.Unit = "percentage points"
		m.Difference = say.Scaled(m.Difference, 100)
	}
	r := forest.Row{Label: cmp.Or(say.MeasureOr(m.ID, m.Label), readable(m.ID)), Unit: m.Unit,
		Mark: []string{"↓", "", "↑"}[m.Goodness+1], Verdict: m.Verdict, Span: spanOf(m.Difference)}
	if m.ID == "reach_r8" && !m.Difference.Resolved {
		r.Instead = noPrecedent
	}
	return r
}

// ratioOf is treatment over baseline, absent where the baseline is 0.
func ratioOf(m *summary.Measure) chart.Span {
	if m.Ratio.Value <= 0 || !chart.Finite(m.Ratio.Value) {
		return chart.Unknown
	}
	return spanOf(m.Ratio)
}
