package figure

import (
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
)

// draw draws one panel: heading, axes, bands, lines and their labels.
func (e escalationPanel) draw(p *chart.Page, r chart.Rect, in *input, gutter float64, rows int, withYears bool) {
	p.Title(r, e.heading)
	plot := r.Inset(gutter, chart.LineStep+6, 12, 6)
	if withYears {
		plot = plot.Inset(0, 0, 0, chart.LineStep)
	}
	labels, most := e.labelRoom(p, rows, plot)
	plot.W -= labels
	y, ticks := e.scaleOf(plot)
	p.Levels(plot, y, ticks)
	x, marks := chart.Years(in.begin, in.horizon(), plot.X, plot.Right(), 34)
	if !withYears {
		for i := range marks {
			marks[i].Label = ""
		}
	}
	p.Below(plot, x, marks)
	if len(e.lines) == 0 {
		p.Text(plot.X+8, plot.MiddleY(), "no curve in this run", chart.Quiet)
		return
	}
	thinner := 1.0 // bands that lie on each other grow dark
	if len(e.lines) == mostRows {
		thinner = .5
	}
	for i, l := range e.lines {
		if i < 2 || len(e.lines) <= mostRows { // bands of more arms hide each other
			l.bands(p, x, y, thinner)
		}
	}
	for _, t := range in.s.Run.Turns { // the note says what they are
		p.Line(x.At(t.Day), plot.Y, x.At(t.Day), plot.Bottom(), .7, chart.Frame, 2, 2)
	}
	for i := len(e.lines) - 1; i >= 0; i-- { // the baseline on top
		l := e.lines[i]
		p.Curve(l.points(x, y, func(s chart.Span) float64 { return s.Value }), 1.8, l.arm.Color, l.arm.Dash...)
	}
	e.labels(p, plot, y, labels, rows, most)
}

// gutter is the width that the labels of the vertical axis need.
func (e escalationPanel) gutter(p *chart.Page) float64 {
	w := 0.0
	_, ticks := e.scaleOf(chart.Rect{H: 1})
	for _, t := range ticks {
		w = max(w, p.Width(t.Label, chart.Plain))
	}
	return w + 6
}

// scaleOf is linear from 0, or logarithmic where every line stays below one percent.
func (e escalationPanel) scaleOf(plot chart.Rect) (chart.Scale, []chart.Tick) {
	top, line, least := 0.0, 0.0, 1.0
	for _, l := range e.lines {
		for _, s := range l.at {
			top, line = max(top, s.Value, s.MonteHigh, s.High), max(line, s.Value)
			if s.Value > 0 {
				least = min(least, s.Value)
			}
		}
	}
	if line == 0 || line >= 0.01 {
		s := chart.UpTo(top, 3, plot.Bottom(), plot.Y)
		if line == 0 && top == 0 {
			s.Hi = 0.01
		}
		s.Hi = min(s.Hi, 1)
		return s, chart.Ticks(chart.Steps(0, s.Hi, 3), chart.Percent)
	}
	hi := chart.UpTo(top, 2, 0, 0).Hi
	lo := max(elem.Pow(10, math.Floor(elem.Log10(least)+1e-9)), elem.Pow(10, math.Floor(elem.Log10(line)-1.7)))
	s := chart.Scale{Lo: lo, Hi: hi, From: plot.Bottom(), To: plot.Y, Log: true}
	return s, chart.Ticks(chart.Decades(lo, hi, 3), chart.Odds)
}

// bands draws the parameter band pale with an edge, the Monte Carlo band dark, both
// so much thinner.
func (l escalationLine) bands(p *chart.Page, x, y chart.Scale, thinner float64) {
	low := l.points(x, y, func(s chart.Span) float64 { return s.Low })
	high := l.points(x, y, func(s chart.Span) float64 { return s.High })
	p.Area(around(low, high), chart.Tint(l.arm.Color, chart.ParamTint*thinner))
	p.Curve(low, .6, chart.Tint(l.arm.Color, .6), l.arm.Dash...)
	p.Curve(high, .6, chart.Tint(l.arm.Color, .6), l.arm.Dash...)
	low = l.points(x, y, func(s chart.Span) float64 { return s.MonteLow })
	high = l.points(x, y, func(s chart.Span) float64 { return s.MonteHigh })
	p.Area(around(low, high), chart.Tint(l.arm.Color, chart.MonteTint*thinner))
}

// points are those of a line, of its values or of an end of its intervals.
func (l escalationLine) points(x, y chart.Scale, of func(chart.Span) float64) []chart.Point {
	pts := make([]chart.Point, len(l.at))
	for i, s := range l.at {
		pts[i] = chart.Pt(x.At(l.days[i]), y.At(of(s)))
	}
	return pts
}

// around are the corners of a band between two lines.
func around(low, high []chart.Point) []chart.Point {
	back := slices.Clone(low)
	slices.Reverse(back)
	return append(slices.Clone(high), back...)
}
