package effect

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/summary"
)

// z95 is the normal quantile of a 95 % interval.
const z95 = 1.959963984540054

// Effect is a part of a difference with its two uncertainties and what it shows.
type Effect struct {
	summary.Estimate
	Verdict summary.Verdict `json:"verdict"`
}

// estimate is the ratio Σx/Σy over all draws, times factor. Its Monte Carlo error
// is the delta method's from the replicates within each draw, so it is the error
// given the draws; its parameter interval is that of the ratios of the draws after
// taking out their noise, as in package summary.
func estimate(draws []*Moments, factor float64, goodness int, spread bool) Effect {
	var total Moments
	for _, d := range draws {
		total.merge(d)
	}
	if total.Y == 0 {
		return Effect{Verdict: summary.Same}
	}
	value := total.X / total.Y
	variance := 0.0
	var s sample
	for _, d := range draws {
		variance += d.N * d.residual(value) / (total.Y * total.Y)
		if d.Y > 0 {
			r := d.X / d.Y
			s.values = append(s.values, factor*r)
			s.noise = append(s.noise, factor*factor*d.N*d.residual(r)/(d.Y*d.Y))
		}
	}
	e := summary.Estimate{Value: factor * value, MC: z95 * factor * math.Sqrt(variance)}
	e.Low, e.High = e.Value, e.Value
	shown := e
	if spread {
		e.Low, e.High = s.interval(e.Value)
		shown.Low, shown.High = s.cautious(e)
	}
	return Effect{Estimate: e, Verdict: verdict(shown, goodness, s.constant())}
}

// residual is the variance of x − r·y over the replicates of a draw. What rounding
// leaves of terms that cancel is no variance.
func (m *Moments) residual(r float64) float64 {
	const rounding = 1e-12
	if m.N < 2 {
		return 0
	}
	xx, xy, yy := m.XX-m.X*m.X/m.N, m.XY-m.X*m.Y/m.N, m.YY-m.Y*m.Y/m.N
	sum := xx - 2*r*xy + r*r*yy
	if sum <= rounding*(math.Abs(xx)+math.Abs(2*r*xy)+math.Abs(r*r*yy)) {
		return 0
	}
	return sum / (m.N - 1)
}

// sample holds the values of the draws and the noise variance of each.
type sample struct{ values, noise []float64 }

// moments returns the mean of the draws, their variance, and the part of it that is
// not noise: τ² = max(0, variance − mean noise).
func (s *sample) moments() (mean, variance, between float64) {
	n := float64(len(s.values))
	if n < 2 {
		return 0, 0, 0
	}
	noise := 0.0
	for i, x := range s.values {
		mean += x / n
		noise += s.noise[i] / n
	}
	for _, x := range s.values {
		variance += (x - mean) * (x - mean) / (n - 1)
	}
	return mean, variance, math.Max(0, variance-noise)
}

// resolution is the smallest τ² that the draws can tell from noise.
func (s *sample) resolution() float64 {
	_, variance, between := s.moments()
	if n := float64(len(s.values)); n >= 2 {
		return math.Sqrt(2/(n-1)) * (variance - between)
	}
	return 0
}

// interval is the central 95 % of the draws, shrunk toward their mean until only
// the spread that is not noise remains, around the centre; the centre alone where
// the draws do not resolve that spread.
func (s *sample) interval(centre float64) (low, high float64) {
	mean, variance, between := s.moments()
	if between == 0 || between < s.resolution() {
		return centre, centre
	}
	shrink := math.Sqrt(between / variance)
	sorted := slices.Sorted(slices.Values(s.values))
	at := func(p float64) float64 { return centre + shrink*(quantile(sorted, p)-mean) }
	return at(0.025), at(0.975)
}

// cautious is the interval that a verdict rests on: an unresolved spread does not
// pass for none.
func (s *sample) cautious(e summary.Estimate) (low, high float64) {
	if e.Low != e.High {
		return e.Low, e.High
	}
	half := z95 * math.Sqrt(s.resolution())
	return e.Value - half, e.Value + half
}

// constant reports whether every draw has the value 0 without noise.
func (s *sample) constant() bool {
	for i, x := range s.values {
		if x != 0 || s.noise[i] != 0 {
			return false
		}
	}
	return true
}

// verdict says what a part shows once both uncertainties are allowed for.
func verdict(e summary.Estimate, goodness int, identical bool) summary.Verdict {
	switch {
	case identical:
		return summary.Same
	case e.Low-e.MC <= 0 && e.High+e.MC >= 0:
		return summary.Unclear
	case goodness == 0:
		return summary.Differs
	case (e.Value > 0) == (goodness > 0):
		return summary.Better
	}
	return summary.Worse
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
