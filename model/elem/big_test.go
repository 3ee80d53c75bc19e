package elem

import (
	"math"
	"math/big"
	"sync"
	"testing"
)

// prec is the precision of the references in bits, where no cancellation asks for more.
const prec = 320

func wide(x float64) *big.Float { return new(big.Float).SetPrec(prec).SetFloat64(x) }

// The four operations, at the greater precision of the two.
func plus(x, y *big.Float) *big.Float  { return new(big.Float).Add(x, y) }
func minus(x, y *big.Float) *big.Float { return new(big.Float).Sub(x, y) }
func times(x, y *big.Float) *big.Float { return new(big.Float).Mul(x, y) }
func over(x, y *big.Float) *big.Float  { return new(big.Float).Quo(x, y) }

// twice returns x·2ⁿ.
func twice(x *big.Float, n int) *big.Float { return new(big.Float).SetMantExp(x, n) }

// narrow returns the nearest float64.
func narrow(x *big.Float) float64 {
	v, _ := x.Float64()
	return v
}

// negligible says that adding term to sum changes nothing.
func negligible(term, sum *big.Float) bool {
	return term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-int(sum.Prec())
}

// bigAtanh is the series of artanh t.
func bigAtanh(t *big.Float) *big.Float {
	if t.Sign() == 0 {
		return t
	}
	s, power, sum := times(t, t), t, t
	for n := 3.0; ; n += 2 {
		power = times(power, s)
		term := over(power, big.NewFloat(n))
		if negligible(term, sum) {
			return sum
		}
		sum = plus(sum, term)
	}
}

// constants are π, ln 2 and log √(2π).
var constants = sync.OnceValue(func() (c struct{ pi, ln2, logRootTwoPi *big.Float }) {
	one := new(big.Float).SetPrec(4 * prec).SetInt64(1)
	arctan := func(n float64) *big.Float { // of 1/n
		s, power, sum := big.NewFloat(-n*n), over(one, big.NewFloat(n)), over(one, big.NewFloat(n))
		for k := 3.0; ; k += 2 {
			power = over(power, s)
			term := over(power, big.NewFloat(k))
			if negligible(term, sum) {
				return sum
			}
			sum = plus(sum, term)
		}
	}
	c.pi = minus(twice(arctan(5), 4), twice(arctan(239), 2)) // Machin, 1706
	c.ln2 = twice(bigAtanh(over(one, big.NewFloat(3))), 1)
	c.logRootTwoPi = twice(bigLog(twice(c.pi, 1), c.ln2), -1)
	return c
})

func pi() *big.Float  { return constants().pi }
func ln2() *big.Float { return constants().ln2 }

// bigLog is log x = k·ln 2 + 2·artanh((z − 1)/(z + 1)) for x = 2ᵏz.
func bigLog(x, ln2 *big.Float) *big.Float {
	z := new(big.Float)
	k := x.MantExp(z)
	if z.Cmp(big.NewFloat(0.7)) < 0 {
		z, k = twice(z, 1), k-1
	}
	one := big.NewFloat(1)
	l := twice(bigAtanh(over(minus(z, one), plus(z, one))), 1)
	if k == 0 {
		return l
	}
	return new(big.Float).SetPrec(x.Prec()).Add(l, times(ln2, big.NewFloat(float64(k))))
}

func logOf(x *big.Float) *big.Float { return bigLog(x, ln2()) }

// log1pOf is log(1 + x), without cancellation near 0.
func log1pOf(x *big.Float) *big.Float {
	if x.MantExp(nil) > -8 {
		return logOf(plus(x, wide(1)))
	}
	return twice(bigAtanh(over(x, plus(x, big.NewFloat(2)))), 1)
}

func log10Of(x *big.Float) *big.Float { return over(logOf(x), logOf(wide(10))) }

// taylor is Σ_{n ≥ 1} rⁿ/n!.
func taylor(r *big.Float) *big.Float {
	if r.Sign() == 0 {
		return r
	}
	term, sum := r, r
	for n := 2.0; ; n++ {
		term = over(times(term, r), big.NewFloat(n))
		if negligible(term, sum) {
			return sum
		}
		sum = plus(sum, term)
	}
}

// expOf is eˣ = 2ᵏ·eʳ.
func expOf(x *big.Float) *big.Float {
	k, r := 0.0, x
	if x.MantExp(nil) > -1 {
		k = math.Round(narrow(over(x, ln2())))
		r = new(big.Float).SetPrec(x.Prec()).Sub(x, times(ln2(), big.NewFloat(k)))
	}
	return twice(plus(taylor(r), wide(1)), int(k))
}

// expm1Of is eˣ − 1, without cancellation near 0.
func expm1Of(x *big.Float) *big.Float {
	if x.MantExp(nil) <= -1 {
		return taylor(x)
	}
	return minus(expOf(x), wide(1))
}

func powOf(x, y *big.Float) *big.Float { return expOf(times(y, logOf(x))) }

// logisticOf is 1/(1 + e⁻ˣ).
func logisticOf(x *big.Float) *big.Float {
	return over(wide(1), plus(wide(1), expOf(new(big.Float).Neg(x))))
}

// waves are Taylor's series of sin x and cos x.
func waves(x *big.Float) (sin, cos *big.Float) {
	sin, cos = x, wide(1)
	term, s := x, new(big.Float).Neg(times(x, x))
	for n := 2.0; ; n += 2 {
		if term.Sign() == 0 || term.MantExp(nil) < sin.MantExp(nil)-prec-8 {
			return sin, cos
		}
		even := over(times(term, new(big.Float).Neg(x)), big.NewFloat(n))
		cos = plus(cos, even)
		term = over(times(term, s), big.NewFloat(n*(n+1)))
		sin = plus(sin, term)
	}
}

func sinOf(x *big.Float) *big.Float {
	s, _ := waves(x)
	return s
}

func cosOf(x *big.Float) *big.Float {
	_, c := waves(x)
	return c
}

// arcsinOf is arcsin x for x in [0, 1], by its series on [0, 1/2].
func arcsinOf(x *big.Float) *big.Float {
	if x.Cmp(big.NewFloat(0.5)) > 0 {
		half := new(big.Float).Sqrt(twice(minus(wide(1), x), -1))
		return new(big.Float).SetPrec(prec).Sub(twice(pi(), -1), twice(arcsinOf(half), 1))
	}
	power, sum, s := x, x, times(x, x)
	for n := 1.0; ; n += 2 {
		power = over(times(times(power, s), big.NewFloat(n)), big.NewFloat(n+1))
		term := over(power, big.NewFloat(n+2))
		if negligible(term, sum) {
			return sum
		}
		sum = plus(sum, term)
	}
}

// near says whether x = y but for `bits` bits.
func near(t *testing.T, what string, x, y *big.Float, bits int) {
	t.Helper()
	d := minus(x, y)
	if d.Sign() != 0 && d.MantExp(nil) > y.MantExp(nil)-bits {
		t.Errorf("%s: %.30g, and %.30g: alike in %d bits of %d", what, x, y, y.MantExp(nil)-d.MantExp(nil), bits)
	}
}

// TestReferencesAgree: the elementary references satisfy the identities of what they
// compute to 300 bits: a logarithm undoes an exponential, a sine its inverse, squares
// of sine and cosine add to 1, and π is six times the angle whose sine is 1/2.
func TestReferencesAgree(t *testing.T) {
	for _, v := range []float64{1e-300, 3e-9, 0.004, 0.3, 0.69, 0.71, 0.99, 1 + 0x1p-40, 1.4, 2, 17.5, 700, 1e300} {
		x := wide(v)
		near(t, "exp(log x)", expOf(logOf(x)), x, 300)
		near(t, "10^log10 x", powOf(wide(10), log10Of(x)), x, 300)
		if v > 700 {
			continue
		}
		near(t, "log(exp x)", logOf(new(big.Float).SetPrec(3*prec).Set(expOf(x))), x, min(300, 310+x.MantExp(nil)))
		near(t, "log1p(expm1 x)", log1pOf(expm1Of(x)), x, 300)
		near(t, "logistic", logisticOf(x), minus(wide(1), logisticOf(wide(-v))), 300)
		if v > 1 {
			continue
		}
		near(t, "sin(arcsin x)", sinOf(arcsinOf(x)), x, 300)
		s, c := waves(x)
		near(t, "sin² + cos²", plus(times(s, s), times(c, c)), wide(1), 300)
	}
	near(t, "6·arcsin(1/2)", times(arcsinOf(wide(0.5)), wide(6)), pi(), 300)
	near(t, "log 10", logOf(wide(10)), plus(logOf(wide(2)), logOf(wide(5))), 300)
	near(t, "e·e", times(expOf(wide(1)), expOf(wide(1))), expOf(wide(2)), 300)
}
