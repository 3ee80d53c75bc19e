// Package decide is the command misstep decide: which arm of a run pays, and on what that hangs.
package decide

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/study/decision"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// New is the command misstep decide.
func New(a *cli.App) *cobra.Command {
	cli.Printing[Report](a, "decide")
	var weights []string
	cmd := &cobra.Command{Use: "decide RUN|SCENARIO",
		Short: "Say which arm pays, given what outcomes are worth",
		Long: `decide weighs the outcomes of a run: the net benefit of each arm against the baseline over the
weight of one outcome, the weight at which the decision turns, how often either choice would
be wrong and what that would cost, and what it would be worth to know a number before. It
reads the draws of a stored run and plays nothing; a scenario that has not been run is played.

An outcome counts as many times as its weight says; one may have several weights, to compare.
The rest of them stand in config.yaml: decide.weights.

It writes the folder decide in that of the run, or where that of the run would be.`,
		Example: `  misstep decide outputs/uk-china-dialogue-2026-3f9c1ab
  misstep decide uk-china-dialogue-2026 --weight missed=2 --weight forgone=0:0.5:1
  misstep decide uk-china-dialogue-2026 --weight missteps=0 --weight false_accusations=1`,
		Args:              cli.Exactly(1, "a run or a scenario: a run folder, a file, or the name of a shipped scenario"),
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := find(cmd.Context(), a, args[0], weights)
			if err != nil {
				return err
			}
			return d.results().Conclude(a)
		},
	}
	cmd.Flags().StringArrayVar(&weights, "weight", nil, "what a case counts for: `OUTCOME=WEIGHT`, or W:W:W to compare; "+
		"repeatable (decide.weights)")
	a.AnalysisFlags(cmd)
	return cmd
}

// Picture decides on a run or a scenario, and returns the figure; nothing is stored.
func Picture(ctx context.Context, a *cli.App, arg string) (figure.Figure, error) {
	d, err := find(ctx, a, arg, nil)
	if err != nil {
		return figure.Figure{}, err
	}
	return figure.Decide(d.picture()), nil
}

type opened struct {
	began    time.Time
	settings *settings.Settings
	folder   string
	inputs   runfolder.Inputs
	playable *run.Run // nil where it cannot be played again
	summary  *summary.Summary
	table    *draws.Table
	worth    []settings.Worth
}

type decided struct {
	*opened
	report *Report
	sample *decision.Sample
	more   time.Duration // what the draws that would resolve more take; 0 where nobody knows
}

// inputs are what a decision depends on.
type inputs struct {
	Run     runfolder.Inputs `json:"run"`
	Weights []settings.Worth `json:"weights"`
}

func find(ctx context.Context, a *cli.App, arg string, flags []string) (*decided, error) {
	o := &opened{began: time.Now()}
	var err error
	if o.settings, err = a.Settings(); err != nil {
		return nil, err
	}
	if o.worth, err = settings.Weighed(o.settings.Decide.Weights, flags); err != nil {
		return nil, err
	}
	q, err := question(o.worth)
	if err != nil {
		return nil, err
	}
	if err := o.open(ctx, a, arg, q); err != nil {
		return nil, err
	}
	q.Delta = o.summary.Run.Delta
	d := &decided{opened: o, sample: decision.SampleOf(o.table, q.Weights, q.Varied)}
	d.report = reportOf(o.summary, decision.Of(d.sample, *q))
	if d.report.Needs > 0 && o.playable != nil && !a.Flags.JSON {
		trial, err := run.Probe(ctx, o.playable)
		if err != nil {
			return nil, err
		}
		d.more = time.Duration(float64(trial.Took) / float64(trial.Replicates) * float64(d.report.Needs*d.report.Replicates))
	}
	return d, ctx.Err()
}

// open reads a stored run, or plays a scenario whose run is not stored.
func (o *opened) open(ctx context.Context, a *cli.App, arg string, q *decision.Question) error {
	if path, ok := run.ManifestPath(arg); ok {
		if f := a.SampleGiven(); f != "" {
			return fmt.Errorf("%s is a stored run, which is read as it is; leave %s out, or name the scenario file", arg, f)
		}
		return o.read(ctx, a, path, q)
	}
	j, err := run.Open(a, arg)
	if err != nil {
		return err
	}
	err = enough(len(j.Scenario.Arms), j.Plan.Draws, j.Plan.Replicates, j.Plan.Free())
	if err = cmp.Or(err, held(q, j.Scenario.Headline.Outcome)); err != nil {
		return err
	}
	o.playable = j
	if path := filepath.Join(j.Folder(), runfolder.Name); cli.Exists(path) {
		return o.read(ctx, a, path, q)
	}
	o.folder, o.inputs = j.Folder(), j.Inputs()
	if err := run.Writable(a, o.folder); err != nil {
		return err
	}
	sums, s, err := run.Simulate(ctx, a, j)
	if err != nil {
		return err
	}
	o.summary, o.table = s, draws.Of(sums)
	return nil
}

// read reads a stored run.
func (o *opened) read(ctx context.Context, a *cli.App, path string, q *decision.Question) error {
	r, err := run.OpenStored("decide", path)
	if err != nil {
		return err
	}
	o.settings.Run.BOM = r.Manifest.Inputs.BOM
	s := &r.Summary.Run
	if err := cmp.Or(enough(len(s.Arms), s.Draws, s.Replicates, s.Free), held(q, s.Outcome)); err != nil {
		return err
	}
	if o.table, err = run.DrawsOf(ctx, a, r); err != nil {
		return err
	}
	if o.playable == nil {
		if o.playable, err = run.Reload(path, r.Manifest); err == nil {
			o.playable.Settings = o.settings
		} else {
			o.playable = nil // a run of another model is read all the same
		}
	}
	o.folder, o.inputs, o.summary = r.Dir, r.Manifest.Inputs, r.Summary
	return nil
}

// fewest are the draws that a decision needs.
const fewest = 20

// enough refuses a run that tells nothing of a decision.
func enough(arms, draws, replicates, free int) error {
	switch {
	case arms < 2:
		return errors.New("one arm is no choice; decide needs a run of two arms or more")
	case draws < fewest:
		return fmt.Errorf("too few draws to decide on, %d; run with --draws %d or more", draws, fewest)
	case replicates < 2:
		return errors.New("one replicate a draw does not tell chance from assumptions; run with --replicates 2 or more")
	case free == 0:
		return errors.New("every number is fixed, so that no draw differs from another; leave --set out for some")
	}
	return nil
}

func (d *decided) results() *run.Results {
	return &run.Results{Work: runfolder.NewWork(run.Program(), "decide", inputs{d.inputs, d.worth}), Settings: d.settings,
		Began: d.began, Folder: filepath.Join(d.folder, "decide"), Replace: true, Report: d.report, Screen: d.screen(),
		Files: []runfolder.File{runfolder.NewFile("decide.json", say.JSON(d.report), false),
			runfolder.NewFile("arms.csv", d.report.csv(), false), runfolder.NewFile("learning.csv", d.report.learning(), false)},
		Figures: []figure.Figure{figure.Decide(d.picture())}}
}
