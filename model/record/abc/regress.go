package abc

import (
	"errors"
	"math"
)

// leastRidge is for predictors that say the same.
const leastRidge = 1e-4

// regress fits z on x, both [particle][…], by weighted least squares, and moves each z by what the
// fit says of its x, which is 0 at the observed statistics but for the first. ridge, by predictor, times
// the mean square of the predictor is added to that, which shrinks its slopes [Hoerl1970].
func regress(x, z [][]float64, w, ridge []float64) ([][]float64, error) {
	p, m := len(x[0]), len(z[0])
	f := newFactor(p, m)
	square := make([]float64, p)
	for i, row := range x {
		root := math.Sqrt(w[i])
		f.add(scaled(row, root), scaled(z[i], root))
		for c, v := range row {
			square[c] += float64(w[i] * v * v)
		}
	}
	for c := 1; c < p; c++ {
		row := make([]float64, p)
		row[c] = math.Sqrt(max(ridge[c], leastRidge) * square[c])
		f.add(row, make([]float64, m))
	}
	for c := range p {
		if !(f.r[c][c] > 0) {
			return nil, errors.New("the statistics of the particles say the same: no correction of their distance can be made")
		}
	}
	coefficients, stretch := f.solve(), f.stretches(x, w)
	out := make([][]float64, len(x))
	for i, row := range x {
		out[i] = make([]float64, m)
		for c, v := range row {
			for j, b := range coefficients[c] {
				out[i][j] += float64(v * b)
			}
		}
		for j, fitted := range out[i] {
			out[i][j] = coefficients[0][j] + float64(stretch[i]*(z[i][j]-fitted))
		}
	}
	return out, nil
}

func scaled(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = v * by
	}
	return out
}

// factor is the QR factorisation of the rows that were added, of which R is kept, and
// Q′y of their right sides: least squares without normal equations.
type factor struct {
	r     [][]float64 // [predictor][predictor], upper triangular
	right [][]float64 // [predictor][coordinate]
}

func newFactor(p, m int) *factor {
	f := &factor{}
	for range p {
		f.r = append(f.r, make([]float64, p))
		f.right = append(f.right, make([]float64, m))
	}
	return f
}

// add rotates a row into R by Givens rotations [Golub2013, 5.2.5], and its right sides with it; both
// are used up.
func (f *factor) add(x, y []float64) {
	for c := range x {
		d, v := f.r[c][c], x[c]
		if v == 0 {
			continue
		}
		h := math.Sqrt(float64(d*d) + float64(v*v))
		cos, sin := d/h, v/h
		rotate(f.r[c][c:], x[c:], cos, sin)
		rotate(f.right[c], y, cos, sin)
	}
}

func rotate(a, b []float64, cos, sin float64) {
	for i, u := range a {
		v := b[i]
		a[i] = float64(cos*u) + float64(sin*v)
		b[i] = float64(cos*v) - float64(sin*u)
	}
}

func (f *factor) solve() [][]float64 {
	out := make([][]float64, len(f.r))
	for c := len(f.r) - 1; c >= 0; c-- {
		row := append([]float64(nil), f.right[c]...)
		for k := c + 1; k < len(f.r); k++ {
			for j, b := range out[k] {
				row[j] -= float64(f.r[c][k] * b)
			}
		}
		for j := range row {
			row[j] /= f.r[c][c]
		}
		out[c] = row
	}
	return out
}

// whitened returns R′⁻¹x: its square is x′(X′WX)⁻¹x.
func (f *factor) whitened(x []float64) []float64 {
	out := make([]float64, len(x))
	for c, v := range x {
		for k := range c {
			v -= float64(f.r[k][c] * out[k])
		}
		out[c] = v / f.r[c][c]
	}
	return out
}

// stretches are the factors that give the residuals of a regression the spread of its prediction. A fit
// follows the noise of its particles: where errors have variance σ², the residual of particle i has
// σ²·v_i with
//
//	v_i = 1 − 2 w_i x_i′A x_i + x_i′A B A x_i, A = (X′WX)⁻¹, B = X′W²X
//
// and the error of the fit at the observed statistics, the origin, has σ²·v_0 with v_0 = (A B A)_00. A
// new value about that fit varies by σ²·(1 + v_0), so the factor is √((1 + v_0)/v_i). With t = R′⁻¹x
// the forms are t′t and t′Ct, C = Σ w²tt′.
func (f *factor) stretches(x [][]float64, w []float64) []float64 {
	t := make([][]float64, len(x))
	c := make([][]float64, len(f.r))
	for a := range c {
		c[a] = make([]float64, len(f.r))
	}
	for i, row := range x {
		t[i] = f.whitened(row)
		for a, u := range t[i] {
			for b, v := range t[i] {
				c[a][b] += float64(w[i] * w[i] * u * v)
			}
		}
	}
	origin := make([]float64, len(f.r))
	origin[0] = 1
	ahead := 1 + form(c, f.whitened(origin))
	out := make([]float64, len(x))
	for i := range x {
		own := 0.0
		for _, u := range t[i] {
			own += float64(u * u)
		}
		out[i] = math.Sqrt(ahead / max(1-float64(2*w[i]*own)+form(c, t[i]), leastVariance))
	}
	return out
}

func form(c [][]float64, t []float64) float64 {
	sum := 0.0
	for a, u := range t {
		for b, v := range t {
			sum += float64(u * c[a][b] * v)
		}
	}
	return sum
}

// leastVariance bounds the share of an error that a residual is taken to show.
const leastVariance = 0.01
