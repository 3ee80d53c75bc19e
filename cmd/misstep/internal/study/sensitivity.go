package study

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/spf13/cobra"
)

// sensitivityFlags are the flags of sensitivity that are no settings.
type sensitivityFlags struct {
	longFlags
	Size
	outcomes []string
	screen   bool
}

// Size is how much misstep sensitivity plays.
type Size struct{ Trajectories, Rows, Leading, PointReplicates int }

// NewSensitivity is the command misstep sensitivity.
func NewSensitivity(a *cli.App) *cobra.Command {
	var f sensitivityFlags
	cmd := &cobra.Command{Use: "sensitivity",
		Short: "Find which uncertain numbers move the outcome and the effect",
		Long: `sensitivity screens every uncertain number (Morris: elementary effects along trajectories),
then splits the variance of the outcome in both headline arms, and of their paired
difference, among the most important ones (Sobol': first-order and total indices; all
others form one group). Points share their replicates, and Monte Carlo noise is taken out
of every variance by multiplying different replicates only. Numbers that a posterior ties
together are moved one by one, each by its own distribution in it.

It writes the folder sensitivity in that of the run, or where that of the run would be.
--draws and --replicates of a run do not matter here.`,
		Example: `  misstep sensitivity uk-china-dialogue-2026 --screen
  misstep sensitivity uk-china-dialogue-2026 --outcome missteps --outcome forgone
  misstep sensitivity outputs/uk-china-dialogue-2026-3f9c1ab --resume`,
	}
	cmd.Flags().StringArrayVar(&f.outcomes, "outcome", nil, "what this `MEASURE` is sensitive to; repeatable (the "+
		"scenario's headline)")
	cmd.Flags().IntVar(&f.Trajectories, "trajectories", 12, "trajectories of the screening")
	cmd.Flags().IntVar(&f.Rows, "rows", 1024, "rows of the analysis of variance; a power of two is best")
	cmd.Flags().IntVar(&f.Leading, "leading", 10, "numbers that have indices of their own")
	cmd.Flags().IntVar(&f.PointReplicates, "point-replicates", 16, "replicates at a point")
	cmd.Flags().BoolVar(&f.screen, "screen", false, "stop after the screening")
	f.declare(cmd)
	return command(a, cmd, f.find)
}

// SensitivityPicture plays misstep sensitivity, and returns the run and what the figure
// is drawn from; nothing is stored.
func SensitivityPicture(ctx context.Context, a *cli.App, arg string, size Size) (*run.Run,
	*figure.SensitivityInput, error) {
	f := sensitivityFlags{longFlags: longFlags{anyway: true}, Size: size}
	return pictured(f.find(ctx, a, arg))
}

// sensitivityInputs are what a study depends on.
type sensitivityInputs struct {
	Run          runfolder.Inputs `json:"run"`
	Outcomes     []string         `json:"outcomes"`
	Trajectories int              `json:"trajectories"`
	Levels       int              `json:"levels"`
	Rows         int              `json:"rows"`
	Leading      int              `json:"leading"`
	Replicates   int              `json:"point_replicates"`
}

// screeningLevels is the number of levels of the screening, as Morris had it.
const screeningLevels = 4

// studying is a study under way.
type studying struct {
	run    *run.Run
	study  *sensitivity.Study
	inputs sensitivityInputs
	points *stream
}

func (f *sensitivityFlags) find(ctx context.Context, a *cli.App, arg string) (*analysis[figure.SensitivityInput],
	error) {
	w, err := f.open(ctx, a, arg)
	if err != nil {
		return nil, err
	}
	result, err := w.play(ctx, a)
	if err != nil {
		return nil, err
	}
	r := w.study.Report(result)
	tables := []runfolder.File{runfolder.NewFile("screening.csv", screeningCSV(r), false)}
	if w.inputs.Rows > 0 {
		tables = append(tables, runfolder.NewFile("indices.csv", indicesCSV(r), false))
	}
	return &analysis[figure.SensitivityInput]{run: w.run, inputs: w.inputs, report: r, tables: tables,
		picture: w.picture(r), draw: figure.Sensitivity, screen: w.screen(r), kept: w.points, replace: true}, nil
}

func (f *sensitivityFlags) open(ctx context.Context, a *cli.App, arg string) (*studying, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if j.Plan.Draws < 2 {
		return nil, errors.New("with one draw every number stands at its default; leave out --draws 1")
	}
	o := sensitivity.Options{Replicates: f.PointReplicates, Trajectories: f.Trajectories, Levels: screeningLevels,
		Rows: f.Rows, Leading: f.Leading}
	if f.screen {
		o.Rows = 0
	}
	var ids []string
	if len(f.outcomes) == 0 {
		f.outcomes = []string{headlineOutcome(j)}
	}
	for _, id := range f.outcomes {
		if _, err := measureNamed(id); err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids, o.Measures = append(ids, id), append(o.Measures, outcome.Index(id))
		}
	}
	if max(o.Replicates, o.Trajectories, o.Rows) > model.MaxFutures {
		return nil, fmt.Errorf("--trajectories, --rows and --point-replicates go up to %s", say.Thousands(model.MaxFutures))
	}
	w := &studying{run: j, inputs: sensitivityInputs{Run: j.Inputs(), Outcomes: ids, Trajectories: o.Trajectories,
		Levels: o.Levels, Rows: o.Rows, Leading: o.Leading, Replicates: o.Replicates}}
	if w.study, err = sensitivity.NewStudy(j.Plan, o); err != nil {
		return nil, err
	}
	w.points, err = f.begin(ctx, a, j, "sensitivity", w.inputs, w.study.Points(), func(trial run.Probed) float64 {
		// Of all arms the study plays two; laying out a point takes a quarter more.
		perReplicate := trial.Took.Seconds() / float64(trial.Replicates) * 2 / float64(len(j.Scenario.Arms)) * 1.25
		return perReplicate * float64(o.Replicates)
	})
	return w, err
}

// play reads the points that are known and plays the others.
func (w *studying) play(ctx context.Context, a *cli.App) (*sensitivity.Result, error) {
	bar := a.NewProgress()
	defer bar.Stop()
	per := w.inputs.Replicates
	known, err := w.known()
	var result *sensitivity.Result
	if err == nil {
		result, err = w.study.Run(ctx, w.run.Workers(), known, func(r []sensitivity.Response) error {
			err := w.points.add(r)
			bar.Update(w.points.have*per, w.study.Points()*per)
			return err
		})
	}
	if err != nil {
		w.points.halted(ctx, a, w.study.Points())
	}
	return result, err
}

// known reads the points of an interrupted study.
func (w *studying) known() (out [][]sensitivity.Response, err error) {
	is := func(r *[]sensitivity.Response) bool {
		return len(*r) == len(w.study.Evaluator.Outputs) && len(out) < w.study.Points() &&
			!slices.ContainsFunc(*r, func(x sensitivity.Response) bool { return len(x) != w.inputs.Replicates })
	}
	err = eachPoint(w.points, is, func(r *[]sensitivity.Response) error {
		out = append(out, *r)
		return nil
	})
	return out, err
}

func screeningCSV(r *sensitivity.Report) []byte {
	rows := [][]string{{"rank", "path", "outcome", "quantity", "mu", "mu_star", "sigma", "rms", "noise"}}
	for _, o := range r.Outputs {
		for i, e := range o.Screening {
			rows = append(rows, say.Cells(i+1, r.Numbers[i].Path, o.Outcome, o.Quantity, e.Mean, e.MeanAbs, e.SD, e.RMS,
				e.Noise))
		}
	}
	return say.CSV(rows)
}

func indicesCSV(r *sensitivity.Report) []byte {
	rows := [][]string{{"outcome", "quantity", "rows", "group", "first", "first_low", "first_high", "total", "total_low",
		"total_high", "variance", "noise"}}
	for _, o := range r.Outputs {
		for _, s := range o.Steps {
			for g, group := range r.Groups {
				shares := make([]string, 6)
				if s.Resolved {
					first, total := &s.First[g], &s.Total[g]
					shares = say.Cells(first.Value, first.Low, first.High, total.Value, total.Low, total.High)
				}
				rows = append(rows, say.Cells(o.Outcome, o.Quantity, s.Rows, group.Label, shares, s.Variance.Value, s.Noise))
			}
		}
	}
	return say.CSV(rows)
}
