package figure

import (
	"image/color"
	"math"
)

func (s *sensitivity) draw(p *page, area rect) {
	if len(s.in.Rows) == 0 || len(s.in.Panels) == 0 {
		p.note(area, "No number of the scenario is uncertain.")
		return
	}
	l := s.layout(p)
	body := area.inset(l.names, l.head, 0, l.foot)
	step := min(body.h/float64(len(s.in.Rows)), 1.3*l.step)
	body.h = multiple(len(s.in.Rows), step)
	for i := range s.in.Rows {
		s.name(p, &s.in.Rows[i], area.x, rowMiddle(body.y, step, i), l.names-nameGap, int(step/lineStep))
	}
	for k := range s.in.Panels {
		s.panel(p, k, l.cell(body, k, len(s.in.Panels)), area.y, step)
	}
	s.key(p, area)
}

// panel draws the bars of one output.
func (s *sensitivity) panel(p *page, k int, body rect, top, step float64) {
	q := &s.in.Panels[k]
	p.lines(body.x, top+ascent+1, heading(p, q, body.w), plain.heavy())
	if !q.Resolved {
		p.note(body, "Not resolved: the numbers move it by less than the sampling error.")
		return
	}
	x := upTo(s.highest(k), 4, body.x, body.right())
	for _, v := range steps(0, x.hi, 4) {
		p.line(x.at(v), body.y, x.at(v), body.bottom(), .6, grid)
		p.tickLabel(x.at(v), body.bottom()+lineStep, axis(v))
	}
	for i, r := range s.in.Rows {
		y := rowMiddle(body.y, step, i)
		half := min(step*.30, 6)
		total := r.Total[k]
		if s.in.Screening {
			p.fill(rect{x.from, y - half, x.at(total.Value) - x.from, 2 * half}, blue)
			continue
		}
		s.bar(p, x, y, half, total, tint(sky, .55))
		s.bar(p, x, y, half*.5, r.First[k], blue)
	}
	p.line(x.from, body.y, x.from, body.bottom(), 1, frame)
	p.lines(body.middleX(), body.bottom()+2*lineStep, s.remarkLines(p, q, body.w), quiet.to(middle))
}

// bar draws an index from zero, with its interval; a value below zero has no bar.
func (s *sensitivity) bar(p *page, x scale, y, half float64, v SensitivityIndex, c color.NRGBA) {
	if finite(v.Value) && v.Value > 0 {
		p.fill(rect{x.from, y - half, x.at(v.Value) - x.from, 2 * half}, c)
	}
	if finite(v.Low) && finite(v.High) && v.High > 0 && v.High > v.Low {
		at := y + float64(half*.6)
		if c == blue {
			at = y
		}
		p.line(x.at(max(v.Low, 0)), at, x.at(v.High), at, 1.1, ink)
	}
}

// highest is the largest end in a panel.
func (s *sensitivity) highest(k int) float64 {
	out := 0.0
	for _, r := range s.in.Rows {
		for _, list := range [][]SensitivityIndex{r.First, r.Total} {
			if k < len(list) {
				for _, v := range []float64{list[k].Value, list[k].High} {
					if finite(v) {
						out = math.Max(out, v)
					}
				}
			}
		}
	}
	return out
}

// key explains the bars.
func (s *sensitivity) key(p *page, area rect) {
	y := area.bottom() - 1
	if s.in.Screening {
		p.text(area.x, y, "Bars: how far it moves over the range of a number (root mean square), noise taken out", quiet)
		return
	}
	p.fill(rect{area.x, y - 7.5, 18, 5}, blue)
	x := p.text(area.x+23, y, "alone (first order)", quiet) + 16
	p.fill(rect{x, y - 10, 18, 11}, tint(sky, .55))
	x = p.text(x+23, y, "with interactions (total), noise taken out", quiet) + 16
	p.line(x, y-4, x+18, y-4, 1.1, ink)
	p.text(x+23, y, "95\u00a0% interval", quiet)
}
