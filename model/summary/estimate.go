package summary

import (
	"math"
	"sort"

	"github.com/misstep/misstep/model/experiment"
)

// z95 is the normal quantile of a 95 % interval.
const z95 = 1.959963984540054

// effect is a scalar function of the means of a four-vector (numerator and
// denominator in two arms) with its gradient: what the delta method needs.
type effect func(mean [4]float64) (value float64, gradient [4]float64, ok bool)

// baselineRatio is numerator over denominator in the baseline.
func baselineRatio(m [4]float64) (float64, [4]float64, bool) {
	if m[1] == 0 {
		return 0, [4]float64{}, false
	}
	r := m[0] / m[1]
	return r, [4]float64{1 / m[1], -r / m[1], 0, 0}, true
}

// treatmentRatio is the same in the other arm.
func treatmentRatio(m [4]float64) (float64, [4]float64, bool) {
	if m[3] == 0 {
		return 0, [4]float64{}, false
	}
	r := m[2] / m[3]
	return r, [4]float64{0, 0, 1 / m[3], -r / m[3]}, true
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
func estimate(draws []*experiment.Moments, f effect, factor float64, spread bool) (Estimate, sample) {
	var total [4]float64
	n := 0.0
	for _, d := range draws {
		n += d.N
		for i := range total {
			total[i] += d.Sum[i]
		}
	}
	if n == 0 {
		return Estimate{}, sample{}
	}
	value, gradient, ok := f(scaled(total, 1/n))
	if !ok {
		return Estimate{}, sample{}
	}
	variance := 0.0
	var s sample
	for _, d := range draws {
		variance += d.N * quadratic(d, gradient) / (n * n)
		if d.N == 0 {
			continue
		}
		if v, g, ok := f(scaled(d.Sum, 1/d.N)); ok {
			s.add(factor*v, factor*factor*quadratic(d, g)/d.N)
		}
	}
	e := Estimate{Value: factor * value, MC: z95 * factor * math.Sqrt(variance)}
	e.Low, e.High = e.Value, e.Value
	if spread {
		e.Low, e.High = s.interval(e.Value)
	}
	return e, s
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
				x := g[i] * g[j] * d.Cov(i, j)
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

// sample holds the values of the draws and the noise variance of each.
type sample struct{ values, noise []float64 }

func (s *sample) add(value, noise float64) {
	s.values = append(s.values, value)
	s.noise = append(s.noise, noise)
}

// moments returns the mean of the draws, their variance, and the part of it that
// is not noise: τ² = max(0, variance − mean noise).
func (s *sample) moments() (mean, variance, between float64) {
	n := float64(len(s.values))
	if n == 0 {
		return 0, 0, 0
	}
	noise := 0.0
	for i, x := range s.values {
		mean += x / n
		noise += s.noise[i] / n
	}
	if n < 2 {
		return mean, 0, 0
	}
	for _, x := range s.values {
		variance += (x - mean) * (x - mean) / (n - 1)
	}
	return mean, variance, math.Max(0, variance-noise)
}

// resolution is the smallest spread τ² that the draws can tell from noise: one
// standard error of its estimate.
func (s *sample) resolution() float64 {
	_, variance, between := s.moments()
	if n := float64(len(s.values)); n >= 2 {
		return math.Sqrt(2/(n-1)) * (variance - between)
	}
	return 0
}

// interval is the central 95 % of the draws after shrinking them toward their
// mean until only the spread that is not noise remains, placed around the centre.
// A spread that the draws cannot resolve leaves no interval.
func (s *sample) interval(centre float64) (low, high float64) {
	mean, variance, between := s.moments()
	if between == 0 || between < s.resolution() {
		return centre, centre
	}
	shrink := math.Sqrt(between / variance)
	sorted := append([]float64(nil), s.values...)
	sort.Float64s(sorted)
	at := func(p float64) float64 { return centre + shrink*(quantile(sorted, p)-mean) }
	return at(0.025), at(0.975)
}

// cautious is the interval that a verdict rests on: where the spread between draws
// is not resolved, the smallest that would be stands in for it, so that an
// unresolved spread does not pass for none.
func (s *sample) cautious(e Estimate) (low, high float64) {
	if e.Low != e.High {
		return e.Low, e.High
	}
	half := z95 * math.Sqrt(s.resolution())
	return e.Value - half, e.Value + half
}

// constant reports whether every draw has the effect 0 without noise.
func (s *sample) constant() bool {
	for i, x := range s.values {
		if x != 0 || s.noise[i] != 0 {
			return false
		}
	}
	return true
}

// harm is the share of draws whose noise-free effect is for the worse, Φ(μ/τ),
// with the 95 % interval of that share; worse means positive after orientation,
// and μ is the estimate itself. It is not resolved where the spread is not.
func (s *sample) harm(goodness int, mean float64) Harm {
	_, variance, between := s.moments()
	if goodness > 0 {
		mean = -mean
	}
	n := float64(len(s.values))
	if goodness == 0 || n < 2 || between == 0 || between < s.resolution() {
		return Harm{}
	}
	tau := math.Sqrt(between)
	z := mean / tau
	// Errors of μ and of τ, the latter from the variance of a sample variance.
	se := math.Sqrt(variance/n/between + z*z*variance*variance/(2*(n-1)*between*between))
	return Harm{Resolved: true, Share: normalCDF(z), Low: normalCDF(z - z95*se), High: normalCDF(z + z95*se)}
}

// quantile of sorted values, by linear interpolation between order statistics.
func quantile(sorted []float64, p float64) float64 {
	x := p * float64(len(sorted)-1)
	i := int(x)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (x-float64(i))*(sorted[i+1]-sorted[i])
}

func normalCDF(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }
