// Package table reads the tables of the record: lines of cells under one that names the
// columns. All mistakes of a file are found at once, each with its place and a remedy.
//
// [Text.CSV] and [Text.Tabs] cut a file into rows; a [Row] gives its cells by the name of their
// column, as words of a vocabulary, numbers or plain text, and notes what is wrong with one.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is a file that is read, with the mistakes found in it.
type Text struct {
	File     string // as messages name it
	Problems Problems
}

// Say notes a mistake at a line and a character of it, both from 1; 0 for the file as a whole.
func (t *Text) Say(line, column int, format string, args ...any) {
	t.Problems = append(t.Problems, Problem{t.File, line, column, shortened(fmt.Sprintf(format, args...))})
}

// CSV reads the rows of comma-separated values. The first line must name exactly the columns; a
// row with a wrong number of cells is left out.
func (t *Text) CSV(columns []string, data []byte) []*Row {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	lines := bytes.Split(data, []byte("\n"))
	column := func(line, offset int) int { return utf8.RuneCount(lines[line-1][:offset-1]) + 1 }
	for n, line := range lines {
		if !utf8.Valid(line) {
			t.Say(n+1, column(n+1, bytes.IndexRune(line, utf8.RuneError)+1), "is not UTF-8; save the table as UTF-8")
			return nil
		}
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	var rows []*Row
	odd := 0
	for {
		cells, err := reader.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return t.under(columns, rows, 1,
				"put a cell that holds a comma in quotation marks, and leave empty cells their commas")
		case errors.Is(err, csv.ErrBareQuote) && errors.As(err, &wrong):
			t.Say(wrong.Line, column(wrong.Line, wrong.Column),
				"a quotation mark stands inside a cell; put the whole cell in quotation marks and double this one")
		case errors.As(err, &wrong):
			t.Say(wrong.StartLine, 1,
				"a quotation mark does not close a cell that it opened; end the cell with one, and double those inside")
		default:
			r := &Row{text: t, columns: columns, cells: cells, at: placesOf(reader, lines, len(cells))}
			if len(rows) > 0 && len(cells) != len(rows[0].cells) {
				odd++
			}
			if rows = append(rows, r); odd > mostOdd {
				return t.under(columns, rows, 1, "the rest is not read")
			}
			continue
		}
		if len(rows) == 0 {
			return nil
		}
	}
}

// mostOdd is after how many rows with a wrong number of cells a file is given up.
const mostOdd = 1000

// placesOf are the places of the cells of the row that was read last.
func placesOf(reader *csv.Reader, lines [][]byte, cells int) []place {
	out := make([]place, cells)
	at, from := place{}, 0 // the cell before, and where it begins in its line
	for i := range out {
		line, offset := reader.FieldPos(i)
		if line != at.line {
			at, from = place{line, 1}, 0
		}
		at.column += utf8.RuneCount(lines[line-1][from : offset-1])
		out[i], from = at, offset-1
	}
	return out
}

// Tabs reads lines, the first of which has a number, as cells that are separated by single tabs.
// The first must name exactly the columns; a row with a wrong number of cells is left out.
func (t *Text) Tabs(columns, lines []string, first int) []*Row {
	var rows []*Row
	for n, line := range lines {
		r := &Row{text: t, columns: columns, cells: strings.Split(line, "\t")}
		at := 1
		for _, cell := range r.cells {
			r.at = append(r.at, place{first + n, at})
			at += utf8.RuneCountInString(cell) + 1
		}
		rows = append(rows, r)
	}
	return t.under(columns, rows, first, "cells are separated by single tabs")
}

// under returns the rows below the line that names the columns.
func (t *Text) under(columns []string, rows []*Row, first int, remedy string) []*Row {
	if len(rows) == 0 {
		t.Say(first, 1, "is empty; its first line names the columns: %s", strings.Join(columns, ","))
		return nil
	}
	if !rows[0].names() {
		return nil
	}
	return slices.DeleteFunc(rows[1:], func(r *Row) bool {
		if len(r.cells) == len(columns) {
			return false
		}
		t.Say(r.at[0].line, 1, "%d cells for %d columns; %s", len(r.cells), len(columns), remedy)
		return true
	})
}

// names checks a first line against the columns.
func (r *Row) names() bool {
	all := Clip(strings.Join(r.columns, ","), mostNamed)
	for i, have := range r.cells {
		at, shown := r.at[i], Clip(have, mostQuoted)
		switch {
		case i >= len(r.columns):
			r.text.Say(at.line, at.column, "column %q is one too many; the columns are %s", shown, all)
		case i == 0 && len(r.columns) > 1 && strings.Count(have, ";") == len(r.columns)-1:
			r.text.Say(at.line, at.column, "semicolons stand between the columns; save the table with commas between them")
		case have != r.columns[i]:
			r.text.Say(at.line, at.column, "column %d is %q, not %q; the columns are %s", i+1, shown, r.columns[i], all)
		default:
			continue
		}
		return false
	}
	if n := len(r.cells); n < len(r.columns) {
		r.text.Say(r.at[0].line, 1, "the column %q is missing; the columns are %s", r.columns[n], all)
		return false
	}
	return true
}

// What messages quote of a cell, and list of columns, in characters.
const mostQuoted, mostNamed = 48, 240

// mostSaid is how long a message may be, in characters: one that quotes a cell of a megabyte keeps its two ends.
const mostSaid = 600

func shortened(s string) string {
	if r := []rune(s); len(r) > mostSaid {
		return string(r[:mostSaid/2]) + " … " + string(r[len(r)-mostSaid/2:])
	}
	return s
}

// Clip keeps what is quoted to a number of characters.
func Clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
