package abc

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"

	"github.com/misstep/misstep/model/random"
)

// Options say how to sample. Zero values stand for the defaults named here; numbers outside of the
// ranges are the caller's mistake.
type Options struct {
	Generator random.Generator
	Seed      uint64
	// keeps truths, particles and predictions apart: a multiple of 1 << DomainBits, added to the replicate index
	Domain uint64

	Particles int // of the population; 2 … 2²⁰
	Pilot     int // simulations from the prior before the first threshold; ≥ Particles, the default

	Keep           float64 // number inside the next threshold, as a share of Particles; (0, 1), default 0.5
	Adapt          int     // generations after which the scales are re-estimated; fixed afterwards; ≥ 0
	MaxMoves       int     // MCMC steps per particle and generation at most; 1 … 2¹⁰, default 20
	MinAcceptance  float64 // stop after a generation that accepts a smaller share; [0, 1)
	MaxSimulations int     // stop before the generation that would pass it; 0: no limit

	Schedule []float64 // thresholds, falling or equal, ≥ 0; nil: chosen by Keep
	Scales   []float64 // per statistic, > 0; nil: estimated
	Weights  []float64 // per statistic, ≥ 0; nil: 1
	Floor    []float64 // per statistic, lower bound of an estimated scale, ≥ 0; nil: 0

	Coordinates []int // over which the family-corrected sample size is summarised; none: all

	Workers    int                // default: one per processor; changes no number
	Progress   func(Progress)     // called now and then, one call at a time
	Checkpoint func([]byte) error // called with a state after the pilot and each generation; an error ends the run
}

// Progress says how far a generation is.
type Progress struct {
	Generation  int     // 0: the pilot
	Epsilon     float64 // threshold; +Inf in the pilot
	Moves       int     // of each particle in this generation; 0 in the pilot
	Done, Total int     // particles of this generation
	Simulations int     // before this generation
}

const (
	defaultKeep     = 0.5
	defaultMaxMoves = 20
)

// withDefaults fills in what is not said, and checks what a caller's user chooses.
func (o Options) withDefaults() (Options, error) {
	o.Pilot = cmp.Or(o.Pilot, o.Particles)
	o.Keep = cmp.Or(o.Keep, defaultKeep)
	o.MaxMoves = cmp.Or(o.MaxMoves, defaultMaxMoves)
	o.Workers = cmp.Or(max(0, o.Workers), runtime.GOMAXPROCS(0))
	first := o.Pilot + o.Particles*movesFor(firstAcceptance, o.MaxMoves)
	switch {
	case o.Particles < 2 || o.Particles > maxParticles:
		return o, fmt.Errorf("particles: %d is not between 2 and %d", o.Particles, maxParticles)
	case o.Pilot < o.Particles || o.Pilot > maxParticles:
		return o, fmt.Errorf("pilot: %d is not between the %d particles and %d", o.Pilot, o.Particles, maxParticles)
	case o.MaxMoves < 1 || o.MaxMoves > maxMoves:
		return o, fmt.Errorf("max moves: %d is not between 1 and %d", o.MaxMoves, maxMoves)
	case len(o.Schedule) > maxGenerations:
		return o, fmt.Errorf("schedule: %d thresholds are more than %d", len(o.Schedule), maxGenerations)
	case o.MaxSimulations == 0 && o.MinAcceptance == 0 && o.Schedule == nil:
		return o, errors.New("nothing ends the run: give a schedule, the least acceptance or the most simulations")
	case o.MaxSimulations != 0 && o.MaxSimulations < first:
		return o, fmt.Errorf("max simulations: %d is less than the %d of the pilot and one generation", o.MaxSimulations,
			first)
	}
	return o, nil
}
