package figure

import (
	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

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

// endLabel is the name of an arm at the end of its line, in one line or two.
type endLabel struct {
	lines []string
	width float64 // with the value
	cut   bool    // something of the name is lost
}

// label sets the name of a line to a width, in so many lines at most: in one row its value
// stands before it, in two below it or after its second line.
func (l escalationLine) label(p *chart.Page, width float64, rows, most int) endLabel {
	bold := chart.Plain.Heavy()
	value := p.Width(l.final()+" ", chart.Plain)
	var d endLabel
	if rows == 1 {
		d.lines = p.WrapTo(most, l.arm.Label, width-value, bold)
	} else if d.lines = p.WrapTo(most, l.arm.Label, width, bold); len(d.lines) == 2 {
		d.lines[1] = p.Shorten(d.lines[1], width-value, bold)
	}
	for i, s := range d.lines {
		w := p.Width(s, bold)
		if rows == 1 || i == 1 {
			w += value
		}
		d.width = max(d.width, w, value)
	}
	d.cut = !chart.Whole(d.lines, l.arm.Label)
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
			width, lines, cut = max(width, d.width), lines+max(len(d.lines), rows), cut || d.cut
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
	want, heights, set := make([]float64, len(e.lines)), make([]float64, len(e.lines)), make([]endLabel, len(e.lines))
	for i, l := range e.lines {
		want[i] = y.At(l.value[len(l.value)-1])
		set[i] = l.label(p, width, rows, most)
		heights[i] = labelStep * float64(max(len(set[i].lines), rows))
	}
	for i, at := range chart.Stack(want, heights, plot.Y-labelAbove, plot.Bottom()+labelBelow) {
		l := e.lines[i]
		x := plot.Right() + 12
		name, value := chart.Plain.Heavy().In(l.arm.Color), chart.Plain.In(l.arm.Color)
		lines := set[i].lines
		if rows == 1 { // the leader comes to the value
			first := at - chart.Multiple(len(lines)-1, labelStep/2)
			p.Line(plot.Right()+1, want[i], x-2, first, .7, l.arm.Color)
			next := p.Text(x, first+chart.Ascent/2, l.final()+" ", value)
			for k, s := range lines {
				p.Text(next, first+chart.Ascent/2+chart.Multiple(k, labelStep), s, name)
			}
			continue
		}
		p.Line(plot.Right()+1, want[i], x-2, at, .7, l.arm.Color)
		p.Text(x, at-1.5, lines[0], name)
		if len(lines) == 2 {
			x = p.Text(x, at+10.5, lines[1]+" ", name)
		}
		p.Text(x, at+10.5, l.final(), value)
	}
}
