package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
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

// Probed is what a short trial run took.
type Probed struct {
	Took       time.Duration
	Replicates int
	PerFuture  float64 // events of all arms in a replicate
}

// Probe plays a few blocks, more until it took long enough to tell.
func Probe(ctx context.Context, j *Run) (Probed, error) {
	const enough = 400 * time.Millisecond
	p := j.Plan
	p.BlockSize = min(4, p.Replicates)
	p.Replicates = p.BlockSize
	for p.Draws = min(p.Draws, j.Workers()); ; p.Draws = min(2*p.Draws, j.Plan.Draws) {
		began := time.Now()
		sums, err := experiment.Run(ctx, p, j.Workers(), nil)
		if err != nil {
			return Probed{}, err
		}
		out := Probed{Took: time.Since(began), Replicates: p.Draws * p.Replicates}
		for _, arm := range summary.Of(sums).Arms {
			out.PerFuture += arm.Counts[0].Mean
		}
		if out.Took >= enough || p.Draws >= j.Plan.Draws {
			return out, nil
		}
	}
}

// Expected is how long the whole plan takes.
func (p Probed) Expected(j *Run) time.Duration {
	return time.Duration(float64(p.Took) / float64(p.Replicates) * float64(j.Plan.Draws*j.Plan.Replicates))
}

// Events is how many events the whole plan has.
func (p Probed) Events(j *Run) float64 {
	return p.PerFuture * float64(j.Plan.Draws*j.Plan.Replicates)
}

// WriteInto is WriteWhole into a folder that may have to be made.
func WriteInto(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return cli.Plainly(filepath.Dir(path), err)
	}
	return WriteWhole(path, data)
}

// WriteWhole writes a file whole or not at all.
func WriteWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".misstep-state-*")
	if err != nil {
		return cli.Plainly(path, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return cli.Plainly(path, err)
	}
	return nil
}

// played is a run that was simulated and stored.
type played struct {
	Summary  *summary.Summary
	Manifest *runfolder.Manifest
	Outcome  runfolder.Outcome
	Folder   string
	Figures  int
}

// Store simulates a run and writes its folder, whole or not at all.
func Store(ctx context.Context, a *cli.App, j *Run) (*played, error) {
	if err := Writable(j.Settings.Run.Out); err != nil {
		return nil, err
	}
	sums, s, err := Simulate(ctx, a, j)
	if err != nil {
		return nil, err
	}
	plot := plotOf(a, j)
	files := resultFiles(s)
	history, historyFile, err := HistoryOf(ctx, j, sums)
	if err != nil {
		return nil, err
	}
	files = append(files, historyFile...)
	figures, err := DrawFigures(s, history, plot)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := j.Describe(s.Warnings, plot)
	outcome, err := runfolder.Write(j.Settings.Run.Out, m, append(files, figures...))
	if err != nil {
		return nil, err
	}
	return &played{Summary: s, Manifest: m, Outcome: outcome, Folder: filepath.Join(j.Settings.Run.Out, m.Folder()),
		Figures: CountFigures(figures)}, nil
}

// Writable makes sure, before anything is computed, that results can be kept. It
// leaves nothing: what is missing of the folder is made when there is a result.
func Writable(parent string) error {
	at := filepath.Clean(parent)
	info, err := os.Stat(at)
	for errors.Is(err, fs.ErrNotExist) && filepath.Dir(at) != at {
		at = filepath.Dir(at)
		info, err = os.Stat(at)
	}
	if err == nil && !info.IsDir() {
		err = syscall.ENOTDIR
	}
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(at, ".misstep-probe-*"); err == nil {
			return errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	return fmt.Errorf("%w; choose another folder with --out", cli.Plainly(parent, err))
}
