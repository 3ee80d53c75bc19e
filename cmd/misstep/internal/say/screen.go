package say

import (
	"fmt"
	"strings"
)

// Screen is what a command prints, line by line.
type Screen struct {
	lines []string
}

// Add adds lines as they are; an empty one is a gap.
func (s *Screen) Add(lines ...string) { s.lines = append(s.lines, lines...) }

// Put adds a paragraph: its first line begins with first, the others with rest.
func (s *Screen) Put(first, rest, format string, args ...any) {
	s.Add(Wrapped(first, rest, fmt.Sprintf(format, args...))...)
}

// Field adds what is said under a label, in a column of its own; nothing for no text.
func (s *Screen) Field(indent string, label string, width int, said string) {
	if said != "" {
		s.Put(indent+PadRight(label, width), indent+strings.Repeat(" ", width), "%s", said)
	}
}

// Table adds rows in columns, as Aligned sets them.
func (s *Screen) Table(how string, rows ...[]string) { s.Add(Aligned(rows, how)...) }

// Lines are those of the screen.
func (s *Screen) Lines() []string { return s.lines }
