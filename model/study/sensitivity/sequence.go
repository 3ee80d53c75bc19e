package sensitivity

import (
	_ "embed"
	"math/bits"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/random"
)

//go:embed joe-kuo.txt
var joeKuo string

// MaxDimensions is the number of dimensions of the longest sequence.
const MaxDimensions = 256

// resolution is the number of bits of a coordinate: 2³² points differ.
const resolution = 32

// Sequence is the Sobol' sequence with the direction numbers of [JoeKuo2008],
// "new-joe-kuo-6", in Gray-code order, and a random shift modulo 1 (Cranley
// and Patterson [Cranley1976]).
type Sequence struct {
	directions [][resolution]uint32 // by dimension
	shift      []float64            // by dimension, [0, 1)
}

// NewSequence returns the sequence in so many dimensions, 1 to [MaxDimensions]. Every
// coordinate is shifted by a random number of its own: each point becomes uniform, and
// together they fill the cube as evenly as before.
func NewSequence(dimensions int, rep random.Replicate) *Sequence {
	s := &Sequence{directions: make([][resolution]uint32, 1, dimensions), shift: make([]float64, dimensions)}
	for d := range s.shift {
		s.shift[d] = rep.Uniform(random.Stream(random.Entity(random.NameHash("sobol.shift"), d), random.Parameter), 0)
	}
	for k := range resolution {
		s.directions[0][k] = 1 << (resolution - 1 - k)
	}
	for line := range strings.Lines(joeKuo) {
		if len(s.directions) == dimensions {
			break
		}
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			s.directions = append(s.directions, directionsOf(strings.Fields(line)))
		}
	}
	return s
}

// directionsOf computes the direction numbers from a line of the table: d, s, a and
// the s initial numbers.
func directionsOf(fields []string) (v [resolution]uint32) {
	number := func(i int) uint32 {
		x, _ := strconv.ParseUint(fields[i], 10, 32) // the tests know every line
		return uint32(x)
	}
	s, a := int(number(1)), number(2)
	for k := range v {
		if k < s {
			v[k] = number(3+k) << (resolution - 1 - k)
			continue
		}
		v[k] = v[k-s] ^ v[k-s]>>s
		for i := 1; i < s; i++ {
			v[k] ^= (a >> (s - 1 - i) & 1) * v[k-i]
		}
	}
	return v
}

// Dimensions is the number of coordinates of a point.
func (s *Sequence) Dimensions() int { return len(s.directions) }

// least keeps a coordinate off the ends of (0, 1), where quantiles may be infinite.
const least = 1.0 / (1 << 54)

// At returns a coordinate of point n ≥ 0, in (0, 1).
func (s *Sequence) At(n, dimension int) float64 {
	var x uint32
	for g := uint32(n) ^ uint32(n)>>1; g != 0; g &= g - 1 {
		x ^= s.directions[dimension][bits.TrailingZeros32(g)]
	}
	u := float64(float64(x)/(1<<resolution)) + s.shift[dimension]
	if u >= 1 {
		u--
	}
	return min(max(u, least), 1-least)
}
