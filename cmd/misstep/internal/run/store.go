package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
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

// WroteWork says where the results of a command are.
func WroteWork(outcome runfolder.Outcome, folder string, files []runfolder.File, took time.Duration) []string {
	verb := map[runfolder.Outcome]string{runfolder.Written: "wrote", runfolder.Unchanged: "unchanged",
		runfolder.Redrawn: "figures redrawn in"}[outcome]
	var names []string
	for _, f := range files {
		if !f.Figure {
			names = append(names, f.Name)
		}
	}
	if len(names) < len(files) {
		stem, _, _ := strings.Cut(files[len(files)-1].Name, ".")
		names = append(names, "figure "+stem)
	}
	return say.Wrapped(" ", "   ", fmt.Sprintf("%s %s: %s; %s", verb, filepath.Clean(folder), strings.Join(names, ", "),
		strings.ReplaceAll(say.Seconds(took), " ", "\u00a0")))
}
