package report

import (
	"context"
	"errors"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/study"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// The size of what a report computes where a run has it not.
const valuesAlong = 5

var coarse = sensitivity.Options{Trajectories: 8, Rows: 256, Leading: 10, Replicates: 8}

// complete computes and stores what the page shows and the run has not: what moving the number that
// matters does, and all the rest where it is asked for. A run that cannot be repeated, or whose folder
// cannot be written, is shown as it is.
func (r *reported) complete(ctx context.Context, a *cli.App, all bool) error {
	if r.job == nil || len(r.Summary.Contrasts) == 0 {
		return nil
	}
	if err := run.Writable(a, r.Dir); err != nil {
		a.Note("nothing is added to the run: %v", err)
		return nil
	}
	steps := []struct {
		name string
		due  bool
		play func() (*study.Analysis, error)
	}{
		{"breakeven", r.along() != "" && r.job.Plan.Draws > 1,
			func() (*study.Analysis, error) { return study.Breakeven(ctx, a, r.Dir, "", r.along()) }},
		{"why", all && r.job.Plan.Replicates > 1, func() (*study.Analysis, error) { return study.Why(ctx, a, r.Dir) }},
		{"sensitivity", all && r.job.Plan.Draws > 1,
			func() (*study.Analysis, error) { return study.Sensitivity(ctx, a, r.Dir, coarse) }},
	}
	for _, s := range steps {
		if !s.due || r.further[s.name] != nil {
			continue
		}
		a.Note("computes %s, which the run has not", s.name)
		found, err := s.play()
		if err == nil {
			err = found.Store(a)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	var err error
	r.further, err = analysesIn(r.Dir, r.Manifest.Inputs.Structure)
	return errors.Join(err, ctx.Err())
}

// along is the number that matters with its range, as --vary takes it: what moves the difference most, or
// else the level; "" for none.
func (r *reported) along() string {
	l := r.Summary.MostEffect()
	if levers := r.Summary.Headline.Levers; l == nil && len(levers) > 0 && levers[0].Clear() {
		l = &levers[0]
	}
	if l == nil {
		return ""
	}
	for i := range r.job.Scenario.Slots {
		if s := &r.job.Scenario.Slots[i]; s.Path == l.Path {
			end := func(e *summary.LeverEnd) string { return param.FormatNumber(e.At, s.Domain.Duration) }
			return fmt.Sprintf("%s=%s:%s:%d", l.Path, end(&l.Low), end(&l.High), valuesAlong)
		}
	}
	return ""
}
