package abc

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

var perturbKey = random.Stream(random.Entity(entity, 1), random.Particle)

// perturb returns the observed statistics plus a point uniform in the ball of radius
// eps about 0 in the metric of [Run] at the given scales and weights (nil: 1), drawn
// with rep. Given data perturbed so, and the same scales, weights and last threshold
// fixed beforehand, the ABC posterior is exact and its intervals cover as they say:
// the accepted distance is part of the model of the data [FearnheadPrangle2012].
//
// A statistic that is NaN or has weight 0 stays as it is and takes no part. Where
// being undefined is itself informative, leaving it out of the distance is exact no
// more.
func perturb(rep random.Replicate, observed, scales, weights []float64, eps float64) []float64 {
	out := make([]float64, len(observed))
	length2, active := 0.0, 0
	for k, y := range observed {
		if math.IsNaN(y) || weight(weights, k) == 0 {
			continue
		}
		out[k] = rep.Normal(perturbKey, k+1)
		length2 += float64(out[k] * out[k])
		active++
	}
	radius := eps * elem.Pow(rep.Uniform(perturbKey, 0), 1/float64(active)) / math.Sqrt(length2)
	for k, y := range observed {
		if w := weight(weights, k); math.IsNaN(y) || w == 0 {
			out[k] = y
		} else {
			out[k] = y + out[k]*radius*scales[k]/math.Sqrt(w)
		}
	}
	return out
}
