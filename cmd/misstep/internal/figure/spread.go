package figure

import (
	"cmp"
	"slices"
)

// spread moves labels apart: the result keeps the order of want, no two labels are
// closer than gap, all lie in [lo, hi] where that has room, and labels that do not
// touch stay where they wanted to be. The labels of a crowd move as little as
// possible in squares, by pooling adjacent violators (Ayer and others 1955).
func spread(want []float64, gap, lo, hi float64) []float64 {
	n := len(want)
	if n == 0 {
		return nil
	}
	if room := hi - lo; room < gap*float64(n-1) {
		gap = max(room, 0) / float64(n-1)
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
	// With z_k = x_k − k·gap the task is the nearest non-decreasing sequence.
	type pool struct{ sum, n float64 }
	var pools []pool
	for k, i := range order {
		pools = append(pools, pool{want[i] - float64(k)*gap, 1})
		for m := len(pools); m > 1 && pools[m-2].sum/pools[m-2].n > pools[m-1].sum/pools[m-1].n; m-- {
			pools[m-2].sum += pools[m-1].sum
			pools[m-2].n += pools[m-1].n
			pools = pools[:m-1]
		}
	}
	out := make([]float64, n)
	k := 0
	for _, p := range pools {
		z := min(max(p.sum/p.n, lo), hi-float64(n-1)*gap)
		for range int(p.n) {
			out[order[k]] = z + float64(k)*gap
			k++
		}
	}
	return out
}
