package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// Page is a canvas on which y grows downwards, with what every picture draws on it.
type Page struct {
	c       surface.Canvas
	W, H    float64 // [pt]
	Letters surface.Letters
}

// NewPage is a page, PageWidth wide, on a canvas of a height [pt]. Without a canvas it draws nothing, and measures.
func NewPage(c surface.Canvas, height float64) *Page { return &Page{c: c, W: PageWidth, H: height} }

// Body is the part of the page between its margins at the sides.
func (p *Page) Body() Rect { return Box(Margin, 0, p.W-2*Margin, p.H) }

// Narrow reports whether what stands side by side on a page has to stand below each other.
func (p *Page) Narrow() bool { return p.W < .8*PageWidth }

// Width measures a text in points.
func (p *Page) Width(s string, st Style) float64 {
	st = st.complete()
	return p.Letters.Width(s, st.Bold, st.Size)
}

// Text writes a line of text with its baseline at y, and returns its right end.
func (p *Page) Text(x, y float64, s string, st Style) float64 {
	st = st.complete()
	w := p.Width(s, st)
	left := x - Multiple(int(st.Anchor), w/2)
	if s != "" && p.c != nil {
		p.c.SetColor(Legible(st.Color))
		p.Letters.Set(p.c, p.at(Point{left, y}), s, st.Bold, st.Size)
	}
	return left + w
}

// blank is the page without a canvas, on which nothing is drawn.
func (p *Page) blank() *Page {
	q := *p
	q.c = nil
	return &q
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

func (p *Page) fill(path vg.Path, c color.NRGBA) {
	if p.c != nil {
		p.c.SetColor(c)
		p.c.Fill(path)
	}
}

// stroke draws a line of a width [pt], with dashes and gaps of these lengths [pt].
func (p *Page) stroke(path vg.Path, width float64, c color.NRGBA, dash ...float64) {
	if p.c == nil {
		return
	}
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
	p.fill(path, c)
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

// roundness is the reach of a cubic's controls on a quarter of a unit circle: 4/3·(√2 − 1).
const roundness = .5522847498

func (p *Page) circle(x, y, r float64) (path vg.Path) {
	path.Move(p.at(Point{x + r, y}))
	for _, from := range []Point{{1, 0}, {0, -1}, {-1, 0}, {0, 1}} {
		on := func(back, on float64) vg.Point { // so far back to where the quarter starts, and on to its end
			return p.at(Point{x + float64(r*(float64(from.X*back)+float64(from.Y*on))),
				y + float64(r*(float64(from.Y*back)-float64(from.X*on)))})
		}
		path.CubeTo(on(1, roundness), on(roundness, 1), on(0, 1))
	}
	path.Close()
	return path
}

// The corners of marks of radius 1.
var (
	diamond  = []Point{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}
	triangle = []Point{{0, -1}, {sine60, .5}, {-sine60, .5}}
)

const sine60 = .8660254038

// shape fills what lies between corners around a place.
func (p *Page) shape(x, y, r float64, corners []Point, c color.NRGBA) {
	pts := make([]Point, len(corners))
	for i, q := range corners {
		pts[i] = Point{x + float64(r*q.X), y + float64(r*q.Y)}
	}
	p.Area(pts, c)
}

// Arrow draws the head of an arrow that points along x: to the left where r is below 0.
func (p *Page) Arrow(x, y, r float64, c color.NRGBA) {
	p.shape(x, y, r, []Point{{1, 0}, {-.5, sine60}, {-.5, -sine60}}, c)
}

// Point draws a mark of radius r.
func (p *Page) Point(x, y, r float64, m Mark, c color.NRGBA) {
	box := func(width, height float64) {
		p.Fill(Rect{x - float64(width*r), y - float64(height*r), float64(2 * width * r), float64(2 * height * r)}, c)
	}
	switch m {
	case Disc:
		p.fill(p.circle(x, y, r), c)
	case Square:
		box(.9, .9)
	case Diamond:
		p.shape(x, y, 1.25*r, diamond, c)
	case Triangle:
		p.shape(x, y+float64(.2*r), 1.3*r, triangle, c)
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
