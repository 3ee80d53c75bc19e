package figure

import (
	"math"

	"github.com/misstep/misstep/model/elem"
)

// draw draws one panel: heading, axes, bands, lines and their labels.
func (e escalationPanel) draw(p *page, r rect, in *input, gutter float64, rows int, withYears bool) {
	st := plain.heavy()
	p.text(r.x, r.y+ascent+2, p.shorten(e.heading, r.w, st), st)
	plot := r.inset(gutter, lineStep+6, 12, 6)
	if withYears {
		plot = plot.inset(0, 0, 0, lineStep)
	}
	labels, most := e.labelRoom(p, rows, plot)
	plot.w -= labels
	y, ticks := e.scaleOf(plot)
	for _, t := range ticks {
		p.line(plot.x, y.at(t.v), plot.right(), y.at(t.v), .6, grid)
		p.text(plot.x-4, y.at(t.v)+ascent/2-.5, t.label, quiet.to(end))
	}
	x, marks := years(in.begin, in.horizon(), plot.x, plot.right(), 34)
	p.line(plot.x, plot.bottom(), plot.right(), plot.bottom(), .8, frame)
	for _, t := range marks {
		p.line(x.at(t.v), plot.bottom(), x.at(t.v), plot.bottom()+3, .8, frame)
		if withYears {
			p.tickLabel(x.at(t.v), plot.bottom()+lineStep, t.label)
		}
	}
	if len(e.lines) == 0 {
		p.text(plot.x+8, plot.middleY(), "no curve in this run", quiet)
		return
	}
	thinner := 1.0 // bands that lie on each other grow dark
	if len(e.lines) == mostRows {
		thinner = .5
	}
	for i, l := range e.lines {
		if i < 2 || len(e.lines) <= mostRows { // bands of more arms hide each other
			l.bands(p, x, y, thinner)
		}
	}
	for _, t := range in.s.Run.Turns { // the note says what they are
		p.line(x.at(t.Day), plot.y, x.at(t.Day), plot.bottom(), .7, frame, 2, 2)
	}
	for i := len(e.lines) - 1; i >= 0; i-- { // the baseline on top
		p.curve(l2(x, y, e.lines[i].days, e.lines[i].value), stroke{e.lines[i].arm.color, 1.8, e.lines[i].arm.dash})
	}
	e.labels(p, plot, y, labels, rows, most)
}

// gutter is the width that the labels of the vertical axis need.
func (e escalationPanel) gutter(p *page) float64 {
	w := 0.0
	_, ticks := e.scaleOf(rect{h: 1})
	for _, t := range ticks {
		w = max(w, p.width(t.label, plain))
	}
	return w + 6
}

// scaleOf is linear from 0, or logarithmic where every line stays below one percent.
func (e escalationPanel) scaleOf(plot rect) (scale, []tick) {
	top, line, least := 0.0, 0.0, 1.0
	for _, l := range e.lines {
		for i := range l.value {
			top = max(top, l.value[i], l.monteHigh[i], l.hi[i])
			line = max(line, l.value[i])
			if l.value[i] > 0 {
				least = min(least, l.value[i])
			}
		}
	}
	if line == 0 || line >= 0.01 {
		s := upTo(top, 3, plot.bottom(), plot.y)
		if line == 0 && top == 0 {
			s.hi = 0.01
		}
		s.hi = min(s.hi, 1)
		var ticks []tick
		for _, v := range steps(0, s.hi, 3) {
			ticks = append(ticks, tick{v, percent(v)})
		}
		return s, ticks
	}
	hi := upTo(top, 2, 0, 0).hi
	lo := max(elem.Pow(10, math.Floor(elem.Log10(least)+1e-9)), elem.Pow(10, math.Floor(elem.Log10(line)-1.7)))
	s := scale{lo: lo, hi: hi, from: plot.bottom(), to: plot.y, log: true}
	var ticks []tick
	for _, v := range decades(lo, hi, 3) {
		ticks = append(ticks, tick{v, odds(v)})
	}
	return s, ticks
}

// bands draws the parameter band pale with an edge, the Monte Carlo band dark, both
// so much thinner.
func (l escalationLine) bands(p *page, x, y scale, thinner float64) {
	p.area(between(x, y, l.days, l.lo, l.hi), tint(l.arm.color, paramTint*thinner))
	edge := stroke{tint(l.arm.color, .6), .6, l.arm.dash}
	p.curve(l2(x, y, l.days, l.lo), edge)
	p.curve(l2(x, y, l.days, l.hi), edge)
	p.area(between(x, y, l.days, l.monteLow, l.monteHigh), tint(l.arm.color, monteTint*thinner))
}

func l2(x, y scale, days, v []float64) []point {
	pts := make([]point, len(v))
	for i := range v {
		pts[i] = point{x.at(days[i]), y.at(v[i])}
	}
	return pts
}

func between(x, y scale, days, lo, hi []float64) []point {
	var pts []point
	for i := range hi {
		pts = append(pts, point{x.at(days[i]), y.at(hi[i])})
	}
	for i := len(lo) - 1; i >= 0; i-- {
		pts = append(pts, point{x.at(days[i]), y.at(lo[i])})
	}
	return pts
}

// final is the value at the end of the line.
func (l escalationLine) final() string { return chance(l.value[len(l.value)-1]) }
