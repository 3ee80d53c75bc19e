package chart

import (
	"cmp"
	"slices"
)

// Stack moves the middles of labels of these heights apart so that they do not overlap
// and lie between lo and hi, where that has room for them. They keep the order of want,
// and labels that do not touch stay where they wanted to be. The labels of a crowd move
// as little as possible in squares, by pooling adjacent violators (Ayer and others 1955).
func Stack(want, heights []float64, lo, hi float64) []float64 {
	total := 0.0
	for _, h := range heights {
		total += h
	}
	shrink := 1.0
	if total > hi-lo && total > 0 {
		shrink = max(hi-lo, 0) / total
	}
	order := make([]int, len(want))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
	// With z = x less the middle in a stack without gaps, the task is the nearest non-decreasing sequence.
	type pool struct{ sum, n float64 }
	var pools []pool
	middles, foot := make([]float64, len(order)), 0.0
	for k, i := range order {
		height := float64(heights[i] * shrink)
		middles[k] = foot + float64(height/2)
		foot += height
		pools = append(pools, pool{want[i] - middles[k], 1})
		for m := len(pools); m > 1 && pools[m-2].sum/pools[m-2].n > pools[m-1].sum/pools[m-1].n; m-- {
			pools[m-2].sum += pools[m-1].sum
			pools[m-2].n += pools[m-1].n
			pools = pools[:m-1]
		}
	}
	out := make([]float64, len(want))
	k := 0
	for _, p := range pools {
		z := min(max(p.sum/p.n, lo), hi-foot)
		for range int(p.n) {
			out[order[k]] = z + middles[k]
			k++
		}
	}
	return out
}
