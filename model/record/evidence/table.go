package evidence

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/internal/nearest"
)

// maxTable is the largest table that is read, in bytes.
const maxTable = 4 << 20

// parse cuts a table into rows. Its first line must name exactly the columns. What
// is wrong goes to the problems; a row with a wrong number of cells is left out.
func parse(file string, columns []string, data []byte, problems *Problems) []*row {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	t := &text{file: file, lines: bytes.Split(data, []byte("\n")), problems: problems}
	if at := firstInvalid(data); at >= 0 {
		line := bytes.Count(data[:at], []byte("\n")) + 1
		start := bytes.LastIndexByte(data[:at], '\n') + 1
		t.say(line, at-start+1, "is not UTF-8; save the table as UTF-8")
		return nil
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	var rows []*row
	for first := true; ; {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			if first {
				t.say(1, 1, "is empty; its first line names the columns: %s", strings.Join(columns, ","))
			}
			return rows
		}
		if err != nil {
			t.quotation(err)
			if first {
				return nil
			}
			continue
		}
		r := &row{text: t, cells: cells, at: positions(reader, len(cells)), columns: columns}
		switch {
		case first:
			if !r.header() {
				return nil
			}
			first = false
		case r.complete():
			rows = append(rows, r)
		}
	}
}

// firstInvalid is the place of the first byte that is not UTF-8, −1 for none.
func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// text is a table as it was written, for places in messages.
type text struct {
	file     string
	lines    [][]byte
	problems *Problems
}

// say notes a problem at a line and a byte of it, both from 1.
func (t *text) say(line, offset int, format string, args ...any) {
	column := offset
	if line >= 1 && line <= len(t.lines) {
		column = utf8.RuneCount(t.lines[line-1][:min(max(offset-1, 0), len(t.lines[line-1]))]) + 1
	}
	*t.problems = append(*t.problems, Problem{t.file, line, column, fmt.Sprintf(format, args...)})
}

// quotation explains what the reader of CSV stumbled over.
func (t *text) quotation(err error) {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		t.say(1, 1, "cannot be read: %v; write plain CSV", err)
		return
	}
	if errors.Is(err, csv.ErrBareQuote) {
		t.say(p.Line, p.Column, "a quotation mark stands inside a cell; put the whole cell in quotation marks and double "+
			"this one")
		return
	}
	t.say(p.StartLine, 1, "a quotation mark does not close a cell that it opened; end the cell with one, and double "+
		"those inside")
}

// position is the place of a cell: line and byte, from 1.
type position struct{ line, offset int }

func positions(r *csv.Reader, n int) []position {
	out := make([]position, n)
	for i := range out {
		out[i].line, out[i].offset = r.FieldPos(i)
	}
	return out
}

// row is a line of a table with the places of its cells.
type row struct {
	*text
	columns []string
	cells   []string
	at      []position
}

// header checks the first line against the columns.
func (r *row) header() bool {
	if slices.Equal(r.cells, r.columns) {
		return true
	}
	all := strings.Join(r.columns, ",")
	for i, have := range r.cells {
		switch {
		case i >= len(r.columns):
			r.text.say(r.at[i].line, r.at[i].offset, "column %q is one too many; the columns are %s", have, all)
		case have != r.columns[i]:
			r.text.say(r.at[i].line, r.at[i].offset, "column %d is %q, not %q; the columns are %s", i+1, have, r.columns[i], all)
		default:
			continue
		}
		return false
	}
	r.text.say(1, 1, "the column %q is missing; the columns are %s", r.columns[len(r.cells)], all)
	return false
}

// complete checks the number of cells.
func (r *row) complete() bool {
	if len(r.cells) == len(r.columns) {
		return true
	}
	r.text.say(r.at[0].line, r.at[0].offset,
		"%d cells for %d columns; put a cell that holds a comma in quotation marks, and leave empty cells their commas",
		len(r.cells), len(r.columns))
	return false
}

// say notes a problem of a cell.
func (r *row) say(column, format string, args ...any) {
	at := r.at[r.index(column)]
	r.text.say(at.line, at.offset, "%s: "+format, append([]any{column}, args...)...)
}

func (r *row) index(column string) int { return slices.Index(r.columns, column) }

// get reads a cell that may be empty.
func (r *row) get(column string) string {
	s := r.cells[r.index(column)]
	if strings.IndexFunc(s, func(c rune) bool { return c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 }) >= 0 {
		r.say(column, "holds a line break or a control character; write plain text in one line")
		return ""
	}
	if s != strings.TrimSpace(s) {
		r.say(column, "%q has blanks at an end; remove them", s)
	}
	return strings.TrimSpace(s)
}

// need reads a cell that must not be empty.
func (r *row) need(column string) string {
	before := len(*r.problems)
	s := r.get(column)
	if s == "" && len(*r.problems) == before {
		r.say(column, "is empty; fill it in")
	}
	return s
}

// word reads a cell of a closed vocabulary.
func (r *row) word(column string, known []string) string {
	s := r.get(column)
	if !slices.Contains(known, s) {
		shown := slices.DeleteFunc(slices.Clone(known), func(w string) bool { return w == "" })
		r.say(column, "%q is not known; %s", s, nearest.Remedy(s, shown))
	}
	return s
}

// date reads a cell that holds a date of a precision.
func (r *row) date(column, precision string) Date {
	d := Date{r.get(column), precision}
	if d.Text == "" {
		r.say(column, "is empty; write a date")
	} else if err := d.check(); err != nil {
		r.say(column, "%s", err)
	}
	return d
}
