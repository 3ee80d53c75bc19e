package stat

import (
	"math"
	"slices"
	"testing"
)

// TestQuantiles: they ascend, those at 2.5 and 97.5 % are the interval, and their mean is that of the
// differences of the draws; without a group of draws far off they are those of the others. Catches a share that is
// skipped, atoms out of order, a group that is kept.
func TestQuantiles(t *testing.T) {
	var draws []Flips
	mean := 0.0
	for d := range 200 {
		f := Flips{Added: float64(d % 5), Removed: float64(d % 3), Of: 10}
		if d%Groups == 7 {
			f.Added += 20
		}
		mean += (f.Added - f.Removed) / f.Of / 200
		draws = append(draws, f)
	}
	r, ok := RatesOf(draws, 0.05)
	if !ok {
		t.Fatal("no rates")
	}
	average := func(r *Rates) (sum float64) {
		var shares []float64
		for i := range 1000 {
			shares = append(shares, (float64(i)+0.5)/1000)
		}
		q := r.Quantiles(shares...)
		if !slices.IsSorted(q) || len(q) != len(shares) {
			t.Error("quantiles do not ascend")
		}
		for _, x := range q {
			sum += x / 1000
		}
		return sum
	}
	if have := average(r); math.Abs(have/mean-1) > 0.1 {
		t.Errorf("mean %v, want %v", have, mean)
	}
	if without, rest := average(r.Without(7)), mean-0.2; math.Abs(without/rest-1) > 0.5 {
		t.Errorf("without the group far off %v, want about %v", without, rest)
	}
	low, high := r.Central95()
	if q := r.Quantiles(0, 0.025, 0.975, 1); q[1] != low || q[2] != high || q[0] > low || q[3] < high {
		t.Errorf("%v, interval %v to %v", q, low, high)
	}
}
