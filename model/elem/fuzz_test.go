package elem

import (
	"math"
	"testing"
)

// FuzzTotal: no argument makes a function panic or hang, and none gives NaN but where
// the function says so; probabilities are in [0, 1].
func FuzzTotal(f *testing.F) {
	odd := []float64{0, 5e-324, 1e-310, 1e-9, 0.01, 0.5, 1 - 0x1p-53, 1, 2.5, 100, 1e5, 1e18, 1e299, math.MaxFloat64,
		math.Inf(1), math.NaN(), -1, -800, math.Inf(-1)}
	for i, x := range odd {
		for _, y := range odd {
			f.Add(x, y, odd[(i+7)%len(odd)])
			f.Add(x, y, 0.3)
		}
	}
	f.Fuzz(func(t *testing.T, x, y, z float64) {
		oneArgument(t, x)
		moreArguments(t, x, y, z)
	})
}

// defined fails unless v is a number of [lo, hi] just where it should be one.
func defined(t *testing.T, name string, v float64, is bool, lo, hi float64) {
	t.Helper()
	if math.IsNaN(v) == is || is && !(v >= lo && v <= hi) {
		t.Errorf("%s is %g", name, v)
	}
}

func oneArgument(t *testing.T, x float64) {
	t.Helper()
	number, unit := !math.IsNaN(x), x >= 0 && x <= 1
	defined(t, "Exp", Exp(x), number, 0, inf)
	defined(t, "Expm1", Expm1(x), number, -1, inf)
	defined(t, "Log", Log(x), x >= 0, -inf, inf)
	defined(t, "Log1p", Log1p(x), x >= -1, -inf, inf)
	defined(t, "Log10", Log10(x), x >= 0, -inf, inf)
	defined(t, "Logit", Logit(x), unit, -inf, inf)
	defined(t, "Logistic", Logistic(x), number, 0, 1)
	defined(t, "Sin", Sin(x), x >= 0 && x <= math.Pi/2, 0, 1)
	defined(t, "Cos", Cos(x), x >= 0 && x <= math.Pi/2, 0, 1)
	defined(t, "ArcSin", ArcSin(x), unit, 0, math.Pi/2)
	defined(t, "NormalCDF", NormalCDF(x), number, 0, 1)
	defined(t, "NormalQuantile", NormalQuantile(x), unit, -inf, inf)
	defined(t, "LogGamma", LogGamma(x), x > 0, -0.13, inf)
}

func moreArguments(t *testing.T, a, b, x float64) {
	t.Helper()
	number := !math.IsNaN(b)
	defined(t, "Pow", Pow(a, b), a >= 0 && number || b == 0 || a == 1, 0, inf)
	shape := a > 0 && a <= largestShape
	defined(t, "GammaP", GammaP(a, b), shape && number, 0, 1)
	defined(t, "GammaQ", GammaQ(a, b), shape && number, 0, 1)
	defined(t, "GammaPInverse", GammaPInverse(a, x), shape && x >= 0 && x <= 1, 0, inf)
	shapes := a > 0 && b > 0 && a+b <= largestShape
	defined(t, "BetaI", BetaI(a, b, x), shapes && x >= 0 && x <= 1, 0, 1)
	defined(t, "BetaInverse", BetaInverse(a, b, x), shapes && x >= 0 && x <= 1, 0, 1)
}
