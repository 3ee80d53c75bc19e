package abc

import "github.com/misstep/misstep/model/random"

// The replicate index of a simulation, from its low bits: move, particle, generation; the caller's
// domain stands above. Widths bound the options, so no two simulations share an index.
const (
	moveBits       = 10
	particleBits   = 20
	generationBits = 10

	// DomainBits is the number of low bits that a run uses: a domain is a multiple of 1 << DomainBits.
	DomainBits = moveBits + particleBits + generationBits

	maxMoves       = 1 << moveBits
	maxParticles   = 1 << particleBits
	maxGenerations = 1<<generationBits - 1 // generation 0 is the pilot
)

// pack returns the replicate index of a move of a particle in a generation, each below 1 << its width.
func pack(domain uint64, generation, particle, move int) uint64 {
	return domain | uint64(generation)<<(particleBits+moveBits) | uint64(particle)<<moveBits | uint64(move)
}

// Streams of the sampler; the simulation of the same replicate uses other purposes.
var (
	entity       = random.NameHash("abc")
	priorKey     = random.Stream(entity, random.Particle)
	resampleKey  = random.Stream(random.Entity(entity, 0), random.Particle)
	proposalKey  = random.Stream(entity, random.Proposal)
	inclusionKey = random.Stream(random.Entity(entity, 0), random.Proposal)
	kernelKey    = random.Stream(random.Entity(entity, 1), random.Proposal)
)
