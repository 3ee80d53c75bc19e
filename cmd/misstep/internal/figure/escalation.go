package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/summary"
)

// escalation shows the cumulative probability over time of reaching a rung, and of
// a misstep: four panels with scales of their own.
type escalation struct {
	in     *input
	panels []escalationPanel
	note   string // on the rungs that history has not seen
}

type escalationPanel struct {
	class, cause, heading string
	lines                 []escalationLine
}

// escalationLine is one arm's curve: a probability with its intervals on each of some days.
type escalationLine struct {
	arm  chart.Arm
	days []float64
	at   []chart.Span
}

func newEscalation(in *input) picture {
	e := &escalation{in: in}
	for _, p := range []escalationPanel{
		{class: "R3", cause: "any"}, {class: "R3", cause: "misstep"},
		{class: "R5", cause: "any"}, {class: "R6", cause: "any"},
	} {
		p.heading = harder(p.class)
		if p.cause == "misstep" {
			p.heading = "A misstep (a public or harder step)"
		}
		for _, a := range in.arms {
			if c := curveOf(in.armOf(a.Name), p.class, p.cause); c != nil {
				if line := lineOf(a, c); len(line.days) > 1 {
					p.lines = append(p.lines, line)
				}
			}
		}
		e.panels = append(e.panels, p)
	}
	e.note = strings.TrimSpace(e.rare() + " " + e.turns())
	return e
}

func curveOf(a *summary.Arm, class, cause string) *summary.Curve {
	if a == nil {
		return nil
	}
	for i := range a.Curves {
		if c := &a.Curves[i]; c.Class == class && c.Cause == cause {
			return c
		}
	}
	return nil
}

// lineOf starts a curve at 0 on day 0 and drops the points that are not finite.
func lineOf(a chart.Arm, c *summary.Curve) escalationLine {
	l := escalationLine{arm: a, days: []float64{0}, at: []chart.Span{{Ok: true}}}
	for i := range min(len(c.Days), len(c.Value)) {
		v := min(max(c.Value[i], 0), 1)
		of := func(list []float64) float64 {
			if i < len(list) && chart.Finite(list[i]) {
				return min(max(list[i], 0), 1)
			}
			return v
		}
		day := c.Days[i]
		if chart.Finite(day) && chart.Finite(c.Value[i]) && day > l.days[len(l.days)-1] {
			l.days = append(l.days, day)
			l.at = append(l.at, chart.Span{Value: v, MonteLow: of(c.MCLow), MonteHigh: of(c.MCHigh),
				Low: of(c.Low), High: of(c.High), Ok: true})
		}
	}
	return l
}

// final is the value at the end of a line.
func (l escalationLine) final() chart.Span { return l.at[len(l.at)-1] }

// rare is the sentence on R8, which has no precedent: the bound from history and no
// number of the model's tail, which the CSV has.
func (e *escalation) rare() string {
	found, bound := false, 0.0
	for _, a := range e.in.first(2) {
		if c := curveOf(e.in.armOf(a.Name), "R8", "any"); c != nil {
			found = true
			if chart.Finite(c.Bound) {
				bound = math.Max(bound, c.Bound)
			}
		}
	}
	if !found {
		return ""
	}
	s := harder("R8") + ": " + noNumber
	if bound > 0 {
		s += "; history excludes only more than " + chart.Chance(bound)
	}
	return s + "."
}

// turns says what the dotted lines stand for.
func (e *escalation) turns() string {
	var parts []string
	for _, t := range e.in.s.Run.Turns {
		parts = append(parts, t.Label+", "+e.in.begin.AddDate(0, 0, int(t.Day)).Format("January 2006"))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Dotted: " + strings.Join(parts, "; ") + "."
}

func (e *escalation) words() words {
	w := words{title: "How likely a public or harder step becomes over the years", lines: true}
	played := float64(e.in.s.Run.Draws * e.in.s.Run.Replicates) // says how sure a share of all or none is
	var parts []string
	for _, p := range e.panels {
		for _, l := range p.lines {
			end := chart.Ranged(chart.SureOf(l.final(), played), chart.Likely)
			parts = append(parts, fmt.Sprintf("%s, %s: %s", p.heading, l.arm.Label, end))
		}
	}
	w.alt = "Cumulative probability over time, by arm. At the end: " + strings.Join(parts, "; ") + ". " +
		e.rare() + chart.InParentheses
	return w
}

func (e *escalation) table() table {
	t := newTable("class", "cause", "arm", "day", "probability", "mc_low", "mc_high", "parameter_low", "parameter_high")
	for _, p := range e.panels {
		for _, l := range p.lines {
			for i, s := range l.at {
				t.add(p.class, p.cause, l.arm.Name, l.days[i], s.Value, s.MonteLow, s.MonteHigh, s.Low, s.High)
			}
		}
	}
	for _, a := range e.in.first(2) {
		if c := curveOf(e.in.armOf(a.Name), "R8", "any"); c != nil && len(c.Value) > 0 {
			n := len(c.Value) - 1
			day := math.NaN()
			if n < len(c.Days) {
				day = c.Days[n]
			}
			t.add("R8", "any", a.Name, day, c.Value[n], "", "", "", "")
			t.add("R8", "bound from history", a.Name, day, c.Bound, "", "", "", "")
		}
	}
	return t
}

func (e *escalation) draw(p *chart.Page, area chart.Rect) {
	area = intervalKey(p, area)
	if e.note != "" {
		lines := p.WrapTo(3, e.note, area.W, chart.Quiet)
		area.H -= chart.Multiple(len(lines), chart.LineStep) + 2
		p.Lines(area.X, area.Bottom()+chart.Ascent+4, lines, chart.Quiet)
	}
	var gutters [2]float64 // of the two columns
	rows := 2              // of a label, the same in every panel
	for _, panel := range e.panels {
		if low := area.Cell(0, 2, 0, 2, 14, 4).H - 2*chart.LineStep - 12; float64(2*len(panel.lines))*12 > low+14 {
			rows = 1
		}
	}
	for i, panel := range e.panels {
		gutters[i%2] = max(gutters[i%2], panel.gutter(p))
	}
	for i, panel := range e.panels {
		panel.draw(p, area.Cell(i/2, 2, i%2, 2, 14, 4), e.in, gutters[i%2], rows, i/2 == 1)
	}
}

// intervalKey names the two bands at the top of an area and returns the rest.
func intervalKey(p *chart.Page, area chart.Rect) chart.Rect {
	k := p.Key(area, area.Y+chart.Ascent)
	k.Item(22, chart.OverAssumptions, func(x, y float64) {
		p.Fill(chart.Box(x, y-5, 22, 10), chart.Tint(chart.Ink, chart.ParamTint))
		p.Line(x, y-5, x+22, y-5, .7, chart.Ink)
		p.Line(x, y+5, x+22, y+5, .7, chart.Ink)
	})
	k.Item(22, chart.OfSampling+" (both 95\u00a0% intervals)", func(x, y float64) {
		p.Fill(chart.Box(x, y-3, 22, 6), chart.Tint(chart.Ink, chart.MonteTint))
		p.Line(x, y, x+22, y, 1.6, chart.Ink)
	})
	return area.Inset(0, chart.LineStep+4, 0, 0)
}

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

// Labels at the end of lines [pt]: how wide they are without need, with the value beside
// the name and below it; what the plot keeps where a name needs more; the step of a line;
// and how far they reach above and below the plot.
var mostLabel = [3]float64{1: 127, 2: 106}

const (
	leastPlot  = 60
	labelStep  = 12.0
	labelAbove = 4.0 // a heading stands there
	labelBelow = 8.0
)

// endLabel is name and value of an arm at the end of its line.
type endLabel struct {
	texts []labelText
	lines int
	width float64
	cut   bool // something of the name is lost
}

type labelText struct {
	dx   float64 // from the left of the label
	line int
	s    string
	bold bool
}

// label sets the label of a line to a width, with so many lines for the name at most: in one
// row its value stands before it, in two below it or after its second line.
func (l escalationLine) label(p *chart.Page, width float64, rows, most int) endLabel {
	bold, value := chart.Plain.Heavy(), chart.Chance(l.final().Value)
	beside := p.Width(value+" ", chart.Plain)
	var d endLabel
	var names []string
	if rows == 1 {
		names = p.WrapTo(most, l.arm.Label, width-beside, bold)
		d.texts = []labelText{{0, 0, value, false}}
	} else {
		if names = p.WrapTo(most, l.arm.Label, width, bold); len(names) == 2 {
			names[1] = p.Shorten(names[1], width-beside, bold)
			d.texts = []labelText{{p.Width(names[1]+" ", bold), 1, value, false}}
		} else {
			d.texts = []labelText{{0, 1, value, false}}
		}
		beside = 0
	}
	for k, s := range names {
		d.texts = append(d.texts, labelText{beside, k, s, true})
	}
	for _, t := range d.texts {
		d.width = max(d.width, t.dx+p.Width(t.s+" ", chart.Style{Bold: t.bold}))
	}
	d.lines, d.cut = max(len(names), rows), !chart.Whole(names, l.arm.Label)
	return d
}

// labelRoom is the width of the labels beside a plot, which is given without them, and
// the most lines of a name: the usual width where every name has room there, else the
// least in which no name is cut, as long as something of the plot is left.
func (e escalationPanel) labelRoom(p *chart.Page, rows int, plot chart.Rect) (float64, int) {
	for room := mostLabel[rows]; room <= max(plot.W-leastPlot, mostLabel[rows]); room += 3 {
		width, lines, cut := 40.0, 0, false
		for _, l := range e.lines {
			d := l.label(p, room, rows, 2)
			width, lines, cut = max(width, d.width), lines+d.lines, cut || d.cut
		}
		if !cut && float64(lines)*labelStep <= plot.H+labelAbove+labelBelow {
			return width + .1, 2 // that rounding breaks no line
		}
	}
	return mostLabel[rows], rows
}

// labels writes name and value at the end of each line, below each other or, where
// that has no room, beside each other.
func (e escalationPanel) labels(p *chart.Page, plot chart.Rect, y chart.Scale, width float64, rows, most int) {
	var want, heights []float64
	var set []endLabel
	for _, l := range e.lines {
		d := l.label(p, width, rows, most)
		set, heights = append(set, d), append(heights, labelStep*float64(d.lines))
		want = append(want, y.At(l.final().Value))
	}
	for i, at := range chart.Stack(want, heights, plot.Y-labelAbove, plot.Bottom()+labelBelow) {
		shade, x := e.lines[i].arm.Color, plot.Right()+12
		p.Line(plot.Right()+1, want[i], x-2, at, .7, shade)
		first := at - chart.Multiple(set[i].lines-1, labelStep/2) + chart.Ascent/2
		for _, t := range set[i].texts {
			p.Text(x+t.dx, first+chart.Multiple(t.line, labelStep), t.s, chart.Style{Bold: t.bold, Color: shade})
		}
	}
}
