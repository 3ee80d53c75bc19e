package stat

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// numbers draws values with ties.
func numbers(t *rapid.T, least int) []float64 {
	return rapid.SliceOfN(rapid.Map(rapid.IntRange(-4, 9), func(i int) float64 { return float64(i) / 3 }), least, 30).
		Draw(t, "numbers")
}

func TestQuantileInterpolates(t *testing.T) {
	x := []float64{0, 10, 20, 30}
	for p, want := range map[float64]float64{0: 0, 0.5: 15, 1: 30, 1.0 / 3: 10} {
		if got := Quantile(x, p); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile(%v) = %v, want %v", p, got, want)
		}
	}
	if got := Quantile(nil, 0.5); !math.IsNaN(got) {
		t.Errorf("no value has the median %v", got)
	}
	if low, high := Central95([]float64{40, 0, 20, 10, 30}); math.Abs(low-1) > 1e-12 || math.Abs(high-39) > 1e-12 {
		t.Errorf("%v to %v, want 1 to 39", low, high)
	}
}

// Breaks when the deviation is not the textbook one for equal weights, or not the
// unbiased one of reliability weights, √(Σ w (x − m)² / (1 − Σ w²)).
func TestDeviation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := numbers(t, 2)
		n := float64(len(x))
		m, ss := 0.0, 0.0
		for _, v := range x {
			m += v / n
		}
		for _, v := range x {
			ss += (v - m) * (v - m)
		}
		got, ok := Deviation(x, slices.Repeat([]float64{1 / n}, len(x)))
		if want := math.Sqrt(ss / (n - 1)); !ok || math.Abs(got-want) > 1e-9 {
			t.Fatalf("deviation of %v is %v, want %v", x, got, want)
		}
	})
	// By hand: the mean is 1, Σ w (x − 1)² = 1, 1 − Σ w² = 5/8.
	x, w := []float64{0, 2, 2}, []float64{0.5, 0.25, 0.25}
	if mean, variance := Weighted(x, w); mean != 1 || variance != 1 || Concentration(w) != 0.375 {
		t.Errorf("mean %v, variance %v, concentration %v", mean, variance, Concentration(w))
	}
	if got, ok := Deviation(x, w); !ok || math.Abs(got-math.Sqrt(1.6)) > 1e-12 {
		t.Errorf("deviation %v, want √1.6", got)
	}
	if _, ok := Deviation([]float64{1, 2}, []float64{1, 0}); ok {
		t.Error("one value with all the weight has a deviation")
	}
}

// Breaks when ties do not share their rank, ranks are not centred, or an undefined
// value has one.
func TestRanks(t *testing.T) {
	if got := Ranks([]float64{3, 1, 3, 2, 3}); !slices.Equal(got, []float64{1, -2, 1, -1, 1}) {
		t.Fatalf("%v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		x := numbers(t, 1)
		for i := range x {
			if rapid.IntRange(0, 5).Draw(t, "undefined") == 0 {
				x[i] = math.NaN()
			}
		}
		got := Ranks(x)
		for i, v := range x {
			want := 0.0 // by comparing with all
			for _, o := range x {
				switch {
				case o < v:
					want += 0.5
				case o > v:
					want -= 0.5
				}
			}
			if got[i] != want {
				t.Fatalf("rank of %v in %v is %v, want %v", v, x, got[i], want)
			}
		}
	})
}
