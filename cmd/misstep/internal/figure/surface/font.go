package surface

import (
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
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

// outline is the path of a string whose first letter starts at a point.
func outline(face font.Face, at vg.Point, s string) (p vg.Path) {
	var buf sfnt.Buffer
	em := fixed.Int26_6(face.Face.UnitsPerEm()) // a size at which a unit is one 26.6 step
	unit := face.Font.Size / vg.Length(em)
	var pos fixed.Int26_6
	var previous sfnt.GlyphIndex
	for i, r := range s {
		g := glyph(face.Face, &buf, r)
		if kern, err := face.Face.Kern(&buf, previous, g, em, 0); err == nil && i > 0 {
			pos += kern
		}
		segments, err := face.Face.LoadGlyph(&buf, g, em, nil)
		if err != nil {
			continue
		}
		to := func(a fixed.Point26_6) vg.Point {
			return vg.Point{X: at.X + vg.Length(vg.Length(pos+a.X)*unit), Y: at.Y - vg.Length(vg.Length(a.Y)*unit)}
		}
		for k, seg := range segments {
			switch seg.Op {
			case sfnt.SegmentOpMoveTo:
				if k > 0 {
					p.Close()
				}
				p.Move(to(seg.Args[0]))
			case sfnt.SegmentOpLineTo:
				p.Line(to(seg.Args[0]))
			case sfnt.SegmentOpQuadTo:
				p.QuadTo(to(seg.Args[0]), to(seg.Args[1]))
			case sfnt.SegmentOpCubeTo:
				p.CubeTo(to(seg.Args[0]), to(seg.Args[1]), to(seg.Args[2]))
			}
		}
		if len(segments) > 0 {
			p.Close()
		}
		if advance, err := face.Face.GlyphAdvance(&buf, g, em, 0); err == nil {
			pos += advance
		}
		previous = g
	}
	return p
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
