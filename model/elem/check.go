package elem

import (
	"fmt"
	"math"
)

// checked is what the sum over the functions' bits is on every processor that
// computes as IEEE 754 says.
const checked = 0

// Check computes a few hundred values and returns an error if any bit differs from
// what it has to be: the processor or the compiler does not round as this program
// needs, and no result of it could be compared with another machine's.
func Check() error {
	sum := uint64(14695981039346656037)
	add := func(values ...float64) {
		for _, v := range values {
			sum = (sum ^ math.Float64bits(v)) * 1099511628211
		}
	}
	for i := range 64 {
		u := (float64(i) + 0.5) / 64
		x := float64(i*i) / 7
		add(Exp(x-100), Exp(-u), Expm1(-u), Log(u), Log(x+u), Log1p(-u), Log10(x+u), Pow(u, 1.3), Logistic(u-x))
		add(NormalCDF(8*u-6), NormalQuantile(u), Sin(u), Cos(u), ArcSin(u), LogGamma(x+u))
		if i%16 == 3 {
			add(GammaP(2.5, x), GammaQ(x, 3), GammaPInverse(1+u, u), BetaI(2, 3.5, u), BetaInverse(2, 3.5, u))
		}
	}
	if sum != checked {
		return fmt.Errorf("this build computes elementary functions with other bits (%016x, not %016x)", sum, uint64(checked))
	}
	return nil
}
