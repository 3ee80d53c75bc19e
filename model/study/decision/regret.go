package decision

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/stat"
)

// Regret is by how much the best arm of a draw is better than an arm, over draws, in the unit of the net
// benefit.
type Regret struct {
	Mean  float64 `json:"mean"`
	P90   float64 `json:"p90"`         // in nine draws of ten it is at most this
	Worst float64 `json:"worst_tenth"` // its mean over the tenth of the draws in which it is largest
	Half  float64 `json:"half_width"`  // of the 95 % interval of the mean
}

// groups are those of draws of which the jackknife leaves out one after the other.
const groups = 20

// arms are the net benefits of all arms by draw, the baseline's first, which are 0.
func arms(list []benefit) [][]float64 {
	out := [][]float64{make([]float64, len(list[0].value))}
	for _, b := range list {
		out = append(out, b.shrunken())
	}
	return out
}

// chosen is the arm with the highest mean.
func chosen(arms [][]float64) int {
	best := 0
	for a := range arms {
		if average(arms[a]) > average(arms[best]) {
			best = a
		}
	}
	return best
}

// most is the net benefit of the best arm in each draw.
func most(arms [][]float64) []float64 {
	out := slices.Clone(arms[0])
	for _, x := range arms[1:] {
		for d := range out {
			out[d] = max(out[d], x[d])
		}
	}
	return out
}

// regretOf is the regret of an arm by draw, ascending.
func regretOf(arms [][]float64, arm int) []float64 {
	out := most(arms)
	for d := range out {
		out[d] -= arms[arm][d]
	}
	slices.Sort(out)
	return out
}

// regrets are those of all arms.
func regrets(list []benefit) (out []Regret) {
	all := arms(list)
	for a := range all {
		x := regretOf(all, a)
		tenth := max(1, len(x)/10)
		out = append(out, Regret{Mean: average(x), P90: stat.Quantile(x, 0.9), Worst: average(x[len(x)-tenth:])})
	}
	errors := jackknife(list, func(part []benefit) (f []float64) {
		all := arms(part)
		for a := range all {
			f = append(f, average(regretOf(all, a)))
		}
		return f
	})
	for a := range out {
		out[a].Half = errors[a]
	}
	return out
}

// jackknife is the half-width of the 95 % interval of each number that f makes of the draws, from
// leaving out one group of draws after the other.
func jackknife(list []benefit, f func([]benefit) []float64) []float64 {
	n := len(list[0].value)
	g := min(groups, n)
	var values [][]float64
	for without := range g {
		var keep []int
		for d := range n {
			if d%g != without {
				keep = append(keep, d)
			}
		}
		part := make([]benefit, len(list))
		for i, b := range list {
			part[i] = b.of(keep)
		}
		for k, x := range f(part) {
			if without == 0 {
				values = append(values, nil)
			}
			values[k] = append(values[k], x)
		}
	}
	out := make([]float64, len(values))
	for k, x := range values {
		_, variance := spread(x)
		out[k] = float64(z95 * float64(g-1) * math.Sqrt(variance/float64(g)))
	}
	return out
}
