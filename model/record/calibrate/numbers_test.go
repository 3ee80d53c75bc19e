package calibrate

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/stat"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/abc"
)

// weights draws n weights that sum to 1.
func weights(t *rapid.T, n int) []float64 {
	w := make([]float64, n)
	sum := 0.0
	for i := range w {
		w[i] = float64(rapid.IntRange(1, 5).Draw(t, "weight"))
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

func numbers(t *rapid.T, low int) []float64 {
	x := make([]float64, rapid.IntRange(low, 12).Draw(t, "n"))
	for i := range x {
		x[i] = float64(rapid.IntRange(-5, 5).Draw(t, "x"))
	}
	return x
}

// Breaks when the weighted quantile is not the least value up to which the share u of
// the weight lies. Levels on which a sum of weights falls are left to rounding.
func TestWeightedQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := numbers(t, 1)
		w := weights(t, len(x))
		u := rapid.Float64Range(0.001, 0.999).Draw(t, "u")
		below := func(v float64) (sum float64) {
			for i := range x {
				if x[i] <= v {
					sum += w[i]
				}
			}
			return sum
		}
		want := math.Inf(1)
		for _, v := range x {
			if math.Abs(below(v)-u) < 1e-9 {
				return
			}
			if below(v) >= u {
				want = min(want, v)
			}
		}
		if got := weighted(x, w, u); got != want {
			t.Fatalf("quantile %v of %v with %v is %v, want %v", u, x, w, got, want)
		}
	})
	if got := weighted([]float64{3, 1}, []float64{0.25, 0.25}, 0.9); got != 3 {
		t.Errorf("weights that miss 1 by rounding give %v, want the largest", got)
	}
}

// Breaks when ranks are not scaled to a length of one, or those of nothing but ties are.
func TestNormalRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := numbers(t, 1)
		got, ranks, length := normalRanks(x), stat.Ranks(x), 0.0
		for _, r := range got {
			length += r * r
		}
		if tied := slices.Max(ranks) == 0; math.Abs(length-1) > 1e-12 && !tied || length != 0 && tied {
			t.Fatalf("ranks of %v are %v, of length² %v", x, got, length)
		}
		for i, r := range ranks {
			if math.Abs(got[i]*ranks[0]-got[0]*r) > 1e-12 {
				t.Fatalf("ranks of %v are %v, not in proportion to %v", x, got, ranks)
			}
		}
	})
}

// Breaks when rank correlations are not Spearman's: 1 − 6 Σd²/(n³ − n) without ties.
func TestStrongest(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5}
	r := &ranks{used: []int{7, 3, 9, 5, 8, 6}, coordinates: [][]float64{normalRanks(x)}}
	for _, y := range [][]float64{
		{1, 2, 3, 5, 4},          // .9
		{5, 4, 3, 2, 1},          // −1
		{2, 2, 2, 2, 2},          // constant: none
		{2, 1, 4, 3, 5},          // .8
		{2, 4, 3, 5, 1},          // −.1
		{3, 1, 4, 2, math.NaN()}, // 0 of the four that are defined
	} {
		r.statistics = append(r.statistics, normalRanks(y))
	}
	rho := 0.0
	for i, v := range r.coordinates[0] {
		rho += v * r.statistics[0][i]
	}
	if !near(rho, 0.9) {
		t.Errorf("rank correlation %v, want .9", rho)
	}
	if got := r.strongest(0); !slices.Equal(got, []int{3, 7, 5, 8}) {
		t.Errorf("strongest %v, want 3, 7, 5, 8", got)
	}
	r.statistics = r.statistics[2:3]
	r.used = r.used[2:3]
	if got := r.strongest(0); len(got) != 0 {
		t.Errorf("a constant statistic informs: %v", got)
	}
}

// Breaks when the tail is not twice the smaller share at or beyond a value, or the
// share at or above a lower bound.
func TestTail(t *testing.T) {
	x := []float64{1, 2, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, v := range []struct {
		y    float64
		low  bool
		want float64
	}{{2, false, 0.6}, {0, false, 0}, {9, false, 0.2}, {10, false, 0}, {4.5, false, 1}, {4, false, 1}, {2, true, 0.9},
		{9, true, 0.1}, {0, true, 1}, {10, true, 0}} {
		if got := tail(x, v.y, v.low); !near(got, v.want) {
			t.Errorf("tail at %v, low %v: %v, want %v", v.y, v.low, got, v.want)
		}
	}
	if got := tail(nil, 1, false); got != 0 {
		t.Errorf("tail of nothing %v", got)
	}
}

// Breaks when a particle is picked more than a pick more or less often than its
// weight says, or picks are out of order.
func TestSystematic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := weights(t, rapid.IntRange(1, 12).Draw(t, "particles"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		got := Systematic(w, n)
		times := make([]int, len(w))
		for _, i := range got {
			times[i]++
		}
		for i, k := range times {
			if math.Abs(float64(k)-float64(n)*w[i]) >= 1+1e-9 {
				t.Fatalf("%v of %d picks for the weight %v", k, n, w[i])
			}
		}
		if !slices.IsSorted(got) || len(got) != n {
			t.Fatalf("picks %v", got)
		}
	})
	if got := Systematic([]float64{0.5, 0.25, 0.25}, 4); !slices.Equal(got, []int{0, 0, 1, 2}) {
		t.Errorf("picks %v, want 0 0 1 2", got)
	}
	if got := Systematic([]float64{0.3, 0.7}, 2); !slices.Equal(got, []int{0, 1}) { // at 1/4 and 3/4
		t.Errorf("picks %v, want 0 1", got)
	}
}

// Breaks when what is learned is not the contraction on normal scores, the quantiles
// of the particles, or the targets behind what moves.
func TestLearnByHand(t *testing.T) {
	p := short()
	// uniform(0, 1)
	n := slices.IndexFunc(p.Space.Coordinates, func(c Coordinate) bool { return c.Path == "life.suspend" })
	r := &abc.Result{Weights: []float64{0.25, 0.25, 0.5}}
	scores := []float64{-0.2, 0.1, 0.3}
	for _, z := range scores {
		row := make([]float64, p.Dims())
		row[n] = z
		r.Particles = append(r.Particles, row)
	}
	for i := range 40 { // the first statistic follows the coordinate, the others are constant
		row := drawn(p, replicate(i))
		stats := make([]float64, p.Stats())
		stats[0] = row[n]
		r.Prior.Particles, r.Prior.Stats = append(r.Prior.Particles, row), append(r.Prior.Stats, stats)
	}
	got := Learn(p, r)
	if len(got) != p.Dims() {
		t.Fatalf("%d learned of %d", len(got), p.Dims())
	}
	l := got[n]
	sd, _ := stat.Deviation(scores, r.Weights)
	want := 1 - sd
	if l.Path != "life.suspend" || math.Abs(l.Contraction-want) > 1e-9 ||
		!slices.Equal(l.InformedBy, []string{p.Statistics[p.used[0]].Target}) || l.Record {
		t.Errorf("%+v, want a contraction of %v", l, want)
	}
	for i, u := range levels {
		if !near(l.Before[i], u) {
			t.Errorf("quantile %v of the prior is %v", u, l.Before[i])
		}
	}
	if !near(l.After[0], elem.NormalCDF(-0.2)) || !near(l.After[2], elem.NormalCDF(0.1)) ||
		!near(l.After[4], elem.NormalCDF(0.3)) || !near(l.Before[0], 0.05) {
		t.Errorf("quantiles of the particles %v, of the prior %v", l.After, l.Before)
	}
	if !got[p.Space.observation[lagPath]].Record {
		t.Errorf("%s is no number of the record", lagPath)
	}
}
