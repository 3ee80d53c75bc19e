package evidence

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed *.csv
var files embed.FS

// record is a line of a table: cells by the name of their column.
type record map[string]string

// number reads a cell that may be empty; ok is false then.
func (r record) number(column string) (x float64, ok bool) {
	if r[column] == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(r[column], 64)
	if err != nil {
		panic(fmt.Sprintf("evidence: %s: %v", column, err))
	}
	return x, true
}

// read reads an embedded table, whose first line must name exactly the columns.
func read(name, columns string) []record {
	f, err := files.Open(name)
	if err != nil {
		panic(err)
	}
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("evidence: %s: %v", name, err))
	}
	if have := strings.Join(lines[0], ","); have != columns {
		panic(fmt.Sprintf("evidence: %s has the columns %s, not %s", name, have, columns))
	}
	var out []record
	for _, line := range lines[1:] {
		r := record{}
		for i, cell := range line {
			r[lines[0][i]] = cell
		}
		out = append(out, r)
	}
	return out
}
