package abc

import (
	"math"
	"slices"
)

// normalMAD makes the median absolute deviation the standard deviation of a normal: 1 / Φ⁻¹(3/4).
const normalMAD = 1.4826

// estimateScales returns a scale for each statistic of the rows of a table (floor may be nil): 1.4826
// times the median absolute deviation about the median [Prangle2017], at least the floor. Where more
// than half of the rows agree and there is no floor it is the standard deviation, and 1 for a statistic
// that never varies. Values that are not finite do not count.
func estimateScales(stats []float64, perRow int, floor []float64) []float64 {
	scales := make([]float64, perRow)
	column := make([]float64, 0, len(stats)/perRow)
	for k := range scales {
		column = column[:0]
		for i := k; i < len(stats); i += perRow {
			if x := stats[i]; !math.IsNaN(x) && !math.IsInf(x, 0) {
				column = append(column, x)
			}
		}
		low := 0.0
		if floor != nil {
			low = floor[k]
		}
		scales[k] = scaleOf(column, low)
	}
	return scales
}

// scaleOf returns the scale of finite values, which it reorders.
func scaleOf(x []float64, floor float64) float64 {
	deviation := 0.0
	if len(x) > 0 {
		centre := median(x)
		mean, m2 := 0.0, 0.0
		for i, v := range x {
			d := v - mean
			mean += d / float64(i+1)
			m2 += float64(d * (v - mean))
		}
		for i := range x {
			x[i] = math.Abs(x[i] - centre)
		}
		deviation = normalMAD * median(x)
		if max(deviation, floor) == 0 {
			deviation = math.Sqrt(m2 / float64(len(x)))
		}
	}
	scale := max(deviation, floor)
	if scale >= tiniest && !math.IsInf(scale, 1) {
		return scale
	}
	return 1
}

// median sorts x, which is not empty.
func median(x []float64) float64 {
	slices.Sort(x)
	n := len(x)
	return float64(x[(n-1)/2]/2) + float64(x[n/2]/2)
}
