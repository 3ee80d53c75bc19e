package surface

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Letters is how text is set. What the shipped fonts have is set in them. The rest stays as it is where the format
// leaves fonts to the reader, else is drawn in a font that has it, else written in Latin letters.
type Letters struct {
	Serif bool
	Kept  bool  // the format leaves fonts to the reader, as SVG does
	More  *More // a font for what the shipped ones lack; nil for none
	Lost  *Lost // told what is drawn otherwise than it was written; nil for nobody
}

// Shown is a text as it is set: controls are gone, blanks are spaces, what no font has is written in Latin letters,
// and what has none is a question mark.
func (l Letters) Shown(s string) string { return l.written(s, nil) }

// Printable is a text without what is no letter, sign or space, as SVG shows it.
func Printable(s string) string { return Letters{Kept: true}.Shown(s) }

func (l Letters) written(s string, lost *Lost) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return s
	}
	var out latin
	var lacking []rune
	flush := func() {
		if word := string(lacking); word != "" {
			as := strings.Repeat("?", len(lacking))
			if !l.Kept {
				as = out.word(word, as)
			}
			lost.add(word, as)
			out.WriteString(as)
			lacking = lacking[:0]
		}
	}
	for _, r := range s {
		switch {
		case r == '\u00a0' || unicode.IsSpace(r):
			r = ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			continue
		case !l.has(r) && unicode.IsPunct(r) && !l.Kept:
			flush()
			out.sign(r)
			continue
		case !l.has(r):
			lacking = append(lacking, r)
			continue
		}
		flush()
		out.letter(r)
	}
	flush()
	return out.String()
}

// latin is a text in which some words are written in Latin letters.
type latin struct {
	strings.Builder
	last   rune // of what stands
	parted bool // a word in Latin letters ends it
}

// word is how a word is written, or else, with a blank before it where it would run into what stands.
func (t *latin) word(s, or string) string {
	word := strings.Join(strings.Fields(strings.ReplaceAll(unidecode.Unidecode(s), "[?]", "?")), " ")
	if word == "" {
		return or
	}
	if unicode.IsLetter(t.last) || unicode.IsDigit(t.last) || strings.ContainsRune(",.;:!?", t.last) {
		t.WriteByte(' ')
	}
	t.last, t.parted = 'x', true
	return word
}

// sign is a sign of punctuation, as Latin text has it.
func (t *latin) sign(r rune) {
	for _, r := range strings.TrimSpace(unidecode.Unidecode(string(r))) {
		t.parted = false
		t.letter(r)
	}
}

func (t *latin) letter(r rune) {
	if t.parted && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		t.WriteByte(' ')
	}
	t.WriteRune(r)
	t.last, t.parted = r, false
}

// has reports whether a letter can be set as it is.
func (l Letters) has(r rune) bool {
	return shippedHave(r) || l.Kept && unicode.IsPrint(r) && r != utf8.RuneError || l.More.has(r)
}

// shippedHave reports whether the shipped fonts have a letter, which all do that one does.
func shippedHave(r rune) bool {
	return r >= ' ' && r <= '~' || r >= 0 && r <= 0xffff && lettersShipped()[r>>6]>>(r&63)&1 == 1
}

// lettersShipped are the letters of the shipped fonts, a bit each.
var lettersShipped = sync.OnceValue(func() *[1 << 10]uint64 {
	var buf sfnt.Buffer
	out := &[1 << 10]uint64{}
	for r := rune(0); r <= 0xffff; r++ {
		if glyph(faces[0].font(), &buf, r) != 0 {
			out[r>>6] |= 1 << (r & 63)
		}
	}
	return out
})

// plain reports whether the shipped fonts set a text letter by letter, from the left to the right.
func plain(s string) bool {
	for _, r := range s {
		if leftwards(r) || !shippedHave(r) {
			return false
		}
	}
	return true
}

// Width is how long a text is in a size [pt].
func (l Letters) Width(s string, heavy bool, size float64) float64 {
	s = l.Shown(s)
	switch {
	case plain(s):
		return widthOf(Font(l.Serif, heavy, size), s)
	case l.Kept:
		return guessed(Font(l.Serif, heavy, size), s)
	}
	return l.shape(s, heavy).width * size
}

func widthOf(f font.Face, s string) float64 { return float64(f.Width(s)) }

// guessed is about how long a text is that a font has in part: ideographs are as wide as the line is high [pt].
func guessed(f font.Face, s string) float64 {
	width, size, own := 0.0, float64(f.Font.Size), []rune{}
	for _, r := range s {
		switch {
		case shippedHave(r):
			own = append(own, r)
		case unicode.Is(unicode.Mn, r):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
			r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xff61 || r > 0x1f000:
			width += size
		default:
			width += float64(.55 * size)
		}
	}
	return width + widthOf(f, string(own))
}

// Set writes a text on a canvas, from a place on.
func (l Letters) Set(c Canvas, at vg.Point, s string, heavy bool, size float64) {
	s = l.written(s, l.Lost)
	if s == "" {
		return
	}
	if l.Kept || plain(s) {
		c.FillString(Font(l.Serif, heavy, size), at, s)
		return
	}
	l.shape(s, heavy).draw(c, at, heavy, size)
}
