package elem

import "math"

const restHalfPi = 0x1.1a62633145c07p-54 // π/2 less its nearest number

// Sin returns sin x for x in [0, π/2]; NaN elsewhere.
func Sin(x float64) float64 {
	switch {
	case !(x >= 0 && x <= math.Pi/2):
		return math.NaN()
	case x <= math.Pi/4:
		return sine(x)
	}
	return cosine(math.Pi/2 - x + restHalfPi)
}

// Cos returns cos x for x in [0, π/2]; NaN elsewhere.
func Cos(x float64) float64 {
	switch {
	case !(x >= 0 && x <= math.Pi/2):
		return math.NaN()
	case x <= math.Pi/4:
		return cosine(x)
	}
	return sine(math.Pi/2 - x + restHalfPi)
}

// sine is Taylor's series on [0, π/4]; the remainder after x¹⁷ is below 2⁻⁶³.
func sine(x float64) float64 {
	s, sum := x*x, 0.0
	for _, n := range [...]float64{272, 210, 156, 110, 72, 42, 20, 6} {
		sum = float64(s/n) * (1 - sum)
	}
	return x - float64(x*sum)
}

// cosine is Taylor's series on [0, π/4].
func cosine(x float64) float64 {
	s, sum := x*x, 0.0
	for _, n := range [...]float64{306, 240, 182, 132, 90, 56, 30, 12} {
		sum = float64(s/n) * (1 - sum)
	}
	return 1 - float64(float64(s*0.5)*(1-sum))
}

// ArcSin returns the angle in [0, π/2] whose sine is x in [0, 1]; NaN elsewhere. Above
// 1/2 it is the complement: sin²(θ/2) = (1 − sin(π/2 − θ))/2.
func ArcSin(x float64) float64 {
	switch {
	case !(x >= 0 && x <= 1):
		return math.NaN()
	case x <= 0.5:
		return x + arcRest(x)
	}
	square := float64((1 - x) * 0.5)
	s := math.Sqrt(square)
	rest := arcRest(s)
	if s > 0 { // what the root has lost
		hi, lo := product(s, s)
		rest += (square - hi - lo) / (2 * s)
	}
	return math.Pi/2 - float64(2*s) - (float64(2*rest) - restHalfPi)
}

// arcRest is Taylor's series of arcsin x − x on [0, 1/2].
func arcRest(x float64) float64 {
	sum, s := 0.0, x*x
	for n := 45.0; n > 0; n -= 2 { // coefficients of x^(n+2) are those of xⁿ times n²/((n + 1)(n + 2))
		sum = float64(s*n*n/((n+1)*(n+2))) * (1 + sum)
	}
	return float64(x * sum)
}
