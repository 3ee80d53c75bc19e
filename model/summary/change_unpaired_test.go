package summary

import (
	"math"
	"math/rand/v2"
	"testing"
)

// runOfOne is a run with one outcome of these levels.
func runOfOne(r Run, e Estimate) *Summary {
	return &Summary{Run: r, Contrasts: []Contrast{{Baseline: "a", Treatment: "b", CommonCases: 1,
		Measures: []Measure{{ID: "cases", Unit: "cases", Baseline: e, Treatment: e, Difference: e}}}}}
}

// TestUnpairedByHand: value, half-width and verdict of known numbers. Catches a part of
// the error that is left out, a parameter interval that is made up.
func TestUnpairedByHand(t *testing.T) {
	many := Run{Draws: 100, Replicates: 9, Free: 2}
	half := Estimate{1, .5, 0, 2, true, false}
	for name, c := range map[string]struct {
		a, b     Run
		x, y     Estimate
		half     float64
		verdict  Verdict
		atSample bool
	}{
		"no spread": {Run{Draws: 1, Replicates: 9}, Run{Draws: 1, Replicates: 9}, open(1, 3),
			open(9, 4), 5, Differs, false},
		"covers zero": {Run{Draws: 1, Replicates: 9}, Run{Draws: 1, Replicates: 9}, open(1, 3),
			open(6, 4), 5, Unclear, false},
		"spread of draws": {many, many, Estimate{1, 0, -29, 31, true, false},
			Estimate{9, 0, -31, 49, true, false}, 5, Differs, false},
		"draws hide it": {many, many, Estimate{1, 0, -29, 31, true, false},
			Estimate{5, 0, -35, 45, true, false}, 5, Unclear, false},
		"not resolved": {many, many, open(1, 1), open(9, 0), math.Sqrt(1 + math.Sqrt(2.0/99)),
			Differs, false},
		"equal bits, sample": {many, many, half, half, math.Sqrt(2 * (.25 + .01)), Same, true},
		"equal bits, chance": {many, many, half, half, math.Sqrt(2 * (.25 + .01)), Unclear, false},
		"another interval": {many, many, half, Estimate{1, .5, 0, 2.5, true, false},
			math.Sqrt(.25 + .01 + .25 + .015625), Unclear, true},
		"a single replicate": {Run{Draws: 1, Replicates: 1}, Run{Draws: 1, Replicates: 9}, open(1, 0),
			open(9, 0), 0, Unknown, false},
		"one in the other": {Run{Draws: 1, Replicates: 9}, Run{Draws: 1, Replicates: 1}, open(1, 0),
			open(9, 0), 0, Unknown, false},
		"an estimate of one": {many, many, Estimate{1, 0, 1, 1, false, true}, open(9, 3), 0, Unknown, false},
		"free with one draw": {Run{Draws: 1, Replicates: 9, Free: 3}, Run{Draws: 1, Replicates: 9},
			Estimate{1, 3, 0, 2, true, false}, open(9, 4), 5, Differs, false},
		"exact and different": {Run{Draws: 1, Replicates: 9}, Run{Draws: 1, Replicates: 9}, open(0, 0),
			open(1, 0), 0, Differs, true},
	} {
		for _, x := range Unpaired(runOfOne(c.a, c.x), runOfOne(c.b, c.y), Match{}, c.atSample) {
			d := x.Change
			want := open(c.y.Value-c.x.Value, d.MC)
			if want.NoError = c.verdict == Unknown; d != want || math.Abs(d.MC-c.half) > 1e-12 {
				t.Errorf("%s, %s: %+v, want ±%v", name, x.Quantity, d, c.half)
			}
			if x.Verdict != c.verdict || !x.Defined || x.Reference != c.x || x.Other != c.y {
				t.Errorf("%s: %+v", name, x)
			}
		}
	}
}

// TestUnpairedTurns: the change the other way round is the negative one.
func TestUnpairedTurns(t *testing.T) {
	a, b := summarise(t, small, true, 6, 5), summarise(t, small, true, 6, 8)
	one, two := Unpaired(a, b, Match{}, false), Unpaired(b, a, Match{}, false)
	if len(one) != len(two) || len(one) < 60 {
		t.Fatalf("%d and %d changes", len(one), len(two))
	}
	for i := range one {
		x, y := one[i], two[i]
		if x.Change.Value != -y.Change.Value || !near(x.Change.MC, y.Change.MC) || x.Verdict != y.Verdict ||
			x.Reference != y.Other {
			t.Errorf("%+v and %+v", x, y)
		}
	}
}

// TestUnpairedNeverOverflows: what has no finite change has none, and JSON can hold it.
func TestUnpairedNeverOverflows(t *testing.T) {
	r := Run{Draws: 1, Replicates: 9}
	for _, c := range Unpaired(runOfOne(r, Estimate{Value: -1.7e308}), runOfOne(r, Estimate{Value: 1.7e308}),
		Match{}, true) {
		if c.Defined || c.Verdict != Unclear || c.Change != (Estimate{}) {
			t.Errorf("%+v", c)
		}
	}
}

// The unpaired interval covers the change of the means in 95 % of pairs of experiments
// whose draws and replicates are both few, so that the spread of draws counts as much as
// the noise. Over 1,200 the count has standard deviation 7.5; level 1e-6 allows 37. The
// normal interval from 25 draws loses about 1 %, 12 of them, and the range between the
// 2.5 % quantiles of 25 draws falls short of 2·1.96 τ by about 4 %, worth 1 % more; so
// 62 are allowed. Without the draws' part coverage is below 85 %, 120 fewer.
func TestUnpairedIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	run := Run{Draws: 25, Replicates: 10, Free: 1}
	experiment := func(mean float64) *Summary {
		shift := make([]float64, run.Draws)
		for d := range shift {
			shift[d] = mean + 0.6*rng.NormFloat64()
		}
		e, _ := estimate(draws(run.Draws, run.Replicates,
			func(d int) [4]float64 { return [4]float64{shift[d] + rng.NormFloat64(), 1, 0, 1} }), baselineRatio, 1, true)
		return runOfOne(run, e)
	}
	const experiments = 1200
	covered := 0
	for range experiments {
		c := Unpaired(experiment(1), experiment(1.5), Match{}, false)[0]
		if math.Abs(c.Change.Value-0.5) <= c.Change.MC {
			covered++
		}
	}
	if off := float64(covered) - 0.95*experiments; off > 37 || off < -62 {
		t.Errorf("%d of %d intervals cover", covered, experiments)
	}
}
