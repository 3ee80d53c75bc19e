package param

import (
	"fmt"
	"math"
)

// Domain is the set of values that a parameter may take.
type Domain struct {
	Lo, Hi         float64 // bounds, possibly infinite
	OpenLo, OpenHi bool    // whether a bound is excluded
	Integer        bool    // whole numbers only
	Duration       bool    // a time span in days; written 196d, 5y
	Text           string  // as people read it: "(0, 1)", "days > 0"
}

// The domains in use. A new one needs a reason.
var (
	Real         = Domain{Lo: math.Inf(-1), Hi: math.Inf(1), Text: "any number"}
	Positive     = Domain{Lo: 0, OpenLo: true, Hi: math.Inf(1), Text: "> 0"}
	NonNegative  = Domain{Lo: 0, Hi: math.Inf(1), Text: "≥ 0"}
	Probability  = Domain{Lo: 0, Hi: 1, Text: "0 to 1"}
	OpenUnit     = Domain{Lo: 0, OpenLo: true, Hi: 1, OpenHi: true, Text: "between 0 and 1"}
	Signed       = Domain{Lo: -1, Hi: 1, Text: "−1 to 1"}
	Span         = Domain{Lo: 0, OpenLo: true, Hi: math.Inf(1), Duration: true, Text: "a duration > 0"}
	SpanOrZero   = Domain{Lo: 0, Hi: math.Inf(1), Duration: true, Text: "a duration ≥ 0"}
	SeverityUnit = Domain{Lo: 0, OpenLo: true, Hi: 10, Text: "0 to 10"}
	Moves        = Domain{Lo: 0, Hi: 64, Integer: true, Text: "a whole number, 0 to 64"}
)

// Contains reports whether x lies in the domain; NaN and infinities never do.
func (d Domain) Contains(x float64) bool {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return false
	}
	if x < d.Lo || (d.OpenLo && x == d.Lo) || x > d.Hi || (d.OpenHi && x == d.Hi) {
		return false
	}
	return !d.Integer || x == math.Trunc(x)
}

// Check returns an error that names the domain when x lies outside of it.
func (d Domain) Check(x float64) error {
	if d.Contains(x) {
		return nil
	}
	return fmt.Errorf("%v is outside the domain: %s", FormatNumber(x, d.Duration), d.Text)
}
