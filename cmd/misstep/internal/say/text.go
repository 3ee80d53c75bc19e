package say

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Width is the width of a screen [columns]; NarrowWidth is that of screens which are read beside a text.
const (
	Width       = 108
	NarrowWidth = 100
	TableWidth  = 110 // no table exceeds it, if a narrower gap can help it
)

// Letters of which Unicode leaves the width open (– … ≤ →) are narrow on every terminal, whatever its language.
func init() { text.OverrideRuneWidthEastAsianWidth(false) } //nolint:gochecknoinits // the width is the library's global

// Columns is how wide a terminal shows text: two columns for a letter of Chinese, Japanese or Korean, none for a mark.
func Columns(s string) int { return text.StringWidthWithoutEscSequences(s) }

// glue stands for a blank at which no line is broken.
const glue = "\x01"

// Wrapped breaks text into lines of the screen's width: the first begins with first, the others with rest.
func Wrapped(first, rest, text string) []string { return Folded(Width, first, rest, text) }

// Folded breaks text at blanks into lines of a width: the first begins with first, the
// others with rest. A no-break space holds words together, a number stays with its per
// cent sign, and a word that is too long has a line of its own.
func Folded(width int, first, rest, text string) []string {
	text = strings.NewReplacer("\u00a0", glue, " %", glue+"%").Replace(text)
	var lines []string
	line, length, empty := first, Columns(first), true
	for _, word := range strings.Fields(text) {
		word = strings.ReplaceAll(word, glue, " ")
		n := Columns(word)
		if !empty && length+1+n > width {
			lines = append(lines, line)
			line, length, empty = rest, Columns(rest), true
		}
		if !empty {
			line += " "
			length++
		}
		line += word
		length += n
		empty = false
	}
	return append(lines, line)
}

// PadRight fills with spaces on the right, so that s stands left.
func PadRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-Columns(s)))
}

// Screen is what a command prints, line by line.
type Screen struct {
	Columns int // its width; Width where it is 0
	lines   []string
}

// Add adds lines as they are; an empty one is a gap.
func (s *Screen) Add(lines ...string) { s.lines = append(s.lines, lines...) }

// Put adds a paragraph: its first line begins with first, the others with rest.
func (s *Screen) Put(first, rest, format string, args ...any) {
	s.Add(Folded(s.width(), first, rest, fmt.Sprintf(format, args...))...)
}

// Field adds what is said under a label, in a column of its own; nothing for no text.
func (s *Screen) Field(indent string, label string, width int, said string) {
	if said != "" {
		s.Put(indent+PadRight(label, width), indent+strings.Repeat(" ", width), "%s", said)
	}
}

// Table adds rows in columns, as Aligned sets them; nothing without rows.
func (s *Screen) Table(how string, rows ...[]string) {
	if len(rows) > 0 {
		s.Add(Aligned(rows, how)...)
	}
}

// Rows adds rows in columns below a head, and what comes below each of them.
func (s *Screen) Rows(how string, rows [][]string, below func(i int)) {
	for i, line := range Aligned(rows, how) {
		s.Add(line)
		if i > 0 {
			below(i - 1)
		}
	}
}

// Lines are those of the screen.
func (s *Screen) Lines() []string { return s.lines }

// String is the screen with an end to every line.
func (s *Screen) String() string { return strings.Join(append(s.lines, ""), "\n") }

func (s *Screen) width() int {
	if s.Columns == 0 {
		return Width
	}
	return s.Columns
}

// Table sets rows in columns with a gap between them, one letter of how a column: left (l) or right (r). It
// has no lines, no column that is empty in every row, and no blanks where a row ends.
func Table(rows [][]string, how, gap string) []string {
	s := table.StyleDefault
	s.Options = table.OptionsNoBordersAndSeparators
	s.Box.PaddingLeft, s.Box.PaddingRight = "", gap
	t := table.NewWriter()
	t.SetStyle(s)
	t.SuppressEmptyColumns()
	configs := make([]table.ColumnConfig, len(how))
	for i, side := range how {
		align := map[rune]text.Align{'l': text.AlignLeft, 'r': text.AlignRight}[side]
		configs[i] = table.ColumnConfig{Number: i + 1, Align: align}
	}
	t.SetColumnConfigs(configs)
	for _, r := range rows {
		cells := make(table.Row, len(how))
		for i := range cells {
			cells[i] = ""
			if i < len(r) {
				cells[i] = r[i]
			}
		}
		t.AppendRow(cells)
	}
	lines := strings.Split(t.Render(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// Aligned is Table as screens have it: a space before the first column, two between columns.
func Aligned(rows [][]string, how string) []string {
	lines := Table(rows, how, "  ")
	for i := range lines {
		lines[i] = strings.TrimRight(" "+lines[i], " ")
	}
	return lines
}

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

// Each is a word for each entry of a list.
func Each[T any](list []T, word func(T) string) []string {
	var out []string
	for _, x := range list {
		out = append(out, word(x))
	}
	return out
}

// And joins words as a sentence does.
func And(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Clipped shortens a name to n columns.
func Clipped(s string, n int) string {
	if Columns(s) <= n {
		return s
	}
	end, left := 0, n-1
	for i, r := range s {
		if left -= Columns(string(r)); left < 0 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return s[:end] + "…"
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
