package elem

import "math"

// LogGamma returns log Γ(x) for x > 0, NaN elsewhere: Stirling's series [Olver2010] 5.11.1,
// below 10 by the recurrence Γ(x + 1) = xΓ(x).
func LogGamma(x float64) float64 {
	switch {
	case !(x > 0):
		return math.NaN()
	case x == 1 || x == 2:
		return 0
	case math.IsInf(x, 1):
		return x
	}
	raised := 1.0
	for ; x < 10; x++ {
		raised *= x
	}
	const halfLogTwoPi = 0.91893853320467274178
	l := float64((x-0.5)*Log(x)) - x + halfLogTwoPi + stirlingRest(x)
	if raised != 1 {
		l -= Log(raised)
	}
	return l
}

// stirlingRest is log Γ(x) − (x − ½)log x + x − ½log 2π for x ≥ 10.
func stirlingRest(x float64) float64 {
	y := 1 / float64(x*x)
	sum := 0.0
	for i := len(stirling) - 1; i >= 0; i-- {
		sum = float64(sum*y) + stirling[i]
	}
	return sum / x
}

// stirling are B₂ₙ/(2n(2n − 1)), n = 1 …, B₂ₙ the Bernoulli numbers.
var stirling = [...]float64{1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156,
	-3617.0 / 122400, 43867.0 / 244188}

// enough is where a series or a continued fraction has ended.
const enough = 0x1p-54

// steps bounds the terms of a series or a continued fraction; shapes of 10⁵ need some
// two thousand.
const steps = 20000

// largestShape bounds the shapes of gamma and the sum of those of beta.
const largestShape = 1e300

// GammaP returns the regularised lower incomplete gamma function P(a, x), a > 0: the
// probability that a gamma variable of shape a and scale 1 is at most x, 0 for x ≤ 0.
// NaN for other a, and for a > 10³⁰⁰.
func GammaP(a, x float64) float64 {
	p, _, _ := gammaParts(a, x, peak(a))
	return p
}

// GammaQ returns 1 − P(a, x): also the probability that a Poisson count of mean x is
// less than a, for whole a.
func GammaQ(a, x float64) float64 {
	_, q, _ := gammaParts(a, x, peak(a))
	return q
}

// gammaParts returns P, 1 − P and the slope of P in x, given peak(a). It takes the
// series [Olver2010] 8.7.1 below a + 1 and the continued fraction [Olver2010] 8.9.2 above.
func gammaParts(a, x, peak float64) (p, q, slope float64) {
	switch {
	case !(a > 0 && a <= largestShape) || math.IsNaN(x):
		return math.NaN(), math.NaN(), math.NaN()
	case x <= 0:
		return 0, 1, 0
	case math.IsInf(x, 1):
		return 1, 0, 0
	}
	front := float64(peak * Exp(-deviance(a, 1, x))) // xᵃe⁻ˣ/Γ(a + 1)
	slope = front / x * a
	if x-a < 1 {
		term, sum := 1.0, 1.0
		for n := 1.0; n < steps && term > sum*enough; n++ {
			term = float64(term * (x / (a + n)))
			sum += term
		}
		p = min(1, float64(front*sum))
		return p, 1 - p, slope
	}
	f := lentz{}
	f.begin(x - a + 1)
	for n := 1.0; n < steps && f.moved; n++ {
		f.next(n*(a-n), x-a+float64(2*n)+1)
	}
	q = min(1, float64(front*a)/f.value)
	return 1 - q, q, slope
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

// GammaPInverse returns the x with P(a, x) = p, for a > 0 and p in [0, 1]: 0 where
// that is below the least positive number. NaN elsewhere, and for a > 10³⁰⁰.
func GammaPInverse(a, p float64) float64 {
	switch {
	case !(a > 0 && a <= largestShape) || !(p >= 0 && p <= 1):
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
		guess = max(Exp((Log(p)+LogGamma(a+1))/a), 0x1p-1074) // the series' first term
	}
	top := peak(a)
	return invert(0, math.MaxFloat64, guess, p, func(x float64) (value, slope float64) {
		value, _, slope = gammaParts(a, x, top)
		return value, slope
	})
}

// invert solves f(x) = y for the distribution function f of a variable on [lo, hi], by
// Newton's method for the logarithm of the lesser tail, kept inside a bracket; f returns
// its value and its slope.
func invert(lo, hi, x, y float64, f func(float64) (value, slope float64)) float64 {
	if !(x > lo && x < hi) {
		x = between(lo, hi)
	}
	best, least := x, math.Inf(1)
	for range 200 {
		value, slope := f(x)
		gap := math.Abs(value - y)
		if gap < least {
			best, least = x, gap
		}
		if value < y {
			lo = x
		} else {
			hi = x
		}
		next := x - tailGap(value, y)/slope
		if gap == 0 || next == x && slope <= math.MaxFloat64 {
			break
		}
		if !(next > lo && next < hi) {
			next = between(lo, hi)
		}
		if !(next > lo && next < hi) {
			if lo == 0 {
				return 0 // less than the least number
			}
			break
		}
		x = next
	}
	return best
}

// tailGap is value − y, as the logarithms of their lesser tails have it.
func tailGap(value, y float64) float64 {
	if y > 0.5 {
		return -tailGap(1-value, 1-y)
	}
	gap := float64(value * Log(value/y))
	if !(math.Abs(gap) <= math.MaxFloat64) {
		return value - y
	}
	return gap
}

// between halves an interval of numbers of one sign, by orders of magnitude while it
// spans many.
func between(lo, hi float64) float64 {
	if hi > 16*lo {
		return max(float64(hi*math.Sqrt(max(lo/hi, 0x1p-20))), 0x1p-1074)
	}
	return lo + float64((hi-lo)*0.5)
}
