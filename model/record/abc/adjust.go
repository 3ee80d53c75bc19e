package abc

import (
	"errors"
	"math"

	"github.com/misstep/misstep/model/stat"
)

// Adjust corrects a result for the distance that was accepted, by local-linear regression
// [Beaumont2002]: within the last threshold the coordinates are regressed on the statistics, near ones
// weighing more, and each particle moves by what the regression says of the difference between its
// statistics and the observed ones. Where a coordinate depends linearly on the statistics, with errors
// of one spread, that is exact at any threshold but for the error of the slopes, by which residuals are
// stretched. Without it k noisy numbers would have to be matched, of which hardly any simulation is
// capable when k is 30.
//
// ridge, by statistic, shrinks the slopes on it, so that a record at the edge of what is simulated is not
// followed by slopes that the particles hardly support; nil is none. With it the correction goes less than
// all the way.
//
// observed are the statistics that the result was run on. Those that are NaN or do not vary take no
// part; a NaN among the simulated stands for their mean. What comes back has other particles, distinct
// in general, and weights: multiplicity × Epanechnikov's kernel of the distance. [ErrTooFew] says that
// there are too few particles for a regression.
func (r *Result) Adjust(observed, ridge []float64) (*Result, error) {
	x, used := r.predictors(observed)
	out := *r
	out.Weights, out.Corrected = r.kernel(), true
	out.ESS = 1 / stat.Concentration(out.Weights)
	if out.ESS < perPredictor*float64(len(used)+1) {
		return nil, ErrTooFew
	}
	shrink := make([]float64, 1+len(used)) // of the constant and of each predictor
	for c, k := range used {
		if ridge != nil {
			shrink[1+c] = ridge[k]
		}
	}
	var err error
	out.Particles, err = regress(x, r.Particles, out.Weights, shrink)
	return &out, err
}

// perPredictor is the effective number of particles for each statistic, below which the error of the
// slopes is as large as what is left to correct.
const perPredictor = 3

// ErrTooFew says that a result has fewer than three effective particles for each statistic.
var ErrTooFew = errors.New(
	"too few particles are left for a correction of their distance: take more, or a higher threshold")

// kernel weighs particles by their distance, which the last threshold bounds.
func (r *Result) kernel() []float64 {
	out := make([]float64, len(r.Weights))
	total := 0.0
	for i, w := range r.Weights {
		u := r.Distances[i] / r.Epsilon
		out[i] = float64(w * math.Max(1-float64(u*u), 1e-9))
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

// predictors are, for each particle, a one and each statistic's difference from the observed value, in
// scales, and the statistics that take part.
func (r *Result) predictors(observed []float64) (x [][]float64, used []int) {
	x = make([][]float64, len(r.Particles))
	for i := range x {
		x[i] = append(x[i], 1)
	}
	for k, y := range observed {
		mean, n := 0.0, 0.0
		for _, s := range r.Stats {
			if !math.IsNaN(s[k]) {
				mean += s[k]
				n++
			}
		}
		if mean /= n; math.IsNaN(y) || n == 0 {
			continue
		}
		column, varies := make([]float64, len(r.Stats)), false
		for i, s := range r.Stats {
			v := s[k]
			if math.IsNaN(v) {
				v = mean
			}
			column[i] = (v - y) / r.Scales[k]
			varies = varies || column[i] != column[0]
		}
		if varies {
			used = append(used, k)
			for i, d := range column {
				x[i] = append(x[i], d)
			}
		}
	}
	return x, used
}
