package elicit

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/param"
)

// Pool is a linear pool of experts with equal weights: the mean of their distributions.
type Pool []param.Dist

// CDF is the probability that the number is x or less.
func (p Pool) CDF(x float64) float64 {
	sum := 0.0
	for _, d := range p {
		sum += d.CDF(x)
	}
	return sum / float64(len(p))
}

// Quantile is the value below which the share u lies, 0 < u < 1.
func (p Pool) Quantile(u float64) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, d := range p {
		x := d.Quantile(u)
		lo, hi = min(lo, x), max(hi, x)
	}
	for range 200 {
		x := lo + float64((hi-lo)/2)
		if x <= lo || x >= hi {
			break
		}
		if p.CDF(x) < u {
			lo = x
		} else {
			hi = x
		}
	}
	return lo + float64((hi-lo)/2)
}

// levels are the quantiles of a pool that its prior is fitted to.
var levels = []float64{.05, .25, .5, .75, .95}

// Prior is the family that comes closest to the quantiles of the pool at 5, 25, 50, 75 and 95 %, and the largest
// difference between the two distributions at any percentile, as a probability. Experts who agree are their pool.
func (p Pool) Prior(domain param.Domain) (f Fitted, apart float64, err error) {
	if !slices.ContainsFunc(p, func(d param.Dist) bool { return !d.Same(p[0]) }) {
		return Fitted{Dist: p[0]}, 0, nil
	}
	var points []Point
	for _, u := range levels {
		points = append(points, Point{p.Quantile(u), u})
	}
	if f, err = Fit(points, domain); err != nil {
		return f, 0, err
	}
	for i := 1; i < 100; i++ {
		u := float64(i) / 100
		for _, x := range [2]float64{p.Quantile(u), f.Quantile(u)} {
			apart = max(apart, math.Abs(f.CDF(x)-p.CDF(x)))
		}
	}
	return f, apart, nil
}
