package surface

import (
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// faces are the shipped typefaces: Liberation Sans has the widths of Arial and Helvetica, Serif those of
// Times, so that a program that ignores the embedded font still sets the text as measured.
var faces = [4]struct {
	raw  []byte
	font func() *sfnt.Font
}{
	shipped(liberationsansregular.TTF), shipped(liberationsansbold.TTF), shipped(liberationserifregular.TTF),
	shipped(liberationserifbold.TTF),
}

func shipped(raw []byte) (face struct {
	raw  []byte
	font func() *sfnt.Font
}) {
	face.raw, face.font = raw, sync.OnceValue(func() *sfnt.Font { return parse(raw) })
	return face
}

func parse(raw []byte) *sfnt.Font {
	f, err := sfnt.Parse(raw)
	if err != nil {
		panic("surface: shipped font: " + err.Error())
	}
	return f
}

// Font is a typeface of figures in a size [pt].
func Font(serif, heavy bool, size float64) font.Face {
	out := font.Face{Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)}}
	if serif {
		out.Font.Variant = "Serif"
	}
	if heavy {
		out.Font.Weight = xfont.WeightBold
	}
	out.Face = faces[faceOf(out)].font()
	return out
}

// faceOf is the place of a typeface among faces: bold ones are odd.
func faceOf(f font.Face) (i int) {
	if f.Font.Variant == "Serif" {
		i = 2
	}
	if f.Font.Weight >= xfont.WeightSemiBold {
		i++
	}
	return i
}

// glyph returns the number of a rune's glyph, 0 where the font has none.
func glyph(f *sfnt.Font, buf *sfnt.Buffer, r rune) sfnt.GlyphIndex {
	g, err := f.GlyphIndex(buf, r)
	if err != nil {
		return 0
	}
	return g
}
