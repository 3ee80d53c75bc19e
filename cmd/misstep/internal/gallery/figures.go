// Package gallery is the command misstep figures: those of a stored run, and a gallery
// of those of the shipped scenarios.
package gallery

import (
	"errors"
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/spf13/cobra"
)

// New is the command misstep figures.
func New(a *cli.App) *cobra.Command {
	var gallery string
	cmd := &cobra.Command{
		Use:   "figures RUN",
		Short: "Draw the figures of a stored run again",
		Long: `figures draws the figures of a run folder again from its stored results, with the plot
settings of config.yaml, the environment and --set. The results stay as they are.

--gallery plays the shipped scenarios instead, and fills a folder with small pictures of
them, of the analyses of the main one and of the shipped calibration, with a page that
shows them. It takes some minutes.`,
		Example: `  misstep figures outputs/uk-china-dialogue-2026-3f9c1ab --set plot.formats=svg
  MISSTEP_PLOT_DPI=300 misstep figures outputs/uk-china-dialogue-2026-3f9c1ab
  misstep figures --gallery outputs/gallery`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case gallery == "":
				return cli.Exactly(1, "a run folder")(cmd, args)
			case len(args) > 0 || len(a.Flags.Set) > 0:
				return errors.New("--gallery draws the shipped scenarios in a size of its own; leave the run and --set out")
			}
			return nil
		},
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			if gallery != "" {
				return drawGallery(cmd.Context(), a, gallery)
			}
			return redraw(a, args[0])
		},
	}
	cmd.Flags().StringVar(&gallery, "gallery", "", "draw the gallery of the shipped scenarios into this `FOLDER`")
	cmd.Flags().StringArrayVar(&a.Flags.Set, "set", nil, "set a plot setting: `PATH=VALUE`; repeatable")
	return cmd
}

func redraw(a *cli.App, arg string) error {
	for _, set := range a.Flags.Set {
		if !strings.HasPrefix(set, "plot.") {
			return fmt.Errorf("--set %q: figures draws stored results, and only plot settings change how; for example --set "+
				"plot.dpi=300", set)
		}
	}
	s, err := a.Settings()
	if err != nil {
		return err
	}
	r, err := run.OpenStored("figures", arg)
	if err != nil {
		return err
	}
	history, err := r.History()
	if err != nil {
		return err
	}
	plot := runfolder.Plot(s.Plot)
	pictures, err := run.DrawFigures(r.Summary, history, &plot)
	if err != nil {
		return err
	}
	outcome, err := runfolder.Redraw(r.Dir, &plot, pictures)
	if err != nil {
		return err
	}
	word := map[runfolder.Outcome]string{runfolder.Redrawn: "redrawn", runfolder.Unchanged: "unchanged"}[outcome]
	_, err = fmt.Fprintf(a.Out, "%s: %s %s\n", r.Dir, say.Counted(run.CountFigures(pictures), "figure"), word)
	return err
}
