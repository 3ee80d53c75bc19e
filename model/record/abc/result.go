package abc

import "github.com/misstep/misstep/model/stat"

// End says why a run ended.
type End string

// The ends.
const (
	EndSchedule    End = "the schedule is done"
	EndGenerations End = "the generations are used up"
	EndAcceptance  End = "too few moves are accepted"
	EndSimulations End = "the simulations are used up"
	EndStuck       End = "too few particles are nearer than the last threshold"
)

// Result is an approximation of the posterior: particles with weights, all within
// Epsilon of the observed statistics.
type Result struct {
	Particles [][]float64 // [particle][coordinate] z, distinct
	Stats     [][]float64 // [particle][statistic] of the one data set that the particle carries
	Distances []float64   // [particle] at Scales; ≤ Epsilon
	Weights   []float64   // [particle] multiplicity over the size of the population; sum 1

	Epsilon float64
	Scales  []float64 // [statistic] of the distance
	// earlier thresholds, at other scales, that do not contain the last one; 0 after enough generations with fixed scales
	Binding     int
	Generations []Generation
	Simulations int
	End         End

	Corrected bool // whether particles and weights are those of Adjust

	ESS       float64   // (Σw)² / Σw² over distinct particles
	FamilyESS FamilyESS // the population's, corrected for kinship; the one to quote

	Prior  Sample // of the pilot, the first priorKept with a data set
	Failed int    // simulations of the pilot without a data set
}

// Generation is one threshold: resampling, then moves.
type Generation struct {
	Epsilon     float64 // threshold
	Acceptance  float64 // share of moves accepted
	Moves       int     // of each particle
	Simulations int     // of all particles
	Beta        float64 // scale of the proposals
	Survivors   int     // particles within the threshold before resampling
	Distinct    int     // particles after the moves
}

// Sample is what the prior says: independent draws.
type Sample struct {
	Particles [][]float64 // [draw][coordinate] z
	Stats     [][]float64 // [draw][statistic]; NaN: not defined
}

func upTo(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}

func (s *sampler) result(end End) *Result {
	p, b := s.current, s.region.last()
	rows, count := p.distinct()
	r := &Result{
		Particles: take(p.z, s.dims, rows), Stats: take(p.stats, s.perRow, rows),
		Epsilon: b.Eps, Scales: b.Scales, Binding: len(s.region) - 1,
		Generations: s.generations, Simulations: s.simulations, End: end,
		FamilyESS: p.familyESS(s.o.Coordinates), Prior: s.prior, Failed: s.failed,
	}
	for i, c := range count {
		r.Weights = append(r.Weights, c/float64(p.len()))
		r.Distances = append(r.Distances, b.metrics.distance(r.Stats[i]))
	}
	r.ESS = 1 / stat.Concentration(r.Weights)
	return r
}
