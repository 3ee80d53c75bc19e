package figure

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// Heights of the figure [pt].
const (
	whyHead = 2*chart.LineStep + 6
	whyFoot = chart.LineStep + 6
	whyStep = 22
)

// whyColumns are where the columns stand [pt].
type whyColumns struct {
	label, labelEnd float64
	plot, plotEnd   float64
	number, end     float64
	step, size      float64
}

func (w *why) draw(p *chart.Page, area chart.Rect) {
	if len(w.rows) == 0 {
		p.Note(area, "Nothing to show: the two arms differ in no part.")
		return
	}
	c := w.columns(p, area)
	body := area.Inset(0, whyHead, 0, whyFoot)
	shown := min(len(w.rows), max(1, int(body.H/leastStep)))
	c.step = min(body.H/float64(shown), 30)
	c.size = min(chart.TextSize, c.step*.935)
	rows := w.fitting(shown)
	s := whyScale(rows, c)
	w.axis(p, area, body, c, s, len(rows))
	y := body.Y
	for i, r := range rows {
		if r.Total && i > 0 && !rows[i-1].Total {
			p.Line(c.label, y, c.end, y, .9, chart.Frame)
		}
		r.draw(p, c, s, y, w)
		y += c.step
	}
	w.key(p, area, rows)
}

// columns give the labels the room that they want, within bounds.
func (w *why) columns(p *chart.Page, area chart.Rect) whyColumns {
	wide := 92.0
	for _, r := range w.rows {
		wide = max(wide, p.Width(chart.Upper(r.Label), chart.Style{Bold: r.Total}))
	}
	x := area.X
	labelEnd := x + min(wide, 180)
	return whyColumns{label: x, labelEnd: labelEnd, plot: labelEnd + 14, plotEnd: x + 408, number: x + 420, end: area.Right()}
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
func whyScale(rows []whyRow, c whyColumns) chart.Scale {
	lo, hi := 0.0, 0.0
	for _, r := range rows {
		if d := r.span; d.Ok {
			lo = min(lo, d.Low, d.MonteLow, d.Value)
			hi = max(hi, d.High, d.MonteHigh, d.Value)
		}
	}
	if lo == hi {
		lo, hi = -1, 1
	}
	pad := float64((hi - lo) * .04)
	return chart.Scale{Lo: lo - pad, Hi: hi + pad, From: c.plot, To: c.plotEnd}
}

// axis writes what is measured and draws the scale behind the rows.
func (w *why) axis(p *chart.Page, area, body chart.Rect, c whyColumns, s chart.Scale, rows int) {
	head := "Difference in " + w.quantity()
	p.Text(c.label, area.Y+chart.Ascent+1, p.Shorten(head, area.W, chart.Plain.Heavy()), chart.Plain.Heavy())
	y := body.Y - 6
	bottom := body.Y + chart.Multiple(rows, c.step)
	for _, v := range chart.Steps(s.Lo, s.Hi, 5) {
		shade := chart.Grid
		if v == 0 {
			shade = chart.Frame
		}
		p.Line(s.At(v), body.Y-2, s.At(v), bottom, .8, shade)
		p.Text(s.At(v), y, chart.Axis(v), chart.Quiet.To(chart.Middle))
	}
}

// draw draws one row below y.
func (r whyRow) draw(p *chart.Page, c whyColumns, s chart.Scale, y float64, w *why) {
	m, shade := verdictLook(r.Verdict)
	mid := chart.RowMiddle(y, c.step, 0)
	base := mid + float64(c.size*.36)
	st := chart.Style{Size: c.size, Bold: r.Total}
	p.Text(c.label, base, p.Shorten(chart.Upper(r.Label), c.labelEnd-c.label, st), st)
	if !r.span.Ok {
		p.Text(c.number, base, "n/a", chart.Style{Size: c.size, Color: chart.Muted})
		return
	}
	if w.bars {
		drawBar(p, s, r.span, mid, c.step, m, shade)
	} else {
		r.span.Draw(p, s, mid, m, shade)
	}
	number := chart.Style{Size: c.size, Color: shade, Bold: r.Total}
	p.Text(c.number, base, p.Shorten(w.number(r.span, w.digits(p, c)), c.end-c.number, number), number)
}

// digits are the decimals of all rows: two figures of the largest value, or as many as
// leave room for every interval.
func (w *why) digits(p *chart.Page, c whyColumns) int {
	far := 0.0
	for _, r := range w.rows {
		if r.span.Ok {
			far = max(far, math.Abs(r.span.Value))
		}
	}
	digits := chart.DecimalsOf(far)
	for digits > 0 && slices.ContainsFunc(w.rows, func(r whyRow) bool {
		return r.span.Ok && p.Width(w.number(r.span, digits), chart.Style{Size: c.size, Bold: r.Total}) > c.end-c.number
	}) {
		digits--
	}
	return digits
}

// number writes a value with its parameter interval. Where the parameters have no
// spread it is the Monte Carlo interval; where the draws do not resolve one, there is
// none to write.
func (w *why) number(d chart.Span, digits int) string {
	lo, hi := d.Low, d.High
	switch resolved := hi-lo >= (d.MonteHigh-d.MonteLow)*.01; {
	case d.MonteLow == d.MonteHigh && lo == hi:
		return withSign(d.Value, digits)
	case !resolved && w.in.Uncertain:
		return withSign(d.Value, digits) + " (not resolved)"
	case !resolved:
		lo, hi = d.MonteLow, d.MonteHigh
	}
	return withSign(d.Value, digits) + " (" + chart.Fixed(lo, digits) + " to " + chart.Fixed(hi, digits) + ")"
}

// withSign writes a difference with so many decimals; what rounds to zero has no sign.
func withSign(v float64, decimals int) string {
	s := chart.Fixed(v, decimals)
	if v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// drawBar draws a bar from zero to the value, pale so that the intervals show on it.
// The mark at its end tells the verdict without colour.
func drawBar(p *chart.Page, s chart.Scale, d chart.Span, mid, step float64, m chart.Mark, shade color.NRGBA) {
	half := min(step*.30, 7)
	from, to := s.At(min(d.Value, 0)), s.At(max(d.Value, 0))
	p.Fill(chart.Box(from, mid-half, max(to-from, .6), 2*half), chart.Tint(shade, .42))
	d.Draw(p, s, mid, m, shade)
}

// key explains colours and lines at the bottom.
func (w *why) key(p *chart.Page, area chart.Rect, rows []whyRow) {
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
