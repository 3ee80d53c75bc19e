package chart

import (
	"image/color"
	"math"
	"slices"
)

// Along writes the labels of ticks on a baseline, in the middle of their place but within the
// page, and leaves out those that would touch the one before.
func (p *Page) Along(x Scale, ticks []Tick, base float64, st Style) {
	end := math.Inf(-1)
	for _, t := range ticks {
		w := p.Width(t.Label, st)
		left := min(max(x.At(t.V)-float64(w/2), Margin), p.W-Margin+6-w)
		if t.Label != "" && left >= end+4 {
			p.Text(left, base, t.Label, st.To(Start))
			end = left + w
		}
	}
}

// Grid draws the ticks of a scale across as lines from top to bottom, and their labels on a
// baseline. Zero, or one on a scale of ratios, is darker.
func (p *Page) Grid(s Scale, ticks []Tick, base, top, bottom float64, st Style) {
	for _, t := range ticks {
		shade := Grid
		if s.Log && t.V == 1 || !s.Log && t.V == 0 {
			shade = Frame
		}
		p.Line(s.At(t.V), top, s.At(t.V), bottom, .7, shade)
	}
	p.Along(s, ticks, base, st)
}

// Under writes the ticks of a scale into a row of a table, and draws them behind so many rows below it.
func (p *Page) Under(r Rect, s Scale, ticks []Tick, rows int) {
	p.Grid(s, ticks, r.MiddleY()+Ascent/2, r.Bottom(), r.Bottom()+Multiple(rows, r.H), Quiet)
}

// Over writes a value above its mark at x, within the box that the mark stands in.
func (p *Page) Over(r Rect, x, base float64, s string, st Style) {
	if s == "" {
		return
	}
	w := p.Width(s, st)
	left := min(max(x-float64(w/2), r.X), max(r.Right()-w, r.X))
	p.Fill(Box(left-1, base-Ascent-1, w+2, Ascent+2), White)
	p.Text(left, base, s, st)
}

// Levels places a vertical scale in an area and draws its ticks: a line across the plot, its
// label left of it. It returns the plot that the labels leave.
func (p *Page) Levels(area Rect, y Scale, ticks []Tick) (plot Rect, placed Scale) {
	gutter := 0.0
	for _, t := range ticks {
		gutter = max(gutter, p.Width(t.Label, Quiet))
	}
	plot = area.Inset(gutter+5, 0, 0, 0)
	y.From, y.To = plot.Bottom(), plot.Y
	for _, t := range ticks {
		p.Line(plot.X, y.At(t.V), plot.Right(), y.At(t.V), .6, Grid)
		p.Text(plot.X-4, y.At(t.V)+Ascent/2-.5, t.Label, Quiet.To(End))
	}
	return plot, y
}

// Below draws an axis below a plot, with ticks that stand out and labels below them.
func (p *Page) Below(plot Rect, x Scale, ticks []Tick) {
	p.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), .8, Frame)
	for _, t := range ticks {
		p.Line(x.At(t.V), plot.Bottom(), x.At(t.V), plot.Bottom()+3, .8, Frame)
	}
	p.Along(x, ticks, plot.Bottom()+LineStep, Quiet)
}

// Band fills what lies between two lines.
func (p *Page) Band(low, high []Point, c color.NRGBA) {
	back := slices.Clone(low)
	slices.Reverse(back)
	p.Area(slices.Concat(high, back), c)
}
