package decompose

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// edited replaces a part of a text that must be there.
func edited(text, old, new string) string {
	if !strings.Contains(text, old) {
		panic("no such part: " + old)
	}
	return strings.Replace(text, old, new, 1)
}

// TestTheTotalIsTheHeadlineOfTheRun: for every measure that can be split, value,
// Monte Carlo error, interval and verdict of the total are those of the run.
//
// Mutation that it catches: take a measure over all cases, or over those that every
// coalition discovered.
func TestTheTotalIsTheHeadlineOfTheRun(t *testing.T) {
	for name, text := range map[string]string{"exact": small, "orders": many} {
		p := plan(t, text, 6, 8)
		sums, err := experiment.Run(context.Background(), p, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := summary.Of(sums).Contrasts[0]
		got := Of(split(t, p, 2))
		if len(got.Outcomes) != len(outcome.All)-2 { // a ratio of two counts, and one of cases that an arm lacks
			t.Errorf("%s: %d of %d measures are split", name, len(got.Outcomes), len(outcome.All))
		}
		for _, o := range got.Outcomes {
			m := want.Measure(o.ID)
			for i, x := range [][2]float64{{o.Total.Value, m.Difference.Value}, {o.Total.MC, m.Difference.MC},
				{o.Total.Low, m.Difference.Low}, {o.Total.High, m.Difference.High}} {
				if math.Abs(x[0]-x[1]) > 1e-9 {
					t.Errorf("%s: %s, number %d: %v, the run has %v", name, o.ID, i, x[0], x[1])
				}
			}
			if o.Total.Verdict != m.Verdict {
				t.Errorf("%s: %s is %s, in the run %s", name, o.ID, o.Total.Verdict, m.Verdict)
			}
		}
	}
}
