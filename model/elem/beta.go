package elem

import "math"

// BetaI returns the regularised incomplete beta function Iₓ(a, b), a, b > 0 and x in
// [0, 1]: the distribution function of a beta variable. NaN elsewhere, and where
// a + b > 10³⁰⁰.
func BetaI(a, b, x float64) float64 {
	switch {
	case !betaDefined(a, b) || !(x >= 0 && x <= 1):
		return math.NaN()
	case x == 0 || x == 1:
		return x
	}
	value, _ := betaParts(a, b, x, betaPeak(a, b))
	return value
}

func betaDefined(a, b float64) bool { return a > 0 && b > 0 && a+b <= largestShape }

// betaPeak is Γ(n + 1)/(Γ(a + 1)Γ(b + 1))·xᵃ(1 − x)ᵇ at its peak, x = a/n, n = a + b.
func betaPeak(a, b float64) float64 { return float64(peak(a) / peak(a+b) * peak(b)) }

// betaParts returns Iₓ(a, b) and its slope in x, given betaPeak(a, b), by a continued
// fraction from the side where it converges quickly.
func betaParts(a, b, x, peak float64) (value, slope float64) {
	n, y := a+b, 1-x
	front := peak * Exp(-deviance(a, n, x)-deviance(b, n, y))
	slope = front / x * (a / n) * b / y
	front = front * (a / n) * b
	if x <= (a+1)/(n+2) {
		return min(1, front/betaFraction(a, b, x, y)), slope
	}
	return max(0, 1-front/betaFraction(b, a, y, x)), slope
}

// betaFraction is xᵃyᵇ/(B(a, b)·Iₓ(a, b)), y = 1 − x, by the even part of the fraction
// [Olver2010] 8.17.22. Its terms are positive below the mean.
func betaFraction(a, b, x, y float64) float64 {
	gap := float64(a*y) - float64(b*x) + 1
	f := lentz{}
	f.begin(a / (a + 1) * gap)
	for m := 1.0; m < steps && f.moved; m++ {
		left, right := a+float64(2*m)-1, a+float64(2*m)+1
		above := float64(m*((a+m-1)/left)) * float64((a+b+m-1)/left*x) * float64((b-m)*x)
		f.next(above, m+float64(m/left*(b-m)*x)+float64((a+m)/right*(gap+float64(m*(1+y)))))
	}
	return f.value
}

// BetaInverse returns the x with Iₓ(a, b) = p, for a, b > 0 and p in [0, 1]: 0
// where that is below the least positive number. NaN elsewhere, and where a + b >
// 10³⁰⁰.
func BetaInverse(a, b, p float64) float64 {
	switch {
	case !betaDefined(a, b) || !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0 || p == 1:
		return p
	}
	top := betaPeak(a, b)
	return invert(0, 1, a/(a+b), p, func(x float64) (value, slope float64) { return betaParts(a, b, x, top) })
}
