package figure

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// beliefPart is a part of the missteps, or what else is counted beside them.
type beliefPart struct {
	id, label, says string
	of              func(*summary.Beliefs) summary.Estimate
}

// beliefGroups are the rows of the figure beliefs; those below a heading share a scale.
var beliefGroups = []struct {
	heading string
	parts   []beliefPart
}{
	{"Missteps by false belief about …", []beliefPart{
		{"culprit", "who did it", "false about who did it", func(b *summary.Beliefs) summary.Estimate { return b.Culprit }},
		{"intent", "what it was for", "false about what it was for",
			func(b *summary.Beliefs) summary.Estimate { return b.Intent }},
		{"severity", "how grave it was", "false about how grave it was",
			func(b *summary.Beliefs) summary.Estimate { return b.Severity }},
		{"rival", "what the rival is like", "false about what the rival is like",
			func(b *summary.Beliefs) summary.Estimate { return b.Rival }},
	}},
	{"Could a better process avoid them?", []beliefPart{
		{"avoidable", "avoidable", "avoidable", func(b *summary.Beliefs) summary.Estimate { return b.Avoidable }},
		{"irreducible", "bad luck", "bad luck", func(b *summary.Beliefs) summary.Estimate { return b.Irreducible }},
	}},
	{"Hostile operations that stay unanswered", []beliefPart{
		{"missed", "missed responses", "missed responses", func(b *summary.Beliefs) summary.Estimate { return b.Missed }},
	}},
}

// newBeliefs shows which false belief stands behind the missteps, how many a better process
// could avoid, and beside them the responses that were missed.
func newBeliefs(in *input) picture {
	w := words{title: "Which false beliefs stand behind missteps"}
	t := newTable("arm part per_100_cases mc_low mc_high parameter_low parameter_high")
	arms := in.first(mostRows)
	if len(arms) == 0 {
		return nothing(w, "This run has no arm.", t.head...)
	}
	var parts []string
	span := func(a chart.Arm, p beliefPart) chart.Span {
		return spanOf(p.of(&in.armOf(a.Name).Beliefs)).Within(0, 100) // cases out of a hundred
	}
	rows := &chart.Table{Step: 14, Columns: []chart.Column{{}, {Plot: true}}}
	for _, a := range arms {
		for _, g := range beliefGroups {
			for _, p := range g.parts {
				s := span(a, p)
				low, high := s.Ends()
				t.add(a.Name, p.id, s.Value, s.MonteLow, s.MonteHigh, low, high)
				parts = append(parts, fmt.Sprintf("%s, %s: %s", a.Label, p.says, chart.Ranged(s, chart.Number)))
			}
		}
	}
	for _, g := range beliefGroups {
		rows.Rows = append(rows.Rows, chart.Heading(chart.Plain.Heavy(), g.heading))
		var all []chart.Span // share a scale
		for _, p := range g.parts {
			var bars []chart.ArmSpan
			for _, a := range arms {
				bars = append(bars, chart.ArmSpan{Arm: a, Span: span(a, p)})
				all = append(all, span(a, p))
			}
			rows.Rows = append(rows.Rows, chart.Row{Lines: len(arms), Cells: chart.Texts(chart.Plain, p.label),
				Draw: func(p *chart.Page, at []chart.Rect) {
					p.Bars(bars, chart.FromZero(all, at[1].Inset(0, 0, 60, 0)), at[1].Inset(0, 2, 0, 2))
				}})
		}
	}
	var k chart.Key
	for _, a := range arms {
		k.Arm(a, 12, func(p *chart.Page, x, y float64) { p.BarOf(x, x+12, y, 9, a) })
	}
	k.Line(1.1, chart.Muted, chart.OverAssumptions)
	k.Line(3.4, chart.Muted, chart.OfSampling)
	w.lead = "Per 100 cases; each group to its own scale"
	w.alt = "Missteps per 100 cases. " + strings.Join(parts, "; ") + "." + chart.InParentheses
	return picture{words: w, numbers: t, rows: rows, key: k}
}
