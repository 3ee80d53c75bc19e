package elem

import "math"

// The distribution functions of gamma and beta begin with the probability of one count,
// which is taken apart as in [Loader2000]: what it is at its peak, and how far the
// argument is from there. Neither subtracts large logarithms.

const rootTwoPi = 2.5066282746310005024157652848110453

// peak returns the Poisson probability of k at mean k: kᵏe⁻ᵏ/Γ(k + 1), k > 0.
func peak(k float64) float64 {
	if k < 10 {
		return Exp(float64(k*Log(k)) - k - LogGamma(k+1))
	}
	return Exp(-stirlingRest(k)) / float64(rootTwoPi*math.Sqrt(k))
}

// deviance returns k·log(k/m) + m − k, m = n·x, for k, n, x > 0: the Poisson
// probability of k at mean m is peak(k) times e to minus it.
func deviance(k, n, x float64) float64 {
	m := float64(n * x)
	gap := k - m
	if half := float64(0.5*k) + float64(0.5*m); math.Abs(gap) < 0.2*half {
		v := 0.5 * gap / half
		s := v * v
		sum, power := 0.0, float64(2*float64(k*v))
		for j := 3.0; j < 50; j += 2 {
			power = float64(power * s)
			next := sum + power/j
			if next == sum {
				break
			}
			sum = next
		}
		return float64(gap*v) + sum
	}
	ratio := k / m
	if !(m > 0x1p-1000 && ratio > 0x1p-1000 && ratio < 0x1p1000) {
		return float64(k*(Log(k)-Log(n)-Log(x))) - gap
	}
	return float64(k*Log(ratio)) - gap
}
