package elem

import "math"

const (
	ln2Hi  = 0x1.62e42fefa4000p-1 // ln 2 in two parts, the first a multiple of 2⁻⁴¹
	ln2Lo  = -0x1.8432a1b0e2634p-43
	octave = 0x3fe6080000000000 // the bits of the least argument that the table covers
)

// Log returns the natural logarithm of x: NaN below 0, −Inf at 0.
//
// Table-driven after [Tang1990]: x = 2ᵏ·z, and log x = k·ln 2 − log(1/c) + log(1 + r)
// with r = z/c − 1, |r| < 2⁻⁷·⁷. Since 1/c has ten bits, r is found without error from
// z in two halves; in the interval about 1 it is x − 1, and the rest vanishes.
func Log(x float64) float64 {
	if !(x >= 0x1p-1022 && x <= math.MaxFloat64) {
		return logFar(x)
	}
	w, rest, r, low := reduce(x)
	r2 := r * r
	hi := w + r
	lo := w - hi + r + rest + low
	return hi + (lo + float64(r2*(-0.5+float64(r*logSeries(r, r2)))))
}

// logSeries is (log(1 + r) − r + r²/2)/r³ for |r| < 2⁻⁷·⁷.
func logSeries(r, r2 float64) float64 {
	return 1.0/3 - float64(r*0.25) + float64(r2*(1.0/5-float64(r*(1.0/6))+float64(r2*(1.0/7-float64(r*(1.0/8))))))
}

// reduce returns log x ≈ w + rest + log(1 + r + low) for a normal x > 0; w is exact,
// and so is r + low.
func reduce(x float64) (w, rest, r, low float64) {
	bits := math.Float64bits(x)
	from := bits - octave
	k := float64(int64(from) >> 52)
	bits -= from & (0xfff << 52)
	t := &reciprocals[from>>45&127]
	z := math.Float64frombits(bits)
	head := math.Float64frombits(bits & (1<<64 - 1<<27))
	front, back := float64(head*t.inverse)-1, float64((z-head)*t.inverse)
	r = front + back
	return float64(k*ln2Hi) + t.log, float64(k*ln2Lo) + t.rest, r, front - r + back
}

// logFar is Log where x is no normal positive number.
func logFar(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x < 0:
		return math.NaN()
	case x > 0 && x < 1:
		hi, lo := logParts(x)
		return hi + lo
	}
	return x // +Inf, NaN
}

// logParts returns log x in two parts, with an error below 2⁻⁶³ of it, for
// x > 0 and finite.
func logParts(x float64) (hi, lo float64) {
	shift := 0.0
	if x < 0x1p-1022 {
		x, shift = x*0x1p64, -64
	}
	w, rest, r, low := reduce(x)
	w, rest = w+float64(shift*ln2Hi), rest+float64(shift*ln2Lo)
	r2, more := product(r, r)
	square := float64(r2 * -0.5)
	a := w + r
	b := w - a + r
	hi = a + square
	lo = a - hi + square + b + rest + low + float64(float64(r2*r)*logSeries(r, r2)) - float64(r*low) - float64(more*0.5)
	sum := hi + lo
	return sum, hi - sum + lo
}

// Log1p returns log(1 + x), accurate near 0.
func Log1p(x float64) float64 {
	u := 1 + x
	if !(x > -1 && u <= math.MaxFloat64) {
		return Log(u)
	}
	if u == 1 {
		return x
	}
	lost := x - (u - 1) // what 1 + x dropped
	if x > 1 {
		lost = 1 - (u - x)
	}
	return Log(u) + lost/u
}

const (
	perLn10Hi = 0x1.bcb7b10000000p-2 // 1/ln 10 in two parts
	perLn10Lo = 0x1.49b9438ca9aaep-28
)

// Log10 returns the decimal logarithm of x, without error at powers of ten.
func Log10(x float64) float64 {
	if !(x > 0 && x <= math.MaxFloat64) {
		return Log(x)
	}
	hi, lo := logParts(x)
	head := math.Float64frombits(math.Float64bits(hi) & (1<<64 - 1<<27))
	tail := hi - head + lo
	return float64(head*perLn10Hi) + (float64(head*perLn10Lo) + float64(tail*perLn10Hi) + float64(tail*perLn10Lo))
}

// Pow returns xʸ for x ≥ 0, with 0⁰ = 1; NaN for x < 0.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case math.IsNaN(y) || !(x >= 0):
		return math.NaN()
	case x == 0 || math.IsInf(x, 1) || math.IsInf(y, 0):
		return Exp(y * Log(x))
	}
	hi, lo := logParts(x)
	a, b := product(y, hi)
	if !(math.Abs(a) < 800) {
		return Exp(a)
	}
	return expOfParts(a, b+float64(y*lo))
}

// product returns x·y in two parts [Dekker1971]; |x|, |y| < 2⁹⁹⁵.
func product(x, y float64) (hi, lo float64) {
	xh, xl := halves(x)
	yh, yl := halves(y)
	hi = float64(x * y)
	return hi, float64(xh*yh) - hi + float64(xh*yl) + float64(xl*yh) + float64(xl*yl)
}

// halves splits x into two numbers of at most 26 bits.
func halves(x float64) (hi, lo float64) {
	c := float64(x * (1<<27 + 1))
	hi = c - (c - x)
	return hi, x - hi
}
