package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// odd are signs that look like a blank, or like nothing, and are no space to YAML.
const odd = `([\x{a0}\x{1680}\x{2000}-\x{200b}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}])`

var (
	quotedText = regexp.MustCompile(`"[^"]*"|'[^']*'|#.*`)
	oddBlank   = regexp.MustCompile(odd)

	// oddPlaces are where such a sign does harm: in a key or before it, after its colon, after a hyphen, before a
	// bracket or a comma. In the middle of a text it is welcome.
	oddPlaces = []*regexp.Regexp{regexp.MustCompile(`^[^:]*?` + odd + `[^:]*:(?:\s|$)`),
		regexp.MustCompile(`^[^:]*:` + odd), regexp.MustCompile(`[{,][^:{},]+:` + odd),
		regexp.MustCompile(`^ *-` + odd), regexp.MustCompile(odd + ` *[,}\]]`)}
)

// blanks tells, of a file that has problems, where blanks are none. What else was found on their lines follows from
// them, and goes.
func (c *checker) blanks(data []byte) {
	var found Problems
	if len(data) > maxBytes {
		return
	}
	for i, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		here := func(p Problem) bool { return p.File == c.opts.File && p.Line == i+1 }
		wrong := slices.ContainsFunc(c.problems, here)
		at := oddIn(line, wrong)
		if at < 0 || len(found) >= maxKept {
			continue
		}
		r, _ := utf8.DecodeRuneInString(line[at:])
		p := Problem{File: c.opts.File, Line: i + 1, Column: utf8.RuneCountInString(line[:at]) + 1,
			What: fmt.Sprintf("a blank that is no space (U+%04X)", r), Hint: "replace it by a space"}
		switch r {
		case '\t':
			p.What, p.Hint = "a tab in the indentation", "indent with spaces"
		case '\u200b', '\u2060', '\ufeff':
			p.What, p.Hint = fmt.Sprintf("a sign that cannot be seen (U+%04X)", r), "remove it"
		}
		c.problems = slices.DeleteFunc(c.problems, here)
		found = append(found, p)
	}
	if c.root == nil && found != nil {
		c.problems = nil // the parser stumbled over them
	}
	c.problems = append(found, c.problems...)
}

// oddIn is the place of a blank in a line that is none, -1 where there is none that does harm: in a line that is
// wrong any does, and a tab before its text.
func oddIn(line string, wrong bool) int {
	line = quotedText.ReplaceAllStringFunc(line, func(s string) string { return strings.Repeat("x", len(s)) })
	if tab := strings.IndexByte(line, '\t'); wrong && tab >= 0 && strings.TrimLeft(line[:tab], " ") == "" {
		return tab
	}
	places := oddPlaces
	if wrong {
		places = []*regexp.Regexp{oddBlank}
	}
	for _, p := range places {
		if m := p.FindStringSubmatchIndex(line); m != nil {
			return m[2]
		}
	}
	return -1
}
