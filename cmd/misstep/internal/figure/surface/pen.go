package surface

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/misstep/misstep/model/elem"
)

// Go compiles x*y + z to one rounding where the processor has an instruction for it, and to
// two elsewhere, unless the product is converted. All products that are added to something
// are, here and in the other files, so that a figure has the same bytes everywhere.

// pens is the part of a canvas that remembers colour, line and place. Of these Push and Pop
// keep the ones that they are told to keep.
type pens struct {
	pen
	size Size
	kept []pen
}

type pen struct {
	color  color.NRGBA
	width  float64   // [pt]
	dash   []float64 // lengths of dashes and gaps [pt]; nil is solid
	offset float64   // of the first dash [pt]
	place  matrix
}

// matrix takes (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix struct{ a, b, c, d, e, f float64 }

// after is the matrix that does n first.
func (m matrix) after(n matrix) matrix {
	mul := func(x, y, z, w float64) float64 { return float64(x*y) + float64(z*w) }
	return matrix{
		mul(m.a, n.a, m.c, n.b), mul(m.b, n.a, m.d, n.b), mul(m.a, n.c, m.c, n.d), mul(m.b, n.c, m.d, n.d),
		mul(m.a, n.e, m.c, n.f) + m.e, mul(m.b, n.e, m.d, n.f) + m.f,
	}
}

// scale is how much longer a line becomes.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(float64(m.a*m.d) - float64(m.b*m.c))) }

// newPens starts in black; place takes the canvas's points, of which y grows upwards, to
// what the format counts in.
func newPens(s Size, place matrix) pens {
	return pens{size: s, pen: pen{color: color.NRGBA{A: 0xff}, width: 1, place: place}}
}

func (p *pens) Size() (w, h vg.Length) { return Width, vg.Length(p.size.Points()) }

func (p *pens) SetLineWidth(w vg.Length) { p.width = float64(w) }

func (p *pens) SetLineDash(dash []vg.Length, offset vg.Length) {
	p.dash, p.offset = nil, float64(offset)
	for _, d := range dash {
		p.dash = append(p.dash, float64(d))
	}
}

func (p *pens) SetColor(c color.Color) { p.color = color.NRGBAModel.Convert(c).(color.NRGBA) }

func (p *pens) Rotate(radians float64) {
	cos, sin := Direction(radians / (2 * math.Pi))
	p.place = p.place.after(matrix{cos, sin, -sin, cos, 0, 0})
}

func (p *pens) Translate(to vg.Point) {
	p.place = p.place.after(matrix{1, 0, 0, 1, float64(to.X), float64(to.Y)})
}

func (p *pens) Scale(x, y float64) { p.place = p.place.after(matrix{x, 0, 0, y, 0, 0}) }

func (p *pens) Push() { p.kept = append(p.kept, p.pen) }

func (p *pens) Pop() { p.pen, p.kept = p.kept[len(p.kept)-1], p.kept[:len(p.kept)-1] }

// DrawImage draws nothing: no figure holds an image.
func (p *pens) DrawImage(vg.Rectangle, image.Image) {}

// at is where a point lies in the format.
func (p *pens) at(q vg.Point) vg.Point {
	x, y, m := float64(q.X), float64(q.Y), p.place
	return vg.Point{
		X: vg.Length(float64(m.a*x) + float64(m.c*y) + m.e),
		Y: vg.Length(float64(m.b*x) + float64(m.d*y) + m.f),
	}
}

// steps are those of a path in the format: moves, lines, cubic curves and closes.
func (p *pens) steps(path vg.Path) vg.Path {
	var out vg.Path
	var last vg.Point
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			out.Move(p.at(c.Pos))
		case vg.LineComp:
			out.Line(p.at(c.Pos))
		case vg.CurveComp:
			first, second := c.Control[0], c.Control[len(c.Control)-1]
			if len(c.Control) == 1 {
				first, second = toward(last, first), toward(c.Pos, first)
			}
			out.CubeTo(p.at(first), p.at(second), p.at(c.Pos))
		case vg.ArcComp:
			last = p.arc(&out, c)
			continue
		case vg.CloseComp:
			out.Close()
		}
		last = c.Pos
	}
	return out
}

// arc adds an arc as cubic curves of a quarter of a turn at most, which stay within 0.03 %
// of the radius, and returns its end.
//
//	the controls lie 4/3·tan(angle/4) of the radius along the tangents
func (p *pens) arc(out *vg.Path, c vg.PathComp) vg.Point {
	n := max(math.Ceil(math.Abs(c.Angle)/(math.Pi/2)-1e-9), 1)
	part, r := c.Angle/n, float64(c.Radius)
	k := float64(4.0/3*r) * elem.Sin(part/4) / elem.Cos(part/4) // at most an eighth of a turn
	on := func(angle, along float64) vg.Point {
		cos, sin := Direction(angle / (2 * math.Pi))
		return vg.Point{
			X: c.Pos.X + vg.Length(float64(r*cos)) - vg.Length(float64(along*sin)),
			Y: c.Pos.Y + vg.Length(float64(r*sin)) + vg.Length(float64(along*cos)),
		}
	}
	if len(*out) == 0 {
		out.Move(p.at(on(c.Start, 0)))
	} else {
		out.Line(p.at(on(c.Start, 0)))
	}
	for i := range int(n) {
		from := c.Start + float64(float64(i)*part)
		out.CubeTo(p.at(on(from, k)), p.at(on(from+part, -k)), p.at(on(from+part, 0)))
	}
	return on(c.Start+c.Angle, 0)
}

// toward is two thirds of the way from a to b: the cubic control of a quadratic.
func toward(a, b vg.Point) vg.Point { return vg.Point{X: a.X + (b.X-a.X)*2/3, Y: a.Y + (b.Y-a.Y)*2/3} }

// Direction is the cosine and the sine of an angle in full turns: those of what it is
// past its last quarter, turned by the quarters.
func Direction(turn float64) (cos, sin float64) {
	quarters := math.Floor(turn / .25)
	angle := float64(2*math.Pi) * (turn - float64(quarters*.25))
	cos, sin = elem.Cos(angle), elem.Sin(angle)
	for range (int(quarters)%4 + 4) % 4 {
		cos, sin = -sin, cos
	}
	return cos, sin
}
