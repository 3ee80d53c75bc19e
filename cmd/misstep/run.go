package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
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
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if from != "" {
				path, ok := run.ManifestPath(from)
				if !ok {
					path = from
				}
				args = []string{path}
			}
			return playAndStore(cmd.Context(), a, args[0], from != "")
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
func playAndStore(ctx context.Context, a *cli.App, arg string, repeat bool) error {
	began := time.Now()
	var j *run.Run
	var err error
	if repeat {
		j, err = run.Repeat(a, arg)
	} else {
		j, err = run.Open(a, arg)
	}
	if err != nil {
		return err
	}
	p, err := run.Store(ctx, a, j)
	if err != nil {
		return err
	}
	v := &screen.View{
		Run: j, Summary: p.Summary, Outcome: p.Outcome, Folder: p.Folder, Figures: p.Figures, Took: time.Since(began),
	}
	if repeat {
		v.Repetition = runfolder.Repeats(j.Manifest, p.Manifest)
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(p.Summary))
	} else {
		err = screen.Show(a, v)
	}
	if err == nil && v.Repetition != nil && !v.Repetition.Same() {
		err = fmt.Errorf("%s is not repeated: %s", arg, v.Repetition)
	}
	return err
}
