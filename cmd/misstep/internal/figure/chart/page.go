package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// Page is a canvas on which y grows downwards, with what every picture draws on it.
type Page struct {
	c vg.Canvas
	H float64 // [pt]
}

// NewPage is a page on a canvas of a height [pt]. Without a canvas it measures texts.
func NewPage(c vg.Canvas, height float64) *Page { return &Page{c: c, H: height} }

// Width measures a text in points.
func (p *Page) Width(s string, st Style) float64 {
	st = st.complete()
	face := surface.Font(st.Bold, st.Size)
	return float64(face.Width(surface.Printable(s)))
}

// Text writes a line of text with its baseline at y, and returns its right end.
func (p *Page) Text(x, y float64, s string, st Style) float64 {
	st = st.complete()
	s = surface.Printable(s)
	w := p.Width(s, st)
	left := x - Multiple(int(st.Anchor), w/2)
	if s != "" {
		p.c.SetColor(Legible(st.Color))
		p.c.FillString(surface.Font(st.Bold, st.Size), p.at(Point{left, y}), s)
	}
	return left + w
}

// Title writes what a box shows into its first line.
func (p *Page) Title(r Rect, s string) {
	st := Plain.Heavy()
	p.Text(r.X, r.Y+Ascent+2, p.Shorten(s, r.W, st), st)
}

// Lines writes lines of text from the baseline y on, and returns the next baseline.
func (p *Page) Lines(x, y float64, lines []string, st Style) float64 {
	for _, s := range lines {
		p.Text(x, y, s, st)
		y += LineStep
	}
	return y
}

// at is where a point lies on the canvas, whose y grows upwards.
func (p *Page) at(q Point) vg.Point { return vg.Point{X: vg.Length(q.X), Y: vg.Length(p.H - q.Y)} }

func (p *Page) path(pts []Point) (out vg.Path) {
	for i, q := range pts {
		if i == 0 {
			out.Move(p.at(q))
		} else {
			out.Line(p.at(q))
		}
	}
	return out
}

// stroke draws a line of a width [pt], with dashes and gaps of these lengths [pt].
func (p *Page) stroke(path vg.Path, width float64, c color.NRGBA, dash ...float64) {
	lengths := make([]vg.Length, len(dash))
	for i, d := range dash {
		lengths[i] = vg.Length(d)
	}
	p.c.SetColor(c)
	p.c.SetLineWidth(vg.Length(width))
	p.c.SetLineDash(lengths, 0)
	p.c.Stroke(path)
}

// Curve draws a line through points.
func (p *Page) Curve(pts []Point, width float64, c color.NRGBA, dash ...float64) {
	p.stroke(p.path(pts), width, c, dash...)
}

// Area fills what lies between points.
func (p *Page) Area(pts []Point, c color.NRGBA) {
	path := p.path(pts)
	path.Close()
	p.c.SetColor(c)
	p.c.Fill(path)
}

// Line draws a straight line.
func (p *Page) Line(x1, y1, x2, y2, width float64, c color.NRGBA, dash ...float64) {
	p.Curve([]Point{{x1, y1}, {x2, y2}}, width, c, dash...)
}

// Fill fills a box.
func (p *Page) Fill(r Rect, c color.NRGBA) { p.Area(r.corners(), c) }

// Outline draws the edge of a box.
func (p *Page) Outline(r Rect, width float64, c color.NRGBA, dash ...float64) {
	path := p.path(r.corners())
	path.Close()
	p.stroke(path, width, c, dash...)
}

func (p *Page) circle(x, y, r float64) (path vg.Path) {
	path.Move(p.at(Point{x + r, y}))
	path.Arc(p.at(Point{x, y}), vg.Length(r), 0, 2*math.Pi)
	path.Close()
	return path
}

// Polygon is regular, with a corner at the angle turn, in full turns (0 is to the right).
func (p *Page) Polygon(x, y, r float64, corners int, turn float64, c color.NRGBA) {
	pts := make([]Point, corners)
	for i := range pts {
		cos, sin := surface.Direction(turn + float64(i)/float64(corners))
		pts[i] = Point{x + float64(r*cos), y + float64(r*sin)}
	}
	p.Area(pts, c)
}

// Point draws a mark of radius r.
func (p *Page) Point(x, y, r float64, m Mark, c color.NRGBA) {
	box := func(width, height float64) {
		p.Fill(Rect{x - float64(width*r), y - float64(height*r), float64(2 * width * r), float64(2 * height * r)}, c)
	}
	switch m {
	case Disc:
		p.c.SetColor(c)
		p.c.Fill(p.circle(x, y, r))
	case Square:
		box(.9, .9)
	case Diamond:
		p.Polygon(x, y, 1.25*r, 4, 0, c)
	case Triangle:
		p.Polygon(x, y+float64(.2*r), 1.3*r, 3, -.25, c)
	case Ring:
		p.Point(x, y, r, Disc, White)
		p.stroke(p.circle(x, y, .85*r), .35*r, c)
	case Bar:
		box(.35, 1.2)
	}
}

// Cross draws a ×.
func (p *Page) Cross(x, y, r float64, c color.NRGBA) {
	p.Line(x-r, y-r, x+r, y+r, 1.6, c)
	p.Line(x-r, y+r, x+r, y-r, 1.6, c)
}

// Note says in the middle of an area why there is nothing to draw.
func (p *Page) Note(area Rect, text string) {
	dx, dy := float64(area.W*.12), float64(area.H*.28)
	r := area.Inset(dx, dy, dx, dy)
	p.Fill(r, Pale)
	lines := p.Wrap(text, r.W-30, Plain)
	y := r.MiddleY() - Multiple(len(lines), LineStep/2) + Ascent + 2
	p.Lines(r.MiddleX(), y, lines, Plain.To(Middle))
}
