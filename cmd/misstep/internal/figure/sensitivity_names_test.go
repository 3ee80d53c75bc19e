package figure

import (
	"slices"
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

// TestSensitivityNamesInWords: rows say what a number is, uncut, in two lines at most, and
// its code beside words of one line. Catches a code in the place of words, a line that is
// lost, a row that runs into the next, a table or a group that loses its name.
func TestSensitivityNamesInWords(t *testing.T) {
	in := plainIndices()
	r := &tape{}
	p := fitCase{chart: newSensitivity(in)}.on(r, Options{})
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
	if code, name := r.one(t, "choice.price"),
		r.one(t, in.Rows[0].Plain); code.y-name.y != chart.LineStep || code.size >= name.size || code.color != chart.Muted {
		t.Errorf("the code %+v is not beneath %+v", code, name)
	}
	for _, label := range []string{in.Rows[1].Label, in.Rows[2].Label} {
		if slices.Contains(words, label) {
			t.Errorf("%s has a third line", label)
		}
	}
	r.one(t, "63 others together")
	left := r.one(t, "Effect on missteps").x
	for _, a := range r.texts() {
		if a.x == chart.Margin && a.y > 100 && a.y < p.H-50 && a.x+p.Width(a.s, chart.Style{Size: a.size}) > left {
			t.Errorf("%q runs into the panel at %v", a.s, left)
		}
	}
	tab := newSensitivity(in).table()
	if tab.rows[0][0] != "choice.price" || tab.rows[2][0] != "strength.clarify" {
		t.Errorf("the table names %q", tab.rows)
	}
	if alt := SensitivityAlt(in); !strings.Contains(alt, "price of a public step 0.40") ||
		strings.Contains(alt, "choice.price") {
		t.Error(alt)
	}
}

// TestSensitivityNamesShareRows: words of a row stand around the middle of its bars, whatever
// their lines. Catches names that drift down the list.
func TestSensitivityNamesShareRows(t *testing.T) {
	in := plainIndices()
	r := &tape{}
	fitCase{chart: newSensitivity(in)}.on(r, Options{})
	bars := r.fills(chart.Tint(chart.Sky, .55))
	one, two := r.one(t, "63 others together"), r.one(t, in.Rows[0].Plain)
	if at := bars[3].center().Y; !near(one.y-chart.Ascent/2, at) {
		t.Errorf("one line at %v, its bar at %v", one.y-chart.Ascent/2, at)
	}
	if at := bars[0].center().Y; !near(two.y-chart.Ascent/2+chart.LineStep/2, at) {
		t.Errorf("two lines around %v, their bar at %v", two.y-chart.Ascent/2+chart.LineStep/2, at)
	}
}

// TestSensitivityHeight: rows of two lines are higher, and where the page gives no room for
// them they have one line and no code.
func TestSensitivityHeight(t *testing.T) {
	short, tall := newSensitivity(someIndices()), newSensitivity(plainIndices())
	if !(tall.want() > short.want()+3*chart.LineStep/2) {
		t.Errorf("%v pt with words, %v without", tall.want(), short.want())
	}
	in := manyIndices()
	for i := range in.Rows {
		in.Rows[i].Plain = "some words on number " + strings.Repeat("i", i)
	}
	r := &tape{}
	s := newSensitivity(in)
	s.draw(r.page(Options{}), chart.Box(chart.Margin, 60, 548, 220))
	if n := len(r.find("choice.price")); n != 0 {
		t.Errorf("%d codes where rows have one line", n)
	}
	r.one(t, "some words on number iii")
}

// TestSensitivityRemark: what is below a panel is words. Catches a last change that is sold
// as convergence, a remark below a panel that has nothing, a unit that is lost.
func TestSensitivityRemark(t *testing.T) {
	s := newSensitivity(someIndices())
	if got := s.remark(&SensitivityPanel{Noise: .17,
		Moved: .2}); got != "noise is 17\u00a0% of the spread; with half the points a share differs by up to 0.20" {
		t.Error(got)
	}
	if got := s.remark(&SensitivityPanel{Noise: .17, Moved: -1}); got != "noise is 17\u00a0% of the spread" {
		t.Error(got)
	}
	_, p := newTape()
	if got := s.remarkLines(p, &SensitivityPanel{Noise: 1}, 150); got != nil {
		t.Errorf("an empty panel has %q", got)
	}
	if got := newSensitivity(screened()).remark(&SensitivityPanel{Unit: "per 100 cases"}); got != "per 100 cases" {
		t.Error(got)
	}
}
