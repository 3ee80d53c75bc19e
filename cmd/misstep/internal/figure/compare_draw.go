package figure

import (
	"fmt"
	"image/color"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// Heights of the figure [pt].
const (
	compareHead = chart.LineStep + 4
	compareFoot = chart.LineStep + 4
	compareStep = 15
)

// compareColumns are where the columns stand [pt], and the lines.
type compareColumns struct {
	effectColumns // label, forest, number, step and size
	letter        float64
	end           float64
	letters       bool // more than one run is drawn
}

// compareLook is mark and colour of a verdict. A change of an assumption makes nothing
// better or worse: what is shown has one colour.
func compareLook(v summary.Verdict) (chart.Mark, color.NRGBA) {
	switch v {
	case summary.Unclear, "":
		return chart.Ring, chart.Unclear
	case summary.Same:
		return chart.Bar, chart.Unclear
	}
	return chart.Disc, chart.Help
}

func (c *compare) draw(p *chart.Page, area chart.Rect) {
	if len(c.lines) == 0 {
		p.Note(area, "Nothing to show: the runs have no outcome in common.")
		return
	}
	x := area.X
	k := compareColumns{effectColumns: effectColumns{label: x, labelEnd: x + 186, forest: x + 206, forestEnd: x + 398, number: x + 410}, letter: x + 192, end: area.Right()}
	k.letters = len(c.in.Runs) > 1
	body := area.Inset(0, compareHead, 0, compareFoot)
	shown := c.outcomes()
	groups := c.groups(shown)
	for shown > 0 && float64(lineCount(groups))*leastStep > body.H {
		shown--
		groups = c.groups(shown)
	}
	k.step = min(body.H/float64(max(lineCount(groups), 1)), 19)
	k.size = min(chart.TextSize, k.step*.935)
	c.header(p, area, k)
	y := body.Y + float64(k.step*.72)
	for _, g := range groups {
		y = c.group(p, g, k, y)
	}
	c.key(p, area, groups, c.outcomes()-shown)
}

// header says what is drawn.
func (c *compare) header(p *chart.Page, area chart.Rect, k compareColumns) {
	what := "Change: run − " + c.in.Reference
	if len(c.in.Runs) == 1 {
		what = "Change: " + c.in.Runs[0] + " − " + c.in.Reference
	}
	p.Text(k.label, area.Y+chart.Ascent+1, p.Shorten(what, k.forest-k.label-12, chart.Plain.Heavy()), chart.Plain.Heavy())
}

// group draws a heading with its axis and the lines below it, and returns the next
// baseline.
func (c *compare) group(p *chart.Page, g compareGroup, k compareColumns, y float64) float64 {
	heading := g.heading
	if heading == "" {
		heading = "Without a unit"
	}
	st := chart.Style{Size: k.size, Bold: true, Color: chart.Muted}
	p.Text(k.label, y, p.Shorten(heading, k.labelEnd-k.label, st), st)
	s, ticks := forestScale(rowsIn(g.lines), k.effectColumns, g.own)
	if !g.own {
		ticks = nil
		for _, v := range chart.Steps(s.Lo, s.Hi, 5) {
			ticks = append(ticks, chart.Tick{V: v, Label: chart.Axis(v)})
		}
	}
	if g.own {
		p.Text(k.forest, y, "each to its own scale", chart.Style{Size: k.size, Color: chart.Muted})
	}
	top, bottom := y+float64(k.step*.28), y+float64(k.step*(float64(len(g.lines))+.24))
	for _, t := range ticks {
		shade := chart.Grid
		if t.V == 0 {
			shade = chart.Frame
		}
		p.Line(s.At(t.V), top, s.At(t.V), bottom, .7, shade)
		if !g.own {
			p.Text(s.At(t.V), y, t.Label, chart.Style{Size: k.size, Color: chart.Muted, Anchor: chart.Middle})
		}
	}
	y += k.step
	for i, l := range g.lines {
		if g.own {
			s, _ = forestScale(rowsIn(g.lines[i:i+1]), k.effectColumns, true)
		}
		l.draw(p, k, s, y, c.in.Uncertain)
		y += k.step
	}
	return y
}

func rowsIn(lines []compareLine) []effectRow {
	out := make([]effectRow, len(lines))
	for i := range lines {
		out[i] = lines[i].effectRow
	}
	return out
}

// draw draws one line on the baseline y.
func (l *compareLine) draw(p *chart.Page, k compareColumns, s chart.Scale, y float64, uncertain bool) {
	m, shade := compareLook(l.Verdict)
	st := chart.Style{Size: k.size}
	if l.first {
		p.Text(k.label, y, p.Shorten(chart.Upper(l.outcome), k.labelEnd-k.label-4, st), st)
	}
	if k.letters {
		p.Text(k.letter, y, p.Shorten(l.letter, 12, st), st)
	}
	if !l.difference.Ok {
		p.Text(k.number, y, "n/a", chart.Style{Size: k.size, Color: chart.Muted})
		return
	}
	l.difference.Draw(p, s, y-float64(k.size*.36), m, shade)
	number := chart.Style{Size: k.size, Color: shade}
	text := "identical"
	if l.Verdict != summary.Same {
		text = l.fitted(p, uncertain, k.end-k.number, number)
	}
	p.Text(k.number, y, p.Shorten(text, k.end-k.number, number), number)
}

// key explains marks and lines at the bottom.
func (c *compare) key(p *chart.Page, area chart.Rect, groups []compareGroup, left int) {
	y, x := area.Bottom()-1, area.X
	found := map[summary.Verdict]bool{}
	for _, g := range groups {
		for _, l := range g.lines {
			found[l.Verdict] = true
		}
	}
	for _, v := range []summary.Verdict{summary.Differs, summary.Unclear, summary.Same} {
		if v == summary.Same && !found[v] {
			continue
		}
		m, shade := compareLook(v)
		p.Point(x+4, y-4, 3.6, m, shade)
		x = p.Text(x+11, y, map[summary.Verdict]string{summary.Differs: "shown to differ", summary.Unclear: "not shown", summary.Same: "identical"}[v], chart.Quiet) + 10
	}
	name := "error of the change"
	if c.in.Paired {
		name = chart.OfSampling
	}
	if c.in.Uncertain {
		p.Line(x, y-4, x+16, y-4, 1.1, chart.Muted)
		x = p.Text(x+19, y, chart.OverAssumptions, chart.Quiet) + 8
	}
	p.Line(x, y-4, x+16, y-4, 3.4, chart.Muted)
	x = p.Text(x+19, y, name, chart.Quiet) + 10
	if left > 0 {
		p.Text(area.Right(), y, p.Shorten(fmt.Sprintf("+%d in the CSV", left), area.Right()-x, chart.Quiet), chart.Quiet.To(chart.End))
	}
}
