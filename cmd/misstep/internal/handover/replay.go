package handover

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/sim"
)

// futuresPlayed is how many futures of a run are played once more, to choose two
// from. It is a bound on time: a quarter of a second on one core.
const futuresPlayed = 100

// chosenFuture is a future that is told.
type chosenFuture struct {
	cell    experiment.Cell
	story   *narrative.Story
	history *figure.History
}

// playedFuture is what one future brought, by arm of the headline.
type playedFuture struct {
	cell             experiment.Cell
	public, missteps [2]float64 // cases
	peak             int        // highest rung in either arm
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
	if r.typical, err = r.tell(played[typicalOf(played)].cell); err != nil {
		return err
	}
	r.worst, err = r.tell(played[worstOf(played)].cell)
	return err
}

func (r *reported) tell(c experiment.Cell) (*chosenFuture, error) {
	s, err := narrative.Tell(&r.job.Plan, c)
	if err != nil {
		return nil, err
	}
	return &chosenFuture{cell: c, story: s, history: run.Pictured(s)}, nil
}

// play plays the first future of every parameter draw, then the second of every
// one, and so on up to a bound.
func (r *reported) play(ctx context.Context) ([]playedFuture, error) {
	p := &r.job.Plan
	var blocks []experiment.Block
	for n := 0; n < p.Replicates && len(blocks) < futuresPlayed; n++ {
		for d := 0; d < p.Draws && len(blocks) < futuresPlayed; d++ {
			blocks = append(blocks, experiment.Block{Draw: d, From: n, To: n + 1})
		}
	}
	arms := r.headlineArms()
	var out []playedFuture
	err := experiment.Fold(ctx, p, blocks, runtime.GOMAXPROCS(0),
		func() *futureVisitor { return &futureVisitor{arms: arms} },
		func(b experiment.Block, v *futureVisitor) {
			v.seen.cell = experiment.Cell{Draw: b.Draw, Replicate: b.From}
			out = append(out, v.seen)
		})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: a run without futures", r.Dir)
	}
	return out, err
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

// futureVisitor notes what one replicate brings.
type futureVisitor struct {
	arms []int
	seen playedFuture
}

// Reset forgets the replicate before.
func (v *futureVisitor) Reset(experiment.Block, *sim.Arms) { v.seen = playedFuture{} }

// Observers returns nil: outcomes are enough.
func (v *futureVisitor) Observers() []sim.Observer { return nil }

// Visit notes one replicate.
func (v *futureVisitor) Visit(_ int, out []sim.Outcome) {
	for i, a := range v.arms {
		for k := range out[a].Cases {
			c := &out[a].Cases[k]
			if c.Public() {
				v.seen.public[i]++
			}
			if c.Missteps>>sim.ClassPublic&1 == 1 {
				v.seen.missteps[i]++
			}
		}
		for _, s := range out[a].Steps {
			v.seen.peak = max(v.seen.peak, int(s.Rung))
		}
	}
}

// typicalOf is the future whose counts of public cases and of missteps lie nearest
// their medians, by the sum of distances; the first among equals.
func typicalOf(played []playedFuture) int {
	var middle [4]float64
	for k := range middle {
		values := make([]float64, len(played))
		for i := range played {
			values[i] = played[i].counts()[k]
		}
		slices.Sort(values)
		middle[k] = (values[(len(values)-1)/2] + values[len(values)/2]) / 2
	}
	best, least := 0, math.Inf(1)
	for i := range played {
		sum := 0.0
		for k, v := range played[i].counts() {
			sum += math.Abs(v - middle[k])
		}
		if sum < least {
			best, least = i, sum
		}
	}
	return best
}

func (f *playedFuture) counts() [4]float64 {
	return [4]float64{f.public[0], f.public[1], f.missteps[0], f.missteps[1]}
}

// worstOf is the future with the highest step; among equals that with most missteps,
// then the first.
func worstOf(played []playedFuture) int {
	best := 0
	for i := range played {
		a, b := &played[i], &played[best]
		if a.peak > b.peak || a.peak == b.peak && a.missteps[0]+a.missteps[1] > b.missteps[0]+b.missteps[1] {
			best = i
		}
	}
	return best
}
