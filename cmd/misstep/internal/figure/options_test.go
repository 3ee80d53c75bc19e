package figure

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// TestFormatsAreDrawnInOrder catches: a format that was not asked for, or twice.
func TestFormatsAreDrawnInOrder(t *testing.T) {
	for want, formats := range map[string][]string{
		"peak.pdf peak.csv": {"pdf"}, "peak.png peak.svg peak.csv": {"png", "svg"},
		"peak.svg peak.png peak.pdf peak.csv": nil,
	} {
		files, err := One("peak", realistic(), nil, Options{Width: 2, DPI: 30, Formats: formats})
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

// TestAltSaysTheNumbers catches: a text for those who cannot see that names no value,
// or the value of another arm.
func TestAltSaysTheNumbers(t *testing.T) {
	s := realistic()
	want := map[string][]string{
		"escalation": {"R5 or harder (from sanctions or charges on)", "R6 or harder (covert operations among them)",
			"Cumulative probability"},
		"effect": {"with forum minus without forum", "missteps −1.1 (−2.4 to −0.2) per 100 cases (better)",
			"missed responses +1.5 (0.3 to 3.1) per 100 cases (worse)", "missteps, avoidable −0.8 (−1.7 to −0.1)"},
		"futures": {"in 12 of 100 futures only without the forum", "in fewer than 1 of 100 futures only with the forum"},
		"peak":    {"Without forum: R0 62", "R4 " + chart.Chance(s.Arms[1].Peaks[4])},
		"beliefs": {"false about who did it: 1.9 (1.1 to 3.1)", "avoidable: 2.1 (", ", bad luck: 2.6 (",
			"missed responses: 8.2 ("},
		"channel": {"With forum: up 58", "at 41", "43\u00a0% (42\u00a0% to 44\u00a0%) at tension 0.40 to 0.60"},
		"history": {"without forum: 10 steps, 2 of them missteps; with forum: 7 steps, 1 of them missteps"},
	}
	for i := range s.Arms {
		for _, class := range []string{"R3", "R5", "R6"} {
			c := curveOf(&s.Arms[i], class, "any")
			part := fmt.Sprintf("%s, %s: %s", harder(class), readable(s.Arms[i].Name), chart.Chance(c.Value[len(c.Value)-1]))
			want["escalation"] = append(want["escalation"], part)
		}
	}
	for name, parts := range want {
		alt, err := Alt(name, s, oneFuture())
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if !strings.Contains(alt, part) {
				t.Errorf("%s does not say %q: %q", name, part, alt)
			}
		}
	}
}

// TestUnknownFigure catches: an error that does not say what there is.
func TestUnknownFigure(t *testing.T) {
	for _, name := range []string{"", "Peak", "peak.svg"} {
		_, one := One(name, realistic(), nil, Options{})
		_, alt := Alt(name, realistic(), nil)
		for _, err := range []error{one, alt} {
			if err == nil || !strings.Contains(err.Error(), strings.Join(Names(), ", ")) {
				t.Errorf("%q: %v", name, err)
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
