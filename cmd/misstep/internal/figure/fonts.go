package figure

import (
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a typeface with what measuring and outlining need. Liberation Sans has
// the widths of Arial and Helvetica, so that a program that ignores the embedded
// font still sets the text as measured.
type face struct {
	raw  []byte
	font *sfnt.Font
	em   fixed.Int26_6 // units per em, as a size at which a unit is one 26.6 step
}

var regular = sync.OnceValue(func() *face { return newFace(liberationsansregular.TTF) })
var bold = sync.OnceValue(func() *face { return newFace(liberationsansbold.TTF) })

func newFace(raw []byte) *face {
	f, err := sfnt.Parse(raw)
	if err != nil {
		panic("figure: shipped font: " + err.Error())
	}
	return &face{raw: raw, font: f, em: fixed.Int26_6(f.UnitsPerEm())}
}

func faceOf(isBold bool) *face {
	if isBold {
		return bold()
	}
	return regular()
}

// glyph returns the number of a rune's glyph, 0 where the font has none.
func (f *face) glyph(buf *sfnt.Buffer, r rune) sfnt.GlyphIndex {
	g, err := f.font.GlyphIndex(buf, r)
	if err != nil {
		return 0
	}
	return g
}

// walk visits the glyphs of a string with their positions in ems, and returns the
// width of the string in ems.
func (f *face) walk(buf *sfnt.Buffer, s string, visit func(g sfnt.GlyphIndex, at float64)) float64 {
	var pos fixed.Int26_6
	var previous sfnt.GlyphIndex
	for i, r := range s {
		g := f.glyph(buf, r)
		if i > 0 {
			if kern, err := f.font.Kern(buf, previous, g, f.em, 0); err == nil {
				pos += kern
			}
		}
		if visit != nil {
			visit(g, float64(pos)/float64(f.em))
		}
		if advance, err := f.font.GlyphAdvance(buf, g, f.em, 0); err == nil {
			pos += advance
		}
		previous = g
	}
	return float64(pos) / float64(f.em)
}

// outline is the path of a string whose first letter starts at (x, y).
func (f *face) outline(buf *sfnt.Buffer, s string, x, y, size float64) path {
	var p path
	unit := size / float64(f.em)
	f.walk(buf, s, func(g sfnt.GlyphIndex, at float64) {
		segments, err := f.font.LoadGlyph(buf, g, f.em, nil)
		if err != nil {
			return
		}
		dx := x + float64(at*size)
		last := point{}
		pt := func(a fixed.Point26_6) point {
			return point{dx + multiple(int(a.X), unit), y + multiple(int(a.Y), unit)}
		}
		for i, seg := range segments {
			switch seg.Op {
			case sfnt.SegmentOpMoveTo:
				if i > 0 {
					p.close()
				}
				last = pt(seg.Args[0])
				p.move(last.x, last.y)
			case sfnt.SegmentOpLineTo:
				last = pt(seg.Args[0])
				p.line(last.x, last.y)
			case sfnt.SegmentOpQuadTo:
				c, to := pt(seg.Args[0]), pt(seg.Args[1])
				p.curve(toward(last, c), toward(to, c), to)
				last = to
			case sfnt.SegmentOpCubeTo:
				to := pt(seg.Args[2])
				p.curve(pt(seg.Args[0]), pt(seg.Args[1]), to)
				last = to
			}
		}
		if len(segments) > 0 {
			p.close()
		}
	})
	return p
}

// toward is two thirds of the way from a to b: the cubic control of a quadratic.
func toward(a, b point) point { return point{a.x + (b.x-a.x)*2/3, a.y + (b.y-a.y)*2/3} }

// printable replaces what the font cannot show: controls by spaces, runes without
// a glyph by a question mark, and the no-break space by the space it looks like.
func printable(s string) string {
	var buf sfnt.Buffer
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case r > 0xffff || regular().glyph(&buf, r) == 0:
			return '?'
		}
		return r
	}, s)
}
