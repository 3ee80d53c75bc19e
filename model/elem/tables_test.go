package elem

import (
	"math"
	"math/big"
	"testing"
)

// nearest is the number nearest to x, at a given number of bits after the point.
func nearest(x *big.Float, bits int) float64 {
	return math.Ldexp(math.RoundToEven(narrow(twice(x, bits))), -bits)
}

// TestTables: the tables of Exp and Log, and the constants in two parts, are what their
// comments say, to the last bit.
func TestTables(t *testing.T) {
	for i, row := range twoTo {
		exact := expOf(times(ln2(), wide(float64(i)/128)))
		value := narrow(exact)
		rest := narrow(over(minus(exact, wide(value)), wide(value)))
		if row.value != value || row.rest != rest {
			t.Errorf("2^(%d/128): %x %x, want %x %x", i, row.value, row.rest, value, rest)
		}
	}
	for i, row := range reciprocals {
		low := math.Float64frombits(octave + uint64(i)<<45)
		high := math.Float64frombits(octave + uint64(i+1)<<45)
		inverse := math.Round(512/((low+high)/2)) / 512
		exact := wide(0)
		if inverse != 1 {
			exact = new(big.Float).Neg(logOf(wide(inverse)))
		}
		log := nearest(exact, 41)
		rest := narrow(minus(exact, wide(log)))
		if row.inverse != inverse || row.log != log || row.rest != rest {
			t.Errorf("row %d: %x %x %x, want %x %x %x", i, row.inverse, row.log, row.rest, inverse, log, rest)
		}
	}
	per := over(wide(1), logOf(wide(10)))
	for _, c := range []struct {
		name   string
		exact  *big.Float
		hi, lo float64
		ulps   float64
	}{
		{"ln 2", ln2(), ln2Hi, ln2Lo, 0.5},
		{"ln 2/128", twice(ln2(), -7), stepHi, stepLo, 0.5},
		{"1/ln 10", per, perLn10Hi, perLn10Lo, 0.5},
		{"π/2", twice(pi(), -1), math.Pi / 2, restHalfPi, 0.5},
		{"128/ln 2", over(wide(128), ln2()), 0, perStep, 0.5},
		{"√(2π)", expOf(constants().logRootTwoPi), 0, rootTwoPi, 0.5},
		{"√π", expOf(twice(logOf(pi()), -1)), 0, sqrtPi, 0.5},
	} {
		if e := ulps(c.lo, minus(c.exact, wide(c.hi))); !(e <= c.ulps) {
			t.Errorf("%s: %.2f ulp of its low part", c.name, e)
		}
	}
	for i, c := range stirling {
		if e := ulps(c, bernoulli()[i]); !(e <= 0.5) {
			t.Errorf("Stirling's term %d is off by %g ulp", i+1, e)
		}
	}
}
