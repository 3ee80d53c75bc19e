package answer

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// TestRowDigits: a clear difference never rounds to nothing.
func TestRowDigits(t *testing.T) {
	m := small.Measured("x", "x", small.PerCases, -1, small.Est(1, .001, 1, 1), small.Est(.996, .001, 1, 1),
		small.Est(-.004, .0005, -.005, -.003), summary.Better)
	if r := RowOf(&m, 2, true); r.Change.Value != "−0.004" || r.Baseline.Value != "1.000" {
		t.Errorf("%+v", r)
	}
	m.Verdict = summary.Unclear
	if r := RowOf(&m, 2, true); r.Change.Value != "0.00" {
		t.Errorf("%+v", r)
	}
}

func TestIntervalUnresolved(t *testing.T) {
	for _, c := range []struct {
		e    summary.Estimate
		want [2]string
	}{
		{small.Est(.4, .04, .4, .4), [2]string{Unresolved}},
		{small.Est(.4, .04, .3999, .4001), [2]string{"+0.40", "+0.40"}},
		{small.Est(.4, .04, .3, .5), [2]string{"+0.30", "+0.50"}},
		{small.Est(0, 0, 0, 0), [2]string{"0.00", "0.00"}}, // no future differs: that is resolved
	} {
		if got := IntervalOf(c.e, 1, 2, say.Signed); got != c.want {
			t.Errorf("%+v: %v", c.e, got)
		}
	}
}
