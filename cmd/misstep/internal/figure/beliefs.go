package figure

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/model/summary"
)

// beliefs shows which false belief stands behind the missteps, how many a better
// process could avoid, and beside them the responses that were missed.
type beliefs struct {
	arms []beliefsArm
}

type beliefsArm struct {
	arm
	parts  [4]span // by belief
	total  [2]span // avoidable, irreducible
	missed span
}

// beliefKinds are the false beliefs as people say them.
var beliefKinds = [4]struct{ id, label string }{
	{"culprit", "who did it"},
	{"intent", "what it was for"},
	{"severity", "how grave it was"},
	{"rival", "what the rival is like"},
}

func newBeliefs(in *input) chart {
	b := &beliefs{}
	for _, a := range in.first(mostRows) {
		d := in.armOf(a.name).Beliefs
		b.arms = append(b.arms, beliefsArm{
			arm:    a,
			parts:  [4]span{perHundred(d.Culprit), perHundred(d.Intent), perHundred(d.Severity), perHundred(d.Rival)},
			total:  [2]span{perHundred(d.Avoidable), perHundred(d.Irreducible)},
			missed: perHundred(d.Missed),
		})
	}
	return b
}

// perHundred is a number of cases out of a hundred.
func perHundred(e summary.Estimate) span { return spanOf(e).within(0, 100) }

func (b *beliefs) words() words {
	w := words{title: "Which false beliefs stand behind missteps"}
	var parts []string
	for _, a := range b.arms {
		for i, k := range beliefKinds {
			parts = append(parts, fmt.Sprintf("%s, false about %s: %s", a.label, k.label, ranged(a.parts[i], number)))
		}
		parts = append(parts, fmt.Sprintf("%s, avoidable: %s, bad luck: %s, missed responses: %s", a.label,
			ranged(a.total[0], number), ranged(a.total[1], number), ranged(a.missed, number)))
	}
	w.alt = "Missteps per 100 cases. " + strings.Join(parts, "; ") + "." + inParentheses
	return w
}

func (b *beliefs) table() table {
	t := newTable("arm", "part", "per_100_cases", "mc_low", "mc_high", "parameter_low", "parameter_high")
	for _, a := range b.arms {
		add := func(part string, s span) { t.add(a.name, part, s.value, s.monteLow, s.monteHigh, s.low, s.high) }
		for i, k := range beliefKinds {
			add(k.id, a.parts[i])
		}
		add("avoidable", a.total[0])
		add("irreducible", a.total[1])
		add("missed", a.missed)
	}
	return t
}

func (b *beliefs) draw(p *page, area rect) {
	if len(b.arms) == 0 {
		p.note(area, "This run has no arm.")
		return
	}
	body := area.inset(0, 0, 0, lineStep+2)
	left := body.inset(0, 0, float64(body.w*.43), 0)
	right := body.inset(float64(body.w*.61), 0, 0, 0)
	b.split(p, left)
	b.avoidable(p, right.cell(0, 2, 0, 1, 0, 10))
	b.missed(p, right.cell(1, 2, 0, 1, 0, 10))
	p.whiskerKey(area)
}

// split draws the missteps by false belief.
func (b *beliefs) split(p *page, r rect) {
	p.text(r.x, r.y+ascent+2, "Missteps by false belief about …", plain.heavy())
	n := float64(len(b.arms))
	x := scale{from: r.x + 128, to: r.right() - 34}
	for _, a := range b.arms {
		for _, s := range a.parts {
			x.hi = max(x.hi, s.top())
		}
	}
	x.hi = atLeast(x.hi)
	names := b.names(p, r)
	body := r.inset(0, lineStep+4+names, 0, 0)
	group := float64(body.h / 4)
	p.line(x.from, body.y, x.from, body.bottom(), .8, frame)
	for i, k := range beliefKinds {
		var rows []barRow
		for _, a := range b.arms {
			rows = append(rows, barRow{arm: a.arm, span: a.parts[i]})
		}
		top := body.y + multiple(i, group)
		step := min((group-6)/n, 17)
		p.text(r.x, rowMiddle(top, group, 0)+ascent/2, k.label, plain)
		p.bars(rows, x, top+float64((group-float64(step*n))/2), step)
	}
}

// names writes which bar is which arm's, once, above the bars, and returns the
// height that this took.
func (b *beliefs) names(p *page, r rect) float64 {
	x, y := r.x, r.y+lineStep+ascent+4
	height := lineStep + 2
	for _, a := range b.arms {
		st := plain.heavy().in(a.color)
		name := p.shorten(a.label, 140, st)
		if w := p.width(name, st) + 22; x > r.x && x+w > r.right()+30 {
			x, y, height = r.x, y+lineStep, height+lineStep
		}
		p.barOf(x, x+12, y-4, 9, a.arm)
		x = p.text(x+17, y, name, st) + 14
	}
	return height
}

func atLeast(v float64) float64 {
	if !(v > 0) || !finite(v) {
		return 1
	}
	return v
}

// avoidable draws for each arm a bar of two parts.
func (b *beliefs) avoidable(p *page, r rect) {
	p.text(r.x, r.y+ascent+2, "Could a better process avoid them?", plain.heavy())
	y := r.y + lineStep + ascent + 4
	p.fill(rect{r.x, y - 9, 10, 10}, unclear)
	x := p.text(r.x+14, y, "avoidable", plain) + 12
	p.outline(rect{x, y - 8.5, 9, 9}, stroke{color: unclear, width: 1})
	p.text(x+14, y, "bad luck", plain)
	body := r.inset(0, 2*lineStep+8, 0, 2)
	s := scale{from: body.x, to: body.right() - 78}
	for _, a := range b.arms {
		s.hi = max(s.hi, a.total[0].value+a.total[1].value)
	}
	s.hi = atLeast(s.hi)
	step := min(body.h/float64(len(b.arms)), 26)
	for i, a := range b.arms {
		y := rowMiddle(body.y, step, i)
		if !a.total[0].ok || !a.total[1].ok {
			p.text(body.x, y+ascent/2, "n/a", quiet)
			continue
		}
		thick := min(step*.6, 14)
		mid, far := s.at(a.total[0].value), s.at(a.total[0].value+a.total[1].value)
		p.fill(rect{s.from, y - float64(thick/2), max(mid-s.from, .8), thick}, a.color)
		p.outline(rect{mid, y - float64(thick/2) + .5, max(far-mid, .8), thick - 1}, stroke{color: a.color, width: 1})
		p.text(far+6, y+ascent/2, number(a.total[0].value)+" + "+number(a.total[1].value), plain.heavy().in(a.color))
	}
}

// missed draws the responses that full knowledge would have given.
func (b *beliefs) missed(p *page, r rect) {
	p.text(r.x, r.y+ascent+2, "Missed responses", plain.heavy())
	p.text(r.x, r.y+lineStep+ascent+2, "hostile operations that stay unanswered", quiet)
	body := r.inset(0, 2*lineStep+5, 0, 2)
	rows := make([]barRow, len(b.arms))
	for i, a := range b.arms {
		rows[i] = barRow{arm: a.arm, span: a.missed}
	}
	x := scale{hi: atLeast(topOf(rows)), from: body.x, to: body.right() - 40}
	p.bars(rows, x, body.y, min(body.h/float64(len(rows)), 22))
	p.line(x.from, body.y, x.from, body.y+min(body.h, 22*float64(len(rows))), .8, frame)
}
