package main

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
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

func newRun(a *cli.App) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use:   "run SCENARIO",
		Short: "Simulate a scenario and show what its arms differ in",
		Long: `run plays every arm of a scenario over the same random numbers, for many draws of the
uncertain parameters, prints the paired comparison of the headline arms, and writes
outputs/NAME-HASH with the summary, the figures and a manifest that repeats the run.
Priors that the shipped posterior was made for are drawn from it; --prior leaves it out.

SCENARIO is a file, or the bare name of a shipped scenario.`,
		Example: `  misstep run scenarios/uk-china-dialogue-2026.yaml
  misstep run uk-china-dialogue-2026 --set choice.rationality=30 --set "evidence.gap=20d to 40d"
  misstep run uk-china-dialogue-2026 --contrast without-forum,with-crisis-line --precision 0.05
  misstep run --from outputs/uk-china-dialogue-2026-3f9c1ab/manifest.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if from != "" && len(args) == 0 {
				return nil
			}
			if from != "" {
				return errors.New("misstep run takes a scenario or --from, not both")
			}
			return cli.Exactly(1, "a scenario: a file, or the name of a shipped one")(cmd, args)
		},
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if from != "" {
				path, ok := manifestPath(from)
				if !ok {
					path = from
				}
				args = []string{path}
			}
			return playAndStore(a, cmd.Context(), args[0], from != "")
		},
	}
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.precision")
	a.OutputFlags(cmd)
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print summary.json in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figures")
	cmd.Flags().StringVar(&from, "from", "", "repeat the run of this `MANIFEST` (or run folder), and compare with its "+
		"hashes")
	return cmd
}

// playAndStore simulates, stores and shows.
func playAndStore(a *cli.App, ctx context.Context, arg string, repeat bool) error {
	began := time.Now()
	var j *job
	var err error
	if repeat {
		j, err = openStored(a, arg)
	} else {
		j, err = open(a, arg)
	}
	if err != nil {
		return err
	}
	if err := writable(j.settings.Run.Out); err != nil {
		return err
	}
	sums, s, err := simulate(a, ctx, j)
	if err != nil {
		return err
	}
	plot := plotOf(a, j)
	files := resultFiles(s)
	history, historyFile, err := historyOf(ctx, j, sums)
	if err != nil {
		return err
	}
	files = append(files, historyFile...)
	figures, err := drawFigures(s, history, plot)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m := j.describe(s.Warnings, plot)
	outcome, err := runfolder.Write(j.settings.Run.Out, m, append(files, figures...))
	if err != nil {
		return err
	}
	v := &view{
		job: j, summary: s, outcome: outcome, folder: filepath.Join(j.settings.Run.Out, m.Folder()),
		figures: countFigures(figures), took: time.Since(began),
	}
	if repeat {
		v.repetition = runfolder.Repeats(j.manifest, m)
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(s))
	} else {
		err = show(a, v)
	}
	if err == nil && v.repetition != nil && !v.repetition.Same() {
		err = fmt.Errorf("%s is not repeated: %s", arg, v.repetition)
	}
	return err
}

// plotOf is how figures are drawn, nil for none.
func plotOf(a *cli.App, j *job) *runfolder.Plot {
	if a.Flags.NoFigures || j.manifest != nil && j.manifest.Plot == nil {
		return nil
	}
	p := runfolder.Plot(j.settings.Plot)
	return &p
}

// drawFigures draws the figures as files of a run.
func drawFigures(s *summary.Summary, h *figure.History, plot *runfolder.Plot) ([]runfolder.File, error) {
	if plot == nil {
		return nil, nil
	}
	pictures, err := figure.All(s, h, figureOptions(settings.Plot(*plot)))
	if err != nil {
		return nil, err
	}
	out := make([]runfolder.File, 0, len(pictures))
	for _, f := range pictures {
		out = append(out, runfolder.NewFile(f.Name, f.Data, true))
	}
	return out, nil
}

func figureOptions(p settings.Plot) figure.Options {
	return figure.Options{Width: p.Width, DPI: p.DPI, Formats: p.Formats}
}

// countFigures counts figures, of which each has a CSV file of its numbers.
func countFigures(files []runfolder.File) int {
	n := 0
	for _, f := range files {
		if filepath.Ext(f.Name) == ".csv" {
			n++
		}
	}
	return n
}

// writable makes sure, before anything is computed, that results can be kept. It
// leaves nothing: what is missing of the folder is made when there is a result.
func writable(parent string) error {
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
