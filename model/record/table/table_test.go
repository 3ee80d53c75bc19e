package table

import (
	"strings"
	"testing"
)

// TestParsePlaces: cells are found at their line and character, behind quotation
// marks, letters of several bytes, line breaks and blank lines. Catches places in bytes.
func TestParsePlaces(t *testing.T) {
	for _, c := range []struct {
		text         string
		column, want string
	}{
		{"a,b\n1,2\n", "b", "x:2:3: b: here; there"},
		{"a,b\r\n1,2\r\n", "b", "x:2:3: b: here; there"},
		{"a,b\n\n\n1,2\n", "a", "x:4:1: a: here; there"},
		{"a,b\né–,2\n", "b", "x:2:4: b: here; there"},
		{"a,b\n\"1,\"\"1\",2\n", "b", "x:2:9: b: here; there"},
		{"a,b\n\"1\n1\",2\n", "b", "x:3:4: b: here; there"},
		{"\xef\xbb\xbfa,b\n1,2\n", "b", "x:2:3: b: here; there"},
	} {
		text := &Text{File: "x"}
		rows := text.CSV([]string{"a", "b"}, []byte(c.text))
		if len(rows) != 1 || len(text.Problems) != 0 {
			t.Errorf("%q: %d rows, %v", c.text, len(rows), text.Problems)
			continue
		}
		rows[0].Say(c.column, "here; there")
		if have := text.Problems.Error(); have != c.want {
			t.Errorf("%q: %s, want %s", c.text, have, c.want)
		}
	}
}

// TestParseGoesOn: a row with a mistake is left out and the rest is read. Catches a
// table that ends at its first mistake.
func TestParseGoesOn(t *testing.T) {
	text := &Text{File: "x"}
	rows := text.CSV([]string{"a", "b"}, []byte("a,b\n1,2\n3\n4,5,6\n7,\"8\" 9\n10,11\n"))
	var first []string
	for _, r := range rows {
		first = append(first, r.Get("a"))
	}
	if strings.Join(first, " ") != "1 10" || len(text.Problems) != 3 {
		t.Errorf("rows %v, problems:\n%v", first, text.Problems)
	}
}

// TestProblems: a problem of a file as a whole has no place; lists are by file, line
// and column. Catches line 10 before line 9.
func TestProblems(t *testing.T) {
	list := Problems{{"b.csv", 2, 1, "w"}, {"a.csv", 10, 1, "w"}, {"a.csv", 9, 5, "w"}, {"a.csv", 9, 4, "w"},
		{"a.csv", 0, 0, "w"}}
	if have, want := list.Sorted().Error(),
		"a.csv: w\na.csv:9:4: w\na.csv:9:5: w\na.csv:10:1: w\nb.csv:2:1: w"; have != want {
		t.Errorf("%s", have)
	}
}

// TestTabs: the same of cells between tabs, whose lines begin at a number of their own.
func TestTabs(t *testing.T) {
	text := &Text{File: "x"}
	rows := text.Tabs([]string{"a", "b"}, []string{"a\tb", "é–\t2", "3", ""}, 7)
	if len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), text.Problems)
	}
	rows[0].Say("b", "here; there")
	want := "x:9:1: 1 cells for 2 columns; cells are separated by single tabs\n" +
		"x:10:1: 1 cells for 2 columns; cells are separated by single tabs\nx:8:4: b: here; there"
	if text.Problems.Error() != want {
		t.Errorf("have\n%v\nwant\n%s", text.Problems, want)
	}
}

// TestNumbers: whole numbers and numbers at the ends of their domains. Catches a number that
// is read as another.
func TestNumbers(t *testing.T) {
	cell := func(s string) (*Row, *Text) {
		text := &Text{File: "x"}
		return text.CSV([]string{"a", "b"}, []byte("a,b\n"+s+",\n"))[0], text
	}
	for s, want := range map[string]int{"": -1, "0": 0, "90": 90, "36525": 36525, "36526": -1, "-1": -1, "1.5": -1,
		"1e2": -1, "many": -1} {
		r, text := cell(s)
		have := r.Whole("a", 0, 36525, -1)
		if bad := want == -1 && s != ""; have != want || bad != (len(text.Problems) == 1) {
			t.Errorf("%q: %d, %v", s, have, text.Problems)
		}
	}
	for s, want := range map[string]bool{"": false, "0.5": true, "-3": true, "1e-3": true, "NaN": false, "Inf": false,
		"x": false, "0x1p-2": false} {
		r, text := cell(s)
		if x, ok := r.Number("a"); ok != want || (len(text.Problems) == 0) != (ok || s == "") {
			t.Errorf("%q: %v, %v, %v", s, x, ok, text.Problems)
		}
	}
}
