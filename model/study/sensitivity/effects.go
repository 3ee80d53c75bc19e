package sensitivity

import (
	"math"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/stat"
)

// Index is an estimate with its 95 % bootstrap interval.
type Index struct{ Value, Low, High float64 }

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
	return Index{of(resamples[0]), low, high}
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

// effectsOf are the effects at some points, on all draws, then on [bootstraps] resamples
// of them, which are the same at every point.
func effectsOf(points []Draws, rep random.Replicate) [][]float64 {
	picked := firstOf(len(points[0]))
	out := make([][]float64, 1+bootstraps)
	for b := range out {
		if b > 0 {
			resample(picked, rep, "breakeven.bootstrap", b)
		}
		for _, d := range points {
			out[b] = append(out[b], d.Effect(picked))
		}
	}
	return out
}

// firstOf lists 0 … n−1.
func firstOf(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
