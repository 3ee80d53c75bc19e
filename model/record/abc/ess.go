package abc

import "slices"

// FamilyESS is the number of independent draws that a population is worth to the mean of a coordinate:
// in the median coordinate and in the worst. Kinship older than two resamplings is not seen; where one
// move in fifty is accepted over many generations, runs differ as for about half of it.
type FamilyESS struct{ Median, Min float64 }

// familyESS summarises over the given coordinates; none: all. A family are the
// particles that descend from the same particle at the resampling before last. The
// moves since have to have forgotten it; where they have not, kin are alike.
func (p *population) familyESS(coordinates []int) FamilyESS {
	if len(coordinates) == 0 {
		coordinates = upTo(p.dims)
	}
	members := make(map[uint64]int, p.len())
	group := make([]int, p.len())
	for i, f := range p.family {
		at, known := members[f]
		if !known {
			at = len(members)
			members[f] = at
		}
		group[i] = at
	}
	values := make([]float64, p.len())
	ess := make([]float64, 0, len(coordinates))
	for _, j := range coordinates {
		for i := range values {
			values[i] = p.z[i*p.dims+j]
		}
		ess = append(ess, clusterESS(values, group, len(members)))
	}
	least := slices.Min(ess)
	return FamilyESS{Median: median(ess), Min: least}
}

// clusterESS returns N / (1 + (m − 1)·ICC) of N values in groups: m = Σ m_i² / N is the mean size of a
// value's group [Kish1965], ICC the one-way ANOVA estimate of the intraclass correlation [Donner1986],
// within 0 … 1. One group, or values that are all equal, count as one draw.
func clusterESS(x []float64, group []int, groups int) float64 {
	n := float64(len(x))
	size, mean := make([]float64, groups), make([]float64, groups)
	grand := 0.0
	for i, v := range x {
		size[group[i]]++
		mean[group[i]] += v
		grand += v / n
	}
	squares, between, within := 0.0, 0.0, 0.0
	for g, m := range size {
		mean[g] /= m
		squares += float64(m * m)
		between += float64(m * (mean[g] - grand) * (mean[g] - grand))
	}
	for i, v := range x {
		within += float64((v - mean[group[i]]) * (v - mean[group[i]]))
	}
	k := float64(groups)
	if groups == 1 || between+within == 0 {
		return 1
	}
	if groups == len(x) {
		return n
	}
	between, within = between/(k-1), within/(n-k)
	typical := (n - squares/n) / (k - 1)
	icc := min(1, max(0, (between-within)/(between+float64((typical-1)*within))))
	return n / (1 + float64((squares/n-1)*icc))
}
