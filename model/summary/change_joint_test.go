package summary

import (
	"math"
	"math/rand/v2"
	"testing"
)

// joints builds draws × replicates of eight-vectors.
func joints(n, replicates int, of func(d int) [8]float64) []*joint {
	out := make([]*joint, n)
	for d := range out {
		out[d] = &joint{}
		for range replicates {
			out[d].add(of(d))
		}
	}
	return out
}

func TestCombinedGradients(t *testing.T) {
	at := [8]float64{.7, 3, .5, 2.5, .9, 3.5, .4, 2}
	for _, q := range Quantities() {
		_, g, ok := combined(at, q.weights())
		if !ok {
			t.Fatalf("%s is not defined at %v", q, at)
		}
		for i := range at {
			const h = 1e-6
			up, down := at, at
			up[i] += h
			down[i] -= h
			a, _, _ := combined(up, q.weights())
			b, _, _ := combined(down, q.weights())
			if want := (a - b) / (2 * h); math.Abs(g[i]-want) > 1e-8 {
				t.Errorf("%s: derivative %d is %v, want %v", q, i, g[i], want)
			}
		}
	}
}

// TestCombinedValues: by hand, and what a quantity does not need may be absent.
func TestCombinedValues(t *testing.T) {
	at := [8]float64{1, 2, 3, 4, 5, 8, 7, 8}
	for q, want := range map[Quantity]float64{OfDifference: (.875 - .625) - (.75 - .5), OfBaseline: .125,
		OfTreatment: .125} {
		if got, _, ok := combined(at, q.weights()); !ok || math.Abs(got-want) > 1e-15 {
			t.Errorf("%s is %v, want %v", q, got, want)
		}
	}
	at[3] = 0
	for q, want := range map[Quantity]bool{OfDifference: false, OfBaseline: true, OfTreatment: false} {
		if _, _, ok := combined(at, q.weights()); ok != want {
			t.Errorf("%s without a treatment: %v", q, ok)
		}
	}
	if _, _, ok := changeOf(nil, OfBaseline.weights(), 1, true); ok {
		t.Error("a change of nothing is defined")
	}
	if _, _, ok := changeOf(joints(2, 2, func(int) [8]float64 { return [8]float64{} }), OfBaseline.weights(), 1,
		true); ok {
		t.Error("a change without a denominator is defined")
	}
}

// TestJointQuadratic: gᵀCg from sums is the sample variance of gᵀx, by the textbook.
func TestJointQuadratic(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range 20 {
		var g [8]float64
		for i := range g {
			g[i] = rng.NormFloat64()
		}
		var j joint
		var xs []float64
		for range 12 {
			var x [8]float64
			sum := 0.0
			for i := range x {
				x[i] = float64(rng.IntN(4))
				sum += g[i] * x[i]
			}
			j.add(x)
			xs = append(xs, sum)
		}
		if got, want := j.Quadratic(g), varianceOf(xs); !near(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
	var single joint
	single.add([8]float64{1, 1, 1, 1, 1, 1, 1, 1})
	if v := single.Quadratic([8]float64{1, 2, 3}); v != 0 {
		t.Errorf("one replicate has the variance %v", v)
	}
}

// The 95 % interval of a paired change covers the truth in 95 % of experiments in which
// the runs share most of their noise, and is a third of that of two separate runs. Over
// 1,500 the count has standard deviation 8.4; level 1e-6 allows 41.
func TestPairedIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	const experiments = 1500
	covered, width, apartWidth := 0, 0.0, 0.0
	for range experiments {
		sample := joints(3, 60, func(int) [8]float64 {
			shared, n := rng.Float64(), 2+3*rng.Float64()
			return [8]float64{0, n, .5*n + shared, n, 0, n, .6*n + shared + .2*(rng.Float64()-.5), n}
		})
		e, _, ok := changeOf(sample, OfDifference.weights(), 1, false)
		if !ok {
			t.Fatal("no change")
		}
		a, _, _ := changeOf(sample, [4]float64{-1, 1, 0, 0}, 1, false)
		b, _, _ := changeOf(sample, [4]float64{0, 0, -1, 1}, 1, false)
		width += e.MC
		apartWidth += math.Hypot(a.MC, b.MC)
		if math.Abs(e.Value-.1) <= e.MC {
			covered++
		}
	}
	if math.Abs(float64(covered)-.95*experiments) > 41 {
		t.Errorf("%d of %d intervals cover", covered, experiments)
	}
	if width > apartWidth/3 {
		t.Errorf("paired ±%v, apart ±%v", width/experiments, apartWidth/experiments)
	}
}

// TestChangeVerdicts: shown, hidden by draws that disagree, identical.
func TestChangeVerdicts(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	shift := func(mean, spread float64) []*joint {
		by := make([]float64, 60)
		for d := range by {
			by[d] = mean + spread*rng.NormFloat64()
		}
		return joints(len(by), 20, func(d int) [8]float64 {
			x := rng.NormFloat64()
			return [8]float64{0, 1, x, 1, 0, 1, x + by[d] + .1*rng.NormFloat64(), 1}
		})
	}
	for name, c := range map[string]struct {
		draws []*joint
		free  bool
		want  Verdict
	}{
		"a shift":                     {shift(1, .1), true, Differs},
		"a shift down":                {shift(-1, .1), true, Differs},
		"draws disagree":              {shift(.5, 1), true, Unclear},
		"draws disagree, but are few": {shift(.5, 1), false, Differs},
		"nothing": {joints(4, 5, func(d int) [8]float64 { return [8]float64{1, 2, 1, 3, 1, 2, 1, 3} }),
			true, Same},
	} {
		e, v, ok := changeOf(c.draws, OfDifference.weights(), 1, c.free)
		if v != c.want || !ok {
			t.Errorf("%s: %s of %+v", name, v, e)
		}
		if c.free && v != Same && !(e.Low < e.Value && e.Value < e.High) || !c.free && e != open(e.Value, e.MC) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}
