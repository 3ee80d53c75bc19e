package decision

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/stat"
)

// Best is by how much an arm is better than the best of the others, on the mean over draws: Hsu's
// constrained 95 % interval, which holds for all arms at once. Where High is 0 the arm is not the best,
// where Low is 0 it is.
type Best struct {
	Low  float64 `json:"low"`  // ≤ 0
	High float64 `json:"high"` // ≥ 0
}

// bestOf compares every arm, of which the first is the baseline, with the best of the others: multiple
// comparisons with the best [Hsu1996], on differences paired by draw.
func bestOf(list []benefit) []Best {
	arms := [][]float64{make([]float64, len(list[0].value))}
	for _, b := range list {
		arms = append(arms, b.value)
	}
	k := len(arms)
	margin := make([][]pairing, k) // by arm, of it over each other
	for i := range k {
		margin[i] = pairings(arms, i)
	}
	var possible []int
	out := make([]Best, k)
	for i := range k {
		high := math.Inf(1)
		for j, x := range margin[i] {
			if j != i {
				high = min(high, x.mean+x.half)
			}
		}
		if out[i].High = max(0, high); high > 0 {
			possible = append(possible, i)
		}
	}
	for i := range k {
		for _, j := range possible {
			if j != i {
				out[i].Low = min(out[i].Low, margin[i][j].mean-margin[j][i].half)
			}
		}
	}
	return out
}

// pairing is the mean difference of two arms and its half-width.
type pairing struct{ mean, half float64 }

// pairings are the differences of an arm over each other, with half-widths that hold for all of them at
// once, to one side.
func pairings(arms [][]float64, i int) []pairing {
	var scaled [][]float64
	out, n := make([]pairing, len(arms)), float64(len(arms[0]))
	for j := range arms {
		if j == i {
			continue
		}
		difference := make([]float64, len(arms[j]))
		for d := range difference {
			difference[d] = arms[i][d] - arms[j][d]
		}
		mean, variance := spread(difference)
		out[j] = pairing{mean, math.Sqrt(variance / n)}
		if variance > 0 {
			for d := range difference {
				difference[d] = (difference[d] - mean) / math.Sqrt(float64(variance*(n-1)))
			}
			scaled = append(scaled, difference)
		}
	}
	by := critical(scaled)
	for j := range out {
		out[j].half *= by
	}
	return out
}

// critical is the 95 % quantile of the largest of some normal variables that are correlated as samples
// of length 1 are (Dunnett's, for any correlation): by simulation, at addresses of its own.
func critical(samples [][]float64) float64 {
	const sampled = 10_000
	if len(samples) < 2 {
		return elem.NormalQuantile(0.95)
	}
	r := &ridge{gram: make([][]float64, len(samples)), columns: samples}
	for i := range samples {
		for k := range samples {
			r.gram[i] = append(r.gram[i], dot(samples[i], samples[k]))
		}
	}
	f := r.factor(1e-9 / float64(len(samples[0])))
	rep := random.NewSource(random.Mix, 0).Replicate(1)
	key := random.Stream(random.NameHash("decision"), random.Shuffle)
	top, z := make([]float64, sampled), make([]float64, len(samples))
	for s := range top {
		for i := range z {
			z[i] = rep.Normal(key, s*len(z)+i)
		}
		top[s] = math.Inf(-1)
		for i := range z {
			top[s] = max(top[s], dot(f.l[i], z[:i+1]))
		}
	}
	slices.Sort(top)
	return stat.Quantile(top, 0.95)
}
