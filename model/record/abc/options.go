package abc

import (
	"errors"
	"fmt"
	"math"
	"runtime"

	"github.com/misstep/misstep/model/random"
)

// Options say how to sample. Zero values stand for the defaults named here.
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
	Missing  float64   // distance, in scales, of a statistic that a data set does not define; ≥ 0, default 3

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
	defaultMissing  = 3
)

// withDefaults fills in what is not said and checks the rest against a problem.
func (o Options) withDefaults(dims, stats int) (Options, error) {
	if o.Pilot == 0 {
		o.Pilot = o.Particles
	}
	if o.Keep == 0 {
		o.Keep = defaultKeep
	}
	if o.MaxMoves == 0 {
		o.MaxMoves = defaultMaxMoves
	}
	if o.Missing == 0 {
		o.Missing = defaultMissing
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o, errors.Join(o.checkCounts(), o.checkShares(), o.checkVectors(dims, stats))
}

func (o *Options) checkCounts() error {
	switch {
	case o.Particles < 2 || o.Particles > maxParticles:
		return fmt.Errorf("particles: %d is not between 2 and %d", o.Particles, maxParticles)
	case o.Pilot < o.Particles || o.Pilot > maxParticles:
		return fmt.Errorf("pilot: %d is not between the %d particles and %d", o.Pilot, o.Particles, maxParticles)
	case o.MaxMoves < 1 || o.MaxMoves > maxMoves:
		return fmt.Errorf("max moves: %d is not between 1 and %d", o.MaxMoves, maxMoves)
	case o.Adapt < 0:
		return fmt.Errorf("adapt: %d generations are negative", o.Adapt)
	case o.Domain%(1<<DomainBits) != 0:
		return fmt.Errorf("domain: %d is not a multiple of 2^%d, so that indices of two runs could be equal", o.Domain,
			DomainBits)
	case len(o.Schedule) > maxGenerations:
		return fmt.Errorf("schedule: %d thresholds are more than %d", len(o.Schedule), maxGenerations)
	case o.MaxSimulations == 0 && o.MinAcceptance == 0 && o.Schedule == nil:
		return errors.New("nothing ends the run: give a schedule, the least acceptance or the most simulations")
	case o.MaxSimulations != 0 && o.MaxSimulations < o.firstCost():
		return fmt.Errorf("max simulations: %d is less than the %d of the pilot and one generation", o.MaxSimulations,
			o.firstCost())
	}
	return nil
}

// firstCost is the number of simulations of the pilot and the first generation.
func (o *Options) firstCost() int {
	return o.Pilot + o.Particles*movesFor(firstAcceptance, o.MaxMoves)
}

func (o *Options) checkShares() error {
	switch {
	case !(o.Keep > 0 && o.Keep < 1):
		return fmt.Errorf("keep: %v is not a share between 0 and 1", o.Keep)
	case !(o.MinAcceptance >= 0 && o.MinAcceptance < 1):
		return fmt.Errorf("min acceptance: %v is not a share below 1", o.MinAcceptance)
	case !isScale(o.Missing, 0):
		return fmt.Errorf("missing: %v is not a number of scales", o.Missing)
	}
	return nil
}

// isScale reports whether x is a finite number of at least low.
func isScale(x, low float64) bool { return x >= low && !math.IsInf(x, 1) }

func (o *Options) checkVectors(dims, stats int) error {
	for _, v := range []struct {
		name   string
		values []float64
		low    float64
	}{{"scales", o.Scales, tiniest}, {"weights", o.Weights, 0}, {"floor", o.Floor, 0}} {
		if v.values != nil && len(v.values) != stats {
			return fmt.Errorf("%s: %d values for %d statistics", v.name, len(v.values), stats)
		}
		for k, x := range v.values {
			if !isScale(x, v.low) {
				return fmt.Errorf("%s: %v of statistic %d is out of range", v.name, x, k)
			}
		}
	}
	for g, eps := range o.Schedule {
		if !isScale(eps, 0) || g > 0 && eps > o.Schedule[g-1] {
			return fmt.Errorf("schedule: threshold %d, %v, is no distance or above the one before", g+1, eps)
		}
	}
	if o.Schedule != nil && len(o.Schedule) == 0 {
		return errors.New("schedule: no threshold is given; leave it out to have them chosen")
	}
	for _, j := range o.Coordinates {
		if j < 0 || j >= dims {
			return fmt.Errorf("coordinates: %d is not among the %d of the problem", j, dims)
		}
	}
	return nil
}
