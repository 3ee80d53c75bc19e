package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/summary"
)

// verdictLook is mark and colour of a verdict; the marks differ without colour.
func verdictLook(v summary.Verdict) (chart.Mark, color.NRGBA) {
	switch v {
	case summary.Better:
		return chart.Disc, chart.Help
	case summary.Worse:
		return chart.Diamond, chart.Harm
	case summary.Differs:
		return chart.Square, chart.Muted
	case summary.Same:
		return chart.Bar, chart.Unclear
	default:
		return chart.Ring, chart.Unclear
	}
}

// forestScale is one linear scale for rows that share an axis, with zero inside; in
// the middle where a row has a scale of its own, so that the zeros stand in line.
func forestScale(rows []effectRow, c effectColumns, own bool) (chart.Scale, []chart.Tick) {
	lo, hi := 0.0, 0.0
	for _, r := range rows {
		if d := r.difference; d.Ok && !r.rare {
			lo = min(lo, d.Low, d.MonteLow, d.Value)
			hi = max(hi, d.High, d.MonteHigh, d.Value)
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
	s := chart.Scale{Lo: lo - pad, Hi: hi + pad, From: c.forest, To: c.forestEnd}
	if own {
		return s, []chart.Tick{{V: 0, Label: "0"}}
	}
	var ticks []chart.Tick
	for _, v := range chart.Steps(s.Lo, s.Hi, 3) {
		ticks = append(ticks, chart.Tick{V: v, Label: chart.Axis(v)})
	}
	return s, ticks
}

// ratioScale is logarithmic and symmetric about 1, and spans at most a factor 16
// each way: intervals that leave it end at the edge.
func (e *effect) ratioScale(c effectColumns) chart.Scale {
	far := elem.Log(1.5)
	for _, r := range e.rows {
		if q := r.ratio; q.Ok && !r.rare {
			for _, v := range []float64{q.Value, q.Low, q.High} {
				if v > 0 {
					far = max(far, math.Abs(elem.Log(v)))
				}
			}
		}
	}
	far = min(far*1.08, elem.Log(16))
	return chart.Scale{Lo: elem.Exp(-far), Hi: elem.Exp(far), From: c.ratio, To: c.ratioEnd, Log: true}
}

func ratioGrid(p *chart.Page, s chart.Scale, body chart.Rect, c effectColumns, y float64) {
	ticks := []chart.Tick{{V: .25, Label: "¼"}, {V: .5, Label: "½"}, {V: 1, Label: "1"}, {V: 2, Label: "2"}, {V: 4, Label: "4"}}
	if s.Hi > 6 {
		ticks = []chart.Tick{{V: .1, Label: "0.1"}, {V: 1, Label: "1"}, {V: 10, Label: "10"}}
	}
	for _, t := range ticks {
		if t.V < s.Lo || t.V > s.Hi {
			continue
		}
		shade := chart.Grid
		if t.V == 1 {
			shade = chart.Frame
		}
		p.Line(s.At(t.V), y+float64(c.step*.28), s.At(t.V), body.Bottom(), .7, shade)
		p.Text(s.At(t.V), y, t.Label, chart.Style{Size: c.size, Color: chart.Muted, Anchor: chart.Middle})
	}
}

// draw draws a heading with its axis and the rows below it from the baseline y on,
// and returns the next baseline.
func (g effectGroup) draw(p *chart.Page, c effectColumns, ratios chart.Scale, y float64, uncertain bool) float64 {
	st := chart.Style{Size: c.size, Bold: true, Color: chart.Muted}
	s, ticks := forestScale(g.rows, c, g.own)
	heading := g.heading
	if heading == "" {
		heading = "Without a unit"
	}
	if g.own {
		p.Text(c.forest-10, y, "each to its own scale", chart.Style{Size: c.size, Color: chart.Muted})
	}
	p.Text(c.label, y, p.Shorten(heading, c.labelEnd-c.label, st), st)
	top, bottom := y+float64(c.step*.28), y+float64(c.step*(float64(len(g.rows))+.24))
	for _, t := range ticks {
		shade := chart.Grid
		if t.V == 0 {
			shade = chart.Frame
		}
		p.Line(s.At(t.V), top, s.At(t.V), bottom, .7, shade)
		if !g.own {
			p.Text(s.At(t.V), y, t.Label, chart.Style{Size: c.size, Color: chart.Muted, Anchor: chart.Middle})
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
func (r effectRow) draw(p *chart.Page, c effectColumns, forest, ratios chart.Scale, y float64, uncertain bool) {
	m, shade := verdictLook(r.Verdict)
	st := chart.Style{Size: c.size}
	room := c.labelEnd - c.label - 12
	p.Text(c.label, y, p.Shorten(chart.Upper(r.Label), room, st), st)
	if arrow := map[int]string{-1: "↓", 1: "↑"}[r.Goodness]; arrow != "" {
		p.Text(c.labelEnd, y, arrow, chart.Style{Size: c.size, Color: chart.Muted, Anchor: chart.End})
	}
	middleY := y - float64(c.size*.36)
	number := chart.Style{Size: c.size, Color: shade}
	if r.rare || !r.difference.Ok {
		p.Text(c.number, y, map[bool]string{true: noPrecedent, false: "n/a"}[r.rare], chart.Style{Size: c.size, Color: chart.Muted})
		return
	}
	r.difference.Draw(p, forest, middleY, m, shade)
	p.Text(c.number, y, p.Shorten(r.fitted(p, uncertain, c.ratio-c.number-6, number), c.ratio-c.number-6, number), number)
	if !r.ratio.Ok {
		p.Text(c.ratioNum, y, "–", chart.Style{Size: c.size, Color: chart.Muted, Anchor: chart.End})
		return
	}
	r.ratio.Draw(p, ratios, middleY, m, shade)
	p.Text(c.ratioNum, y, chart.Ratio(r.ratio.Value), number.To(chart.End))
}

// fitted is the difference with its interval, with a decimal less where it would
// be cut: half a number is worse than a rounded one.
func (r effectRow) fitted(p *chart.Page, uncertain bool, room float64, st chart.Style) string {
	text := chart.Interval(r.difference, uncertain)
	if p.Shorten(text, room, st) == text || r.difference.Low == r.difference.High {
		return text
	}
	d := r.difference
	return chart.WithInterval(d.Value, d.Low, d.High, max(0, chart.DecimalsOf(max(math.Abs(d.Low), math.Abs(d.High), math.Abs(d.Value)))))
}
