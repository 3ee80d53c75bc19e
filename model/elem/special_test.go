package elem

import (
	"math"
	"testing"
)

// TestLogGamma: the error of log Γ is at most 1e-14 below 10, or 4e-16·|log x|, and at
// most 6e-16·max(x, log Γ) from there, at random arguments of all orders, near the
// zeros at 1 and 2, and on both sides of 10. Catches a wrong Bernoulli number.
func TestLogGamma(t *testing.T) {
	r := source("log gamma")
	var low, high worst
	for _, x := range inside(5e-324, 1e305, nearOne(r), around(2, 3, 9, 10, 11), evenly(r, 0, 12, 1500),
		evenly(r, 1.9, 2.1, 200), evenly(r, 10, 1e4, 500), byOrders(r, -1074, 1010, 800)) {
		want := lgammaOf(wide(x))
		if x < 10 {
			low.see(absolute(LogGamma(x), want)/max(1e-14, 4e-16*math.Abs(math.Log(x))), x)
		} else {
			high.see(absolute(LogGamma(x), want)/(6e-16*max(narrow(want), x)), x)
		}
	}
	t.Logf("log Γ: %.3g of what is allowed at %x, from 10 on %.3g at %x", low.err, low.at, high.err, high.at)
	if !(low.err <= 1 && high.err <= 1) {
		t.Errorf("log Γ: %.3g of what is allowed at %x, from 10 on %.3g at %x", low.err, low.at, high.err, high.at)
	}
	factorial := 1.0
	for n := 1.0; n < 20; n++ {
		if d := math.Abs(math.Log(factorial) - LogGamma(n)); d > 1e-14 {
			t.Errorf("log Γ(%g) is off by %g", n, d)
		}
		factorial *= n
	}
}

// shapes are those of the distribution functions, up to the largest that is claimed.
var shapes = []float64{0.01, 0.1, 0.5, 1, 2.5, 9.99, 10, 37, 100, 1000, 1e4, 1e5}

// limit is the absolute error that a distribution function of that shape may have.
func limit(shape float64) float64 {
	if shape > 1e4 {
		return 1e-13
	}
	return 1e-14
}

// TestGammaPQ: P and Q are within 1e-14 of the truth for shapes up to 10⁴ and within
// 1e-13 up to 10⁵, about the mean, in both tails and on both sides of the change from
// series to fraction; and P(a, x) is so relatively in the lower tail of shapes to 100.
func TestGammaPQ(t *testing.T) {
	r := source("gamma")
	for _, a := range append(shapes, 1e-300, 1e-9) {
		var w, low worst
		args := around(a + 1)
		for range max(6, int(60/math.Sqrt(1+a/50))) {
			args = append(args, a+math.Sqrt(a)*r.NormFloat64()*2, a*math.Exp(-3*r.Float64()), a+5*r.Float64())
		}
		for _, x := range inside(5e-324, 3e5, args) {
			p, q := GammaP(a, x), GammaQ(a, x)
			want := gammaPOf(a, x)
			w.see(max(absolute(p, want), absolute(q, minus(wide(1), want))), x)
			if p < 0.5 && p > 1e-300 && a <= 100 {
				low.see(relative(p, want), x)
			}
		}
		t.Logf("P(%g, ·): %.3g at %x, relative %.3g", a, w.err, w.at, low.err)
		if !(w.err <= limit(a)) || !(low.err <= 1e-13) {
			t.Errorf("P(%g, %x): error %.3g; P(%g, %x): relative %.3g", a, w.at, w.err, a, low.at, low.err)
		}
	}
}

// TestBetaI: Iₓ(a, b) is within 1e-14 of the truth for shapes up to 10⁴ and within
// 1e-13 up to 10⁵, about the mean, in the tails and on both sides of the change of
// fraction.
func TestBetaI(t *testing.T) {
	r := source("beta")
	var largest worst
	for _, a := range shapes {
		for _, b := range shapes {
			var w worst
			mean := a / (a + b)
			args := around((a + 1) / (a + b + 2))
			for range max(1, int(4/math.Sqrt(1+(a+b)/200))) {
				sd := math.Sqrt(mean * (1 - mean) / (a + b + 1))
				args = append(args, mean+2*sd*r.NormFloat64(), r.Float64(), mean*r.Float64())
			}
			for _, x := range inside(5e-324, 1-0x1p-53, args) {
				w.see(absolute(BetaI(a, b, x), betaIOf(a, b, x)), x)
			}
			if !(w.err <= limit(max(a, b))) {
				t.Errorf("I(%g, %g) at %x: error %.3g", a, b, w.at, w.err)
			}
			largest.see(w.err, append(w.at, a, b)...)
		}
	}
	t.Logf("I: %.3g at %x", largest.err, largest.at)
}
