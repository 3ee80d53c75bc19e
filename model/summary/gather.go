package summary

import "github.com/misstep/misstep/model/experiment"

// gather reads n things in the sums of every draw: by thing, by draw. What a reading gives must not
// point into the sums.
func gather[T, V any](sums *experiment.ByDraw[T], n int, of func(sums *T, i int) V) [][]V {
	out := make([][]V, n)
	for i := range out {
		out[i] = make([]V, sums.Len())
	}
	for d, x := range sums.All() {
		for i := range out {
			out[i][d] = of(x, i)
		}
	}
	return out
}

// columns turns a list of moments in the sums of every draw, which must not lie in the sums, into one of all draws for
// each.
func columns[T any](sums *experiment.ByDraw[T], of func(*T) []experiment.Moments) (out [][]*experiment.Moments) {
	for d, x := range sums.All() {
		list := of(x)
		if out == nil {
			out = make([][]*experiment.Moments, len(list))
			for i := range out {
				out[i] = make([]*experiment.Moments, sums.Len())
			}
		}
		for i := range list {
			out[i][d] = &list[i]
		}
	}
	return out
}

// momentsOf gathers the moments of a measure in every draw.
func momentsOf(s *experiment.Sums, contrast, measure int) []*experiment.Moments {
	return gather(s.Contrasts[contrast], 1, func(x *experiment.ContrastSums, _ int) *experiment.Moments {
		m := x.Measures[measure]
		return &m
	})[0]
}
