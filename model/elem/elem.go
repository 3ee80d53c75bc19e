// Package elem holds the elementary and special functions that misstep computes
// with. They give the same bits on every processor: they use additions,
// multiplications, divisions and square roots, each rounded by itself as IEEE 754
// says, and nothing that a compiler may fuse. The standard library has assembly for
// some processors, and its portable code is fused on others.
//
// Errors are in units in the last place of the result (ulp) or relative, and are
// bounds held by tests against references of several hundred bits:
//
//	Exp, Log, Log10          0.53 ulp
//	Log1p, Expm1             1.6 ulp
//	Pow                      1 ulp where |y·log x| ≤ 100, 4 ulp beyond
//	Sin, ArcSin              1.6 ulp on [0, π/2] and [0, 1]
//	Logistic                 2 ulp
//	NormalCDF                1e-15 for z ≥ −1, 2e-15·(1 + z²) below
//	NormalQuantile           4e-16·max(1, |z|) in z and in what p does not resolve
//	LogGamma                 4e-16·max(1, |log Γ|, x)
//	GammaP, GammaQ, BetaI    1e-13 absolute for shapes up to 1000, 1e-12 up to 10⁵
//
// A product that is added to something is written float64(x*y): the conversion
// forbids the fused operation (Go specification, "Floating-point operators").
package elem
