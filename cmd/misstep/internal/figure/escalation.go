package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
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
