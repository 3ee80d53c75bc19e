package figure

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
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
				row[i] = strconv.FormatFloat(v, 'g', -1, 64)
			}
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	t.rows = append(t.rows, row)
}

func (t table) csv() ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(t.head); err != nil {
		return nil, err
	}
	if err := w.WriteAll(t.rows); err != nil {
		return nil, err
	}
	return out.Bytes(), w.Error()
}
