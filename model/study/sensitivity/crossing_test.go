package sensitivity

import (
	"math"
	"testing"
)

// known is a curve whose draws have the effects f(x) + bias of the draw, with a
// baseline of 10 in 50.
func known(x []float64, bias []float64, f func(x float64) float64) *Curve {
	c := &Curve{X: x}
	for _, at := range x {
		var d Draws
		for _, b := range bias {
			d = append(d, Sums{10, 50, 10 + 50*(f(at)+b), 50})
		}
		c.Draws = append(c.Draws, d)
	}
	return c
}

// biases are n numbers of mean 0 and standard deviation sd, spread as a normal sample.
func biases(n int, sd float64) []float64 {
	rep, sum, square := source(20), 0.0, 0.0
	out := make([]float64, n)
	for i := range out {
		out[i] = rep.Normal(1, i)
		sum += out[i] / float64(n)
	}
	for i := range out {
		out[i] -= sum
		square += out[i] * out[i] / float64(n)
	}
	for i := range out {
		out[i] *= sd / math.Sqrt(square)
	}
	return out
}

// TestEffectOfDraws: the effect is a difference of ratios of sums, not a mean of
// ratios. Catches draws with few cases that weigh as much as others.
func TestEffectOfDraws(t *testing.T) {
	d := Draws{{1, 10, 3, 10}, {0, 90, 9, 40}}
	if got, want := d.Effect([]int{0, 1}), 12./50-1./100; math.Abs(got-want) > 1e-15 {
		t.Errorf("%v, want %v", got, want)
	}
	if got := d.Effect([]int{0, 0}); math.Abs(got-.2) > 1e-15 {
		t.Errorf("a draw twice: %v", got)
	}
	if got := (Draws{{0, 0, 1, 2}}).Effect([]int{0}); !math.IsNaN(got) {
		t.Errorf("no case: %v", got)
	}
}

// TestCrossingOfLine: a line is interpolated exactly, the interval is that of its
// height over its slope: ±1.96 · sd/√n/slope. Catches an interval of the draws in place
// of that of their mean. With 400 resamples its ends are known to a sixth of its half.
func TestCrossingOfLine(t *testing.T) {
	const sd, n, slope = .3, 100, .2
	c := known([]float64{0, 2, 3, 7, 10}, biases(n, sd), func(x float64) float64 { return slope * (x - 4.4) })
	z := c.Zeros(source(21))
	if len(z.Crossings) != 1 {
		t.Fatalf("%+v", z.Crossings)
	}
	half := 1.96 * sd / math.Sqrt(n) / slope
	k := z.Crossings[0]
	if math.Abs(k.Value-4.4) > 1e-9 || !k.Rising || k.Within != 1 ||
		math.Abs((float64(k.High)-4.4)/half-1) > .3 || math.Abs((4.4-float64(k.Low))/half-1) > .3 {
		t.Errorf("%+v, want 4.4 ± %.3f", k, half)
	}
	for i, x := range c.X {
		e := z.Effect[i]
		if math.Abs(e.Value-slope*(x-4.4)) > 1e-9 || !(float64(e.Low) < e.Value && e.Value < float64(e.High)) ||
			math.Abs(float64(e.High-e.Low)/(2*half*slope)-1) > .3 {
			t.Errorf("the effect at %v is %+v", x, e)
		}
	}
}

// TestCrossingDirections: a falling line falls, a parabola has two zeros in order.
func TestCrossingDirections(t *testing.T) {
	x := []float64{-3, -2, -1, 0, 1, 2, 3}
	falling := known(x, []float64{0}, func(x float64) float64 { return -x - .5 }).Zeros(source(1)).Crossings
	if len(falling) != 1 || falling[0].Rising || math.Abs(falling[0].Value+.5) > 1e-12 ||
		falling[0].Low != falling[0].High {
		t.Errorf("%+v", falling)
	}
	two := known(x, []float64{0}, func(x float64) float64 { return x*x - 2.25 }).Zeros(source(1)).Crossings
	if len(two) != 2 || two[0].Rising || !two[1].Rising || !(two[0].Value < two[1].Value) ||
		math.Abs(two[0].Value+two[1].Value) > 1e-12 {
		t.Errorf("%+v", two)
	}
}

// TestNoCrossing: an effect that keeps its sign has no zero, one that touches zero
// neither; the effect at the ends is given. Catches a zero at a point counted as two.
func TestNoCrossing(t *testing.T) {
	for name, f := range map[string]func(float64) float64{
		"positive": func(x float64) float64 { return x + .1 }, "touching": math.Abs,
		"none": func(float64) float64 { return 0 },
	} {
		z := known([]float64{0, 1, 2}, biases(20, .01), f).Zeros(source(1))
		if name == "none" {
			z = known([]float64{0, 1, 2}, []float64{0, 0}, f).Zeros(source(1))
		}
		if name != "touching" && len(z.Crossings) != 0 || len(z.Effect) != 3 || math.Abs(z.Effect[2].Value-f(2)) > 1e-9 {
			t.Errorf("%s: %+v", name, z)
		}
	}
	through := known([]float64{-1, 0, 1}, []float64{0}, func(x float64) float64 { return x }).Zeros(source(1)).Crossings
	if len(through) != 1 || through[0].Value != 0 {
		t.Errorf("through a point: %+v", through)
	}
}

// TestCrossingAtTheEdge: where a resample never crosses, its zero lies beyond the end
// that its sign points to, and the interval is open there. Catches resamples that are
// dropped, which would make the interval short where it is longest.
func TestCrossingAtTheEdge(t *testing.T) {
	line := func(zero, slope float64) Zeros {
		return known([]float64{0, 5, 10}, biases(50, .5),
			func(x float64) float64 { return slope * (x - zero) }).Zeros(source(3))
	}
	for _, slope := range []float64{.1, -.1} {
		high, low := line(9.9, slope).Crossings[0], line(.1, slope).Crossings[0]
		if !math.IsInf(float64(high.High), 1) || math.IsInf(float64(high.Low), 0) || !math.IsInf(float64(low.Low), -1) ||
			math.IsInf(float64(low.High), 0) {
			t.Errorf("slope %v: %+v and %+v", slope, high, low)
		}
		if high.Within > .7 || low.Within > .7 || high.Within < .3 || low.Within < .3 {
			t.Errorf("slope %v: %v and %v of the resamples cross", slope, high.Within, low.Within)
		}
	}
}

// plane is a surface with the effect f, the same in every draw but for its bias.
func plane(x, y, bias []float64, f func(x, y float64) float64) *Surface {
	s := &Surface{X: x, Y: y}
	for _, b := range y {
		s.Draws = append(s.Draws, known(x, bias, func(a float64) float64 { return f(a, b) }).Draws...)
	}
	return s
}

// square is an even sample of the unit square.
func square(n int) (out [][2]float64) {
	for i := range n {
		for j := range n {
			out = append(out, [2]float64{(float64(i) + .5) / float64(n), (float64(j) + .5) / float64(n)})
		}
	}
	return
}

// TestSidesOfPlane: of x + 2y − 1 the zero is a straight line through every cell it
// meets, and a quarter of the square lies below it. Catches a grid read by columns.
func TestSidesOfPlane(t *testing.T) {
	grid := []float64{0, .3, .6, 1}
	s := plane(grid, grid, biases(30, .02), func(x, y float64) float64 { return x + 2*y - 1 }).Sides(square(100),
		source(1))
	if math.Abs(s.Above.Value-.75) > .006 ||
		!(float64(s.Above.Low) < s.Above.Value && s.Above.Value < float64(s.Above.High)) ||
		s.Above.High-s.Above.Low > .02 {
		t.Errorf("above: %+v", s.Above)
	}
	length := 0.0
	for _, c := range s.Contour {
		for _, p := range [][2]float64{{c[0], c[1]}, {c[2], c[3]}} {
			if math.Abs(p[0]+2*p[1]-1) > 1e-12 {
				t.Errorf("the contour goes through %v", p)
			}
		}
		length += math.Hypot(c[2]-c[0], c[3]-c[1])
	}
	if math.Abs(length-math.Hypot(1, .5)) > 1e-12 {
		t.Errorf("the contour is %v long", length)
	}
	if e := s.Effect[3*len(grid)+1]; math.Abs(e.Value-1.3) > 1e-12 {
		t.Errorf("the effect at (0.3, 1) is %v", e)
	}
}

// TestSidesOfSaddle: a cell whose corners alternate is cut twice, around the corners
// that the middle is not joined to.
func TestSidesOfSaddle(t *testing.T) {
	unit := []float64{0, 1}
	for _, lift := range []float64{.2, -.2} {
		s := plane(unit, unit, []float64{0}, func(x, y float64) float64 { return (2*x-1)*(2*y-1) + lift }).Sides(nil,
			source(1))
		if len(s.Contour) != 2 {
			t.Fatalf("%d pieces", len(s.Contour))
		}
		for _, c := range s.Contour {
			x, y := (c[0]+c[2])/2, (c[1]+c[3])/2
			negative := (x < .5) != (y < .5) // the corners (1, 0) and (0, 1)
			if negative != (lift > 0) {
				t.Errorf("lift %v: a piece at (%v, %v)", lift, x, y)
			}
		}
	}
	if s := plane(unit, unit, []float64{0}, func(x, y float64) float64 { return 1 }).Sides(square(3),
		source(1)); len(s.Contour) != 0 || s.Above.Value < 1-1e-12 {
		t.Errorf("above everywhere: %+v", s)
	}
}

// TestPointsOutsideCountAtTheEdge: a prior reaches beyond the grid.
func TestPointsOutsideCountAtTheEdge(t *testing.T) {
	s := plane([]float64{0, 1}, []float64{0, 1}, []float64{0}, func(x, y float64) float64 { return x - .5 })
	got := s.Sides([][2]float64{{-9, .5}, {9, .5}, {9, -7}, {.2, 30}}, source(1)).Above.Value
	if math.Abs(got-.5) > 1e-12 {
		t.Errorf("%v above", got)
	}
}
