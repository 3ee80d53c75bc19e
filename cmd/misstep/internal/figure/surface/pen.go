package surface

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// Go compiles x*y + z to one rounding where the processor has an instruction for it, and to
// two elsewhere, unless the product is converted. All products that are added to something
// are, here and in the other files, so that a figure has the same bytes everywhere.

// pen is the part of a canvas that remembers colour and line, and knows where the format
// has a place: so many of its units to a point, and from the top down.
type pen struct {
	size   Size
	units  float64 // to a point of the page
	color  color.NRGBA
	width  float64   // [units]
	dashes []float64 // lengths of dashes and gaps [units]; none for a solid line
}

func (p *pen) SetColor(c color.Color) { p.color = color.NRGBAModel.Convert(c).(color.NRGBA) }

func (p *pen) SetLineWidth(w vg.Length) { p.width = float64(w) * p.units }

func (p *pen) SetLineDash(dash []vg.Length, _ vg.Length) {
	p.dashes = nil
	for _, d := range dash {
		p.dashes = append(p.dashes, float64(d)*p.units)
	}
}

// at is where a point of the page lies in the format.
func (p *pen) at(q vg.Point) (x, y float64) {
	return float64(q.X) * p.units, (p.size.Points() - float64(q.Y)) * p.units
}
