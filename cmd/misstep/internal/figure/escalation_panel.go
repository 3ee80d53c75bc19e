package figure

import "math"

// draw draws one panel: heading, axes, bands, lines and their labels.
func (e escalationPanel) draw(p *page, r rect, in *input, gutter float64, rows int, withYears bool) {
	st := plain.heavy()
	p.text(r.x, r.y+ascent+2, p.shorten(e.heading, r.w, st), st)
	labels := e.labelWidth(p, rows)
	plot := r.inset(gutter, lineStep+6, labels+12, 6)
	if withYears {
		plot = plot.inset(0, 0, 0, lineStep)
	}
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
		p.text(plot.x+8, plot.y+plot.h/2, "no curve in this run", quiet)
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
		p.s.stroke(polyline([]point{{x.at(t.Day), plot.y}, {x.at(t.Day), plot.bottom()}}, false), stroke{frame, .7, []float64{2, 2}})
	}
	for i := len(e.lines) - 1; i >= 0; i-- { // the baseline on top
		p.s.stroke(l2(x, y, e.lines[i].days, e.lines[i].value), stroke{e.lines[i].arm.color, 1.8, e.lines[i].arm.dash})
	}
	e.labels(p, plot, y, labels, rows)
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
	lo := max(math.Pow(10, math.Floor(math.Log10(least)+1e-9)), math.Pow(10, math.Floor(math.Log10(line)-1.7)))
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
	p.s.fill(between(x, y, l.days, l.lo, l.hi), tint(l.arm.color, paramTint*thinner))
	edge := stroke{tint(l.arm.color, .6), .6, l.arm.dash}
	p.s.stroke(l2(x, y, l.days, l.lo), edge)
	p.s.stroke(l2(x, y, l.days, l.hi), edge)
	p.s.fill(between(x, y, l.days, l.monteLow, l.monteHigh), tint(l.arm.color, monteTint*thinner))
}

func l2(x, y scale, days, v []float64) path {
	pts := make([]point, len(v))
	for i := range v {
		pts[i] = point{x.at(days[i]), y.at(v[i])}
	}
	return polyline(pts, false)
}

func between(x, y scale, days, lo, hi []float64) path {
	var pts []point
	for i := range hi {
		pts = append(pts, point{x.at(days[i]), y.at(hi[i])})
	}
	for i := len(lo) - 1; i >= 0; i-- {
		pts = append(pts, point{x.at(days[i]), y.at(lo[i])})
	}
	return polyline(pts, true)
}

// mostLabel is the widest that labels at the end of lines may be: of two rows, and
// of one.
var mostLabel = [3]float64{1: 127, 2: 106}

func (e escalationPanel) labelWidth(p *page, rows int) float64 {
	w := 40.0
	for _, l := range e.lines {
		name, value := p.width(l.arm.label, plain.heavy()), p.width(l.final()+" ", plain)
		if rows == 1 {
			name += value
		}
		w = max(w, name, value)
	}
	return min(w, mostLabel[rows])
}

// final is the value at the end of the line.
func (l escalationLine) final() string { return chance(l.value[len(l.value)-1]) }

// labels writes name and value at the end of each line, below each other or, where
// that has no room, beside each other.
func (e escalationPanel) labels(p *page, plot rect, y scale, width float64, rows int) {
	height := float64(rows) * 12
	want := make([]float64, len(e.lines))
	for i, l := range e.lines {
		want[i] = y.at(l.value[len(l.value)-1])
	}
	for i, at := range spread(want, height, plot.y+height/2-8, plot.bottom()-height/2+8) {
		l := e.lines[i]
		x := plot.right() + 12
		p.line(plot.right()+1, want[i], x-2, at, .7, l.arm.color)
		name, value := plain.heavy().in(l.arm.color), plain.in(l.arm.color)
		if rows == 1 {
			next := p.text(x, at+ascent/2, l.final()+" ", value)
			p.text(next, at+ascent/2, p.shorten(l.arm.label, x+width-next, name), name)
			continue
		}
		lines := p.wrapTo(2, l.arm.label, width, name)
		p.text(x, at-1.5, lines[0], name)
		if len(lines) == 2 {
			x = p.text(x, at+10.5, p.shorten(lines[1], width-p.width(l.final(), value)-4, name)+" ", name)
		}
		p.text(x, at+10.5, l.final(), value)
	}
}
