package figure

import (
	"fmt"
	"math"
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
	e := &escalation{in: in, panels: escalationPanels(in), note: strings.TrimSpace(in.rare() + " " + in.turns())}
	t := newTable("class cause arm day probability mc_low mc_high parameter_low parameter_high")
	played := float64(in.s.Run.Draws * in.s.Run.Replicates) // says how sure a share of all or none is
	var parts []string
	for _, p := range e.panels {
		for _, l := range p.lines {
			end := chart.Ranged(chart.SureOf(l.final(), played), chart.Likely)
			parts = append(parts, fmt.Sprintf("%s, %s: %s", p.heading, l.arm.Label, end))
			for i, s := range l.at {
				t.add(p.class, p.cause, l.arm.Name, l.days[i], s.Value, s.MonteLow, s.MonteHigh, s.Low, s.High)
			}
		}
	}
	for _, a := range in.first(2) {
		if c := curveOf(in.armOf(a.Name), "R8", "any"); c != nil {
			n := len(c.Value) - 1
			t.add("R8", "any", a.Name, c.Days[n], c.Value[n], "", "", "", "")
			t.add("R8", "bound from history", a.Name, c.Days[n], c.Bound, "", "", "", "")
		}
	}
	w := words{title: "How likely a public or harder step becomes over the years", lines: true}
	w.alt = "Cumulative probability over time, by arm. At the end: " + strings.Join(parts, "; ") + ". " +
		in.rare() + chart.InParentheses
	return picture{words: w, numbers: t, draw: e.draw, height: e.height(), key: intervalKey()}
}

func escalationPanels(in *input) []escalationPanel {
	out := []escalationPanel{{class: "R3", cause: "any"}, {class: "R3", cause: "misstep"}, {class: "R5", cause: "any"},
		{class: "R6", cause: "any"}}
	for i := range out {
		p := &out[i]
		if p.heading = harder(p.class); p.cause == "misstep" {
			p.heading = "A misstep (a public or harder step)"
		}
		for _, a := range in.arms {
			if c := curveOf(in.armOf(a.Name), p.class, p.cause); c != nil {
				p.lines = append(p.lines, lineOf(a, c))
			}
		}
	}
	return out
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

// lineOf starts a curve at 0 on day 0.
func lineOf(a chart.Arm, c *summary.Curve) escalationLine {
	l := escalationLine{arm: a, days: append([]float64{0}, c.Days...), at: []chart.Span{{Ok: true}}}
	for i, v := range c.Value {
		l.at = append(l.at, chart.Span{Value: v, MonteLow: c.MCLow[i], MonteHigh: c.MCHigh[i], Low: c.Low[i], High: c.High[i],
			Ok: true})
	}
	return l
}

// final is the value at the end of a line.
func (l escalationLine) final() chart.Span { return l.at[len(l.at)-1] }

// rare is the sentence on R8, which has no precedent: the bound from history and no
// number of the model's tail, which the CSV has.
func (in *input) rare() string {
	found, bound := false, 0.0
	for _, a := range in.first(2) {
		if c := curveOf(in.armOf(a.Name), "R8", "any"); c != nil {
			found = true
			bound = max(bound, c.Bound)
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
func (in *input) turns() string {
	var parts []string
	for _, t := range in.s.Run.Turns {
		parts = append(parts, t.Label+", "+in.begin.AddDate(0, 0, int(t.Day)).Format("January 2006"))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Dotted: " + strings.Join(parts, "; ") + "."
}

// intervalKey names the two bands.
func intervalKey() (k chart.Key) {
	k.Item(22, chart.OverAssumptions, func(p *chart.Page, x, y float64) {
		p.Fill(chart.Box(x, y-5, 22, 10), chart.Tint(chart.Ink, chart.ParamTint))
		p.Line(x, y-5, x+22, y-5, .7, chart.Ink)
		p.Line(x, y+5, x+22, y+5, .7, chart.Ink)
	})
	k.Item(22, chart.OfSampling+" (both 95\u00a0% intervals)", func(p *chart.Page, x, y float64) {
		p.Fill(chart.Box(x, y-3, 22, 6), chart.Tint(chart.Ink, chart.MonteTint))
		p.Line(x, y, x+22, y, 1.6, chart.Ink)
	})
	return k
}

// Around the plot of a panel, above it and below [pt]; the step of the labels at its right.
const (
	panelHead = chart.LineStep + 8
	panelFoot = chart.LineStep + 6
	labelStep = 12.0
	mostLabel = 130
)

// height is what the panels want: all labels have room beside their plot.
func (e *escalation) height() float64 {
	p, most := chart.NewPage(nil, 0), 5
	for _, q := range e.panels {
		lines := 0
		for _, l := range q.lines {
			lines += len(l.label(p).name)
		}
		most = max(most, lines)
	}
	note := p.WrapTo(3, e.note, chart.PageWidth-2*chart.Margin, chart.Quiet)
	return 2*(panelHead+chart.Multiple(most, labelStep)+panelFoot) + 8 + chart.Multiple(len(note), chart.LineStep)
}

func (e *escalation) draw(p *chart.Page, area chart.Rect) {
	note := p.WrapTo(3, e.note, area.W, chart.Quiet)
	area.H -= chart.Multiple(len(note), chart.LineStep)
	p.Lines(area.X, area.Bottom()+chart.Ascent+2, note, chart.Quiet)
	for i, panel := range e.panels {
		panel.draw(p, area.Cell(i/2, 2, i%2, 2, 14, 4), e.in)
	}
}

// draw draws one panel: heading, axes, bands, lines and their labels.
func (e escalationPanel) draw(p *chart.Page, r chart.Rect, in *input) {
	p.Title(r, e.heading)
	labels := 0.0
	for _, l := range e.lines {
		labels = max(labels, l.label(p).width)
	}
	y, ticks := e.scale()
	plot, y := p.Levels(r.Inset(0, panelHead, labels+14, panelFoot), y, ticks)
	x, years := chart.Years(in.begin, in.horizon(), plot.X, plot.Right())
	p.Below(plot, x, years)
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
	e.labels(p, plot, y)
}

// scale is linear from 0, or logarithmic where every line stays below one percent.
func (e escalationPanel) scale() (chart.Scale, []chart.Tick) {
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

// bands draws the parameter band pale with an edge, the Monte Carlo band dark, both so much thinner.
func (l escalationLine) bands(p *chart.Page, x, y chart.Scale, thinner float64) {
	low := l.points(x, y, func(s chart.Span) float64 { return s.Low })
	high := l.points(x, y, func(s chart.Span) float64 { return s.High })
	p.Band(low, high, chart.Tint(l.arm.Color, chart.ParamTint*thinner))
	p.Curve(low, .6, chart.Tint(l.arm.Color, .6), l.arm.Dash...)
	p.Curve(high, .6, chart.Tint(l.arm.Color, .6), l.arm.Dash...)
	low = l.points(x, y, func(s chart.Span) float64 { return s.MonteLow })
	high = l.points(x, y, func(s chart.Span) float64 { return s.MonteHigh })
	p.Band(low, high, chart.Tint(l.arm.Color, chart.MonteTint*thinner))
}

// points are those of a line, of its values or of an end of its intervals.
func (l escalationLine) points(x, y chart.Scale, of func(chart.Span) float64) []chart.Point {
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

func (l escalationLine) label(p *chart.Page) endLabel {
	bold := chart.Plain.Heavy()
	d := endLabel{value: chart.Chance(l.final().Value)}
	d.indent = p.Width(d.value+" ", chart.Plain)
	d.name = p.WrapTo(3, l.arm.Label, mostLabel-d.indent, bold)
	for _, s := range d.name {
		d.width = max(d.width, d.indent+p.Width(s, bold))
	}
	return d
}

// labels writes value and name at the end of each line.
func (e escalationPanel) labels(p *chart.Page, plot chart.Rect, y chart.Scale) {
	var want, heights []float64
	for _, l := range e.lines {
		want = append(want, y.At(l.final().Value))
		heights = append(heights, chart.Multiple(len(l.label(p).name), labelStep))
	}
	for i, at := range chart.Stack(want, heights, plot.Y-4, plot.Bottom()+4) {
		d, st, x := e.lines[i].label(p), chart.Plain.In(e.lines[i].arm.Color), plot.Right()+12
		p.Line(plot.Right()+1, want[i], x-2, at, .7, st.Color)
		base := at - float64(heights[i]/2) + float64(labelStep/2) + chart.Ascent/2
		p.Text(x, base, d.value, st)
		for k, s := range d.name {
			p.Text(x+d.indent, base+chart.Multiple(k, labelStep), s, st.Heavy())
		}
	}
}
