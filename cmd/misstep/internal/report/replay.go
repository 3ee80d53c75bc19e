package report

import (
	"context"
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// futuresPlayed is how many futures of a run are played once more, to choose two
// from. It is a bound on time: a quarter of a second on one core.
const futuresPlayed = 100

type playedFuture struct {
	counts [4]float64 // public cases and cases with a misstep, in both arms of the headline
	peak   int        // highest rung in either
}

// cell is the i-th future of the run: the first of every parameter draw, then the second of
// every one, and so on.
func (r *reported) cell(i int) experiment.Cell {
	return experiment.Cell{Draw: i % r.job.Plan.Draws, Replicate: i / r.job.Plan.Draws}
}

// replay plays the first futures of the run again and chooses a typical and the
// worst one. The same run gives the same two.
func (r *reported) replay(ctx context.Context) error {
	if r.job == nil {
		return nil
	}
	played, err := r.play(ctx)
	if err != nil {
		return err
	}
	r.sampled = len(played)
	for _, i := range []int{typicalOf(played), worstOf(played)} {
		s, err := narrative.Tell(&r.job.Plan, r.cell(i))
		if err != nil {
			return err
		}
		r.chosen = append(r.chosen, s)
	}
	return nil
}

// play plays the first futures of the run, up to a bound.
func (r *reported) play(ctx context.Context) ([]playedFuture, error) {
	p, arms := &r.job.Plan, r.headlineArms()
	var runner sim.Runner
	out := make([]playedFuture, min(futuresPlayed, p.Draws*p.Replicates))
	for i := range out {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := r.cell(i)
		outcomes := runner.Run(p.Compile(c.Draw), p.Replicate(c.Draw, c.Replicate), nil)
		for k, a := range arms {
			out[i].count(k, &outcomes[a])
		}
	}
	return out, nil
}

// count notes what an arm brought.
func (f *playedFuture) count(arm int, out *sim.Outcome) {
	for k := range out.Cases {
		c := &out.Cases[k]
		if c.Public() {
			f.counts[arm]++
		}
		f.counts[2+arm] += outcome.Bit(c.Missteps, sim.ClassPublic)
	}
	for _, s := range out.Steps {
		f.peak = max(f.peak, int(s.Rung))
	}
}

// headlineArms are the arms of the headline, or the one arm that there is.
func (r *reported) headlineArms() []int {
	p := &r.job.Plan
	arms := []int{max(0, p.Arm(r.Summary.Run.Baseline))}
	if t := p.Arm(r.Summary.Run.Treatment); t >= 0 && t != arms[0] {
		arms = append(arms, t)
	}
	return arms
}

// typicalOf is the future whose counts lie nearest their medians, by the sum of distances;
// the first among equals.
func typicalOf(played []playedFuture) int {
	distance := make([]float64, len(played))
	for k := range played[0].counts {
		values := make([]float64, len(played))
		for i := range played {
			values[i] = played[i].counts[k]
		}
		slices.Sort(values)
		middle := float64((values[(len(values)-1)/2] + values[len(values)/2]) / 2)
		for i := range played {
			distance[i] += math.Abs(played[i].counts[k] - middle)
		}
	}
	return slices.Index(distance, slices.Min(distance))
}

// worstOf is the future with the highest step; among equals that with most missteps,
// then the first.
func worstOf(played []playedFuture) int {
	best := 0
	for i := range played {
		a, b := &played[i], &played[best]
		if a.peak > b.peak || a.peak == b.peak && a.counts[2]+a.counts[3] > b.counts[2]+b.counts[3] {
			best = i
		}
	}
	return best
}
