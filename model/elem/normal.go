package elem

import "math"

// NormalCDF returns Φ(z) = P(Z ≤ z) of a standard normal Z.
func NormalCDF(z float64) float64 { return float64(0.5 * erfc(-z*(1/math.Sqrt2))) }

// erfc is the complementary error function, by the rational approximations of
// [Cody1969] on |x| ≤ 0.46875, ≤ 4 and beyond.
func erfc(x float64) float64 {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return x
	case a <= 0.46875:
		s := x * x
		return 1 - float64(x*(ratio(s, &erfNear)))
	case a > 28:
		a = 28
	}
	var tail float64
	if a <= 4 {
		tail = ratio(a, &erfcMiddle)
	} else {
		s := 1 / float64(a*a)
		tail = (1/sqrtPi - float64(s*ratio(s, &erfcFar))) / a
	}
	head := float64(math.Trunc(a*16) * 0.0625) // a² without rounding: head² + (a − head)(a + head)
	tail = float64(tail * Exp(-head*head) * Exp(-(a-head)*(a+head)))
	if x < 0 {
		return 2 - tail
	}
	return tail
}

const sqrtPi = 1.7724538509055160272981674833411451828

// fraction is a quotient of two polynomials, highest powers first; the denominator
// begins with 1.
type fraction struct{ above, below []float64 }

// ratio evaluates a fraction by Horner's rule.
func ratio(x float64, f *fraction) float64 {
	above, below := f.above[0], 1.0
	for _, c := range f.above[1:] {
		above = float64(above*x) + c
	}
	for _, c := range f.below {
		below = float64(below*x) + c
	}
	return above / below
}

// Coefficients of [Cody1969].
var (
	erfNear = fraction{
		[]float64{1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2,
			3.20937758913846947e3},
		[]float64{2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3},
	}
	erfcMiddle = fraction{
		[]float64{2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
			2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3},
		[]float64{1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
			3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3},
	}
	erfcFar = fraction{
		[]float64{1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
			1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4},
		[]float64{2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
			2.33520497626869185e-3},
	}
)

// NormalQuantile returns the z with Φ(z) = p, for p in [0, 1]: −Inf at 0, +Inf at 1,
// NaN outside. Algorithm AS 241, PPND16 [Wichura1988].
func NormalQuantile(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * quantileMiddle.at(r)
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	if !(r > 0) {
		if r == 0 {
			return math.Copysign(math.Inf(1), q)
		}
		return math.NaN()
	}
	r = math.Sqrt(-Log(r))
	var z float64
	if r <= 5 {
		z = quantileTail.at(r - 1.6)
	} else {
		z = quantileFar.at(r - 5)
	}
	return math.Copysign(z, q)
}

// sevenths is a quotient of two polynomials of degree seven, lowest powers first;
// the denominator begins with 1.
type sevenths struct {
	above [8]float64
	below [7]float64
}

func (f *sevenths) at(x float64) float64 {
	a, b := &f.above, &f.below
	above := a[6] + float64(a[7]*x)
	below := b[5] + float64(b[6]*x)
	for i := 5; i > 0; i-- {
		above = a[i] + float64(above*x)
		below = b[i-1] + float64(below*x)
	}
	return (a[0] + float64(above*x)) / (1 + float64(below*x))
}

// Coefficients of [Wichura1988].
var (
	quantileMiddle = sevenths{
		[8]float64{3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
			4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
		[7]float64{4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
			3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3},
	}
	quantileTail = sevenths{
		[8]float64{1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
			1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
		[7]float64{2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
			1.48103976427480074590e-1,
			1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9},
	}
	quantileFar = sevenths{
		[8]float64{6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
			2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
			2.01033439929228813265e-7},
		[7]float64{5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
			7.86869131145613259100e-4,
			1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15},
	}
)
