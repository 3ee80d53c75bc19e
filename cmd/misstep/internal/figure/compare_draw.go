package figure

import (
	"fmt"
	"image/color"

	"github.com/misstep/misstep/model/summary"
)

// Heights of the figure [pt].
const (
	compareHead = lineStep + 4
	compareFoot = lineStep + 4
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
func compareLook(v summary.Verdict) (mark, color.NRGBA) {
	switch v {
	case summary.Unclear, "":
		return ring, unclear
	case summary.Same:
		return bar, unclear
	}
	return disc, help
}

func (c *compare) draw(p *page, area rect) {
	if len(c.lines) == 0 {
		p.note(area, "Nothing to show: the runs have no outcome in common.")
		return
	}
	x := area.x
	k := compareColumns{effectColumns: effectColumns{label: x, labelEnd: x + 186, forest: x + 206, forestEnd: x + 398, number: x + 410}, letter: x + 192, end: area.right()}
	k.letters = len(c.in.Runs) > 1
	body := area.inset(0, compareHead, 0, compareFoot)
	shown := c.outcomes()
	groups := c.groups(shown)
	for shown > 0 && float64(lineCount(groups))*leastStep > body.h {
		shown--
		groups = c.groups(shown)
	}
	k.step = min(body.h/float64(max(lineCount(groups), 1)), 19)
	k.size = min(textSize, k.step*.935)
	c.header(p, area, k)
	y := body.y + float64(k.step*.72)
	for _, g := range groups {
		y = c.group(p, g, k, y)
	}
	c.key(p, area, groups, c.outcomes()-shown)
}

// header says what is drawn.
func (c *compare) header(p *page, area rect, k compareColumns) {
	what := "Change: run − " + c.in.Reference
	if len(c.in.Runs) == 1 {
		what = "Change: " + c.in.Runs[0] + " − " + c.in.Reference
	}
	p.text(k.label, area.y+ascent+1, p.shorten(what, k.forest-k.label-12, plain.heavy()), plain.heavy())
}

// group draws a heading with its axis and the lines below it, and returns the next
// baseline.
func (c *compare) group(p *page, g compareGroup, k compareColumns, y float64) float64 {
	heading := g.heading
	if heading == "" {
		heading = "Without a unit"
	}
	st := style{size: k.size, bold: true, color: muted}
	p.text(k.label, y, p.shorten(heading, k.labelEnd-k.label, st), st)
	s, ticks := forestScale(rowsIn(g.lines), k.effectColumns, g.own)
	if !g.own {
		ticks = nil
		for _, v := range steps(s.lo, s.hi, 5) {
			ticks = append(ticks, tick{v, axis(v)})
		}
	}
	if g.own {
		p.text(k.forest, y, "each to its own scale", style{size: k.size, color: muted})
	}
	top, bottom := y+float64(k.step*.28), y+float64(k.step*(float64(len(g.lines))+.24))
	for _, t := range ticks {
		shade := grid
		if t.v == 0 {
			shade = frame
		}
		p.line(s.at(t.v), top, s.at(t.v), bottom, .7, shade)
		if !g.own {
			p.text(s.at(t.v), y, t.label, style{size: k.size, color: muted, anchor: middle})
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
func (l *compareLine) draw(p *page, k compareColumns, s scale, y float64, uncertain bool) {
	m, shade := compareLook(l.Verdict)
	st := style{size: k.size}
	if l.first {
		p.text(k.label, y, p.shorten(upper(l.outcome), k.labelEnd-k.label-4, st), st)
	}
	if k.letters {
		p.text(k.letter, y, p.shorten(l.letter, 12, st), st)
	}
	if !l.difference.ok {
		p.text(k.number, y, "n/a", style{size: k.size, color: muted})
		return
	}
	l.difference.draw(p, s, y-float64(k.size*.36), m, shade)
	number := style{size: k.size, color: shade}
	text := "identical"
	if l.Verdict != summary.Same {
		text = l.fitted(p, uncertain, k.end-k.number, number)
	}
	p.text(k.number, y, p.shorten(text, k.end-k.number, number), number)
}

// key explains marks and lines at the bottom.
func (c *compare) key(p *page, area rect, groups []compareGroup, left int) {
	y, x := area.bottom()-1, area.x
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
		p.point(x+4, y-4, 3.6, m, shade)
		x = p.text(x+11, y, map[summary.Verdict]string{summary.Differs: "shown to differ", summary.Unclear: "not shown", summary.Same: "identical"}[v], quiet) + 10
	}
	name := "error of the change"
	if c.in.Paired {
		name = ofSampling
	}
	if c.in.Uncertain {
		p.line(x, y-4, x+16, y-4, 1.1, muted)
		x = p.text(x+19, y, overAssumptions, quiet) + 8
	}
	p.line(x, y-4, x+16, y-4, 3.4, muted)
	x = p.text(x+19, y, name, quiet) + 10
	if left > 0 {
		p.text(area.right(), y, p.shorten(fmt.Sprintf("+%d in the CSV", left), area.right()-x, quiet), quiet.to(end))
	}
}
