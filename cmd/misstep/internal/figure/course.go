package figure

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// course is the paired difference over time between the headline's arms in the probability of a
// misstep, in percentage points.
type course struct {
	in                  *input
	baseline, treatment chart.Arm
	days                []float64
	at                  []chart.Span
	verdict             summary.Verdict
	whole               *summary.Measure // at the end, in both arms
}

// courseHeight is what the panel wants [pt].
const courseHeight = 146

// newCourse is nil where a run has one arm, or was stored before it had a course.
func newCourse(in *input) *course {
	if len(in.s.Contrasts) == 0 || len(in.s.Contrasts[0].Course) == 0 {
		return nil
	}
	contrast := &in.s.Contrasts[0]
	c := &course{in: in, baseline: in.lookOf(contrast.Baseline), treatment: in.lookOf(contrast.Treatment),
		days: []float64{0}, at: []chart.Span{{Ok: true}}, verdict: summary.Unclear, whole: contrast.Measure("any_misstep")}
	for _, m := range contrast.Course {
		c.days, c.at = append(c.days, m.Day), append(c.at, spanOf(say.Scaled(m.Difference, 100)))
	}
	if c.whole != nil {
		c.verdict = c.whole.Verdict
	}
	return c
}

func (c *course) final() chart.Span { return c.at[len(c.at)-1] }

// ranged reports whether a range over assumptions is drawn.
func (c *course) ranged() bool {
	return slices.ContainsFunc(c.at, func(s chart.Span) bool { return s.Resolved && s.Low < s.High })
}

// says is the difference at the end in words.
func (c *course) says() string {
	return fmt.Sprintf("a misstep, %s − %s: %s percentage points (%s)", c.treatment.Label, c.baseline.Label,
		chart.Interval(c.final(), c.in.s.Run.Uncertain()), forest.OfDifference(c.verdict).Words)
}

// lead is what the figure has found.
func (c *course) lead() string {
	difference := strings.Replace(chart.Interval(c.final(), c.in.s.Run.Uncertain()), " (", " points (", 1)
	if !strings.Contains(difference, "(") {
		difference += " points"
	}
	s := fmt.Sprintf("%s after %s: %s", say.Capital(forest.OfDifference(c.verdict).Words), c.long(), difference)
	if c.verdict == summary.Unknown {
		s = fmt.Sprintf("After %s %s, how sure one replicate does not tell", c.long(),
			strings.Replace(difference, " (not resolved)", "", 1))
	}
	if c.whole == nil {
		return s
	}
	return fmt.Sprintf("%s; %s %s, %s %s", s, chart.Chance(c.whole.Baseline.Value), c.baseline.Label,
		chart.Chance(c.whole.Treatment.Value), c.treatment.Label)
}

// long is the length of the window.
func (c *course) long() string {
	if years := c.in.horizon() / 365.25; years >= 1.5 {
		return say.Number(years, 0) + " years"
	}
	return say.Number(c.in.horizon(), 0) + " days"
}

func (c *course) rows(t *table) {
	for _, m := range c.in.s.Contrasts[0].Course {
		s := spanOf(m.Difference)
		low, high := s.Ends()
		least, most := s.MonteEnds()
		t.add("difference", "misstep", c.treatment.Name, m.Day, s.Value, least, most, low, high)
	}
}

// whiskers is how many of the moments of a course have their range over assumptions drawn.
const whiskers = 5

// draw draws the difference as a line around zero: sampling error is a band, the range over the
// assumptions a whisker on some days.
func (c *course) draw(p *chart.Page, r chart.Rect) {
	p.Title(r, "Futures with a misstep: difference in percentage points")
	value, _, _ := strings.Cut(chart.Interval(c.final(), c.in.s.Run.Uncertain()), " (") // as the lead writes it
	y, ticks := c.scale()
	k := forest.OfDifference(c.verdict)
	st := chart.Plain.Heavy().In(k.Color)
	plot, y := p.Levels(r.Inset(0, panelHead, p.Width(value, st)+16, panelFoot), y, ticks)
	x, years := chart.Years(c.in.begin, c.in.horizon(), plot.X, plot.Right())
	p.Below(plot, x, years)
	p.Line(plot.X, y.At(0), plot.Right(), y.At(0), 1.1, chart.Frame)
	c.in.marked(p, plot, x)
	of := func(f func(chart.Span) float64) (pts []chart.Point) {
		for i, s := range c.at {
			pts = append(pts, chart.Pt(x.At(c.days[i]), y.At(f(s))))
		}
		return pts
	}
	low := of(func(s chart.Span) float64 { return s.MonteLow })
	high := of(func(s chart.Span) float64 { return s.MonteHigh })
	p.Band(low, high, chart.Tint(k.Color, chart.MonteTint))
	c.whisk(p, x, y, k)
	p.Curve(of(func(s chart.Span) float64 { return s.Value }), 2, k.Color)
	end := chart.Pt(x.At(c.days[len(c.days)-1]), y.At(c.final().Value))
	p.Point(end.X, end.Y, 3.6, k.Mark, k.Color)
	p.Text(end.X+8, end.Y+chart.Ascent/2, value, st)
	for i, s := range []string{"↑ more ", "↓ fewer "} {
		base := []float64{plot.Y + chart.Ascent + 1, plot.Bottom() - 5}[i]
		p.Text(plot.X+5, base, p.Shorten(s+under(c.treatment), plot.W-10, chart.Quiet), chart.Quiet)
	}
}

// scale holds zero and all that is drawn.
func (c *course) scale() (chart.Scale, []chart.Tick) {
	values := []float64{-1e-3, 1e-3}
	for i, s := range c.at {
		values = append(values, s.MonteLow, s.MonteHigh)
		if c.whisked(i) {
			values = append(values, s.Low, s.High)
		}
	}
	s := chart.Holding(values, false, chart.Box(0, 0, 1, 1))
	room := float64(.16 * (s.Hi - s.Lo)) // for words above and below
	s.Lo, s.Hi = s.Lo-room, s.Hi+room
	return s, chart.Ticks(chart.Steps(s.Lo, s.Hi, 4), func(v float64) string {
		if v > 0 {
			return "+" + chart.Axis(v)
		}
		return chart.Axis(v)
	})
}

// whisked reports whether a moment has its range over the assumptions drawn.
func (c *course) whisked(i int) bool {
	every := max(1, (len(c.at)-1)/whiskers)
	return i > 0 && (len(c.at)-1-i)%every == 0 && c.at[i].Resolved && c.at[i].Low < c.at[i].High
}

func (c *course) whisk(p *chart.Page, x, y chart.Scale, k forest.Look) {
	for i, s := range c.at {
		if c.whisked(i) {
			upright(p, x.At(c.days[i]), y.At(s.Low), y.At(s.High), k.Color)
		}
	}
}

// upright is a range over assumptions as a line with ends.
func upright(p *chart.Page, x, low, high float64, c color.NRGBA) {
	p.Line(x, low, x, high, 1.1, c)
	p.Line(x-2.6, low, x+2.6, low, 1.1, c)
	p.Line(x-2.6, high, x+2.6, high, 1.1, c)
}
