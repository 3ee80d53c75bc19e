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
// spread, the result is exact at any threshold but for the error of its slopes, by
// which residuals are stretched: the sample is as wide as a prediction from it.
//
// With k statistics a threshold that takes no correction has to match k numbers that
// are noisy by themselves, of which hardly any simulation is capable when k is 30.
//
// observed are the statistics that the result was run on. Those that are NaN or do
// not vary take no part; a NaN among the simulated stands for their mean. The error
// says that there are too few particles for a regression.
func (r *Result) Adjust(observed []float64) (*Adjusted, error) {
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
	f, err := regress(x, r.Particles, a.Weights)
	if err != nil {
		return nil, err
	}
	for i, z := range r.Particles {
		row := make([]float64, len(z))
		for j := range z {
			row[j] = f.coefficients.At(0, j) + f.stretch[i]*(z[j]-f.fitted.At(i, j))
		}
		a.Particles = append(a.Particles, row)
	}
	return a, nil
}

// perPredictor is the effective number of particles that each statistic asks for: with
// fewer the error of the slopes is as large as what is left to correct.
const perPredictor = 3

// ErrTooFew says that a result has fewer than three effective particles for each
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

// regression is a weighted least-squares fit of all coordinates on the statistics.
type regression struct {
	coefficients *mat.Dense // [predictor][coordinate]; the first row is the fit at the observed statistics
	fitted       *mat.Dense // [particle][coordinate]
	stretch      []float64  // [particle] by which a residual is multiplied
}

// regress fits z on x. A ridge of a ten-thousandth of the mean square keeps
// predictors that say the same apart.
func regress(x *mat.Dense, z [][]float64, w []float64) (*regression, error) {
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
	f := &regression{coefficients: mat.NewDense(p, len(z[0]), nil), fitted: new(mat.Dense)}
	if err := factor.SolveTo(f.coefficients, &right); err != nil {
		return nil, err
	}
	f.fitted.Mul(x, f.coefficients)
	var err error
	f.stretch, err = stretches(x, weighted, w, &factor)
	return f, err
}

// stretches are the factors that give the residuals of a regression the spread of
// its prediction. A fit follows the noise of the particles it was made from: where
// the errors have variance σ², the residual of particle i has σ²·v_i with
//
//	v_i = 1 − 2 w_i x_i′A x_i + x_i′A B A x_i, A = (X′WX)⁻¹, B = X′W²X
//
// and the error of the fit at the observed statistics, which are the origin, has
// σ²·v_0 with v_0 = (A B A)_00. A new value about that fit varies by σ²·(1 + v_0), so
// the factor is √((1 + v_0)/v_i): a prediction interval, of which the small sample
// pays for the slopes that it had to estimate.
func stretches(x, weighted *mat.Dense, w []float64, factor *mat.Cholesky) ([]float64, error) {
	n, p := x.Dims()
	var a mat.SymDense
	if err := factor.InverseTo(&a); err != nil {
		return nil, err
	}
	var b, ab, spread, lever, error2 mat.Dense
	b.Mul(weighted.T(), weighted)
	ab.Mul(&a, &b)
	spread.Mul(&ab, &a)
	lever.Mul(x, &a)
	error2.Mul(x, &spread)
	ahead := 1 + spread.At(0, 0)
	out := make([]float64, n)
	for i := range n {
		h, e := 0.0, 0.0
		for c := range p {
			h += w[i] * lever.At(i, c) * x.At(i, c)
			e += error2.At(i, c) * x.At(i, c)
		}
		out[i] = math.Sqrt(ahead / max(1-2*h+e, leastVariance))
	}
	return out, nil
}

// leastVariance bounds the share of an error that a residual is taken to show: a
// particle that the fit goes through shows nothing.
const leastVariance = 0.01
