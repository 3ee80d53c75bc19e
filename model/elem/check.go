package elem

import (
	"fmt"
	"math"
)

// checked is what the sum over the functions' bits is on every processor that
// computes as IEEE 754 says.
const checked = 0x0005e9ebf1b1fd36

// Check computes some thousand values, of every function on every piece of it, and
// returns an error if any bit differs from what it has to be: the processor or the
// compiler does not round as this program needs, and no result of it could be compared
// with another machine's.
func Check() error {
	if sum := checksum(); sum != checked {
		return fmt.Errorf("this build computes elementary functions with other bits (%016x, not %016x)",
			sum, uint64(checked))
	}
	return nil
}

func checksum() uint64 {
	sum := uint64(14695981039346656037)
	add := func(values ...float64) {
		for _, v := range values {
			sum = (sum ^ math.Float64bits(v)) * 1099511628211
		}
	}
	for i := range 48 {
		n := float64(i)
		u := (n + 0.5) / 48   // in (0, 1)
		x := float64(n*n) / 5 // to 442
		z := n - 38.5         // to 8.5
		add(Exp(z), Exp(float64(20*z)), Expm1(z), Expm1(u-0.5), Log(u), Log(x+u), Log(float64(u*0x1p-1030)))
		add(Log1p(-u), Log1p(x), Log10(x+u), Log10(float64(u*0x1p-1030)), Pow(u, 1.3), Pow(x+u, z), Pow(u, x))
		add(Logit(u), Logistic(float64(2*z)), Logistic(u), NormalCDF(z), NormalQuantile(u), NormalQuantile(Exp(-x)))
		add(Sin(u), Cos(u), Sin(1+float64(u*0.5)), Cos(1+float64(u*0.5)), ArcSin(u), LogGamma(u), LogGamma(x+u))
		if i%12 == 3 {
			add(GammaP(2.5, float64(5*u)), GammaQ(30, x), GammaQ(1000, 1012+z), GammaPInverse(0.3+u, u))
			add(Pow(2, -1040-u), GammaP(1, float64(u*0x1p-1030)), GammaPInverse(40, u))
			add(BetaI(2, 3.5, u), BetaI(300, 40, 0.7+float64(0.3*u)), BetaInverse(0.5, 3.5, u), BetaInverse(60, 20, u))
		}
	}
	return sum
}
