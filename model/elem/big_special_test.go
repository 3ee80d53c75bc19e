package elem

import (
	"fmt"
	"math"
	"math/big"
	"sync"
	"testing"
)

// erfcOf is erfc x: by a series of positive terms [Olver2010] 7.6.2 up to 3, by the
// continued fraction [Olver2010] 7.9.1 beyond.
func erfcOf(x *big.Float) *big.Float {
	switch v := narrow(x); {
	case v < 0:
		return minus(wide(2), erfcOf(new(big.Float).Neg(x)))
	case v <= 3:
		return erfcSeries(x)
	default:
		return erfcFraction(x)
	}
}

// erfcSeries carries the bits that 1 − erf x loses.
func erfcSeries(x *big.Float) *big.Float {
	v := narrow(x)
	x = new(big.Float).SetPrec(prec + uint(3*v*v)).Set(x)
	s := times(x, x)
	term, sum := x, x
	for n := 3.0; !negligible(term, sum) || n == 3; n += 2 {
		term = over(times(term, twice(s, 1)), big.NewFloat(n))
		sum = plus(sum, term)
	}
	one := new(big.Float).SetPrec(x.Prec()).SetInt64(1)
	front := over(twice(one, 1), new(big.Float).SetPrec(x.Prec()).Sqrt(pi()))
	return minus(one, times(times(front, expOf(new(big.Float).Neg(s))), sum))
}

// erfcFraction begins where the rest is e^(x² − 2x√(2n)) of the whole.
func erfcFraction(x *big.Float) *big.Float {
	v, f := narrow(x), x
	steps := math.Pow((230+v*v)/v, 2)/8 + 10
	for n := math.Ceil(steps); n > 0; n-- {
		f = plus(x, over(big.NewFloat(n/2), f))
	}
	s := times(x, x)
	root := new(big.Float).SetPrec(prec).Sqrt(pi())
	return over(expOf(s.Neg(s)), times(root, f))
}

// cdfOf is Φ(z), and densityOf its derivative.
func cdfOf(z float64) *big.Float {
	return twice(erfcOf(over(wide(-z), new(big.Float).Sqrt(wide(2)))), -1)
}

func densityOf(z float64) *big.Float {
	x := wide(z)
	return over(expOf(twice(x.Neg(times(x, x)), -1)), new(big.Float).SetPrec(prec).Sqrt(twice(pi(), 1)))
}

// bernoulli are B₂ₙ/(2n(2n − 1)), n = 1 …, from the exact Bernoulli numbers.
var bernoulli = sync.OnceValue(func() (c []*big.Float) {
	const count = 70
	b := []*big.Rat{big.NewRat(1, 1)} // B₀, B₂, …
	for n := int64(1); n <= count; n++ {
		sum := big.NewRat(1-2*n, 2) // 1 + (2n + 1)·B₁ is (1 − 2n)/2
		for k := int64(1); k < n; k++ {
			choose := new(big.Rat).SetInt(new(big.Int).Binomial(2*n+1, 2*k))
			sum.Add(sum, choose.Mul(choose, b[k]))
		}
		b = append(b, sum.Mul(sum, big.NewRat(-1, 2*n+1)))
		q := new(big.Rat).Mul(sum, big.NewRat(1, 2*n*(2*n-1)))
		c = append(c, new(big.Float).SetPrec(prec).SetRat(q))
	}
	return c
})

// lgammaOf is log Γ(x) by Stirling's series, from 60 on [Olver2010] 5.11.1.
func lgammaOf(x *big.Float) *big.Float {
	raised := wide(1)
	for x.Cmp(big.NewFloat(60)) < 0 {
		raised, x = times(raised, x), plus(x, big.NewFloat(1))
	}
	l := plus(minus(times(minus(x, big.NewFloat(0.5)), logOf(x)), x), constants().logRootTwoPi)
	power, s := x, times(x, x)
	for _, c := range bernoulli() {
		term := over(c, power)
		if term.MantExp(nil) < -prec {
			break
		}
		l, power = plus(l, term), times(power, s)
	}
	return l.SetPrec(prec).Sub(l, logOf(raised))
}

// gammaPOf is P(a, x) by its series [Olver2010] 8.7.1, whose terms are positive.
func gammaPOf(a, x float64) *big.Float {
	if x <= 0 {
		return wide(0)
	}
	wa, wx := wide(a), wide(x)
	term, sum := wide(1), wide(1)
	for n := 1.0; !negligible(term, sum); n++ {
		term = over(times(term, wx), plus(wa, big.NewFloat(n)))
		sum = plus(sum, term)
	}
	front := minus(minus(times(wa, logOf(wx)), wx), lgammaOf(plus(wa, wide(1))))
	return times(expOf(front), sum)
}

// betaIOf is Iₓ(a, b) by its series [Olver2010] 8.17.8, whose terms are positive.
func betaIOf(a, b, x float64) *big.Float {
	y := minus(wide(1), wide(x))
	if x > 0.5 {
		return minus(wide(1), betaSeries(wide(b), wide(a), y, wide(x)))
	}
	return betaSeries(wide(a), wide(b), wide(x), y)
}

func betaSeries(a, b, x, y *big.Float) *big.Float {
	if x.Sign() == 0 {
		return x
	}
	both, next := plus(a, b), plus(a, big.NewFloat(1))
	term, sum := wide(1), wide(1)
	for n := 0.0; !negligible(term, sum); n++ {
		k := big.NewFloat(n)
		term = over(times(times(term, plus(both, k)), x), plus(next, k))
		sum = plus(sum, term)
	}
	front := minus(plus(times(a, logOf(x)), times(b, logOf(y))), lbetaOf(a, b))
	return over(times(expOf(front), sum), a)
}

func lbetaOf(a, b *big.Float) *big.Float {
	return minus(plus(lgammaOf(a), lgammaOf(b)), lgammaOf(plus(a, b)))
}

// TestErfcReferencesAgree: series and continued fraction give one erfc where both
// are quick, and its slope is the normal density.
func TestErfcReferencesAgree(t *testing.T) {
	for _, v := range []float64{2.5, 3, 4, 7.25} {
		x := wide(v)
		near(t, fmt.Sprint("erfc ", v), erfcSeries(x), erfcFraction(x), 300)
	}
	const step = 0x1p-40
	for _, z := range []float64{-6, -1, 0, 0.5, 4} {
		slope := over(minus(cdfOf(z+step), cdfOf(z-step)), wide(2*step))
		near(t, fmt.Sprint("Φ′ ", z), slope, densityOf(z), 75)
	}
}

// TestGammaReferencesAgree: Γ(n + 1) = n!, Γ(1/2) = √π, and Legendre's duplication;
// P(1, x) = 1 − e⁻ˣ, P(1/2, x²) = erf x, Poisson's sums; I of whole shapes is a
// binomial sum, of two halves an arc sine, of (a, 1) a power, and its two sides add
// to 1.
func TestGammaReferencesAgree(t *testing.T) {
	half := wide(0.5)
	root := new(big.Float).SetPrec(prec).Sqrt(pi())
	near(t, "Γ(1/2)", expOf(lgammaOf(half)), root, 300)
	factorial := wide(1)
	for n := range 150 {
		factorial = times(factorial, wide(float64(n+1)))
		near(t, fmt.Sprint(n+1, "!"), expOf(lgammaOf(wide(float64(n+2)))), factorial, 300)
	}
	for _, v := range []float64{0.01, 0.37, 5.25, 61, 1e4} {
		x := wide(v)
		left := plus(lgammaOf(x), lgammaOf(plus(x, half)))
		right := minus(plus(lgammaOf(twice(x, 1)), logOf(root)), times(minus(twice(x, 1), wide(1)), ln2()))
		near(t, fmt.Sprint("duplication at ", v), left, right, 290)
	}
	for _, x := range []float64{0x1p-30, 0.25, 2, 9} {
		e := expOf(wide(-x))
		near(t, "P(1, x)", gammaPOf(1, x), new(big.Float).Neg(expm1Of(wide(-x))), 290)
		near(t, "P(3, x)", minus(wide(1), gammaPOf(3, x)), times(e, wide(1+x+x*x/2)), 50)
		near(t, "P(1/2, x²)", minus(wide(1), gammaPOf(0.5, x*x)), erfcOf(wide(x)), 300-int(2*x*x))
	}
	for _, x := range []float64{0.001, 0.25, 0.5, 0.75, 1 - 0x1p-50} {
		y := minus(wide(1), wide(x))
		cube := times(times(wide(x), wide(x)), wide(x))
		near(t, "I(3, 1)", betaIOf(3, 1, x), cube, 290)
		near(t, "I(3, 2)", betaIOf(3, 2, x), plus(times(times(cube, wide(4)), y), times(cube, wide(x))), 290)
		arc := over(arcsinOf(new(big.Float).Sqrt(wide(x))), twice(pi(), -1))
		near(t, "I(1/2, 1/2)", betaIOf(0.5, 0.5, x), arc, 280)
		near(t, "two sides", betaSeries(wide(2.5), wide(40), wide(x), y),
			minus(wide(1), betaSeries(wide(40), wide(2.5), y, wide(x))), 240)
		if x > 0.5 {
			break
		}
	}
	near(t, "B(1/2, 1/2)", expOf(lbetaOf(half, half)), pi(), 300)
	if math.Abs(narrow(gammaPOf(1e4, 1e4))-0.5013298083) > 1e-9 {
		t.Errorf("P(10⁴, 10⁴) = %.10g", gammaPOf(1e4, 1e4))
	}
}
