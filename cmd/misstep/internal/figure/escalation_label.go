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
