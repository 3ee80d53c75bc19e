package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
)

// Table is a table with a caption. The first cell of a row names it.
type Table struct {
	Caption  string
	Columns  []Column
	Groups   []Group
	Sortable bool // by its columns; a table with one group only
	Stacked  bool // cells stand below each other where the page is narrow
}

// Column is a column of a table.
type Column struct {
	Title   string
	Numbers bool // set to the right
}

// Group is a part of a table: rows under a common heading, or under none.
type Group struct {
	Title string
	Rows  []Row
}

// Row is a row of a table.
type Row struct {
	ID     string // empty for none
	Marked bool
	Cells  []Cell
}

// Cell is a cell of a table.
type Cell struct {
	Text Text
	Sort string // what the row is sorted by in place of the text; a number, or words
}

// kind is "table".
func (Table) kind() string { return "table" }

// Header reports whether a cell is the name of its row.
func (Table) Header(i int) bool { return i == 0 }

// Numbers reports whether column i holds numbers.
func (t Table) Numbers(i int) bool { return i < len(t.Columns) && t.Columns[i].Numbers }

// Head is the title of column i where tables are stacked, "" beyond the last.
func (t Table) Head(i int) string {
	if !t.Stacked || i >= len(t.Columns) {
		return ""
	}
	return t.Columns[i].Title
}

// Cells makes a cell of each string.
func Cells(list ...string) []Cell {
	out := make([]Cell, len(list))
	for i, s := range list {
		out[i] = Cell{Text: T(s)}
	}
	return out
}

// FromCSV makes a table of a CSV file whose first line names the columns; most is
// the number of rows that are kept. It returns the number of rows of the file. The
// error is about what is no CSV.
func FromCSV(caption string, data []byte, most int) (Table, int, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return Table{}, 0, err
	}
	if len(rows) == 0 {
		return Table{}, 0, fmt.Errorf("a table without a line of names")
	}
	t := Table{Caption: caption, Stacked: true}
	for i, name := range rows[0] {
		t.Columns = append(t.Columns, Column{Title: strings.ReplaceAll(name, "_", " "), Numbers: numeric(rows[1:], i)})
	}
	var g Group
	for _, r := range rows[1:][:min(most, len(rows)-1)] {
		var cells []Cell
		for i, s := range r {
			if t.Columns[i].Numbers {
				s = shorter(s)
			}
			cells = append(cells, Cell{Text: T(s)})
		}
		g.Rows = append(g.Rows, Row{Cells: cells})
	}
	t.Groups = []Group{g}
	return t, len(rows) - 1, nil
}

// numeric reports whether a column holds numbers or nothing, and at least one.
func numeric(rows [][]string, i int) bool {
	some := false
	for _, r := range rows {
		if r[i] == "" {
			continue
		}
		if _, ok := number(r[i]); !ok {
			return false
		}
		some = true
	}
	return some
}
