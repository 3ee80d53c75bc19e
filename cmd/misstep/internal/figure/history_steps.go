package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// stepGroup is steps that stand so close that they share a label.
type stepGroup struct {
	events []Event
	from   float64 // of the first mark and of the last [pt]
	to     float64
}

// belowMarks is the height of a lane in which labels stand below their marks.
const belowMarks = 19.5

// acts draws steps labelled with their rungs: below them, or in a narrow lane behind
// the last of a group.
func (c *history) acts(p *chart.Page, r chart.Rect, x chart.Scale, l Lane, size float64) {
	y, base := r.MiddleY(), r.MiddleY()+float64(size*.36)
	below := r.H >= belowMarks
	if below {
		y, base = r.Y+max(4.2, float64(r.H*.27)), r.Bottom()-max(1, float64(r.H*.1))
	}
	for _, marked := range []bool{false, true} { // missteps on top
		for _, e := range l.Events {
			if m, shade := stepLook(e, l.Kind); e.Misstep == marked {
				p.Point(x.At(e.Day), y, 3.4, m, shade)
			}
		}
	}
	st := func(g stepGroup) chart.Style { return g.style(size) }
	for _, g := range stepGroups(p, x, l.Events, below, st) {
		if s := g.label(); s != "" {
			left, _ := g.place(p, x, below, st(g))
			p.Text(left, base, s, st(g))
		}
	}
}

// stepGroups joins neighbours until no label runs into the next group.
func stepGroups(p *chart.Page, x chart.Scale, events []Event, below bool, st func(stepGroup) chart.Style) []stepGroup {
	var out []stepGroup
	for _, e := range events {
		at := x.At(e.Day)
		out = append(out, stepGroup{[]Event{e}, at, at})
		for n := len(out) - 1; n > 0; n-- {
			_, end := out[n-1].place(p, x, below, st(out[n-1]))
			if start, _ := out[n].place(p, x, below, st(out[n])); end+3 <= min(start, out[n].from-4+labelRise(below)) {
				break
			}
			out[n-1].events, out[n-1].to = append(out[n-1].events, out[n].events...), out[n].to
			out = out[:n]
		}
	}
	return out
}

// labelRise lets a label run under the next mark where it stands below.
func labelRise(below bool) float64 {
	if below {
		return math.Inf(1)
	}
	return 0
}

// place is where the label of a group begins and ends.
func (g stepGroup) place(p *chart.Page, x chart.Scale, below bool, st chart.Style) (left, right float64) {
	w := p.Width(g.label(), st)
	left = g.to + 6
	if below {
		left = min(max((g.from+g.to-w)/2, x.From-8), x.To+34-w)
	} else if left+w > x.To+34 { // no room behind the last mark
		left = g.from - 6 - w
	}
	return left, left + w
}

// label is the rung of a group, or the lowest and the highest.
func (g stepGroup) label() string {
	low, high := "", ""
	for _, e := range g.events {
		s := e.Label
		if s == "" && e.Rung >= 0 && e.Rung < len(standard.Rungs) {
			s = standard.Rungs[e.Rung].Code
		}
		switch {
		case s == "":
		case low == "":
			low, high = s, s
		default:
			low, high = min(low, s), max(high, s)
		}
	}
	if low == high {
		return low
	}
	return low + "–" + high
}

// style is bold and in the colour of harm where every step of a group is a misstep.
func (g stepGroup) style(size float64) chart.Style {
	shade := chart.Harm
	for _, e := range g.events {
		if !e.Misstep {
			shade = color.NRGBA{}
		}
	}
	return chart.Style{Size: size, Bold: shade == chart.Harm, Color: shade}
}
