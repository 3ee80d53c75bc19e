package say

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// harmless reports what may be shown as it is: letters, marks, signs and blanks, no control sign,
// none that turns the direction of the text and none that hides; of signs without width those that join letters.
func harmless(r rune) bool {
	return strconv.IsGraphic(r) && r != '\u2028' && r != '\u2029' || r == '\u200c' || r == '\u200d'
}

// escaped is a sign by its number, as strings of JSON have it too; control signs as Go has them.
func escaped(r rune) string {
	switch {
	case r < ' ':
		q := strconv.QuoteRuneToASCII(r)
		return q[1 : len(q)-1]
	case r > 0xffff:
		high, low := utf16.EncodeRune(r)
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// Shown is a text of several lines with what is not to be shown written as escapes, so that a
// stored file cannot steer a terminal or hide words.
func Shown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || harmless(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(escaped(r))
		}
	}
	return b.String()
}

// Visible is Shown for one line.
func Visible(s string) string {
	return strings.NewReplacer("\t", "  ", "\n", `\n`).Replace(Shown(s))
}

// styles are the sequences that this program itself sends to a terminal: of verdicts, faint, and the end.
var styles = regexp.MustCompile("\x1b\\[(0|2|31|32)m")

// Guard writes text to a stream as Shown does.
type Guard struct {
	To     io.Writer
	Styled bool   // the program's own styles pass
	tail   []byte // of a sign that the next write ends
}

// Guarded is the guard of a stream, itself if it is one.
func Guarded(w io.Writer) *Guard {
	if g, ok := w.(*Guard); ok {
		return g
	}
	return &Guard{To: w}
}

// Write implements io.Writer.
func (g *Guard) Write(p []byte) (int, error) {
	if len(g.tail) == 0 && !slices.ContainsFunc(p, func(b byte) bool { return (b < ' ' || b > '~') && b != '\n' }) {
		return g.To.Write(p)
	}
	text := slices.Concat(g.tail, p)
	end := len(text)
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if b := text[len(text)-i:]; utf8.RuneStart(b[0]) {
			if !utf8.FullRune(b) {
				end = len(text) - i
			}
			break
		}
	}
	g.tail = bytes.Clone(text[end:])
	var out strings.Builder
	at := 0
	if g.Styled {
		for _, m := range styles.FindAllIndex(text[:end], -1) {
			out.WriteString(Shown(string(text[at:m[0]])))
			out.Write(text[m[0]:m[1]])
			at = m[1]
		}
	}
	out.WriteString(Shown(string(text[at:end])))
	if _, err := io.WriteString(g.To, out.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Pieces of a message that are longer are cut [letters].
const longWord, longQuote, kept = 300, 120, 80

var pieces = regexp.MustCompile(`"(?:[^"\\\n]|\\[^\n])*"|[^\s"]+`)

// Brief cuts what a message quotes of files and flags, so that a value of a megabyte leaves a
// message that can be read.
func Brief(message string) string {
	return pieces.ReplaceAllStringFunc(message, func(s string) string {
		switch n := utf8.RuneCountInString(s); {
		case s[0] == '"' && n > longQuote:
			return Clipped(s, kept) + `"`
		case s[0] != '"' && n > longWord:
			return Clipped(s, kept)
		}
		return s
	})
}
