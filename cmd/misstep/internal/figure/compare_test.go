package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

func compareOf(in *CompareInput) fitCase {
	return fitCase{newCompare(in, false), Compare(in).Draw}
}

// change is a change with a verdict.
func change(value, mc, low, high float64, v summary.Verdict) CompareChange {
	return CompareChange{Known: true, Estimate: summary.Estimate{Value: value, MC: mc, Low: low, High: high,
		Resolved: low < high},
		Verdict: v}
}

// someChanges has the shape of a real comparison of two runs: two outcomes of a unit,
// one of another, one that is identical.
func someChanges() *CompareInput {
	return &CompareInput{
		Subtitle: []string{"Two states", "with forum against without forum", "A two-1234567, B two-89abcde"}, Reference: "A",
		Runs: []string{"B"}, Paired: true, Uncertain: true,
		Rows: []CompareRow{
			{"missteps", "per 100 cases", []CompareChange{change(-.4, .1, -.7, -.2, summary.Differs)}, false},
			{"missed responses", "per 100 cases", []CompareChange{change(.3, .2, -.5, .8, summary.Unclear)}, false},
			{"R6 relations reduced", "of 100 futures", []CompareChange{change(1, .5, 1, 1, summary.Unclear)}, false},
			{"R3 public attribution", "of 100 futures", []CompareChange{change(0, 0, 0, 0, summary.Same)}, false},
			{"regret", "% of the reference range", []CompareChange{change(.02, .01, .01, .04, summary.Differs)}, false},
		},
	}
}

// manyChanges has so many outcomes of so many runs.
func manyChanges(outcomes, runs int) *CompareInput {
	in := &CompareInput{Subtitle: []string{"Many"}, Reference: "A"}
	for k := range runs {
		in.Runs = append(in.Runs, string(rune('B'+k)))
	}
	for i := range outcomes {
		r := CompareRow{Label: fmt.Sprint("outcome ", i), Unit: []string{"per 100 cases", "of 100 futures", "days"}[i%3]}
		for k := range runs {
			x := float64(i-outcomes/2) / 7
			r.Changes = append(r.Changes,
				change(x+float64(k), .3, x+float64(k)-1, x+float64(k)+2,
					[]summary.Verdict{summary.Differs, summary.Unclear, summary.Same}[(i+k)%3]))
		}
		in.Rows = append(in.Rows, r)
	}
	return in
}

// TestCompareIsToScale catches: a mark or an interval at another value, a row on the
// scale of another unit.
func TestCompareIsToScale(t *testing.T) {
	in := someChanges()
	r := &tape{}
	compareOf(in).on(r)
	for _, unit := range []struct {
		heading string
		rows    []int
	}{{"Per 100 cases", []int{0, 1}}, {"Of 100 futures", []int{2}}} {
		head := r.one(t, unit.heading)
		var marks []reading
		for _, w := range r.texts() {
			if v, err := strconv.ParseFloat(strings.Replace(w.s, "−", "-", 1), 64); err == nil && w.y == head.y {
				marks = append(marks, reading{w.middle(), v})
			}
		}
		x := rulerOf(t, marks, false)
		for _, i := range unit.rows {
			row, e := in.Rows[i], in.Rows[i].Changes[0].Estimate
			y := r.one(t, say.Capital(row.Label)).y
			onRow := func(s shape) bool { return math.Abs(s.center().Y-(y-4)) < 4 }
			thick := r.only(func(s shape) bool { return s.kind == 's' && s.width == 3.4 && onRow(s) })
			if len(thick) != 1 {
				t.Fatalf("%s: %d thick lines", row.Label, len(thick))
			}
			x.close(t, "the lower end of Monte Carlo", thick[0].bounds().X, e.Value-e.MC)
			x.close(t, "the upper end of Monte Carlo", thick[0].bounds().Right(), e.Value+e.MC)
			thin := r.only(func(s shape) bool { return s.flat() && s.width == 1.1 && onRow(s) })
			if want := e.High > e.Low; want != (len(thin) == 1) {
				t.Fatalf("%s: %d thin lines", row.Label, len(thin))
			}
			if len(thin) == 1 {
				x.close(t, "the lower end of the parameters", thin[0].bounds().X, e.Low)
				x.close(t, "the upper end of the parameters", thin[0].bounds().Right(), e.High)
			}
		}
	}
}

// TestCompareLooks catches: a change that is not shown in the colour of one that is, or
// a verdict without a mark of its own.
func TestCompareLooks(t *testing.T) {
	seen := map[chart.Mark]summary.Verdict{}
	for _, v := range []summary.Verdict{summary.Differs, summary.Unclear, summary.Same} {
		l := forest.OfChange(v)
		m, c := l.Mark, l.Color
		if was, double := seen[m]; double {
			t.Errorf("%s looks like %s", v, was)
		}
		seen[m] = v
		if (c == chart.Ink) != (v == summary.Differs) {
			t.Errorf("%s is %v", v, c)
		}
	}
	if forest.OfChange("").Mark != chart.Ring || forest.OfChange(summary.Unknown).Color == chart.Ink {
		t.Error("an unknown verdict looks like a finding")
	}
	r := &tape{}
	compareOf(someChanges()).on(r)
	if n := len(r.fills(chart.Ink)); n != 3 { // two rows and the key
		t.Errorf("%d blue marks, want 3", n)
	}
}

// TestCompareRuns: a line for each run, the label once; what a run lacks is not a zero.
func TestCompareRuns(t *testing.T) {
	in := manyChanges(2, 3)
	in.Rows[1].Changes[1] = CompareChange{}
	r := &tape{}
	compareOf(in).on(r)
	for _, letter := range []string{"B", "C", "D"} {
		if n := len(r.find(letter)); n != 2 {
			t.Errorf("%d lines of %s", n, letter)
		}
	}
	for i := range in.Rows {
		r.one(t, say.Capital(in.Rows[i].Label))
	}
	if y := r.one(t, "n/a").y; y != r.find("C")[1].y {
		t.Errorf("n/a at %v", y)
	}
	if len(r.find("Difference between the arms, run − A: 2 of 6 changes shown to differ")) != 1 {
		t.Error("the header does not say what is compared")
	}
}

// TestCompareAlt: the text names what is shown, and counts the rest.
func TestCompareAlt(t *testing.T) {
	want := "Forest plot of how outcomes differ from run A: missteps in B by −0.40 (−0.70 to −0.20) per 100 cases; " +
		"regret in B by +0.02 (0.01 to 0.04) % of the reference range; 3 of 5 changes are not shown." + chart.InParentheses
	if got := Compare(someChanges()).Alt; got != want {
		t.Errorf("%s", got)
	}
	if got := Compare(&CompareInput{}).Alt; got != "Nothing to show: the runs have no outcome in common." {
		t.Errorf("%s", got)
	}
}

// TestCompareNarrow: a narrow page has what leads and what differs, and counts all. Catches a label that is cut.
func TestCompareNarrow(t *testing.T) {
	in := someChanges()
	in.Rows[1].Leads = true
	c := newCompare(in, true)
	var said []string
	for _, r := range c.rows.Rows {
		if len(r.Cells) > 0 {
			said = append(said, r.Cells[0].Text)
		}
	}
	if got := strings.Join(said, ", "); got != "Missteps, Missed responses, Regret" {
		t.Error(got)
	}
	if !strings.HasSuffix(c.lead, "2 of 5 changes shown to differ") {
		t.Error(c.lead)
	}
}
