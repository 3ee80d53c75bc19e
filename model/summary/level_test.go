package summary

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// uneven are draws of shares, the first of which weighs twenty times as much: the
// interval is that of the draws around the mean of all, and reaches beyond what a share
// can be.
func uneven(shares ...float64) []*experiment.Moments {
	var out []*experiment.Moments
	for i, p := range shares {
		n := 2.0
		if i == 0 {
			n = 40
		}
		m := &experiment.Moments{}
		m.N, m.Sum = n, [4]float64{n * p, n, 0, 0}
		m.Sq[0][0], m.Sq[0][1], m.Sq[1][1] = n*p*p, n*p, n
		out = append(out, m)
	}
	return out
}

// TestLevelEndsWithItsQuantity: the interval of a level is cut at 0 and at the most that
// it can be, and nothing else of it; a value that is outside by itself shows that it is.
func TestLevelEndsWithItsQuantity(t *testing.T) {
	for name, draws := range map[string][]*experiment.Moments{"low": uneven(0, 0, .1, .4), "high": uneven(1, 1, .9, .4)} {
		free, _ := estimate(draws, baselineRatio, 100, true)
		got := level(draws, baselineRatio, 100, 100, true)
		want := free
		want.Low, want.High = max(0, free.Low), min(100, free.High)
		if got != want || want.Value != free.Value {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if free.Low >= 0 && free.High <= 100 {
			t.Errorf("%s: %+v reaches nowhere beyond: the case tests nothing", name, free)
		}
		if open := level(draws, baselineRatio, 100, math.Inf(1), true); open.High != free.High || open.Low < 0 {
			t.Errorf("%s: a count is cut at %v", name, open.High)
		}
	}
	beyond := uneven(3, 3.5)
	free, _ := estimate(beyond, baselineRatio, 100, true)
	if got := level(beyond, baselineRatio, 100, 100, true); got != free {
		t.Errorf("a value outside: %+v, want %+v", got, free)
	}
	for unit, want := range map[string]float64{"probability": 1, "per 100 cases": 100, "per 100 hard cases": 100,
		"per replicate": math.Inf(1)} {
		if top(unit) != want {
			t.Errorf("%s: at most %v", unit, top(unit))
		}
	}
}

// TestTurns: thaws that begin or end within the window, by day; those that hold
// throughout change nothing that a curve could show.
func TestTurns(t *testing.T) {
	v := &scenario.Scenario{Horizon: 1000,
		Thaws: []scenario.Thaw{{From: 600, Until: 1500}, {From: -10, Until: 400}, {From: -10, Until: 2000},
			{From: 0, Until: 1000}}}
	want := []Turn{{400, "the thaw ends (assumed)"}, {600, "a thaw begins (assumed)"}}
	if have := TurnsOf(v); !slices.Equal(have, want) {
		t.Errorf("%v, want %v", have, want)
	}
	if none := TurnsOf(&scenario.Scenario{}); none == nil || len(none) != 0 {
		t.Errorf("%v: JSON wants an empty list", none)
	}
}
