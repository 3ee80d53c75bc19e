package elem

import (
	"math"
	"math/big"
	"testing"
)

// law is a function, what it computes, and the error it is allowed in ulp.
type law struct {
	name  string
	f     func(float64) float64
	of    func(*big.Float) *big.Float
	bound float64
	args  []float64
}

func (l law) hold(t *testing.T) {
	t.Helper()
	var w worst
	for _, x := range l.args {
		if want := l.of(wide(x)); want.Sign() != 0 || l.f(x) != 0 {
			w.see(ulps(l.f(x), want), x)
		}
	}
	t.Logf("%-10s %.4f ulp of %d at %x", l.name, w.err, len(l.args), w.at)
	if !(w.err <= l.bound) {
		t.Errorf("%s(%x): %.4f ulp, allowed are %g", l.name, w.at, w.err, l.bound)
	}
}

// TestExponentials: Exp, Expm1 and Logistic err by no more than the package says, at
// random arguments, beside every change of their tables and branches, near 0, and
// where results are subnormal. Catches a wrong row of the table and a lost low part.
func TestExponentials(t *testing.T) {
	r := source("exponentials")
	ends := around(-700, -708, 709, -745, -744, -1022*math.Ln2, math.Log(math.MaxFloat64)-1e-13)
	near := powersOfTwo(-60, 5)
	for _, x := range powersOfTwo(-60, 5) {
		near = append(near, -x)
	}
	seams := expSeams(r, 700, 800)
	const normal = -1022 * math.Ln2
	law{"Exp", Exp, expOf, 0.53, inside(normal, 709.78, ends, near, seams, evenly(r, normal, 709, 6000),
		evenly(r, -1, 1, 4000), evenly(r, -709, -708, 500))}.hold(t)
	law{"subnormal", Exp, expOf, 0.8, inside(-746, normal, ends, evenly(r, -711, normal, 1000),
		evenly(r, -745.2, normal, 500))}.hold(t)
	law{"Expm1", Expm1, expm1Of, 2.5, inside(-50, 709.78, ends, near, seams, expSeams(r, 0.5, 400), around(-40),
		powersOfTwo(-1074, -1000), evenly(r, -1, 1, 4000), evenly(r, -0.01, 0.01, 1000),
		evenly(r, -45, 709, 1500))}.hold(t)
	law{"Logistic", Logistic, logisticOf, 2.5, inside(-745.1, 745, ends, near, around(-40), evenly(r, -5, 5, 2000),
		evenly(r, -745, 745, 800))}.hold(t)
}

// TestLogarithms: Log, Log1p and Log10 err by no more than the package says, at random
// arguments of all orders, at every interval of their table, near 1 and near powers of
// two and ten, and at subnormal numbers. Catches a cancellation near 1.
func TestLogarithms(t *testing.T) {
	r := source("logarithms")
	ends := []float64{0x1p-1022, 0x1.fffffffffffffp-1023, 5e-324, 1e-323, 0x1.23p-1050, math.MaxFloat64}
	args := inside(0, math.MaxFloat64, ends, nearOne(r), powersOfTwo(-1070, 1023), logSeams(r, 4),
		evenly(r, 0.5, 2, 3000), byOrders(r, -1074, 1023, 2000))
	law{"Log", Log, logOf, 0.53, args}.hold(t)
	law{"Log10", Log10, log10Of, 0.53, append(args, around(tens()...)...)}.hold(t)
	small := []float64{}
	for _, x := range append(powersOfTwo(-1074, 0), byOrders(r, -60, 0, 1000)...) {
		small = append(small, x, -x)
	}
	for _, x := range append(nearOne(r), logSeams(r, 1)...) {
		small = append(small, x-1)
	}
	law{"Log1p", Log1p, log1pOf, 1.6, inside(-1+0x1p-53, math.MaxFloat64, small, evenly(r, -1, 1, 2000),
		evenly(r, -0.01, 0.01, 1000), byOrders(r, 0, 1023, 1000))}.hold(t)
}

// TestLogit: the error of Logit is at most 3e-16·max(1, |logit p|).
func TestLogit(t *testing.T) {
	r := source("logit")
	var w worst
	for _, p := range inside(5e-324, 1-0x1p-53, nearOne(r), evenly(r, 0, 1, 2000), byOrders(r, -1074, 0, 500)) {
		want := minus(logOf(wide(p)), log1pOf(wide(-p)))
		w.see(absolute(Logit(p), want)/max(1, math.Abs(narrow(want))), p)
	}
	t.Logf("Logit: %.3g at %x", w.err, w.at)
	if !(w.err <= 3e-16) {
		t.Errorf("Logit(%x): error %.3g", w.at, w.err)
	}
}

// TestPow: Pow errs by no more than the package says for results of all orders, with x
// near 1 and y huge and with x of all orders; whole powers of ten up to 10²² are exact.
// Catches a logarithm without its low part.
func TestPow(t *testing.T) {
	r := source("pow")
	var normal, tiny worst
	for i := range 8000 {
		x := byOrders(r, -1074, 1023, 1)[0]
		if i%2 == 0 {
			x = 1 + (r.Float64()-0.5)*math.Ldexp(1, -r.IntN(52))
		}
		l := math.Log(x)
		if l == 0 {
			continue
		}
		y := 709 * r.Float64() / l
		switch i % 5 {
		case 0:
			y = (-744 + 40*r.Float64()) / l
		case 1, 2:
			y = 100 * (2*r.Float64() - 1) / l
		}
		exponent := narrow(times(wide(y), logOf(wide(x))))
		if math.IsInf(y, 0) || exponent > 709.78 || exponent < -745.1 {
			continue
		}
		err := ulps(Pow(x, y), powOf(wide(x), wide(y)))
		if exponent > -1022*math.Ln2 {
			normal.see(err, x, y)
		} else {
			tiny.see(err, x, y)
		}
	}
	t.Logf("Pow: %.4f ulp at %x, subnormal %.4f at %x", normal.err, normal.at, tiny.err, tiny.at)
	if !(normal.err <= 0.53 && tiny.err <= 0.8) {
		t.Errorf("Pow(%x): %.4f ulp; Pow(%x): %.4f ulp", normal.at, normal.err, tiny.at, tiny.err)
	}
	power := 1.0
	for n := range 23 {
		if Pow(10, float64(n)) != power {
			t.Errorf("10^%d = %x", n, Pow(10, float64(n)))
		}
		power *= 10
	}
}

// TestCircle: Sin, Cos and ArcSin err by no more than the package says, near 0, near
// the ends and beside the change of branch.
func TestCircle(t *testing.T) {
	r := source("circle")
	small := append(powersOfTwo(-1074, -1020), powersOfTwo(-60, 0)...)
	ends := around(math.Pi/4, math.Pi/2, math.Pi/6, math.Pi/3)
	for k := 2; k < 53; k++ {
		ends = append(ends, math.Pi/2-math.Ldexp(1+r.Float64(), -k))
	}
	args := inside(0, math.Pi/2, small, ends, evenly(r, 0, math.Pi/2, 4000))
	law{"Sin", Sin, sinOf, 1.6, args}.hold(t)
	law{"Cos", Cos, cosOf, 1.6, args}.hold(t)
	law{"ArcSin", ArcSin, arcsinOf, 1.6, inside(0, 1, small, nearOne(r), around(0.5, math.Sqrt2/2),
		evenly(r, 0, 1, 4000))}.hold(t)
}

// TestMinMax: of numbers they are the built-in functions, and of a NaN in the first place, which they pass on.
func TestMinMax(t *testing.T) {
	list := []float64{math.Inf(-1), -3, -0x1p-1074, 0, 0x1p-1074, 2, 2 + 0x1p-51, math.MaxFloat64, math.Inf(1)}
	for _, a := range list {
		for _, b := range list {
			if Min(a, b) != min(a, b) || Max(a, b) != max(a, b) {
				t.Errorf("of %v and %v: %v and %v", a, b, Min(a, b), Max(a, b))
			}
		}
		if !math.IsNaN(Min(math.NaN(), a)) || !math.IsNaN(Max(math.NaN(), a)) {
			t.Errorf("of NaN and %v: a number", a)
		}
	}
}
