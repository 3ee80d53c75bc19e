package abc

import "testing"

// runsDiffer plays 160 runs on the same data and returns the mean family-corrected
// size, that of the weights, and the number of independent draws whose mean varies as
// the posterior means of the runs do.
func runsDiffer(t *testing.T, moves int) (family, weights, worth float64) {
	const runs = 160
	var mean, square, spread float64
	for n := range runs {
		r := run(t, normalMean(2, 0.2), []float64{0.7}, Options{Seed: uint64(n), Particles: 100, MaxMoves: moves,
			Schedule: []float64{2, 1, 0.6, 0.4, 0.3}, Scales: []float64{1}, Coordinates: []int{0}, Workers: 1})
		m, v := 0.0, 0.0
		for i, z := range r.column(0) {
			m += r.Weights[i] * z
			v += r.Weights[i] * z * z
		}
		mean, square, spread = mean+m/runs, square+m*m/runs, spread+(v-m*m)/runs
		family, weights = family+r.FamilyESS.Min/runs, weights+r.ESS/runs
	}
	return family, weights, spread / (square - mean*mean)
}

// TestFamilyESSSaysHowFarRunsDiffer: with many moves and with few, the posterior
// mean of an informed coordinate varies between runs as that of FamilyESS draws
// would (level 1e-6, resolution 0.55 of it). With few moves the size of the weights
// is a third too large or more.
func TestFamilyESSSaysHowFarRunsDiffer(t *testing.T) {
	for _, moves := range []int{25, 2} {
		family, weights, worth := runsDiffer(t, moves)
		t.Logf("%d moves: family %.1f, weights %.1f, by the variance of runs %.1f", moves, family, weights, worth)
		if family/worth < 0.55 || family/worth > 1.8 {
			t.Errorf("%d moves: FamilyESS %.1f, runs differ as for %.1f", moves, family, worth)
		}
		if moves == 2 && weights < 1.33*worth {
			t.Errorf("the weights say %.1f, runs differ as for %.1f: the correction is not needed here", weights, worth)
		}
	}
}
