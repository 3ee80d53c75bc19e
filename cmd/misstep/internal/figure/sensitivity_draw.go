package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

func (s *sensitivity) draw(p *chart.Page, area chart.Rect) {
	if len(s.in.Rows) == 0 || len(s.in.Panels) == 0 {
		p.Note(area, "No number of the scenario is uncertain.")
		return
	}
	l := s.layout(p)
	body := area.Inset(l.names, l.head, 0, l.foot)
	step := min(body.H/float64(len(s.in.Rows)), 1.3*l.step)
	body.H = chart.Multiple(len(s.in.Rows), step)
	for i := range s.in.Rows {
		s.name(p, &s.in.Rows[i], area.X, chart.RowMiddle(body.Y, step, i), l.names-nameGap, int(step/chart.LineStep))
	}
	for k := range s.in.Panels {
		s.panel(p, k, l.cell(body, k, len(s.in.Panels)), area.Y, step)
	}
	s.key(p, area)
}

// panel draws the bars of one output.
func (s *sensitivity) panel(p *chart.Page, k int, body chart.Rect, top, step float64) {
	q := &s.in.Panels[k]
	p.Lines(body.X, top+chart.Ascent+1, heading(p, q, body.W), chart.Plain.Heavy())
	if !q.Resolved {
		p.Note(body, "Not resolved: the numbers move it by less than the sampling error.")
		return
	}
	x := chart.UpTo(s.highest(k), 4, body.X, body.Right())
	for _, v := range chart.Steps(0, x.Hi, 4) {
		p.Line(x.At(v), body.Y, x.At(v), body.Bottom(), .6, chart.Grid)
		p.TickLabel(x.At(v), body.Bottom()+chart.LineStep, chart.Axis(v))
	}
	for i, r := range s.in.Rows {
		y := chart.RowMiddle(body.Y, step, i)
		half := min(step*.30, 6)
		total := r.Total[k]
		if s.in.Screening {
			p.Fill(chart.Box(x.From, y-half, x.At(total.Value)-x.From, 2*half), chart.Blue)
			continue
		}
		s.bar(p, x, y, half, total, chart.Tint(chart.Sky, .55))
		s.bar(p, x, y, half*.5, r.First[k], chart.Blue)
	}
	p.Line(x.From, body.Y, x.From, body.Bottom(), 1, chart.Frame)
	p.Lines(body.MiddleX(), body.Bottom()+2*chart.LineStep, s.remarkLines(p, q, body.W), chart.Quiet.To(chart.Middle))
}

// bar draws an index from zero, with its interval; a value below zero has no bar.
func (s *sensitivity) bar(p *chart.Page, x chart.Scale, y, half float64, v SensitivityIndex, c color.NRGBA) {
	if chart.Finite(v.Value) && v.Value > 0 {
		p.Fill(chart.Box(x.From, y-half, x.At(v.Value)-x.From, 2*half), c)
	}
	if chart.Finite(v.Low) && chart.Finite(v.High) && v.High > 0 && v.High > v.Low {
		at := y + float64(half*.6)
		if c == chart.Blue {
			at = y
		}
		p.Line(x.At(max(v.Low, 0)), at, x.At(v.High), at, 1.1, chart.Ink)
	}
}

// highest is the largest end in a panel.
func (s *sensitivity) highest(k int) float64 {
	out := 0.0
	for _, r := range s.in.Rows {
		for _, list := range [][]SensitivityIndex{r.First, r.Total} {
			if k < len(list) {
				for _, v := range []float64{list[k].Value, list[k].High} {
					if chart.Finite(v) {
						out = math.Max(out, v)
					}
				}
			}
		}
	}
	return out
}

// key explains the bars.
func (s *sensitivity) key(p *chart.Page, area chart.Rect) {
	y := area.Bottom() - 1
	if s.in.Screening {
		p.Text(area.X, y, "Bars: how far it moves over the range of a number (root mean square), noise taken out", chart.Quiet)
		return
	}
	p.Fill(chart.Box(area.X, y-7.5, 18, 5), chart.Blue)
	x := p.Text(area.X+23, y, "alone (first order)", chart.Quiet) + 16
	p.Fill(chart.Box(x, y-10, 18, 11), chart.Tint(chart.Sky, .55))
	x = p.Text(x+23, y, "with interactions (total), noise taken out", chart.Quiet) + 16
	p.Line(x, y-4, x+18, y-4, 1.1, chart.Ink)
	p.Text(x+23, y, "95\u00a0% interval", chart.Quiet)
}
