package chart

// BarRow is one bar.
type BarRow struct {
	Arm
	Span Span
}

// Bars draws rows of bars with their intervals and values.
func (p *Page) Bars(rows []BarRow, x Scale, top, step float64) {
	thick := min(step*.62, 11)
	for i, r := range rows {
		y := RowMiddle(top, step, i)
		if !r.Span.Ok {
			p.Text(x.From+4, y+Ascent/2, "n/a", Quiet)
			continue
		}
		s := r.Span.Within(x.Lo, x.Hi)
		p.BarOf(x.From, x.At(s.Value), y, thick, r.Arm)
		p.Whisker(y, x.At(s.Low), x.At(s.High), x.At(s.MonteLow), x.At(s.MonteHigh), Ink)
		p.Text(x.At(s.top())+6, y+Ascent/2, Number(r.Span.Value), Plain.In(r.Color).Heavy())
	}
}

// BarOf draws a bar: full for the baseline, paler with an edge for other arms.
func (p *Page) BarOf(from, to, y, thick float64, a Arm) {
	r := Rect{from, y - float64(thick/2), max(to-from, .8), thick}
	p.Fill(r, Tint(a.Color, .42))
	p.Outline(r, .9, a.Color, a.Dash...)
}

// ArmKey names arms beside samples of them, whose widths sample returns, in as many lines as
// they take, and returns the height of these.
func (p *Page) ArmKey(area Rect, arms []Arm, sample func(x, y float64, a Arm) float64) float64 {
	x, y, room := area.X, area.Y+Ascent+1, max(140, area.W/float64(len(arms))-46)
	for _, a := range arms {
		st := Plain.Heavy().In(a.Color)
		name := p.Shorten(a.Label, room, st)
		if x > area.X && x+p.Width(name, st)+22 > area.Right() {
			x, y = area.X, y+LineStep
		}
		x = p.Text(x+sample(x, y-4, a)+5, y, name, st) + 14
	}
	return y - area.Y + 4
}

// FromZero is a linear scale from zero to the highest end of all spans.
func FromZero(spans []Span, from, to float64) Scale {
	x := Scale{From: from, To: to}
	for _, s := range spans {
		x.Hi = max(x.Hi, s.top())
	}
	if !(x.Hi > 0) || !Finite(x.Hi) {
		x.Hi = 1
	}
	return x
}
