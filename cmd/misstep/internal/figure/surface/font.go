package surface

import (
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Liberation Sans has the widths of Arial and Helvetica, so that a program that ignores the
// embedded font still sets the text as measured.
var regular, bold = sync.OnceValue(func() *sfnt.Font { return parse(liberationsansregular.TTF) }),
	sync.OnceValue(func() *sfnt.Font { return parse(liberationsansbold.TTF) })

func parse(raw []byte) *sfnt.Font {
	f, err := sfnt.Parse(raw)
	if err != nil {
		panic("surface: shipped font: " + err.Error())
	}
	return f
}

// Font is the typeface of every figure in a size [pt].
func Font(heavy bool, size float64) font.Face {
	out := font.Face{Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)}, Face: regular()}
	if heavy {
		out.Font.Weight, out.Face = xfont.WeightBold, bold()
	}
	return out
}

// heavy is 1 for bold type and 0 for other, raw its file.
func heavy(f font.Face) int {
	if f.Font.Weight >= xfont.WeightSemiBold {
		return 1
	}
	return 0
}

func raw(heavy int) []byte {
	return [][]byte{liberationsansregular.TTF, liberationsansbold.TTF}[heavy]
}

// glyph returns the number of a rune's glyph, 0 where the font has none.
func glyph(f *sfnt.Font, buf *sfnt.Buffer, r rune) sfnt.GlyphIndex {
	g, err := f.GlyphIndex(buf, r)
	if err != nil {
		return 0
	}
	return g
}

// Printable replaces what the font cannot show: controls by spaces, runes without
// a glyph by a question mark, and the no-break space by the space it looks like.
func Printable(s string) string {
	var buf sfnt.Buffer
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case r > 0xffff || glyph(regular(), &buf, r) == 0:
			return '?'
		}
		return r
	}, s)
}
