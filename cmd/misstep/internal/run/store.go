package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/summary"
)

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

// Results are what a command has found: files in a folder of their own, and a screen.
type Results struct {
	Work     *runfolder.Work // the command, and what the results depend on
	Settings *settings.Settings
	Began    time.Time
	Folder   string // where they are kept; "" for a folder of its own under --out
	Files    []runfolder.File
	Draw     []func(figure.Options) ([]figure.File, error)
	Replace  bool   // results of other inputs, too
	Stored   func() // is called when they are kept, before they are shown; may be nil
	Report   any    // of --json
	Screen   []string
}

// Conclude draws, stores and shows.
func (r *Results) Conclude(a *cli.App) error {
	if r.Folder == "" {
		r.Folder = filepath.Join(r.Settings.Run.Out, r.Work.Folder())
	}
	if !a.Flags.NoFigures {
		if err := r.draw(); err != nil {
			return err
		}
	}
	outcome, err := runfolder.WriteWork(filepath.Dir(r.Folder), filepath.Base(r.Folder), r.Work, r.Files, r.Replace)
	if err != nil {
		return err
	}
	if r.Stored != nil {
		r.Stored()
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(r.Report))
		return err
	}
	lines := slices.Concat(r.Screen, WroteWork(outcome, r.Folder, r.Files, time.Since(r.Began)))
	_, err = fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// draw adds the figures. Where a table of the results has the name of a figure's own, it
// holds the numbers already.
func (r *Results) draw() error {
	results := r.Files
	for _, draw := range r.Draw {
		pictures, err := draw(FigureOptions(r.Settings.Plot))
		if err != nil {
			return err
		}
		for _, p := range pictures {
			if !slices.ContainsFunc(results, func(f runfolder.File) bool { return f.Name == p.Name }) {
				r.Files = append(r.Files, runfolder.NewFile(p.Name, p.Data, true))
			}
		}
	}
	return nil
}

// WroteWork says where the results of a command are.
func WroteWork(outcome runfolder.Outcome, folder string, files []runfolder.File, took time.Duration) []string {
	var names []string
	for _, f := range files {
		name := f.Name
		if f.Figure {
			stem, _, _ := strings.Cut(name, ".")
			name = "figure " + stem
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return say.Wrapped(" ", "   ", fmt.Sprintf("%s %s: %s; %s", outcome, filepath.Clean(folder), strings.Join(names, ", "),
		strings.ReplaceAll(say.Seconds(took), " ", "\u00a0")))
}
