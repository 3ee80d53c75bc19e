package calibrate

import (
	"math"

	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/stat"
)

// Ties gives, for every coordinate, the largest absolute correlation in the posterior, on the priors'
// normal scores, with another that learned something; 0 without one.
func Ties(p *Problem, r *abc.Result, learned []Learned) []float64 {
	scores := p.values(r.Particles)
	for n, values := range scores {
		scores[n] = p.scores(n, values)
		standardise(scores[n], r.Weights)
	}
	out := make([]float64, len(scores))
	for n := range scores {
		for m := range scores {
			if m == n || learned[m].Silent() {
				continue
			}
			rho := 0.0
			for i, w := range r.Weights {
				rho += float64(w * scores[n][i] * scores[m][i])
			}
			out[n] = max(out[n], math.Abs(rho))
		}
	}
	return out
}

// standardise shifts and scales to weighted mean 0 and variance 1; what does not vary becomes 0.
func standardise(x, w []float64) {
	mean, variance := stat.Weighted(x, w)
	for i := range x {
		x[i] -= mean
		if variance > 0 {
			x[i] /= math.Sqrt(variance)
		}
	}
}

// Thin spreads n rows over particles by their weights, evenly: how often each is taken. Weights sum to
// 1.
func Thin(weights []float64, n int) []int {
	out := make([]int, len(weights))
	for _, i := range Systematic(weights, n) {
		out[i]++
	}
	return out
}
