package posterior

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
)

// edge keeps shares of a prior off 0 and 1, where normal scores are infinite.
const edge = 1e-9

// contraction is 1 − s, clipped at 0, with s the standard deviation of the sample
// on the prior's normal scores z = Φ⁻¹(F(x)), on which the prior's own is 1.
func contraction(prior param.Dist, values, weights []float64) float64 {
	variance, ok := scoreVariance(prior, values, weights)
	if !ok {
		return 0 // a single row says nothing of a spread
	}
	return math.Max(0, 1-math.Sqrt(variance))
}

// scoreVariance is the variance of the scores, Σw(z − m)²/(1 − Σw²), unbiased for
// fixed weights, so that a small sample does not look like knowledge. It is false
// where one row has all the weight.
func scoreVariance(prior param.Dist, values, weights []float64) (variance float64, ok bool) {
	total, mean, concentration := 0.0, 0.0, 0.0
	scores := make([]float64, len(values))
	for i, x := range values {
		u := math.Min(1-edge, math.Max(edge, prior.CDF(x)))
		scores[i] = elem.NormalQuantile(u)
		total += weights[i]
		mean += float64(weights[i] * scores[i])
	}
	mean /= total
	for i, z := range scores {
		w := weights[i] / total
		variance += float64(w * (z - mean) * (z - mean))
		concentration += float64(w * w)
	}
	if concentration >= 1 {
		return 0, false
	}
	return variance / (1 - concentration), true
}
