package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Chart shows how probable something has become by each day, in panels that stand
// side by side where there is room. Its lines are drawn as a part of the page, so
// that they keep their size of letters on a telephone and their values can be read
// off.
type Chart struct {
	ID      string
	Title   string
	Arms    []string // names of the arms as people read them, in the order of their looks
	Panels  []Panel
	Start   time.Time
	Horizon float64 // [d] > 0
	Band    string  // what the bands are
	Caption Text
	Source  Source
	File    string // of a picture that stands in for the chart in Markdown; empty: none
}

// Panel is one quantity in every arm.
type Panel struct {
	Title string
	Alt   string
	Lines []Line
}

// Line is one arm of a panel: probabilities in [0, 1] with an interval, at the days.
type Line struct {
	Arm              int // index into [Chart.Arms]
	Days             []float64
	Value, Low, High []float64
	Banded           bool // the interval is drawn
}

// kind is "chart".
func (Chart) kind() string { return "chart" }

// The drawing [px], at which letters of 13 px are as large as those of the text.
const (
	chartWidth  = 360
	chartHeight = 250
	chartLeft   = 34
	chartRight  = 70
	chartTop    = 12
	chartBottom = 30
)

// Tick is a mark on an axis.
type Tick struct {
	At    string // [px]
	Label string
}

func (c Chart) x(day float64) float64 {
	return chartLeft + float64(min(max(day/c.Horizon, 0), 1)*(chartWidth-chartLeft-chartRight))
}

func y(p float64) float64 {
	return chartHeight - chartBottom - float64(min(max(p, 0), 1)*(chartHeight-chartTop-chartBottom))
}

// XTicks are the marks of the time axis: whole years or months, five at most.
func (c Chart) XTicks() []Tick {
	var out []Tick
	for _, months := range []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600} {
		out = c.ticks(months)
		if len(out) <= 5 {
			break
		}
	}
	return out
}

// ticks are the marks at every so many months, counted from a year that they divide.
func (c Chart) ticks(months int) []Tick {
	var out []Tick
	year := c.Start.Year()
	if months >= 12 {
		year -= year % (months / 12)
	}
	for at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); ; at = at.AddDate(0, months, 0) {
		day := at.Sub(c.Start).Hours() / 24
		if day > c.Horizon {
			return out
		}
		if day < 0 {
			continue
		}
		label := at.Format("2006")
		if months < 12 {
			label = at.Format("Jan 06")
		}
		out = append(out, Tick{short(c.x(day)), label})
	}
}

// YTicks are the marks of the axis of probability.
func (c Chart) YTicks() []Tick {
	var out []Tick
	for _, p := range []float64{0, .25, .5, .75, 1} {
		out = append(out, Tick{short(y(p)), fmt.Sprintf("%.0f", 100*p)})
	}
	return out
}

// Path is the line as a path of SVG.
func (c Chart) Path(l Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%s,%s", short(c.x(0)), short(y(0)))
	for i, d := range l.Days {
		fmt.Fprintf(&b, "L%s,%s", short(c.x(d)), short(y(l.Value[i])))
	}
	return b.String()
}

// Area is the band of the line as a path of SVG.
func (c Chart) Area(l Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%s,%s", short(c.x(0)), short(y(0)))
	for i, d := range l.Days {
		fmt.Fprintf(&b, "L%s,%s", short(c.x(d)), short(y(l.High[i])))
	}
	for i := len(l.Days) - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "L%s,%s", short(c.x(l.Days[i])), short(y(l.Low[i])))
	}
	return b.String() + "Z"
}

// labelGap is the least distance between the values at the ends of lines [px].
const labelGap = 14

// End is the value at the end of a line, with a piece of the line before it, for
// colours and dashes tell lines apart where values lie together.
type End struct {
	At, Mark string // [px] of the letters' foot, and of the line's height
	Label    string
}

// Ends are the last values of a panel's lines in their order from above, moved apart
// where they would cover each other: down from the highest, then up from the floor.
func (c Chart) Ends(p Panel) []End {
	at, last := make([]float64, len(p.Lines)), make([]float64, len(p.Lines))
	order := make([]int, len(p.Lines))
	for i, l := range p.Lines {
		if n := len(l.Value); n > 0 {
			last[i] = l.Value[n-1]
		}
		at[i], order[i] = y(last[i]), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	for k := 1; k < len(order); k++ {
		at[order[k]] = max(at[order[k]], at[order[k-1]]+labelGap)
	}
	floor := y(0) + 4
	for k := len(order) - 1; k >= 0; k-- {
		at[order[k]] = min(at[order[k]], floor)
		floor = at[order[k]] - labelGap
	}
	out := make([]End, len(p.Lines))
	for i := range out {
		out[i] = End{short(at[i] + 4), short(at[i]), Percent(last[i])}
	}
	return out
}

// Percent writes a share in whole percent, without claiming certainty.
func Percent(p float64) string {
	switch {
	case p > 0 && p < .005:
		return "< 1 %"
	case p < 1 && p > .995:
		return "> 99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}

// Readings are the dates at which values can be read off, one for each point of the
// lines.
func (c Chart) Readings() string {
	if len(c.Panels) == 0 || len(c.Panels[0].Lines) == 0 {
		return ""
	}
	var out []string
	for _, d := range c.Panels[0].Lines[0].Days {
		out = append(out, c.Start.Add(time.Duration(d*24)*time.Hour).Format("January 2006"))
	}
	return strings.Join(out, "|")
}

// Marks are the places of the readings on the axis [px].
func (c Chart) Marks() string {
	if len(c.Panels) == 0 || len(c.Panels[0].Lines) == 0 {
		return ""
	}
	return c.join(c.Panels[0].Lines[0].Days, func(d float64) string { return short(c.x(d)) })
}

// Shown are the values of a line with their intervals, one for each reading.
func (c Chart) Shown(l Line) string {
	var out []string
	for i := range l.Days {
		out = append(out, fmt.Sprintf("%s (%.0f to %.0f)", Percent(l.Value[i]), 100*l.Low[i], 100*l.High[i]))
	}
	return strings.Join(out, "|")
}

func (c Chart) join(list []float64, write func(float64) string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = write(v)
	}
	return strings.Join(out, "|")
}

// Geometry of the drawing for the template.
func (c Chart) Geometry() map[string]int {
	return map[string]int{"Width": chartWidth, "Height": chartHeight, "Left": chartLeft, "Right": chartWidth - chartRight,
		"Top": chartTop, "Bottom": chartHeight - chartBottom, "Below": chartHeight - 9, "Label": chartWidth - chartRight + 5}
}
