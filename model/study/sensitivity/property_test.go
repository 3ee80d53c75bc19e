package sensitivity

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestAdditive: of a sum of lines the first-order and the total index are both the share
// aᵢ²/Σa², and shares add up to one. Catches an index that sees interactions where there
// are none. With 1024 rows the error of an index is below 0.05 for any coefficients,
// and that of the variance at most .0204 of it: an eigenvalue of the points' covariance, of five numbers.
func TestAdditive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := rapid.SliceOfN(rapid.Float64Range(-5, 5), 2, 5).Draw(rt, "slopes")
		sum := 0.0
		for _, x := range a {
			sum += x * x
		}
		if sum < .5 {
			return
		}
		table := analyse(1024, len(a), nil, exact(func(u []float64) float64 {
			y := 7.0
			for i, x := range a {
				y += x * u[i]
			}
			return y
		}))
		e := table.over(rest(0, 1024))
		for i, x := range a {
			if want := x * x / sum; math.Abs(e.first[i]-want) > .05 || math.Abs(e.total[i]-want) > .05 {
				rt.Fatalf("slope %v of %v: %v and %v, want %v", x, a, e.first[i], e.total[i], want)
			}
		}
		if math.Abs(e.variance/(sum/12)-1) > .0205 || math.Abs(e.mean-7-total(a)/2) > .02 {
			rt.Fatalf("%v: mean %v, variance %v", a, e.mean, e.variance)
		}
	})
}

func total(a []float64) (sum float64) {
	for _, x := range a {
		sum += x
	}
	return
}

// TestAffine: another zero and another unit of the output change no index; the variance
// goes with the square of the unit, and elementary effects with the unit. Catches a
// centre that is not taken off, or an index with a unit.
func TestAffine(t *testing.T) {
	base := analyse(64, 3, nil, exact(ishigami)).Estimate(64, source(5))
	effects := screen(3, 8, inside, exact(ishigami))
	rapid.Check(t, func(rt *rapid.T) {
		scale, shift := rapid.Float64Range(.01, 100).Draw(rt, "scale"), rapid.Float64Range(-1000, 1000).Draw(rt, "shift")
		f := exact(func(u []float64) float64 { return shift + scale*ishigami(u) })
		e := analyse(64, 3, nil, f).Estimate(64, source(5))
		for i := range 3 {
			if math.Abs(e.First[i].Value-base.First[i].Value) > 1e-6 ||
				math.Abs(float64(e.Total[i].High-base.Total[i].High)) > 1e-6 {
				rt.Fatalf("input %d: %+v, was %+v", i, e.First[i], base.First[i])
			}
		}
		if math.Abs(e.Variance.Value/(scale*scale*base.Variance.Value)-1) > 1e-6 ||
			math.Abs(e.Mean-shift-scale*base.Mean) > 1e-6*(1+math.Abs(shift)) {
			rt.Fatalf("variance %v, mean %v", e.Variance, e.Mean)
		}
		for i, now := range screen(3, 8, inside, f) {
			if w := effects[i]; math.Abs(now.MeanAbs-scale*w.MeanAbs) > 1e-6*scale || math.Abs(now.SD-scale*w.SD) > 1e-5*scale ||
				math.Abs(now.RMS-scale*w.RMS) > 1e-6*scale {
				rt.Fatalf("effect %d: %+v, was %+v", i, now, w)
			}
		}
	})
}

// TestProduct: over different replicates the product is the mean over all pairs, and the
// noise of a response is the square of the standard error of its mean.
func TestProduct(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := Response(rapid.SliceOfN(rapid.Float64Range(-9, 9), 2, 12).Draw(rt, "x"))
		y := make(Response, len(x))
		for i := range y {
			y[i] = rapid.Float64Range(-9, 9).Draw(rt, "y")
		}
		pairs, squares := 0.0, 0.0
		n := float64(len(x))
		for i := range x {
			squares += (x[i] - x.Mean()) * (x[i] - x.Mean())
			for j := range y {
				if i != j {
					pairs += x[i] * y[j]
				}
			}
		}
		if got := product(x, y); math.Abs(got-pairs/(n*(n-1))) > 1e-9 {
			rt.Fatalf("%v, want %v", got, pairs/(n*(n-1)))
		}
		if got, want := noiseOf(x), squares/(n*(n-1)); math.Abs(got-want) > 1e-9 {
			rt.Fatalf("noise %v, want %v", got, want)
		}
	})
	if product(Response{3}, Response{4}) != 12 || noiseOf(Response{3}) != 0 {
		t.Error("a single value has noise")
	}
}

// TestZerosMoveWithX: stretching and shifting the number moves the crossing and its
// interval along; turning the sign around changes its direction alone. Catches an
// interpolation between indices in place of values.
func TestZerosMoveWithX(t *testing.T) {
	shape := func(x float64) float64 { return x*x*x - 2 }
	bias := biases(40, .3)
	grid := []float64{0, .4, 1, 1.3, 2}
	base := known(grid, bias, shape).Zeros(source(6)).Crossings[0]
	rapid.Check(t, func(rt *rapid.T) {
		scale, shift := rapid.Float64Range(.1, 50).Draw(rt, "scale"), rapid.Float64Range(-100, 100).Draw(rt, "shift")
		sign := rapid.SampledFrom([]float64{-1, 1}).Draw(rt, "sign")
		var moved, turned []float64
		for _, x := range grid {
			moved = append(moved, shift+scale*x)
		}
		for _, b := range bias {
			turned = append(turned, sign*b)
		}
		got := known(moved, turned,
			func(x float64) float64 { return sign * shape((x-shift)/scale) }).Zeros(source(6)).Crossings
		if len(got) != 1 || got[0].Rising != (sign > 0) {
			rt.Fatalf("%+v", got)
		}
		for _, c := range [][2]float64{{got[0].Value, base.Value}, {float64(got[0].Low), float64(base.Low)},
			{float64(got[0].High), float64(base.High)}} {
			if math.Abs(c[0]-shift-scale*c[1]) > 1e-6*scale {
				rt.Fatalf("%v, want %v", c[0], shift+scale*c[1])
			}
		}
	})
}

// TestContourOfAnySurface: the line of zero effect separates the signs: each piece ends
// where neighbouring points differ in sign, every such pair has one end for each cell it
// borders, and a surface turned upside down has the same line.
func TestContourOfAnySurface(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		nx, ny := rapid.IntRange(2, 5).Draw(rt, "columns"), rapid.IntRange(2, 5).Draw(rt, "rows")
		s := &Surface{}
		for i := range nx {
			s.X = append(s.X, float64(i))
		}
		v, minus := make([][]float64, ny), make([][]float64, ny)
		for j := range ny {
			s.Y = append(s.Y, float64(j))
			for range nx {
				z := rapid.SampledFrom([]float64{-3, -2, -1, 1, 2, 3}).Draw(rt, "z")
				v[j], minus[j] = append(v[j], z), append(minus[j], -z)
			}
		}
		ends := 0
		for j := range ny {
			for i := range nx {
				if i+1 < nx && v[j][i] > 0 != (v[j][i+1] > 0) {
					ends += borders(j, ny)
				}
				if j+1 < ny && v[j][i] > 0 != (v[j+1][i] > 0) {
					ends += borders(i, nx)
				}
			}
		}
		lines := s.contour(v)
		if 2*len(lines) != ends {
			rt.Fatalf("%d pieces, %d ends: %v", len(lines), ends, v)
		}
		for _, c := range lines {
			for _, p := range [][2]float64{{c[0], c[1]}, {c[2], c[3]}} {
				if z := s.between(v, p[0], p[1]); math.Abs(z) > 1e-9 {
					rt.Fatalf("the effect at %v is %v", p, z)
				}
			}
		}
		if other := s.contour(minus); len(other) != len(lines) {
			rt.Fatalf("%d pieces upside down, %d before", len(other), len(lines))
		}
	})
}

// borders is how many cells an edge in line i of n has beside it.
func borders(i, n int) int {
	if i == 0 || i == n-1 {
		return 1
	}
	return 2
}

// TestResamples: the first is all draws in order, the others are drawn from them, with
// repetition, and differ.
func TestResamples(t *testing.T) {
	one := Draws{{0, 1, 4, 2}, {0, 1, 2, 2}}
	if all, _ := resampled([]Draws{one}, source(9)); len(all) != 1+bootstraps || all[0][0] != 1.5 {
		t.Fatalf("%d resamples, the first %v", len(all), all[0])
	}
	counts, picked := make([]int, 30), make([]int, 30)
	for b := range bootstraps {
		resample(picked, source(9), "breakeven.bootstrap", b)
		if slices.Equal(picked, firstOf(30)) {
			t.Fatalf("%v", picked)
		}
		for _, i := range picked {
			counts[i]++
		}
	}
	for i, n := range counts { // 400 expected, standard deviation 20: six of them
		if n < 280 || n > 520 {
			t.Errorf("draw %d was taken %d times", i, n)
		}
	}
}
