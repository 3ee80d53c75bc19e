package calibrate

import (
	"context"
	"slices"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
)

// Recovery says where a fit to a simulated history puts the numbers that made it.
type Recovery struct {
	Below       []float64 // [coordinate] weight of the posterior below the true value, 0 … 1
	Corrected   bool      // for the accepted distance, as the fit that ships is
	ESS         float64   // as [abc.Result] has it
	Epsilon     float64
	Simulations int
}

// truthDomain is for histories that are calibrated on; again is the step to the next of a truth, where one has too many
// events.
const (
	truthDomain uint64 = 4 << abc.DomainBits
	again       uint64 = 1 << 20
)

// Recover draws numbers from the priors, documents the history that they make as the record is, and fits to that as to
// the record. truth, below 2²⁰, picks the draw, at the generator and seed of the options, and each truth is fitted with
// a seed of its own. state continues a fit, as [Sample] does. The problem stays as it is.
func Recover(ctx context.Context, p *Problem, truth int, o Options, state []byte) (*Recovery, error) {
	source := random.NewSource(o.Generator, o.Seed)
	q := *p
	q.Statistics, q.Observed = slices.Clone(p.Statistics), slices.Clone(p.Observed)
	z := make([]float64, p.Dims())
	var rep random.Replicate
	var w *World
	for n, ok := truthDomain+uint64(truth), false; !ok; n += again {
		rep = source.Replicate(n)
		fromPrior(&rep, z)
		w, ok = p.newSimulator().Play(rep, z)
	}
	for i := range q.Statistics {
		s := &q.Statistics[i]
		q.Observed[i].Value = s.Natural(s.predicted(w, &rep))
		s.bound = s.Compared(q.Observed[i].Value)
	}
	o.Seed += uint64(truth)
	r, err := Run(ctx, &q, o, state)
	if err != nil {
		return nil, err
	}
	out := &Recovery{Corrected: r.Corrected, ESS: r.ESS, Epsilon: r.Epsilon, Simulations: r.Simulations,
		Below: make([]float64, p.Dims())}
	values := make([]float64, p.Dims())
	p.Space.Values(z, values)
	for j, of := range q.values(r.Particles) {
		for i, x := range of {
			if x < values[j] {
				out.Below[j] += r.Weights[i]
			}
		}
	}
	return out, nil
}

// Trial is the statistics of a few histories, which are the same wherever the same program runs.
func (p *Problem) Trial(histories int) [][]float64 {
	source, s := random.NewSource(random.Mix, 1), p.newSimulator()
	z := make([]float64, p.Dims())
	var out [][]float64
	for n := range histories {
		rep, row := source.Replicate(truthDomain+uint64(n)), make([]float64, p.Stats())
		fromPrior(&rep, z)
		s.Simulate(rep, z, row)
		out = append(out, row)
	}
	return out
}
