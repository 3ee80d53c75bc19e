package run

import (
	"context"
	"errors"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// Simulate plays the plan, longer where a precision asks for it, and updates the
// plan to what was played.
func Simulate(ctx context.Context, a *cli.App, j *Run) (*experiment.Sums, *summary.Summary, error) {
	m := model.Model{Scenario: j.Scenario, Plan: j.Plan, Workers: j.Workers()}
	if j.Manifest == nil {
		m.Precision = j.Settings.Run.Precision
	}
	if m.Precision > 0 && len(j.Scenario.Arms) < 2 {
		return nil, nil, errors.New("--precision is about the headline difference, and with one arm there is none; " +
			"leave it out")
	}
	bar := a.NewProgress()
	m.Progress = bar.Update
	r, err := m.Run(ctx)
	bar.Stop()
	if err != nil {
		return nil, nil, err
	}
	if r.Short {
		a.Note("--precision %v not reached: ±%.3g after %d replicates per draw, the bound; start from more --replicates",
			m.Precision, r.Summary.Headline.Difference.MC, r.Sums.Plan.Replicates)
	}
	j.Plan = r.Sums.Plan
	return r.Sums, r.Summary, nil
}
