package evidence

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/record/table"
)

// EventTable writes events as the table evidence.csv, which [Read] takes.
func EventTable(rows []Event) []byte {
	return written(eventColumns, len(rows), func(i int) []string {
		e := &rows[i]
		return []string{e.ID, e.Date, e.Precision, e.Actors, e.Target, e.Type, e.Text, e.Address, e.Checked}
	})
}

// AccusationTable writes accusations as the table accusations.csv, which [Read] takes.
func AccusationTable(rows []Accusation) []byte {
	days := func(x float64) string {
		if x < 0 {
			return ""
		}
		return strconv.Itoa(int(x))
	}
	return written(accusationColumns, len(rows), func(i int) []string {
		a, british := &rows[i], No
		if a.British {
			british = Yes
		}
		return []string{a.ID, a.Date, a.Lead, a.Statement, strconv.Itoa(a.States), string(british), string(a.PenaltySame),
			days(a.PenaltyDays), string(a.Denial), string(a.Counter), days(a.CounterDays), string(a.Trade), string(a.Dialogue),
			string(a.Suspended), a.Kind, a.Source, a.Checked}
	})
}

// written is a table; no spreadsheet takes a cell of it for a formula.
func written(columns string, n int, row func(i int) []string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write(strings.Split(columns, ",")) // a buffer takes everything
	for i := range n {
		cells := row(i)
		for k := range cells {
			cells[k] = table.Cell(cells[k])
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return out.Bytes()
}
