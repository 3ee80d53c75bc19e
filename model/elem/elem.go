// Package elem holds the elementary and special functions that misstep computes
// with. They give the same bits on every processor: they use additions,
// multiplications, divisions and square roots, each rounded by itself as IEEE 754
// says, and nothing that a compiler may fuse. The standard library has assembly for
// some processors, and its portable code is fused on others.
//
// Errors are in units in the last place of the result (ulp) or relative, and are
// bounds held by tests against references of several hundred bits:
//
//	Exp, Log, Log10, Pow     0.53 ulp, 0.8 where the result is subnormal
//	Log1p                    1.6 ulp
//	Expm1, Logistic          2.5 ulp
//	Logit                    3e-16·max(1, |logit p|)
//	Sin, Cos, ArcSin         1.6 ulp on [0, π/2] and [0, 1]
//	NormalCDF                6e-16 for z ≥ −1, 4e-16·(1 + z²) below; relative
//	NormalQuantile           8e-16·max(1, |z|) in z
//	LogGamma                 1e-14 below 10, or 4e-16·|log x|; 6e-16·max(x, log Γ) from 10 on
//	GammaP, GammaQ, BetaI    1e-14 absolute for shapes up to 10⁴, 1e-13 up to 10⁵
//	the inverses of these    1e-12 in p for shapes from 0.01 to 10⁴, or the number next to x
//
// A product that is added to something is written float64(x*y): the conversion
// forbids the fused operation (Go specification, "Floating-point operators").
package elem

// Min is the smaller of two numbers that are not NaN. The built-in functions also take NaN and tell zeros by their
// sign, for which WebAssembly calls a function: in the engine's innermost loops it is felt.
func Min(a, b float64) float64 {
	if b < a {
		return b
	}
	return a
}

// Max is the larger of two numbers that are not NaN; see [Min].
func Max(a, b float64) float64 {
	if b > a {
		return b
	}
	return a
}
