package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// SensitivityInput is what the figure sensitivity is made from.
type SensitivityInput struct {
	Title     string   // a standard one where empty
	Subtitle  []string // parts: scenario, arms, points, seed
	Source    string   // the source line; a standard one where empty
	Screening bool     // rows hold effects of a screening in Total, in units of the panel
	Panels    []SensitivityPanel
	Rows      []SensitivityRow
}

// SensitivityPanel is an output.
type SensitivityPanel struct {
	Label    string
	Unit     string
	Resolved bool    // else there are no indices
	Noise    float64 // part of the variance between points that is Monte Carlo noise, 0 to 1
	Moved    float64 // largest change of an index over the last doubling of rows; below 0 where unknown
}

// SensitivityRow is a number, or a group of them.
type SensitivityRow struct {
	Label        string // its path, or how many are in the group
	Plain        string // in words: what the number is, and whose; the label where empty
	Group        bool
	First, Total []SensitivityIndex // by panel; First is empty for a screening
}

// SensitivityIndex is a value with an interval.
type SensitivityIndex struct{ Value, Low, High float64 }

// text is a share with its interval.
func (x SensitivityIndex) text() string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", x.Value, x.Low, x.High)
}

// shares ends the intervals of shares of variance at 0 and 1, beyond which an estimate
// that is freed of noise can reach.
func shares(list []SensitivityIndex) []SensitivityIndex {
	out := slices.Clone(list)
	for i, x := range out {
		if x.Value >= 0 && x.Value <= 1 {
			out[i].Low, out[i].High = min(max(x.Low, 0), 1), min(max(x.High, 0), 1)
		}
	}
	return out
}

// Sensitivity draws first-order and total indices of the most important numbers, or the
// effects of a screening. The files are sensitivity.svg, .png and .pdf, as the options
// ask, and sensitivity.csv. It fails on options that cannot be drawn.
func Sensitivity(in *SensitivityInput, o Options) ([]File, error) {
	return drawAlone("sensitivity", newSensitivity(in), o)
}

// SensitivityAlt is the text that stands for the figure where it cannot be seen.
func SensitivityAlt(in *SensitivityInput) string { return newSensitivity(in).words().alt }

// sensitivity shows what moves an outcome.
type sensitivity struct{ in *SensitivityInput }

func newSensitivity(in *SensitivityInput) *sensitivity {
	out := *orEmpty(in)
	out.Rows = nil
	for _, r := range orEmpty(in).Rows { // what is not whole is not drawn
		if len(r.Total) == len(out.Panels) && (out.Screening || len(r.First) == len(out.Panels)) {
			if !out.Screening {
				r.First, r.Total = shares(r.First), shares(r.Total)
			}
			out.Rows = append(out.Rows, r)
		}
	}
	return &sensitivity{in: &out}
}

// words are the row as people read it.
func (r *SensitivityRow) words() string {
	return cmp.Or(r.Plain, r.Label)
}

func (s *sensitivity) words() words {
	title := cmp.Or(s.in.Title, "Which uncertain numbers move the effect")
	w := wordsOf(title, s.in.Subtitle, cmp.Or(s.in.Source, "Source: misstep, model output, no forecast."))
	if !s.in.Screening {
		w.detail = append(w.detail, "shares of the spread (variance), 95\u00a0% intervals")
	}
	if len(s.in.Rows) == 0 || len(s.in.Panels) == 0 {
		w.alt = "No number is uncertain."
		return w
	}
	var parts []string
	for k, p := range s.in.Panels {
		if !p.Resolved {
			parts = append(parts, chart.Upper(p.Label)+": not resolved.")
			continue
		}
		var rows []string
		for _, r := range s.in.Rows {
			if s.in.Screening {
				rows = append(rows, r.words()+" "+chart.Number(r.Total[k].Value))
			} else {
				rows = append(rows, fmt.Sprintf("%s %s alone, %s in all", r.words(), r.First[k].text(), r.Total[k].text()))
			}
		}
		parts = append(parts, chart.Upper(p.Label)+": "+strings.Join(rows, "; ")+".")
	}
	w.alt = strings.Join(parts, " ")
	if !s.in.Screening {
		w.alt += chart.InParentheses
	}
	return w
}

func (s *sensitivity) table() table {
	t := newTable("number", "panel", "first", "first_low", "first_high", "total", "total_low", "total_high")
	for _, r := range s.in.Rows {
		for k, p := range s.in.Panels {
			cells := []any{r.Label, p.Label}
			if s.in.Screening {
				cells = append(cells, "", "", "")
			} else {
				f := r.First[k]
				cells = append(cells, f.Value, f.Low, f.High)
			}
			t.add(append(cells, r.Total[k].Value, r.Total[k].Low, r.Total[k].High)...)
		}
	}
	return t
}

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
	ticks := chart.Ticks(chart.Steps(0, x.Hi, 4), chart.Axis)
	p.Grid(x, ticks, body.Bottom()+chart.LineStep, body.Y, body.Bottom(), chart.Quiet)
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
func (s *sensitivity) highest(k int) (out float64) {
	for _, r := range s.in.Rows {
		for _, list := range [][]SensitivityIndex{r.First, r.Total} {
			if k < len(list) && chart.Finite(list[k].Value) && chart.Finite(list[k].High) {
				out = max(out, list[k].Value, list[k].High)
			}
		}
	}
	return out
}

// key explains the bars.
func (s *sensitivity) key(p *chart.Page, area chart.Rect) {
	y := area.Bottom() - 1
	if s.in.Screening {
		p.Text(area.X, y, "Bars: how far it moves over the range of a number (root mean square), noise taken out",
			chart.Quiet)
		return
	}
	key := p.Key(area, y)
	key.Box(5, chart.Blue, "alone (first order)")
	key.Box(11, chart.Tint(chart.Sky, .55), "with interactions (total), noise taken out")
	key.Line(1.1, chart.Ink, "95\u00a0% interval")
}

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
		body := chart.Rect{X: chart.Margin + l.names, W: chart.PageWidth - 2*chart.Margin - l.names}
		width := l.cell(body, k, len(s.in.Panels)).W
		head = max(head, len(heading(p, &s.in.Panels[k], width)))
		remark = max(remark, len(s.remarkLines(p, &s.in.Panels[k], width)))
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
