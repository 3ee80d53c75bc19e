package summary

import (
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/stat"
)

// Sampling is how far the values of the headline would move with other draws of the parameters: half-widths of 95 %
// intervals, in the unit of the outcome, with the chance within draws. Estimate.MC holds that chance alone.
type Sampling struct {
	Baseline   float64 `json:"baseline"`
	Treatment  float64 `json:"treatment"`
	Difference float64 `json:"difference"`
}

// samplingOf takes the draws as a sample of clusters, as a survey does; nil of fewer than two.
func samplingOf(draws []*experiment.Moments, factor float64) *Sampling {
	if len(draws) < 2 {
		return nil
	}
	var total experiment.Moments
	for _, d := range draws {
		total.Merge(d)
	}
	half := func(f effect) float64 {
		mean := total.Mean()
		_, gradient, ok := f(mean)
		if !ok {
			return 0
		}
		sum := 0.0
		for _, d := range draws {
			off := 0.0
			for i, x := range d.Sum {
				off += float64(gradient[i] * (x - float64(d.N*mean[i])))
			}
			sum += square(off / total.N)
		}
		k := float64(len(draws))
		return float64(stat.Z95 * factor * math.Sqrt(sum*k/(k-1)))
	}
	return &Sampling{Baseline: half(baselineRatio), Treatment: half(treatmentRatio), Difference: half(difference)}
}
