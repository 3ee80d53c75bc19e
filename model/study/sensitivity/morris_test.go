package sensitivity

import (
	"math"
	"slices"
	"testing"
)

// screen runs a function through a screening without noise.
func screen(inputs, count int, grid func(int) float64, f func([]float64) Response) []Effect {
	d := NewTrajectories(inputs, count, source(1))
	d.grid = grid
	x := make([]float64, inputs)
	return d.Effects(func(n, step int) Response {
		d.Point(n, step, x)
		return f(x)
	})
}

func exact(f func([]float64) float64) func([]float64) Response {
	return func(u []float64) Response { return Response{f(u)} }
}

// TestTrajectories: a step moves one input by half the levels, every input once, and
// over four trajectories each input makes its four moves once. Catches an order that
// repeats an input, and start levels that are not balanced.
func TestTrajectories(t *testing.T) {
	d := NewTrajectories(9, 8, source(3))
	if d.Steps() != 10 {
		t.Fatal(d)
	}
	moves := make([][]float64, 9)
	a, b := make([]float64, 9), make([]float64, 9)
	for n := range 8 {
		moved := map[int]bool{}
		for step := 1; step < d.Steps(); step++ {
			d.Point(n, step-1, a)
			d.Point(n, step, b)
			for i := range a {
				if a[i] != b[i] {
					moved[i] = true
					moves[i] = append(moves[i], a[i])
					if math.Abs(a[i]-b[i]) != .5 {
						t.Errorf("input %d moves from %v to %v", i, a[i], b[i])
					}
				}
			}
			if len(moved) != step {
				t.Fatalf("step %d of trajectory %d moves %d inputs", step, n, len(moved)-step+1)
			}
		}
	}
	for i := range moves {
		slices.Sort(moves[i])
		if !slices.Equal(moves[i], []float64{.125, .125, .375, .375, .625, .625, .875, .875}) {
			t.Errorf("input %d moves from %v", i, moves[i])
		}
	}
}

// TestEffectsOfLine: of a sum of straight lines every elementary effect is the slope,
// on any grid; μ keeps the sign, μ* does not, σ is 0. Catches a difference that is not
// divided by its step, or taken backwards.
func TestEffectsOfLine(t *testing.T) {
	slopes := []float64{3, -2, 0, .5}
	for _, grid := range []func(int) float64{inside, closed} {
		for i, e := range screen(4, 5, grid, exact(func(u []float64) float64 {
			y := 10.0
			for i, s := range slopes {
				y += s * u[i]
			}
			return y
		})) {
			s := slopes[i]
			if math.Abs(e.Mean-s) > 1e-12 || math.Abs(e.MeanAbs-math.Abs(s)) > 1e-12 || math.Abs(e.RMS-math.Abs(s)) > 1e-9 ||
				e.SD > 1e-6 || e.Noise != 0 {
				t.Errorf("slope %v: %+v", s, e)
			}
		}
	}
}

// TestEffectsOfProduct: of u₁u₂ on the inner grid the effects of u₁ are the levels of
// u₂, so that μ = ½ and σ² = their variance once all pairs were seen often. Catches σ
// that divides by r.
func TestEffectsOfProduct(t *testing.T) {
	for i, e := range screen(2, 4000, inside, exact(func(u []float64) float64 { return u[0] * u[1] })) {
		if math.Abs(e.Mean-.5) > .02 || math.Abs(e.SD-math.Sqrt(5./64)) > .01 {
			t.Errorf("input %d: %+v", i, e)
		}
	}
	for i, e := range screen(1, 4, inside, exact(func(u []float64) float64 { return u[0] * u[0] })) {
		// Four trajectories, one from each level: σ² is the variance of four numbers.
		if e.SD <= 0 || math.Abs(e.RMS*e.RMS-(e.Mean*e.Mean+e.SD*e.SD*3/4)) > 1e-9 {
			t.Errorf("input %d: %+v", i, e)
		}
	}
}

// TestMorrisTwenty: the ten inputs with coefficients of 20 stand out, the last ten
// hardly count, the eighth to tenth are straight with μ* ≈ 40, and the first seven bend
// or interact: figure 1 of Morris (1991).
func TestMorrisTwenty(t *testing.T) {
	effects := screen(20, 40, closed, exact(morris20))
	least := math.Inf(1)
	for i, e := range effects {
		switch {
		case i < 7:
			least = min(least, e.MeanAbs)
			if e.SD < 15 {
				t.Errorf("input %d is straight: %+v", i+1, e)
			}
		case i < 10:
			least = min(least, e.MeanAbs)
			if math.Abs(e.MeanAbs-40) > 5 || e.SD > 12 {
				t.Errorf("input %d: %+v", i+1, e)
			}
		default:
			if e.MeanAbs > 12 || e.MeanAbs > least/2 {
				t.Errorf("input %d counts: %+v beside %v", i+1, e, least)
			}
		}
	}
}

// TestEffectsWithoutNoise: noise at a single replicate as large as the slope moves
// neither the rank measure nor σ; it lifts μ* of an input that does nothing to the
// floor that is stated. Catches noise that stays in the mean square. Over 4000
// trajectories of 20 replicates the standard error of a mean square is below 0.09.
func TestEffectsWithoutNoise(t *testing.T) {
	for _, shared := range []float64{0, .9} {
		n := &noise{sd: 2, shared: shared, replicates: 20}
		effects := screen(3, 4000, inside, func(u []float64) Response { return n.respond(2*u[0] - u[1]) })
		for i, want := range []float64{2, 1, 0} {
			e := effects[i]
			if math.Abs(e.RMS*e.RMS-want*want) > .45 || e.SD > .7 {
				t.Errorf("shared %v, input %d: %+v", shared, i, e)
			}
		}
		if e := effects[2]; e.Noise < .1 || math.Abs(e.MeanAbs/e.Noise-1) > .1 {
			t.Errorf("shared %v: the floor of %+v", shared, e)
		}
	}
}

// closed puts the first level at 0 and the last at 1, as Morris did.
func closed(level int) float64 { return float64(level) / (Levels - 1) }
