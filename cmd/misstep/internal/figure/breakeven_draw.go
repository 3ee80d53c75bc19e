package figure

import (
	"image/color"
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// hue is the colour of an effect: blue for the better, vermillion for the worse; black
// and orange where neither is.
func (b *breakeven) hue(v float64) color.NRGBA {
	switch {
	case b.in.Goodness == 0 && v > 0:
		return chart.Orange
	case b.in.Goodness == 0:
		return chart.Black
	case v*float64(b.in.Goodness) > 0:
		return chart.Help
	}
	return chart.Harm
}

// side says what an effect above or below zero is.
func (b *breakeven) side(above bool) string {
	switch {
	case b.in.Goodness == 0 && above:
		return "higher"
	case b.in.Goodness == 0:
		return "lower"
	case above == (b.in.Goodness > 0):
		return "better"
	}
	return "worse"
}

// assumedMedian names the line and the cross of what a scenario takes a number to be.
const assumedMedian = "assumed median"

// Margins of the panel: left of it, and right of it along one number and over two [pt].
const (
	breakevenLeft  = 44
	breakevenRight = 52
	breakevenKey   = 142
)

// below is the title of the first number's axis, in lines.
func (b *breakeven) below(p *chart.Page, area chart.Rect) []string {
	title, width := b.in.Axes[0].axisTitle(), area.W-breakevenLeft-breakevenRight
	if len(b.in.Axes) == 2 {
		title, width = title+" →", area.W-breakevenLeft-breakevenKey
	}
	return p.WrapTo(2, title, width, chart.Plain)
}

// beside is the title of the second number's axis, in lines above the panel.
func (b *breakeven) beside(p *chart.Page, area chart.Rect) []string {
	return p.WrapTo(2, "↑ "+b.in.Axes[1].axisTitle(), area.W, chart.Plain)
}

// quantity is what is drawn: effect on missteps, per 100 cases.
func (b *breakeven) quantity() string { return "effect on " + b.in.Outcome + ", " + b.in.Unit }

// drawCurve draws the effect along one number.
func (b *breakeven) drawCurve(p *chart.Page, area chart.Rect) {
	a := &b.in.Axes[0]
	p.Text(area.X, area.Y+chart.Ascent+1, p.Shorten(b.quantity(), area.W, chart.Quiet), chart.Quiet)
	title := b.below(p, area)
	body := area.Inset(breakevenLeft, chart.LineStep+6, breakevenRight, chart.Multiple(len(title)+2, chart.LineStep)+8)
	x := a.scale(body.X, body.Right())
	lo, hi := b.extent(true)
	if lo == hi {
		lo, hi = -1, 1
	}
	pad := float64((hi - lo) * .06)
	y := chart.Scale{Lo: lo - pad, Hi: hi + pad, From: body.Bottom(), To: body.Y}
	p.Levels(body, y, chart.Ticks(chart.Steps(y.Lo, y.Hi, 5), chart.Axis))
	b.band(p, x, y)
	p.Line(body.X, y.At(0), body.Right(), y.At(0), 1.2, chart.Ink)
	p.Text(body.Right()+6, y.At(hi)+chart.Ascent/2+5, b.side(true), chart.Plain.In(b.hue(1)))
	if y.At(lo)-y.At(hi) > 2*chart.LineStep {
		p.Text(body.Right()+6, y.At(lo)+chart.Ascent/2-5, b.side(false), chart.Plain.In(b.hue(-1)))
	}
	row := b.in.Effects[0]
	for i := range row {
		if i > 0 && chart.Finite(row[i-1].Value) && chart.Finite(row[i].Value) {
			p.Line(x.At(a.Values[i-1]), y.At(row[i-1].Value), x.At(a.Values[i]), y.At(row[i].Value), 1.8, chart.Ink)
		}
		if chart.Finite(row[i].Value) && len(row) <= 40 {
			p.Point(x.At(a.Values[i]), y.At(row[i].Value), 2.6, chart.Disc, chart.Ink)
		}
	}
	b.axisBelow(p, a, x, body, title)
	b.crossings(p, x, y.At(0))
	if v := a.Today; x.Holds(v) {
		p.Line(x.At(v), body.Y, x.At(v), body.Bottom(), 1.1, chart.Muted, 4, 2.5)
		w := p.Width(assumedMedian, chart.Quiet)
		left := x.At(v) + 4
		if left+w > chart.PageWidth-chart.Margin {
			left = x.At(v) - 4 - w
		}
		p.Text(left, body.Y-3, assumedMedian, chart.Quiet)
	}
}

// band draws the interval of the curve.
func (b *breakeven) band(p *chart.Page, x, y chart.Scale) {
	a, row := &b.in.Axes[0], b.in.Effects[0]
	for i := 1; i < len(row); i++ {
		l, r := row[i-1], row[i]
		if chart.Finite(l.Low) && chart.Finite(l.High) && chart.Finite(r.Low) && chart.Finite(r.High) {
			x1, x2 := x.At(a.Values[i-1]), x.At(a.Values[i])
			p.Area([]chart.Point{chart.Pt(x1, y.At(l.Low)), chart.Pt(x2, y.At(r.Low)),
				chart.Pt(x2, y.At(r.High)), chart.Pt(x1, y.At(l.High))}, chart.Tint(chart.Sky, .35))
		}
	}
}

// axisBelow labels a number below its panel, with a bar of what is believed of it.
func (b *breakeven) axisBelow(p *chart.Page, a *BreakevenAxis, x chart.Scale, body chart.Rect, title []string) {
	p.Below(body, x, chart.Ticks(chart.Steps(x.Lo, x.Hi, 6), chart.Axis))
	y := p.Lines(body.MiddleX(), body.Bottom()+2*chart.LineStep+2, title, chart.Plain.To(chart.Middle))
	if chart.Finite(a.Low) && chart.Finite(a.High) && a.High > x.Lo && a.Low < x.Hi {
		p.Line(x.At(a.Low), y-9, x.At(a.High), y-9, 3, chart.Frame)
		const words = "90\u00a0% of what is believed of it"
		w := p.Width(words, chart.Quiet)
		at := min(max(float64((x.At(a.Low)+x.At(a.High))/2)-float64(w/2), chart.Margin), chart.PageWidth-chart.Margin-w)
		p.Text(at, y+4, words, chart.Quiet)
	}
}

// crossings marks the zeros with their intervals on the line of zero effect.
func (b *breakeven) crossings(p *chart.Page, x chart.Scale, y float64) {
	for _, c := range b.in.Crossings {
		if !chart.Finite(c.Value) {
			continue
		}
		s := chart.Number(c.Value)
		if chart.Finite(c.Low) && chart.Finite(c.High) {
			p.Line(x.At(c.Low), y, x.At(c.High), y, 4.5, chart.Tint(chart.Purple, .8))
			s += " [" + chart.Number(c.Low) + ", " + chart.Number(c.High) + "]"
		}
		p.Point(x.At(c.Value), y, 5, chart.Diamond, chart.Purple)
		st := chart.Plain.Heavy()
		w := p.Width(s, st)
		left := min(max(x.At(c.Value)-float64(w/2), x.From+2), x.To-w-2)
		p.Fill(chart.Box(left-3, y+7, w+6, chart.LineStep), chart.Tint(chart.White, .85))
		p.Text(left, y+7+chart.Ascent+2, s, st)
	}
}

// drawPlane draws the effect over two numbers as cells around the points.
func (b *breakeven) drawPlane(p *chart.Page, area chart.Rect) {
	ax, ay := &b.in.Axes[0], &b.in.Axes[1]
	above, title := b.beside(p, area), b.below(p, area)
	p.Lines(area.X, area.Y+chart.Ascent+1, above, chart.Plain)
	body := area.Inset(breakevenLeft, chart.Multiple(len(above), chart.LineStep)+4,
		breakevenKey, chart.Multiple(len(title)+1, chart.LineStep)+8)
	x, y := ax.scale(body.X, body.Right()), ay.scale(body.Bottom(), body.Y)
	lo, hi := b.extent(false)
	cells := b.cells(x, y)
	for _, c := range cells {
		p.Fill(c.Rect, b.shade(c.v, max(-lo, hi)))
	}
	p.Outline(body, .8, chart.Frame)
	today := x.Holds(ax.Today) && y.Holds(ay.Today)
	cross := chart.Pt(math.Inf(1), 0)
	if today {
		cross = chart.Pt(x.At(ax.Today), y.At(ay.Today))
	}
	cellNumbers(p, cells, chart.DecimalsOf(max(hi, -lo)), cross)
	for _, c := range b.in.Contour {
		p.Line(x.At(c[0]), y.At(c[1]), x.At(c[2]), y.At(c[3]), 2.2, chart.Ink)
	}
	for _, v := range chart.Steps(y.Lo, y.Hi, 5) {
		p.Line(body.X-3, y.At(v), body.X, y.At(v), .8, chart.Frame)
		p.Text(body.X-6, y.At(v)+chart.Ascent/2, chart.Axis(v), chart.Quiet.To(chart.End))
	}
	p.Below(body, x, chart.Ticks(chart.Steps(x.Lo, x.Hi, 6), chart.Axis))
	p.Lines(body.MiddleX(), body.Bottom()+2*chart.LineStep+2, title, chart.Plain.To(chart.Middle))
	if today {
		p.Point(cross.X, cross.Y, 6, chart.Disc, chart.White)
		p.Cross(cross.X, cross.Y, 4, chart.Ink)
	}
	b.planeKey(p, chart.Box(body.Right()+14, body.Y, area.Right()-body.Right()-14, body.H), lo, hi, today)
}

// effectCell is a value with its place.
type effectCell struct {
	chart.Rect
	v float64
}

// cells are the values around their points.
func (b *breakeven) cells(x, y chart.Scale) (out []effectCell) {
	xs, ys := edges(b.in.Axes[0].Values), edges(b.in.Axes[1].Values)
	for k, row := range b.in.Effects {
		for i, e := range row {
			left, top := x.At(xs[i]), y.At(ys[k+1])
			if chart.Finite(e.Value) {
				out = append(out, effectCell{chart.Box(left, top, x.At(xs[i+1])-left, y.At(ys[k])-top), e.Value})
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
			return c.W < p.Width(chart.WithSign(c.v, digits), chart.Plain)+4 || c.H < chart.Ascent+5
		}) {
			continue
		}
		for _, c := range cells {
			x, y := c.MiddleX(), c.MiddleY()
			if math.Abs(x-cross.X) > float64(c.W/2)+4 || math.Abs(y-cross.Y) > chart.Ascent/2+8 {
				p.Text(x, y+chart.Ascent/2, chart.WithSign(c.v, digits), chart.Plain.To(chart.Middle))
			}
		}
		return
	}
}

// shade is stronger the farther an effect is from zero.
func (b *breakeven) shade(v, most float64) color.NRGBA {
	if v == 0 || most == 0 {
		return chart.Pale
	}
	return chart.Tint(b.hue(v), .08+.72*math.Abs(v)/most)
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
func (b *breakeven) planeKey(p *chart.Page, r chart.Rect, lo, hi float64, today bool) {
	y := p.Lines(r.X, r.Y+chart.Ascent, p.WrapTo(3, b.quantity(), r.W, chart.Quiet), chart.Quiet) + 2
	k := p.Key(r, y)
	k.Down = true
	for _, v := range []float64{hi, hi / 2, 0, lo / 2, lo} {
		if v == 0 && (hi == 0 || lo == 0) {
			continue
		}
		s := chart.Signed(v)
		if v == hi && v > 0 || v == lo && v < 0 {
			s += " " + b.side(v > 0)
		}
		k.Item(18, s, func(x, y float64) { p.Fill(chart.Box(x, y-5, 18, 12), b.shade(v, max(-lo, hi))) })
	}
	if len(b.in.Contour) > 0 {
		k.Item(18, "no effect", func(x, y float64) { p.Line(x, y, x+18, y, 2.2, chart.Ink) })
	}
	if today {
		k.Item(18, assumedMedian, func(x, y float64) { p.Cross(x+9, y, 4, chart.Ink) })
	}
}
