package posterior

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/stat"
)

// edge keeps shares of a prior off 0 and 1, where normal scores are infinite.
const edge = 1e-9

// contraction is 1 − s, clipped at 0, with s the standard deviation of the sample on the prior's normal
// scores z = Φ⁻¹(F(x)), on which the prior's own is 1. It is unbiased in its square; a single row says
// nothing of a spread.
func contraction(prior param.Dist, values, weights []float64) float64 {
	sd, ok := deviation(prior, values, weights)
	if !ok {
		return 0
	}
	return math.Max(0, 1-sd)
}

// deviation is that of the scores; false where one row has all the weight.
func deviation(prior param.Dist, values, weights []float64) (sd float64, ok bool) {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	scores, shares := make([]float64, len(values)), make([]float64, len(values))
	for i, x := range values {
		scores[i] = elem.NormalQuantile(math.Min(1-edge, math.Max(edge, prior.CDF(x))))
		shares[i] = weights[i] / total
	}
	return stat.Deviation(scores, shares)
}
