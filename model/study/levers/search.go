package levers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/decision"
)

// Options say how a search goes.
type Options struct {
	Designs int               `json:"designs"` // that begin, 2 to [MaxDesigns]
	Weights []decision.Weight `json:"weights"` // what a case of an outcome is worth, ≥ 0; cases are those of the first
}

// MaxDesigns bounds a search.
const MaxDesigns = 512

// What a search takes by itself: so many designs, fewer where they have more events than this.
const (
	manyDesigns = 64
	manyEvents  = 150e6
)

// Affordable is with how many designs a search begins that is told none: 64, or as many as have 150 million events up
// to the last stage, by the events of one replicate in a few draws. It hangs on the plan alone.
func Affordable(ctx context.Context, p experiment.Plan, workers int) (int, error) {
	trial := p.PairOnly()
	trial.Draws, trial.Replicates = min(32, p.Draws), 1
	sums, err := experiment.Run(ctx, trial, workers, nil)
	if err != nil {
		return 0, err
	}
	arm := sums.Arms[trial.Arm(p.Scenario.Headline.Treatment)].Total()
	events := arm.Count("events") / arm.N
	n := manyDesigns
	for n > 2 && float64(Futures(&p, n))*events > manyEvents {
		n--
	}
	return n, nil
}

// replicates of a draw in the first stage: two tell chance from assumptions.
const replicates = 2

// Check says what keeps options from being used.
func (o *Options) Check() error {
	switch {
	case o.Designs < 2 || o.Designs > MaxDesigns:
		return fmt.Errorf("%d designs; a search begins with 2 to %d", o.Designs, MaxDesigns)
	case len(o.Weights) < 2:
		return errors.New("two outcomes at least are weighed")
	case !slices.ContainsFunc(o.Weights, func(w decision.Weight) bool { return w.Weight > 0 }):
		return errors.New("every outcome weighs 0, so that no design pays; give one a weight, as in --weight missteps=1")
	}
	return nil
}

// Stage is what came of the designs that reached it.
type Stage struct {
	Futures  int        `json:"futures"`  // of each design
	Standing []Standing `json:"standing"` // the best first
}

// Standing is a design at a stage. Its net benefit is against the treatment as it stands.
type Standing struct {
	Design int     `json:"design"` // its number among the designs
	Net    float64 `json:"net_benefit"`
	Half   float64 `json:"half_width"` // of the 95 % interval, over draws and chance
}

// Search looks for the best of some designs, of [Space.Designs]. Stages that were played before are taken from have;
// kept is told of each new one, and ends the search by an error. The last stage has two designs, and may have what
// stands among them.
func (s *Space) Search(ctx context.Context, p experiment.Plan, o Options, designs []Design, have []Stage,
	workers int, progress experiment.Progress, kept func(Stage) error) ([]Stage, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	left, total, done := make([]int, len(designs)), Futures(&p, len(designs)), 0
	for i := range left {
		left[i] = i
	}
	for n := 0; len(left) > 1; n++ {
		p.Replicates = replicates << n
		if n == len(have) {
			stage, err := s.stage(ctx, p, o.Weights, designs, left, workers,
				func(k, _ int) { progress(done+k*len(left), total) })
			if err == nil {
				err = kept(stage)
			}
			if err != nil {
				return nil, err
			}
			have = append(have, stage)
		}
		done += p.Draws * p.Replicates * len(left)
		left = have[n].better()
	}
	return have, nil
}

// Futures are those of designs that a search plays, what stands among them.
func Futures(p *experiment.Plan, designs int) (n int) {
	for stage := 0; designs > 1; stage++ {
		n += p.Draws * (replicates << stage) * designs
		designs = (designs + 1) / 2
	}
	return n
}

func (g *Stage) better() (out []int) {
	for _, x := range g.Standing[:(len(g.Standing)+1)/2] {
		out = append(out, x.Design)
	}
	return out
}

// stage plays designs on the same futures and ranks them by their net benefit against what stands.
func (s *Space) stage(ctx context.Context, p experiment.Plan, weights []decision.Weight, designs []Design, left []int,
	workers int, progress experiment.Progress) (Stage, error) {
	arms := []scenario.Arm{s.Treatment}
	for _, d := range left {
		if d > 0 {
			arms = append(arms, s.Arm(strconv.Itoa(d), designs[d]))
		}
	}
	t, err := tableOf(ctx, &p, arms, weights, workers, progress)
	if err != nil {
		return Stage{}, err
	}
	last := weights[len(weights)-1]
	sample := decision.SampleOf(t, weights[:len(weights)-1], last.Outcome)
	g, played := Stage{Futures: p.Draws * p.Replicates}, 0
	for _, d := range left {
		x := Standing{Design: d}
		if d > 0 {
			x.Net, x.Half = sample.Benefit(played, last.Weight)
			played++
		}
		g.Standing = append(g.Standing, x)
	}
	slices.SortStableFunc(g.Standing, func(a, b Standing) int { return cmp.Compare(b.Net, a.Net) })
	return g, nil
}
