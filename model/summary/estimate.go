package summary

import (
	"math"

	"github.com/misstep/misstep/model/experiment"
)

// effect is a scalar function of the means of a four-vector (numerator and
// denominator in two arms) with its gradient: what the delta method needs.
type effect func(mean [4]float64) (value float64, gradient [4]float64, ok bool)

// baselineRatio is numerator over denominator in the baseline.
func baselineRatio(m [4]float64) (float64, [4]float64, bool) { return ratio(m, 0) }

// treatmentRatio is the same in the other arm.
func treatmentRatio(m [4]float64) (float64, [4]float64, bool) { return ratio(m, 2) }

func ratio(m [4]float64, at int) (r float64, gradient [4]float64, ok bool) {
	if m[at+1] == 0 {
		return 0, gradient, false
	}
	r = m[at] / m[at+1]
	gradient[at], gradient[at+1] = 1/m[at+1], -r/m[at+1]
	return r, gradient, true
}

// difference is treatment minus baseline.
func difference(m [4]float64) (float64, [4]float64, bool) {
	a, ga, okA := baselineRatio(m)
	b, gb, okB := treatmentRatio(m)
	for i := range gb {
		gb[i] -= ga[i]
	}
	return b - a, gb, okA && okB
}

// relative is treatment over baseline.
func relative(m [4]float64) (float64, [4]float64, bool) {
	a, ga, okA := baselineRatio(m)
	b, gb, okB := treatmentRatio(m)
	if !okA || !okB || a == 0 {
		return 0, [4]float64{}, false
	}
	for i := range gb {
		gb[i] = gb[i]/a - ga[i]*b/(a*a)
	}
	return b / a, gb, true
}

// estimate evaluates an effect on all draws together, with its Monte Carlo error
// given the draws, and on each draw alone, with the spread that is not noise.
func estimate(draws []*experiment.Moments, f effect, factor float64, spread bool) (Estimate, Spread) {
	var total [4]float64
	n := 0.0
	for _, d := range draws {
		n += d.N
		for i := range total {
			total[i] += d.Sum[i]
		}
	}
	if n == 0 {
		return Estimate{}, Spread{}
	}
	value, gradient, ok := f(scaled(total, 1/n))
	if !ok {
		return Estimate{}, Spread{}
	}
	variance := 0.0
	var s Spread
	for _, d := range draws {
		variance += d.N * quadratic(d, gradient) / (n * n)
		if d.N == 0 {
			continue
		}
		if v, g, ok := f(scaled(d.Sum, 1/d.N)); ok {
			s.Add(factor*v, factor*factor*quadratic(d, g)/d.N)
		}
	}
	return s.Around(factor*value, HalfWidth(factor, variance), spread), s
}

func scaled(x [4]float64, by float64) [4]float64 {
	for i := range x {
		x[i] *= by
	}
	return x
}

// quadratic is gᵀ C g with C the covariance within a draw. Where equal arms make
// its terms cancel, what rounding leaves is no variance.
func quadratic(d *experiment.Moments, g [4]float64) float64 {
	const rounding = 1e-12
	sum, size := 0.0, 0.0
	for i := range g {
		if g[i] == 0 {
			continue
		}
		for j := range g {
			if g[j] != 0 {
				x := float64(g[i] * g[j] * d.Cov(i, j))
				sum += x
				size += math.Abs(x)
			}
		}
	}
	if sum <= rounding*size {
		return 0
	}
	return sum
}
