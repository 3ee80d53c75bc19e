package abc

import "github.com/misstep/misstep/model/random"

// Problem is what is to be inferred. Its methods give the same answers throughout.
type Problem interface {
	// Dims is the number of coordinates, standard normal and independent a priori; ≥ 1.
	Dims() int
	// Stats is the number of statistics of one data set; ≥ 1.
	Stats() int
	// NewSimulator returns a simulator for one worker; simulators share nothing that changes.
	NewSimulator() Simulator
}

// Simulator simulates data sets. One goroutine at a time uses it.
type Simulator interface {
	// Simulate draws one data set at z with the randomness of rep and writes all its statistics, NaN
	// for one that it does not define. False means that there is no data set, which is infinitely far
	// from any. The answer depends on rep and z alone; z is not to be changed and neither slice to be
	// kept. The purposes random.Proposal and random.Particle belong to the sampler.
	Simulate(rep random.Replicate, z, stats []float64) bool
}
