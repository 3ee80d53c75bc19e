package figure

// whiskerKey explains the two intervals at the bottom of an area.
func (p *page) whiskerKey(area rect) {
	y := area.bottom() - 1
	x := p.text(area.x, y, "Per 100 cases; each panel to its own scale. 95\u00a0%:", quiet) + 8
	p.whisker(y-4, x, x+22, 0, 0, muted)
	x = p.text(x+27, y, overAssumptions, quiet) + 10
	p.line(x, y-4, x+20, y-4, 3.4, muted)
	p.text(x+25, y, ofSampling, quiet)
}

// barRow is one bar.
type barRow struct {
	arm
	span  span
	label string // before the bar, in the arm's colour
}

// bars draws rows of bars with their intervals and values.
func (p *page) bars(rows []barRow, x scale, top, step float64) {
	thick := min(step*.62, 11)
	for i, r := range rows {
		y := rowMiddle(top, step, i)
		if r.label != "" {
			st := plain.in(r.color)
			p.text(x.from-6, y+ascent/2, r.label, st.to(end))
		}
		if !r.span.ok {
			p.text(x.from+4, y+ascent/2, "n/a", quiet)
			continue
		}
		s := r.span.within(x.lo, x.hi)
		p.barOf(x.from, x.at(s.value), y, thick, r.arm)
		p.whisker(y, x.at(s.low), x.at(s.high), x.at(s.monteLow), x.at(s.monteHigh), ink)
		p.text(max(x.at(s.high), x.at(s.monteHigh), x.at(s.value))+6, y+ascent/2, number(r.span.value), plain.in(r.color).heavy())
	}
}

// barOf draws a bar: full for the baseline, paler with an edge for other arms.
func (p *page) barOf(from, to, y, thick float64, a arm) {
	r := rect{from, y - float64(thick/2), max(to-from, .8), thick}
	p.fill(r, tint(a.color, .42))
	p.outline(r, stroke{a.color, .9, a.dash})
}

func topOf(rows []barRow) float64 {
	top := 0.0
	for _, r := range rows {
		top = max(top, r.span.top())
	}
	return top
}
