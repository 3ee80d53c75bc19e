package decision

import (
	"math"

	"github.com/misstep/misstep/model/stat"
)

const z95 = stat.Z95

// Shape is what the interval of a [Turn] is like.
type Shape string

// The shapes. Fieller's set of a ratio whose denominator may be 0 is no interval.
const (
	Bounded Shape = "bounded" // from Low to High
	Rays    Shape = "rays"    // all weights but those between Low and High
	All     Shape = "all"     // every weight: the sample says nothing
	Never   Shape = "never"   // no draw changes with the weight, so nothing turns
)

// Turn is the weight at which a net benefit is 0, with Fieller's 95 % set: the weights at which the
// mean over draws cannot be told from 0.
type Turn struct {
	Treatment string  `json:"treatment"`
	Value     float64 `json:"value"`
	Low       float64 `json:"low"` // of Bounded and Rays; else 0
	High      float64 `json:"high"`
	Shape     Shape   `json:"shape"`
	PaysBelow bool    `json:"pays_below"` // the arm pays where the weight is smaller
	Resolved  bool    `json:"resolved"`   // to ±[TurnWithin], and not below 0
}

// TurnWithin is the half-width up to which a turning weight is shown.
const TurnWithin = 0.15

// turn is where fixed + w·varied is 0 on the mean [Fieller1954].
func (c *contrast) turn(treatment string) Turn {
	n := float64(len(c.fixed))
	a, b := average(c.fixed), average(c.varied)
	aa, ab, bb := covariance(c.fixed, c.fixed)/n, covariance(c.fixed, c.varied)/n, covariance(c.varied, c.varied)/n
	return fieller(treatment, a, b, aa, ab, bb)
}

// fieller solves (a + wb)² = z²·var(a + wb) for w; aa, ab and bb are the covariance of a and b.
func fieller(treatment string, a, b, aa, ab, bb float64) Turn {
	t := Turn{Treatment: treatment, PaysBelow: b < 0}
	if b == 0 {
		t.Shape = map[bool]Shape{true: Never, false: All}[bb == 0]
		return t
	}
	z := float64(z95 * z95)
	t.Value = -a / b
	// p·w² + 2q·w + r ≤ 0 is the set.
	p, q, r := float64(b*b)-float64(z*bb), float64(a*b)-float64(z*ab), float64(a*a)-float64(z*aa)
	root := float64(q*q) - float64(p*r)
	switch {
	case p > 0:
		t.Shape = Bounded
	case p < 0 && root > 0:
		t.Shape = Rays
	default:
		t.Shape = All
		return t
	}
	wide := math.Sqrt(max(0, root))
	t.Low, t.High = min((-q-wide)/p, (-q+wide)/p), max((-q-wide)/p, (-q+wide)/p)
	t.Resolved = t.Shape == Bounded && (t.High-t.Low)/2 <= TurnWithin && t.Value >= 0
	return t
}
