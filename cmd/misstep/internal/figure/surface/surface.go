// Package surface has the canvases on which figures are drawn: SVG, PDF and PNG. They take
// paths, fonts and lengths of gonum.org/v1/plot/vg; PNG is its image canvas.
//
// Text stays text: SVG carries the glyphs that it uses as an embedded font, PDF too; PNG
// fills their outlines. No format carries a clock, a host name or a random id, so equal
// drawings give equal bytes. Gonum's own SVG and PDF canvases embed whole fonts, know the
// letters of one code page, and write the time of day.
package surface

import (
	"image/color"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Width is that of a page [pt] that is printed 12 cm wide or wider, so that it is the same picture
// in every such size. A narrower one has less, down to 8 cm, and its letters stay as large.
const Width = 576

// The printed widths between which the page grows [in].
const (
	narrow = 8 / 2.54
	full   = 12 / 2.54
)

// Size is the printed size of a page.
type Size struct {
	Width  float64 // [in]
	Height float64 // [in]
	DPI    int     // of a PNG
	Small  bool    // a PNG has 256 colours at most
	Grey   bool    // colours become greys of the same lightness
	Serif  bool    // the text that will be set has serifs
}

// Across is the width of the page [pt].
func (s Size) Across() float64 { return Width * min(max(s.Width, narrow), full) / full }

// Points is the height of the page [pt].
func (s Size) Points() float64 { return s.Across() * s.Height / s.Width }

// printed is how large a point of the page is printed [pt].
func (s Size) printed() float64 { return s.Width * 72 / s.Across() }

// Canvas is the part of a vg.Canvas that figures draw with: its y grows upwards, and nothing
// on it turns, moves or scales. Paths have straight lines and cubic curves.
type Canvas interface {
	SetColor(c color.Color)
	SetLineWidth(w vg.Length)
	SetLineDash(dash []vg.Length, offset vg.Length)
	Fill(path vg.Path)
	Stroke(path vg.Path)
	FillString(f font.Face, at vg.Point, text string)
}

// Page is a canvas, Width wide, that becomes a file.
type Page interface {
	Canvas
	// Finish returns the file with its title and the words that stand for the picture.
	Finish(title, alt string) ([]byte, error)
}

// Formats are the formats that there are.
func Formats() []string { return []string{"svg", "png", "pdf"} }

// New is an empty white page in one of Formats.
func New(format string, s Size) Page {
	if s.Grey {
		s.Grey = false
		return grey{New(format, s)}
	}
	switch format {
	case "svg":
		return newSVG(s)
	case "png":
		return newPNG(s)
	default:
		return newPDF(s)
	}
}
