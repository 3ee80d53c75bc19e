package decision

import (
	"math"

	"github.com/misstep/misstep/model/stat"
)

// knots of a natural cubic spline with four columns, and with two, on (0, 1): where Harrell (2015) puts
// them.
var knots = map[int][]float64{4: {0.05, 0.275, 0.5, 0.725, 0.95}, 2: {0.1, 0.5, 0.9}, 1: nil}

// basis are the columns of a natural cubic spline in the ranks of some values: straight beyond the
// outer knots, so that no few draws at an end make it swing. A number that is the same in all draws
// has none.
func basis(values []float64, columns int) [][]float64 {
	n := float64(len(values))
	u := stat.Ranks(values)
	flat := true
	for d, x := range u {
		flat = flat && x == 0
		u[d] = (x + float64(n/2)) / n
	}
	if flat {
		return nil
	}
	out := [][]float64{u}
	t := knots[columns]
	for j := 0; j < len(t)-2; j++ {
		a, b := t[len(t)-2], t[len(t)-1]
		col := make([]float64, len(u))
		for d, x := range u {
			col[d] = cube(x-t[j]) - float64(cube(x-a)*((b-t[j])/(b-a))) + float64(cube(x-b)*((a-t[j])/(b-a)))
		}
		out = append(out, col)
	}
	return out
}

func cube(x float64) float64 {
	x = max(0, x)
	return float64(x * x * x)
}

// orthonormal makes columns centred, of length 1 and at right angles to each other; those that others
// have the say of are left out.
func orthonormal(columns [][]float64) (out [][]float64) {
	const independent = 1e-6
	for _, x := range columns {
		mean, before := average(x), 0.0
		q := make([]float64, len(x))
		for d := range x {
			q[d] = x[d] - mean
			before += float64(q[d] * q[d])
		}
		for range 2 { // once more, for what rounding left
			for _, o := range out {
				by := dot(o, q)
				for d := range q {
					q[d] -= float64(by * o[d])
				}
			}
		}
		if after := dot(q, q); after > independent*independent*before && after > 0 {
			length := math.Sqrt(after)
			for d := range q {
				q[d] /= length
			}
			out = append(out, q)
		}
	}
	return out
}

// dot is Σxy. Four sums side by side keep a processor busy; their order is part of the result.
func dot(x, y []float64) float64 {
	y = y[:len(x)]
	var a, b, c, d float64
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += float64(x[i] * y[i])
		b += float64(x[i+1] * y[i+1])
		c += float64(x[i+2] * y[i+2])
		d += float64(x[i+3] * y[i+3])
	}
	for ; i < len(x); i++ {
		a += float64(x[i] * y[i])
	}
	return a + b + (c + d)
}

// centred are values less their mean.
func centred(x []float64) []float64 {
	mean, out := average(x), make([]float64, len(x))
	for d := range x {
		out[d] = x[d] - mean
	}
	return out
}

// projector is the regression on orthonormal columns.
type projector [][]float64

func (p projector) biased() bool { return false }

func (p projector) smooth(x []float64) []float64 {
	fit := make([]float64, len(x))
	for _, q := range p {
		by := dot(q, x)
		for d := range fit {
			fit[d] += float64(by * q[d])
		}
	}
	return fit
}

func (p projector) predicted(y []float64) []float64 {
	y = centred(y)
	hat := make([]float64, len(y))
	for _, q := range p {
		for d := range hat {
			hat[d] += float64(q[d] * q[d])
		}
	}
	return without(p.smooth(y), hat, y)
}

// without takes the say that each draw had in its own fitted value out of it.
func without(fit, hat, y []float64) []float64 {
	for d := range fit {
		if hat[d] < 1-1e-9 {
			fit[d] = (fit[d] - float64(hat[d]*y[d])) / (1 - hat[d])
		} else {
			fit[d] = 0
		}
	}
	return fit
}
