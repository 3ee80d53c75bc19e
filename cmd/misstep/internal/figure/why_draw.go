package figure

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/summary"
)

// Heights of the figure [pt].
const (
	whyHead = 2*lineStep + 6
	whyFoot = lineStep + 6
	whyStep = 22
)

// whyColumns are where the columns stand [pt].
type whyColumns struct {
	label, labelEnd float64
	plot, plotEnd   float64
	number, end     float64
	step, size      float64
}

func (w *why) draw(p *page, area rect) {
	if len(w.rows) == 0 {
		p.note(area, "Nothing to show: the two arms differ in no part.")
		return
	}
	c := w.columns(p, area)
	body := area.inset(0, whyHead, 0, whyFoot)
	shown := min(len(w.rows), max(1, int(body.h/leastStep)))
	c.step = min(body.h/float64(shown), 30)
	c.size = min(textSize, c.step*.935)
	rows := w.fitting(shown)
	s := whyScale(rows, c)
	w.axis(p, area, body, c, s, len(rows))
	y := body.y
	for i, r := range rows {
		if r.Total && i > 0 && !rows[i-1].Total {
			p.line(c.label, y, c.end, y, .9, frame)
		}
		r.draw(p, c, s, y, w)
		y += c.step
	}
	w.key(p, area, rows)
}

// columns give the labels the room that they want, within bounds.
func (w *why) columns(p *page, area rect) whyColumns {
	wide := 92.0
	for _, r := range w.rows {
		wide = max(wide, p.width(upper(r.Label), style{bold: r.Total}))
	}
	x := area.x
	labelEnd := x + min(wide, 180)
	return whyColumns{label: x, labelEnd: labelEnd, plot: labelEnd + 14, plotEnd: x + 408, number: x + 420, end: area.right()}
}

// fitting are as many rows as have room, the totals among them.
func (w *why) fitting(room int) []whyRow {
	drop := len(w.rows) - room
	var out []whyRow
	for i, r := range w.rows {
		after := 0
		for _, q := range w.rows[i+1:] {
			if !q.Total {
				after++
			}
		}
		if !r.Total && after < drop { // the last parts give way
			continue
		}
		out = append(out, r)
	}
	return out[:min(len(out), room)]
}

// whyScale holds every interval, and zero.
func whyScale(rows []whyRow, c whyColumns) scale {
	lo, hi := 0.0, 0.0
	for _, r := range rows {
		if d := r.span; d.ok {
			lo = min(lo, d.low, d.monteLow, d.value)
			hi = max(hi, d.high, d.monteHigh, d.value)
		}
	}
	if lo == hi {
		lo, hi = -1, 1
	}
	pad := float64((hi - lo) * .04)
	return scale{lo: lo - pad, hi: hi + pad, from: c.plot, to: c.plotEnd}
}

// axis writes what is measured and draws the scale behind the rows.
func (w *why) axis(p *page, area, body rect, c whyColumns, s scale, rows int) {
	head := "Difference in " + w.quantity()
	p.text(c.label, area.y+ascent+1, p.shorten(head, area.w, plain.heavy()), plain.heavy())
	y := body.y - 6
	bottom := body.y + multiple(rows, c.step)
	for _, v := range steps(s.lo, s.hi, 5) {
		shade := grid
		if v == 0 {
			shade = frame
		}
		p.line(s.at(v), body.y-2, s.at(v), bottom, .8, shade)
		p.text(s.at(v), y, axis(v), quiet.to(middle))
	}
}

// draw draws one row below y.
func (r whyRow) draw(p *page, c whyColumns, s scale, y float64, w *why) {
	m, shade := verdictLook(r.Verdict)
	mid := rowMiddle(y, c.step, 0)
	base := mid + float64(c.size*.36)
	st := style{size: c.size, bold: r.Total}
	p.text(c.label, base, p.shorten(upper(r.Label), c.labelEnd-c.label, st), st)
	if !r.span.ok {
		p.text(c.number, base, "n/a", style{size: c.size, color: muted})
		return
	}
	if w.bars {
		drawBar(p, s, r.span, mid, c.step, m, shade)
	} else {
		r.span.draw(p, s, mid, m, shade)
	}
	number := style{size: c.size, color: shade, bold: r.Total}
	p.text(c.number, base, p.shorten(w.number(r.span, w.digits(p, c)), c.end-c.number, number), number)
}

// digits are the decimals of all rows: two figures of the largest value, or as many as
// leave room for every interval.
func (w *why) digits(p *page, c whyColumns) int {
	far := 0.0
	for _, r := range w.rows {
		if r.span.ok {
			far = max(far, math.Abs(r.span.value))
		}
	}
	digits := decimalsOf(far)
	for digits > 0 && slices.ContainsFunc(w.rows, func(r whyRow) bool {
		return r.span.ok && p.width(w.number(r.span, digits), style{size: c.size, bold: r.Total}) > c.end-c.number
	}) {
		digits--
	}
	return digits
}

// number writes a value with its parameter interval. Where the parameters have no
// spread it is the Monte Carlo interval; where the draws do not resolve one, there is
// none to write.
func (w *why) number(d span, digits int) string {
	lo, hi := d.low, d.high
	switch resolved := hi-lo >= (d.monteHigh-d.monteLow)*.01; {
	case d.monteLow == d.monteHigh && lo == hi:
		return withSign(d.value, digits)
	case !resolved && w.in.Uncertain:
		return withSign(d.value, digits) + " (not resolved)"
	case !resolved:
		lo, hi = d.monteLow, d.monteHigh
	}
	return withSign(d.value, digits) + " (" + fixedPoint(lo, digits) + " to " + fixedPoint(hi, digits) + ")"
}

// withSign writes a difference with so many decimals; what rounds to zero has no sign.
func withSign(v float64, decimals int) string {
	s := fixedPoint(v, decimals)
	if v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// drawBar draws a bar from zero to the value, pale so that the intervals show on it.
// The mark at its end tells the verdict without colour.
func drawBar(p *page, s scale, d span, mid, step float64, m mark, shade color.NRGBA) {
	half := min(step*.30, 7)
	from, to := s.at(min(d.value, 0)), s.at(max(d.value, 0))
	p.fill(rect{from, mid - half, max(to-from, .6), 2 * half}, tint(shade, .42))
	d.draw(p, s, mid, m, shade)
}

// key explains colours and lines at the bottom.
func (w *why) key(p *page, area rect, rows []whyRow) {
	group := effectGroup{}
	for _, r := range rows {
		group.rows = append(group.rows, effectRow{Measure: asMeasure(r)})
	}
	verdictKey(p, area, verdicts([]effectGroup{group}), len(w.rows)-len(rows))
}

// asMeasure is a row as far as its verdict goes.
func asMeasure(r whyRow) (m summary.Measure) {
	m.Verdict = r.Verdict
	return
}
