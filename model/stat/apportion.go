package stat

import (
	"cmp"
	"math"
	"slices"
)

// Apportion turns shares ≥ 0 into whole numbers that add up to n, by largest remainders: equal ones go to those that
// come first. All are 0 where the shares are.
func Apportion(shares []float64, n int) []int {
	total := 0.0
	for _, v := range shares {
		total += v
	}
	out, rest := make([]int, len(shares)), make([]float64, len(shares))
	if total == 0 {
		return out
	}
	left, order := n, make([]int, len(shares))
	for i, v := range shares {
		exact := float64(float64(n) * (v / total))
		out[i], order[i] = int(exact), i
		rest[i] = math.Round((exact-float64(out[i]))*1e9) / 1e9
		left -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, i := range order[:max(left, 0)] {
		out[i]++
	}
	return out
}
