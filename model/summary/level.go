package summary

import (
	"math"

	"github.com/misstep/misstep/model/experiment"
)

// level estimates a quantity in one arm. Its parameter interval ends where the quantity
// does, at 0 and at top, which taking the noise out of the spread over draws does not
// know. A value that is itself outside, and every difference, is left as it is.
func level(draws []*experiment.Moments, f effect, factor, top float64, spread bool) Estimate {
	e, _ := estimate(draws, f, factor, spread)
	if e.Value >= 0 && e.Value <= top {
		e.Low, e.High = max(e.Low, 0), min(e.High, top)
	}
	return e
}

// top is the most that a level with this unit can be.
func top(unit string) float64 {
	switch unit {
	case "probability":
		return 1
	case "per 100 cases", "per 100 hard cases":
		return 100
	}
	return math.Inf(1)
}
