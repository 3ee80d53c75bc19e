package chart

import "cmp"

// ArmSpan is a value in an arm.
type ArmSpan struct {
	Arm
	Span
}

// Bars draws bars below each other with their intervals and values.
func (p *Page) Bars(rows []ArmSpan, x Scale, r Rect) {
	step := r.H / float64(len(rows))
	for i, b := range rows {
		y := RowMiddle(r.Y, step, i)
		if !b.Ok {
			p.Text(x.From+4, y+Ascent/2, "n/a", Quiet)
			continue
		}
		s := b.Within(x.Lo, x.Hi)
		p.BarOf(x.From, x.At(s.Value), y, step*.62, b.Arm)
		p.Whisker(y, x.At(s.Low), x.At(s.High), x.At(s.MonteLow), x.At(s.MonteHigh), Ink)
		p.Text(x.At(s.top())+6, y+Ascent/2, Number(b.Value), Plain.In(b.Color).Heavy())
	}
	p.Line(x.From, r.Y, x.From, r.Bottom(), .8, Frame)
}

// BarOf draws a bar: full for the baseline, paler with an edge for other arms.
func (p *Page) BarOf(from, to, y, thick float64, a Arm) {
	r := Rect{from, y - float64(thick/2), max(to-from, .8), thick}
	p.Fill(r, Tint(a.Color, .42))
	p.Outline(r, .9, a.Color, a.Dash...)
}

// FromZero is a linear scale across a plot from zero to the highest end of all spans.
func FromZero(spans []Span, plot Rect) Scale {
	x := Scale{From: plot.X, To: plot.Right()}
	for _, s := range spans {
		x.Hi = max(x.Hi, s.top())
	}
	x.Hi = cmp.Or(x.Hi, 1)
	return x
}
