package scenario

import (
	"math"
	"os"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/param"
	"pgregory.net/rapid"
)

// TestDomainOf: every number of a full scenario, and of the starter, has the domain
// that its path leads to, with and without the leading word; what is no number has
// none. Catches a list or table that the walk does not follow.
func TestDomainOf(t *testing.T) {
	full, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"full": full, "starter": Starter()} {
		v, err := Load(name, data, Options{UsePriors: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range v.Slots {
			for _, path := range []string{s.Path, ShortPath(s.Path)} {
				if d, ok := DomainOf(path); !ok || d != s.Domain {
					t.Errorf("%s: %+v, %v; the slot has %+v", path, d, ok, s.Domain)
				}
			}
		}
	}
	for _, path := range []string{"", ".", "choice", "choice.pice", "states.A", "states.A.choice", "states.A.life.gap",
		"title", "misstep", "onset", "onset.A>B",
		"onset.A>B.counted", "horizon", "model.rule", "model.quiet", "choice.price.more", "arms.a.levers", "[",
		"expect[0].observed"} {
		if d, ok := DomainOf(path); ok {
			t.Errorf("%q: %+v", path, d)
		}
	}
}

// TestRow: a row is taken where its share of the weights is, in the order of values.
func TestRow(t *testing.T) {
	j := NewJoint([]int{4}, [][]float64{{3}, {1}, {2}}, []float64{2, 1, 1}, make([]Learned, 1))
	for u, want := range map[float64]float64{1e-9: 1, 0.25: 1, 0.2500001: 2, 0.5: 2, 0.51: 3, 0.999999: 3, 1: 3} {
		if got := j.Row(u); got[0] != want {
			t.Errorf("at %v: %v, want %v", u, got, want)
		}
	}
	if !slices.Equal(j.Cumulative, []float64{0.25, 0.5, 1}) {
		t.Errorf("%v", j.Cumulative)
	}
}

// TestJointOrder: the order in which rows come and the scale of their weights change
// nothing but the hash; a value that differs in one bit changes the hash.
func TestJointOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "rows")
		rows, weights := make([][]float64, n), make([]float64, n)
		order := make([]int, n)
		for i := range rows {
			rows[i] = []float64{float64(rapid.IntRange(0, 3).Draw(t, "x")), rapid.Float64Range(0, 1).Draw(t, "y")}
			weights[i] = rapid.Float64Range(0.1, 9).Draw(t, "w")
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		shuffled, shuffledWeights := make([][]float64, n), make([]float64, n)
		for i, at := range order {
			shuffled[i], shuffledWeights[i] = rows[at], weights[at]
		}
		a, b := NewJoint([]int{0, 1}, rows, weights, make([]Learned, 2)),
			NewJoint([]int{0, 1}, shuffled, shuffledWeights, make([]Learned, 2))
		if a.Hash != b.Hash || !slices.Equal(a.Cumulative, b.Cumulative) || !slices.EqualFunc(a.Rows, b.Rows, slices.Equal) {
			t.Fatalf("%v\n%v", a, b)
		}
		shuffled[0] = []float64{shuffled[0][0], math.Nextafter(shuffled[0][1], 2)}
		if NewJoint([]int{0, 1}, shuffled, shuffledWeights, make([]Learned, 2)).Hash == a.Hash {
			t.Fatal("a bit does not count")
		}
		if a.Cumulative[n-1] != 1 || !slices.IsSorted(a.Cumulative) {
			t.Fatalf("%v", a.Cumulative)
		}
	})
}

// TestNewJointRefuses: what does not fit together is a mistake of the program.
func TestNewJointRefuses(t *testing.T) {
	for name, try := range map[string]func(){
		"no row":            func() { NewJoint([]int{0}, nil, nil, make([]Learned, 1)) },
		"a weight too few":  func() { NewJoint([]int{0}, [][]float64{{1}}, nil, make([]Learned, 1)) },
		"slots out of line": func() { NewJoint([]int{1, 0}, [][]float64{{1, 2}}, []float64{1}, make([]Learned, 2)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s passes", name)
				}
			}()
			try()
		}()
	}
}

// TestWeightedQuantile against values worked out by hand, and equal weights against
// the order statistic. Catches an index that is off by one.
func TestWeightedQuantile(t *testing.T) {
	for _, c := range []struct {
		values, weights []float64
		u, want         float64
	}{
		{[]float64{5}, []float64{3}, 0.5, 5},
		{[]float64{2, 1}, []float64{1, 1}, 0.5, 1},
		{[]float64{2, 1}, []float64{1, 1}, 0.51, 2},
		{[]float64{1, 2, 3}, []float64{1, 8, 1}, 0.05, 1},
		{[]float64{1, 2, 3}, []float64{1, 8, 1}, 0.11, 2},
		{[]float64{1, 2, 3}, []float64{1, 8, 1}, 0.9, 2},
		{[]float64{1, 2, 3}, []float64{1, 8, 1}, 0.95, 3},
		{[]float64{3, 1, 2}, []float64{0.1, 0.1, 0.1}, 1.0 / 3, 1}, // 0.1+0.1+0.1 is not 0.3
		{[]float64{1, 1, 2}, []float64{2, 2, 6}, 0.4, 1},
		{[]float64{1, 2}, []float64{1, 0}, 0.999, 1},
	} {
		if got := WeightedQuantile(c.values, c.weights, c.u); got != c.want {
			t.Errorf("%v with %v at %v: %v, want %v", c.values, c.weights, c.u, got, c.want)
		}
	}
}

// TestQuantileOfSlots: a slot outside of the sample keeps its distribution.
func TestQuantileOfSlots(t *testing.T) {
	d, err := param.ParseDist("uniform(0, 1)", param.Real)
	if err != nil {
		t.Fatal(err)
	}
	v := &Scenario{Slots: []Slot{{Dist: d}, {Dist: d}, {Dist: param.Fixed(3)}}}
	if v.Learned(1) != nil || v.Quantile(1, 0.25) != 0.25 {
		t.Error("without a sample a slot has its distribution")
	}
	v.Joint = NewJoint([]int{1}, [][]float64{{0.4}, {0.6}}, []float64{1, 3}, []Learned{{Contraction: 0.5}})
	for slot, want := range []float64{0.25, 0.4, 3} {
		if got := v.Quantile(slot, 0.25); got != want {
			t.Errorf("slot %d: %v, want %v", slot, got, want)
		}
	}
	if v.Quantile(1, 0.26) != 0.6 || v.Learned(0) != nil || v.Learned(1).Contraction != 0.5 {
		t.Errorf("%v, %v, %v", v.Quantile(1, 0.26), v.Learned(0), v.Learned(1))
	}
}

// TestWeightedQuantileLaws: quantiles rise with the share, are values of the sample,
// leave at least the share of the weights at or below them and less than it strictly
// below. Catches a sort that parts values from their weights.
func TestWeightedQuantileLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		values, weights := make([]float64, n), make([]float64, n)
		total := 0.0
		for i := range values {
			values[i], weights[i] = float64(rapid.IntRange(-5, 5).Draw(t, "x")), float64(rapid.IntRange(1, 9).Draw(t, "w"))
			total += weights[i]
		}
		u := rapid.Float64Range(0.001, 0.999).Draw(t, "u")
		q := WeightedQuantile(values, weights, u)
		below, upTo := 0.0, 0.0
		for i, x := range values {
			if x < q {
				below += weights[i]
			}
			if x <= q {
				upTo += weights[i]
			}
		}
		if !slices.Contains(values, q) || upTo < (u-1e-9)*total || below >= u*total {
			t.Fatalf("%v at %v: %v of %v below, %v up to it", q, u, below, total, upTo)
		}
		if WeightedQuantile(values, weights, min(0.9999, u+0.1)) < q {
			t.Fatal("quantiles fall")
		}
	})
}
