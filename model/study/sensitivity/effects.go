package sensitivity

import (
	"math"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/stat"
)

// Sums are numerator and denominator of a measure in the baseline, then in the
// treatment, over the replicates of one parameter draw.
type Sums [4]float64

// Draws are the sums of every draw at one point; the same position is the same draw at
// every point.
type Draws []Sums

// Effect is treatment minus baseline over some draws, which may repeat: the
// difference of two ratios of sums. It is NaN where a denominator is 0.
func (d Draws) Effect(draws []int) float64 {
	var s Sums
	for _, i := range draws {
		for k := range s {
			s[k] += d[i][k]
		}
	}
	return s.Effect()
}

// Effect is treatment minus baseline.
func (s Sums) Effect() float64 { return s[2]/s[3] - s[0]/s[1] }

// resamples lists draws: first all of them in order, then [bootstraps] resamples with
// replacement, the same for every point.
func resamples(draws int, rep random.Replicate) [][]int {
	out := make([][]int, 1+bootstraps)
	key := random.Stream(random.NameHash("breakeven.bootstrap"), random.Shuffle)
	for b := range out {
		out[b] = make([]int, draws)
		for i := range out[b] {
			out[b][i] = i
			if b > 0 {
				out[b][i] = int(rep.Uniform(key, b*draws+i) * float64(draws))
			}
		}
	}
	return out
}

// resampled are the effects at some points, over all draws and then over each resample of
// them, and the interval of each point.
func resampled(points []Draws, rep random.Replicate) (effects [][]float64, intervals []Index) {
	for _, picked := range resamples(len(points[0]), rep) {
		row := make([]float64, len(points))
		for i, p := range points {
			row[i] = p.Effect(picked)
		}
		effects = append(effects, row)
	}
	for i := range points {
		column := make([]float64, len(effects))
		for b := range effects {
			column[b] = effects[b][i]
		}
		intervals = append(intervals, interval(column))
	}
	return effects, intervals
}

// interval is a first value with the central 95 % of the others that are numbers.
func interval(values []float64) Index {
	var known []float64
	for _, x := range values[1:] {
		if !math.IsNaN(x) {
			known = append(known, x)
		}
	}
	low, high := stat.Central95(known)
	return Index{values[0], End(low), End(high)}
}
