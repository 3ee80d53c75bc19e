package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
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
	f := forest{look: verdictLook, uncertain: in.s.Run.Uncertain(), marked: true, narrow: in.page(nil, 0).Narrow(),
		head: treatment.Label + " − " + baseline.Label}
	t := newTable(head)
	var differ, rest []forestRow
	var parts []string
	for _, m := range c.Measures {
		r := effectRow(&m)
		t.add(effectNumbers(&c, &m, &r)...)
		switch shown := differs(r.verdict); {
		case shown:
			r.section = "What differs"
			differ = append(differ, r)
		case stands(m.ID, in):
			r.section = "No clear difference"
			rest = append(rest, r)
		default:
			continue
		}
		if r.instead != "" {
			parts = append(parts, r.label+": "+noPrecedent)
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s %s (%s)", r.label, chart.Interval(r.span, f.uncertain), r.unit,
			verdictLook(r.verdict).words))
	}
	if len(differ) == 0 {
		for i := range rest {
			rest[i].section = "" // there is no other
		}
	}
	f.rows = slices.Concat(differ, rest)
	w.arms, w.lead = []chart.Arm{baseline, treatment}, effectFound(len(differ), len(c.Measures))
	w.alt = fmt.Sprintf("Forest plot of %s minus %s. %s: %s.", treatment.Label, baseline.Label, w.lead,
		strings.Join(parts, "; ")) + chart.InParentheses
	k := f.key(differences, chart.OfSampling)
	k.Words("↓ lower is better")
	out := picture{words: w, numbers: t, rows: f.table(12), key: k}
	for _, g := range f.groups() {
		part := f
		part.rows = g.rows
		out.panels = append(out.panels, panelOfTable(g.unit, part.table(12)))
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
func effectNumbers(c *summary.Contrast, m *summary.Measure, r *forestRow) []any {
	d, q := r.span, r.ratio
	low, high := d.Ends()
	least, most := q.Ends()
	return []any{c.Baseline, c.Treatment, m.ID, r.label, r.unit, string(r.verdict), d.Value, halfOf(m.Difference), low,
		high, q.Value, q.Half(), least, most}
}

// effectRow is an outcome as a line.
func effectRow(m *summary.Measure) forestRow {
	if m.Unit == "probability" { // as people compare probabilities
		m.Unit = "percentage points"
		m.Difference = say.Scaled(m.Difference, 100)
	}
	r := forestRow{label: cmp.Or(say.MeasureOr(m.ID, m.Label), readable(m.ID)), unit: m.Unit,
		mark: []string{"↓", "", "↑"}[m.Goodness+1], verdict: m.Verdict, span: spanOf(m.Difference), ratio: spanOf(m.Ratio)}
	if m.Ratio.Value <= 0 || !chart.Finite(m.Ratio.Value) { // absent where the baseline is 0
		r.ratio = chart.Unknown
	}
	if m.ID == "reach_r8" && !m.Difference.Resolved {
		r.instead = noPrecedent
	}
	return r
}
