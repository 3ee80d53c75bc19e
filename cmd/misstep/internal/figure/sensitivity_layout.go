package figure

import "fmt"

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
func (s *sensitivity) layout(p *page) sensitivityLayout {
	l := sensitivityLayout{names: leastNames, step: lineStep + 5.5}
	for i := range s.in.Rows {
		words := s.in.Rows[i].words()
		for l.names < mostNames && !whole(p.wrapTo(2, words, l.names-nameGap, plain), words) {
			l.names += 2
		}
	}
	for i := range s.in.Rows {
		if r := &s.in.Rows[i]; r.Plain != "" || len(p.wrap(r.Label, l.names-nameGap, plain)) > 1 {
			l.step = 2*lineStep + 6
		}
	}
	head, remark := 1, 1
	for k := range s.in.Panels {
		cell := l.cell(rect{x: margin + l.names, w: pageWidth - 2*margin - l.names}, k, len(s.in.Panels))
		head, remark = max(head, len(heading(p, &s.in.Panels[k], cell.w))), max(remark, len(s.remarkLines(p, &s.in.Panels[k], cell.w)))
	}
	l.head, l.foot = multiple(head, lineStep)+6, multiple(remark+2, lineStep)+9
	return l
}

// cell is the place of a panel among so many.
func (l *sensitivityLayout) cell(body rect, k, panels int) rect {
	return body.cell(0, 1, k, panels, 22, 0).inset(0, 0, 12, 0)
}

// heading is what stands above a panel of a width.
func heading(p *page, q *SensitivityPanel, width float64) []string {
	return p.wrapTo(2, upper(q.Label), width+10, plain.heavy())
}

// want is the height that the rows want.
func (s *sensitivity) want() float64 {
	l := s.layout(newPage(nil, 0))
	return frameHeight + l.head + l.foot + multiple(len(s.in.Rows), l.step)
}

// name writes a row's words around the height y, in as many lines as there is room for, two
// at most; where a line is left and holds it, the code stands there.
func (s *sensitivity) name(p *page, r *SensitivityRow, x, y, width float64, room int) {
	st, code := plain, style{size: codeSize, color: muted}
	if r.Group {
		st = quiet
	}
	lines := p.wrapTo(max(min(room, 2), 1), r.words(), width, st)
	withCode := r.Plain != "" && len(lines) == 1 && room > 1 && p.width(r.Label, code) <= width
	y += ascent / 2
	if len(lines) == 2 || withCode {
		y -= lineStep / 2
	}
	if y = p.lines(x, y, lines, st); withCode {
		p.text(x, y, r.Label, code)
	}
}

// remark says below a panel how far it can be trusted. What the indices moved by when the
// sample was last doubled is no bound on what is still to come.
func (s *sensitivity) remark(q *SensitivityPanel) string {
	if s.in.Screening {
		return q.Unit
	}
	out := "noise is " + share(q.Noise) + " of the spread"
	if q.Moved >= 0 {
		out += fmt.Sprintf("; with half the points a share differs by up to %.2f", q.Moved)
	}
	return out
}

// remarkLines are the remark below a panel of a width; a panel without indices has none.
func (s *sensitivity) remarkLines(p *page, q *SensitivityPanel, width float64) []string {
	if !q.Resolved {
		return nil
	}
	return p.wrapTo(mostRemark, s.remark(q), width+2*nameGap, quiet)
}
