package abc

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// TestStandingOfNormal: among 20,000 data sets of three normal statistics, two of them correlated and of other scales,
// a record at (2, 0, 0) deviations of independent parts is 2 away, and 95 % stand within the root of the χ² quantile,
// √7.815; errors below .05. Catches a covariance that is left out, a mean that is not taken off, and a share or
// quantile of the wrong end.
func TestStandingOfNormal(t *testing.T) {
	rep := random.NewSource(random.Mix, 5).Replicate(0)
	normal := func(i, k int) float64 { return rep.Normal(random.Stream(uint64(i), random.Future), k) }
	mix := func(a, b, c float64) []float64 { return []float64{100 + 5*a, a + 0.5*b, math.NaN(), c - 7, 3} }
	var sets [][]float64
	for i := range 20000 {
		sets = append(sets, mix(normal(i, 0), normal(i, 1), normal(i, 2)))
	}
	sets[7][3] = math.NaN() // stands at the mean
	for _, c := range []struct{ record, distance, beyond float64 }{{2, 2, 0.2615}, {-4, 4, 0.0011}} {
		s := StandingOf(mix(c.record, 0, 0), sets)
		if math.Abs(s.Distance-c.distance) > 0.05 || math.Abs(s.Usual-math.Sqrt(7.815)) > 0.05 ||
			math.Abs(s.Beyond-c.beyond) > 0.015 || s.Outside() != (c.distance > 3) {
			t.Errorf("%+v, want %v and beyond it %v", s, c.distance, c.beyond)
		}
	}
	if s := StandingOf(mix(0, 0, 0), sets[:3]); !math.IsNaN(s.Distance) || s.Outside() {
		t.Errorf("three data sets of three statistics: %+v", s)
	}
}

// TestStandingByHand: three data sets about 2 with a variance of 1 by n − 1; the record lies two deviations off, and
// the farthest of the sets one. Catches a variance by n.
func TestStandingByHand(t *testing.T) {
	s := StandingOf([]float64{4}, [][]float64{{1}, {2}, {3}})
	if math.Abs(s.Distance-2) > 1e-12 || math.Abs(s.Usual-1) > 1e-12 || s.Beyond != 0 {
		t.Errorf("%+v, want 2 off, usually 1, none beyond", s)
	}
	if s = StandingOf([]float64{3}, [][]float64{{1}, {2}, {3}}); math.Abs(s.Beyond-2.0/3) > 1e-12 {
		t.Errorf("%+v, want two in three as far", s)
	}
}
