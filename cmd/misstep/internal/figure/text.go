package figure

import "strings"

const ellipsis = "…"

// shorten cuts a text to a width, with an ellipsis where something is lost.
func (p *page) shorten(s string, width float64, st style) string {
	if p.width(s, st) <= width {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // the longest prefix that fits
	for low < high {
		m := (low + high + 1) / 2
		if p.width(strings.TrimSpace(string(runes[:m]))+ellipsis, st) <= width {
			low = m
		} else {
			high = m - 1
		}
	}
	return strings.TrimSpace(string(runes[:low])) + ellipsis
}

// clip cuts a text to a number of letters.
func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:max(n-1, 0)])) + ellipsis
}

// wrap breaks a text at spaces, but not at no-break spaces, into lines of at most
// the width; a word longer than that is shortened.
func (p *page) wrap(s string, width float64, st style) []string {
	var lines []string
	for _, word := range wordsOf(s) {
		if n := len(lines); n > 0 {
			if longer := lines[n-1] + " " + word; p.width(longer, st) <= width {
				lines[n-1] = longer
				continue
			}
		}
		lines = append(lines, p.shorten(word, width, st))
	}
	return lines
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' })
}

// whole reports whether wrapped lines have all of a text.
func whole(lines []string, s string) bool {
	return strings.Join(lines, " ") == strings.Join(wordsOf(s), " ")
}

// wrapTo wraps and keeps so many lines, with an ellipsis where something is lost.
func (p *page) wrapTo(n int, s string, width float64, st style) []string {
	lines := p.wrap(s, width, st)
	if len(lines) == 0 {
		return []string{""}
	}
	if len(lines) <= n {
		return lines
	}
	lines = lines[:n]
	lines[n-1] = p.shorten(lines[n-1]+" "+ellipsis, width, st)
	return lines
}

// join sets parts with dots between them and breaks lines between parts only.
func (p *page) join(parts []string, width float64, st style) []string {
	var lines []string
	for _, part := range parts {
		if n := len(lines); n > 0 {
			if longer := lines[n-1] + " · " + part; p.width(longer, st) <= width {
				lines[n-1] = longer
				continue
			}
		}
		lines = append(lines, part)
	}
	return lines
}

// upper makes the first letter a capital.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
