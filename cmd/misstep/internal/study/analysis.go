// Package study is the commands that look further into a run: why, multiverse,
// breakeven, sensitivity and sweep.
package study

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// analysis is what a command that looks further into a run has found. Its results stand
// in a folder of the command's name in that of the run.
type analysis struct {
	run     *run.Run
	began   time.Time
	work    *runfolder.Work // the command, and what the results depend on
	report  any             // the content of NAME.json
	tables  []runfolder.File
	picture func(figure.Options) ([]figure.File, error)
	screen  []string // but for where it was written
	stream  *stream  // of points kept on the way; nil where none were
}

// playing is what plays a plan once, from begin to end.
type playing[T any] func(context.Context, experiment.Plan, int, experiment.Progress) (T, error)

// playAnalysis opens a scenario or a run, makes sure that results can be kept, and plays
// its plan.
func playAnalysis[T any](ctx context.Context, a *cli.App, arg string, play playing[T]) (j *run.Run, result T,
	err error) {
	if j, err = run.Open(a, arg); err != nil {
		return nil, result, err
	}
	if err = run.Writable(j.Folder()); err != nil {
		return nil, result, err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	result, err = play(ctx, j.Plan, j.Workers(), bar.Update)
	return j, result, err
}

// conclude draws, stores and shows. With a stream, which takes long to play again,
// results of other inputs are replaced.
func conclude(a *cli.App, f *analysis) error {
	name, parent := f.work.Command, f.run.Folder()
	files := append([]runfolder.File{runfolder.NewFile(name+".json", say.JSON(f.report), false)}, f.tables...)
	if !a.Flags.NoFigures {
		pictures, err := f.picture(run.FigureOptions(f.run.Settings.Plot))
		if err != nil {
			return err
		}
		for _, p := range pictures {
			files = append(files, runfolder.NewFile(p.Name, p.Data, true))
		}
	}
	outcome, err := runfolder.WriteWork(parent, name, f.work, files, f.stream != nil)
	if err != nil {
		return err
	}
	if f.stream != nil {
		f.stream.done()
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(f.report))
		return err
	}
	lines := slices.Concat(f.screen, run.WroteWork(outcome, filepath.Join(parent, name), files, time.Since(f.began)))
	_, err = a.Out.Write([]byte(strings.Join(lines, "\n") + "\n"))
	return err
}

// halted closes the stream of an analysis that did not end, and says how to go on after
// an interruption.
func halted(ctx context.Context, a *cli.App, s *stream, command string, points int) {
	s.close()
	if ctx.Err() != nil {
		a.Note("interrupted after %s of %s; misstep %s with --resume goes on from %s", say.Counted(s.have, "point"),
			say.Thousands(points), command, s.path)
	}
}

// inBrackets is a parameter interval as the tables of an analysis write it, "" where
// parameters have no spread.
func inBrackets(e summary.Estimate, factor float64, digits int, uncertain bool) string {
	if !uncertain {
		return ""
	}
	x := screen.IntervalOf(e, factor, digits, say.Signed)
	return "[" + strings.TrimSuffix(x[0]+", "+x[1], ", ") + "]"
}

// parametersHead is the head of that column.
func parametersHead(uncertain bool) string {
	if !uncertain {
		return ""
	}
	return "[parameters]"
}
