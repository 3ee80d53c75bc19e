package summary

import (
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
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

// sums are those over the replicates of a draw, or of all draws, of a vector V.
type sums[V any] interface {
	Size() float64
	Mean() V
	// Quadratic is gᵀ C g with C the covariance of the vector within the draw.
	Quadratic(g V) float64
}

// pooled evaluates an effect on all draws together, with its Monte Carlo error
// given the draws, and on each draw alone, with the spread that is not noise.
func pooled[V any, S sums[V]](draws []S, total S, f func(V) (float64, V, bool), factor float64,
	spread bool) (e Estimate, s Spread, ok bool) {
	n := total.Size()
	if n == 0 {
		return open(0, 0), s, false
	}
	value, gradient, ok := f(total.Mean())
	if !ok {
		return open(0, 0), s, false
	}
	variance := 0.0
	for _, d := range draws {
		variance += d.Size() * d.Quadratic(gradient) / (n * n)
		s.blind = s.blind || d.Size() == 1
		if d.Size() == 0 {
			continue
		}
		if v, g, ok := f(d.Mean()); ok {
			s.Add(factor*v, factor*factor*d.Quadratic(g)/d.Size())
		}
	}
	return s.Around(factor*value, HalfWidth(factor, variance), spread), s, true
}

// Counted gives a difference of an outcome that counts the parameter interval of the rates of
// its flips, in place of one from order statistics, which keep the shape of the noise. Where
// the draws differ by no more than that, there is none.
func Counted(e Estimate, r *stat.Rates, factor float64) Estimate {
	if r != nil && e.Resolved && e.Low < e.High {
		low, high := r.Central95()
		e.Low, e.High = min(e.Value, factor*low), max(e.Value, factor*high)
	}
	return e
}

func estimate(draws []*experiment.Moments, f effect, factor float64, spread bool) (Estimate, Spread) {
	var total experiment.Moments
	for _, d := range draws {
		total.Merge(d)
	}
	e, s, _ := pooled(draws, &total, f, factor, spread)
	return e, s
}

// level estimates a quantity in one arm. Its parameter interval ends where the quantity
// does, at 0 and at top, which taking the noise out of the spread over draws does not
// know. An interval that does not hold its value is none. That of a probability is the beta's with
// its mean and spread, as in the curves (decision 0007).
func level(draws []*experiment.Moments, f effect, factor, top float64, spread bool) Estimate {
	e, s := estimate(draws, f, factor, spread)
	if e.Resolved && top == 1 {
		_, _, between := s.moments()
		e.Low, e.High = betaInterval(e.Value, between)
	}
	if e.Resolved && e.Value >= 0 && e.Value <= top {
		e.Low, e.High = max(e.Low, 0), min(e.High, top)
	}
	if e.Resolved && !(e.Low <= e.Value && e.Value <= e.High) { // nearly all of it comes from a few draws
		return open(e.Value, e.MC)
	}
	return e
}

// top is the most that a level with this unit can be.
func top(unit string) float64 {
	switch unit {
	case "probability":
		return 1
	case "per 100 cases", "per 100 hard cases", outcome.PerBaseline:
		return 100
	}
	return math.Inf(1)
}
