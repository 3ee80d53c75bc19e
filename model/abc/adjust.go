package abc

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Adjusted is a sample corrected for the distance that was accepted.
type Adjusted struct {
	Particles [][]float64 // [particle][coordinate] z, distinct in general
	Weights   []float64   // multiplicity × Epanechnikov's kernel of the distance; sum 1
	ESS       float64     // (Σw)² / Σw²
}

// Adjust corrects a result for the distance that was accepted, by local-linear
// regression [Beaumont2002]: within the last threshold the coordinates are regressed
// on the statistics, near ones weighing more, and each particle is moved by what
// the regression says of the difference between its statistics and the observed
// ones. Where a coordinate depends linearly on the statistics, with errors of one
// spread, the result is exact at any threshold; a silent coordinate stays where it
// is, up to the error of its slopes.
//
// With k statistics a threshold that takes no correction has to match k numbers that
// are noisy by themselves, of which hardly any simulation is capable when k is 30.
//
// observed are the statistics that the result was run on. Those that are NaN or do
// not vary take no part; a NaN among the simulated stands for their mean. The error
// says that there are too few particles for a regression.
func (r *Result) Adjust(observed []float64) (*Adjusted, error) {
	n := len(r.Particles)
	x, used := r.predictors(observed)
	a := &Adjusted{Weights: r.kernel()}
	sum2 := 0.0
	for _, w := range a.Weights {
		sum2 += w * w
	}
	a.ESS = 1 / sum2
	if a.ESS < perPredictor*float64(used+1) {
		return nil, ErrTooFew
	}
	slopes, err := regress(x, r.Particles, a.Weights)
	if err != nil {
		return nil, err
	}
	var moved mat.Dense
	moved.Mul(x.Slice(0, n, 1, used+1), slopes.Slice(1, used+1, 0, len(r.Particles[0])))
	for i, z := range r.Particles {
		row := make([]float64, len(z))
		for j := range z {
			row[j] = z[j] - moved.At(i, j)
		}
		a.Particles = append(a.Particles, row)
	}
	return a, nil
}

// perPredictor is the effective number of particles that each statistic asks for: with
// fewer the regression fits their noise, and what it leaves is too narrow. k predictors
// on m particles take about k/m of the variance of a coordinate that they say nothing of.
const perPredictor = 10

// ErrTooFew says that a result has fewer than ten effective particles for each
// statistic, which no regression should be built on.
var ErrTooFew = errors.New("too few particles are left for a correction of their distance: take more, or a higher threshold")

// kernel weighs particles by their distance, which the last threshold bounds.
func (r *Result) kernel() []float64 {
	out := make([]float64, len(r.Weights))
	total := 0.0
	for i, w := range r.Weights {
		u := r.Distances[i] / r.Epsilon
		out[i] = w * math.Max(1-u*u, 1e-9)
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

// predictors are a column of ones and, for each statistic that takes part, its
// difference from the observed value in scales.
func (r *Result) predictors(observed []float64) (x *mat.Dense, used int) {
	var columns [][]float64
	for k, y := range observed {
		if math.IsNaN(y) {
			continue
		}
		column, varies := r.difference(k, y)
		if varies {
			columns = append(columns, column)
		}
	}
	x = mat.NewDense(len(r.Particles), len(columns)+1, nil)
	for i := range r.Particles {
		x.Set(i, 0, 1)
		for c := range columns {
			x.Set(i, c+1, columns[c][i])
		}
	}
	return x, len(columns)
}

func (r *Result) difference(k int, y float64) (column []float64, varies bool) {
	mean, n := 0.0, 0.0
	for _, s := range r.Stats {
		if !math.IsNaN(s[k]) {
			mean += s[k]
			n++
		}
	}
	if n == 0 {
		return nil, false
	}
	mean /= n
	column = make([]float64, len(r.Stats))
	for i, s := range r.Stats {
		v := s[k]
		if math.IsNaN(v) {
			v = mean
		}
		column[i] = (v - y) / r.Scales[k]
		varies = varies || column[i] != column[0]
	}
	return column, varies
}

// regress returns the slopes of a weighted least-squares fit, [predictor][coordinate].
// A ridge of a ten-thousandth of the mean square keeps predictors that say the same
// apart.
func regress(x *mat.Dense, z [][]float64, w []float64) (*mat.Dense, error) {
	n, p := x.Dims()
	weighted := mat.NewDense(n, p, nil)
	y := mat.NewDense(n, len(z[0]), nil)
	for i := range n {
		for c := range p {
			weighted.Set(i, c, w[i]*x.At(i, c))
		}
		y.SetRow(i, z[i])
	}
	var square, right mat.Dense
	square.Mul(weighted.T(), x)
	right.Mul(weighted.T(), y)
	gram := mat.NewSymDense(p, nil)
	for a := range p {
		for b := a; b < p; b++ {
			gram.SetSym(a, b, square.At(a, b))
		}
		if a > 0 {
			gram.SetSym(a, a, gram.At(a, a)*(1+1e-4))
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(gram) {
		return nil, errors.New("the statistics of the particles say the same: no correction of their distance can be made")
	}
	slopes := mat.NewDense(p, len(z[0]), nil)
	if err := factor.SolveTo(slopes, &right); err != nil {
		return nil, err
	}
	return slopes, nil
}
