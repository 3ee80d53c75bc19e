package levers

import (
	"context"
	"fmt"
	"slices"

	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/study/decision"
)

// tableOf plays arms, which a scenario need not have, and compares each with the first, draw by draw. The past is that
// of the scenario as it is.
func tableOf(ctx context.Context, p *experiment.Plan, arms []scenario.Arm, weights []decision.Weight, workers int,
	progress experiment.Progress) (*draws.Table, error) {
	v := *p.Scenario
	v.Arms = slices.Concat(v.Arms, arms)
	t := &draws.Table{Baseline: arms[0].Name, Joint: jointOf(v.Headline.Outcome, weights)}
	for _, a := range arms[1:] {
		t.Treatments = append(t.Treatments, a.Name)
	}
	err := ordered.Map(ctx, p.Draws, workers, func(int) ordered.Worker[[]experiment.JointMoments] {
		w := &player{plan: p, scenario: &v, joint: t.Joint, first: len(p.Scenario.Arms)}
		return w.draw
	}, func(d int, sums []experiment.JointMoments) error {
		for i, name := range t.Treatments {
			t.Rows = append(t.Rows, draws.Row{Draw: d, Treatment: name, Sums: sums[i]})
		}
		progress((d+1)*p.Replicates, p.Draws*p.Replicates)
		return nil
	})
	return t, err
}

// jointOf are the numbers of the key outcomes, of the headline's, and of those that are weighed.
func jointOf(headline string, weights []decision.Weight) *outcome.Joint {
	list := outcome.KeyAnd(headline)
	for _, w := range weights {
		if m := outcome.Index(w.Outcome); !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	slices.Sort(list)
	return outcome.JointOf(list)
}

// player plays all arms from the first on; one per worker.
type player struct {
	plan     *experiment.Plan
	scenario *scenario.Scenario
	first    int
	joint    *outcome.Joint
	runner   sim.Runner
}

// draw plays the replicates of a draw.
func (w *player) draw(ctx context.Context, d int) ([]experiment.JointMoments, error) {
	theta := w.plan.Theta(d)
	arms := &sim.Arms{History: sim.Compile(w.plan.Scenario, theta, sim.History)}
	sums := make([]experiment.JointMoments, len(w.scenario.Arms)-w.first-1)
	for a := w.first; a < len(w.scenario.Arms); a++ {
		arms.Arms = append(arms.Arms, arms.History.Arm(w.scenario, theta, a))
	}
	for i := range sums {
		sums[i] = experiment.NewJointMoments(len(w.joint.Names))
	}
	readings, flips := make([]outcome.Reading, len(outcome.All)), make([]outcome.Flips, len(outcome.All))
	numbers := make([]float64, len(w.joint.Names))
	w.runner.Ended = func() bool { return ctx.Err() != nil }
	for r := range w.plan.Replicates {
		out := w.runner.Run(arms, w.plan.Replicate(d, r), nil)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for a := range out {
			if out[a].Overflow {
				return nil, fmt.Errorf("draw %d, replicate %d: %w", d, r,
					sim.Overflow(w.scenario, theta, w.scenario.Arms[w.first+a].Name, arms.Arms[a], &out[a]))
			}
		}
		for i := range sums {
			outcome.Read(&out[0], &out[i+1], readings, flips)
			w.joint.Pick(readings, numbers)
			sums[i].Add(numbers)
		}
	}
	return sums, nil
}
