package figure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// table holds the numbers that a figure draws, for its CSV.
type table struct {
	head []string
	rows [][]string
}

// newTable has the columns of a list with spaces.
func newTable(head string) table { return table{head: strings.Fields(head)} }

// add appends a row; a number that is not finite becomes an empty cell.
func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case string:
			row[i] = v
		case float64:
			if chart.Finite(v) {
				row[i] = say.Exact(v)
			}
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	t.rows = append(t.rows, row)
}

func (t table) csv() []byte { return say.CSV(slices.Concat([][]string{t.head}, t.rows)) }
