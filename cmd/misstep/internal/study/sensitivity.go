package study

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
	outcomes                       []string
	trajectories, rows, replicates int
	leading                        int
	screen                         bool
}

// NewSensitivity is the command misstep sensitivity.
func NewSensitivity(a *cli.App) *cobra.Command {
	var f sensitivityFlags
	cmd := &cobra.Command{
		Use:   "sensitivity SCENARIO|RUN",
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
		Args:              cli.Exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder"),
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSensitivity(cmd.Context(), a, args[0], f)
		},
	}
	cmd.Flags().StringArrayVar(&f.outcomes, "outcome", nil, "what this `MEASURE` is sensitive to; repeatable (the "+
		"scenario's headline)")
	cmd.Flags().IntVar(&f.trajectories, "trajectories", 12, "trajectories of the screening")
	cmd.Flags().IntVar(&f.rows, "rows", 1024, "rows of the analysis of variance; a power of two is best")
	cmd.Flags().IntVar(&f.leading, "leading", 10, "numbers that have indices of their own")
	cmd.Flags().IntVar(&f.replicates, "point-replicates", 16, "replicates at a point")
	cmd.Flags().BoolVar(&f.screen, "screen", false, "stop after the screening")
	f.declare(cmd)
	a.AnalysisFlags(cmd)
	return cmd
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

// studying is a study under way.
type studying struct {
	run    *run.Run
	study  *sensitivity.Study
	inputs sensitivityInputs
	work   *runfolder.Work
	stream *stream
	began  time.Time
}

func runSensitivity(ctx context.Context, a *cli.App, arg string, f sensitivityFlags) error {
	w, err := openStudy(ctx, a, arg, f)
	if err != nil {
		return err
	}
	result, err := playStudy(ctx, a, w)
	if err != nil {
		halted(ctx, a, w.stream, "sensitivity", w.study.Points())
		return err
	}
	r := w.report(result)
	tables := []runfolder.File{runfolder.NewFile("screening.csv", r.screeningCSV(), false)}
	if w.inputs.Rows > 0 {
		tables = append(tables, runfolder.NewFile("indices.csv", r.indicesCSV(), false))
	}
	return conclude(a, &analysis{run: w.run, began: w.began, work: w.work, report: r, stream: w.stream, tables: tables,
		picture: func(o figure.Options) ([]figure.File, error) { return figure.Sensitivity(w.picture(r), o) },
		screen:  w.screen(r)})
}

func openStudy(ctx context.Context, a *cli.App, arg string, f sensitivityFlags) (*studying, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if j.Plan.Draws < 2 {
		return nil, errors.New("with one draw every number stands at its default; leave out --draws 1")
	}
	w := &studying{run: j, began: time.Now()}
	o := sensitivity.Options{Replicates: f.replicates, Trajectories: f.trajectories, Rows: f.rows,
		Leading: f.leading}
	if f.screen {
		o.Rows = 0
	}
	if len(f.outcomes) == 0 {
		f.outcomes = []string{headlineOutcome(j)}
	}
	for _, id := range f.outcomes {
		m, err := measureNamed(id)
		if err != nil {
			return nil, err
		}
		if at := outcome.Index(m.ID); !slices.Contains(o.Measures, at) {
			o.Measures = append(o.Measures, at)
			w.inputs.Outcomes = append(w.inputs.Outcomes, m.ID)
		}
	}
	if o.Replicates > model.MaxFutures || o.Trajectories > model.MaxFutures || o.Rows > model.MaxFutures {
		return nil, fmt.Errorf("--trajectories, --rows and --point-replicates go up to %s", say.Thousands(model.MaxFutures))
	}
	if w.study, err = sensitivity.NewStudy(j.Plan, o); err != nil {
		return nil, err
	}
	w.inputs = sensitivityInputs{Run: j.Inputs(), Outcomes: w.inputs.Outcomes, Trajectories: o.Trajectories,
		Levels: sensitivity.Levels, Rows: o.Rows, Leading: o.Leading, Replicates: o.Replicates}
	parent := j.Folder()
	if err := run.Writable(parent); err != nil {
		return nil, err
	}
	p, err := run.Probe(ctx, j)
	if err != nil {
		return nil, err
	}
	// Of all arms the study plays two; laying out a point takes a quarter more.
	perReplicate := p.Took.Seconds() / float64(p.Replicates) * 2 / float64(len(j.Scenario.Arms)) * 1.25
	if err := affordableAt(a, perReplicate*float64(w.study.Points())*float64(o.Replicates), w.study.Points(),
		f.longFlags); err != nil {
		return nil, err
	}
	w.work = runfolder.NewWork(run.Program(), "sensitivity", w.inputs)
	w.stream, err = openStream(streamFile(parent, "sensitivity"), "sensitivity", w.work.Inputs, f.resume)
	return w, err
}

// playStudy reads the points that are known and plays the others.
func playStudy(ctx context.Context, a *cli.App, w *studying) (*sensitivity.Result, error) {
	known, err := w.known()
	if err != nil {
		return nil, err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	per := w.inputs.Replicates
	return w.study.Run(ctx, w.run.Workers(), known, func(r []sensitivity.Response) error {
		err := w.stream.add(r)
		bar.Update(w.stream.have*per, w.study.Points()*per)
		return err
	})
}
