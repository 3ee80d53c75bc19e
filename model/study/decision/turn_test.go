package decision

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// TestFieller: of each shape one that can be solved by hand. With z² var = 1 for both and no covariance
// the set is (a + wb)² ≤ 1 + w².
func TestFieller(t *testing.T) {
	one := 1 / (z95 * z95)
	for name, c := range map[string]struct {
		a, b      float64
		shape     Shape
		low, high float64
		below     bool
	}{
		"bounded":             {4, -2, Bounded, (8 - math.Sqrt(19)) / 3, (8 + math.Sqrt(19)) / 3, true}, // 3w² − 16w + 15
		"rays":                {2, 0.5, Rays, (-1 - math.Sqrt(3.25)) / -0.75, (-1 + math.Sqrt(3.25)) / -0.75, false},
		"all":                 {0.5, 0.5, All, 0, 0, false},
		"all, no slope":       {3, 0, All, 0, 0, false},
		"bounded, pays above": {-4, 2, Bounded, (8 - math.Sqrt(19)) / 3, (8 + math.Sqrt(19)) / 3, false},
	} {
		x := fieller("with", c.a, c.b, one, 0, one)
		low, high := min(c.low, c.high), max(c.low, c.high)
		if x.Shape != c.shape || math.Abs(x.Low-low) > 1e-12 || math.Abs(x.High-high) > 1e-12 || x.PaysBelow != c.below {
			t.Errorf("%s: %+v, want %s [%v, %v]", name, x, c.shape, low, high)
		}
	}
	if x := fieller("with", 1, 0, one, 0, 0); x.Shape != Never {
		t.Errorf("nothing that varies: %+v", x)
	}
	for value, resolved := range map[float64]bool{0.4: true, -0.4: false} {
		if x := fieller("with", value, -1, 1e-4, 0, 1e-4); x.Resolved != resolved || math.Abs(x.Value-value) > 1e-12 {
			t.Errorf("%+v, want %v, resolved: %v", x, value, resolved)
		}
	}
	if x := fieller("with", 0.4, -1, 1e-2, 0, 1e-4); x.Resolved || x.Shape != Bounded {
		t.Errorf("±0.2 is resolved: %+v", x)
	}
}

// TestFiellerHolds: the set holds the truth in 95 of 100 samples of correlated means, also where the
// denominator is at times not to be told from 0. Of 2,000 at 0.95 the standard error is 0.005; a level
// of 0.92 would be seen with a chance of 0.99.
func TestFiellerHolds(t *testing.T) {
	const samples, draws = 2000, 60
	rep := random.NewSource(random.Mix, 8).Replicate(1)
	key := random.Stream(3, random.World)
	for _, slope := range []float64{-1, -0.3} {
		held, unbounded := 0, 0
		for s := range samples {
			var c contrast
			for d := range draws {
				at := 2 * (s*draws + d)
				x, y := rep.Normal(key, at), rep.Normal(key, at+1)
				c.fixed, c.varied = append(c.fixed, -0.5*slope+x), append(c.varied, slope+0.6*x+0.8*y)
			}
			turn, in := c.turn("with"), false
			switch turn.Shape {
			case Bounded:
				in = turn.Low <= 0.5 && 0.5 <= turn.High
			case Rays:
				in = 0.5 <= turn.Low || turn.High <= 0.5
			case All:
				in = true
			}
			if in {
				held++
			}
			if turn.Shape != Bounded {
				unbounded++
			}
		}
		if share := float64(held) / samples; share < 0.925 || share > 0.975 || slope > -0.5 && unbounded < samples/20 {
			t.Errorf("slope %v: held in %v, unbounded in %d", slope, share, unbounded)
		}
	}
}
