// Package elicit turns what experts say of a number into distributions: four answers are brought to one confidence
// as the IDEA protocol does [HemmingEtAl2018], a family is fitted to them by least squares as SHELF does
// [Oakley2025], and experts are pooled linearly, each with the same weight.
//
// The best answer is taken for the median. A linear pool is a mixture, which no setting can hold: [Pool.Prior] fits
// a family to its quantiles and says how far the two are apart.
package elicit

import (
	"fmt"

	"github.com/misstep/misstep/model/param"
)

// Level is the confidence to which answers are brought [%].
const Level = 90

// Answer is what an expert says of a number: the lowest and highest that it may plausibly be, the best value, and
// the confidence that it lies between the two [%].
type Answer struct{ Lowest, Highest, Best, Confidence float64 }

// Least and most that a confidence may be [%]; half is no better than chance.
const leastConfidence, mostConfidence = 50, 100

// Check reports the first of the answers that is wrong (lowest, highest, best, confidence) and why, "" for none. The
// best may be an end of the interval just where the domain ends too.
func (a Answer) Check(domain param.Domain) (which, why string) {
	for _, x := range []struct {
		which string
		value float64
	}{{"lowest", a.Lowest}, {"highest", a.Highest}, {"best", a.Best}} {
		closed := domain
		closed.OpenLo, closed.OpenHi = false, false // an end may be an answer, though the number never is there
		if closed.Check(x.value) != nil {
			return x.which, "lies outside the domain, " + domain.Text
		}
	}
	number := func(x float64) string { return param.FormatNumber(x, domain.Duration) }
	switch {
	case a.Lowest >= a.Highest:
		return "lowest", "is not below the highest, " + number(a.Highest)
	case a.Best < a.Lowest || a.Best > a.Highest:
		return "best", fmt.Sprintf("lies outside %s to %s", number(a.Lowest), number(a.Highest))
	case a.Best == a.Lowest && a.Best > domain.Lo || a.Best == a.Highest && a.Best < domain.Hi:
		return "best", "is an end of the interval, and the best is taken for the median"
	case !(a.Confidence > leastConfidence && a.Confidence <= mostConfidence):
		return "confidence", fmt.Sprintf("must be above %d and at most %d", leastConfidence, mostConfidence)
	}
	return "", ""
}

// Standardised is the interval of a confidence of [Level] that an answer amounts to, by linear extrapolation
//
//	lowest′ = best − (best − lowest)·S/C,  highest′ = best + (highest − best)·S/C
//
// with C the expert's confidence and S the one aimed at [HemmingEtAl2018]. What leaves the domain ends at its bound.
func (a Answer) Standardised(domain param.Domain) (low, high float64) {
	ratio := Level / a.Confidence
	low = a.Best - float64((a.Best-a.Lowest)*ratio)
	high = a.Best + float64((a.Highest-a.Best)*ratio)
	return max(low, domain.Lo), min(high, domain.Hi)
}

// Fit is the distribution that an answer amounts to.
func (a Answer) Fit(domain param.Domain) (Fitted, error) {
	low, high := a.Standardised(domain)
	return Fit([]Point{{low, (100 - Level) / 200.}, {a.Best, .5}, {high, (100 + Level) / 200.}}, domain)
}
