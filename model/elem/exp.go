package elem

import "math"

const (
	stepHi    = 0x1.62e42fef00000p-8 // ln 2/128 in two parts; twenty bits of the first are zero
	stepLo    = 0x1.473de6af278edp-41
	perStep   = 0x1.71547652b82fep+7 // 128/ln 2
	toInteger = 0x1.8p52             // adding and subtracting it rounds to an integer

	integerBits = 0x4338000000000000 // of toInteger
)

// Exp returns eˣ, for any x: 0 below about −745.2, +Inf above about 709.8.
//
// Table-driven after [Tang1989]: x = (128m + i)·ln2/128 + r, |r| ≤ ln2/256, and eˣ =
// 2ᵐ·2^(i/128)·(1 + r + r²/2 + …), of which the remainder after r⁵ is below 2⁻⁶⁰.
func Exp(x float64) float64 {
	if !(x > -700 && x < 709) {
		return expFar(x)
	}
	n, r := split(x)
	t := &twoTo[n&127]
	p := t.rest + series(r)
	scale := math.Float64frombits(math.Float64bits(t.value) + uint64(n>>7)<<52)
	return scale + float64(scale*p)
}

// expFar is Exp where 2ᵐ, the result or a part of it may not be a normal number.
func expFar(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	}
	return expScaled(x, 0)
}

// expOfParts is e^(hi + lo) for |hi| < 800 and a small lo.
func expOfParts(hi, lo float64) float64 {
	if !(hi > -700 && hi < 709) {
		return expScaled(hi, lo)
	}
	n, r := split(hi)
	t := &twoTo[n&127]
	scale := math.Float64frombits(math.Float64bits(t.value) + uint64(n>>7)<<52)
	return scale + float64(scale*(t.rest+series(r+lo)))
}

func expScaled(hi, lo float64) float64 {
	n, r := split(hi)
	t := &twoTo[n&127]
	return math.Ldexp(t.value+float64(t.value*(t.rest+series(r+lo))), int(n>>7))
}

// split returns n and r with x = n·ln2/128 + r, for |x| < 2000.
func split(x float64) (n int64, r float64) {
	k := float64(x*perStep) + toInteger
	n = int64(math.Float64bits(k) - integerBits)
	k -= toInteger
	return n, x - float64(k*stepHi) - float64(k*stepLo)
}

// series is eʳ − 1 for |r| ≤ ln2/256.
func series(r float64) float64 {
	r2 := r * r
	return r + float64(r2*(0.5+float64(r*(1.0/6)))) + float64(float64(r2*r2)*(1.0/24+float64(r*(1.0/120))))
}

// Expm1 returns eˣ − 1, accurate near 0.
func Expm1(x float64) float64 {
	if !(x > -40 && x < 709) {
		if x <= -40 {
			return -1
		}
		return Exp(x)
	}
	n, r := split(x)
	t := &twoTo[n&127]
	r2 := r * r
	p := 0.5 + float64(r*(1.0/6)) + float64(r2*(1.0/24+float64(r*(1.0/120+float64(r*(1.0/720))))))
	p = r + float64(r2*p)
	if n == 0 {
		return p
	}
	p += t.rest
	scale := math.Float64frombits(math.Float64bits(t.value) + uint64(n>>7)<<52)
	return (scale - 1) + float64(scale*p)
}

// Logit returns log(p/(1 − p)) for p in [0, 1].
func Logit(p float64) float64 { return Log(p) - Log1p(-p) }

// Logistic returns 1/(1 + e⁻ˣ).
func Logistic(x float64) float64 {
	if x < -40 {
		return Exp(x)
	}
	return 1 / (1 + Exp(-x))
}
