package abc

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/internal/kolmogorov"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/misstep/misstep/model/random"
)

// Simulation-based calibration [Talts2018]: truths from the prior, a data set each,
// the whole sampler run again for each, and the rank of the truth among a few
// particles that are nearly independent. If the sampler draws from the posterior
// the ranks are uniform. Data are perturbed by [Perturb], so that the ABC posterior
// at the last threshold is the exact one, however wide the threshold.

const (
	sbcRanked = 7 // particles that a truth is ranked among: 8 ranks
	sbcLevel  = 1e-3
)

// The thresholds end where the ball is wider than the spread of the data, and where it
// is narrower.
var (
	sbcScales = []float64{1, 1}
	wide      = []float64{30, 12, 6, 4}
	narrow    = []float64{30, 12, 5, 3, 2, 1.4, 1}
)

// countAndShare has a Poisson rate (z_0) and a binomial share of 20 (z_1), both on
// the scale on which their standard deviation is about one.
func countAndShare(rep *random.Replicate, z, s []float64) bool {
	share, hits := normalCDF(1.2*z[1]), 0.0
	s[0] = 2 * math.Sqrt(poisson(rep, 100, min(600, 8*math.Exp(1.2*z[0]))))
	for n := range 20 {
		if rep.Uniform(dataKey, n) < share {
			hits++
		}
	}
	s[1] = 2 * math.Sqrt(20) * math.Asin(math.Sqrt(hits/20))
	return true
}

// averaged is a broken problem: a particle keeps the mean of four data sets.
func averaged(rep *random.Replicate, z, s []float64) bool {
	var sum [2]float64
	for n := range 4 {
		part := random.NewSource(random.Mix, rep.Bits(dataKey, 50)).Replicate(uint64(n))
		countAndShare(&part, z, s)
		sum[0], sum[1] = sum[0]+s[0]/4, sum[1]+s[1]/4
	}
	copy(s, sum[:])
	return true
}

// sbc returns chi-square of the ranks (7 degrees of freedom) of z_0, z_1 and z_0+z_1,
// and how many runs did not reach the last threshold.
func sbc(t *testing.T, schedule []float64, particles func(*random.Replicate, []float64, []float64) bool,
	perturbed bool) (chi [3]float64, stuck int) {
	t.Helper()
	var ranks [3][sbcRanked + 1]float64
	world := toy{2, 2, countAndShare}
	for n := range sbcTruths {
		rep := random.NewSource(random.Mix, 21).Replicate(uint64(2*n+1) << DomainBits)
		z, y := make([]float64, 2), make([]float64, 2)
		drawPrior(&rep, z)
		world.Simulate(rep, z, y)
		if perturbed {
			y = perturb(rep, y, sbcScales, nil, schedule[len(schedule)-1])
		}
		r := run(t, toy{2, 2, particles}, y,
			Options{Seed: 21, Domain: uint64(2*n) << DomainBits, Particles: 70, Pilot: 400, MaxMoves: 8, Schedule: schedule,
				Scales: sbcScales, Workers: 1})
		if r.End != EndSchedule {
			stuck++ // ranked in the population that it has
		}
		var below [3]int
		for _, x := range spread(r, sbcRanked) {
			for q, less := range [3]bool{x[0] < z[0], x[1] < z[1], x[0]+x[1] < z[0]+z[1]} {
				if less {
					below[q]++
				}
			}
		}
		for q, b := range below {
			ranks[q][b]++
		}
	}
	want := float64(sbcTruths) / (sbcRanked + 1)
	for q := range ranks {
		for _, c := range ranks[q] {
			chi[q] += (c - want) * (c - want) / want
		}
	}
	return chi, stuck
}

// spread returns n particles by weight, far from each other in the population, where
// kin are neighbours.
func spread(r *Result, n int) [][]float64 {
	var out [][]float64
	sum := 0.0
	for i, w := range r.Weights {
		sum += w
		for len(out) < n && sum >= (float64(len(out))+0.5)/float64(n) {
			out = append(out, r.Particles[i])
		}
	}
	return out
}

// TestCalibration: ranks are uniform by chi-square at level 1e-3 over three
// quantities and two thresholds; the same without the perturbation, and with averaged data sets, is
// not.
func TestCalibration(t *testing.T) {
	bound := distuv.ChiSquared{K: sbcRanked}.Quantile(1 - sbcLevel/6)
	for _, schedule := range [][]float64{wide, narrow} {
		chi, stuck := sbc(t, schedule, countAndShare, true)
		if stuck > sbcTruths/200 {
			t.Errorf("thresholds %v: %d of %d runs did not reach the last", schedule, stuck, sbcTruths)
		}
		t.Logf("thresholds %v: chi-square %.1f, bound %.1f", schedule, chi, bound)
		for q, x := range chi {
			if x > bound {
				t.Errorf("thresholds %v, quantity %d: chi-square %.1f above %.1f", schedule, q, x, bound)
			}
		}
	}
	unperturbed, _ := sbc(t, wide, countAndShare, false)
	averages, _ := sbc(t, narrow, averaged, true)
	t.Logf("without the perturbation %.1f, of averaged data sets %.1f", unperturbed, averages)
	if slices.Max(unperturbed[:]) < bound || slices.Max(averages[:]) < bound {
		t.Errorf("without the perturbation %.1f, of averaged data sets %.1f, within %.1f: the test cannot fail", unperturbed,
			averages, bound)
	}
}

// TestPerturb: the point is uniform in the ball of the metric: its radius to the
// power of the dimension is uniform, directions are balanced, and what takes no
// part stays (level 1e-6, resolution 0.02).
func TestPerturb(t *testing.T) {
	const n, eps = 40000, 1.7
	y, scales, weights := []float64{1, math.NaN(), -3, 5, 8}, []float64{2, 1, 0.5, 1, 3}, []float64{1, 1, 4, 0, 0.25}
	m := newMetric(y, scales, weights)
	power, positive := make([]float64, n), 0.0
	for i := range n {
		x := perturb(random.NewSource(random.Mix, 2).Replicate(uint64(i)), y, scales, weights, eps)
		if !math.IsNaN(x[1]) || x[3] != 5 {
			t.Fatalf("%v", x)
		}
		power[i] = math.Pow(m.distance(x)/eps, 3)
		if x[0] > 1 && x[2] > -3 && x[4] > 8 {
			positive++
		}
	}
	d := kolmogorov.Distance(power, nil, func(u float64) float64 { return max(0, min(1, u)) })
	if d > kolmogorov.Bound(n, level) {
		t.Errorf("radius³ is %.4f from uniform", d)
	}
	if p := positive / n; math.Abs(p-0.125) > 4.89*math.Sqrt(0.125*0.875/n) {
		t.Errorf("an octant has %.4f of the points", p)
	}
}
