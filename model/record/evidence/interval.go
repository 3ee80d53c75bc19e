package evidence

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
)

// The level of every interval, and the probability on each side of it.
const (
	level = 0.95
	tail  = (1 - level) / 2
)

// binomial is the exact (Clopper–Pearson) interval of a share of k in n, n ≥ 1.
func binomial(k, n int) (low, high float64) {
	high = 1
	if k > 0 {
		low = elem.BetaInverse(float64(k), float64(n-k+1), tail)
	}
	if k < n {
		high = elem.BetaInverse(float64(k+1), float64(n-k), 1-tail)
	}
	return low, high
}

// poisson is the exact interval of the mean of a Poisson count of n.
func poisson(n int) (low, high float64) {
	if n > 0 {
		low = elem.GammaPInverse(float64(n), tail)
	}
	return low, elem.GammaPInverse(float64(n+1), 1-tail)
}

// median is the middle of the values with the interval between two of them whose binomial coverage, for
// any continuous distribution, is at least 95 %; with fewer than six values it is their range. NaN
// without values.
func median(values []float64) (middle, low, high, coverage float64) {
	n := len(values)
	if n == 0 {
		return math.NaN(), math.NaN(), math.NaN(), 0
	}
	x := slices.Sorted(slices.Values(values))
	middle = (x[(n-1)/2] + x[n/2]) / 2
	j := 1 // the interval runs from the j-th smallest to the j-th largest
	for 2*halfBinomial(j, n) <= 1-level {
		j++
	}
	return middle, x[j-1], x[n-j], 1 - float64(2*halfBinomial(j-1, n))
}

// halfBinomial is P(X ≤ k) for X ~ Binomial(n, ½), k ≥ 0: the upper tail of a beta
// distribution [Olver2010] 8.17.5.
func halfBinomial(k, n int) float64 {
	if k >= n {
		return 1
	}
	return elem.BetaI(float64(n-k), float64(k+1), 0.5)
}
