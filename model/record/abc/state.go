package abc

import (
	"fmt"
	"math"
	"slices"
)

// settings lists what a state must share with the run that resumes it.
func (s *sampler) settings() []section {
	o := &s.o
	return []section{
		ofInts("dimensions", s.dims), ofInts("statistics", s.perRow), ofFloats("observed", s.observed...),
		ofInts("generator", int(o.Generator)), {name: "seed", words: []uint64{o.Seed}},
		{name: "domain", words: []uint64{o.Domain}},
		ofInts("particles", o.Particles), ofInts("pilot", o.Pilot), ofFloats("keep", o.Keep), ofInts("adapt", o.Adapt),
		ofInts("max moves", o.MaxMoves), ofFloats("min acceptance", o.MinAcceptance),
		ofInts("max simulations", o.MaxSimulations),
		ofFloats("schedule", o.Schedule...), ofFloats("scales", o.Scales...), ofFloats("weights", o.Weights...),
		ofFloats("floor", o.Floor...),
		ofFloats("missing", o.Missing), ofInts("coordinates", o.Coordinates...),
	}
}

// generationWords is the number of words that a [Generation] takes.
const generationWords = 7

// state writes everything that the next generation depends on.
func (s *sampler) state() []byte {
	p := s.current
	var balls []float64
	for i := range s.region {
		balls = append(append(balls, s.region[i].eps), s.region[i].scales...)
	}
	var generations []uint64
	for _, g := range s.generations {
		generations = append(generations, math.Float64bits(g.Epsilon), math.Float64bits(g.Acceptance), uint64(g.Moves),
			uint64(g.Simulations), math.Float64bits(g.Beta), uint64(g.Survivors), uint64(g.Distinct))
	}
	return encode(append(s.settings(),
		ofInts("counts", s.simulations, s.failed, p.len(), len(s.prior.Particles)),
		ofFloats("beta", s.beta), ofFloats("next scales", s.scales...), ofFloats("thresholds", balls...),
		section{name: "generations", words: generations},
		ofFloats("z", p.z...), ofFloats("particle statistics", p.stats...),
		section{name: "origin", words: p.origin}, section{name: "parent", words: p.parent},
		section{name: "family", words: p.family},
		ofFloats("prior z", slices.Concat(s.prior.Particles...)...),
		ofFloats("prior statistics", slices.Concat(s.prior.Stats...)...)))
}

// restore reads what state wrote into a new sampler.
func (s *sampler) restore(state []byte) error {
	sections, err := decode(state)
	if err != nil {
		return err
	}
	r := &reader{sections: sections}
	for _, want := range s.settings() {
		got := r.take(want.name, -1)
		if r.err == nil && !slices.Equal(got.words, want.words) {
			return fmt.Errorf("%s: written by a run with another value: give that one, or start again", want.name)
		}
	}
	counts := r.take("counts", 4).words
	largest := uint64(s.o.Pilot)
	r.refuse(slices.Max(counts[1:]) <= largest && counts[0] < 1<<62, "counts", "out of range")
	if r.err != nil {
		return r.err
	}
	s.simulations, s.failed = int(counts[0]), int(counts[1])
	s.restoreSteps(r)
	s.restorePopulation(r, int(counts[2]), int(counts[3]))
	if r.err == nil && len(r.sections) > 0 {
		return errDamaged
	}
	return r.err
}

// restoreSteps reads thresholds, scales and the history.
func (s *sampler) restoreSteps(r *reader) {
	s.beta = r.take("beta", 1).floats()[0]
	r.refuse(s.beta >= lowestBeta && s.beta <= 1, "beta", "out of range")
	s.scales = r.take("next scales", s.perRow).floats()
	balls := r.take("thresholds", -1).floats()
	words := r.take("generations", -1).words
	r.refuse(areScales(s.scales), "next scales", "out of range")
	r.refuse(len(balls)%(1+s.perRow) == 0 && (len(balls) == 0) == (len(words) == 0), "thresholds", "incomplete")
	r.refuse(len(words)%generationWords == 0 && len(words) <= maxGenerations*generationWords, "generations", "incomplete")
	if r.err != nil {
		return
	}
	for one := range slices.Chunk(balls, 1+s.perRow) {
		r.refuse(isScale(one[0], 0) && areScales(one[1:]), "thresholds", "out of range")
		s.region = append(s.region,
			ball{eps: one[0], scales: one[1:], metrics: newMetric(s.observed, one[1:], s.o.Weights, s.o.Missing)})
	}
	for w := range slices.Chunk(words, generationWords) {
		g := Generation{Epsilon: math.Float64frombits(w[0]), Acceptance: math.Float64frombits(w[1]), Moves: int(w[2]),
			Simulations: int(w[3]), Beta: math.Float64frombits(w[4]), Survivors: int(w[5]), Distinct: int(w[6])}
		r.refuse(g.Acceptance >= 0 && g.Acceptance <= 1, "generations", "out of range")
		s.generations = append(s.generations, g)
	}
}

// areScales reports whether all are finite and above 0.
func areScales(x []float64) bool {
	return !slices.ContainsFunc(x, func(v float64) bool { return !isScale(v, tiniest) })
}

// restorePopulation reads n particles and the prior's sample.
func (s *sampler) restorePopulation(r *reader, n, kept int) {
	want := s.o.Particles
	if len(s.generations) == 0 {
		want = n // the pilot, less its failures
	}
	r.refuse(n > 0 && n == want, "counts", "another number of particles")
	p := &population{dims: s.dims, perRow: s.perRow}
	p.z, p.stats = r.take("z", n*s.dims).floats(), r.take("particle statistics", n*s.perRow).floats()
	p.origin, p.parent, p.family = r.take("origin", n).words, r.take("parent", n).words, r.take("family", n).words
	z, stats := r.take("prior z", kept*s.dims).floats(), r.take("prior statistics", kept*s.perRow).floats()
	if r.err != nil {
		return
	}
	s.prior.keep(z, s.dims, stats, s.perRow)
	p.distance = make([]float64, n)
	p.measure(s.metric())
	s.current = p
}
