package decision

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// draws3 are three arms against a baseline, correlated by draw, with these means.
func draws3(means [3]float64, n, seed int) (list []benefit) {
	rep := random.NewSource(random.Mix, 9).Replicate(uint64(seed))
	list = make([]benefit, 3)
	for d := range n {
		shared := rep.Normal(random.Stream(1, random.World), d)
		for a := range list {
			own := rep.Normal(random.Stream(2, random.World), 3*d+a)
			list[a].value = append(list[a].value, means[a]+float64(0.6*shared)+float64(0.8*own))
			list[a].noise = append(list[a].noise, 0)
		}
	}
	return list
}

// TestBestHoldsForAll: Hsu's intervals hold all margins at once in 95 of 100 samples or more, whichever
// arms tie, and name a single best one where it is far ahead.
func TestBestHoldsForAll(t *testing.T) {
	const samples, n = 60, 100
	for _, means := range [][3]float64{{0, 0, 0}, {1, 0, 0}, {-1, -1, -1}} {
		held, single := 0, 0
		truth := []float64{0, means[0], means[1], means[2]}
		for seed := range samples {
			all, clear := true, 0
			for i, b := range bestOf(draws3(means, n, seed)) {
				others := math.Inf(-1)
				for j, x := range truth {
					if j != i {
						others = max(others, x)
					}
				}
				all = all && b.Low <= truth[i]-others && truth[i]-others <= b.High
				if b.Low == 0 {
					clear++
				}
			}
			if all {
				held++
			}
			if clear == 1 {
				single++
			}
		}
		// Of 60 at 0.95 the mean is 57, and 47 or fewer have a chance of 1e-4.
		if held < 48 || math.Abs(means[0]) == 1 && single < 57 || means[0] == 0 && single > 12 {
			t.Errorf("%v: held in %d, one best in %d of %d", means, held, single, samples)
		}
	}
}

// TestCritical: for two variables that are one it is that of one; for independent ones that whose power is
// 0.95 to one side: Φ(z)² = 0.95.
func TestCritical(t *testing.T) {
	r := math.Sqrt(0.5)
	if x := critical([][]float64{{1, 0}, {0, 1}}); math.Abs(x-1.9545) > 0.05 {
		t.Errorf("independent: %v", x)
	}
	if x := critical([][]float64{{r, r}, {r, r}}); math.Abs(x-1.6449) > 0.05 {
		t.Errorf("the same: %v", x)
	}
	if x := critical([][]float64{{r, r}}); math.Abs(x-1.6448536269514722) > 1e-12 {
		t.Errorf("one: %v", x)
	}
}
