package elem

import (
	"math"
	"math/big"
	"math/rand/v2"
)

// source is the same in every run.
func source(name string) *rand.Rand {
	seed := [32]byte{}
	copy(seed[:], name)
	return rand.New(rand.NewChaCha8(seed))
}

// evenly returns n numbers from [lo, hi), evenly.
func evenly(r *rand.Rand, lo, hi float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = lo + (hi-lo)*r.Float64()
	}
	return out
}

// byOrders returns n numbers from 2^lo to 2^hi, even in the logarithm, of random bits.
func byOrders(r *rand.Rand, lo, hi, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Ldexp(1+r.Float64(), lo+r.IntN(hi-lo))
	}
	return out
}

// around returns each x with the numbers next to it.
func around(xs ...float64) (out []float64) {
	for _, x := range xs {
		out = append(out, math.Nextafter(x, math.Inf(-1)), x, math.Nextafter(x, math.Inf(1)))
	}
	return out
}

// powersOfTwo returns 2^lo … 2^hi, and what is next to each.
func powersOfTwo(lo, hi int) (out []float64) {
	for k := lo; k <= hi; k++ {
		out = append(out, around(math.Ldexp(1, k))...)
	}
	return out
}

// nearOne returns numbers at all distances from 1.
func nearOne(r *rand.Rand) (out []float64) {
	for k := 1; k < 53; k++ {
		for range 8 {
			out = append(out, 1+math.Ldexp(r.Float64()+1, -k-1), 1-math.Ldexp(r.Float64()+1, -k-2))
		}
	}
	return append(out, around(1)...)
}

// expSeams are the numbers where Exp goes from one row of its table to the next.
func expSeams(r *rand.Rand, reach float64, n int) (out []float64) {
	for range n {
		k := math.Round(reach * perStep * (2*r.Float64() - 1))
		out = append(out, around((k+0.5)*math.Ln2/128)...)
	}
	for k := -3.5; k < 4; k++ {
		out = append(out, around(k*math.Ln2/128)...)
	}
	return out
}

// logSeams are the numbers where Log goes from one row of its table to the next, in
// the octave about 1 and in n others.
func logSeams(r *rand.Rand, n int) (out []float64) {
	for i := range n + 1 {
		binade := 0
		if i > 0 {
			binade = r.IntN(2000) - 1000
		}
		for row := range uint64(128) {
			out = append(out, around(math.Ldexp(math.Float64frombits(octave+row<<45), binade))...)
		}
	}
	return out
}

// tens are all powers of ten that are normal numbers.
func tens() (out []float64) {
	ten := new(big.Rat).SetInt64(10)
	power := new(big.Rat).SetInt64(1)
	for range 308 {
		power.Mul(power, ten)
		up, _ := power.Float64()
		down, _ := new(big.Rat).Inv(power).Float64()
		out = append(out, up, down)
	}
	return append(out, 1)
}

// inside keeps what lies in [lo, hi].
func inside(lo, hi float64, xs ...[]float64) (out []float64) {
	for _, list := range xs {
		for _, x := range list {
			if x >= lo && x <= hi {
				out = append(out, x)
			}
		}
	}
	return out
}

// ulps returns the distance of have from want in units in the last place of want.
func ulps(have float64, want *big.Float) float64 {
	unit := -1074
	if want.Sign() != 0 {
		unit = max(want.MantExp(nil)-53, unit)
	}
	return math.Abs(narrow(twice(minus(wide(have), want), -unit)))
}

// relative returns |have − want|/|want|.
func relative(have float64, want *big.Float) float64 {
	return math.Abs(narrow(over(minus(wide(have), want), want)))
}

// absolute returns |have − want|.
func absolute(have float64, want *big.Float) float64 {
	return math.Abs(narrow(minus(wide(have), want)))
}

// worst keeps the largest error and where it was.
type worst struct {
	err float64
	at  []float64
}

func (w *worst) see(err float64, at ...float64) {
	if !(err <= w.err) {
		w.err, w.at = err, at
	}
}
