package surface

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
)

// stretch is a part of a text that is read in one direction.
type stretch struct {
	text      string
	direction di.Direction
}

// stretches parts a text into what is read to the right and names that are read to the left. The Unicode algorithm
// would let a number or a comma between two such names go with them, and turn a list of arms and numbers around.
func stretches(s string) (out []stretch) {
	text := []rune(s)
	for from := 0; from < len(text); {
		to := from
		if leftwards(text[from]) {
			for k := from; k < len(text) && joins(text[k]); k++ {
				if leftwards(text[k]) || unicode.IsMark(text[k]) {
					to = k + 1
				}
			}
			out = append(out, stretch{string(text[from:to]), di.DirectionRTL})
		} else {
			for to < len(text) && !leftwards(text[to]) {
				to++
			}
			out = append(out, stretch{string(text[from:to]), di.DirectionLTR})
		}
		from = to
	}
	return out
}

// joins reports whether a letter goes on with a name that is read to the left.
func joins(r rune) bool {
	return leftwards(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == ' ' || r == '-'
}

// leftwards reports whether a letter belongs to the blocks of Unicode that hold scripts written from right to left.
func leftwards(r rune) bool {
	return r >= 0x590 && r < 0x900 || r >= 0xfb1d && r < 0xfe00 || r >= 0xfe70 && r < 0xff00 ||
		r >= 0x10800 && r < 0x11000 || r >= 0x1e800 && r < 0x1f000
}

// directed puts a mark around each stretch that is read to the left, so that other programs part a text as we do.
func directed(s string) string {
	const mark = "\u200e"
	var b strings.Builder
	for _, part := range stretches(s) {
		if part.direction == di.DirectionRTL {
			part.text = mark + part.text + mark
		}
		b.WriteString(part.text)
	}
	return b.String()
}
