package say

import (
	"strings"
	"unicode/utf8"
)

// Width is the width of a screen [columns]; NarrowWidth is that of screens which are
// read beside a text.
const (
	Width       = 108
	NarrowWidth = 100
)

// glue stands for a blank at which no line is broken.
const glue = "\x01"

// Wrapped breaks text into lines of the screen's width: the first begins with
// first, the others with rest. A no-break space keeps a number with its unit.
func Wrapped(first, rest, text string) []string {
	return broken(Width, first, rest, strings.ReplaceAll(text, "\u00a0", glue))
}

// Folded breaks text into lines of a width; the first begins with first, the
// others with rest. A number stays with its per cent sign.
func Folded(width int, first, rest, text string) []string {
	return broken(width, first, rest, strings.ReplaceAll(text, " %", glue+"%"))
}

// Narrow breaks text into lines of NarrowWidth, each with an indent.
func Narrow(indent, text string) []string { return broken(NarrowWidth, indent, indent, text) }

// broken breaks text at blanks; a word that is too long has a line of its own.
func broken(width int, first, rest, text string) []string {
	var lines []string
	line, length, empty := first, utf8.RuneCountInString(first), true
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		if !empty && length+1+n > width {
			lines = append(lines, line)
			line, length, empty = rest, utf8.RuneCountInString(rest), true
		}
		if !empty {
			line += " "
			length++
		}
		line += strings.ReplaceAll(word, glue, " ")
		length += n
		empty = false
	}
	return append(lines, line)
}

// PadLeft fills with spaces on the left, so that s stands right.
func PadLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s))) + s
}

// PadRight fills with spaces on the right, so that s stands left.
func PadRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// TableWidth is the width that no table exceeds, if a narrower gap can help it.
const TableWidth = 110
