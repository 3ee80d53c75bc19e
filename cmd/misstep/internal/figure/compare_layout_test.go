package figure

import (
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// nastyChanges fills a comparison with one number.
func nastyChanges(v float64) *CompareInput {
	in := manyChanges(7, 2)
	for i := range in.Rows {
		for k := range in.Rows[i].Changes {
			in.Rows[i].Changes[k].Estimate = summary.Estimate{Value: v, MC: v, Low: v, High: v}
		}
	}
	return in
}

// wordyChanges has texts that no line holds, and some that no font has.
func wordyChanges() *CompareInput {
	in := manyChanges(5, 2)
	long := strings.Repeat("an outcome with a name that goes on ", 20)
	in.Subtitle, in.Reference, in.Runs = []string{long, long}, "AAAAAAAAAAAAAAAA",
		[]string{"BBBBBBBBBBBBBBBB", "\x00\x1b[31m<&>"}
	for i := range in.Rows {
		in.Rows[i].Label, in.Rows[i].Unit = long, long[:10*i]
	}
	return in
}

func compareCharts() map[string]fitCase {
	out := map[string]fitCase{
		"two runs": compareOf(someChanges()), "four runs": compareOf(manyChanges(9, 3)),
		"crowd": compareOf(manyChanges(40, 25)), "one": compareOf(manyChanges(1, 1)),
		"empty": compareOf(&CompareInput{}), "nil": compareOf(nil), "wordy": compareOf(wordyChanges()),
		"no changes": compareOf(&CompareInput{Reference: "A", Runs: []string{"B"},
			Rows: []CompareRow{{Label: "x"}}}),
		"more changes than runs": compareOf(&CompareInput{Reference: "A", Runs: []string{"B"},
			Rows: []CompareRow{{Label: "x", Changes: make([]CompareChange, 3)}}}),
	}
	for name, v := range map[string]float64{"zero": 0, "nan": math.NaN(), "infinite": math.Inf(1), "huge": 1e300,
		"tiny": 1e-300, "negative": -3} {
		out[name] = compareOf(nastyChanges(v))
	}
	return out
}

// TestCompareGivesWay: outcomes without room are counted, whole, and none is cut in two.
func TestCompareGivesWay(t *testing.T) {
	r := &tape{}
	compareOf(manyChanges(60, 2)).on(r, Options{Width: 8, Height: 4.5})
	rows := 0
	for _, w := range r.texts() {
		if strings.HasPrefix(w.s, "Outcome ") {
			rows++
		}
	}
	if len(r.find("B")) != rows || len(r.find("C")) != rows || rows < 5 {
		t.Errorf("%d outcomes, %d and %d lines", rows, len(r.find("B")), len(r.find("C")))
	}
	if left := "+" + chart.Fixed(float64(60-rows), 0) + " in the CSV"; len(r.find(left)) != 1 {
		t.Errorf("no %q", left)
	}
	r = &tape{}
	compareOf(manyChanges(9, 2)).on(r, Options{})
	for _, w := range r.texts() {
		if strings.HasSuffix(w.s, "in the CSV") {
			t.Errorf("%q though the page may grow", w.s)
		}
	}
}
