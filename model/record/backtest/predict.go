package backtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/scenario"
)

type future struct {
	counts [len(Quantities)][]int // by window
	parts  [len(Shares)]Part
	ok     bool // false: it had too many events
}

type player struct {
	problem  *calibrate.Problem
	outlooks [2]*Outlook
	windows  []Window
	values   func(i int, rep *random.Replicate, values []float64) // of the coordinates of future i
	source   random.Source
}

// play simulates n futures, the same for any number of workers, and leaves out those with too many
// events.
func (p *player) play(ctx context.Context, n, workers int, done func(int)) ([]future, error) {
	var out []future
	err := ordered.Map(ctx, n, workers, func(int) ordered.Worker[future] {
		c := p.problem.NewContinuation()
		values := make([]float64, p.problem.Dims())
		return func(_ context.Context, i int) (future, error) { return p.one(c, i, values), nil }
	}, func(i int, f future) error {
		if f.ok {
			out = append(out, f)
		}
		done(i + 1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, enough(len(out), n)
}

// fewestFutures is the least share of futures that must end for a prediction.
const fewestFutures = 0.9

func enough(ended, of int) error {
	if ended < 2 || float64(ended) < fewestFutures*float64(of) {
		return errors.New(fmt.Sprint(of-ended, " of ", of,
			" futures have more events than a history may have; raise assumptions.model.max_events of the histories"))
	}
	return nil
}

func countsOf(futures []future, q, w int) []int {
	out := make([]int, len(futures))
	for i := range futures {
		out[i] = futures[i].counts[q][w]
	}
	return out
}

func (p *player) one(c *calibrate.Continuation, i int, values []float64) future {
	rep := p.source.Replicate(calibrate.FutureDomain + uint64(i))
	p.values(i, &rep, values)
	histories := [2]*scenario.Scenario{p.problem.Histories.American, p.problem.Histories.British}
	last := p.windows[len(p.windows)-1].To
	records, ok := c.Play(rep, values,
		func(h int, rep *random.Replicate, theta []float64) (*scenario.Scenario, []float64) {
			return p.outlooks[h].Extend(histories[h], endOf(histories[h], last), rep, theta)
		})
	f := future{ok: ok}
	for q := range f.counts {
		f.counts[q] = make([]int, len(p.windows))
	}
	if !ok {
		return f
	}
	for h, r := range records {
		p.read(&f, h, r)
	}
	return f
}

// read counts what a record of history h holds after the cut-off.
func (p *player) read(f *future, h int, r *calibrate.Record) {
	o := p.outlooks[h]
	for i := range r.Accusations {
		a := &r.Accusations[i]
		if a.At < o.End {
			continue
		}
		for s := range Shares {
			f.parts[s].add(Shares[s].Simulated(a, r))
		}
		for w := range p.windows {
			if !p.windows[w].holds(o.Start, a.At) {
				continue
			}
			f.counts[0][w]++
			if h == 1 || a.British {
				f.counts[1][w]++
			}
		}
	}
}

// fromParticles gives the values of weighted particles in turn.
func fromParticles(p *calibrate.Problem, particles [][]float64, weights []float64, n int) func(int, *random.Replicate,
	[]float64) {
	pick := calibrate.Systematic(weights, n)
	return func(i int, _ *random.Replicate, values []float64) { p.Space.Values(particles[pick[i]], values) }
}
