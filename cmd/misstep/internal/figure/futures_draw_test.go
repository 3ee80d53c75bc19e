package figure

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// kindsOf are the kinds of a hundred squares in their order, and the squares.
func kindsOf(n [4]int) (kinds []int, boxes []chart.Rect, r *tape) {
	r, p := newTape()
	new(futures).blocks(p, chart.Box(20, 30, 110, 110), n)
	for _, s := range r.only(func(s shape) bool { return s.kind == 'f' }) {
		for k, f := range futureKinds {
			if s.color == f.color {
				kinds, boxes = append(kinds, k), append(boxes, s.bounds())
			}
		}
	}
	return kinds, boxes, r
}

// TestSquaresAreTheShares catches: a kind that is skipped where one before it has no
// square, rounding that loses a square, kinds that mix.
func TestSquaresAreTheShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var shares [4]float64
		for i := range shares {
			shares[i] = float64(rapid.SampledFrom([]int{0, 0, 1, 3, 124, 4999}).Draw(t, "futures"))
		}
		if shares == [4]float64{} {
			return
		}
		want := Squares(shares)
		kinds, _, r := kindsOf(want)
		var got [4]int
		for i, k := range kinds {
			got[k]++
			if i > 0 && k < kinds[i-1] {
				t.Fatalf("square %d is of kind %d after %d", i, k, kinds[i-1])
			}
		}
		if got != want || len(kinds) != 100 {
			t.Fatalf("%v squares for %v, want %v", got, shares, want)
		}
		signs := len(r.only(func(s shape) bool { return s.kind == 's' && s.color == chart.White }))
		if signs != want[0]+2*want[1] {
			t.Fatalf("%d strokes of signs for %v squares", signs, want)
		}
	})
}

// TestSquaresStandInRows catches: columns before rows, squares that touch or leave
// their field.
func TestSquaresStandInRows(t *testing.T) {
	_, boxes, _ := kindsOf([4]int{10, 20, 30, 40})
	for i, b := range boxes {
		x, y := 20+float64(i%10)*11.2, 30+float64(i/10)*11.2
		if !near(b.X, x) || !near(b.Y, y) || !near(b.W, 9.2) || !near(b.H, 9.2) {
			t.Fatalf("square %d stands at %+v, want %v, %v", i, b, x, y)
		}
	}
}

// TestRounding catches: cutting off in place of largest remainders.
func TestRounding(t *testing.T) {
	for _, c := range []struct {
		shares [4]float64
		want   [4]int
	}{
		{[4]float64{.25, .25, .25, .25}, [4]int{25, 25, 25, 25}},
		{[4]float64{.124, .031, .135, .71}, [4]int{12, 3, 14, 71}},
		{[4]float64{1, 1, 1, 0}, [4]int{34, 33, 33, 0}},
		{[4]float64{1, 2, 4, 0}, [4]int{14, 29, 57, 0}},
		{[4]float64{0, 0, 0, 1e-9}, [4]int{0, 0, 0, 100}},
		{[4]float64{.004, .003, .002, .991}, [4]int{1, 0, 0, 99}},
		{[4]float64{.0041, .0012, .0026, .9921}, [4]int{1, 0, 0, 99}},
		{[4]float64{2, 0, 0, 2}, [4]int{50, 0, 0, 50}},
		{[4]float64{73, 37, 757, 1533}, [4]int{3, 2, 31, 64}}, // of 2,400: the rarer of two equal remainders
	} {
		if got := Squares(c.shares); got != c.want {
			t.Errorf("squares of %v are %v, want %v", c.shares, got, c.want)
		}
	}
}

// TestCounts catches: a rare kind that is said to be absent, a number rounded to squares.
func TestCounts(t *testing.T) {
	for want, shares := range map[string][4]float64{
		"12.4, 3.1, 13.5, 71.0 of 100":            {.124, .031, .135, .71},
		"1.4, 0.2, 0.1, 98.3 of 100":              {28, 4, 1.1, 1966.9},
		"under 0.1, none, none, over 99.9 of 100": {.0002, 0, 0, .9998},
		"none, none, none, all of 100":            {0, 0, 0, .5},
	} {
		f := &futures{shares: shares, squares: Squares(shares)}
		var got []string
		for i := range shares {
			got = append(got, strings.TrimSuffix(f.count(i), " of 100"))
		}
		if said := strings.Join(got, ", ") + " of 100"; said != want {
			t.Errorf("%v: %q, want %q", shares, said, want)
		}
	}
}

// TestCountsAddUp catches: a number that is not its share.
func TestCountsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var v [4]float64
		for i := range v {
			v[i] = float64(rapid.IntRange(0, 2400).Draw(t, "futures"))
		}
		if v[0]+v[1]+v[2]+v[3] == 0 {
			return
		}
		f, total := &futures{shares: v, squares: Squares(v)}, 0.0
		for i := range v {
			said := f.count(i)
			if (said == "none of 100") != (v[i] == 0) {
				t.Fatalf("%q of %v", said, v)
			}
			switch n, err := strconv.ParseFloat(strings.Fields(said)[0], 64); {
			case err == nil:
				total += n
			case said == "all of 100", strings.HasPrefix(said, "over"):
				total += 100
			}
		}
		if math.Abs(total-100) > .2+1e-9 {
			t.Fatalf("the counts of %v add up to %v", v, total)
		}
	})
}
