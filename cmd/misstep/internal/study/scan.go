package study

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/study/sensitivity"
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

// begin makes sure that results can be kept and that the points do not take days,
// and opens their stream. ends are those of the stages ([cli.Points.Ends]), each is how long a point takes, from a
// trial run.
func (f *longFlags) begin(ctx context.Context, a *cli.App, j *run.Run, command string, inputs any, ends []int,
	each func(run.Probed) float64) (*points.Stream, error) {
	p := &cli.Points{Command: command, Head: points.Head(command, inputs), Log: points.File(j.Folder(), command),
		Ends: ends, Manifest: func() []byte { return j.Portable(a) },
		Proof: func() (string, error) { return run.Proof(ctx, j) },
		Each: func() (float64, error) {
			trial, err := run.Probe(ctx, j)
			if err != nil {
				return 0, err
			}
			return each(trial), nil
		}}
	if a.Part == nil {
		if err := run.Writable(a, j.Folder()); err != nil {
			return nil, err
		}
		seconds, err := p.Each()
		if err != nil {
			return nil, err
		}
		if err := f.affordable(a, seconds*float64(p.Count()), p.Count()); err != nil {
			return nil, err
		}
	}
	return points.Open(a, p, f.resume)
}

const worthAWord = 10 // [s]

// affordable says how long many points will take, and refuses what takes days.
func (f *longFlags) affordable(a *cli.App, expected float64, points int) error {
	what, took := say.Counted(points, "point"), time.Duration(expected*float64(time.Second))
	if err := run.Affordable(what, "the number of points, --draws or --replicates", took, f.anyway); err != nil {
		return err
	}
	if expected > worthAWord {
		a.Note("%s, about %s", what, say.Seconds(took))
	}
	return nil
}

// scan is a run at many points over some of its numbers.
type scan struct {
	run    *run.Run
	vary   []varied
	design *sensitivity.Sweep
	points *points.Stream
	pair   bool             // of arms is all that is looked at
	memo   *experiment.Memo // of arms that some points play alike; nil where there is none
}

// sweepDomain is the replicate whose numbers shift the points of a scan.
const sweepDomain = 1 << 58

// chance is the replicate that places and resamples.
func (s *scan) chance() random.Replicate {
	return random.NewSource(s.run.Plan.Generator, s.run.Plan.Seed).Replicate(sweepDomain)
}

// openScan reads what is to be moved, and makes sure of the ends of every range. A number
// of points fills the ranges; 0 is a grid.
func openScan(j *run.Run, command string, texts []string, r ranges, points int) (s *scan, err error) {
	if len(j.Scenario.Arms) < 2 {
		return nil, errors.New(command + " compares arms, and there is one; leave out --arm")
	}
	s = &scan{run: j}
	if s.vary, err = vary(j.Scenario, texts, r); err != nil {
		return nil, err
	}
	var axes []sensitivity.Axis
	for i := range s.vary {
		axes = append(axes, s.vary[i].Axis)
	}
	flags := "--vary"
	if points == 0 {
		s.design, err = sensitivity.NewGrid(axes)
	} else {
		flags += ", --points"
		s.design, err = sensitivity.NewScatter(axes, points, s.chance())
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", flags, err)
	}
	for _, at := range []int{0, s.design.Points() - 1} {
		if _, err := moved(j, s.vary, s.design.At(at)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// play plays the points that are not kept yet from an earlier time; of is what is kept of
// one. The command and its inputs say what the points are of.
func (s *scan) play(ctx context.Context, a *cli.App, f *longFlags, command string, inputs any,
	of func(at int, values []float64, sums *experiment.Sums) any) (err error) {
	if s.points, err = f.begin(ctx, a, s.run, command, inputs, []int{s.design.Points()},
		func(trial run.Probed) float64 { return trial.Expected(s.run).Seconds() }); err != nil {
		return err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	defer func() {
		if err != nil {
			s.points.Halted(ctx, a, s.design.Points())
		}
	}()
	per, n := s.run.Plan.Draws*s.run.Plan.Replicates, 0
	if s.memo, err = s.newMemo(); err != nil {
		return err
	}
	for at := range s.design.Order() {
		if n++; n <= s.points.Known() {
			continue
		}
		if n > s.points.To {
			break
		}
		values := s.design.At(at)
		plan, err := s.at(values)
		if err != nil {
			return err
		}
		plan.Memo = s.memo
		sums, err := experiment.Run(ctx, plan, s.run.Workers(), func(done, _ int) {
			bar.Update((n-1-s.points.From)*per+done, (s.points.To-s.points.From)*per)
		})
		if err != nil {
			return fmt.Errorf("at %s: %w", s.place(values), err)
		}
		if err := s.points.Put(of(at, values, sums)); err != nil {
			return err
		}
	}
	return s.points.Apart()
}

func (s *scan) at(values []float64) (experiment.Plan, error) {
	j, err := moved(s.run, s.vary, values)
	if err != nil {
		return experiment.Plan{}, err
	}
	if s.pair {
		return j.Plan.PairOnly(), nil
	}
	return j.Plan, nil
}

// mostKept bounds what is kept of arms that other points play alike [bytes].
const mostKept = 128 << 20

// newMemo keeps the arms that some points play alike: on a grid those that one of its numbers leaves alone, else those
// that all do. It is nil where there is none.
func (s *scan) newMemo() (*experiment.Memo, error) {
	from := s.design.At(0)
	first, err := s.at(from)
	if err != nil {
		return nil, err
	}
	keep := make([]bool, len(first.Scenario.Arms))
	for _, to := range s.design.Moves() {
		other, err := s.at(to)
		if err != nil {
			return nil, err
		}
		for a, alike := range first.Alike(&other) {
			keep[a] = keep[a] || alike
		}
	}
	if !slices.Contains(keep, true) {
		return nil, nil
	}
	return &experiment.Memo{Most: mostKept, Keep: keep}, nil
}

// place names a point by its values.
func (s *scan) place(values []float64) string {
	var out []string
	for i := range s.vary {
		out = append(out, s.vary[i].label()+" = "+s.vary[i].text(values[i]))
	}
	return strings.Join(out, ", ")
}
