package abc

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

// A Metropolis–Hastings step proposes
//
//	z'_j = √(1 − β²) z_j + β ξ_j,   ξ_j ~ N(0, 1)
//
// for the coordinates j of a random subset and leaves the others: preconditioned
// Crank–Nicolson [Cotter2013]. The proposal is reversible for N(0, I), so the step
// accepts exactly when the data set simulated at z' lies in the region.

// shares are the probabilities with which a coordinate is in the subset, of which each step draws one.
// An empty subset is given one coordinate.
var shares = [...]float64{1.0 / 8, 1.0 / 4, 1.0 / 2, 1}

// paces multiply the scale β of the generation, one a step.
var paces = [...]float64{0.5, 1, 2}

const (
	firstBeta        = 0.5
	lowestBeta       = 0.02
	firstAcceptance  = 0.25  // assumed for the number of steps of generation 1
	targetAcceptance = 0.234 // of a random walk in many dimensions [Roberts1997]
	unmoved          = 0.01  // expected share of particles that no step moves
)

// movesFor returns the steps after which a particle has stood still with
// probability 0.01 if each is accepted at the given rate [Drovandi2011]; 1 … most.
func movesFor(acceptance float64, most int) int {
	n := math.Ceil(elem.Log(unmoved) / elem.Log1p(-acceptance))
	if !(n < float64(most)) {
		return most
	}
	return max(1, int(n))
}

type counts struct{ tried, accepted [len(paces)]int }

func (c *counts) add(o *counts) {
	for i := range c.tried {
		c.tried[i] += o.tried[i]
		c.accepted[i] += o.accepted[i]
	}
}

// rate returns the share accepted at pace i; 0 without a try.
func (c *counts) rate(i int) float64 { return float64(c.accepted[i]) / float64(max(1, c.tried[i])) }

func (c *counts) total() float64 {
	tried, accepted := 0, 0
	for i := range c.tried {
		tried, accepted = tried+c.tried[i], accepted+c.accepted[i]
	}
	return float64(accepted) / float64(max(1, tried))
}

// nextBeta moves the scale towards the target acceptance. It does not shrink when steps of half the
// size are accepted hardly more often: then the noise of one data set rejects, and small steps would
// keep families together.
func nextBeta(beta float64, c *counts) float64 {
	a := c.total()
	if a < targetAcceptance && c.rate(0) > 0 && c.rate(0) < 1.2*c.rate(1) {
		return beta
	}
	return min(1, max(lowestBeta, beta*elem.Exp(3*(a-targetAcceptance))))
}

// propose writes a proposal from z and returns the index of its pace.
func propose(rep *random.Replicate, beta float64, z, to []float64) int {
	pace := int(rep.Uniform(kernelKey, 0) * float64(len(paces)))
	share := shares[int(rep.Uniform(kernelKey, 1)*float64(len(shares)))]
	beta = min(1, beta*paces[pace])
	keep := math.Sqrt(1 - float64(beta*beta))
	moved := false
	for j, old := range z {
		to[j] = old
		if rep.Uniform(inclusionKey, j) < share {
			to[j] = float64(keep*old) + float64(beta*rep.Normal(proposalKey, j))
			moved = true
		}
	}
	if !moved {
		j := int(rep.Uniform(kernelKey, 2) * float64(len(z)))
		to[j] = float64(keep*z[j]) + float64(beta*rep.Normal(proposalKey, j))
	}
	return pace
}

type worker struct {
	simulator Simulator
	z, stats  []float64 // of the proposal
	counts    counts
}

func (w *worker) step(rep random.Replicate, index uint64, beta float64, r region, p *population, i int) {
	pace := propose(&rep, beta, p.zAt(i), w.z)
	w.counts.tried[pace]++
	if !w.simulator.Simulate(rep, w.z, w.stats) {
		for k := range w.stats {
			w.stats[k] = math.NaN()
		}
		return
	}
	d, inside := r.holds(w.stats)
	if !inside {
		return
	}
	w.counts.accepted[pace]++
	copy(p.zAt(i), w.z)
	copy(p.statsAt(i), w.stats)
	p.distance[i], p.origin[i] = d, index
}
