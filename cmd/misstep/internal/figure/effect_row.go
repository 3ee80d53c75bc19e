package figure

import (
	"image/color"
	"math"
	"strings"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/summary"
)

// verdictLook is mark and colour of a verdict; the marks differ without colour.
func verdictLook(v summary.Verdict) (mark, color.NRGBA) {
	switch v {
	case summary.Better:
		return disc, help
	case summary.Worse:
		return diamond, harm
	case summary.Differs:
		return square, muted
	case summary.Same:
		return bar, unclear
	default:
		return ring, unclear
	}
}

// forestScale is one linear scale for rows that share an axis, with zero inside; in
// the middle where a row has a scale of its own, so that the zeros stand in line.
func forestScale(rows []effectRow, c effectColumns, own bool) (scale, []tick) {
	lo, hi := 0.0, 0.0
	for _, r := range rows {
		if d := r.difference; d.ok && !r.rare {
			lo = min(lo, d.low, d.monteLow, d.value)
			hi = max(hi, d.high, d.monteHigh, d.value)
		}
	}
	if lo == hi {
		lo, hi = -1, 1
	}
	if own {
		hi = max(hi, -lo)
		lo = -hi
	}
	pad := float64((hi - lo) * .06)
	s := scale{lo: lo - pad, hi: hi + pad, from: c.forest, to: c.forestEnd}
	if own {
		return s, []tick{{0, "0"}}
	}
	var ticks []tick
	for _, v := range steps(s.lo, s.hi, 3) {
		ticks = append(ticks, tick{v, axis(v)})
	}
	return s, ticks
}

// ratioScale is logarithmic and symmetric about 1, and spans at most a factor 16
// each way: intervals that leave it end at the edge.
func (e *effect) ratioScale(c effectColumns) scale {
	far := elem.Log(1.5)
	for _, r := range e.rows {
		if q := r.ratio; q.ok && !r.rare {
			for _, v := range []float64{q.value, q.low, q.high} {
				if v > 0 {
					far = max(far, math.Abs(elem.Log(v)))
				}
			}
		}
	}
	far = min(far*1.08, elem.Log(16))
	return scale{lo: elem.Exp(-far), hi: elem.Exp(far), from: c.ratio, to: c.ratioEnd, log: true}
}

func ratioGrid(p *page, s scale, body rect, c effectColumns, y float64) {
	ticks := []tick{{.25, "¼"}, {.5, "½"}, {1, "1"}, {2, "2"}, {4, "4"}}
	if s.hi > 6 {
		ticks = []tick{{.1, "0.1"}, {1, "1"}, {10, "10"}}
	}
	for _, t := range ticks {
		if t.v < s.lo || t.v > s.hi {
			continue
		}
		shade := grid
		if t.v == 1 {
			shade = frame
		}
		p.line(s.at(t.v), y+float64(c.step*.28), s.at(t.v), body.bottom(), .7, shade)
		p.text(s.at(t.v), y, t.label, style{size: c.size, color: muted, anchor: middle})
	}
}

// draw draws a heading with its axis and the rows below it from the baseline y on,
// and returns the next baseline.
func (g effectGroup) draw(p *page, c effectColumns, ratios scale, y float64, uncertain bool) float64 {
	st := style{size: c.size, bold: true, color: muted}
	s, ticks := forestScale(g.rows, c, g.own)
	heading := g.heading
	if heading == "" {
		heading = "Without a unit"
	}
	if g.own {
		p.text(c.forest-10, y, "each to its own scale", style{size: c.size, color: muted})
	}
	p.text(c.label, y, p.shorten(heading, c.labelEnd-c.label, st), st)
	top, bottom := y+float64(c.step*.28), y+float64(c.step*(float64(len(g.rows))+.24))
	for _, t := range ticks {
		shade := grid
		if t.v == 0 {
			shade = frame
		}
		p.line(s.at(t.v), top, s.at(t.v), bottom, .7, shade)
		if !g.own {
			p.text(s.at(t.v), y, t.label, style{size: c.size, color: muted, anchor: middle})
		}
	}
	y += c.step
	for i, r := range g.rows {
		if g.own {
			s, _ = forestScale(g.rows[i:i+1], c, true)
		}
		r.draw(p, c, s, ratios, y, uncertain)
		y += c.step
	}
	return y
}

// draw draws one outcome.
func (r effectRow) draw(p *page, c effectColumns, forest, ratios scale, y float64, uncertain bool) {
	m, shade := verdictLook(r.Verdict)
	st := style{size: c.size}
	room := c.labelEnd - c.label - 12
	p.text(c.label, y, p.shorten(upper(r.Label), room, st), st)
	if arrow := map[int]string{-1: "↓", 1: "↑"}[r.Goodness]; arrow != "" {
		p.text(c.labelEnd, y, arrow, style{size: c.size, color: muted, anchor: end})
	}
	middleY := y - float64(c.size*.36)
	number := style{size: c.size, color: shade}
	if r.rare || !r.difference.ok {
		p.text(c.number, y, map[bool]string{true: noPrecedent, false: "n/a"}[r.rare], style{size: c.size, color: muted})
		return
	}
	r.difference.draw(p, forest, middleY, m, shade)
	p.text(c.number, y, p.shorten(r.fitted(p, uncertain, c.ratio-c.number-6, number), c.ratio-c.number-6, number), number)
	if !r.ratio.ok {
		p.text(c.ratioNum, y, "–", style{size: c.size, color: muted, anchor: end})
		return
	}
	r.ratio.draw(p, ratios, middleY, m, shade)
	p.text(c.ratioNum, y, ratio(r.ratio.value), number.to(end))
}

// fitted is the difference with its interval, with a decimal less where it would
// be cut: half a number is worse than a rounded one.
func (r effectRow) fitted(p *page, uncertain bool, room float64, st style) string {
	text := interval(r.difference, uncertain)
	if p.shorten(text, room, st) == text || r.difference.low == r.difference.high {
		return text
	}
	d := r.difference
	return withInterval(d.value, d.low, d.high, max(0, decimalsOf(max(math.Abs(d.low), math.Abs(d.high), math.Abs(d.value)))))
}

// interval writes a difference with its parameter interval, all with the same
// decimals. Where the parameters have no spread it is the Monte Carlo interval; where
// they have one that the draws do not resolve, there is none to write.
func interval(s span, uncertain bool) string {
	if !s.ok {
		return "n/a"
	}
	lo, hi := s.low, s.high
	unresolved := hi-lo < (s.monteHigh-s.monteLow)*.01
	switch {
	case s.monteLow == s.monteHigh && lo == hi:
		return signed(s.value)
	case unresolved && uncertain:
		return signed(s.value) + " (not resolved)"
	case unresolved:
		lo, hi = s.monteLow, s.monteHigh
	}
	if math.Abs(lo) >= 1e6 || math.Abs(hi) >= 1e6 {
		return signed(s.value) + " (" + number(lo) + " to " + number(hi) + ")"
	}
	far := max(math.Abs(lo), math.Abs(hi), math.Abs(s.value))
	decimals := decimalsOf(far)
	if far < 0.095 { // one figure is enough where zeros fill the column
		decimals--
	}
	for _, v := range []float64{s.value, lo, hi} {
		if v != 0 && number(v) != "0" && strings.Trim(fixedPoint(v, decimals), "0.") == "" {
			decimals++ // what is not zero is not written as zero
			break
		}
	}
	return withInterval(s.value, lo, hi, decimals)
}

// withInterval writes a value and the ends of its interval with equal decimals.
func withInterval(value, lo, hi float64, decimals int) string {
	plus := ""
	if value > 0 {
		plus = "+"
	}
	return plus + fixedPoint(value, decimals) + " (" + fixedPoint(lo, decimals) + " to " + fixedPoint(hi, decimals) + ")"
}
