package say

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Counted writes a number with its noun; a second noun is an irregular plural.
func Counted(n int, noun string, plural ...string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case len(plural) > 0:
		return Thousands(n) + " " + plural[0]
	}
	return Thousands(n) + " " + noun + "s"
}

// And joins words as a sentence does.
func And(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Clipped shortens a name to n letters.
func Clipped(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// Does puts a verb to its subject.
func Does(subject, verb string) string {
	if Plural(subject) {
		return verb
	}
	return verb + "s"
}

// Plural reports whether a lever's name is a plural, as talks and commitments are.
func Plural(subject string) bool {
	return strings.HasPrefix(subject, "the ") && strings.HasSuffix(subject, "s") &&
		!strings.HasSuffix(subject, "ss") && !strings.HasSuffix(subject, "us")
}

// Capital writes the first letter large.
func Capital(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r)) + s[len(string(r)):]
	}
	return s
}

// Visible is a text with what is not printable written as escapes, so that a stored
// file cannot steer a terminal.
func Visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteString("  ")
		case strconv.IsPrint(r) || r == '\u00a0':
			b.WriteRune(r)
		default:
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
		}
	}
	return b.String()
}

// OrNone writes a count, none for zero.
func OrNone(n int) string {
	if n == 0 {
		return "none"
	}
	return Thousands(n)
}

// Kilobytes writes how long a file is.
func Kilobytes(n int) string {
	return Thousands((n+999)/1000) + " kB"
}
