package figure

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// plainIndices have words for their numbers: short, of two lines, and of two lines only in
// the widest column.
func plainIndices() *SensitivityInput {
	in := someIndices()
	for i, words := range []string{"price of a public step", "what it costs the United Kingdom to go public, since 2024",
		"audience cost of no public step on a disclosed incident of severity 4 or more"} {
		in.Rows[i].Plain = words
	}
	return in
}

// TestSensitivityNamesInWords: rows say what a number is, uncut, in two lines at most. Catches a
// code in the place of words, a line that is lost, a table or a group that loses its name.
func TestSensitivityNamesInWords(t *testing.T) {
	in := plainIndices()
	r := &tape{}
	p := fitCase{chart: newSensitivity(in)}.on(r)
	words := r.words()
	text := strings.Join(words, " ")
	if strings.Contains(text, chart.Ellipsis) {
		t.Errorf("something is cut: %q", words)
	}
	for _, row := range in.Rows[:3] {
		if !strings.Contains(text, row.Plain) {
			t.Errorf("%q lacks %q", words, row.Plain)
		}
	}
	r.one(t, "63 others together")
	left := r.one(t, "Effect on missteps").x
	for _, a := range r.texts() {
		if a.x == chart.Margin && a.y > 100 && a.y < p.H-50 && a.x+p.Width(a.s, chart.Style{Size: a.size}) > left {
			t.Errorf("%q runs into the panel at %v", a.s, left)
		}
	}
	tab := newSensitivity(in).numbers
	if tab.rows[0][0] != "choice.price" || tab.rows[2][0] != "strength.clarify" {
		t.Errorf("the table names %q", tab.rows)
	}
	if alt := Sensitivity(in).Alt; !strings.Contains(alt, "price of a public step 0.40") ||
		strings.Contains(alt, "choice.price") {
		t.Error(alt)
	}
}

// TestSensitivityNamesShareRows: words of a row stand around the middle of its bars, whatever
// their lines. Catches names that drift down the list.
func TestSensitivityNamesShareRows(t *testing.T) {
	in := plainIndices()
	r := &tape{}
	fitCase{chart: newSensitivity(in)}.on(r)
	bars := r.fills(chart.Tint(chart.Sky, .55))
	one, two := r.one(t, "63 others together"), r.one(t, in.Rows[0].Plain)
	if at := bars[7].center().Y; !near(one.y-chart.Ascent/2, at) {
		t.Errorf("one line at %v, its bar at %v", one.y-chart.Ascent/2, at)
	}
	if at := bars[1].center().Y; !near(two.y-chart.Ascent/2, at) { // the first is in the key
		t.Errorf("a name at %v, its bar at %v", two.y-chart.Ascent/2, at)
	}
}
