package figure

import (
	"image/color"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/elem"
)

// The page. Widths are fixed in points of the page, so that a figure printed
// smaller or larger is the same picture.
const (
	pageWidth = surface.Width // [pt]
	margin    = 14.0
	textSize  = 11.5 // 6.8 pt where the page is printed 12 cm wide
	titleSize = 16.0
	lineStep  = 13.5 // from baseline to baseline
	ascent    = 8.4  // height of capitals in text of textSize
)

// The colours of Okabe and Ito (2008), which people with any colour vision tell
// apart, and greys.
var (
	black      = color.NRGBA{0x00, 0x00, 0x00, 0xff}
	orange     = color.NRGBA{0xe6, 0x9f, 0x00, 0xff}
	sky        = color.NRGBA{0x56, 0xb4, 0xe9, 0xff}
	green      = color.NRGBA{0x00, 0x9e, 0x73, 0xff}
	blue       = color.NRGBA{0x00, 0x72, 0xb2, 0xff}
	vermillion = color.NRGBA{0xd5, 0x5e, 0x00, 0xff}
	purple     = color.NRGBA{0xcc, 0x79, 0xa7, 0xff}

	ink     = color.NRGBA{0x1a, 0x1a, 0x1a, 0xff}
	muted   = color.NRGBA{0x55, 0x55, 0x55, 0xff}
	frame   = color.NRGBA{0x8c, 0x8c, 0x8c, 0xff}
	grid    = color.NRGBA{0xe0, 0xe0, 0xe0, 0xff}
	pale    = color.NRGBA{0xf2, 0xf2, 0xf2, 0xff}
	white   = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	help    = blue       // what the forum makes better
	harm    = vermillion // what it makes worse
	unclear = color.NRGBA{0x80, 0x80, 0x80, 0xff}
)

// tint is a colour that lets what is under it shine through.
func tint(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(float64(share*0xff) + 0.5)
	return c
}

// Opacity of the two uncertainties, which are never mixed: the parameter interval
// is pale with an edge, the Monte Carlo interval is dark without one.
const (
	paramTint = 0.16
	monteTint = 0.45
)

// arm is how one arm looks in every figure.
type arm struct {
	name  string // as in the scenario
	label string // as people read it
	color color.NRGBA
	dash  []float64
	mark  mark
}

// mark is the shape of a point.
type mark int

const (
	disc mark = iota
	square
	diamond
	triangle
	ring
	bar
)

// looks are handed to the arms in order: the baseline's first, the treatment's
// second. Green and black differ in lightness; line and mark differ as well.
var looks = []arm{
	{color: black, mark: square},
	{color: green, dash: []float64{6, 2.2}, mark: disc},
	{color: purple, dash: []float64{1.6, 1.8}, mark: diamond},
	{color: orange, dash: []float64{8, 2, 1.5, 2}, mark: triangle},
	{color: sky, dash: []float64{3, 1.5}, mark: ring},
}

// mostLines is how many arms are drawn as lines, mostRows as bars or marks in rows;
// the subtitle counts the others.
const (
	mostLines = 5
	mostRows  = 3
)

// style is how a text looks.
type style struct {
	size   float64 // textSize where 0
	bold   bool
	color  color.NRGBA // ink where zero
	anchor anchor
}

func (s style) complete() style {
	if s.size == 0 {
		s.size = textSize
	}
	if s.color == (color.NRGBA{}) {
		s.color = ink
	}
	return s
}

func (s style) to(a anchor) style      { s.anchor = a; return s }
func (s style) in(c color.NRGBA) style { s.color = c; return s }
func (s style) heavy() style           { s.bold = true; return s }

var plain, quiet = style{}, style{color: muted}

// contrastOfText is the least contrast of text with the page that WCAG 2.1 AA allows
// at these sizes.
const contrastOfText = 4.5

// legible darkens a colour until text in it can be read on white. Marks and lines keep
// the lighter one, in which they are told apart.
func legible(c color.NRGBA) color.NRGBA {
	if c == white {
		return c
	}
	for contrast(c) < contrastOfText {
		c.R, c.G, c.B = darken(c.R), darken(c.G), darken(c.B)
	}
	return c
}

func darken(v uint8) uint8 { return uint8(float64(v) * .97) }

// contrast is that of a colour with white.
//
// WCAG 2.1: (1 + 0.05)/(L + 0.05), with L the relative luminance.
func contrast(c color.NRGBA) float64 {
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

// anchor is the part of a text that stands at its position.
type anchor int

const (
	start anchor = iota
	middle
	end
)
