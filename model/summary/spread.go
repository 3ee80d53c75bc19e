package summary

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/stat"
)

// HalfWidth is that of a 95 % Monte Carlo interval of factor × a quantity with this
// variance.
func HalfWidth(factor, variance float64) float64 {
	return float64(stat.Z95 * factor * math.Sqrt(variance))
}

// Spread holds what a quantity is in each draw and the variance that noise adds to
// each: what parameter intervals and verdicts rest on.
type Spread struct {
	values, noise []float64
	blind         bool // draws of one replicate: the noise is not known
}

// Add takes a draw.
func (s *Spread) Add(value, noise float64) {
	s.values = append(s.values, value)
	s.noise = append(s.noise, noise)
}

// Blind says that a draw had one replicate: its noise is not known, whatever was added.
func (s *Spread) Blind() { s.blind = true }

// Around is the estimate with its parameter interval around a value of which mc is the
// Monte Carlo half-width. Where draws cannot differ (free is false) there is none.
func (s *Spread) Around(value, mc float64, free bool) Estimate {
	e := open(value, mc)
	e.NoError = s.blind
	switch {
	case !free || s.blind:
	case len(s.values) > 1 && s.constant():
		e.Low, e.High, e.Resolved = value, value, true
	case s.resolved():
		if low, high := s.interval(value); low < high { // nearly all draws can be equal, and a few far off
			e.Low, e.High, e.Resolved = low, high, true
		}
	}
	return e
}

// open is an estimate without a parameter interval.
func open(value, mc float64) Estimate {
	return Estimate{Value: value, MC: mc, Low: math.Inf(-1), High: math.Inf(1)}
}

// Verdict says what an estimate shows once both uncertainties are allowed for, an
// unresolved spread among them.
func (s *Spread) Verdict(e Estimate, goodness int, free bool) Verdict {
	if e.NoError && !s.identical(e) {
		return Unknown
	}
	shown := e.Closed()
	if free {
		shown.Low, shown.High = s.cautious(e)
	}
	return verdict(shown, goodness, s.identical(e))
}

// identical reports whether nothing differs in any draw.
func (s *Spread) identical(e Estimate) bool {
	return e.Value == 0 && e.MC == 0 && (len(s.values) == 0 || s.values[0] == 0 && s.constant())
}

// verdict says what a difference shows.
func verdict(d Estimate, goodness int, identical bool) Verdict {
	low, high := d.Low-d.MC, d.High+d.MC
	switch {
	case identical:
		return Same
	case low <= 0 && high >= 0:
		return Unclear
	case goodness == 0:
		return Differs
	case (d.Value > 0) == (goodness > 0):
		return Better
	}
	return Worse
}

// moments returns the mean of the draws, their variance, and the part of it that
// is not noise: τ² = max(0, variance − mean noise).
func (s *Spread) moments() (mean, variance, between float64) {
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
func (s *Spread) resolution() float64 {
	_, variance, between := s.moments()
	if n := float64(len(s.values)); n >= 2 {
		return math.Sqrt(2/(n-1)) * (variance - between)
	}
	return 0
}

// resolved reports whether the draws differ by more than noise.
func (s *Spread) resolved() bool {
	_, _, between := s.moments()
	return between > 0 && between >= s.resolution()
}

// interval is the central 95 % of the draws after shrinking them toward their
// mean until only the spread that is not noise remains, placed around the centre.
// The spread has to be resolved.
func (s *Spread) interval(centre float64) (low, high float64) {
	mean, variance, between := s.moments()
	shrink := math.Sqrt(between / variance)
	low, high = stat.Central95(slices.Clone(s.values))
	return centre + float64(shrink*(low-mean)), centre + float64(shrink*(high-mean))
}

// cautious is the interval that a verdict rests on: where the spread between draws
// is not resolved, the smallest that would be stands in for it, so that an
// unresolved spread does not pass for none.
func (s *Spread) cautious(e Estimate) (low, high float64) {
	if e.Resolved {
		return e.Low, e.High
	}
	half := float64(stat.Z95 * math.Sqrt(s.resolution()))
	return e.Value - half, e.Value + half
}

// constant reports whether every draw has the same effect without noise.
func (s *Spread) constant() bool {
	for i, x := range s.values {
		if x != s.values[0] || s.noise[i] != 0 {
			return false
		}
	}
	return true
}
