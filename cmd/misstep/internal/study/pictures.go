package study

import (
	"context"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/model/study/decompose"
)

// WhyPicture plays misstep why, and returns the run and what the figure is drawn from;
// nothing is stored.
func WhyPicture(ctx context.Context, a *cli.App, arg string) (*run.Run, *figure.WhyInput, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, nil, err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	sums, err := decompose.Run(ctx, j.Plan, j.Workers(), bar.Update)
	if err != nil {
		return nil, nil, err
	}
	return j, whyInput(j, decompose.Of(sums)), nil
}

// BreakevenPicture plays misstep breakeven along some numbers, and returns the run and
// what the figure is drawn from; nothing is stored.
func BreakevenPicture(ctx context.Context, a *cli.App, arg, outcome string, vary []string) (*run.Run,
	*figure.BreakevenInput, error) {
	w, err := openBreakeven(ctx, a, arg, breakevenFlags{longFlags: longFlags{anyway: true}, vary: vary, outcome: outcome})
	if err != nil {
		return nil, nil, err
	}
	if err := playBreakeven(ctx, a, w); err != nil {
		w.stream.close()
		return nil, nil, err
	}
	w.stream.done()
	return w.run, w.picture(w.result()), nil
}

// Size is how much misstep sensitivity plays.
type Size struct{ Trajectories, Rows, Leading, PointReplicates int }

// SensitivityPicture plays misstep sensitivity, and returns the run and what the figure
// is drawn from; nothing is stored.
func SensitivityPicture(ctx context.Context, a *cli.App, arg string, size Size) (*run.Run,
	*figure.SensitivityInput, error) {
	w, err := openStudy(ctx, a, arg, sensitivityFlags{longFlags: longFlags{anyway: true}, trajectories: size.Trajectories,
		rows: size.Rows, replicates: size.PointReplicates, leading: size.Leading})
	if err != nil {
		return nil, nil, err
	}
	result, err := playStudy(ctx, a, w)
	if err != nil {
		w.stream.close()
		return nil, nil, err
	}
	w.stream.done()
	return w.run, w.picture(w.report(result)), nil
}
