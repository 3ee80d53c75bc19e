package surface

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/di"
	typeface "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/vg"
)

// More is a font beside the shipped ones.
type More struct{ font *typeface.Font }

// ParseFont reads a font (TrueType or OpenType), or the first of a collection.
func ParseFont(data []byte) (*More, error) {
	all, err := typeface.ParseTTC(bytes.NewReader(data))
	if err != nil || len(all) == 0 {
		return nil, errors.Join(errors.New("not a TrueType or OpenType font"), err)
	}
	return &More{all[0].Font}, nil
}

func (m *More) has(r rune) bool {
	if m == nil {
		return false
	}
	_, ok := m.font.NominalGlyph(r)
	return ok
}

// Lost collects what is drawn otherwise than it was written. It may be told by several goroutines.
type Lost struct {
	mutex sync.Mutex
	words map[string]string
}

func (l *Lost) add(word, as string) {
	if l == nil {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.words == nil {
		l.words = map[string]string{}
	}
	l.words[word] = as
}

// String lists what was lost, a few words of it, "" for nothing.
func (l *Lost) String() string {
	var list []string
	for _, w := range slices.Sorted(maps.Keys(l.words)) {
		list = append(list, fmt.Sprintf("%s as %s", w, l.words[w]))
	}
	if more := len(list) - 3; more > 0 {
		list = append(list[:3], fmt.Sprintf("%d more", more))
	}
	return strings.Join(list, ", ")
}

// shipping are the shipped fonts for the shaper.
var shipping = sync.OnceValue(func() []*typeface.Font {
	out := make([]*typeface.Font, len(faces))
	for i := range faces {
		f, err := typeface.ParseTTF(bytes.NewReader(faces[i].raw))
		if err != nil {
			panic("surface: shipped font: " + err.Error())
		}
		out[i] = f.Font
	}
	return out
})

// shaped is a line of glyphs, from the left to the right; lengths are in sizes of the font.
type shaped struct {
	runs  []shaping.Output
	width float64
}

// em is the size in which the shaper works, which is fine enough for rounding to 1/64.
const em = 1024

// fontmap chooses the first of some fonts that has a letter.
type fontmap []*typeface.Face

func (m fontmap) ResolveFace(r rune) *typeface.Face {
	for _, f := range m {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return m[0]
}

// shape sets a line in its glyphs: letters join, marks stand where they belong, and parts that are read from right
// to left stand so.
func (l Letters) shape(s string, heavy bool) (r shaped) {
	face := faceOf(Font(l.Serif, heavy, 1))
	fonts := fontmap{typeface.NewFace(shipping()[face])}
	if l.More != nil {
		fonts = append(fonts, typeface.NewFace(l.More.font))
	}
	for _, part := range stretches(s) {
		for _, run := range fonts.shape([]rune(part.text), part.direction) {
			r.runs = append(r.runs, run)
			r.width += ems(run.Advance)
		}
	}
	return r
}

// shape sets a stretch of text, and returns its runs from the left to the right.
func (m fontmap) shape(text []rune, to di.Direction) (out []shaping.Output) {
	var segmenter shaping.Segmenter
	var shaper shaping.HarfbuzzShaper
	var wrapper shaping.LineWrapper
	in := shaping.Input{Text: text, RunEnd: len(text), Direction: to, Size: fixed.I(em),
		Language: language.NewLanguage("en")}
	for _, part := range segmenter.Split(in, m) {
		out = append(out, shaper.Shape(part))
	}
	lines, _ := wrapper.WrapParagraph(shaping.WrapConfig{Direction: to, DisableTrailingWhitespaceTrim: true},
		math.MaxInt32, text, shaping.NewSliceIterator(out))
	out = slices.Clone(slices.Concat(lines...))
	slices.SortStableFunc(out, func(a, b shaping.Output) int { return cmp.Compare(a.VisualIndex, b.VisualIndex) })
	return out
}

func ems(x fixed.Int26_6) float64 { return float64(float64(x) / (64 * em)) }

// draw fills the outlines of the glyphs; heavy ones of a font without a bold sister have an edge.
func (r shaped) draw(c Canvas, at vg.Point, heavy bool, size float64) {
	x := float64(at.X)
	for _, run := range r.runs {
		unit := size / float64(run.Face.Upem())
		for _, g := range run.Glyphs {
			outline, _ := run.Face.GlyphDataOutline(g.GlyphID)
			path := pathOf(outline.Segments, x+float64(ems(g.XOffset)*size), float64(at.Y)+float64(ems(g.YOffset)*size), unit)
			x += float64(ems(g.Advance) * size)
			if len(path) == 0 {
				continue
			}
			c.Fill(path)
			if heavy && !slices.Contains(shipping(), run.Face.Font) {
				c.SetLineWidth(vg.Length(size / 28))
				c.SetLineDash(nil, 0)
				c.Stroke(path)
			}
		}
	}
}

// pathOf is an outline at a place, in units of so many points.
func pathOf(outline []opentype.Segment, x, y, unit float64) (path vg.Path) {
	at := func(p opentype.SegmentPoint) vg.Point {
		return vg.Point{X: vg.Length(x + float64(float64(p.X)*unit)), Y: vg.Length(y + float64(float64(p.Y)*unit))}
	}
	var here vg.Point
	for _, s := range outline {
		switch to := at(s.Args[0]); s.Op {
		case opentype.SegmentOpMoveTo:
			if len(path) > 0 {
				path.Close()
			}
			path.Move(to)
			here = to
		case opentype.SegmentOpLineTo:
			path.Line(to)
			here = to
		case opentype.SegmentOpQuadTo:
			end := at(s.Args[1])
			path.CubeTo(between(here, to), between(end, to), end)
			here = end
		case opentype.SegmentOpCubeTo:
			here = at(s.Args[2])
			path.CubeTo(to, at(s.Args[1]), here)
		}
	}
	if len(path) > 0 {
		path.Close()
	}
	return path
}

// between lies two thirds of the way from a to b.
func between(a, b vg.Point) vg.Point {
	return vg.Point{X: a.X + vg.Length(2*(b.X-a.X)/3), Y: a.Y + vg.Length(2*(b.Y-a.Y)/3)}
}
