package figure

import (
	"strings"

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
		"empty": compareOf(&CompareInput{}), "wordy": compareOf(wordyChanges()),
		"no changes": compareOf(&CompareInput{Reference: "A", Runs: []string{"B"},
			Rows: []CompareRow{{Label: "x"}}}),
		"more changes than runs": compareOf(&CompareInput{Reference: "A", Runs: []string{"B"},
			Rows: []CompareRow{{Label: "x", Changes: make([]CompareChange, 3)}}}),
	}
	for name, v := range map[string]float64{"zero": 0, "huge": 1e12, "negative": -3} {
		out[name] = compareOf(nastyChanges(v))
	}
	return out
}
