// Package stat has what samples are summarised by, once for all packages.
package stat

import (
	"cmp"
	"math"
	"slices"
)

// Z95 is the 97.5 % point of the standard normal distribution: a 95 % interval reaches
// so many standard errors to either side.
const Z95 = 1.959963984540054

// Quantile is the p-quantile of ascending values, by linear interpolation between order
// statistics; NaN without values.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	x := float64(p * float64(len(sorted)-1))
	i := int(x)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + float64((x-float64(i))*(sorted[i+1]-sorted[i]))
}

// Central95 sorts values and returns their quantiles at 2.5 and 97.5 %.
func Central95(values []float64) (low, high float64) {
	slices.Sort(values)
	return Quantile(values, 0.025), Quantile(values, 0.975)
}

// Weighted is the mean Σwx and the variance Σw(x − mean)² of values whose weights sum
// to 1.
func Weighted(x, w []float64) (mean, variance float64) {
	for i := range x {
		mean += float64(w[i] * x[i])
	}
	for i := range x {
		variance += float64(w[i] * (x[i] - mean) * (x[i] - mean))
	}
	return mean, variance
}

// Concentration is Σw² of weights that sum to 1: one over the effective sample size.
func Concentration(w []float64) float64 {
	sum := 0.0
	for _, x := range w {
		sum += float64(x * x)
	}
	return sum
}

// Deviation is the standard deviation of values whose weights sum to 1, unbiased in its
// square: √(Σw(x − mean)²/(1 − Σw²)). One value with all the weight says nothing of a
// spread, and it is false.
func Deviation(x, w []float64) (sd float64, ok bool) {
	_, variance := Weighted(x, w)
	one := Concentration(w)
	return math.Sqrt(variance / (1 - one)), one < 1
}

// Ranks are the ranks of values, less the middle rank: they sum to 0. Equal values share
// the middle of theirs; a NaN has none, and gets 0.
func Ranks(values []float64) []float64 {
	var order []int
	for i, x := range values {
		if !math.IsNaN(x) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	out := make([]float64, len(values))
	for from, to := 0, 0; from < len(order); from = to {
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+to-len(order)) / 2
		}
	}
	return out
}
