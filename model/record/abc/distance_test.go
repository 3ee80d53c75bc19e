package abc

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

func TestDistanceByHand(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		what           string
		s, y, scale, w []float64
		want           float64
	}{
		{"scaled", []float64{4, 1}, []float64{1, 5}, []float64{1, 1}, nil, 5},
		{"by scale", []float64{4, 1}, []float64{1, 5}, []float64{3, 2}, nil, math.Sqrt(5)},
		{"by weight", []float64{4, 1}, []float64{1, 5}, []float64{1, 1}, []float64{4, 0}, 6},
		{"not observed", []float64{4, 1}, []float64{1, nan}, []float64{1, 1}, nil, 3},
		{"not defined", []float64{4, nan}, []float64{1, 5}, []float64{1, 9}, []float64{0.25, 4}, math.Sqrt(2.25 + 4*9)},
		{"neither", []float64{4, nan}, []float64{1, nan}, []float64{1, 1}, nil, 3},
		{"infinite", []float64{4, inf}, []float64{1, 5}, []float64{1, 1}, nil, inf},
		{"the same", []float64{1, 5}, []float64{1, 5}, []float64{1, 1}, nil, 0},
	} {
		if d := newMetric(c.y, c.scale, c.w).distance(c.s); d != c.want {
			t.Errorf("%s: %v, want %v", c.what, d, c.want)
		}
	}
}

// balls draws a few balls about the origin of three statistics.
func balls(t *rapid.T) region {
	var r region
	for range rapid.IntRange(1, 4).Draw(t, "balls") {
		scales := make([]float64, 3)
		for k := range scales {
			scales[k] = rapid.SampledFrom([]float64{0.5, 1, 1, 3}).Draw(t, "scale")
		}
		eps := rapid.Float64Range(0.1, 6).Draw(t, "eps")
		r = append(r, ball{Scales: scales, Eps: eps, metrics: newMetric(make([]float64, 3), scales, nil)})
	}
	return r
}

// TestNarrowIsTheIntersection: whatever balls are dropped, a data set is in the
// region exactly if it is in every ball; the distance is that of the last. Dropping
// a ball by its threshold alone fails.
func TestNarrowIsTheIntersection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := balls(t)
		var r region
		for _, b := range all {
			r = r.narrow(b)
		}
		if len(r) > len(all) || r.last().Eps != all.last().Eps {
			t.Fatalf("%d balls of %d", len(r), len(all))
		}
		grid := []float64{nan, 0, 0.2, 1, 2, 4, 7, 11}
		for n := range 512 {
			s := []float64{grid[n%8], grid[n/8%8], grid[n/64]}
			want := true
			for i := range all {
				want = want && all[i].metrics.distance(s) <= all[i].Eps
			}
			d, got := r.holds(s)
			if got != want || d != all.last().metrics.distance(s) {
				t.Fatalf("%v: %v at %v, want %v", s, got, d, want)
			}
		}
	})
}

// TestNestedBallsAreForgotten: with fixed scales, and with wider ones at a small
// enough threshold, one ball is left.
func TestNestedBallsAreForgotten(t *testing.T) {
	at := func(scale, eps float64) ball {
		return ball{Scales: []float64{scale, 1}, Eps: eps, metrics: newMetric([]float64{0, 0}, []float64{scale, 1}, nil)}
	}
	for _, c := range []struct {
		next ball
		left int
	}{{at(1, 1.5), 1}, {at(2, 1), 1}, {at(2, 1.5), 2}, {at(0.1, 2), 1}, {at(0.1, 2.1), 2}} {
		if r := (region{}).narrow(at(1, 2)).narrow(c.next); len(r) != c.left {
			t.Errorf("scale %v, threshold %v: %d balls, want %d", c.next.Scales[0], c.next.Eps, len(r), c.left)
		}
	}
}

func TestScales(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		what  string
		x     []float64
		floor float64
		want  float64
	}{
		{"odd", []float64{1, 9, 3, 4, 2}, 0, 1.4826},
		{"even", []float64{0, 1, 3, 10}, 0, 1.4826 * 1.5},
		{"not a number and infinite do not count", []float64{nan, 1, 9, inf, 3, 4, 2, -inf}, 0, 1.4826},
		{"floor", []float64{1, 9, 3, 4, 2}, 5, 5},
		{"constant", []float64{7, 7, 7}, 0, 1},
		{"constant with a floor", []float64{7, 7, 7}, 0.25, 0.25},
		{"mostly one value", []float64{0, 0, 0, 4}, 0, math.Sqrt(3)},
		{"mostly one value with a floor", []float64{0, 0, 0, 4}, 0.5, 0.5},
		{"never defined", []float64{nan, nan}, 0, 1},
		{"huge", []float64{-1.7e308, 1.7e308, -1.7e308, 1.7e308}, 0, 1},
		{"subnormal", []float64{0, 5e-324, 1e-323}, 0, 1},
	} {
		pair := make([]float64, 0, 2*len(c.x)) // beside another statistic
		for i, x := range c.x {
			pair = append(pair, float64(i), x)
		}
		if got := estimateScales(pair, 2, []float64{0, c.floor})[1]; math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
		if c.floor == 0 {
			if got := estimateScales(c.x, 1, nil)[0]; math.Abs(got-c.want) > 1e-12 {
				t.Errorf("%s, no floor: %v, want %v", c.what, got, c.want)
			}
		}
	}
}
