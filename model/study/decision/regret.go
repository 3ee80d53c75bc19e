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

// arms are the net benefits of all arms by draw, the baseline's first, which are 0.
func arms(list []shrunken, draws func(*shrunken) []float64) (out [][]float64) {
	for i := range list {
		out = append(out, draws(&list[i]))
	}
	return append([][]float64{make([]float64, len(out[0]))}, out...)
}

func whole(s *shrunken) []float64 { return s.draws }

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

// regrets are those of all arms; the errors of the means are from leaving out one group of draws after
// the other.
func regrets(list []shrunken) (out []Regret) {
	all := arms(list, whole)
	means := make([][]float64, len(all))
	for group := range stat.Groups {
		part := arms(list, func(s *shrunken) []float64 { return s.without(group) })
		for a := range part {
			means[a] = append(means[a], average(regretOf(part, a)))
		}
	}
	for a := range all {
		x := regretOf(all, a)
		tenth := max(1, len(x)/10)
		_, variance := spread(means[a])
		out = append(out, Regret{Mean: average(x), P90: stat.Quantile(x, 0.9), Worst: average(x[len(x)-tenth:]),
			Half: z95 * float64(stat.Groups-1) * math.Sqrt(variance/float64(stat.Groups))})
	}
	return out
}
