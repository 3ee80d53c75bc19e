package sensitivity

import (
	"math"

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
	Rising  bool    `json:"rising"`  // from negative to positive
	Within  float64 `json:"within"`  // share of resamples that change sign in this direction within the curve
	Below   Index   `json:"below"`   // share of what is believed of the number that lies below
	NoPrior bool    `json:"noprior"` // the number is fixed: there is no such share
}

// Zeros is what a curve says of the sign of its effect.
type Zeros struct {
	Effect    []Index    // by point, with the interval from resampled draws
	Crossings []Crossing // ascending; none where the effect keeps its sign
}

// Zeros finds the sign changes of the effect by linear interpolation between
// neighbouring points. Intervals come from resampling draws, the same at every point:
// they hold the sampling error of the mean effect over draws and replicates. Where a
// resample has no sign change in the direction of a crossing, it counts as beyond the
// end that it points to.
func (c *Curve) Zeros(rep random.Replicate) Zeros {
	effects, intervals := resampled(c.Draws, rep)
	z := Zeros{Effect: intervals}
	for _, k := range crossings(c.X, effects[0]) {
		at, within := make([]float64, len(effects)), 0
		at[0] = k.at
		for b := 1; b < len(effects); b++ {
			at[b] = nearest(c.X, effects[b], k)
			if !math.IsInf(at[b], 0) {
				within++
			}
		}
		x := Crossing{Index: interval(finiteEnds(at)), Rising: k.rising, Within: float64(within) / bootstraps}
		x.Low, x.High = opened(x.Low), opened(x.High)
		z.Crossings = append(z.Crossings, x)
	}
	return z
}

// beyond stands for an infinite place while quantiles interpolate.
const beyond = 1e300

func finiteEnds(x []float64) []float64 {
	for i := range x {
		x[i] = min(max(x[i], -beyond), beyond)
	}
	return x
}

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
	best := math.NaN()
	for _, c := range crossings(x, y) {
		if c.rising == k.rising && !(math.Abs(c.at-k.at) >= math.Abs(best-k.at)) {
			best = c.at
		}
	}
	if !math.IsNaN(best) {
		return best
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
		return math.Inf(1)
	}
	return math.Inf(-1)
}
