package say

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/record/table"
	"github.com/misstep/misstep/model/summary"
)

// JSON writes indented JSON without HTML escapes. A number that JSON cannot hold is a mistake of ours.
func JSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic("results: " + err.Error())
	}
	return b.Bytes()
}

// Object is a JSON object with its members in order: names and values in turn. A number
// that JSON cannot hold is null, in a list of numbers too.
type Object []any

// MarshalJSON writes the object.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i := 0; i < len(o); i += 2 {
		value := o[i+1]
		switch x := value.(type) {
		case float64:
			value = OrNull(x)
		case []float64:
			list := make([]*float64, len(x))
			for k := range x {
				list[k] = OrNull(x[k])
			}
			value = list
		}
		b.WriteString(",")
		b.Write(JSON(o[i]))
		b.WriteString(":")
		b.Write(JSON(value))
	}
	b.WriteString("}")
	out := b.Bytes()
	out[0] = '{'
	return out, nil
}

// OrNull is a pointer to a number, nil for what is none.
func OrNull(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// Exact writes a number so that reading it gives the same bits.
func Exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// SixDigits writes six significant digits, and nothing for what is no number.
func SixDigits(x float64) string {
	if OrNull(x) == nil {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}

// Sheet is a table of comma-separated values: a head, then rows.
type Sheet struct {
	number func(float64) string
	rows   [][]string
}

// NewSheet begins a table with the names of its columns, in one text. Its numbers are
// written as Exact or SixDigits do.
func NewSheet(number func(float64) string, columns string) *Sheet {
	return &Sheet{number: number, rows: [][]string{strings.Fields(columns)}}
}

// Row adds a row of [Cells].
func (s *Sheet) Row(values ...any) {
	row := cells(s.number, values)
	if len(row) != len(s.rows[0]) {
		panic(fmt.Sprintf("results: %d cells below %v", len(row), s.rows[0]))
	}
	s.rows = append(s.rows, row)
}

// Cells writes values for a table, numbers as Exact does. A list and an estimate (value,
// error, low, high) fill a cell for each number; a pointer to nothing, and the ends of an
// interval that is not resolved, leave theirs empty.
func Cells(values ...any) []string { return cells(Exact, values) }

func cells(number func(float64) string, values []any) (out []string) {
	for _, v := range values {
		switch x := v.(type) {
		case float64:
			out = append(out, number(x))
		case *float64:
			cell := ""
			if x != nil {
				cell = number(*x)
			}
			out = append(out, cell)
		case []float64:
			for _, y := range x {
				out = append(out, number(y))
			}
		case []string:
			out = append(out, x...)
		case summary.Estimate:
			out = append(out, number(x.Value), number(x.MC), "", "")
			if x.NoError {
				out[len(out)-3] = ""
			}
			if x.Resolved {
				out[len(out)-2], out[len(out)-1] = number(x.Low), number(x.High)
			}
		default:
			out = append(out, fmt.Sprint(x))
		}
	}
	return out
}

// CSV is the table as a file.
func (s *Sheet) CSV() []byte { return CSV(s.rows) }

// CSV writes rows as a table of comma-separated values; the first row is the head. Cells are as
// [Shown] and [table.Cell] have them.
func CSV(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range rows {
		if err := w.Write(Each(row, func(cell string) string { return table.Cell(Shown(cell)) })); err != nil {
			panic("results: " + err.Error()) // a buffer takes everything
		}
	}
	w.Flush()
	return b.Bytes()
}

// ByteOrderMark is what spreadsheets know UTF-8 by.
const ByteOrderMark = "\ufeff"

// CSVRow is a row of a table by the names of its columns.
type CSVRow map[string]string

// CSVRows reads what CSV writes: every row but the head, by the names of its columns.
func CSVRows(data []byte) ([]CSVRow, error) {
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(ByteOrderMark)))).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, cmp.Or(err, errors.New("an empty table"))
	}
	var out []CSVRow
	for _, line := range lines[1:] {
		row := CSVRow{}
		for i, cell := range line {
			row[lines[0][i]] = table.Plain(cell)
		}
		out = append(out, row)
	}
	return out, nil
}

// Number reads a cell, NaN where there is none.
func (r CSVRow) Number(column string) float64 {
	if x, err := strconv.ParseFloat(r[column], 64); err == nil {
		return x
	}
	return math.NaN()
}
