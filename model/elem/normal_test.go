package elem

import (
	"math"
	"testing"
)

// TestNormalCDF: the relative error of Φ is at most 6e-16 from −1 on and 4e-16·(1 + z²)
// below, at random arguments and on both sides of each piece of erfc; where Φ is
// subnormal, two of its units more. Catches a wrong coefficient, and e to minus
// a rounded square.
func TestNormalCDF(t *testing.T) {
	r := source("cdf")
	pieces := around(0.46875*math.Sqrt2, 4*math.Sqrt2, -0.46875*math.Sqrt2, -4*math.Sqrt2, 1, -1, 0, -28*math.Sqrt2)
	for k := range 100 { // where a² changes its head
		pieces = append(pieces, around(-float64(k)/16*math.Sqrt2)...)
	}
	var up, down, tiny worst
	for _, z := range inside(-38.6, 9, pieces, powersOfTwo(-60, 0), evenly(r, -8, 8, 2500), evenly(r, -38.6, -8, 700)) {
		have, want := NormalCDF(z), cdfOf(z)
		switch {
		case z >= -1:
			up.see(relative(have, want), z)
		case have >= 0x1p-1022:
			down.see(relative(have, want)/(1+z*z), z)
		default:
			allowed := math.Ldexp(4e-16*(1+z*z)*narrow(want), 1074)
			tiny.see(ulps(have, want)-allowed, z)
		}
	}
	t.Logf("Φ: %.3g from -1 on at %x, %.3g(1 + z²) below at %x, %.3g units more where subnormal", up.err, up.at,
		down.err,
		down.at, tiny.err)
	if !(up.err <= 6e-16 && down.err <= 4e-16 && tiny.err <= 2) {
		t.Errorf("Φ(%x): %.3g; Φ(%x): %.3g; Φ(%x): %.3g units", up.at, up.err, down.at, down.err, tiny.at, tiny.err)
	}
}

// quantileArgs are p of all pieces, and of both sides of each change of piece.
func quantileArgs() []float64 {
	r := source("quantile")
	ends := around(0.075, 0.925, 0.5, math.Exp(-25), 1-math.Exp(-25), math.Exp(-2.56))
	ends = append(ends, 5e-324, 1e-323, 0x1p-1022, 1-0x1p-53)
	args := inside(5e-324, 1-0x1p-53, ends, nearOne(r), evenly(r, 0, 1, 2000), byOrders(r, -1074, -2, 1200))
	for k := 2; k < 50; k++ {
		args = append(args, 0.5+math.Ldexp(1+r.Float64(), -k-1), 0.5-math.Ldexp(1+r.Float64(), -k-1))
	}
	return args
}

// TestNormalQuantile: Φ in several hundred bits takes the quantile back to p, but for
// what an error of 8e-16·max(1, |z|) in z makes. Catches a wrong coefficient of one
// piece, and a 1 − p that is rounded.
func TestNormalQuantile(t *testing.T) {
	var w worst
	for _, p := range quantileArgs() {
		z := NormalQuantile(p)
		side, have := z, minus(cdfOf(z), wide(p))
		if z > 0 { // Φ(z) − p as that of the other tail
			side, have = -z, minus(minus(wide(1), wide(p)), cdfOf(-z))
		}
		inZ := math.Abs(narrow(over(have, densityOf(side))))
		w.see(inZ/max(1, math.Abs(z)), p)
	}
	t.Logf("quantile: %.3g of max(1, |z|) at %x", w.err, w.at)
	if !(w.err <= 8e-16) {
		t.Errorf("quantile of %x: %.3g of max(1, |z|)", w.at, w.err)
	}
}

// TestNormalQuantileIsOdd: the quantiles of p and 1 − p are each other's negatives
// where 1 − p is exact.
func TestNormalQuantileIsOdd(t *testing.T) {
	for _, u := range evenly(source("odd"), 0, 1, 20000) {
		p := math.Floor(u*0x1p53) * 0x1p-53
		if a, b := NormalQuantile(p), NormalQuantile(1-p); a != -b {
			t.Fatalf("of %x: %x and %x", p, a, b)
		}
	}
}
