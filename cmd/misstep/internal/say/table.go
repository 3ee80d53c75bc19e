package say

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Table sets rows in columns with a gap between them, one letter of how a column:
// left (l) or right (r). It has no lines, and no blanks where a row ends.
func Table(rows [][]string, how, gap string) []string {
	s := table.StyleDefault
	s.Options = table.OptionsNoBordersAndSeparators
	s.Box.PaddingLeft, s.Box.PaddingRight = "", gap
	t := table.NewWriter()
	t.SetStyle(s)
	configs := make([]table.ColumnConfig, len(how))
	for i := range configs {
		configs[i] = table.ColumnConfig{Number: i + 1, Align: text.AlignLeft}
		if how[i] == 'r' {
			configs[i].Align = text.AlignRight
		}
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

// Aligned is Table as screens have it: a space before the first column, two between
// columns, and no column that is empty in every row.
func Aligned(rows [][]string, how string) []string {
	filled := make([]bool, len(how))
	for _, r := range rows {
		for c, s := range r {
			filled[c] = filled[c] || s != ""
		}
	}
	kept := make([][]string, len(rows))
	for i, r := range rows {
		for c, s := range r {
			if filled[c] {
				kept[i] = append(kept[i], s)
			}
		}
	}
	columns := ""
	for c := range how {
		if filled[c] {
			columns += how[c : c+1]
		}
	}
	lines := Table(kept, columns, "  ")
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
