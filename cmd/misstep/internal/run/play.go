package run

import (
	"context"
	"errors"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// MaxExtension bounds --precision: replicates per draw, as a multiple of those
// that were asked for.
const MaxExtension = 50

// Simulate plays the plan, longer where a precision asks for it, and updates the
// plan to what was played.
func Simulate(ctx context.Context, a *cli.App, j *Run) (*experiment.Sums, *summary.Summary, error) {
	target := j.Settings.Run.Precision
	if target > 0 && j.Manifest == nil && len(j.Scenario.Arms) < 2 {
		return nil, nil, errors.New("--precision is about the headline difference, and with one arm there is none; leave " +
			"it out")
	}
	if target > 0 && j.Manifest == nil {
		// Whole blocks, so that the result equals that of a run of this length.
		j.Plan.BlockSize = BlockSize
		j.Plan.Replicates = wholeBlocks(j.Plan.Replicates)
	}
	bar := a.NewProgress()
	sums, err := experiment.Run(ctx, j.Plan, j.Workers(), bar.Update)
	if err != nil {
		bar.Stop()
		return nil, nil, err
	}
	s := summary.Of(sums)
	if target > 0 && j.Manifest == nil {
		s, err = extend(ctx, a, j, sums, s, target, bar)
	}
	if err == nil {
		err = otherCoupling(ctx, j, &sums.Plan, s)
	}
	if err == nil {
		err = onPriors(ctx, j, &sums.Plan, s)
	}
	bar.Stop()
	j.Plan = sums.Plan
	return sums, s, err
}

// otherCoupling adds the headline difference under the other coupling of the choice.
func otherCoupling(ctx context.Context, j *Run, p *experiment.Plan, s *summary.Summary) error {
	if len(s.Contrasts) == 0 {
		return nil
	}
	sums, err := experiment.Run(ctx, p.OtherCoupling(), j.Workers(), nil)
	if err != nil {
		return err
	}
	s.Headline.Other = summary.Of(sums).Headline.Difference
	return nil
}

// onPriors adds the headline before the record to that of a conditioned run.
func onPriors(ctx context.Context, j *Run, p *experiment.Plan, s *summary.Summary) error {
	if p.Scenario.Joint == nil || len(s.Contrasts) == 0 {
		return nil
	}
	sums, err := experiment.Run(ctx, p.OnPriors(), j.Workers(), nil)
	if err != nil {
		return err
	}
	s.SetPrior(summary.Of(sums))
	return nil
}

func wholeBlocks(n int) int { return (n + BlockSize - 1) / BlockSize * BlockSize }

// extend adds whole blocks of every draw until the Monte Carlo half-width of the
// headline difference is below target. It gives up at a bound, and says so.
func extend(ctx context.Context, a *cli.App, j *Run, sums *experiment.Sums, s *summary.Summary, target float64,
	bar *cli.Progress) (*summary.Summary, error) {
	limit := MaxExtension * j.Plan.Replicates
	for !reached(s, target) {
		have := sums.Plan.Replicates
		if have >= limit {
			bar.Stop()
			a.Note("--precision %v not reached: ±%.3g after %d replicates per draw, the bound; start from more --replicates",
				target, s.Headline.Difference.MC, have)
			return s, nil
		}
		if err := sums.Extend(ctx, have, min(limit, nextLength(have, s.Headline.Difference.MC, target)), j.Workers(),
			bar.Update); err != nil {
			return s, err
		}
		s = summary.Of(sums)
	}
	return s, nil
}

// reached reports whether the headline difference is known to the target. An error
// of zero is knowledge only where the arms never part: else no future has shown yet
// how far the measure can differ.
func reached(s *summary.Summary, target float64) bool {
	mc := s.Headline.Difference.MC
	return mc < target && (mc > 0 || s.Contrasts[0].Pairing.Identical)
}

// nextLength guesses how many replicates a precision takes: an error falls with
// the root of their number. A tenth is added so that the guess seldom falls short
// by a hair; no step more than quadruples the run, because early errors are rough.
func nextLength(have int, half, target float64) int {
	if half == 0 {
		half = math.Inf(1)
	}
	want := 1.1 * float64(have) * (half / target) * (half / target)
	want = math.Min(want, 4*float64(have))
	return max(have+BlockSize, wholeBlocks(int(want)))
}
