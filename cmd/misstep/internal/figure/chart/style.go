package chart

import (
	"image/color"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/elem"
)

// The page. Widths are fixed in points of the page, so that a figure printed smaller or larger is the same picture.
const (
	PageWidth = surface.Width // [pt]
	Margin    = 14.0
	TextSize  = 11.5 // 6.8 pt where the page is printed 12 cm wide
	TitleSize = 16.0
	LineStep  = 13.5 // from baseline to baseline
	Ascent    = 8.4  // height of capitals in text of TextSize
)

// The colours of Okabe and Ito (2008), which people with any colour vision tell apart, and greys.
var (
	Black      = color.NRGBA{0x00, 0x00, 0x00, 0xff}
	Orange     = color.NRGBA{0xe6, 0x9f, 0x00, 0xff}
	Sky        = color.NRGBA{0x56, 0xb4, 0xe9, 0xff}
	Green      = color.NRGBA{0x00, 0x9e, 0x73, 0xff}
	Blue       = color.NRGBA{0x00, 0x72, 0xb2, 0xff}
	Vermillion = color.NRGBA{0xd5, 0x5e, 0x00, 0xff}
	Purple     = color.NRGBA{0xcc, 0x79, 0xa7, 0xff}

	Ink     = color.NRGBA{0x1a, 0x1a, 0x1a, 0xff}
	Muted   = color.NRGBA{0x55, 0x55, 0x55, 0xff}
	Frame   = color.NRGBA{0x8c, 0x8c, 0x8c, 0xff}
	Grid    = color.NRGBA{0xe0, 0xe0, 0xe0, 0xff}
	Pale    = color.NRGBA{0xf2, 0xf2, 0xf2, 0xff}
	White   = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	Help    = Blue       // what the forum makes better
	Harm    = Vermillion // what it makes worse
	Unclear = color.NRGBA{0x80, 0x80, 0x80, 0xff}
)

// Tint is a colour that lets what is under it shine through.
func Tint(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(float64(share*0xff) + 0.5)
	return c
}

// Opacity of the two uncertainties, which are never mixed: the parameter interval
// is pale with an edge, the Monte Carlo interval is dark without one.
const (
	ParamTint = 0.16
	MonteTint = 0.45
)

// Arm is how one arm looks in every figure.
type Arm struct {
	Name  string // as in the scenario
	Label string // as people read it
	Color color.NRGBA
	Dash  []float64
	Mark  Mark
}

// Mark is the shape of a point.
type Mark int

// The marks, which differ without colour.
const (
	Disc Mark = iota
	Square
	Diamond
	Triangle
	Ring
	Bar
)

// Style is how a text looks.
type Style struct {
	Size   float64 // TextSize where 0
	Bold   bool
	Color  color.NRGBA // Ink where zero
	Anchor Anchor
}

func (s Style) complete() Style {
	if s.Size == 0 {
		s.Size = TextSize
	}
	if s.Color == (color.NRGBA{}) {
		s.Color = Ink
	}
	return s
}

// To is the style with another part of the text at its position.
func (s Style) To(a Anchor) Style { s.Anchor = a; return s }

// In is the style in another colour.
func (s Style) In(c color.NRGBA) Style { s.Color = c; return s }

// Heavy is the style in bold type.
func (s Style) Heavy() Style { s.Bold = true; return s }

// Plain is the style of what is read first.
var Plain = Style{}

// Quiet is the style of the rest.
var Quiet = Style{Color: Muted}

// ContrastOfText is the least contrast of text with the page that WCAG 2.1 AA allows at these sizes.
const ContrastOfText = 4.5

// Legible darkens a colour until text in it can be read on white. Marks and lines keep
// the lighter one, in which they are told apart.
func Legible(c color.NRGBA) color.NRGBA {
	if c == White {
		return c
	}
	for Contrast(c) < ContrastOfText {
		c.R, c.G, c.B = darken(c.R), darken(c.G), darken(c.B)
	}
	return c
}

func darken(v uint8) uint8 { return uint8(float64(v) * .97) }

// Contrast is that of a colour with white.
//
// WCAG 2.1: (1 + 0.05)/(L + 0.05), with L the relative luminance.
func Contrast(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 0xff
		if x <= 0.04045 {
			return x / 12.92
		}
		return elem.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b := float64(0.2126*linear(c.R)), float64(0.7152*linear(c.G)), float64(0.0722*linear(c.B))
	return 1.05 / (r + g + b + 0.05)
}

// Anchor is the part of a text that stands at its position.
type Anchor int

// The parts.
const (
	Start Anchor = iota
	Middle
	End
)
