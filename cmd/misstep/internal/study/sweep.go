package study

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// longFlags are the flags of commands that play many points.
type longFlags struct {
	resume, anyway bool
}

func (f *longFlags) declare(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.resume, "resume", false, "go on where an interruption of the same inputs stopped, to the "+
		"same bytes")
	cmd.Flags().BoolVar(&f.anyway, "anyway", false, "start though it would take more than a day")
}

// sweepFlags are the flags of sweep that are no settings.
type sweepFlags struct {
	longFlags
	vary   []string
	points int
}

// NewSweep is the command misstep sweep.
func NewSweep(a *cli.App) *cobra.Command {
	var f sweepFlags
	cmd := &cobra.Command{
		Use:   "sweep SCENARIO|RUN",
		Short: "Run a scenario at many values of some numbers",
		Long: `sweep plays a scenario at every combination of the values of some numbers, or at points
that fill their ranges evenly (--points, a Sobol' sequence). Each point is what run would
give with --set: all arms, over the same random numbers. Points are visited such that a
stop at any time leaves results spread over the whole; they go to disk one by one, and
--resume continues to the bytes of a sweep without interruption.

It writes the folder sweep in that of the run, or where that of the run would be.`,
		Example: `  misstep sweep uk-china-dialogue-2026 --vary strength.clarify=0:1:5 --vary strength.fragility=0:1:5
  misstep sweep uk-china-dialogue-2026 --vary choice.rationality=15:120 --vary evidence.gap=60d:365d --points 64
  misstep sweep uk-china-dialogue-2026 --vary strength.delay=0:1:21 --draws 50 --resume`,
		Args:              cli.Exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder"),
		ValidArgsFunction: run.CompleteScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return runSweep(cmd.Context(), a, args[0], f) },
	}
	cmd.Flags().StringArrayVar(&f.vary, "vary", nil, "vary this number: `PATH=lo:hi:n`, with --points PATH=lo:hi; "+
		"repeatable")
	cmd.Flags().IntVar(&f.points, "points", 0, "play `N` points that fill the ranges, in place of a grid")
	f.declare(cmd)
	a.AnalysisFlags(cmd)
	return cmd
}

// sweepInputs are what a sweep depends on.
type sweepInputs struct {
	Run    runfolder.Inputs `json:"run"`
	Vary   []varied         `json:"vary"`
	Points int              `json:"points"` // of a Sobol' sequence; 0: a grid
}

// sweeping is a sweep under way.
type sweeping struct {
	run    *run.Run
	flags  sweepFlags
	vary   []varied
	design *sensitivity.Sweep
	work   *runfolder.Work
	stream *stream
	parent string
	began  time.Time
}

// sweepPoint is what one point brings; a line of the stream.
type sweepPoint struct {
	Point     int             `json:"point"`
	Values    []float64       `json:"values"`
	Contrasts []sweepContrast `json:"contrasts"`
}

type sweepContrast struct {
	Baseline  string         `json:"baseline"`
	Treatment string         `json:"treatment"`
	Measures  []sweepMeasure `json:"measures"`
}

type sweepMeasure struct {
	ID         string           `json:"id"`
	Unit       string           `json:"unit"`
	Baseline   summary.Estimate `json:"baseline"`
	Treatment  summary.Estimate `json:"treatment"`
	Difference summary.Estimate `json:"difference"`
	Verdict    summary.Verdict  `json:"verdict"`
}

func runSweep(ctx context.Context, a *cli.App, arg string, f sweepFlags) error {
	w, err := openSweep(ctx, a, arg, f)
	if err != nil {
		return err
	}
	if err := playSweep(ctx, a, w); err != nil {
		w.stream.close()
		if ctx.Err() != nil {
			a.Note("interrupted after %s of %s; misstep sweep with --resume goes on from %s",
				say.Counted(w.stream.have, "point"), say.Thousands(w.design.Points()), w.stream.path)
		}
		return err
	}
	return finishSweep(a, w)
}

// openSweep reads flags and scenario, and makes sure of the ends of every range.
func openSweep(ctx context.Context, a *cli.App, arg string, f sweepFlags) (*sweeping, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if len(f.vary) == 0 {
		return nil, errors.New("sweep needs a number to vary, as in --vary strength.clarify=0:1:5")
	}
	if len(j.Scenario.Arms) < 2 {
		return nil, errors.New("sweep compares arms, and there is one; leave out --arm")
	}
	w := &sweeping{run: j, flags: f, parent: j.Folder(), began: time.Now()}
	if w.vary, err = vary(j.Scenario, f.vary, ranges{scatter: f.points != 0}); err != nil {
		return nil, err
	}
	if f.points == 0 {
		w.design, err = sensitivity.NewGrid(axesOf(w.vary))
	} else {
		rep := random.NewSource(j.Plan.Generator, j.Plan.Seed).Replicate(sweepDomain)
		w.design, err = sensitivity.NewScatter(axesOf(w.vary), f.points, rep)
	}
	if err != nil {
		return nil, fmt.Errorf("--vary, --points: %w", err)
	}
	for _, at := range []int{0, w.design.Points() - 1} {
		if _, err := moved(j, w.vary, w.design.At(at)); err != nil {
			return nil, err
		}
	}
	w.work = runfolder.NewWork(run.Program(), "sweep", sweepInputs{Run: j.Inputs(), Vary: w.vary, Points: f.points})
	if err := free(filepath.Join(w.parent, "sweep"), w.work); err != nil {
		return nil, err
	}
	if err := run.Writable(w.parent); err != nil {
		return nil, err
	}
	if err := affordable(ctx, a, j, w.design.Points(), f.longFlags); err != nil {
		return nil, err
	}
	w.stream, err = openStream(streamFile(w.parent, "sweep"), "sweep", w.work.Inputs, f.resume)
	return w, err
}

// sweepDomain is the replicate whose numbers shift the points of a sweep.
const sweepDomain = 1 << 58

// free makes sure that no results of other inputs stand in a folder.
func free(dir string, w *runfolder.Work) error {
	if !cli.Exists(dir) {
		return nil
	}
	old, err := runfolder.OpenWork(dir)
	if err == nil && old.Hash != w.Hash {
		err = fmt.Errorf("%s: results of other inputs stand under this name; move the folder away or choose --out", dir)
	}
	return err
}

// affordable says how long many points will take, and refuses what takes days.
func affordable(ctx context.Context, a *cli.App, j *run.Run, points int, f longFlags) error {
	p, err := run.Probe(ctx, j)
	if err != nil {
		return err
	}
	return affordableAt(a, p.Expected(j).Seconds()*float64(points), points, f)
}

const (
	tooLong    = 24 * 60 * 60 // [s]
	worthAWord = 10           // [s]
)

func affordableAt(a *cli.App, expected float64, points int, f longFlags) error {
	if expected > tooLong && !f.anyway {
		return fmt.Errorf("%s would take about %s; lower the number of points, --draws or --replicates, or add --anyway",
			say.Counted(points, "point"), long(expected))
	}
	if expected > worthAWord {
		a.Note("%s, about %s", say.Counted(points, "point"), long(expected))
	}
	return nil
}

// long writes seconds as people say it, days and years too.
func long(s float64) string {
	switch days := s / (24 * 60 * 60); {
	case days >= 700:
		return say.Number(days/365.25, 0) + " years"
	case days >= 2:
		return say.Number(days, 0) + " days"
	default:
		return say.Seconds(time.Duration(s * float64(time.Second)))
	}
}

// playSweep plays the points that the stream lacks.
func playSweep(ctx context.Context, a *cli.App, w *sweeping) error {
	bar := a.NewProgress()
	defer bar.Stop()
	per := w.run.Plan.Draws * w.run.Plan.Replicates
	n := 0
	for at := range w.design.Order() {
		if n++; n <= w.stream.have {
			continue
		}
		values := w.design.At(at)
		j, err := moved(w.run, w.vary, values)
		if err != nil {
			return err
		}
		sums, err := experiment.Run(ctx, j.Plan, j.Workers(), func(done, _ int) {
			bar.Update((n-1)*per+done, w.design.Points()*per)
		})
		if err != nil {
			return fmt.Errorf("at %s: %w", w.place(values), err)
		}
		if err := w.stream.add(pointOf(at, values, summary.Of(sums))); err != nil {
			return err
		}
	}
	return nil
}

// place names a point by its values.
func (w *sweeping) place(values []float64) string {
	var out []string
	for i := range w.vary {
		out = append(out, fmt.Sprintf("%s = %s", w.vary[i].label(), w.vary[i].number(values[i])))
	}
	return strings.Join(out, ", ")
}

func pointOf(at int, values []float64, s *summary.Summary) *sweepPoint {
	p := &sweepPoint{Point: at, Values: values}
	for i := range s.Contrasts {
		c := sweepContrast{Baseline: s.Contrasts[i].Baseline, Treatment: s.Contrasts[i].Treatment}
		for _, m := range s.Contrasts[i].Measures {
			c.Measures = append(c.Measures, sweepMeasure{m.ID, m.Unit, m.Baseline, m.Treatment, m.Difference, m.Verdict})
		}
		p.Contrasts = append(p.Contrasts, c)
	}
	return p
}

// headline is the headline difference of a point, nil where the measure is unknown.
func (p *sweepPoint) headline(id string) *sweepMeasure {
	for i := range p.Contrasts[0].Measures {
		if m := &p.Contrasts[0].Measures[i]; m.ID == id {
			return m
		}
	}
	return nil
}

// eachPoint reads the points of the stream one at a time.
func (w *sweeping) eachPoint(do func(*sweepPoint) error) error {
	return w.stream.each(func(line []byte) error {
		var p sweepPoint
		if err := json.Unmarshal(line, &p); err != nil || len(p.Contrasts) == 0 || len(p.Values) != len(w.vary) {
			return fmt.Errorf("no point of a sweep")
		}
		return do(&p)
	})
}
