package elem

import "math"

// BetaI returns the regularised incomplete beta function Iₓ(a, b), a, b > 0 and x in
// [0, 1]: the distribution function of a beta variable. By the continued fraction
// [DLMF, 8.17.22], from the side where it converges quickly.
func BetaI(a, b, x float64) float64 {
	switch {
	case !(a > 0 && b > 0 && x >= 0 && x <= 1):
		return math.NaN()
	case x == 0 || x == 1:
		return x
	}
	front := Exp(float64(a*Log(x)) + float64(b*Log1p(-x)) - LogBeta(a, b))
	if x <= (a+1)/(a+b+2) {
		return min(1, front*betaFraction(a, b, x)/a)
	}
	return max(0, 1-front*betaFraction(b, a, 1-x)/b)
}

// LogBeta returns log B(a, b) for a, b > 0.
func LogBeta(a, b float64) float64 { return LogGamma(a) + LogGamma(b) - LogGamma(a+b) }

func betaFraction(a, b, x float64) float64 {
	f := lentz{}
	f.begin(1)
	for m := 0.0; m < steps && f.moved; m++ {
		if m > 0 {
			f.next(m*(b-m)*x/((a+float64(2*m)-1)*(a+float64(2*m))), 1)
		}
		f.next(-(a+m)*(a+b+m)*x/((a+float64(2*m))*(a+float64(2*m)+1)), 1)
	}
	return 1 / f.value
}

// BetaInverse returns the x with Iₓ(a, b) = p, for a, b > 0 and p in [0, 1].
func BetaInverse(a, b, p float64) float64 {
	switch {
	case !(a > 0 && b > 0 && p >= 0 && p <= 1):
		return math.NaN()
	case p == 0 || p == 1:
		return p
	}
	front := -LogBeta(a, b)
	return invert(0, 1, a/(a+b), p, func(x float64) (value, slope float64) {
		return BetaI(a, b, x), Exp(front + float64((a-1)*Log(x)) + float64((b-1)*Log1p(-x)))
	})
}
