package figure

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// beliefs shows which false belief stands behind the missteps, how many a better
// process could avoid, and beside them the responses that were missed.
type beliefs struct {
	arms []beliefsArm
}

type beliefsArm struct {
	chart.Arm
	parts  [4]chart.Span // by belief
	total  [2]chart.Span // avoidable, irreducible
	missed chart.Span
}

// beliefKinds are the false beliefs as people say them.
var beliefKinds = [4]struct{ id, label string }{
	{"culprit", "who did it"},
	{"intent", "what it was for"},
	{"severity", "how grave it was"},
	{"rival", "what the rival is like"},
}

func newBeliefs(in *input) picture {
	b := &beliefs{}
	for _, a := range in.first(mostRows) {
		d := in.armOf(a.Name).Beliefs
		b.arms = append(b.arms, beliefsArm{
			Arm:    a,
			parts:  [4]chart.Span{perHundred(d.Culprit), perHundred(d.Intent), perHundred(d.Severity), perHundred(d.Rival)},
			total:  [2]chart.Span{perHundred(d.Avoidable), perHundred(d.Irreducible)},
			missed: perHundred(d.Missed),
		})
	}
	return b
}

// perHundred is a number of cases out of a hundred.
func perHundred(e summary.Estimate) chart.Span { return spanOf(e).Within(0, 100) }

func (b *beliefs) words() words {
	w := words{title: "Which false beliefs stand behind missteps"}
	ranged := func(s chart.Span) string { return chart.Ranged(s, chart.Number) }
	var parts []string
	for _, a := range b.arms {
		for i, k := range beliefKinds {
			parts = append(parts, fmt.Sprintf("%s, false about %s: %s", a.Label, k.label, ranged(a.parts[i])))
		}
		parts = append(parts, fmt.Sprintf("%s, avoidable: %s, bad luck: %s, missed responses: %s", a.Label,
			ranged(a.total[0]), ranged(a.total[1]), ranged(a.missed)))
	}
	w.alt = "Missteps per 100 cases. " + strings.Join(parts, "; ") + "." + chart.InParentheses
	return w
}

func (b *beliefs) table() table {
	t := newTable("arm", "part", "per_100_cases", "mc_low", "mc_high", "parameter_low", "parameter_high")
	for _, a := range b.arms {
		add := func(part string, s chart.Span) { t.add(a.Name, part, s.Value, s.MonteLow, s.MonteHigh, s.Low, s.High) }
		for i, k := range beliefKinds {
			add(k.id, a.parts[i])
		}
		add("avoidable", a.total[0])
		add("irreducible", a.total[1])
		add("missed", a.missed)
	}
	return t
}

func (b *beliefs) draw(p *chart.Page, area chart.Rect) {
	if len(b.arms) == 0 {
		p.Note(area, "This run has no arm.")
		return
	}
	body := area.Inset(0, 0, 0, chart.LineStep+2)
	left := body.Inset(0, 0, float64(body.W*.43), 0)
	right := body.Inset(float64(body.W*.61), 0, 0, 0)
	b.split(p, left)
	b.avoidable(p, right.Cell(0, 2, 0, 1, 0, 10))
	b.missed(p, right.Cell(1, 2, 0, 1, 0, 10))
	k := p.Key(area, area.Bottom()-1)
	k.Words("Per 100 cases; each panel to its own scale. 95\u00a0%:")
	k.Item(22, chart.OverAssumptions, func(x, y float64) { p.Whisker(y, x, x+22, 0, 0, chart.Muted) })
	k.Line(3.4, chart.Muted, chart.OfSampling)
}

// split draws the missteps by false belief.
func (b *beliefs) split(p *chart.Page, r chart.Rect) {
	p.Title(r, "Missteps by false belief about …")
	n := float64(len(b.arms))
	var all []chart.Span
	for _, a := range b.arms {
		all = append(all, a.parts[:]...)
	}
	x := chart.FromZero(all, r.X+128, r.Right()-34)
	arms := make([]chart.Arm, len(b.arms))
	for i, a := range b.arms {
		arms[i] = a.Arm
	}
	names := p.ArmKey(r.Inset(0, chart.LineStep+3, -30, 0), arms, func(x, y float64, a chart.Arm) float64 {
		p.BarOf(x, x+12, y, 9, a)
		return 12
	})
	body := r.Inset(0, chart.LineStep+6+names, 0, 0)
	group := float64(body.H / 4)
	p.Line(x.From, body.Y, x.From, body.Bottom(), .8, chart.Frame)
	for i, k := range beliefKinds {
		var rows []chart.BarRow
		for _, a := range b.arms {
			rows = append(rows, chart.BarRow{Arm: a.Arm, Span: a.parts[i]})
		}
		top := body.Y + chart.Multiple(i, group)
		step := min((group-6)/n, 17)
		p.Text(r.X, chart.RowMiddle(top, group, 0)+chart.Ascent/2, k.label, chart.Plain)
		p.Bars(rows, x, top+float64((group-float64(step*n))/2), step)
	}
}

// avoidable draws for each arm a bar of two parts.
func (b *beliefs) avoidable(p *chart.Page, r chart.Rect) {
	p.Title(r, "Could a better process avoid them?")
	y := r.Y + chart.LineStep + chart.Ascent + 4
	p.Fill(chart.Box(r.X, y-9, 10, 10), chart.Unclear)
	x := p.Text(r.X+14, y, "avoidable", chart.Plain) + 12
	p.Outline(chart.Box(x, y-8.5, 9, 9), 1, chart.Unclear)
	p.Text(x+14, y, "bad luck", chart.Plain)
	body := r.Inset(0, 2*chart.LineStep+8, 0, 2)
	var sums []chart.Span
	for _, a := range b.arms {
		sums = append(sums, chart.NewSpan(a.total[0].Value+a.total[1].Value, 0, 0, 0))
	}
	s := chart.FromZero(sums, body.X, body.Right()-78)
	step := min(body.H/float64(len(b.arms)), 26)
	for i, a := range b.arms {
		y := chart.RowMiddle(body.Y, step, i)
		if !a.total[0].Ok || !a.total[1].Ok {
			p.Text(body.X, y+chart.Ascent/2, "n/a", chart.Quiet)
			continue
		}
		thick := min(step*.6, 14)
		mid, far := s.At(a.total[0].Value), s.At(a.total[0].Value+a.total[1].Value)
		p.Fill(chart.Box(s.From, y-float64(thick/2), max(mid-s.From, .8), thick), a.Color)
		p.Outline(chart.Box(mid, y-float64(thick/2)+.5, max(far-mid, .8), thick-1), 1, a.Color)
		sum := chart.Number(a.total[0].Value) + " + " + chart.Number(a.total[1].Value)
		p.Text(far+6, y+chart.Ascent/2, sum, chart.Plain.Heavy().In(a.Color))
	}
}

// missed draws the responses that full knowledge would have given.
func (b *beliefs) missed(p *chart.Page, r chart.Rect) {
	p.Title(r, "Missed responses")
	p.Text(r.X, r.Y+chart.LineStep+chart.Ascent+2, "hostile operations that stay unanswered", chart.Quiet)
	body := r.Inset(0, 2*chart.LineStep+5, 0, 2)
	var rows []chart.BarRow
	var spans []chart.Span
	for _, a := range b.arms {
		rows, spans = append(rows, chart.BarRow{Arm: a.Arm, Span: a.missed}), append(spans, a.missed)
	}
	x := chart.FromZero(spans, body.X, body.Right()-40)
	p.Bars(rows, x, body.Y, min(body.H/float64(len(rows)), 22))
	p.Line(x.From, body.Y, x.From, body.Y+min(body.H, 22*float64(len(rows))), .8, chart.Frame)
}
