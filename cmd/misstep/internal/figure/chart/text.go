package chart

import (
	"sort"
	"strings"
)

// Ellipsis stands where something of a text is lost.
const Ellipsis = "…"

// Shorten cuts a text to a width, with an ellipsis where something is lost.
func (p *Page) Shorten(s string, width float64, st Style) string {
	if p.Width(s, st) <= width {
		return s
	}
	runes := []rune(s)
	cut := func(n int) string { return strings.TrimSpace(string(runes[:n])) + Ellipsis }
	fits := sort.Search(len(runes), func(n int) bool { return p.Width(cut(n+1), st) > width })
	return cut(fits)
}

// Wrap breaks a text at spaces, but not at no-break spaces, into lines of at most
// the width; a word longer than that is shortened.
func (p *Page) Wrap(s string, width float64, st Style) []string {
	var lines []string
	for _, word := range wordsOf(s) {
		if n := len(lines); n > 0 {
			if longer := lines[n-1] + " " + word; p.Width(longer, st) <= width {
				lines[n-1] = longer
				continue
			}
		}
		lines = append(lines, p.Shorten(word, width, st))
	}
	return lines
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' })
}

// WrapTo wraps and keeps so many lines, with an ellipsis where something is lost.
func (p *Page) WrapTo(n int, s string, width float64, st Style) []string {
	lines := p.Wrap(s, width, st)
	if len(lines) == 0 {
		return []string{""}
	}
	if len(lines) <= n {
		return lines
	}
	lines = lines[:n]
	lines[n-1] = p.Shorten(lines[n-1]+" "+Ellipsis, width, st)
	return lines
}

// Join sets parts with dots between them and breaks lines between parts, and within one
// that no line holds: two lines have to do for it.
func (p *Page) Join(parts []string, width float64, st Style) []string {
	var lines []string
	for _, part := range parts {
		if n := len(lines); n > 0 {
			if longer := lines[n-1] + " · " + part; p.Width(longer, st) <= width {
				lines[n-1] = longer
				continue
			}
		}
		lines = append(lines, p.WrapTo(2, part, width, st)...)
	}
	return lines
}
