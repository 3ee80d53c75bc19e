package sensitivity

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
)

// Curve is an effect along one number.
type Curve struct {
	X     []float64 // ascending, two at least
	Draws []Draws   // by point
}

// Crossing is a place where the effect changes its sign; ends of its interval beyond the
// curve are −Inf and +Inf.
type Crossing struct {
	Index
	Rising  bool    `json:"rising"`   // from negative to positive
	Within  float64 `json:"within"`   // share of resamples that change sign in this direction within the curve
	Below   Index   `json:"below"`    // share of what is believed of the number that lies below
	NoPrior bool    `json:"no_prior"` // the number is fixed: there is no such share
}

// Zeros is what an effect at some points says of its sign.
type Zeros struct {
	Effect    []Index    `json:"-"`         // by point, with the interval from resampled draws
	Crossings []Crossing `json:"crossings"` // along one number, ascending
	Contour   []Segment  `json:"contour"`   // over two: the line of zero effect, by linear interpolation
	Above     *Index     `json:"above"`     // over two: share of what is believed where the effect is above zero
}

// Zeros finds the sign changes of the effect by linear interpolation between
// neighbouring points. Intervals come from resampling draws, the same at every point:
// they hold the sampling error of the mean effect over draws and replicates. Where a
// resample has no sign change in the direction of a crossing, it counts as beyond the
// end that it points to.
func (c *Curve) Zeros(rep random.Replicate) Zeros {
	effects, intervals := resampled(c.Draws, rep)
	z := Zeros{Effect: intervals, Crossings: []Crossing{}, Contour: []Segment{}}
	for _, k := range crossings(c.X, effects[0]) {
		within := -1 // the curve itself is no resample
		at := indexOf(effects, func(y []float64) float64 {
			x := nearest(c.X, y, k)
			if math.Abs(x) < beyond {
				within++
			}
			return x
		})
		at.Low, at.High = opened(at.Low), opened(at.High)
		z.Crossings = append(z.Crossings, Crossing{Index: at, Rising: k.rising, Within: float64(within) / bootstraps})
	}
	return z
}

// beyond stands for an infinite place while quantiles interpolate.
const beyond = 1e300

func opened(x End) End {
	if math.Abs(float64(x)) > beyond/1e10 {
		return End(math.Inf(int(math.Copysign(1, float64(x)))))
	}
	return x
}

type crossing struct {
	at     float64
	rising bool
}

// crossings lists the sign changes of y along x. A zero belongs to the sign before it.
func crossings(x, y []float64) []crossing {
	var out []crossing
	last := -1 // the last point with a sign
	for i := range y {
		if y[i] == 0 || math.IsNaN(y[i]) {
			continue
		}
		if last >= 0 && y[last] < 0 != (y[i] < 0) {
			at := x[last] + (x[i]-x[last])*y[last]/(y[last]-y[i])
			out = append(out, crossing{at, y[i] > 0})
		}
		last = i
	}
	return out
}

// nearest is the crossing of y in the direction of k that is nearest to it. Without
// one, the sign of most of y says beyond which end it lies.
func nearest(x, y []float64, k crossing) float64 {
	var same []float64
	for _, c := range crossings(x, y) {
		if c.rising == k.rising {
			same = append(same, c.at)
		}
	}
	if len(same) > 0 {
		return slices.MinFunc(same, func(a, b float64) int { return cmp.Compare(math.Abs(a-k.at), math.Abs(b-k.at)) })
	}
	before := 0 // points with the sign that comes before the crossing, less the others
	for _, v := range y {
		switch {
		case v == 0 || math.IsNaN(v):
		case (v < 0) == k.rising:
			before++
		default:
			before--
		}
	}
	if before > 0 {
		return beyond
	}
	return -beyond
}
