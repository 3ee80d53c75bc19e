package field

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
	"github.com/xuri/excelize/v2"
)

// index checks the rows of a sheet against its columns, and fills up those that a spreadsheet cut short.
func (s *sheet) index(columns []string) error {
	s.header = columns
	for i := range s.rows {
		r := &s.rows[i]
		for s.serial && len(r.cells) < len(columns) {
			r.cells = append(r.cells, "")
		}
		if len(r.cells) != len(columns) && !(s.serial && len(strings.Join(r.cells[len(columns):], "")) == 0) {
			return fmt.Errorf("%s: row %d has %d cells for %d columns; take the file as the project publishes it", s.file, r.n,
				len(r.cells), len(columns))
		}
	}
	return nil
}

// cell is the text of a cell, without blanks at its ends; "" where the project says that it is not available.
func (s *sheet) cell(r *row, column string) string {
	v := strings.TrimSpace(r.cells[s.column(column)])
	if v == "Not available" {
		return ""
	}
	return v
}

func (s *sheet) column(name string) int {
	for i, c := range s.header {
		if c == name {
			return i
		}
	}
	panic("field: no column " + name) // a mistake of ours
}

// wrong is a mistake in a cell that stops the import.
func (s *sheet) wrong(r *row, column, what string) error {
	i := s.column(column)
	return fmt.Errorf("%s: row %d, column %s (%s): %q %s", s.file, r.n, letters(i), strings.TrimPrefix(column, settled),
		clip(r.cells[i]), what)
}

// number is the whole number of a row, from 1 to mostNumber, which its key is made of.
func (s *sheet) number(r *row, column string) (int, error) {
	n, err := strconv.Atoi(s.cell(r, column))
	if err != nil || n < 1 || n > mostNumber {
		return 0, s.wrong(r, column, fmt.Sprintf("is no whole number from 1 to %d, by which rows are told apart", mostNumber))
	}
	return n, nil
}

// Keys are a letter, a digit for the table, and the number of the row in five digits.
const (
	mostNumber      = 99999
	ofEuRepoC       = 1
	ofDCID          = 2
	ofEuRepoCSpoken = 3 // attributions that are events
)

func key(letter string, table, number int) string {
	return fmt.Sprintf("%s%d%05d", letter, table, number)
}

// day reads a date in one of some layouts, or as the serial number of a spreadsheet. The first of a month or of a
// year may stand for all of it, and counts so.
func (s *sheet) day(r *row, column string, layouts ...string) (evidence.Date, string) {
	v := s.cell(r, column)
	if v == "" {
		return evidence.Date{}, "has no date"
	}
	at, err := s.date(v, layouts...)
	if err != nil {
		return evidence.Date{}, s.noDate(column)
	}
	d := evidence.Date{Text: at.Format("2006-01-02"), Precision: "day"}
	switch {
	case at.Day() != 1:
	case at.Month() == 1:
		d = evidence.Date{Text: at.Format("2006"), Precision: "year"}
	default:
		d = evidence.Date{Text: at.Format("2006-01"), Precision: "month"}
	}
	if _, err := evidence.ParseDate(d.Text); err != nil {
		return evidence.Date{}, s.notBelieved(column)
	}
	return d, ""
}

// date reads a day in one of some layouts, or as the serial number of a spreadsheet.
func (s *sheet) date(text string, layouts ...string) (at time.Time, err error) {
	if days, err := strconv.ParseFloat(text, 64); err == nil && s.serial && days > 20000 && days < 80000 {
		return excelize.ExcelDateToTime(days, false)
	}
	for _, l := range layouts {
		if at, err = time.Parse(l, text); err == nil {
			return at, nil
		}
	}
	return at, err
}

func (s *sheet) noDate(column string) string {
	return fmt.Sprintf("%s, column %s, is no date", column, letters(s.column(column)))
}

func (s *sheet) notBelieved(column string) string {
	return fmt.Sprintf("%s, column %s, lies outside the years that are believed", column, letters(s.column(column)))
}

// add takes an event over.
func (b *importer) add(r *row, e evidence.Event) {
	if where, twice := b.keys[e.ID]; twice {
		b.drop(r, "has the number of a row before: %s", where)
		return
	}
	b.keys[e.ID] = fmt.Sprintf("row %d", r.n)
	e.Checked = evidence.Imported
	b.out.Events = append(b.out.Events, e)
	b.came(e.ID, r.n)
}

// by names a state as the actor of an event, with a group where one is known.
func by(state, groups string) string {
	if g := Group(groups); g != "" {
		return state + " (" + g + ")"
	}
	return state
}

// incidents takes over the table EuRepoC global.
func (b *importer) incidents(s *sheet) error {
	for i := range s.rows {
		r := &s.rows[i]
		id, err := s.number(r, "incident_id")
		if err != nil {
			return err
		}
		// Receivers are the product of states and categories, so that a state stands several times.
		initiators := States(s.cell(r, settled+"initiator_country"))
		from, to, why := b.sides(initiators, States(s.cell(r, "receiver_country")))
		if why == "" && len(initiators) > 1 {
			why = "names several states as its initiator"
		}
		date, undated := evidence.Date{}, ""
		if why == "" {
			date, undated = s.day(r, "start_date", "02.01.2006")
			why = undated
		}
		if name := text(s.cell(r, "name")); why == "" && name == "" {
			why = "has no name"
		}
		if why != "" {
			b.drop(r, "%s", why)
			continue
		}
		what := fmt.Sprintf("incident %d", id)
		b.add(r, evidence.Event{ID: key("E", ofEuRepoC, id), Date: date.Text, Precision: date.Precision,
			Actors: by(from, s.cell(r, "initiator_name")), Target: to, Type: "incident", Text: text(s.cell(r, "name")),
			Address: strings.Join(append([]string{b.from(what, r)}, addresses(s.cell(r, "source_url"))...), " ; ")})
	}
	return nil
}

// dyads takes over the table DCID.
func (b *importer) dyads(s *sheet) error {
	for i := range s.rows {
		r := &s.rows[i]
		id, err := s.number(r, "Cyberincidentnum")
		if err != nil {
			return err
		}
		initiator, isState := State(s.cell(r, "initiator"))
		if !isState {
			return s.wrong(r, "initiator", "is the number of no state of the Correlates of War")
		}
		var states []string
		for _, column := range []string{"StateA", "StateB"} {
			state, known := State(s.cell(r, column))
			if !known {
				return s.wrong(r, column, "is no state that is known")
			}
			if state != initiator {
				states = append(states, state)
			}
		}
		from, to, why := b.sides([]string{initiator}, states)
		date := evidence.Date{}
		if why == "" {
			date, why = s.day(r, "interactionstartdate", "2006-01-02", "01/02/2006")
		}
		if name := text(s.cell(r, "Name")); why == "" && name == "" {
			why = "has no name"
		}
		if why != "" {
			b.drop(r, "%s", why)
			continue
		}
		sources := []string{b.from(fmt.Sprintf("incident %d", id), r)}
		for n := 1; n <= 5; n++ {
			sources = append(sources, addresses(s.cell(r, fmt.Sprintf("Sources%d", n)))...)
		}
		b.add(r, evidence.Event{ID: key("E", ofDCID, id), Date: date.Text, Precision: date.Precision, Actors: from,
			Target: to, Type: "incident", Text: text(s.cell(r, "Name")),
			Address: strings.Join(sources[:min(len(sources), 1+mostAddresses)], " ; ")})
	}
	return nil
}
