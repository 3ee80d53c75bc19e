package figure

import (
	"image/color"
	"math"
)

// hue is the colour of an effect: blue for the better, vermillion for the worse; black
// and orange where neither is.
func (b *breakeven) hue(v float64) color.NRGBA {
	switch {
	case b.in.Goodness == 0 && v > 0:
		return orange
	case b.in.Goodness == 0:
		return black
	case v*float64(b.in.Goodness) > 0:
		return help
	}
	return harm
}

// side says what an effect above or below zero is.
func (b *breakeven) side(above bool) string {
	switch {
	case b.in.Goodness == 0 && above:
		return "higher"
	case b.in.Goodness == 0:
		return "lower"
	case above == (b.in.Goodness > 0):
		return "better"
	}
	return "worse"
}

// assumedMedian names the line and the cross of what a scenario takes a number to be.
const assumedMedian = "assumed median"

// Margins of the panel: left of it, and right of it along one number and over two [pt].
const (
	breakevenLeft  = 44
	breakevenRight = 52
	breakevenKey   = 142
)

// below is the title of the first number's axis, in lines.
func (b *breakeven) below(p *page, area rect) []string {
	title, width := b.in.Axes[0].axisTitle(), area.w-breakevenLeft-breakevenRight
	if len(b.in.Axes) == 2 {
		title, width = title+" →", area.w-breakevenLeft-breakevenKey
	}
	return p.wrapTo(2, title, width, plain)
}

// beside is the title of the second number's axis, in lines above the panel.
func (b *breakeven) beside(p *page, area rect) []string {
	return p.wrapTo(2, "↑ "+b.in.Axes[1].axisTitle(), area.w, plain)
}

// drawCurve draws the effect along one number.
func (b *breakeven) drawCurve(p *page, area rect) {
	a := &b.in.Axes[0]
	p.text(area.x, area.y+ascent+1, p.shorten("effect on "+b.in.Outcome+", "+b.in.Unit, area.w, quiet), quiet)
	title := b.below(p, area)
	body := area.inset(breakevenLeft, lineStep+6, breakevenRight, multiple(len(title)+2, lineStep)+8)
	x := a.scale(body.x, body.right())
	lo, hi := b.extent()
	pad := float64((hi - lo) * .06)
	y := scale{lo: lo - pad, hi: hi + pad, from: body.bottom(), to: body.y}
	for _, v := range steps(y.lo, y.hi, 5) {
		p.line(body.x, y.at(v), body.right(), y.at(v), .6, grid)
		p.text(body.x-5, y.at(v)+ascent/2, axis(v), quiet.to(end))
	}
	b.band(p, x, y)
	p.line(body.x, y.at(0), body.right(), y.at(0), 1.2, ink)
	p.text(body.right()+6, y.at(hi)+ascent/2+5, b.side(true), plain.in(b.hue(1)))
	if y.at(lo)-y.at(hi) > 2*lineStep {
		p.text(body.right()+6, y.at(lo)+ascent/2-5, b.side(false), plain.in(b.hue(-1)))
	}
	row := b.in.Effects[0]
	for i := range row {
		if i > 0 && finite(row[i-1].Value) && finite(row[i].Value) {
			p.line(x.at(a.Values[i-1]), y.at(row[i-1].Value), x.at(a.Values[i]), y.at(row[i].Value), 1.8, ink)
		}
		if finite(row[i].Value) && len(row) <= 40 {
			p.point(x.at(a.Values[i]), y.at(row[i].Value), 2.6, disc, ink)
		}
	}
	b.axisBelow(p, a, x, body, title)
	b.crossings(p, x, y.at(0))
	if v := a.Today; finite(v) && v >= x.lo && v <= x.hi {
		p.line(x.at(v), body.y, x.at(v), body.bottom(), 1.1, muted, 4, 2.5)
		at := quiet.to(start)
		dx := 4.0
		if x.at(v)+p.width(assumedMedian, quiet)+4 > pageWidth-margin {
			at, dx = quiet.to(end), -4
		}
		p.text(x.at(v)+dx, body.y-3, assumedMedian, at)
	}
}

// band draws the interval of the curve.
func (b *breakeven) band(p *page, x, y scale) {
	a, row := &b.in.Axes[0], b.in.Effects[0]
	for i := 1; i < len(row); i++ {
		l, r := row[i-1], row[i]
		if !finite(l.Low) || !finite(l.High) || !finite(r.Low) || !finite(r.High) {
			continue
		}
		x1, x2 := x.at(a.Values[i-1]), x.at(a.Values[i])
		p.area([]point{{x1, y.at(l.Low)}, {x2, y.at(r.Low)}, {x2, y.at(r.High)}, {x1, y.at(l.High)}}, tint(sky, .35))
	}
}

// axisBelow labels a number below its panel, with a bar of what is believed of it.
func (b *breakeven) axisBelow(p *page, a *BreakevenAxis, x scale, body rect, title []string) {
	for _, v := range steps(x.lo, x.hi, 6) {
		p.line(x.at(v), body.bottom(), x.at(v), body.bottom()+3, .8, frame)
		p.tickLabel(x.at(v), body.bottom()+lineStep, axis(v))
	}
	y := p.lines(body.middleX(), body.bottom()+2*lineStep+2, title, plain.to(middle))
	if finite(a.Low) && finite(a.High) && a.High > x.lo && a.Low < x.hi {
		p.line(x.at(a.Low), y-9, x.at(a.High), y-9, 3, frame)
		const words = "90\u00a0% of what is believed of it"
		w := p.width(words, quiet)
		at := min(max(float64((x.at(a.Low)+x.at(a.High))/2)-float64(w/2), margin), pageWidth-margin-w)
		p.text(at, y+4, words, quiet)
	}
}

// crossings marks the zeros with their intervals on the line of zero effect.
func (b *breakeven) crossings(p *page, x scale, y float64) {
	for _, c := range b.in.Crossings {
		if !finite(c.Value) {
			continue
		}
		if finite(c.Low) && finite(c.High) {
			p.line(x.at(c.Low), y, x.at(c.High), y, 4.5, tint(purple, .8))
		}
		p.point(x.at(c.Value), y, 5, diamond, purple)
		s := number(c.Value)
		if finite(c.Low) && finite(c.High) {
			s += " [" + number(c.Low) + ", " + number(c.High) + "]"
		}
		st := plain.heavy()
		w := p.width(s, st)
		left := min(max(x.at(c.Value)-float64(w/2), x.from+2), x.to-w-2)
		p.fill(rect{left - 3, y + 7, w + 6, lineStep}, tint(white, .85))
		p.text(left, y+7+ascent+2, s, st)
	}
}

// drawPlane draws the effect over two numbers as cells around the points.
func (b *breakeven) drawPlane(p *page, area rect) {
	ax, ay := &b.in.Axes[0], &b.in.Axes[1]
	above, title := b.beside(p, area), b.below(p, area)
	p.lines(area.x, area.y+ascent+1, above, plain)
	body := area.inset(breakevenLeft, multiple(len(above), lineStep)+4, breakevenKey, multiple(len(title)+1, lineStep)+8)
	x, y := ax.scale(body.x, body.right()), ay.scale(body.bottom(), body.y)
	lo, hi := b.extentOfValues()
	most := math.Max(-lo, hi)
	b.eachCell(x, y, func(cell rect, v float64) bool {
		p.fill(cell, b.shade(v, most))
		return true
	})
	p.outline(body, stroke{color: frame, width: .8})
	today := finite(ax.Today) && finite(ay.Today) && ax.Today >= x.lo && ax.Today <= x.hi && ay.Today >= y.lo && ay.Today <= y.hi
	b.cellNumbers(p, x, y, today)
	for _, c := range b.in.Contour {
		p.line(x.at(c[0]), y.at(c[1]), x.at(c[2]), y.at(c[3]), 2.2, ink)
	}
	for _, v := range steps(y.lo, y.hi, 5) {
		p.line(body.x-3, y.at(v), body.x, y.at(v), .8, frame)
		p.text(body.x-6, y.at(v)+ascent/2, axis(v), quiet.to(end))
	}
	for _, v := range steps(x.lo, x.hi, 6) {
		p.line(x.at(v), body.bottom(), x.at(v), body.bottom()+3, .8, frame)
		p.tickLabel(x.at(v), body.bottom()+lineStep, axis(v))
	}
	p.lines(body.middleX(), body.bottom()+2*lineStep+2, title, plain.to(middle))
	if today {
		p.point(x.at(ax.Today), y.at(ay.Today), 6, disc, white)
		p.cross(x.at(ax.Today), y.at(ay.Today), 4, ink)
	}
	b.planeKey(p, rect{body.right() + 14, body.y, area.right() - body.right() - 14, body.h}, lo, hi, today)
}

// cellText is a number in the middle of a cell.
type cellText struct {
	x, y float64
	s    string
}

// cellNumbers writes the effect into each cell, so that its sign does not hang on a
// colour: with two figures of the largest, with one where that has no room, and not at
// all where some cell has none. Below the cross of the assumed median stands no number.
func (b *breakeven) cellNumbers(p *page, x, y scale, today bool) {
	lo, hi := b.extentOfValues()
	for digits := decimalsOf(max(hi, -lo)); digits >= max(decimalsOf(max(hi, -lo))-1, 0); digits-- {
		var texts []cellText
		room := b.eachCell(x, y, func(c rect, v float64) bool {
			s := withSign(v, digits)
			cx, cy := c.middleX(), c.middleY()
			ax, ay := b.in.Axes[0].Today, b.in.Axes[1].Today
			if !today || math.Abs(cx-x.at(ax)) > float64(c.w/2)+4 || math.Abs(cy-y.at(ay)) > ascent/2+8 {
				texts = append(texts, cellText{cx, cy + ascent/2, s})
			}
			return c.w >= p.width(s, plain)+4 && c.h >= ascent+5
		})
		if room {
			for _, t := range texts {
				p.text(t.x, t.y, t.s, plain.to(middle))
			}
			return
		}
	}
}

// eachCell calls do for each cell with a value, and reports whether it always held.
func (b *breakeven) eachCell(x, y scale, do func(rect, float64) bool) bool {
	xs, ys := edges(b.in.Axes[0].Values), edges(b.in.Axes[1].Values)
	for k, row := range b.in.Effects {
		for i, e := range row {
			cell := rect{x.at(xs[i]), y.at(ys[k+1]), x.at(xs[i+1]) - x.at(xs[i]), y.at(ys[k]) - y.at(ys[k+1])}
			if finite(e.Value) && !do(cell, e.Value) {
				return false
			}
		}
	}
	return true
}

// extentOfValues is the range of the estimates, with zero in it.
func (b *breakeven) extentOfValues() (lo, hi float64) {
	for _, row := range b.in.Effects {
		for _, e := range row {
			if finite(e.Value) {
				lo, hi = math.Min(lo, e.Value), math.Max(hi, e.Value)
			}
		}
	}
	return lo, hi
}

// shade is stronger the farther an effect is from zero.
func (b *breakeven) shade(v, most float64) color.NRGBA {
	if v == 0 || most == 0 {
		return pale
	}
	return tint(b.hue(v), .08+.72*math.Abs(v)/most)
}

// edges are the middles between values, and the first and last one.
func edges(values []float64) []float64 {
	out := []float64{values[0]}
	for i := 1; i < len(values); i++ {
		out = append(out, (values[i-1]+values[i])/2)
	}
	return append(out, values[len(values)-1])
}

// planeKey explains the colours.
func (b *breakeven) planeKey(p *page, r rect, lo, hi float64, today bool) {
	y := p.lines(r.x, r.y+ascent, p.wrapTo(3, "effect on "+b.in.Outcome+", "+b.in.Unit, r.w, quiet), quiet) + 2
	most := math.Max(-lo, hi)
	for _, v := range []float64{hi, hi / 2, 0, lo / 2, lo} {
		if v == 0 && (hi == 0 || lo == 0) {
			continue
		}
		p.fill(rect{r.x, y - 9, 18, 12}, b.shade(v, most))
		s := signed(v)
		if v == hi && v > 0 || v == lo && v < 0 {
			s += " " + b.side(v > 0)
		}
		p.text(r.x+24, y, p.shorten(s, r.w-24, plain), plain)
		y += lineStep + 2
	}
	if len(b.in.Contour) > 0 {
		p.line(r.x, y-4, r.x+18, y-4, 2.2, ink)
		p.text(r.x+24, y, "no effect", plain)
		y += lineStep + 2
	}
	if today {
		p.cross(r.x+9, y-4, 4, ink)
		p.text(r.x+24, y, assumedMedian, plain)
	}
}
