package backtest

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestProper: what is expected of a score is best for the distribution that is right.
// A score without this rewards a forecaster who says what he does not believe.
func TestProper(t *testing.T) {
	expected := func(truth, said Predictive) (log, crps float64) {
		for y := range 200 {
			if m := truth.Mass(y); m > 1e-14 {
				log, crps = log+m*scoreOf(said, y).Log, crps+m*CRPS(said, y)
			}
		}
		return log, crps
	}
	list := []Predictive{Poisson(0.5), Poisson(2), Poisson(2.5), negativeBinomial{0.5, 0.5}, negativeBinomial{3, 1},
		Mixed{newSample([]int{0, 1, 4}), Poisson(2)}}
	for i, truth := range list {
		log, crps := expected(truth, truth)
		for k, said := range list {
			if i == k {
				continue
			}
			if l, c := expected(truth, said); l >= log || c <= crps {
				t.Errorf("%v where %v is right: log score %.4f against %.4f, CRPS %.4f against %.4f", said, truth, l, log, c, crps)
			}
		}
	}
}

// TestScoresBehave: bounds and order that hold for any sample and any count.
func TestScoresBehave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 20), 2, 40).Draw(t, "counts")
		base := negativeBinomial{rapid.Float64Range(0.1, 20).Draw(t, "shape"), rapid.Float64Range(0.1, 10).Draw(t, "rate")}
		y := rapid.IntRange(0, 60).Draw(t, "y")
		m := Mixed{newSample(counts), base}
		if p := m.Mass(y); !(p >= 0 && p <= 1) || math.IsNaN(scoreOf(m, y).Log) {
			t.Fatalf("P(%d) = %v", y, p)
		}
		last := 0.0
		for _, level := range []float64{0.1, 0.5, 0.9, 0.99} {
			c := Coverage(m, y, level)
			if !(c >= last-1e-9 && c <= 1) {
				t.Fatalf("coverage %v at level %v after %v", c, level, last)
			}
			last = c
		}
		if x := PIT(m, y); !(x >= 0 && x <= 1+1e-9) {
			t.Fatalf("transform %v", x)
		}
		for _, u := range []float64{0, 0.05, 0.5, 0.95} {
			q := Quantile(m, u)
			if m.CDF(q) < u || q > 0 && m.CDF(q-1) >= u {
				t.Fatalf("quantile %v is %d", u, q)
			}
		}
		if crps := CRPS(m, y); crps < 0 || crps > math.Abs(float64(y))+m.Sample.Mean()+200 {
			t.Fatalf("CRPS %v", crps)
		}
		nearer := CRPS(m, y+1) - CRPS(m, y)
		if nearer > 1+1e-9 || nearer < -1-1e-9 {
			t.Fatalf("one count more moves the CRPS by %v", nearer)
		}
	})
}
