// Package kolmogorov compares samples with distributions, for tests.
package kolmogorov

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
)

// Distance is the largest distance between the empirical distribution of values with
// weights that sum to 1 (nil: equal ones) and a distribution function.
func Distance(x, weights []float64, cdf func(float64) float64) float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	worst, below := 0.0, 0.0
	for _, i := range order {
		f := cdf(x[i])
		worst = max(worst, math.Abs(f-below))
		if weights == nil {
			below += 1 / float64(len(x))
		} else {
			below += weights[i]
		}
		worst = max(worst, math.Abs(f-below))
	}
	return worst
}

// Bound is exceeded by the distance of n independent draws from their own distribution
// with probability at most level: Dvoretzky, Kiefer, Wolfowitz and Massart.
func Bound(n, level float64) float64 { return math.Sqrt(elem.Log(2/level) / (2 * n)) }
