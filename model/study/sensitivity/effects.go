package sensitivity

import (
	"math"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/stat"
)

// bootstraps is the number of resamples behind an interval.
const bootstraps = 400

// resample fills picked with as many numbers below its length, drawn with replacement:
// resample b at the address of a name.
func resample(picked []int, rep random.Replicate, name string, b int) {
	key := random.Stream(random.NameHash(name), random.Shuffle)
	for i := range picked {
		picked[i] = int(rep.Uniform(key, b*len(picked)+i) * float64(len(picked)))
	}
}

// indexOf reads a number off a first value, with the central 95 % of what the others,
// its resamples, say where they say a number.
func indexOf[T any](resamples []T, of func(T) float64) Index {
	var known []float64
	for _, r := range resamples[1:] {
		if x := of(r); !math.IsNaN(x) {
			known = append(known, x)
		}
	}
	low, high := stat.Central95(known)
	return Index{of(resamples[0]), End(low), End(high)}
}

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
	return s[2]/s[3] - s[0]/s[1]
}

// resampled are the effects at some points, over all draws and then over [bootstraps]
// resamples of them, which are the same at every point, and the interval of each point.
func resampled(points []Draws, rep random.Replicate) (effects [][]float64, intervals []Index) {
	picked := firstOf(len(points[0]))
	for b := range 1 + bootstraps {
		if b > 0 {
			resample(picked, rep, "breakeven.bootstrap", b)
		}
		var row []float64
		for _, p := range points {
			row = append(row, p.Effect(picked))
		}
		effects = append(effects, row)
	}
	for i := range points {
		intervals = append(intervals, indexOf(effects, func(row []float64) float64 { return row[i] }))
	}
	return effects, intervals
}

// firstOf lists 0 … n−1.
func firstOf(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
