package elem

import (
	"math"
	"testing"
)

// probabilities are p of both tails and between.
func probabilities() []float64 {
	p := []float64{0.5, 0.025, 0.975, 0.05, 0.95, 0.123456789, 1 - 1e-9, 1 - 1e-12}
	for k := 1; k <= 12; k++ {
		p = append(p, math.Pow(10, -float64(k)), 1-math.Pow(10, -float64(k)))
	}
	return append(p, evenly(source("probabilities"), 0, 1, 6)...)
}

var inverseShapes = []float64{0.01, 0.03, 0.2, 0.5, 1, 1.5, 4, 9.99, 10, 33, 250, 2e3, 1e4}

// undone says whether an increasing f on [0, 1] takes x to p: within 1e-12, or p is between the
// values next to x.
func undone(f func(float64) float64, x, p float64) bool {
	if math.IsNaN(x) {
		return false
	}
	if math.Abs(f(x)-p) <= 1e-12 {
		return true
	}
	return f(max(0, math.Nextafter(x, -1))) <= p && p <= f(min(1, math.Nextafter(x, 2)))
}

// TestGammaPInverse: P(a, ·) takes the inverse back to p within 1e-12, for shapes from
// 0.01 to 10⁴ and p from 1e-12 to 1 − 1e-12; where x would be below the least number,
// the inverse is 0.
func TestGammaPInverse(t *testing.T) {
	for _, a := range inverseShapes {
		for _, p := range probabilities() {
			x := GammaPInverse(a, p)
			if d := math.Abs(GammaP(a, x) - p); !(d <= 1e-12 || x == 0 && GammaP(a, 5e-324) > p) || math.IsInf(x, 0) {
				t.Errorf("P(%g, %x) = %g, not %g", a, x, GammaP(a, x), p)
			}
		}
	}
}

// TestBetaInverse: I(a, b) takes the inverse back to p within 1e-12, or p is between
// the values next to x, for shapes from 0.01 to 10⁴ and p from 1e-12 to 1 − 1e-12; the inverse for
// exchanged shapes and 1 − p is what is missing to 1.
func TestBetaInverse(t *testing.T) {
	for _, a := range inverseShapes {
		for _, b := range inverseShapes {
			for _, p := range probabilities() {
				x := BetaInverse(a, b, p)
				if !undone(func(x float64) float64 { return BetaI(a, b, x) }, x, p) || x < 0 || x > 1 {
					t.Errorf("I(%g, %g) at %x = %g, not %g", a, b, x, BetaI(a, b, x), p)
				}
			}
			if x, y := BetaInverse(a, b, 0.25), BetaInverse(b, a, 0.75); math.Abs(x+y-1) > 1e-12 {
				t.Errorf("inverses of I(%g, %g) and its reverse are %g and %g", a, b, x, y)
			}
		}
	}
}

// TestInversesByReference: inverses are right by the references too, so that an error
// of P or I that its inverse undoes is seen; and of the simplest shapes they are what
// they are on paper.
func TestInversesByReference(t *testing.T) {
	for _, p := range probabilities() {
		for _, a := range []float64{0.2, 3, 40} {
			if d := absolute(p, gammaPOf(a, GammaPInverse(a, p))); !(d <= 1e-12) {
				t.Errorf("P(%g, ·) at the inverse of %g is off by %g", a, p, d)
			}
			if d := absolute(p, betaIOf(a, 7, BetaInverse(a, 7, p))); !(d <= 1e-12) {
				t.Errorf("I(%g, 7) at the inverse of %g is off by %g", a, p, d)
			}
		}
		if x, want := GammaPInverse(1, p), -math.Log1p(-p); math.Abs(x-want) > 1e-12*want/min(1, (1-p)*1e3) {
			t.Errorf("exponential quantile of %g: %g, not %g", p, x, want)
		}
		if x := BetaInverse(1, 1, p); math.Abs(x-p) > 1e-14*p {
			t.Errorf("uniform quantile of %g: %g", p, x)
		}
	}
}
