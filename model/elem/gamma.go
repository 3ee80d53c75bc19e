package elem

import "math"

// LogGamma returns log Γ(x) for x > 0, NaN elsewhere: Stirling's series [DLMF, 5.11.1],
// below 10 by the recurrence Γ(x + 1) = xΓ(x).
func LogGamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	if x == 1 || x == 2 {
		return 0
	}
	raised := 1.0
	for ; x < 10; x++ {
		raised *= x
	}
	const halfLogTwoPi = 0.91893853320467274178
	y := 1 / float64(x*x)
	sum := 0.0
	for i := len(stirling) - 1; i >= 0; i-- {
		sum = float64(sum*y) + stirling[i]
	}
	l := float64((x-0.5)*Log(x)) - x + halfLogTwoPi + sum/x
	if raised != 1 {
		l -= Log(raised)
	}
	return l
}

// stirling are B₂ₙ/(2n(2n − 1)), n = 1 …, B₂ₙ the Bernoulli numbers.
var stirling = [...]float64{1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400, 43867.0 / 244188}

// enough is where a series or a continued fraction has ended.
const enough = 0x1p-54

// steps bounds the terms of a series or a continued fraction; shapes of 10⁵ need some
// two thousand.
const steps = 20000

// GammaP returns the regularised lower incomplete gamma function P(a, x), a > 0: the
// probability that a gamma variable of shape a and scale 1 is at most x.
func GammaP(a, x float64) float64 {
	p, _ := gammaPQ(a, x)
	return p
}

// GammaQ returns 1 − P(a, x): also the probability that a Poisson count of mean x is
// less than a, for whole a.
func GammaQ(a, x float64) float64 {
	_, q := gammaPQ(a, x)
	return q
}

// gammaPQ takes the series [DLMF, 8.7.1] below a + 1 and the continued fraction [DLMF,
// 8.9.2] above.
func gammaPQ(a, x float64) (p, q float64) {
	switch {
	case !(a > 0) || math.IsInf(a, 1) || math.IsNaN(x):
		return math.NaN(), math.NaN()
	case x <= 0:
		return 0, 1
	case math.IsInf(x, 1):
		return 1, 0
	}
	front := Exp(float64(a*Log(x)) - x - LogGamma(a))
	if x < a+1 {
		term := 1 / a
		sum := term
		for n := 1.0; n < steps && term > sum*enough; n++ {
			term = float64(term * (x / (a + n)))
			sum += term
		}
		p = min(1, front*sum)
		return p, 1 - p
	}
	f := lentz{}
	f.begin(x + 1 - a)
	for n := 1.0; n < steps && f.moved; n++ {
		f.next(n*(a-n), x+float64(2*n)+1-a)
	}
	q = min(1, front/f.value)
	return 1 - q, q
}

// lentz evaluates a continued fraction b₀ + a₁/(b₁ + a₂/(b₂ + …)) from the front, by
// Lentz's method as modified in [Thompson1986].
type lentz struct {
	value, c, d float64
	moved       bool // by the last term
}

func (f *lentz) begin(b float64) {
	f.value = awayFromZero(b)
	f.c, f.d, f.moved = f.value, 0, true
}

func (f *lentz) next(a, b float64) {
	f.d = 1 / awayFromZero(b+float64(a*f.d))
	f.c = awayFromZero(b + a/f.c)
	change := float64(f.c * f.d)
	f.value *= change
	f.moved = math.Abs(change-1) > enough
}

func awayFromZero(x float64) float64 {
	if x == 0 {
		return 1e-300
	}
	return x
}

// GammaPInverse returns the x with P(a, x) = p, for a > 0 and p in [0, 1].
func GammaPInverse(a, p float64) float64 {
	switch {
	case !(a > 0) || !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0:
		return 0
	case p == 1:
		return math.Inf(1)
	}
	z := NormalQuantile(p)
	c := 1 / (9 * a)
	guess := 1 - c + float64(z*math.Sqrt(c)) // Wilson and Hilferty, 1931
	guess = a * guess * guess * guess
	if !(guess > 0) {
		guess = Exp((Log(p) + Log(a) + LogGamma(a)) / a)
	}
	hi := max(1, guess)
	for GammaP(a, hi) < p {
		hi *= 2
	}
	front := -LogGamma(a)
	return invert(0, hi, guess, p, func(x float64) (value, slope float64) {
		return GammaP(a, x), Exp(front + float64((a-1)*Log(x)) - x)
	})
}

// invert solves f(x) = y for an increasing f on [lo, hi], by Newton's method kept
// inside a bracket; f returns its value and its slope.
func invert(lo, hi, x, y float64, f func(float64) (value, slope float64)) float64 {
	if !(x > lo && x < hi) {
		x = lo + float64((hi-lo)*0.5)
	}
	for range 200 {
		value, slope := f(x)
		gap := value - y
		if gap == 0 {
			return x
		}
		if gap > 0 {
			hi = x
		} else {
			lo = x
		}
		next := x - gap/slope
		if !(next > lo && next < hi) {
			next = between(lo, hi)
		}
		if math.Abs(next-x) <= 0x1p-52*math.Abs(x) || !(next > lo && next < hi) {
			return next
		}
		x = next
	}
	return x
}

// between halves an interval of numbers of one sign, by orders of magnitude while it
// spans many.
func between(lo, hi float64) float64 {
	if hi > 16*lo {
		return hi * math.Sqrt(max(lo/hi, 0x1p-20))
	}
	return lo + float64((hi-lo)*0.5)
}
