package abc

import "github.com/misstep/misstep/model/draw"

// The replicate index of a simulation, from its low bits: move, particle,
// generation; the caller's domain stands above. Widths bound the options, so two
// simulations never share an index.
const (
	moveBits       = 10
	particleBits   = 20
	generationBits = 10

	// DomainBits is the number of low bits of the replicate index that a run uses:
	// a domain is a multiple of 1 << DomainBits.
	DomainBits = moveBits + particleBits + generationBits

	maxMoves       = 1 << moveBits
	maxParticles   = 1 << particleBits
	maxGenerations = 1<<generationBits - 1 // generation 0 is the pilot
)

// pack returns the replicate index of a move of a particle in a generation. Its
// arguments are below 1 << their width.
func pack(domain uint64, generation, particle, move int) uint64 {
	return domain | uint64(generation)<<(particleBits+moveBits) | uint64(particle)<<moveBits | uint64(move)
}

// Streams of the sampler within a replicate. The simulation of the same replicate
// uses other purposes.
var (
	entity       = draw.NameHash("abc")
	priorKey     = draw.Stream(entity, draw.Particle)
	resampleKey  = draw.Stream(draw.Entity(entity, 0), draw.Particle)
	perturbKey   = draw.Stream(draw.Entity(entity, 1), draw.Particle)
	proposalKey  = draw.Stream(entity, draw.Proposal)
	inclusionKey = draw.Stream(draw.Entity(entity, 0), draw.Proposal)
	kernelKey    = draw.Stream(draw.Entity(entity, 1), draw.Proposal)
)
