package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/model/elem"
)

// surface is what a format must be able to draw. Coordinates are points on a page
// that is pageWidth wide; y grows downwards.
type surface interface {
	fill(p path, c color.NRGBA)
	stroke(p path, s stroke)
	text(r run)
	finish(w words) ([]byte, error)
}

func newSurface(format string, o Options) surface {
	switch format {
	case "svg":
		return newSVG(o)
	case "png":
		return newPNG(o)
	default:
		return newPDF(o)
	}
}

// stroke is how a line is drawn.
type stroke struct {
	color color.NRGBA
	width float64   // [pt]
	dash  []float64 // lengths of dashes and gaps [pt]; nil is solid
}

// run is a line of text in one style. x is where the anchor stands, left where the
// first letter starts, y the baseline.
type run struct {
	x, left, y float64
	anchor     anchor
	size       float64
	bold       bool
	color      color.NRGBA
	s          string
}

// anchor is the part of a text that stands at its position.
type anchor int

const (
	start anchor = iota
	middle
	end
)

// op is a step of a path: move, line, curve (two controls and an end) or close.
type op struct {
	kind byte // 'M', 'L', 'C', 'Z'
	pts  [3]point
}

type point struct{ x, y float64 }

type path []op

func (p *path) move(x, y float64) { *p = append(*p, op{kind: 'M', pts: [3]point{{x, y}}}) }
func (p *path) line(x, y float64) { *p = append(*p, op{kind: 'L', pts: [3]point{{x, y}}}) }
func (p *path) close()            { *p = append(*p, op{kind: 'Z'}) }
func (p *path) curve(a, b, to point) {
	*p = append(*p, op{kind: 'C', pts: [3]point{a, b, to}})
}

// polyline joins the points, and closes the line where it is a polygon.
func polyline(pts []point, closed bool) path {
	var p path
	for i, q := range pts {
		if i == 0 {
			p.move(q.x, q.y)
		} else {
			p.line(q.x, q.y)
		}
	}
	if closed && len(p) > 0 {
		p.close()
	}
	return p
}

func box(r rect) path {
	return polyline([]point{{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}}, true)
}

// circle is four Bézier quarters, which stay within 0.03 % of the radius.
func circle(x, y, r float64) path {
	const k = 0.5522847498 // 4/3·(√2 − 1)
	var p path
	c := float64(k * r)
	p.move(x+r, y)
	p.curve(point{x + r, y + c}, point{x + c, y + r}, point{x, y + r})
	p.curve(point{x - c, y + r}, point{x - r, y + c}, point{x - r, y})
	p.curve(point{x - r, y - c}, point{x - c, y - r}, point{x, y - r})
	p.curve(point{x + c, y - r}, point{x + r, y - c}, point{x + r, y})
	p.close()
	return p
}

// polygon is regular, with a corner at the angle turn, in full turns (0 is to the right).
func polygon(x, y, r float64, corners int, turn float64) path {
	pts := make([]point, corners)
	for i := range pts {
		cos, sin := direction(turn + float64(i)/float64(corners))
		pts[i] = point{x + float64(r*cos), y + float64(r*sin)}
	}
	return polyline(pts, true)
}

// direction is the cosine and the sine of an angle in full turns: those of what it is
// past its last quarter, turned by the quarters.
func direction(turn float64) (cos, sin float64) {
	quarters := math.Floor(turn / quarter)
	angle := float64(2*math.Pi) * (turn - float64(quarters*quarter))
	cos, sin = elem.Cos(angle), elem.Sin(angle)
	for range (int(quarters)%4 + 4) % 4 {
		cos, sin = -sin, cos
	}
	return cos, sin
}

// rect is a box on the page, (x, y) its upper left corner.
type rect struct{ x, y, w, h float64 }

func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }

func (r rect) middleX() float64 { return r.x + float64(r.w/2) }
func (r rect) middleY() float64 { return r.y + float64(r.h/2) }

// Go compiles x*y + z to one rounding where the processor has an instruction for it, and to
// two elsewhere, unless the product is converted. All products that are added to something
// are, here and in the other files, so that a figure has the same bytes everywhere.

// multiple is n steps, as a product that is rounded.
func multiple(n int, step float64) float64 { return float64(float64(n) * step) }

// rowMiddle is the middle of the row i of those from top on.
func rowMiddle(top, height float64, i int) float64 { return top + float64(height*(float64(i)+.5)) }

// offset is how far the line i of n lies from their middle.
func offset(i, n int, step float64) float64 {
	return float64((float64(i) - float64(float64(n-1)/2)) * step)
}

// inset takes a margin off each side.
func (r rect) inset(left, top, right, bottom float64) rect {
	return rect{r.x + left, r.y + top, max(r.w-left-right, 1), max(r.h-top-bottom, 1)}
}

// cell is one of rows × cols equal parts with gaps between them.
func (r rect) cell(row, rows, col, cols int, gapX, gapY float64) rect {
	w := (r.w - multiple(cols-1, gapX)) / float64(cols)
	h := (r.h - multiple(rows-1, gapY)) / float64(rows)
	return rect{r.x + multiple(col, w+gapX), r.y + multiple(row, h+gapY), w, h}
}
