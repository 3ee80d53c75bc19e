package figure

import (
	"fmt"
	"image/color"
	"strings"
)

// learnedColumns are where the columns of the figure stand [pt].
type learnedColumns struct {
	label, labelEnd       float64
	plot, plotEnd         float64
	shrunk, informed, end float64
	step, size            float64
}

func (l *learned) draw(p *page, area rect) {
	if len(l.taught)+len(l.silent) == 0 {
		p.note(area, "No number: the fit was given nothing to learn about.")
		return
	}
	x := area.x
	c := learnedColumns{label: x, labelEnd: x + 184, plot: x + 194, plotEnd: x + 370, shrunk: x + 426, informed: x + 440, end: area.right()}
	body := area.inset(0, learnedHead, 0, learnedFoot)
	y := l.layout(p, int(body.h/leastStep))
	c.step = min(body.h/float64(max(y.lines(), 1)), 17)
	c.size = min(textSize, c.step*.935)
	p.text(x, area.y+ascent+1, p.shorten(l.result(), area.w, plain.heavy()), plain.heavy())
	l.axis(p, area, body, c, y.taught+y.silent, y.taught)
	at := body.y + float64(c.step*.72)
	for _, q := range l.taught[:y.taught] {
		q.draw(p, c, at, false)
		at += c.step
	}
	if y.silent+len(y.list) > 0 {
		ruleY := at - float64(c.step*.66)
		p.line(c.label, ruleY, c.end, ruleY, .9, frame, 3, 2)
		head := style{size: c.size, bold: true, color: muted}
		silent := fmt.Sprintf("Record silent: under %s", percent(silentBelow))
		p.text(c.label, at+float64(c.step*.08), p.shorten(silent, c.labelEnd-c.label, head), head)
		at += c.step
	}
	for _, q := range l.silent[:y.silent] {
		q.draw(p, c, at, true)
		at += c.step
	}
	for _, s := range y.list {
		st := style{size: c.size, color: muted}
		p.text(c.label, at, p.shorten(s, c.end-c.label, st), st)
		at += c.step
	}
	l.key(p, area, y.left)
}

// axis draws the prior behind all rows, which is the same in each on its own
// percentiles, and the labels above it.
func (l *learned) axis(p *page, area, body rect, c learnedColumns, rows, taught int) {
	y := area.y + lineStep + ascent + 4
	x := c.scale()
	head := style{color: muted}
	p.text(c.label, y, "percentile of the prior", head)
	for _, u := range []float64{.05, .25, .5, .75, .95} {
		p.text(x.at(u), y, fixedPoint(100*u, 0), head.to(middle))
	}
	p.text(c.shrunk, y, "narrower", head.to(end))
	p.text(c.informed, y, "informed by", head)
	for _, block := range []struct{ from, n int }{{0, taught}, {taught + 1, rows - taught}} {
		if block.n < 1 {
			continue
		}
		r := rect{x.from, body.y + multiple(block.from, c.step), x.to - x.from, multiple(block.n, c.step)}
		p.fill(r, pale)
		p.fill(rect{x.at(.05), r.y, x.at(.95) - x.at(.05), r.h}, priorWide)
		p.fill(rect{x.at(.25), r.y, x.at(.75) - x.at(.25), r.h}, priorNarrow)
		p.line(x.at(.5), r.y, x.at(.5), r.bottom(), 1, frame)
	}
}

// The prior behind the rows: its central 90 % and 50 %.
var (
	priorWide   = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}
	priorNarrow = color.NRGBA{0xd3, 0xd3, 0xd3, 0xff}
)

func (c learnedColumns) scale() scale { return scale{hi: 1, from: c.plot, to: c.plotEnd} }

// draw draws one number.
func (q LearnedParameter) draw(p *page, c learnedColumns, y float64, silent bool) {
	st, shade := style{size: c.size}, blue
	if silent {
		st.color, shade = muted, unclear
	}
	p.text(c.label, y, p.shorten(q.Label, c.labelEnd-c.label, st), st)
	p.text(c.shrunk, y, contraction(q.Contraction), st.to(end))
	if by := strings.Join(q.InformedBy, ", "); !silent && by != "" {
		p.text(c.informed, y, p.shorten(by, c.end-c.informed, st), st)
	}
	u, x, mid := q.Percentile, c.scale(), y-float64(c.size*.36)
	if !finite(u[0]) {
		return
	}
	p.line(x.at(u[0]), mid, x.at(u[4]), mid, 1.8, shade)
	half := min(c.step*.27, 3.6)
	p.fill(rect{x.at(u[1]), mid - half, max(x.at(u[3])-x.at(u[1]), .6), 2 * half}, shade)
	p.fill(rect{x.at(u[2]) - 1.1, mid - half - .6, 2.2, 2*half + 1.2}, white)
}

// key explains the prior and the bars at the bottom.
func (l *learned) key(p *page, area rect, left int) {
	y := area.bottom() - 2
	x := area.x
	p.fill(rect{x, y - 9, 30, 11}, priorWide)
	p.fill(rect{x + 8, y - 9, 14, 11}, priorNarrow)
	p.line(x+15, y-9, x+15, y+2, 1, frame)
	x = p.text(x+35, y, "prior: 90 and 50\u00a0%, median", quiet) + 14
	p.line(x, y-4, x+40, y-4, 1.8, blue)
	p.fill(rect{x + 8, y - 7.6, 24, 7.2}, blue)
	p.fill(rect{x + 17, y - 8.2, 2.2, 8.4}, white)
	x = p.text(x+45, y, "posterior: 90 and 50\u00a0%, median", quiet) + 12
	notes := []string{}
	if left > 0 {
		notes = append(notes, fmt.Sprintf("+%d in the CSV", left))
	}
	if l.unknown > 0 {
		notes = append(notes, fmt.Sprintf("%d not known", l.unknown))
	}
	if len(notes) > 0 {
		p.text(area.right(), y, p.shorten(strings.Join(notes, ", "), area.right()-x, quiet), quiet.to(end))
	}
}
