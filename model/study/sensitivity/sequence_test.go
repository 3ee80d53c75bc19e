package sensitivity

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// source is the randomness of a test.
func source(n uint64) random.Replicate { return random.NewSource(random.Mix, 7).Replicate(n) }

// plain is a sequence that is not shifted.
func plain(dimensions int) *Sequence {
	s := NewSequence(dimensions, source(0))
	clear(s.shift)
	return s
}

// TestSequencePoints: the points are those of the published sequence, as SciPy's
// qmc.Sobol(scramble=False) computes them from the same table. Catches a wrong
// polynomial, a table that is shifted by a line, binary in place of Gray order.
func TestSequencePoints(t *testing.T) {
	s := plain(MaxDimensions)
	for dimension, want := range map[int][]float64{
		0:   {0, .5, .75, .25, .375, .875, .625, .125},
		1:   {0, .5, .25, .75, .375, .875, .125, .625},
		2:   {0, .5, .25, .75, .625, .125, .875, .375},
		3:   {0, .5, .25, .75, .875, .375, .625, .125},
		9:   {0, .5, .75, .25, .625, .125, .375, .875},
		19:  {0, .5, .25, .75, .125, .625, .375, .875},
		49:  {0, .5, .75, .25, .375, .875, .625, .125},
		63:  {0, .5, .75, .25, .125, .625, .875, .375},
		127: {0, .5, .25, .75, .625, .125, .875, .375},
		255: {0, .5, .75, .25, .375, .875, .625, .125},
	} {
		for n, w := range want {
			if got := s.At(n, dimension); got != max(w, least) {
				t.Errorf("dimension %d, point %d: %v, want %v", dimension, n, got, w)
			}
		}
	}
	for dimension, want := range map[int]float64{0: 0.2197265625, 1: 0.0966796875, 5: 0.9072265625, 31: 0.1455078125,
		63: 0.4462890625, 128: 0.8916015625, 255: 0.2490234375} {
		if got := s.At(1000, dimension); got != want {
			t.Errorf("dimension %d, point 1000: %v, want %v", dimension, got, want)
		}
	}
}

// TestSequenceIsStratified: of the first 2ᵏ points one lies in each of 2ᵏ equal parts
// of every dimension, shifted or not; shifted, the parts begin at the shift. Catches
// direction numbers that are even, of which coordinates repeat.
func TestSequenceIsStratified(t *testing.T) {
	for _, s := range []*Sequence{plain(MaxDimensions), NewSequence(MaxDimensions, source(1))} {
		for d := range s.Dimensions() {
			seen := map[int]bool{}
			for n := range 256 {
				u := s.At(n, d) - s.shift[d]
				if u < 0 {
					u++
				}
				seen[int(math.Round(u*256))%256] = true
			}
			if len(seen) != 256 {
				t.Fatalf("dimension %d fills %d of 256 parts", d, len(seen))
			}
		}
	}
}

// TestShift: it is one number a dimension, the same for every point, and coordinates
// stay inside (0, 1). Catches a shift that all dimensions share.
func TestShift(t *testing.T) {
	at0, s := plain(40), NewSequence(40, source(2))
	var shifts []float64
	for d := range 40 {
		by := math.Mod(s.At(0, d)-at0.At(0, d)+1, 1)
		shifts = append(shifts, by)
		for n := range 100 {
			u := s.At(n, d)
			if got := math.Mod(u-at0.At(n, d)+2, 1); math.Abs(got-by) > 1e-12 || !(u > 0 && u < 1) {
				t.Fatalf("dimension %d, point %d: %v is shifted by %v, not %v", d, n, u, got, by)
			}
		}
	}
	slices.Sort(shifts)
	if len(slices.Compact(shifts)) != 40 {
		t.Error("dimensions share a shift")
	}
	again, other := NewSequence(40, source(2)), NewSequence(40, source(3))
	if again.At(5, 7) != s.At(5, 7) || other.At(5, 7) == s.At(5, 7) {
		t.Error("the shift does not hang on the replicate alone")
	}
}

// TestDesign: A and B have no column in common, AB differs from A in its group only,
// and equals B there; single columns that come first have the first dimensions.
func TestDesign(t *testing.T) {
	groups := [][]int{{3}, {0}, {1, 2, 4}}
	d := NewDesign(5, groups, source(5))
	if d.Points() != 5 {
		t.Fatal(d)
	}
	if fmt.Sprint(d.a, d.b) != "[1 4 5 0 6] [3 7 8 2 9]" {
		t.Errorf("dimensions %v and %v", d.a, d.b)
	}
	x := make([][]float64, d.Points())
	for row := range 10 {
		for k := range x {
			x[k] = make([]float64, 5)
			d.Point(row, k, x[k])
		}
		for g, group := range groups {
			for c := range 5 {
				want := x[0][c]
				if slices.Contains(group, c) {
					want = x[1][c]
				}
				if x[2+g][c] != want || x[0][c] == x[1][c] {
					t.Errorf("row %d, group %d, column %d: %v", row, g, c, x[2+g][c])
				}
			}
		}
	}
	wide := NewDesign(200, [][]int{{0}, rest(1, 200)}, source(5))
	y := make([]float64, 200)
	wide.Point(3, 1, y)
	for c, u := range y {
		if !(u > 0 && u < 1) {
			t.Errorf("column %d is %v", c, u)
		}
	}
}

// rest lists from … to−1.
func rest(from, to int) (out []int) {
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return
}
