// Package fit is the commands that hold the model against the record: calibrate, backtest and check.
package fit

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/spf13/cobra"
)

type calibrateFlags struct {
	until, with, write string
	without            []string
	quick, resume      bool
	imported           bool
}

// NewCalibrate is the command misstep calibrate.
func NewCalibrate(a *cli.App) *cobra.Command {
	var f calibrateFlags
	cmd := &cobra.Command{
		Use:   "calibrate",
		Short: "Fit the parameters to the documented events",
		Long: `calibrate infers the uncertain numbers from what is documented: it simulates the history
of the United States and China from 2013 and of the United Kingdom and China from 2015,
censors it as the record is, and keeps the parameters whose record looks like the
documented one (approximate Bayesian computation). Forum mechanisms are not fitted.

It writes outputs/calibrate-HASH with the posterior, how each target is predicted, and
what each parameter learned. An interrupted calibration is continued with --resume, to the
same bytes. docs/CALIBRATION.md explains targets, distance and priors.`,
		Example: `  misstep calibrate --quick
  misstep calibrate --until 2020-12-31
  misstep calibrate --quick --without T13
  misstep calibrate --with my-evidence --write my-posterior.txt
  misstep calibrate --quick --with my-evidence --imported
  misstep run uk-china-dialogue-2026 --posterior my-posterior.txt`,
		Args: cli.Exactly(0, "no argument"),
		RunE: func(cmd *cobra.Command, _ []string) error { return runCalibrate(cmd.Context(), a, f) },
	}
	cmd.Flags().StringVar(&f.until, "until", "", "use the record up to this `DATE` only (2026-06-30)")
	cmd.Flags().StringVar(&f.with, "with", "", "add the rows of the tables in this `FOLDER` to the evidence")
	cmd.Flags().BoolVar(&f.imported, "imported", false, "count the rows of --with that misstep import took over")
	cmd.Flags().StringSliceVar(&f.without, "without", nil, "leave these `TARGETS` out of the fit and predict them from "+
		"the others (T13,T26)")
	cmd.Flags().StringVar(&f.write, "write", "", "write the posterior to this `FILE` too")
	cmd.Flags().BoolVar(&f.quick, "quick", false, "a rough fit within a minute, not to be relied on")
	cmd.Flags().BoolVar(&f.resume, "resume", false, "continue an interrupted calibration of the same inputs")
	cli.Printing[calibrationDocument](a, "calibrate")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figures")
	a.SettingFlag(cmd, "run.seed", "run.generator", "run.workers", "run.out")
	return cmd
}

// lastDay is the last day of the record that ships.
const lastDay = "2026-06-30"

// sized puts the settings of a user into options, and says what a calibration or a backtest depends on: these,
// and the hash of histories, priors, evidence and what is compared.
func sized(o *calibrate.Options, s *settings.Settings, hash string, until any) say.Object {
	o.Generator, o.Seed, o.Workers = s.Run.Generator, s.Run.Seed, run.WorkersOf(s)
	return say.Object{"model_version", experiment.ModelVersion, "inputs", hash, "until", until, "seed", fmt.Sprint(o.Seed),
		"generator", o.Generator.String(), "particles", o.Particles, "pilot", o.Pilot, "max_simulations", o.MaxSimulations}
}

type calibration struct {
	flags calibrateFlags
	run.Results
	state   *runfolder.State
	problem *calibrate.Problem
	options calibrate.Options
	until   string
	added   []string // what the rows of --with changed

	drawn    *abc.Result // before the correction for the accepted distance
	result   *abc.Result
	learned  []calibrate.Learned
	fit      []calibrate.Prediction
	standing abc.Standing
	sample   *posterior.Posterior
}

func runCalibrate(ctx context.Context, a *cli.App, f calibrateFlags) error {
	c, err := openCalibration(a, f)
	if err != nil {
		return err
	}
	defer func() { _ = c.state.Close() }()
	if err := infer(ctx, a, c); err != nil {
		return err
	}
	if err := c.found(); err != nil {
		return err
	}
	return c.Conclude(a)
}

func openCalibration(a *cli.App, f calibrateFlags) (*calibration, error) {
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	tables, err := readTables(f.with)
	if err != nil {
		return nil, err
	}
	until, err := CutOff(f.until)
	if err != nil {
		return nil, err
	}
	added, tables, err := f.added(tables, until)
	if err != nil {
		return nil, err
	}
	slices.Sort(f.without)
	p, err := model.Calibration(tables, until, slices.Compact(f.without)...)
	if err != nil {
		return nil, err
	}
	if err := run.Writable(a, s.Run.Out); err != nil {
		return nil, err
	}
	c := &calibration{flags: f, problem: p, options: calibrate.Thorough, until: say.Day(until), added: added}
	if f.quick {
		c.options = calibrate.Quick
	}
	for _, line := range added {
		a.Note("%s", line)
	}
	c.Results = run.Results{Settings: s, Began: time.Now(), Work: runfolder.NewWork(run.Program(), "calibrate",
		sized(&c.options, s, p.Inputs(), c.until))}
	return c, nil
}

// CutOff reads --until.
func CutOff(text string) (time.Time, error) {
	if text == "" {
		text = lastDay
	}
	at, err := day("--until", text, "2020-12-31")
	if err != nil {
		return at, err
	}
	if last, _ := time.Parse(time.DateOnly, lastDay); at.After(last) {
		return at, fmt.Errorf("--until %s: the record ends on %s; take an earlier day", text, lastDay)
	}
	return at, nil
}

func day(flag, text, example string) (time.Time, error) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		err = fmt.Errorf("%s %q is no date; write it as %s", flag, text, example)
	}
	return at, err
}

// readTables is the shipped evidence, with the rows of a folder added.
func readTables(folder string) (*evidence.Tables, error) {
	if folder == "" {
		return evidence.Shipped(), nil
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--with %s: no such folder; it holds evidence.csv, accusations.csv or delays.csv", folder)
	}
	return evidence.Read(os.DirFS(folder))
}

func (c *calibration) stateFile() string {
	return filepath.Join(c.Settings.Run.Out, c.Work.Folder()+".state")
}

func infer(ctx context.Context, a *cli.App, c *calibration) (err error) {
	if c.state, err = runfolder.HoldState(c.stateFile()); err != nil {
		return err
	}
	var state []byte
	if !c.flags.resume && cli.Exists(c.stateFile()) {
		return fmt.Errorf("%s keeps the work of an interrupted calibration; go on with --resume, or delete it to begin again",
			c.stateFile())
	}
	if c.flags.resume {
		if state, err = cli.ReadSmall(c.stateFile(), maxState); err != nil {
			return fmt.Errorf("--resume: %w; run misstep calibrate without it", err)
		}
	}
	bar := a.NewProgress()
	c.options.Checkpoint = func(state []byte) error { return c.state.Keep(state) }
	c.options.Progress = func(p abc.Progress) { tellGeneration(bar, p, c.options.MaxSimulations) }
	defer bar.Stop()
	if c.drawn, err = calibrate.Sample(ctx, c.problem, c.options, state); err != nil {
		_ = c.state.Close()
		if ctx.Err() != nil && cli.Exists(c.stateFile()) {
			a.Note("interrupted; misstep calibrate --resume goes on from %s", c.stateFile())
		}
		return err
	}
	if c.result, err = c.problem.Correct(c.drawn, calibrate.Ridged); err != nil {
		return err
	}
	c.learned = calibrate.Learn(c.problem, c.result)
	if c.fit, c.standing, err = calibrate.Predict(ctx, c.problem, c.result, c.options); err != nil {
		return err
	}
	c.sample, err = c.posterior(c.result, "")
	return err
}

// tellGeneration tells how far a calibration is: histories simulated, of at most so many.
func tellGeneration(bar *cli.Progress, g abc.Progress, most int) {
	step := "from the priors"
	if g.Generation > 0 {
		step = fmt.Sprintf("generation %d, distance below %.2f", g.Generation, g.Epsilon)
	}
	bar.Line(g.Done >= g.Total, "%s: %s of %s particles; %s histories before, at most %s",
		step, say.Thousands(g.Done), say.Thousands(g.Total), say.Thousands(g.Simulations), say.Thousands(most))
}

const maxState = 256 << 20

// posteriorRows is how many particles, by weight, the file holds.
const posteriorRows = 800

// posterior makes the file that a run draws from: a part of the particles, and the numbers of scenarios that
// learned something, with those tied to them. The others are drawn from their priors. file is its name where it is not
// the one that ships.
func (c *calibration) posterior(r *abc.Result, file string) (*posterior.Posterior, error) {
	f, command := &c.flags, "misstep calibrate"
	for _, part := range []struct {
		given bool
		text  string
	}{{f.quick, "--quick"}, {f.until != "", "--until " + f.until}, {f.with != "", "--with " + strconv.Quote(f.with)},
		{f.imported, "--imported"},
		{len(f.without) > 0, "--without " + strings.Join(f.without, ",")},
		{c.options.Seed != 1, fmt.Sprintf("--seed %d", c.options.Seed)}} {
		if part.given {
			command += " " + part.text
		}
	}
	if file != "" {
		command += ", " + file + " of its folder"
	}
	h := posterior.Header{Model: experiment.ModelVersion, Inputs: c.problem.Inputs(),
		Generator: c.options.Generator.String(), Seed: c.options.Seed, Particles: c.options.Particles,
		ESS: r.ESS, ESSFamily: r.FamilyESS.Median,
		Simulations: r.Simulations, Generations: len(r.Generations), Epsilon: r.Epsilon, Until: c.until, Command: command}
	var columns []posterior.Column
	var kept []int
	ties := calibrate.Ties(c.problem, c.result, c.learned)
	for n := range c.learned {
		if l := &c.learned[n]; !l.Record && (!l.Silent() || ties[n] >= tied) {
			kept = append(kept, n)
			columns = append(columns, posterior.Column{Path: l.Path, Prior: l.Prior, Unit: l.Unit, InformedBy: l.InformedBy})
		}
	}
	values := make([]float64, c.problem.Dims())
	var rows [][]float64
	var weights []float64
	for i, times := range calibrate.Thin(r.Weights, posteriorRows) {
		if times == 0 {
			continue
		}
		c.problem.Space.Values(r.Particles[i], values)
		row := make([]float64, len(kept))
		for k, n := range kept {
			row[k] = values[n]
		}
		rows, weights = append(rows, row), append(weights, float64(times)/posteriorRows)
	}
	return posterior.New("us-uk-china.txt", h, columns, weights, rows)
}

// tied is the correlation with a number that learned something from which on a
// silent one is kept: it would not be silent if the other were known.
const tied = 0.25
