package table

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/misstep/misstep/internal/nearest"
)

// Row is a line of a table, with the places of its cells.
type Row struct {
	text    *Text
	columns []string
	cells   []string
	at      []place
}

type place struct{ line, column int }

// Line is its number, from 1.
func (r *Row) Line() int { return r.at[0].line }

// Say notes a mistake in a cell.
func (r *Row) Say(column, format string, args ...any) {
	at := r.at[slices.Index(r.columns, column)]
	r.text.Say(at.line, at.column, "%s: "+format, append([]any{column}, args...)...)
}

// Key is the first cell as it stands.
func (r *Row) Key() string { return r.cells[0] }

// Cell is the n-th cell as it stands, from 0.
func (r *Row) Cell(n int) string { return r.cells[n] }

// Get reads a cell that may be empty.
func (r *Row) Get(column string) string {
	s := r.cells[slices.Index(r.columns, column)]
	if strings.ContainsFunc(s, unicode.IsControl) {
		r.Say(column, "holds a line break or a control character; write plain text in one line")
		return ""
	}
	if s != strings.TrimSpace(s) {
		r.Say(column, "%q has blanks at an end; remove them", s)
	}
	return strings.TrimSpace(s)
}

// Need reads a cell that must not be empty.
func (r *Row) Need(column string) string {
	before := len(r.text.Problems)
	s := r.Get(column)
	if s == "" && len(r.text.Problems) == before {
		r.Say(column, "is empty; fill it in")
	}
	return s
}

// Word reads a cell of a closed vocabulary, to which "" may belong.
func (r *Row) Word(column string, known ...string) string {
	s := r.Get(column)
	if !slices.Contains(known, s) {
		shown := slices.DeleteFunc(slices.Clone(known), func(w string) bool { return w == "" })
		r.Say(column, "%q is not known; %s", Clip(s, mostQuoted), nearest.Remedy(s, shown))
	}
	return s
}

// Whole reads a whole number from low to high; an empty cell is missing.
func (r *Row) Whole(column string, low, high, missing int) int {
	s := r.Get(column)
	if s == "" {
		return missing
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		r.Say(column, "%q is no whole number from %d to %d; correct it", s, low, high)
		return missing
	}
	return n
}

// Number reads a finite number; ok is false for an empty cell.
func (r *Row) Number(column string) (x float64, ok bool) {
	s := r.Get(column)
	if s == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || strings.ContainsAny(s, "xXpP_") {
		r.Say(column, "%q is no number; write digits with a point", Clip(s, mostQuoted))
		return 0, false
	}
	return x, true
}

// Has says whether the table has a column.
func (r *Row) Has(column string) bool { return slices.Contains(r.columns, column) }
