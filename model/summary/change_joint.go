package summary

import (
	"math"
)

// joint holds the sums of an eight-vector over replicates: numerator and denominator
// in the baseline and in the treatment of a run, and the same of another run.
type joint struct {
	n   float64
	sum [8]float64
	sq  [8][8]float64 // upper triangle
}

func (j *joint) add(x [8]float64) {
	j.n++
	for i := range x {
		j.sum[i] += x[i]
		for k := i; k < 8; k++ {
			j.sq[i][k] += float64(x[i] * x[k])
		}
	}
}

// Quadratic is gᵀ C g with C the covariance within the draw. What rounding leaves of
// terms that cancel is no variance.
func (j *joint) Quadratic(g [8]float64) float64 {
	const rounding = 1e-12
	if j.n < 2 {
		return 0
	}
	sum, size := 0.0, 0.0
	for i := range g {
		for k := i; k < 8; k++ {
			x := g[i] * g[k] * (j.sq[i][k] - j.sum[i]*j.sum[k]/j.n) / (j.n - 1)
			if k > i {
				x *= 2
			}
			sum += x
			size += math.Abs(x)
		}
	}
	if sum <= rounding*size {
		return 0
	}
	return sum
}

// combined is the weighted sum of the four ratios at a mean, with its gradient. It is
// not defined where a ratio that counts has no denominator. Each run is summed by
// itself, so that equal runs leave exactly nothing.
func combined(mean [8]float64, w [4]float64) (value float64, g [8]float64, ok bool) {
	var run [2]float64
	for i, by := range w {
		if by == 0 {
			continue
		}
		den := mean[2*i+1]
		if den == 0 {
			return 0, [8]float64{}, false
		}
		r := mean[2*i] / den
		run[i/2] += float64(by * r)
		g[2*i], g[2*i+1] = by/den, -by*r/den
	}
	return run[1] + run[0], g, true
}

func (j *joint) Size() float64 { return j.n }

func (j *joint) Mean() [8]float64 {
	out := j.sum
	for i := range out {
		out[i] /= j.n
	}
	return out
}

func totalOf(draws []*joint) *joint {
	var total joint
	for _, d := range draws {
		total.n += d.n
		for i, x := range d.sum {
			total.sum[i] += x
		}
	}
	return &total
}

// changeOf estimates a change, and what it shows.
func changeOf(draws []*joint, w [4]float64, factor float64, free bool) (e Estimate, shown Verdict, ok bool) {
	e, s, ok := pooled(draws, totalOf(draws),
		func(mean [8]float64) (float64, [8]float64, bool) { return combined(mean, w) }, factor, free)
	if !ok {
		return e, Unclear, false
	}
	return e, s.Verdict(e, 0, free), true
}
