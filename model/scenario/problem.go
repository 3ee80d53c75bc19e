package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in a scenario or in a setting from outside, with the
// place where it stands and what to do about it.
type Problem struct {
	File   string // as the reader knows it, or the Where of a layer
	Line   int    // from 1; 0 when the problem has no line
	Column int    // in characters, from 1
	Path   string // "assumptions.states.China.menu"
	What   string // what is wrong
	Hint   string // what to do; may be empty
}

// Error is "file:line:column: path: what; hint".
func (p Problem) Error() string {
	text := p.File
	if p.Line > 0 {
		text += fmt.Sprintf(":%d:%d", p.Line, p.Column)
	}
	if p.Path != "" {
		text += ": " + p.Path
	}
	if text += ": " + p.What; p.Hint != "" {
		text += "; " + p.Hint
	}
	return text
}

// Problems are all mistakes found at once, in the order of the file, those of
// layers last.
type Problems []Problem

// maxPrinted is how many problems Error lists, maxKept how many are looked for:
// a file with more is not a scenario.
const (
	maxPrinted = 50
	maxKept    = 1000
)

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps[:min(len(ps), maxPrinted)] {
		lines = append(lines, p.Error())
	}
	if more := len(ps) - maxPrinted; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// sorted returns the problems in order, without repetitions: one mistake may be
// met once in the levers and again in each arm.
func (ps Problems) sorted() Problems {
	seen := map[Problem]bool{}
	var out Problems
	for _, p := range ps {
		at := Problem{File: p.File, Line: p.Line, Column: p.Column, What: p.What}
		if !seen[at] {
			seen[at] = true
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int {
		if (a.Line == 0) != (b.Line == 0) {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return out
}

// quote shows a piece of the user's text in a message.
func quote(s string) string { return fmt.Sprintf("%q", clip(s)) }

// clip keeps a name from the file short enough for a message.
func clip(s string) string { return clipTo(maxName, s) }

func clipTo(letters int, s string) string {
	if r := []rune(s); len(r) > letters {
		return string(r[:letters-1]) + "…"
	}
	return s
}
