package say

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
)

// SixDigits writes a value for a table: six significant digits, empty where there is
// none.
func SixDigits(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}

// JSON writes indented JSON without HTML escapes. A number that JSON cannot hold
// is a mistake of ours.
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

// Exact writes a number so that reading it gives the same bits.
func Exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// CSV writes rows as a table of comma-separated values; the first row is the head.
func CSV(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		panic("results: " + err.Error()) // a buffer takes everything
	}
	return b.Bytes()
}

// CSVRow is a row of a table by the names of its columns.
type CSVRow map[string]string

// CSVRows reads what CSV writes: every row but the head, by the names of its columns.
func CSVRows(data []byte) ([]CSVRow, error) {
	lines, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, cmp.Or(err, errors.New("an empty table"))
	}
	var out []CSVRow
	for _, line := range lines[1:] {
		row := CSVRow{}
		for i, cell := range line {
			row[lines[0][i]] = cell
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
