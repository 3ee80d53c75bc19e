package chart

import "strings"

// Ellipsis stands where something of a text is lost.
const Ellipsis = "…"

// Shorten cuts a text to a width, with an ellipsis where something is lost.
func (p *Page) Shorten(s string, width float64, st Style) string {
	if p.Width(s, st) <= width {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // the longest prefix that fits
	for low < high {
		m := (low + high + 1) / 2
		if p.Width(strings.TrimSpace(string(runes[:m]))+Ellipsis, st) <= width {
			low = m
		} else {
			high = m - 1
		}
	}
	return strings.TrimSpace(string(runes[:low])) + Ellipsis
}

// Clip cuts a text to a number of letters.
func Clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:max(n-1, 0)])) + Ellipsis
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

// Whole reports whether wrapped lines have all of a text.
func Whole(lines []string, s string) bool {
	return strings.Join(lines, " ") == strings.Join(wordsOf(s), " ")
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

// Join sets parts with dots between them and breaks lines between parts only.
func (p *Page) Join(parts []string, width float64, st Style) []string {
	var lines []string
	for _, part := range parts {
		if n := len(lines); n > 0 {
			if longer := lines[n-1] + " · " + part; p.Width(longer, st) <= width {
				lines[n-1] = longer
				continue
			}
		}
		lines = append(lines, part)
	}
	return lines
}

// Upper makes the first letter a capital.
func Upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
