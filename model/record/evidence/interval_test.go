package evidence

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, have, want, within float64) {
	t.Helper()
	if math.IsNaN(want) && math.IsNaN(have) || math.IsInf(want, 1) && math.IsInf(have, 1) {
		return
	}
	if !(math.Abs(have-want) <= within) {
		t.Errorf("%s: %v, want %v ± %v", what, have, want, within)
	}
}

// TestBinomial: published Clopper–Pearson intervals and closed forms at the ends.
// Catches the tails of a neighbouring count.
func TestBinomial(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{9, 27, 0.1652, 0.5396}, {17, 27, 0.4237, 0.8060}, {81, 263, 0.2527, 0.3676}, // 81 of 263: Newcombe 1998
		{15, 148, 0.0578, 0.1617}, {0, 20, 0, 0.1684}, {1, 29, 0.0009, 0.1776}, // Newcombe 1998
		{10, 10, 0.6915, 1}, {1, 2, 0.0126, 0.9874}, {5, 10, 0.1871, 0.8129},
	} {
		low, high := binomial(c.k, c.n)
		near(t, "low", low, c.low, 5e-5)
		near(t, "high", high, c.high, 5e-5)
	}
	for n := 1; n <= 40; n++ {
		_, high := binomial(0, n)
		near(t, "none of n", high, 1-math.Pow(0.025, 1/float64(n)), 1e-10)
		low, _ := binomial(n, n)
		near(t, "all of n", low, math.Pow(0.025, 1/float64(n)), 1e-10)
		for k := 0; k <= n; k++ {
			low, high := binomial(k, n)
			other, another := binomial(n-k, n)
			near(t, "mirror", low, 1-another, 1e-9)
			near(t, "mirror", high, 1-other, 1e-9)
		}
	}
}

// TestPoisson: published exact intervals (Ulm 1990, tables of Garwood 1936). Catches
// chi-square points with the wrong degrees of freedom.
func TestPoisson(t *testing.T) {
	for _, c := range []struct {
		n         int
		low, high float64
	}{{0, 0, 3.689}, {1, 0.0253, 5.572}, {2, 0.242, 7.225}, {3, 0.619, 8.767}, {5, 1.623, 11.668}, {10, 4.795, 18.390},
		{13, 6.922, 22.230}, {20, 12.217, 30.888}, {100, 81.364, 121.627}} {
		low, high := poisson(c.n)
		near(t, "low", low, c.low, 6e-4)
		near(t, "high", high, c.high, 6e-4)
	}
}

// TestMedian: order statistics by hand. For 9 values the second and eighth cover
// 1 − 2·10/512; for 10 the second and ninth 1 − 2·11/1024; for 12 the third and tenth
// 1 − 2·79/4096; below 6 no interval reaches 95 %. Catches ranks that are off by one.
func TestMedian(t *testing.T) {
	count := func(n int) (out []float64) {
		for i := n; i >= 1; i-- { // falling, so that sorting matters
			out = append(out, float64(i))
		}
		return out
	}
	for _, c := range []struct {
		n                           int
		middle, low, high, coverage float64
	}{
		{1, 1, 1, 1, 0}, {2, 1.5, 1, 2, 0.5}, {3, 2, 1, 3, 0.75}, {4, 2.5, 1, 4, 0.875}, {5, 3, 1, 5, 0.9375},
		{6, 3.5, 1, 6, 1 - 2.0/64}, {9, 5, 2, 8, 1 - 20.0/512}, {10, 5.5, 2, 9, 1 - 22.0/1024},
		{12, 6.5, 3, 10, 1 - 158.0/4096},
		{25, 13, 8, 18, 0.9567},
	} {
		values := count(c.n)
		middle, low, high, coverage := median(values)
		near(t, "middle", middle, c.middle, 0)
		near(t, "low", low, c.low, 0)
		near(t, "high", high, c.high, 0)
		near(t, "coverage", coverage, c.coverage, 5e-5)
		if values[0] != float64(c.n) {
			t.Error("the values were sorted in place")
		}
	}
	middle, _, _, coverage := median(nil)
	if !math.IsNaN(middle) || coverage != 0 {
		t.Errorf("without values: %v, %v", middle, coverage)
	}
}

// TestSurvivalInterval: the 6-mercaptopurine arm of Freireich et al. (1963), 21
// patients, as in every textbook: median 23 weeks, 95 % log–log interval from 13 to no
// bound; and the placebo arm: 8, from 4 to 11. Catches Greenwood's sum on another scale.
func TestSurvivalInterval(t *testing.T) {
	var treated, placebo []lifetime
	for _, x := range []float64{6, 6, 6, 7, 10, 13, 16, 22, 23} {
		treated = append(treated, lifetime{x, true, nil})
	}
	for _, x := range []float64{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
		treated = append(treated, lifetime{x, false, nil})
	}
	for _, x := range []float64{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23} {
		placebo = append(placebo, lifetime{x, true, nil})
	}
	for _, c := range []struct {
		lives []lifetime
		want  [3]float64
	}{{treated, [3]float64{23, 13, math.Inf(1)}}, {placebo, [3]float64{8, 4, 11}}} {
		middle, low, high := survivalMedian(c.lives)
		if have := [3]float64{middle, low, high}; have != c.want {
			t.Errorf("%v, want %v", have, c.want)
		}
	}
	if middle, _, _ := survivalMedian(nil); !math.IsNaN(middle) {
		t.Errorf("the median of nothing is %v", middle)
	}
}
