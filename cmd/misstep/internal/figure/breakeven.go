package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// BreakevenInput is what the figure of an effect over one number or two is made from.
type BreakevenInput struct {
	Name      string   // of the files; breakeven where empty
	Title     string   // a standard one where empty
	Subtitle  []string // parts: scenario, arms, sample, seed
	Rests     string   // what it rests on, for the source line; on assumptions where empty
	Finding   string   // a sentence above the panel; may be empty
	Intervals string   // what those of the effects are; sampling error where empty
	Outcome   string   // "missteps"
	Unit      string   // "per 100 cases"
	Goodness  int      // −1 lower is better, +1 higher is better, 0 neither
	Axes      []BreakevenAxis
	Effects   [][]Ranged   // by value of the second number (one row without it) and of the first
	Crossings []Ranged     // along one number: where the effect is zero
	Contour   [][4]float64 // over two: pieces of the line of zero effect, x and y of their ends
}

// BreakevenAxis is a number that is moved.
type BreakevenAxis struct {
	Label, Unit string
	Plain       string    // in words: what the number is, and whose; the label where empty
	Values      []float64 // ascending, two at least
	Today       float64   // the assumed median; NaN for none
	Low, High   float64   // central 90 % of what is believed; NaN for none
}

// Ranged is a value with an interval, NaN where there is none.
type Ranged struct{ Value, Low, High float64 }

// Breakeven is an effect along one number, with its zeros, or over two, with the line of zero effect.
func Breakeven(in *BreakevenInput) Figure {
	return newBreakeven(in).alone(cmp.Or(in.Name, "breakeven"))
}

// breakeven shows where an effect changes its sign.
type breakeven struct{ *BreakevenInput }

func newBreakeven(in *BreakevenInput) picture {
	b := &breakeven{in}
	title := "Where the effect on " + b.Outcome + " changes its sign"
	if b.Name == "sweep" {
		title = "The effect on " + b.Outcome + " over the sweep"
	}
	w := wordsOf(cmp.Or(b.Title, title), b.Subtitle, b.Rests)
	t := table{}
	for i := range b.Axes {
		t.head = append(t.head, b.Axes[i].Label)
	}
	t.head = append(t.head, "effect", "low", "high")
	if len(b.Axes) == 0 || len(b.Effects) == 0 {
		c := nothing(w, "No effect: nothing was varied, or no case was closed.")
		c.numbers = t
		return c
	}
	for k, row := range b.Effects {
		for i, e := range row {
			cells := []any{b.Axes[0].Values[i]}
			if len(b.Axes) == 2 {
				cells = append(cells, b.Axes[1].Values[k])
			}
			t.add(append(cells, e.Value, e.Low, e.High)...)
		}
	}
	if w.lead = b.Finding; w.lead != "" {
		w.alt = w.lead + ". "
	}
	n := len(b.Axes[0].Values)
	w.alt += fmt.Sprintf("The effect is %s at the lowest and %s at the highest value of %s.", b.Effects[0][0].text(),
		b.Effects[len(b.Effects)-1][n-1].text(), b.Axes[0].words()) + " In parentheses: " + b.intervals() + "."
	draw, key := b.drawCurve, b.curveKey()
	if len(b.Axes) == 2 {
		draw, key = b.drawPlane, b.planeKey()
	}
	return picture{words: w, numbers: t, height: 250, key: key, draw: func(p *chart.Page, area chart.Rect) {
		lines := p.WrapTo(4, b.says(), area.W, chart.Quiet)
		p.Lines(area.X, area.Y+chart.Ascent+1, lines, chart.Quiet)
		draw(p, area.Inset(0, chart.Multiple(len(lines), chart.LineStep)+10, 12, chart.LineStep+6))
	}}
}

// intervals says what those of the effects are.
func (b *breakeven) intervals() string { return cmp.Or(b.Intervals, chart.OfSampling+", 95\u00a0%") }

// text is the effect with its interval.
func (e Ranged) text() string {
	if !chart.Finite(e.Value) || !chart.Finite(e.Low) || !chart.Finite(e.High) {
		return chart.Signed(e.Value)
	}
	return chart.Signed(e.Value) + " (" + chart.Signed(e.Low) + " to " + chart.Signed(e.High) + ")"
}

// words are the number as people read it.
func (a *BreakevenAxis) words() string { return cmp.Or(a.Plain, a.Label) }

// says is what is drawn: effect on missteps, per 100 cases; → strength of “delay”.
func (b *breakeven) says() string {
	s := "effect on " + b.Outcome + ", " + b.Unit
	for i := range b.Axes {
		a := &b.Axes[i]
		s += []string{"; →\u00a0", "; ↑\u00a0"}[i] + a.words()
		if a.Unit != "" {
			s += " [" + a.Unit + "]"
		}
	}
	return s
}

func (a *BreakevenAxis) scale(from, to float64) chart.Scale {
	return chart.Scale{Lo: a.Values[0], Hi: a.Values[len(a.Values)-1], From: from, To: to}
}

// extent is the range of the effects, with zero in it; with their intervals, or without.
func (b *breakeven) extent(intervals bool) (lo, hi float64) {
	values := []float64{0}
	for _, e := range slices.Concat(b.Effects...) {
		values = append(values, e.Value)
		if intervals {
			values = append(values, e.Low, e.High)
		}
	}
	values = slices.DeleteFunc(values, func(v float64) bool { return !chart.Finite(v) })
	return slices.Min(values), slices.Max(values)
}

// side is how an effect is called and drawn.
type side struct {
	words string
	color color.NRGBA
}

// sides are those below zero and above it, by the goodness of an outcome.
var sides = map[int][2]side{
	-1: {{"better", chart.Help}, {"worse", chart.Harm}},
	0:  {{"lower", chart.Black}, {"higher", chart.Orange}},
	1:  {{"worse", chart.Harm}, {"better", chart.Help}},
}

// side is that of an effect.
func (b *breakeven) side(v float64) side {
	if v > 0 {
		return sides[b.Goodness][1]
	}
	return sides[b.Goodness][0]
}

// assumedMedian names the line and the cross of what a scenario takes a number to be.
const assumedMedian = "assumed median"

// drawCurve draws the effect along one number.
func (b *breakeven) drawCurve(p *chart.Page, area chart.Rect) {
	a := &b.Axes[0]
	lo, hi := b.extent(true)
	y := chart.Holding([]float64{lo, hi}, false, chart.Rect{})
	body, y := p.Levels(area.Inset(0, 0, 40, 0), y, chart.Ticks(chart.Steps(y.Lo, y.Hi, 5), chart.Axis))
	x := a.scale(body.X, body.Right())
	b.curve(p, x, y)
	p.Line(body.X, y.At(0), body.Right(), y.At(0), 1.2, chart.Ink)
	for i, at := range chart.Stack([]float64{y.At(hi) + 10, y.At(lo) - 2}, []float64{12, 12}, body.Y, body.Bottom()) {
		s := b.side(float64(1 - 2*i))
		p.Text(body.Right()+6, at, s.words, chart.Quiet) // a direction, and no verdict
	}
	p.Below(body, x, chart.Ticks(chart.Steps(x.Lo, x.Hi, 6), chart.Axis))
	if chart.Finite(a.Low) && chart.Finite(a.High) {
		p.Line(x.At(a.Low), body.Bottom(), x.At(a.High), body.Bottom(), 3, chart.Frame)
	}
	if x.Holds(a.Today) {
		p.Line(x.At(a.Today), body.Y, x.At(a.Today), body.Bottom(), 1.1, chart.Muted, 4, 2.5)
	}
	b.crossings(p, x, y.At(0))
}

// curveKey explains the lines.
func (b *breakeven) curveKey() (k chart.Key) {
	if chart.Finite(b.Axes[0].Today) {
		k.Line(1.1, chart.Muted, assumedMedian, 4, 2.5)
	}
	if chart.Finite(b.Axes[0].Low) {
		k.Line(3, chart.Frame, "90\u00a0% of what is believed of it")
	}
	if slices.ContainsFunc(b.Effects[0], func(e Ranged) bool { return chart.Finite(e.High - e.Low) }) {
		k.Box(9, chart.Tint(chart.Sky, .35), b.intervals())
	}
	var zeros []string
	for _, c := range b.Crossings {
		if s := chart.Number(c.Value); chart.Finite(c.Low) && chart.Finite(c.High) {
			zeros = append(zeros, s+" ("+chart.Number(c.Low)+" to "+chart.Number(c.High)+")")
		} else if chart.Finite(c.Value) {
			zeros = append(zeros, s)
		}
	}
	if len(zeros) > 0 {
		k.Mark(chart.Diamond, chart.Purple, "no effect at "+say.And(zeros))
	}
	return k
}

// curve draws the effect and its interval, as far as they are known.
func (b *breakeven) curve(p *chart.Page, x, y chart.Scale) {
	values, row := b.Axes[0].Values, b.Effects[0]
	for i, r := range row {
		at := x.At(values[i])
		if chart.Finite(r.Value) && len(row) <= 40 {
			p.Point(at, y.At(r.Value), 2.6, chart.Disc, chart.Ink)
		}
		if i == 0 {
			continue
		}
		l, before := row[i-1], x.At(values[i-1])
		if chart.Finite(l.High - l.Low + r.High - r.Low) {
			p.Band([]chart.Point{chart.Pt(before, y.At(l.Low)), chart.Pt(at, y.At(r.Low))},
				[]chart.Point{chart.Pt(before, y.At(l.High)), chart.Pt(at, y.At(r.High))}, chart.Tint(chart.Sky, .35))
		}
		if chart.Finite(l.Value) && chart.Finite(r.Value) {
			p.Line(before, y.At(l.Value), at, y.At(r.Value), 1.8, chart.Ink)
		}
	}
}

// crossings marks the zeros with their intervals on the line of zero effect.
func (b *breakeven) crossings(p *chart.Page, x chart.Scale, y float64) {
	for _, c := range b.Crossings {
		if !chart.Finite(c.Value) {
			continue
		}
		if chart.Finite(c.Low) && chart.Finite(c.High) {
			p.Line(x.At(c.Low), y, x.At(c.High), y, 4.5, chart.Tint(chart.Purple, .8))
		}
		p.Point(x.At(c.Value), y, 5, chart.Diamond, chart.Purple)
	}
}

// drawPlane draws the effect over two numbers as cells around the points.
func (b *breakeven) drawPlane(p *chart.Page, area chart.Rect) {
	ax, y := &b.Axes[0], b.Axes[1].scale(0, 0)
	body, y := p.Levels(area, y, chart.Ticks(chart.Steps(y.Lo, y.Hi, 5), chart.Axis))
	x := ax.scale(body.X, body.Right())
	lo, hi := b.extent(false)
	cells := b.cells(x, y)
	for _, c := range cells {
		p.Fill(c.Rect, b.shade(c.e, max(-lo, hi)))
	}
	p.Outline(body, .8, chart.Frame)
	cross := chart.Pt(math.Inf(1), 0)
	if x.Holds(ax.Today) && y.Holds(b.Axes[1].Today) {
		cross = chart.Pt(x.At(ax.Today), y.At(b.Axes[1].Today))
	}
	cellNumbers(p, cells, chart.DecimalsOf(max(hi, -lo)), cross)
	for _, c := range b.Contour {
		p.Line(x.At(c[0]), y.At(c[1]), x.At(c[2]), y.At(c[3]), 2.2, chart.Ink)
	}
	p.Below(body, x, chart.Ticks(chart.Steps(x.Lo, x.Hi, 6), chart.Axis))
	if chart.Finite(cross.X) {
		p.Point(cross.X, cross.Y, 6, chart.Disc, chart.White)
		p.Cross(cross.X, cross.Y, 4, chart.Ink)
	}
}

// effectCell is a value with its place.
type effectCell struct {
	chart.Rect
	e Ranged
}

// cells are the values around their points.
func (b *breakeven) cells(x, y chart.Scale) (out []effectCell) {
	xs, ys := edges(b.Axes[0].Values), edges(b.Axes[1].Values)
	for k, row := range b.Effects {
		for i, e := range row {
			left, top := x.At(xs[i]), y.At(ys[k+1])
			if chart.Finite(e.Value) {
				out = append(out, effectCell{chart.Box(left, top, x.At(xs[i+1])-left, y.At(ys[k])-top), e})
			}
		}
	}
	return out
}

// cellNumbers writes the effect into each cell, so that its sign does not hang on a
// colour: with two figures of the largest, with one where that has no room, and not at
// all where some cell has none. Below the cross of the assumed median stands no number.
func cellNumbers(p *chart.Page, cells []effectCell, most int, cross chart.Point) {
	for digits := most; digits >= max(most-1, 0); digits-- {
		if slices.ContainsFunc(cells, func(c effectCell) bool {
			return c.W < p.Width(say.Signed(c.e.Value, digits), chart.Plain)+4 || c.H < chart.Ascent+5
		}) {
			continue
		}
		for _, c := range cells {
			x, y := c.MiddleX(), c.MiddleY()
			if math.Abs(x-cross.X) > float64(c.W/2)+4 || math.Abs(y-cross.Y) > chart.Ascent/2+8 {
				p.Text(x, y+chart.Ascent/2, say.Signed(c.e.Value, digits), chart.Plain.To(chart.Middle))
			}
		}
		return
	}
}

// told reports whether zero is outside the interval of an effect.
func (e Ranged) told() bool { return e.Low > 0 || e.High < 0 }

// shade is stronger the farther an effect is from zero, and grey where that cannot be told from it.
func (b *breakeven) shade(e Ranged, most float64) color.NRGBA {
	if !e.told() || most == 0 {
		return chart.Pale
	}
	return chart.Tint(b.side(e.Value).color, .08+.72*math.Abs(e.Value)/most)
}

// edges are the middles between values, and the first and last one.
func edges(values []float64) []float64 {
	out := []float64{values[0]}
	for i := 1; i < len(values); i++ {
		out = append(out, (values[i-1]+values[i])/2)
	}
	return append(out, values[len(values)-1])
}

// planeKey explains the colours.
func (b *breakeven) planeKey() (k chart.Key) {
	lo, hi := b.extent(false)
	least, most, grey := Ranged{}, Ranged{}, false
	for _, e := range slices.Concat(b.Effects...) {
		switch {
		case !chart.Finite(e.Value):
		case !e.told():
			grey = true
		case e.Value < least.Value:
			least = e
		case e.Value > most.Value:
			most = e
		}
	}
	for _, e := range []Ranged{least, most} {
		if e.Value != 0 {
			k.Box(12, b.shade(e, max(-lo, hi)), b.side(e.Value).words+", up to "+e.text())
		}
	}
	if grey {
		k.Box(12, chart.Pale, "zero within "+b.intervals())
	}
	if len(b.Contour) > 0 {
		k.Line(2.2, chart.Ink, "no effect")
	}
	k.Item(10, assumedMedian, func(p *chart.Page, x, y float64) { p.Cross(x+5, y, 4, chart.Ink) })
	return k
}
