package elem

import (
	"math"
	"testing"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// same says whether two numbers are equal, or no numbers both.
func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// TestValuesOfOneArgument: the functions of one argument are what they should be at
// infinities, at the ends of their domains and beyond, and exact where they can be.
func TestValuesOfOneArgument(t *testing.T) {
	const least, most = 5e-324, math.MaxFloat64
	for _, c := range []struct {
		name string
		f    func(float64) float64
		want [][2]float64
	}{
		{"Exp", Exp, [][2]float64{{0, 1}, {inf, inf}, {-inf, 0}, {710, inf},
			{most, inf}, {-746, 0}, {-most, 0}, {least, 1},
			{-745.1332191019411, least}, {-745.1332191019412, 0}, {709.782712893384, 0x1.fffffffffff2ap1023},
			{709.7827128933841, inf}}},
		{"Expm1", Expm1, [][2]float64{{0, 0}, {inf, inf}, {-inf, -1}, {710, inf}, {-41, -1}, {least, least}}},
		{"Log", Log, [][2]float64{{1, 0}, {0, -inf}, {-1, nan}, {-least, nan}, {-inf, nan}, {inf, inf}}},
		{"Log1p", Log1p, [][2]float64{{0, 0}, {-1, -inf}, {-2, nan}, {-inf, nan}, {inf, inf}, {least, least}}},
		{"Log10", Log10, [][2]float64{{1, 0}, {0, -inf}, {-1, nan}, {-inf, nan}, {inf, inf}, {1000, 3}}},
		{"Logit", Logit, [][2]float64{{0.5, 0}, {0, -inf}, {1, inf}, {-0.1, nan},
			{1.1, nan}, {inf, nan}, {-inf, nan}}},
		{"Logistic", Logistic, [][2]float64{{0, 0.5}, {inf, 1}, {-inf, 0}, {most, 1}, {-most, 0}}},
		{"Sin", Sin, [][2]float64{{0, 0}, {math.Pi / 2, 1}, {-0.1, nan}, {1.6, nan}, {inf, nan}, {least, least}}},
		{"Cos", Cos, [][2]float64{{0, 1}, {math.Pi / 2, restHalfPi}, {-0.1, nan}, {1.6, nan}, {-inf, nan}}},
		{"ArcSin", ArcSin, [][2]float64{{0, 0}, {1, math.Pi / 2}, {-0.1, nan}, {1.1, nan}}},
		{"NormalCDF", NormalCDF, [][2]float64{{0, 0.5}, {inf, 1}, {-inf, 0}, {most, 1},
			{-most, 0}, {9, 1}, {-39, 0}}},
		{"NormalQuantile", NormalQuantile, [][2]float64{{0.5, 0}, {0, -inf}, {1, inf},
			{-0.1, nan}, {1.1, nan}, {inf, nan},
			{-inf, nan}}},
		{"LogGamma", LogGamma, [][2]float64{{1, 0}, {2, 0}, {0, nan}, {-1.5, nan},
			{inf, inf}, {most, inf}, {-inf, nan}}},
	} {
		for _, v := range append(c.want, [2]float64{nan, nan}) {
			if have := c.f(v[0]); !same(have, v[1]) {
				t.Errorf("%s(%g) = %x, want %x", c.name, v[0], have, v[1])
			}
		}
	}
}

// TestValuesOfMoreArguments: so are the functions of two and three.
func TestValuesOfMoreArguments(t *testing.T) {
	const least, most = 5e-324, math.MaxFloat64
	for _, c := range []struct {
		name       string
		have, want float64
	}{
		{"0^0", Pow(0, 0), 1}, {"NaN^0", Pow(nan, 0), 1}, {"1^NaN", Pow(1, nan), 1}, {"1^∞", Pow(1, inf), 1},
		{"0^2", Pow(0, 2), 0}, {"0^-2", Pow(0, -2), inf}, {"∞^2", Pow(inf, 2), inf}, {"∞^-2", Pow(inf, -2), 0},
		{"2^∞", Pow(2, inf), inf}, {"2^-∞", Pow(2, -inf), 0},
		{"½^∞", Pow(0.5, inf), 0}, {"½^-∞", Pow(0.5, -inf), inf},
		{"-1^2", Pow(-1, 2), nan}, {"NaN^2", Pow(nan, 2), nan},
		{"2^NaN", Pow(2, nan), nan}, {"2^-1074", Pow(2, -1074), least},
		{"2^1023", Pow(2, 1023), 0x1p1023}, {"2^1024", Pow(2, 1024), inf},
		{"2^-1076", Pow(2, -1076), 0}, {"x^1", Pow(0.3, 1), 0.3},
		{"most^most", Pow(most, most), inf}, {"least^most", Pow(least, most), 0},
		{"least^-most", Pow(least, -most), inf},
		{"most^least", Pow(most, least), 1}, {"9^½", Pow(9, 0.5), 3}, {"3^5", Pow(3, 5), 243},

		{"P(2, 0)", GammaP(2, 0), 0}, {"P(2, -1)", GammaP(2, -1), 0}, {"P(2, ∞)", GammaP(2, inf), 1},
		{"P(2, -∞)", GammaP(2, -inf), 0}, {"Q(2, 0)", GammaQ(2, 0), 1}, {"Q(2, ∞)", GammaQ(2, inf), 0},
		{"P(0, 1)", GammaP(0, 1), nan}, {"P(-1, 1)", GammaP(-1, 1), nan}, {"P(∞, 1)", GammaP(inf, 1), nan},
		{"P(NaN, 1)", GammaP(nan, 1), nan}, {"P(1, NaN)", GammaP(1, nan), nan}, {"Q(0, 1)", GammaQ(0, 1), nan},
		{"P(1, least)", GammaP(1, least), least}, {"P(least, 1)", GammaP(least, 1), 1},
		{"P(1e301, 1)", GammaP(1e301, 1), nan},
		{"P⁻(2, 0)", GammaPInverse(2, 0), 0}, {"P⁻(2, 1)", GammaPInverse(2, 1), inf},
		{"P⁻(0, ½)", GammaPInverse(0, 0.5), nan},
		{"P⁻(2, -1)", GammaPInverse(2, -1), nan}, {"P⁻(2, 2)", GammaPInverse(2, 2), nan},
		{"P⁻(2, NaN)", GammaPInverse(2, nan), nan}, {"P⁻(∞, ½)", GammaPInverse(inf, 0.5), nan},
		{"P⁻(1e-9, ½)", GammaPInverse(1e-9, 0.5), 0},

		{"I(2, 3) at 0", BetaI(2, 3, 0), 0}, {"I(2, 3) at 1", BetaI(2, 3, 1), 1},
		{"I(2, 3) at -1", BetaI(2, 3, -1), nan},
		{"I(2, 3) at 2", BetaI(2, 3, 2), nan}, {"I(0, 3)", BetaI(0, 3, 0.5), nan}, {"I(3, 0)", BetaI(3, 0, 0.5), nan},
		{"I(∞, 3)", BetaI(inf, 3, 0.5), nan}, {"I(2, 3) at NaN", BetaI(2, 3, nan), nan},
		{"I(NaN, 3)", BetaI(nan, 3, 0.5), nan},
		{"I(most, most)", BetaI(most, most, 0.5), nan}, {"I⁻(2, 3) of 0", BetaInverse(2, 3, 0), 0},
		{"I⁻(2, 3) of 1", BetaInverse(2, 3, 1), 1}, {"I⁻(2, 3) of 2", BetaInverse(2, 3, 2), nan},
		{"I⁻(2, 3) of NaN", BetaInverse(2, 3, nan), nan}, {"I⁻(0, 3)", BetaInverse(0, 3, 0.5), nan},
		{"I⁻(2, ∞)", BetaInverse(2, inf, 0.5), nan}, {"I⁻(1e-9, 1)", BetaInverse(1e-9, 1, 0.5), 0},
	} {
		if !same(c.have, c.want) {
			t.Errorf("%s = %x, want %x", c.name, c.have, c.want)
		}
	}
}

// TestLog10OfPowersOfTen: the logarithms of 10⁻³⁰⁷ … 10³⁰⁸ are whole.
func TestLog10OfPowersOfTen(t *testing.T) {
	for _, x := range tens() {
		if l := Log10(x); x >= 1e-307 && l != math.Round(l) {
			t.Errorf("Log10(%g) = %x", x, l)
		}
	}
}

// rises fails where f falls along the ascending xs.
func rises(t *testing.T, name string, f func(float64) float64, xs []float64) {
	t.Helper()
	for i := 1; i < len(xs); i++ {
		if a, b := f(xs[i-1]), f(xs[i]); !(b >= a) {
			t.Errorf("%s falls from %x at %x to %x at %x", name, a, xs[i-1], b, xs[i])
			return
		}
	}
}

// beside returns 2n + 1 neighbouring numbers about x.
func beside(x float64, n int) (out []float64) {
	for k := -n; k <= n; k++ {
		out = append(out, math.Float64frombits(uint64(int64(math.Float64bits(math.Abs(x)))+int64(k))))
		if x < 0 {
			out[len(out)-1] *= -1
		}
	}
	if x < 0 {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out
}

// TestMonotone: Exp and Log never fall, from number to number where they change rows of
// their tables or branches and at random places; NormalQuantile does not on 2²⁰ steps of
// its middle, on 2¹⁸ of its tail, and beside its changes of piece. Catches pieces that
// do not meet.
func TestMonotone(t *testing.T) {
	r := source("monotone")
	for _, x := range append(append(expSeams(r, 1, 150), expSeams(r, 700, 300)...), -700, 709, -708.4, 1e-9, -1e-9) {
		rises(t, "Exp", Exp, beside(x, 8))
	}
	for _, x := range inside(1e-300, 1e300, logSeams(r, 1), nearOne(r), []float64{0x1p-1022, 1e-9, 10}) {
		rises(t, "Log", Log, beside(x, 8))
	}
	var middle, tail []float64
	for k := 1; k < 1<<20; k++ {
		middle = append(middle, float64(k)/(1<<20))
	}
	for k := 1 << 18; k > 0; k-- {
		tail = append(tail, Exp(-float64(k)/(1<<18)*745))
	}
	rises(t, "NormalQuantile", NormalQuantile, middle)
	rises(t, "NormalQuantile", NormalQuantile, tail)
	for _, seam := range []float64{0.075, 0.925, math.Exp(-25), 1 - math.Exp(-25)} {
		var xs []float64
		for k := -2000.0; k <= 2000; k++ {
			xs = append(xs, seam+k*max(0x1p-44*min(seam, 1-seam), 0x1p-53))
		}
		rises(t, "NormalQuantile", NormalQuantile, xs)
	}
}
