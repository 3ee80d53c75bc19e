package figure

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// page is a canvas on which y grows downwards, with what every picture draws on it.
type page struct {
	c vg.Canvas
	h float64 // [pt]
}

// newPage is a page on a canvas of a height [pt]. Without a canvas it measures texts.
func newPage(c vg.Canvas, height float64) *page { return &page{c: c, h: height} }

// width measures a text in points.
func (p *page) width(s string, st style) float64 {
	st = st.complete()
	face := surface.Font(st.bold, st.size)
	return float64(face.Width(surface.Printable(s)))
}

// text writes a line of text with its baseline at y, and returns its right end.
func (p *page) text(x, y float64, s string, st style) float64 {
	st = st.complete()
	s = surface.Printable(s)
	w := p.width(s, st)
	left := x - multiple(int(st.anchor), w/2)
	if s != "" {
		p.c.SetColor(legible(st.color))
		p.c.FillString(surface.Font(st.bold, st.size), p.at(point{left, y}), s)
	}
	return left + w
}

// lines writes lines of text from the baseline y on, and returns the next baseline.
func (p *page) lines(x, y float64, lines []string, st style) float64 {
	for _, s := range lines {
		p.text(x, y, s, st)
		y += lineStep
	}
	return y
}

// at is where a point lies on the canvas, whose y grows upwards.
func (p *page) at(q point) vg.Point { return vg.Point{X: vg.Length(q.x), Y: vg.Length(p.h - q.y)} }

func (p *page) path(pts []point) (out vg.Path) {
	for i, q := range pts {
		if i == 0 {
			out.Move(p.at(q))
		} else {
			out.Line(p.at(q))
		}
	}
	return out
}

// stroke is how a line is drawn.
type stroke struct {
	color color.NRGBA
	width float64   // [pt]
	dash  []float64 // lengths of dashes and gaps [pt]; nil is solid
}

func (p *page) stroke(path vg.Path, s stroke) {
	dash := make([]vg.Length, len(s.dash))
	for i, d := range s.dash {
		dash[i] = vg.Length(d)
	}
	p.c.SetColor(s.color)
	p.c.SetLineWidth(vg.Length(s.width))
	p.c.SetLineDash(dash, 0)
	p.c.Stroke(path)
}

// curve draws a line through points.
func (p *page) curve(pts []point, s stroke) { p.stroke(p.path(pts), s) }

// area fills what lies between points.
func (p *page) area(pts []point, c color.NRGBA) {
	path := p.path(pts)
	path.Close()
	p.c.SetColor(c)
	p.c.Fill(path)
}

func (p *page) line(x1, y1, x2, y2, width float64, c color.NRGBA, dash ...float64) {
	p.curve([]point{{x1, y1}, {x2, y2}}, stroke{c, width, dash})
}

func (p *page) fill(r rect, c color.NRGBA) { p.area(r.corners(), c) }

func (p *page) outline(r rect, s stroke) {
	path := p.path(r.corners())
	path.Close()
	p.stroke(path, s)
}

func (p *page) circle(x, y, r float64) (path vg.Path) {
	path.Move(p.at(point{x + r, y}))
	path.Arc(p.at(point{x, y}), vg.Length(r), 0, 2*math.Pi)
	path.Close()
	return path
}

// polygon is regular, with a corner at the angle turn, in full turns (0 is to the right).
func (p *page) polygon(x, y, r float64, corners int, turn float64, c color.NRGBA) {
	pts := make([]point, corners)
	for i := range pts {
		cos, sin := surface.Direction(turn + float64(i)/float64(corners))
		pts[i] = point{x + float64(r*cos), y + float64(r*sin)}
	}
	p.area(pts, c)
}

// point draws a mark of radius r.
func (p *page) point(x, y, r float64, m mark, c color.NRGBA) {
	box := func(width, height float64) {
		p.fill(rect{x - float64(width*r), y - float64(height*r), float64(2 * width * r), float64(2 * height * r)}, c)
	}
	switch m {
	case disc:
		p.c.SetColor(c)
		p.c.Fill(p.circle(x, y, r))
	case square:
		box(.9, .9)
	case diamond:
		p.polygon(x, y, 1.25*r, 4, 0, c)
	case triangle:
		p.polygon(x, y+float64(.2*r), 1.3*r, 3, -.25, c)
	case ring:
		p.point(x, y, r, disc, white)
		p.stroke(p.circle(x, y, .85*r), stroke{color: c, width: .35 * r})
	case bar:
		box(.35, 1.2)
	}
}

// cross draws a ×.
func (p *page) cross(x, y, r float64, c color.NRGBA) {
	p.line(x-r, y-r, x+r, y+r, 1.6, c)
	p.line(x-r, y+r, x+r, y-r, 1.6, c)
}

// note says in the middle of an area why there is nothing to draw.
func (p *page) note(area rect, text string) {
	dx, dy := float64(area.w*.12), float64(area.h*.28)
	r := area.inset(dx, dy, dx, dy)
	p.fill(r, pale)
	lines := p.wrap(text, r.w-30, plain)
	y := r.middleY() - multiple(len(lines), lineStep/2) + ascent + 2
	p.lines(r.middleX(), y, lines, plain.to(middle))
}
