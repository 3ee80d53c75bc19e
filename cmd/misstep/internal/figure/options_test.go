package figure

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestFormatsAreDrawnInOrder catches: a format that was not asked for, or twice.
func TestFormatsAreDrawnInOrder(t *testing.T) {
	for want, formats := range map[string][]string{
		"peak.pdf peak.csv": {"pdf"}, "peak.png peak.svg peak.csv": {"png", "svg"},
		"peak.svg peak.png peak.pdf peak.csv": nil,
	} {
		files, err := one("peak", realistic(), nil, Options{Width: 2, DPI: 30, Formats: formats})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%v give %s", formats, got)
		}
	}
}

// TestCSVIsTheTable catches: a cell that is not quoted, a row of another length, a
// number that is rounded.
func TestCSVIsTheTable(t *testing.T) {
	for name, c := range summaries() {
		in := newInput(c.s, c.h)
		for _, f := range figures {
			want := f.build(in).numbers
			got, err := csv.NewReader(bytes.NewReader(want.csv())).ReadAll()
			if err != nil || len(got) != len(want.rows)+1 || !slices.Equal(got[0], want.head) {
				t.Fatalf("%s %s: %d rows, %v", name, f.name, len(got), err)
			}
			for i, row := range want.rows {
				if !slices.Equal(got[i+1], row) || len(row) != len(want.head) {
					t.Errorf("%s %s: row %q, want %q", name, f.name, got[i+1], row)
				}
			}
		}
	}
}

// TestOptionsTable catches: a limit that excludes its end, a standard that replaces
// what was asked for, a NaN that passes.
func TestOptionsTable(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string // width and resolution, or a word of the error
	}{
		{Options{}, "8 200"}, {Options{Width: 4}, "4 200"}, {Options{Width: 1}, "1 200"}, {Options{Width: 100}, "100 200"},
		{Options{DPI: 20}, "8 20"}, {Options{DPI: 1200}, "8 1200"},
		{Options{Width: .99}, "width"}, {Options{Width: 100.1}, "width"}, {Options{Width: -8}, "width"},
		{Options{Width: nan}, "width"}, {Options{Width: inf}, "width"},
		{Options{DPI: 19}, "resolution"}, {Options{DPI: 1201}, "resolution"}, {Options{DPI: -200}, "resolution"},
		{Options{Formats: []string{"svg", "PNG"}}, "format"}, {Options{Formats: []string{""}}, "format"},
	} {
		got, err := c.o.complete()
		text := fmt.Sprint(got.Width, got.DPI)
		if err != nil {
			text = err.Error()
		}
		if (err != nil) != !strings.Contains(c.want, " ") || !strings.Contains(text, c.want) {
			t.Errorf("%+v: %s, want %s", c.o, text, c.want)
		}
	}
}

// TestCells catches: NaN that is written, digits that are lost, a flag as a number.
func TestCells(t *testing.T) {
	tab := newTable("a b c d e f")
	tab.add("x, \"y\"", nan, .30000000000000004, true, 7, math.Inf(-1))
	data := tab.csv()
	if want := "a,b,c,d,e,f\n\"x, \"\"y\"\"\",,0.30000000000000004,true,7,\n"; string(data) != want {
		t.Errorf("%q, want %q", data, want)
	}
}
