package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
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
		{"missed", say.Measure("missed"), say.Measure("missed"),
			func(b *summary.Beliefs) summary.Estimate { return b.Missed }},
	}},
}

// newBeliefs shows which false belief stands behind the missteps, how many a better process
// could avoid, and beside them the responses that were missed, all on one scale.
func newBeliefs(in *input) picture {
	w := words{title: "Which false beliefs stand behind missteps"}
	t := newTable("arm part per_100_cases mc_low mc_high parameter_low parameter_high")
	if len(in.arms) == 0 {
		return nothing(w, "This run has no arm.", t.head...)
	}
	span := func(a chart.Arm, p beliefPart) chart.Span {
		return spanOf(in.belief(a.Name, p)).Within(0, 100) // cases out of a hundred
	}
	var parts []string
	for _, a := range in.first(mostRows) {
		for _, g := range beliefGroups {
			for _, p := range g.parts {
				s := span(a, p)
				low, high := s.Ends()
				least, most := s.MonteEnds()
				t.add(a.Name, p.id, s.Value, least, most, low, high)
				parts = append(parts, fmt.Sprintf("%s, %s: %s", a.Label, p.says, chart.Ranged(s, chart.Number)))
			}
		}
	}
	arms := in.first(2) // values of more would not stand at their marks
	w.arms, w.lead = arms, in.mostOften(arms[0])
	w.alt = "Missteps per 100 cases. " + strings.Join(parts, "; ") + "." + chart.InParentheses
	var shown []chart.Span
	for _, a := range arms {
		for _, g := range beliefGroups {
			for _, p := range g.parts {
				shown = append(shown, span(a, p))
			}
		}
	}
	var k chart.Key
	k.Marks(arms)
	k.Intervals(chart.OfSampling, shown)
	return picture{words: w, numbers: t, rows: beliefRows(arms, span), key: k}
}

// belief is a part in an arm; missed responses are those of the cases common to two arms, as everything else has them.
func (in *input) belief(arm string, p beliefPart) summary.Estimate {
	if e := in.reached(arm, p.id); p.id == "missed" && e != nil {
		return *e
	}
	return p.of(&in.armOf(arm).Beliefs)
}

func (in *input) mostOften(a chart.Arm) string {
	b := &in.armOf(a.Name).Beliefs
	whole := b.Avoidable.Value + b.Irreducible.Value
	if !(whole > 0) || !chart.Finite(whole) {
		return "No misstep " + under(a)
	}
	parts := beliefGroups[0].parts
	most := slices.MaxFunc(parts, func(x, y beliefPart) int { return cmp.Compare(x.of(b).Value, y.of(b).Value) })
	return fmt.Sprintf("Most often %s: %s of %s missteps per 100 cases %s", most.says, chart.Number(most.of(b).Value),
		chart.Number(whole), under(a))
}

// beliefRows are the parts below the headings of their groups, on one axis.
func beliefRows(arms []chart.Arm, span func(chart.Arm, beliefPart) chart.Span) *chart.Table {
	t := &chart.Table{Step: 11.5, Columns: []chart.Column{{}, {Plot: true}}, Rows: []chart.Row{{}}}
	var all []chart.Span
	for _, g := range beliefGroups {
		t.Rows = append(t.Rows, chart.Row{Lines: 2, Across: true, Cells: chart.Texts(chart.Plain.Heavy(), g.heading)})
		for _, part := range g.parts {
			var levels []chart.ArmSpan
			for _, a := range arms {
				levels = append(levels, chart.ArmSpan{Arm: a, Span: span(a, part)})
				all = append(all, span(a, part))
			}
			t.Rows = append(t.Rows, chart.Row{Lines: 2 + len(arms), Cells: chart.Texts(chart.Plain, part.label),
				Draw: func(p *chart.Page, at []chart.Rect) {
					p.Levelled(at[1], chart.HoldingSpans(all, at[1]), levels, chart.Number)
				}})
		}
	}
	lines := t.Lines() - 1
	t.Rows[0] = chart.Row{Cells: chart.Texts(chart.Quiet, "per 100 cases"), Draw: func(p *chart.Page, at []chart.Rect) {
		s := chart.HoldingSpans(all, at[1])
		p.Under(at[1], s, chart.Ticks(chart.Steps(s.Lo, s.Hi, max(int(at[1].W/60), 3)), chart.Axis), lines)
	}}
	return t
}
