package figure

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// learnedColumns are where the columns of the figure stand [pt].
type learnedColumns struct {
	label, labelEnd       float64
	plot, plotEnd         float64
	shrunk, informed, end float64
	step, size            float64
}

func (l *learned) draw(p *chart.Page, area chart.Rect) {
	if len(l.taught)+len(l.silent) == 0 {
		p.Note(area, "No number: the fit was given nothing to learn about.")
		return
	}
	x := area.X
	c := learnedColumns{label: x, labelEnd: x + 184, plot: x + 194, plotEnd: x + 370, shrunk: x + 426, informed: x + 440, end: area.Right()}
	body := area.Inset(0, learnedHead, 0, learnedFoot)
	y := l.layout(p, int(body.H/chart.LeastStep))
	c.step = min(body.H/float64(max(y.lines(), 1)), 17)
	c.size = min(chart.TextSize, c.step*.935)
	p.Text(x, area.Y+chart.Ascent+1, p.Shorten(l.result(), area.W, chart.Plain.Heavy()), chart.Plain.Heavy())
	l.axis(p, area, body, c, y.taught+y.silent, y.taught)
	at := body.Y + float64(c.step*.72)
	for _, q := range l.taught[:y.taught] {
		q.draw(p, c, at, false)
		at += c.step
	}
	if y.silent+len(y.list) > 0 {
		ruleY := at - float64(c.step*.66)
		p.Line(c.label, ruleY, c.end, ruleY, .9, chart.Frame, 3, 2)
		head := chart.Style{Size: c.size, Bold: true, Color: chart.Muted}
		silent := fmt.Sprintf("Record silent: under %s", chart.Percent(silentBelow))
		p.Text(c.label, at+float64(c.step*.08), p.Shorten(silent, c.labelEnd-c.label, head), head)
		at += c.step
	}
	for _, q := range l.silent[:y.silent] {
		q.draw(p, c, at, true)
		at += c.step
	}
	for _, s := range y.list {
		st := chart.Style{Size: c.size, Color: chart.Muted}
		p.Text(c.label, at, p.Shorten(s, c.end-c.label, st), st)
		at += c.step
	}
	l.key(p, area, y.left)
}

// axis draws the prior behind all rows, which is the same in each on its own
// percentiles, and the labels above it.
func (l *learned) axis(p *chart.Page, area, body chart.Rect, c learnedColumns, rows, taught int) {
	y := area.Y + chart.LineStep + chart.Ascent + 4
	x := c.scale()
	head := chart.Style{Color: chart.Muted}
	p.Text(c.label, y, "percentile of the prior", head)
	for _, u := range []float64{.05, .25, .5, .75, .95} {
		p.Text(x.At(u), y, chart.Fixed(100*u, 0), head.To(chart.Middle))
	}
	p.Text(c.shrunk, y, "narrower", head.To(chart.End))
	p.Text(c.informed, y, "informed by", head)
	for _, block := range []struct{ from, n int }{{0, taught}, {taught + 1, rows - taught}} {
		if block.n < 1 {
			continue
		}
		r := chart.Box(x.From, body.Y+chart.Multiple(block.from, c.step), x.To-x.From, chart.Multiple(block.n, c.step))
		p.Fill(r, chart.Pale)
		p.Fill(chart.Box(x.At(.05), r.Y, x.At(.95)-x.At(.05), r.H), priorWide)
		p.Fill(chart.Box(x.At(.25), r.Y, x.At(.75)-x.At(.25), r.H), priorNarrow)
		p.Line(x.At(.5), r.Y, x.At(.5), r.Bottom(), 1, chart.Frame)
	}
}

// The prior behind the rows: its central 90 % and 50 %.
var (
	priorWide   = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}
	priorNarrow = color.NRGBA{0xd3, 0xd3, 0xd3, 0xff}
)

func (c learnedColumns) scale() chart.Scale { return chart.Scale{Hi: 1, From: c.plot, To: c.plotEnd} }

// draw draws one number.
func (q LearnedParameter) draw(p *chart.Page, c learnedColumns, y float64, silent bool) {
	st, shade := chart.Style{Size: c.size}, chart.Blue
	if silent {
		st.Color, shade = chart.Muted, chart.Unclear
	}
	p.Text(c.label, y, p.Shorten(q.Label, c.labelEnd-c.label, st), st)
	p.Text(c.shrunk, y, contraction(q.Contraction), st.To(chart.End))
	if by := strings.Join(q.InformedBy, ", "); !silent && by != "" {
		p.Text(c.informed, y, p.Shorten(by, c.end-c.informed, st), st)
	}
	u, x, mid := q.Percentile, c.scale(), y-float64(c.size*.36)
	if !chart.Finite(u[0]) {
		return
	}
	p.Line(x.At(u[0]), mid, x.At(u[4]), mid, 1.8, shade)
	half := min(c.step*.27, 3.6)
	p.Fill(chart.Box(x.At(u[1]), mid-half, max(x.At(u[3])-x.At(u[1]), .6), 2*half), shade)
	p.Fill(chart.Box(x.At(u[2])-1.1, mid-half-.6, 2.2, 2*half+1.2), chart.White)
}

// key explains the prior and the bars at the bottom.
func (l *learned) key(p *chart.Page, area chart.Rect, left int) {
	y := area.Bottom() - 2
	x := area.X
	p.Fill(chart.Box(x, y-9, 30, 11), priorWide)
	p.Fill(chart.Box(x+8, y-9, 14, 11), priorNarrow)
	p.Line(x+15, y-9, x+15, y+2, 1, chart.Frame)
	x = p.Text(x+35, y, "prior: 90 and 50\u00a0%, median", chart.Quiet) + 14
	p.Line(x, y-4, x+40, y-4, 1.8, chart.Blue)
	p.Fill(chart.Box(x+8, y-7.6, 24, 7.2), chart.Blue)
	p.Fill(chart.Box(x+17, y-8.2, 2.2, 8.4), chart.White)
	x = p.Text(x+45, y, "posterior: 90 and 50\u00a0%, median", chart.Quiet) + 12
	notes := []string{}
	if left > 0 {
		notes = append(notes, fmt.Sprintf("+%d in the CSV", left))
	}
	if l.unknown > 0 {
		notes = append(notes, fmt.Sprintf("%d not known", l.unknown))
	}
	if len(notes) > 0 {
		p.Text(area.Right(), y, p.Shorten(strings.Join(notes, ", "), area.Right()-x, chart.Quiet), chart.Quiet.To(chart.End))
	}
}
