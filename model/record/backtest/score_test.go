package backtest

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %.12g, want %.12g", what, got, want)
	}
}

// distributions of every family, with their means and variances.
var families = map[string]struct {
	p              Predictive
	mean, variance float64
}{
	"poisson 0.25":    {Poisson(0.25), 0.25, 0.25},
	"poisson 3.7":     {Poisson(3.7), 3.7, 3.7},
	"geometric":       {negativeBinomial{1, 0.5}, 2, 6},
	"weak":            {negativeBinomial{0.5, 0.5}, 1, 3},
	"nearly poisson":  {negativeBinomial{4e6, 2e6}, 2, 2.000001},
	"sample":          {newSample([]int{0, 0, 1, 5}), 1.5, 4.25},
	"sample of a one": {newSample([]int{3, 3}), 3, 0},
}

// TestMass: probabilities sum to 1 and to the CDF, with the moments of the closed
// forms.
func TestMass(t *testing.T) {
	for name, f := range families {
		total, mean, square := 0.0, 0.0, 0.0
		for x := range 400 {
			m := f.p.Mass(x)
			total, mean, square = total+m, mean+m*float64(x), square+m*float64(x)*float64(x)
			if x < 30 {
				near(t, name+": CDF", f.p.CDF(x), total, 1e-9)
			}
		}
		near(t, name+": sum", total, 1, 1e-9)
		near(t, name+": mean", mean, f.mean, 2e-6)
		near(t, name+": variance", square-mean*mean, f.variance, 1e-5)
		if f.p.Mass(-1) != 0 || f.p.CDF(-1) != 0 {
			t.Errorf("%s: a negative count has a probability", name)
		}
	}
	near(t, "P(0) of a weak prior", negativeBinomial{0.5, 0.5}.Mass(0), math.Sqrt(1.0/3), 1e-12)
	near(t, "P(2) of a mean of 3", Poisson(3).Mass(2), 4.5*math.Exp(-3), 1e-15)
}

// bessel is the modified Bessel function of the first kind, by its series.
func bessel(order int, z float64) float64 {
	sum, term := 0.0, 1.0
	for k := 1; k <= order; k++ {
		term *= z / 2 / float64(k)
	}
	for k := 1; k < 200; k++ {
		sum += term
		term *= z * z / 4 / float64(k) / float64(k+order)
	}
	return sum
}

// TestCRPSPoisson: the sum is the closed form of the Poisson distribution,
// (y − λ)(2F(y) − 1) + 2λ f(y) − λ e^(−2λ) (I₀(2λ) + I₁(2λ)) (Wei and Held 2014).
func TestCRPSPoisson(t *testing.T) {
	for _, l := range []float64{0.1, 0.5, 2, 7.5} {
		for _, y := range []int{0, 1, 2, 5, 20} {
			p := Poisson(l)
			want := (float64(y)-l)*(2*p.CDF(y)-1) + 2*l*p.Mass(y) - l*math.Exp(-2*l)*(bessel(0, 2*l)+bessel(1, 2*l))
			near(t, "CRPS", CRPS(p, y), want, 1e-9)
		}
	}
}

// TestCRPSOther: of every family it is E|X − y| − ½ E|X − X′|; of a point it is the
// distance.
func TestCRPSOther(t *testing.T) {
	for name, f := range families {
		for _, y := range []int{0, 2, 6} {
			distance, spread := 0.0, 0.0
			for a := range 150 {
				distance += f.p.Mass(a) * math.Abs(float64(a-y))
				for b := range 150 {
					spread += f.p.Mass(a) * f.p.Mass(b) * math.Abs(float64(a-b)) / 2
				}
			}
			near(t, name, CRPS(f.p, y), distance-spread, 1e-6)
		}
	}
	near(t, "a point", CRPS(newSample([]int{3, 3}), 7), 4, 0)
}

// TestFairCRPS: over all samples of two and of three the mean is exactly the score of
// the distribution that they are drawn from; the plain score of a sample is larger.
func TestFairCRPS(t *testing.T) {
	mass := []float64{0.5, 0.2, 0, 0.3}
	truth := Sample{Futures: []int{5, 2, 0, 3}, M: 10}
	for _, y := range []int{0, 1, 4} {
		fair2, fair3, plain := 0.0, 0.0, 0.0
		for a, pa := range mass {
			for b, pb := range mass {
				fair2 += pa * pb * fairCRPS(newSample([]int{a, b}), y)
				plain += pa * pb * CRPS(newSample([]int{a, b}), y)
				for c, pc := range mass {
					fair3 += pa * pb * pc * fairCRPS(newSample([]int{a, b, c}), y)
				}
			}
		}
		want := CRPS(truth, y)
		near(t, "two futures", fair2, want, 1e-12)
		near(t, "three futures", fair3, want, 1e-12)
		if plain <= want+0.1 {
			t.Errorf("the plain score %v of two futures is not larger than %v", plain, want)
		}
	}
}

// TestFairCRPSOf: the same number for counts and for real numbers, in any order.
func TestFairCRPSOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 9), 2, 12).Draw(t, "counts")
		y := rapid.IntRange(0, 12).Draw(t, "y")
		values := make([]float64, len(counts))
		for i, x := range counts {
			values[i] = float64(x)
		}
		if a, b := fairCRPS(newSample(counts), y), fairCRPSOf(values, float64(y)); math.Abs(a-b) > 1e-12 {
			t.Fatalf("%v of %v, y %d: %v and %v", counts, values, y, a, b)
		}
	})
}

// TestCalibrated: where the distribution is right, the expected coverage is the level
// and the expected transform one half, exactly, for all their ties.
func TestCalibrated(t *testing.T) {
	for name, f := range families {
		c50, c90, pit := 0.0, 0.0, 0.0
		for y := range 400 {
			m := f.p.Mass(y)
			c50, c90, pit = c50+m*Coverage(f.p, y, 0.5), c90+m*Coverage(f.p, y, 0.9), pit+m*PIT(f.p, y)
		}
		near(t, name+": 50 %", c50, 0.5, 1e-8)
		near(t, name+": 90 %", c90, 0.9, 1e-8)
		near(t, name+": transform", pit, 0.5, 1e-8)
	}
	p := newSample([]int{0, 1, 1, 2}) // P(X ≤ 0, 1, 2) = ¼, ¾, 1
	near(t, "the middle", Coverage(p, 1, 0.5), 1, 0)
	near(t, "the edge", Coverage(p, 0, 0.5), 0, 0)
	near(t, "half of the edge", Coverage(p, 0, 0.75), 0.5, 1e-12)
	near(t, "beyond all", Coverage(p, 9, 0.9), 0, 0)
	near(t, "in a gap", Coverage(newSample([]int{0, 4}), 2, 0.5), 1, 0)
}

// TestMixed: the mass is (m_x + ½ p₀(x)) / (M + ½), never zero, and the score of a
// count that no future has is that of the baseline with weight ½ in M + ½.
func TestMixed(t *testing.T) {
	m := Mixed{newSample([]int{0, 0, 2}), Poisson(1)}
	near(t, "P(0)", m.Mass(0), (2+0.5*math.Exp(-1))/3.5, 1e-15)
	near(t, "P(7)", m.Mass(7), 0.5*Poisson(1).Mass(7)/3.5, 1e-15)
	near(t, "log score", scoreOf(m, 7).Log, math.Log(0.5/3.5)+math.Log(Poisson(1).Mass(7)), 1e-12)
	near(t, "CDF", m.CDF(1), m.Mass(0)+m.Mass(1), 1e-12)
	near(t, "PIT", scoreOf(m, 2).PIT, m.CDF(1)+m.Mass(2)/2, 1e-15)
	y := scoreYear(Window{Years: 1}, []int{0, 0, 2}, 2, Training{Years: 1})
	near(t, "CRPS is the fair one", y.Model.CRPS, fairCRPS(m.Sample, 2), 0)
}

// TestQuantile: the smallest count whose CDF reaches u.
func TestQuantile(t *testing.T) {
	p := newSample([]int{0, 1, 1, 2})
	for u, want := range map[float64]int{0: 0, 0.25: 0, 0.26: 1, 0.75: 1, 0.76: 2, 0.999: 2} {
		if got := Quantile(p, u); got != want {
			t.Errorf("quantile %v: %d, want %d", u, got, want)
		}
	}
}
