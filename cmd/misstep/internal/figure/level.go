package figure

import (
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/summary"
)

// levelPanel is the cumulative probability of one thing over time, a line an arm.
type levelPanel struct {
	id, class, cause, heading string
	lines                     []levelLine
	named                     bool // arms are named at the ends of their lines; else these have values alone
}

// levelLine is one arm's curve: a probability with its intervals on each of some days.
type levelLine struct {
	arm   chart.Arm
	days  []float64
	at    []chart.Span
	whole bool // the range at the end is that of an outcome
	blind bool // the error of chance is not known
	bare  bool // nor is the range over the assumptions
}

func newLevelPanel(in *input, class, cause string) levelPanel {
	p := levelPanel{class: class, cause: cause}
	for _, a := range in.arms {
		if c := curveOf(in.armOf(a.Name), class, cause); c != nil {
			l := lineOf(a, c)
			l.ranged(in.reached(a.Name, outcomes[class+" "+cause]))
			p.lines = append(p.lines, l)
		}
	}
	return p
}

// lineOf starts a curve at 0 on day 0. Where an interval is not known both its ends are the value.
func lineOf(a chart.Arm, c *summary.Curve) levelLine {
	l := levelLine{arm: a, days: append([]float64{0}, c.Days...), at: []chart.Span{{Ok: true, Blind: c.MCLow == nil}},
		blind: c.MCLow == nil, bare: c.Low == nil}
	for i, v := range c.Value {
		s := chart.Span{Value: v, MonteLow: v, MonteHigh: v, Low: v, High: v, Ok: true, Blind: l.blind}
		if !l.blind {
			s.MonteLow, s.MonteHigh = c.MCLow[i], c.MCHigh[i]
		}
		if !l.bare {
			s.Low, s.High = c.Low[i], c.High[i]
		}
		l.at = append(l.at, s)
	}
	return l
}

// row is a line of a table: a value and the ends of its intervals, empty where they are not known.
func (l levelLine) row(i int) []any {
	s := l.at[i]
	out := []any{s.Value, nil, nil, s.Low, s.High}
	out[1], out[2] = s.MonteEnds()
	if l.bare {
		out[3], out[4] = "", ""
	}
	return out
}

// outcomes are what curves come to at the end of the window.
var outcomes = map[string]string{"R3 misstep": "any_misstep", "R3-R6 any": "stood_public", "R7 any": "stood_r7"}

// reached is what an outcome is in an arm, nil where no contrast has it.
func (in *input) reached(arm, id string) *summary.Estimate {
	for i := range in.s.Contrasts {
		c := &in.s.Contrasts[i]
		switch m := c.Measure(id); {
		case m == nil:
		case c.Baseline == arm:
			return &m.Baseline
		case c.Treatment == arm:
			return &m.Treatment
		}
	}
	return nil
}

// ranged gives the end of a line the range over assumptions that the outcome has which it comes to. That one is the
// draws' own; a curve's is that of a beta distribution, which for draws so far apart reaches to zero.
func (l *levelLine) ranged(e *summary.Estimate) {
	if end := &l.at[len(l.at)-1]; e != nil && e.Resolved && math.Abs(e.Value-end.Value) < 1e-9 {
		end.Low, end.High, l.whole = e.Low, e.High, true
	}
}

// final is the value at the end of a line.
func (l levelLine) final() chart.Span { return l.at[len(l.at)-1] }

// Around the plot of a panel, above it and below [pt]; the step of the labels at its right.
const (
	panelHead = chart.LineStep + 8
	panelFoot = chart.LineStep + 6
	leastPlot = 62.0
	labelStep = 12.0
	mostLabel = 130
)

func (e levelPanel) height(in *input) float64 {
	p, want := in.page(nil, 0), 0.0
	for _, l := range e.lines {
		want += chart.Multiple(len(e.label(p, l).name), labelStep)
	}
	return panelHead + max(want, leastPlot) + panelFoot
}

func (e levelPanel) labels(p *chart.Page) (w float64) {
	for _, l := range e.lines {
		w = max(w, e.label(p, l).width)
	}
	return w
}

// banded reports whether the ranges over the assumptions are drawn: one that fills the panel
// says nothing, and of more than two arms they hide each other.
func (e levelPanel) banded() bool {
	line, top := 0.0, 0.0
	for _, l := range e.lines {
		s := l.final()
		line, top = max(line, s.Value), max(top, s.High-s.Low)
	}
	return len(e.lines) <= 2 && top > 0 && top <= line
}

// draw draws one panel: heading, axes, bands, lines and their labels.
func (e levelPanel) draw(p *chart.Page, r chart.Rect, in *input) {
	p.Title(r, e.heading)
	y, ticks := e.scale()
	plot, y := p.Levels(r.Inset(0, panelHead, e.labels(p)+14, panelFoot), y, ticks)
	x, years := chart.Years(in.begin, in.horizon(), plot.X, plot.Right())
	p.Below(plot, x, years)
	dark := chart.MonteTint
	if len(e.lines) == mostRows { // bands that lie on each other grow dark
		dark /= 2
	}
	for i, l := range e.lines {
		if i < 2 || len(e.lines) <= mostRows { // bands of more arms hide each other
			l.bands(p, x, y, e.banded(), dark)
		}
	}
	in.marked(p, plot, x)
	for i := len(e.lines) - 1; i >= 0; i-- { // the baseline on top
		l := e.lines[i]
		p.Curve(l.points(x, y, func(s chart.Span) float64 { return s.Value }), 1.8, l.arm.Color, l.arm.Dash...)
	}
	e.ends(p, plot, y)
}

// scale is linear from 0, or logarithmic where every line stays below one percent.
func (e levelPanel) scale() (chart.Scale, []chart.Tick) {
	top, line, least := 0.0, 0.0, 1.0
	for _, l := range e.lines {
		for _, s := range l.at {
			top, line = max(top, s.Value, s.MonteHigh), max(line, s.Value)
			if e.banded() {
				top = max(top, s.High)
			}
			if s.Value > 0 {
				least = min(least, s.Value)
			}
		}
	}
	if line == 0 || line >= 0.01 {
		s := chart.UpTo(top, 3, 0, 0)
		if line == 0 && top == 0 {
			s.Hi = 0.01
		}
		s.Hi = min(s.Hi, 1)
		return s, chart.Ticks(chart.Steps(0, s.Hi, 3), chart.Percent)
	}
	hi := chart.UpTo(top, 2, 0, 0).Hi
	lo := max(elem.Pow(10, math.Floor(elem.Log10(least)+1e-9)), elem.Pow(10, math.Floor(elem.Log10(line)-1.7)))
	s := chart.Scale{Lo: lo, Hi: hi, Log: true}
	return s, chart.Ticks(chart.Decades(lo, hi, 3), chart.Odds)
}

// bands draws the Monte Carlo band in a shade, and where it is asked for the parameter band pale with an edge.
func (l levelLine) bands(p *chart.Page, x, y chart.Scale, ranged bool, dark float64) {
	if ranged {
		low := l.points(x, y, func(s chart.Span) float64 { return s.Low })
		high := l.points(x, y, func(s chart.Span) float64 { return s.High })
		p.Band(low, high, chart.Tint(l.arm.Color, chart.ParamTint))
		p.Curve(low, .6, chart.Tint(l.arm.Color, .6), l.arm.Dash...)
		p.Curve(high, .6, chart.Tint(l.arm.Color, .6), l.arm.Dash...)
	}
	if l.blind {
		return
	}
	low := l.points(x, y, func(s chart.Span) float64 { return s.MonteLow })
	high := l.points(x, y, func(s chart.Span) float64 { return s.MonteHigh })
	p.Band(low, high, chart.Tint(l.arm.Color, dark))
}

// points are those of a line, of its values or of an end of its intervals.
func (l levelLine) points(x, y chart.Scale, of func(chart.Span) float64) []chart.Point {
	pts := make([]chart.Point, len(l.at))
	for i, s := range l.at {
		pts[i] = chart.Pt(x.At(l.days[i]), y.At(of(s)))
	}
	return pts
}

// endLabel is the value of an arm at the end of its line, and its name in lines beside it.
type endLabel struct {
	value         string
	name          []string
	indent, width float64
}

func (e levelPanel) label(p *chart.Page, l levelLine) endLabel {
	bold := chart.Plain.Heavy()
	d := endLabel{value: chart.Chance(l.final().Value), name: []string{""}}
	d.indent = p.Width(d.value+" ", chart.Plain)
	if d.width = p.Width(d.value, chart.Plain); e.named {
		d.name = p.WrapTo(3, l.arm.Label, mostLabel-d.indent, bold)
	}
	for _, s := range d.name {
		if s != "" {
			d.width = max(d.width, d.indent+p.Width(s, bold))
		}
	}
	return d
}

// ends writes value and name at the end of each line.
func (e levelPanel) ends(p *chart.Page, plot chart.Rect, y chart.Scale) {
	var want, heights []float64
	for _, l := range e.lines {
		want = append(want, y.At(l.final().Value))
		heights = append(heights, chart.Multiple(len(e.label(p, l).name), labelStep))
	}
	for i, at := range chart.Stack(want, heights, plot.Y-4, plot.Bottom()+4) {
		d, st, x := e.label(p, e.lines[i]), chart.Plain.In(e.lines[i].arm.Color), plot.Right()+12
		p.Line(plot.Right()+1, want[i], x-2, at, .7, st.Color)
		base := at - float64(heights[i]/2) + float64(labelStep/2) + chart.Ascent/2
		p.Text(x, base, d.value, st)
		for k, s := range d.name {
			p.Text(x+d.indent, base+chart.Multiple(k, labelStep), s, st.Heavy())
		}
	}
}
