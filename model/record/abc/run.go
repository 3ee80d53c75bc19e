package abc

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/random"
)

const (
	// priorKept bounds the simulations of the pilot that a result keeps.
	priorKept = 10000
	// scaleRows bounds the simulations of a generation from which scales are re-estimated.
	scaleRows = 1 << 17
	// scarce is the share of the wanted survivors below which a threshold chosen among ties is not
	// worth going to.
	scarce = 0.2
)

// Run samples the parameters of a problem given observed statistics [Stats]; one observed as NaN is
// left out of the distance. The context ends the run early with its cause. A state from
// Options.Checkpoint continues the run that wrote it, bit for bit: problem, observed statistics and
// options, Workers, Progress and Checkpoint apart, must be the same, or the error names what differs.
// Nil starts anew.
func Run(ctx context.Context, p Problem, observed []float64, o Options, state []byte) (*Result, error) {
	s, err := newSampler(p, observed, o)
	switch {
	case err != nil:
		return nil, err
	case state == nil:
		err = s.pilot(ctx)
	default:
		if err = s.restore(state); err != nil {
			err = fmt.Errorf("state: %w", err)
		}
	}
	if err != nil {
		return nil, err
	}
	return s.finish(ctx)
}

type sampler struct {
	o            Options
	dims, perRow int
	observed     []float64
	source       random.Source
	workers      []worker

	current     *population // in the region, of size Pilot (less failures) at first and Particles later
	spare       *population // the next generation
	scales      []float64   // of the next threshold; current is measured in them
	region      region      // empty before generation 1
	beta        float64
	generations []Generation
	simulations int
	failed      int // simulations of the pilot without a data set
	prior       Sample
}

func newSampler(p Problem, observed []float64, o Options) (*sampler, error) {
	dims, perRow := p.Dims(), p.Stats()
	if dims < 1 || perRow < 1 {
		return nil, fmt.Errorf("problem: %d coordinates and %d statistics, at least one of each is needed", dims, perRow)
	}
	if len(observed) != perRow {
		return nil, fmt.Errorf("observed: %d values for %d statistics", len(observed), perRow)
	}
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &sampler{o: o, dims: dims, perRow: perRow, observed: slices.Clone(observed),
		source: random.NewSource(o.Generator, o.Seed), beta: firstBeta}
	if len(newMetric(observed, slices.Repeat([]float64{1}, perRow), o.Weights).active) == 0 {
		return nil, errors.New("observed: no statistic is both observed and weighted")
	}
	s.workers = make([]worker, o.Workers)
	for w := range s.workers {
		s.workers[w] = worker{simulator: p.NewSimulator(), z: make([]float64, dims), stats: make([]float64, perRow)}
	}
	return s, nil
}

func (s *sampler) pilot(ctx context.Context) error {
	p := newPopulation(s.o.Pilot, s.dims, s.perRow)
	ok := make([]bool, s.o.Pilot)
	err := s.each(ctx, s.o.Pilot, func(_ context.Context, w *worker, i int) error {
		index := pack(s.o.Domain, 0, i, 0)
		rep := s.source.Replicate(index)
		drawPrior(&rep, p.zAt(i))
		ok[i] = w.simulator.Simulate(rep, p.zAt(i), p.statsAt(i))
		p.origin[i] = index
		return nil
	}, Progress{Epsilon: math.Inf(1)})
	if err != nil {
		return err
	}
	n := 0
	for i := range ok {
		if ok[i] {
			p.copyRow(n, p, i)
			p.parent[n] = uint64(n)
			n++
		}
	}
	if n == 0 {
		return fmt.Errorf("none of the %d simulations from the prior has a data set: look at the prior", s.o.Pilot)
	}
	p.z, p.stats, p.distance = p.z[:n*s.dims], p.stats[:n*s.perRow], p.distance[:n]
	p.origin, p.parent, p.family = p.origin[:n], p.parent[:n], p.family[:n]
	s.current, s.simulations, s.failed = p, s.o.Pilot, s.o.Pilot-n
	kept := upTo(min(n, priorKept))
	s.prior = Sample{take(p.z, s.dims, kept), take(p.stats, s.perRow, kept)}
	s.scales = slices.Clone(s.o.Scales)
	if s.scales == nil {
		s.scales = estimateScales(p.stats, s.perRow, s.o.Floor)
	}
	p.measure(s.metric())
	return s.checkpoint()
}

func (s *sampler) metric() *metric { return newMetric(s.observed, s.scales, s.o.Weights) }

// each does n jobs, and tells after every fiftieth part and at the end how many are done.
func (s *sampler) each(ctx context.Context, n int, do func(ctx context.Context, w *worker, job int) error,
	tell Progress) error {
	part := max(1, n/50)
	tell.Total, tell.Simulations = n, s.simulations
	return ordered.Map(ctx, n, s.o.Workers, func(w int) ordered.Worker[struct{}] {
		return func(ctx context.Context, job int) (struct{}, error) { return struct{}{}, do(ctx, &s.workers[w], job) }
	}, func(job int, _ struct{}) error {
		tell.Done = job + 1
		if s.o.Progress != nil && (tell.Done%part == 0 || tell.Done == n) {
			s.o.Progress(tell)
		}
		return nil
	})
}

func (s *sampler) checkpoint() error {
	if s.o.Checkpoint == nil {
		return nil
	}
	state, err := s.state()
	if err == nil {
		err = s.o.Checkpoint(state)
	}
	if err != nil {
		return fmt.Errorf("checkpoint after generation %d: %w", len(s.generations), err)
	}
	return nil
}

// finish adds generations until one of the ends is reached. Each is a function of the state, so that a
// run resumed after its last generation adds none.
func (s *sampler) finish(ctx context.Context) (*Result, error) {
	for {
		b, moves, end := s.next()
		if end != "" {
			if len(s.generations) == 0 {
				return nil, fmt.Errorf("no simulation from the prior is near enough for the first threshold (%s): raise the "+
					"pilot, or the threshold", end)
			}
			return s.result(end), nil
		}
		if err := s.generation(ctx, b, moves); err != nil {
			return nil, err
		}
		if err := s.checkpoint(); err != nil {
			return nil, err
		}
	}
}

// next chooses the next ball and number of moves, or says why the run ends.
func (s *sampler) next() (b ball, moves int, end End) {
	g := len(s.generations)
	acceptance := firstAcceptance
	if g > 0 {
		acceptance = s.generations[g-1].Acceptance
		if acceptance < s.o.MinAcceptance {
			return b, 0, EndAcceptance
		}
	}
	moves = movesFor(acceptance, s.o.MaxMoves)
	switch {
	case s.o.Schedule != nil && g == len(s.o.Schedule):
		return b, 0, EndSchedule
	case g == maxGenerations:
		return b, 0, EndGenerations
	case s.o.MaxSimulations > 0 && s.simulations+moves*s.o.Particles > s.o.MaxSimulations:
		return b, 0, EndSimulations
	}
	eps, ok := s.threshold()
	if !ok {
		return b, 0, EndStuck
	}
	return ball{Scales: s.scales, Eps: eps, metrics: s.metric()}, moves, ""
}

// threshold returns the next ε; false if no, or hardly any, particle is nearer.
func (s *sampler) threshold() (float64, bool) {
	if s.o.Schedule != nil {
		eps := s.o.Schedule[len(s.generations)]
		return eps, slices.Min(s.current.distance) <= eps
	}
	want := int(math.Ceil(s.o.Keep * float64(s.o.Particles)))
	below := math.Inf(1)
	if len(s.region) > 0 && slices.Equal(s.scales, s.region.last().Scales) {
		below = s.region.last().Eps
	}
	eps, ok := s.current.threshold(want, below)
	return eps, ok && float64(len(s.current.within(eps))) >= scarce*float64(want)
}

func (s *sampler) generation(ctx context.Context, b ball, moves int) error {
	g, n := len(s.generations)+1, s.o.Particles
	rows := s.current.within(b.Eps)
	narrowed := s.region.narrow(b)
	p := s.spare
	if p == nil {
		p = newPopulation(n, s.dims, s.perRow)
	}
	rep := s.source.Replicate(pack(s.o.Domain, g, 0, 0))
	p.resample(s.current, rows, rep.Uniform(resampleKey, 0))
	var seen []float64 // of the simulations, if the scales are re-estimated
	if s.o.Scales == nil && g <= s.o.Adapt {
		seen = make([]float64, min(moves*n, scaleRows)*s.perRow)
	}
	for w := range s.workers {
		s.workers[w].counts = counts{}
	}
	err := s.each(ctx, n, func(ctx context.Context, w *worker, i int) error {
		for m := range moves {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			index := pack(s.o.Domain, g, i, m)
			w.step(s.source.Replicate(index), index, s.beta, narrowed, p, i)
			if at := (m*n + i) * s.perRow; at < len(seen) {
				copy(seen[at:at+s.perRow], w.stats)
			}
		}
		return nil
	}, Progress{Generation: g, Epsilon: b.Eps, Moves: moves})
	if err != nil {
		return err
	}
	var c counts
	for w := range s.workers {
		c.add(&s.workers[w].counts)
	}
	distinct, _ := p.distinct()
	s.generations = append(s.generations,
		Generation{Epsilon: b.Eps, Acceptance: c.total(), Moves: moves, Simulations: n * moves, Beta: s.beta,
			Survivors: len(rows), Distinct: len(distinct)})
	s.simulations += n * moves
	s.beta = nextBeta(s.beta, &c)
	s.region, s.current, s.spare = narrowed, p, s.current
	if s.spare.len() != n {
		s.spare = nil // the pilot
	}
	if len(seen) > 0 {
		s.scales = estimateScales(seen, s.perRow, s.o.Floor)
		p.measure(s.metric())
	}
	return nil
}
