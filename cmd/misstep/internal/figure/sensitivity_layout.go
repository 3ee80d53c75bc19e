package figure

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// Heights and widths of the figure sensitivity [pt].
const (
	leastNames = 150.0
	mostNames  = 274.0
	nameGap    = 12.0
	mostRemark = 4    // lines
	codeSize   = 11.1 // 6.6 pt where the page is printed 12 cm wide
)

// sensitivityLayout is what the texts of a figure need.
type sensitivityLayout struct {
	names, step, head, foot float64 // column of names, height of a row, what is above and below the rows
}

// layout gives the names the narrowest column in which each has two lines.
func (s *sensitivity) layout(p *chart.Page) sensitivityLayout {
	l := sensitivityLayout{names: leastNames, step: chart.LineStep + 5.5}
	for i := range s.in.Rows {
		words := s.in.Rows[i].words()
		for l.names < mostNames && !chart.Whole(p.WrapTo(2, words, l.names-nameGap, chart.Plain), words) {
			l.names += 2
		}
	}
	for i := range s.in.Rows {
		if r := &s.in.Rows[i]; r.Plain != "" || len(p.Wrap(r.Label, l.names-nameGap, chart.Plain)) > 1 {
			l.step = 2*chart.LineStep + 6
		}
	}
	head, remark := 1, 1
	for k := range s.in.Panels {
		cell := l.cell(chart.Rect{X: chart.Margin + l.names, W: chart.PageWidth - 2*chart.Margin - l.names}, k, len(s.in.Panels))
		head, remark = max(head, len(heading(p, &s.in.Panels[k], cell.W))), max(remark, len(s.remarkLines(p, &s.in.Panels[k], cell.W)))
	}
	l.head, l.foot = chart.Multiple(head, chart.LineStep)+6, chart.Multiple(remark+2, chart.LineStep)+9
	return l
}

// cell is the place of a panel among so many.
func (l *sensitivityLayout) cell(body chart.Rect, k, panels int) chart.Rect {
	return body.Cell(0, 1, k, panels, 22, 0).Inset(0, 0, 12, 0)
}

// heading is what stands above a panel of a width.
func heading(p *chart.Page, q *SensitivityPanel, width float64) []string {
	return p.WrapTo(2, chart.Upper(q.Label), width+10, chart.Plain.Heavy())
}

// want is the height that the rows want.
func (s *sensitivity) want() float64 {
	l := s.layout(chart.NewPage(nil, 0))
	return frameHeight + l.head + l.foot + chart.Multiple(len(s.in.Rows), l.step)
}

// name writes a row's words around the height y, in as many lines as there is room for, two
// at most; where a line is left and holds it, the code stands there.
func (s *sensitivity) name(p *chart.Page, r *SensitivityRow, x, y, width float64, room int) {
	st, code := chart.Plain, chart.Style{Size: codeSize, Color: chart.Muted}
	if r.Group {
		st = chart.Quiet
	}
	lines := p.WrapTo(max(min(room, 2), 1), r.words(), width, st)
	withCode := r.Plain != "" && len(lines) == 1 && room > 1 && p.Width(r.Label, code) <= width
	y += chart.Ascent / 2
	if len(lines) == 2 || withCode {
		y -= chart.LineStep / 2
	}
	if y = p.Lines(x, y, lines, st); withCode {
		p.Text(x, y, r.Label, code)
	}
}

// remark says below a panel how far it can be trusted. What the indices moved by when the
// sample was last doubled is no bound on what is still to come.
func (s *sensitivity) remark(q *SensitivityPanel) string {
	if s.in.Screening {
		return q.Unit
	}
	out := "noise is " + chart.Share(q.Noise) + " of the spread"
	if q.Moved >= 0 {
		out += fmt.Sprintf("; with half the points a share differs by up to %.2f", q.Moved)
	}
	return out
}

// remarkLines are the remark below a panel of a width; a panel without indices has none.
func (s *sensitivity) remarkLines(p *chart.Page, q *SensitivityPanel, width float64) []string {
	if !q.Resolved {
		return nil
	}
	return p.WrapTo(mostRemark, s.remark(q), width+2*nameGap, chart.Quiet)
}
