package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/model/elem"
)

// fitColumns are where the columns of the figure stand [pt].
type fitColumns struct {
	label, labelEnd float64
	plot, plotEnd   float64
	seen, predicted float64
	end             float64
	step, size      float64 // distance of rows, size of text
}

const fitID = 27 // [pt] width of an id

func (f *fit) draw(p *page, area rect) {
	if len(f.groups) == 0 {
		p.note(area, "No target: the fit was given nothing that the record and the model could be compared in.")
		return
	}
	x := area.x
	c := fitColumns{label: x, labelEnd: x + 191, plot: x + 198, plotEnd: x + 318, seen: x + 328, predicted: x + 456, end: area.right()}
	body := area.inset(0, fitHead, 0, fitFoot)
	shown, left := f.shown(int(body.h / leastStep))
	c.step = min(body.h/float64(max(shown.lines(), 1)), 17)
	c.size = min(textSize, c.step*.935)
	p.text(x, area.y+ascent+1, p.shorten(f.result(), area.w, plain.heavy()), plain.heavy())
	y := area.y + lineStep + ascent + 4
	p.text(c.plot, y, "each to its own scale", quiet)
	p.text(c.seen, y, "observed (range)", quiet)
	p.text(c.predicted, y, "model, 90\u00a0%", quiet)
	y = body.y + float64(c.step*.72)
	for i, g := range shown.groups {
		if g.lines() == 0 {
			continue
		}
		verdict := "" // of the targets that were used the line above has it
		if g.short != fitUses[0].short {
			verdict = f.groups[i].verdict()
		}
		y = g.draw(p, c, y, verdict)
	}
	fitKey(p, area, left)
}

// draw draws a heading and its rows from the baseline y on, and returns the next.
func (g fitGroup) draw(p *page, c fitColumns, y float64, verdict string) float64 {
	st := style{size: c.size, bold: true, color: muted}
	right := p.width(verdict, st)
	p.text(c.label, y, p.shorten(g.heading, c.end-c.label-right-8, st), st)
	p.text(c.end, y, verdict, st.to(end))
	ruleY := y + float64(c.step*.25)
	p.line(c.label, ruleY, c.end, ruleY, .6, grid)
	y += c.step
	for _, r := range g.rows {
		if !r.left {
			r.draw(p, c, y)
			y += multiple(r.lines(), c.step)
		}
	}
	return y
}

// look is how a standing is drawn; the marks differ without colour.
func (s standing) look() (m mark, observed, model color.NRGBA) {
	switch s {
	case inside:
		return disc, ink, blue
	case outside:
		return diamond, harm, harm
	default:
		return ring, muted, unclear
	}
}

// draw draws one target.
func (r fitRow) draw(p *page, c fitColumns, y float64) {
	_, shade, _ := r.standing.look()
	st := style{size: c.size, color: shade, bold: r.standing == outside}
	p.text(c.label, y, p.shorten(r.ID, fitID-3, st.heavy()), st.heavy())
	room := c.labelEnd - c.label - fitID
	if r.Log {
		p.text(c.labelEnd, y, "log", style{size: c.size, color: muted, anchor: end})
		room -= 22
	}
	p.text(c.label+fitID, y, p.shorten(r.Label, room, st), st)
	mid := y - float64(c.size*.36)
	p.fill(rect{c.plot, mid - float64(c.step*.46), c.plotEnd - c.plot, float64(c.step * .92)}, pale)
	r.bars(p, r.scale(c), mid, c.step)
	p.text(c.seen, y, p.shorten(r.seen(), c.predicted-c.seen-5, st), st)
	if r.standing == outside {
		p.cross(c.predicted-2, mid, 3, harm)
	}
	p.text(c.predicted+6, y, p.shorten(r.predicted(), c.end-c.predicted-6, st), st)
	if r.Why != "" {
		why := style{size: c.size, color: shade}
		p.text(c.label+fitID, y+c.step, p.shorten(r.Why, c.end-c.label-fitID, why), why)
	}
}

// scale holds everything that is known of a row, with room at both ends.
func (r fitRow) scale(c fitColumns) scale {
	s := scale{lo: math.Inf(1), hi: math.Inf(-1), from: c.plot, to: c.plotEnd, log: r.Log}
	for _, v := range r.values() {
		s.lo, s.hi = min(s.lo, v), max(s.hi, v)
	}
	if !(s.lo <= s.hi) {
		return scale{hi: 1, from: c.plot, to: c.plotEnd}
	}
	const pad = .06
	switch {
	case s.log && s.lo < s.hi:
		more := float64(pad * elem.Log(s.hi/s.lo))
		s.lo, s.hi = elem.Exp(elem.Log(s.lo)-more), elem.Exp(elem.Log(s.hi)+more)
	case s.log:
		s.lo, s.hi = s.lo/2, s.hi*2
	case s.lo < s.hi:
		more := float64(pad * (s.hi - s.lo))
		s.lo, s.hi = s.lo-more, s.hi+more
	default:
		more := max(float64(math.Abs(s.lo)/2), 1e-9)
		s.lo, s.hi = s.lo-more, s.hi+more
	}
	return s
}

// bars draws the prior interval thin and grey behind, the posterior interval as a
// box with its median, and the observed value with its range on top.
func (r fitRow) bars(p *page, x scale, y, step float64) {
	m, shade, model := r.standing.look()
	if finite(r.Prior[0]) {
		p.line(x.at(r.Prior[0]), y, x.at(r.Prior[2]), y, 2.2, priorGrey)
		for _, i := range []int{0, 2} {
			p.line(x.at(r.Prior[i]), y-3, x.at(r.Prior[i]), y+3, 1, priorGrey)
		}
	}
	if finite(r.Post[0]) {
		lo, hi := x.at(r.Post[0]), x.at(r.Post[2])
		half := min(step*.36, 5)
		p.fill(rect{lo - .6, y - half, hi - lo + 1.2, 2 * half}, tint(model, .38))
		p.line(x.at(r.Post[1]), y-half, x.at(r.Post[1]), y+half, 2.2, model)
	}
	if !finite(r.Observed) {
		return
	}
	lo, hi := x.at(r.Observed), x.at(r.Observed)
	if finite(r.Low) && r.Low <= r.Observed {
		lo = x.at(r.Low)
		p.line(lo, y-2.4, lo, y+2.4, 1.1, shade)
	} else if r.OneSided && finite(r.High) {
		lo = x.from + 3
		p.polygon(lo, y, 3, 3, .5, shade)
	}
	if finite(r.High) && r.High >= r.Observed {
		hi = x.at(r.High)
		p.line(hi, y-2.4, hi, y+2.4, 1.1, shade)
	} else if r.OneSided && finite(r.Low) {
		hi = x.to - 3
		p.polygon(hi, y, 3, 3, 0, shade)
	}
	if hi > lo {
		p.line(lo, y, hi, y, 1.1, shade)
	}
	p.point(x.at(r.Observed), y, 3.2, m, shade)
}

// priorGrey is the colour of what the model said before the data.
var priorGrey = color.NRGBA{0xa6, 0xa6, 0xa6, 0xff}

// fitKey explains marks and lines at the bottom.
func fitKey(p *page, area rect, left int) {
	y := area.bottom() - 2
	x := area.x
	p.line(x, y-4, x+20, y-4, 1.1, ink)
	p.point(x+10, y-4, 3.2, disc, ink)
	x = p.text(x+24, y, "observed", quiet) + 12
	p.fill(rect{x, y - 9, 20, 10}, tint(blue, .38))
	p.line(x+10, y-9, x+10, y+1, 2.2, blue)
	x = p.text(x+24, y, "model after the fit, median", quiet) + 12
	p.line(x, y-4, x+20, y-4, 2.2, priorGrey)
	x = p.text(x+24, y, "before it", quiet) + 12
	p.line(x, y-4, x+20, y-4, 1.1, harm)
	p.point(x+10, y-4, 3.2, diamond, harm)
	p.cross(x+27, y-4, 3, harm)
	x = p.text(x+34, y, "outside", plain.heavy().in(harm)) + 10
	if left > 0 {
		more := "+" + fixedPoint(float64(left), 0) + " in the CSV"
		p.text(area.right(), y, p.shorten(more, area.right()-x, quiet), quiet.to(end))
	}
}
