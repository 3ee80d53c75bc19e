package chart

import "math"

// TickLabel writes the label of a tick in the middle of x, but within the page.
func (p *Page) TickLabel(x, base float64, s string, st Style) {
	half := float64(p.Width(s, st) / 2)
	p.Text(min(max(x, Margin+half), PageWidth-Margin+6-half), base, s, st.To(Middle))
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
		p.TickLabel(s.At(t.V), base, t.Label, st)
	}
}

// Levels draws the ticks of a vertical scale: a line across a plot, its label left of it.
func (p *Page) Levels(plot Rect, y Scale, ticks []Tick) {
	for _, t := range ticks {
		p.Line(plot.X, y.At(t.V), plot.Right(), y.At(t.V), .6, Grid)
		p.Text(plot.X-4, y.At(t.V)+Ascent/2-.5, t.Label, Quiet.To(End))
	}
}

// Below draws an axis below a plot, with ticks that stand out and labels below them.
func (p *Page) Below(plot Rect, x Scale, ticks []Tick) {
	p.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), .8, Frame)
	for _, t := range ticks {
		p.Line(x.At(t.V), plot.Bottom(), x.At(t.V), plot.Bottom()+3, .8, Frame)
		p.TickLabel(x.At(t.V), plot.Bottom()+LineStep, t.Label, Quiet)
	}
}

// Along writes the labels of ticks on a baseline, and leaves out those that would touch the
// one before.
func (p *Page) Along(x Scale, ticks []Tick, base float64, st Style) {
	last, reach := math.Inf(-1), 0.0
	for _, t := range ticks {
		half := float64(p.Width(t.Label, st) / 2)
		if at := x.At(t.V); math.Abs(at-last) >= half+reach+3 {
			p.TickLabel(at, base, t.Label, st)
			last, reach = at, half
		}
	}
}
