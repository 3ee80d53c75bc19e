package sensitivity

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestGrid: every combination once, the last axis first, the ends exact. Catches 0.3
// that is reached as 3 × 0.1.
func TestGrid(t *testing.T) {
	s, err := NewGrid([]Axis{{Lo: 1, Hi: 2, Values: 2}, {Lo: 0, Hi: .3, Values: 4}})
	if err != nil || s.Points() != 8 {
		t.Fatal(s, err)
	}
	for n := range 8 {
		x := s.At(n)
		if x[0] != float64(1+n/4) || math.Abs(x[1]-.1*float64(n%4)) > 1e-15 || n%4 == 3 && x[1] != .3 {
			t.Errorf("point %d is %v", n, x)
		}
	}
	w, _ := NewGrid([]Axis{{Lo: 1, Hi: 8, Values: 4, Whole: true}})
	if fmt.Sprint(w.At(0), w.At(1), w.At(2), w.At(3)) != "[1] [3] [6] [8]" {
		t.Errorf("whole numbers %v %v", w.At(1), w.At(2))
	}
}

// TestSweepRefuses: more points or axes than anyone plays.
func TestSweepRefuses(t *testing.T) {
	good := Axis{Lo: 0, Hi: 1, Values: 5000}
	if _, err := NewGrid([]Axis{good, good}); err == nil {
		t.Error("25 million points pass")
	}
	for points, axes := range map[int]int{0: 1, -1: 1, mostPoints + 1: 1, 4: MaxDimensions + 1} {
		if _, err := NewScatter(slices.Repeat([]Axis{good}, axes), points, source(1)); err == nil {
			t.Errorf("%d points over %d axes pass", points, axes)
		}
	}
}

// TestScatter: of 64 points, each 64th of each axis has one, around the shift.
func TestScatter(t *testing.T) {
	axes := []Axis{{Lo: -2, Hi: 2}, {Lo: 10, Hi: 11}}
	s, err := NewScatter(axes, 64, source(1))
	if err != nil {
		t.Fatal(err)
	}
	for k, a := range axes {
		var u []float64
		for n := range 64 {
			u = append(u, (s.At(n)[k]-a.Lo)/(a.Hi-a.Lo))
		}
		slices.Sort(u)
		for i := 1; i < len(u); i++ {
			if math.Abs(u[i]-u[i-1]-1./64) > 1e-9 {
				t.Fatalf("axis %d: %v after %v", k, u[i], u[i-1])
			}
		}
	}
	if !slices.Equal(slices.Collect(s.Order()), rest(0, 64)) {
		t.Error("the points come in another order")
	}
}

// TestOrder: every point once, for any size; up to a power of two of them no gap is
// twice the mean one. Catches a stop that leaves half of the grid unseen.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 300).Draw(t, "points")
		s, err := NewGrid([]Axis{{Lo: 0, Hi: 1, Values: n}})
		if err != nil {
			t.Fatal(err)
		}
		order := slices.Collect(s.Order())
		for stop := 1; stop <= n; stop *= 2 {
			seen := slices.Clone(order[:stop])
			slices.Sort(seen)
			last := -1
			for _, at := range append(seen, n) {
				if gap := at - last; gap > 2*((2*n+stop-1)/stop) {
					t.Fatalf("%d of %d points leave a gap of %d", stop, n, gap)
				}
				last = at
			}
		}
		slices.Sort(order)
		if !slices.Equal(order, rest(0, n)) {
			t.Fatalf("%d points: %v", n, order)
		}
	})
}
