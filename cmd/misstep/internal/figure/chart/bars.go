package chart

// WhiskerKey explains the two intervals at the bottom of an area.
func (p *Page) WhiskerKey(area Rect) {
	y := area.Bottom() - 1
	x := p.Text(area.X, y, "Per 100 cases; each panel to its own scale. 95\u00a0%:", Quiet) + 8
	p.Whisker(y-4, x, x+22, 0, 0, Muted)
	x = p.Text(x+27, y, OverAssumptions, Quiet) + 10
	p.Line(x, y-4, x+20, y-4, 3.4, Muted)
	p.Text(x+25, y, OfSampling, Quiet)
}

// BarRow is one bar.
type BarRow struct {
	Arm
	Span  Span
	Label string // before the bar, in the arm's colour
}

// Bars draws rows of bars with their intervals and values.
func (p *Page) Bars(rows []BarRow, x Scale, top, step float64) {
	thick := min(step*.62, 11)
	for i, r := range rows {
		y := RowMiddle(top, step, i)
		if r.Label != "" {
			st := Plain.In(r.Color)
			p.Text(x.From-6, y+Ascent/2, r.Label, st.To(End))
		}
		if !r.Span.Ok {
			p.Text(x.From+4, y+Ascent/2, "n/a", Quiet)
			continue
		}
		s := r.Span.Within(x.Lo, x.Hi)
		p.BarOf(x.From, x.At(s.Value), y, thick, r.Arm)
		p.Whisker(y, x.At(s.Low), x.At(s.High), x.At(s.MonteLow), x.At(s.MonteHigh), Ink)
		p.Text(max(x.At(s.High), x.At(s.MonteHigh), x.At(s.Value))+6, y+Ascent/2, Number(r.Span.Value), Plain.In(r.Color).Heavy())
	}
}

// BarOf draws a bar: full for the baseline, paler with an edge for other arms.
func (p *Page) BarOf(from, to, y, thick float64, a Arm) {
	r := Rect{from, y - float64(thick/2), max(to-from, .8), thick}
	p.Fill(r, Tint(a.Color, .42))
	p.Outline(r, .9, a.Color, a.Dash...)
}

func TopOf(rows []BarRow) float64 {
	top := 0.0
	for _, r := range rows {
		top = max(top, r.Span.Top())
	}
	return top
}
