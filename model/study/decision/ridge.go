package decision

import "math"

// ridge is a linear regression on many columns whose squared slopes cost something.
type ridge struct {
	columns [][]float64 // centred, of variance 1
	gram    [][]float64
	factors []factor // by penalty
}

// factor is the Cholesky factor of the Gram matrix with a penalty, and the degrees of freedom of the fit.
type factor struct {
	l    [][]float64
	free float64
}

// penalties are those tried, as multiples of the number of draws.
var penalties = [...]float64{0.01, 0.03, 0.1, 0.3, 1, 3, 10}

func newRidge(columns [][]float64) *ridge {
	r := &ridge{}
	for _, x := range columns {
		c := centred(x)
		if length := math.Sqrt(dot(c, c) / float64(len(c))); length > 0 {
			for d := range c {
				c[d] /= length
			}
			r.columns = append(r.columns, c)
		}
	}
	r.gram = make([][]float64, len(r.columns))
	for i := range r.columns {
		r.gram[i] = make([]float64, len(r.columns))
		for k := range i + 1 {
			r.gram[i][k] = dot(r.columns[i], r.columns[k])
			r.gram[k][i] = r.gram[i][k]
		}
	}
	for _, p := range penalties {
		r.factors = append(r.factors, r.factor(p))
	}
	return r
}

// factor makes the factor of a penalty. Its degrees of freedom are the trace of the hat matrix.
func (r *ridge) factor(penalty float64) factor {
	n := len(r.columns)
	if n == 0 {
		return factor{}
	}
	add := float64(penalty * float64(len(r.columns[0])))
	l := make([][]float64, n)
	for i := range n {
		l[i] = make([]float64, i+1)
		for k := range i + 1 {
			x := r.gram[i][k]
			if i == k {
				x += add
			}
			x -= dot(l[i][:k], l[k][:k])
			if i == k {
				l[i][i] = math.Sqrt(max(x, add*1e-12))
			} else {
				l[i][k] = x / l[k][k]
			}
		}
	}
	f := factor{l: l, free: float64(n)}
	unit := make([]float64, n)
	for i := range n { // tr H = n − penalty·tr (G + penalty)⁻¹
		clear(unit)
		unit[i] = 1
		z := f.forward(unit)
		f.free -= float64(add * dot(z, z))
	}
	return f
}

// forward solves L z = x.
func (f *factor) forward(x []float64) []float64 {
	z := make([]float64, len(x))
	for i := range x {
		z[i] = (x[i] - dot(f.l[i][:i], z[:i])) / f.l[i][i]
	}
	return z
}

// solve solves L Lᵀ b = x.
func (f *factor) solve(x []float64) []float64 {
	b := f.forward(x)
	for i := len(b) - 1; i >= 0; i-- {
		for k := i + 1; k < len(b); k++ {
			b[i] -= float64(f.l[k][i] * b[k])
		}
		b[i] /= f.l[i][i]
	}
	return b
}

func (r *ridge) biased() bool { return true }

func (r *ridge) smooth(x []float64) []float64 { return r.fit(r.factors[r.best(x)].solve(r.onto(x))) }

// onto is what each column has in common with x.
func (r *ridge) onto(x []float64) []float64 {
	out := make([]float64, len(r.columns))
	for i, c := range r.columns {
		out[i] = dot(c, x)
	}
	return out
}

// fit are the fitted values of some slopes.
func (r *ridge) fit(slopes []float64) []float64 {
	out := make([]float64, len(r.columns[0]))
	for i, c := range r.columns {
		for d, x := range c {
			out[d] += float64(slopes[i] * x)
		}
	}
	return out
}

// best is the penalty that generalised cross-validation chooses [Golub1979].
func (r *ridge) best(y []float64) (best int) {
	onto, all, least := r.onto(y), dot(y, y), math.Inf(1)
	for p := range r.factors {
		b := r.factors[p].solve(onto)
		rest := all - 2*dot(b, onto)
		for i := range b {
			rest += float64(b[i] * dot(b, r.gram[i]))
		}
		left := 1 - r.factors[p].free/float64(len(y))
		if score := rest / float64(left*left); score < least {
			best, least = p, score
		}
	}
	return best
}

func (r *ridge) predicted(y []float64) []float64 {
	y = centred(y)
	f := &r.factors[r.best(y)]
	hat, row := make([]float64, len(y)), make([]float64, len(r.columns))
	for d := range y {
		for i, x := range r.columns {
			row[i] = x[d]
		}
		z := f.forward(row)
		hat[d] = dot(z, z)
	}
	return without(r.fit(f.solve(r.onto(y))), hat, y)
}
