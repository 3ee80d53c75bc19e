package gallery

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// options are the flags of misstep figures.
type options struct {
	gallery, into, figure, panel string
}

// New is the command misstep figures.
func New(a *cli.App) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "figures RUN...",
		Short: "Draw the figures of stored runs again",
		Long: `figures draws the figures of a run folder again from its stored results, with the plot
settings of config.yaml, the environment and flags. The results stay as they are.
--into draws into another folder and leaves the run alone: all figures, one (--figure),
or one panel of it (--panel, by name or number). Several runs become one picture, the
overview: level and difference of the headline of each.
For a paper: --bare drops title, subtitle and source line, --width is in cm (letters
print as large at 8 as at 12), --grey draws in shades of grey, --font is sans,
serif, or a font file for letters that these lack.
--gallery plays the shipped scenarios instead, and fills a folder with small pictures of
them, of the analyses of the main one and of the shipped calibration, with a page that
shows them. It takes some minutes.`,
		Example: `  misstep figures outputs/uk-china-dialogue-2026-3f9c1ab --set plot.formats=svg
  misstep figures outputs/uk-china-* --figure escalation --panel difference --bare --width 8 --into paper
  misstep figures outputs/uk-china-* outputs/us-china-* --into paper
  misstep figures --gallery outputs/gallery`,
		Args:              func(cmd *cobra.Command, args []string) error { return o.check(a, cmd, args) },
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.gallery != "":
				return drawGallery(cmd.Context(), a, o.gallery)
			case o.into != "":
				return deliver(a, args, &o)
			}
			return redraw(a, args[0])
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.gallery, "gallery", "", "draw the gallery of the shipped scenarios into this `FOLDER`")
	f.StringVar(&o.into, "into", "", "draw into this `FOLDER`, over files of the same names, and leave the run alone")
	f.StringVar(&o.figure, "figure", "", "draw this figure alone: a `NAME`, with --into")
	f.StringVar(&o.panel, "panel", "", "draw this panel of the figure alone: a `NAME` or its number, from 1 on")
	f.StringArrayVar(&a.Flags.Set, "set", nil, "set a plot setting: `PATH=VALUE`; repeatable")
	a.SettingFlag(cmd, "plot.width", "plot.bare", "plot.grey", "plot.font")
	f.Lookup("bare").NoOptDefVal, f.Lookup("grey").NoOptDefVal = "true", "true"
	return cmd
}

// check refuses flags and runs that do not go together.
func (o *options) check(a *cli.App, cmd *cobra.Command, args []string) error {
	alone := len(args) == 0
	for _, name := range []string{"set", "into", "figure", "panel", "width", "bare", "grey", "font"} {
		alone = alone && !cmd.Flags().Changed(name)
	}
	switch {
	case o.gallery != "" && !alone:
		return errors.New("--gallery draws the shipped scenarios in a size of its own; leave the run and --set out, and " +
			"all other flags of figures")
	case o.gallery != "":
		return nil
	case len(args) == 0:
		return errors.New("misstep figures needs a run folder")
	case len(args) > 1 && o.into == "":
		return errors.New("several runs become one picture, which no run folder holds; say where to with --into FOLDER")
	case len(args) > 1 && o.figure != "" && o.figure != "overview":
		return fmt.Errorf("--figure %s is of one run; name one, or leave --figure out for the overview", o.figure)
	case o.into == "" && o.figure != "":
		return errors.New("--figure draws one figure into another folder; say where to with --into FOLDER")
	case o.panel != "" && o.figure == "":
		return errors.New("--panel is of one figure; name it, for example --figure escalation --panel difference")
	}
	for _, set := range a.Flags.Set {
		if !strings.HasPrefix(set, "plot.") {
			return fmt.Errorf("--set %q: figures draws stored results, and only plot settings change how; for example --set "+
				"plot.dpi=300", set)
		}
	}
	return nil
}

// stored are the runs of a command line.
func stored(args []string) (runs []*run.Stored, err error) {
	for _, arg := range args {
		r, err := run.OpenStored("figures", arg)
		if err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	return runs, nil
}

func redraw(a *cli.App, arg string) error {
	s, err := a.Settings()
	if err != nil {
		return err
	}
	runs, err := stored([]string{arg})
	if err != nil {
		return err
	}
	r := runs[0]
	history, err := r.History()
	if err != nil {
		return err
	}
	pictures, err := run.DrawFigures(a, r.Summary, history, &s.Plot)
	if err != nil {
		return err
	}
	if r.Manifest.Inputs.BOM {
		if pictures, err = runfolder.Marked(pictures, say.ByteOrderMark); err != nil {
			return err
		}
	}
	outcome, err := runfolder.Redraw(r.Dir, &s.Plot, pictures)
	if err != nil {
		return err
	}
	word := map[runfolder.Outcome]string{runfolder.Redrawn: "redrawn", runfolder.Unchanged: "unchanged"}[outcome]
	_, err = fmt.Fprintf(a.Out, "%s: %s %s\n", r.Dir, say.Counted(run.CountFigures(pictures), "figure"), word)
	return err
}

// deliver draws figures of stored runs into a folder that is not theirs.
func deliver(a *cli.App, args []string, o *options) error {
	s, err := a.Settings()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(o.into, runfolder.Name)); err == nil {
		return fmt.Errorf("--into %s: holds a run or results of misstep; choose another folder", o.into)
	}
	runs, err := stored(args)
	if err != nil {
		return err
	}
	plot, err := run.FigureOptions(s.Plot)
	if err != nil {
		return err
	}
	plot.Panel = o.panel
	files, err := draw(runs, o.figure, plot)
	if err != nil {
		return err
	}
	run.NoteLost(a, plot)
	var pictures []runfolder.File
	for _, f := range files {
		pictures = append(pictures, runfolder.NewFile(f.Name, f.Data, true))
	}
	if err := runfolder.Deliver(o.into, pictures); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "wrote %s to %s\n", say.Counted(len(files), "file"), o.into)
	return err
}

// draw draws one figure, or all, or the overview of several runs.
func draw(runs []*run.Stored, name string, o figure.Options) ([]figure.File, error) {
	if len(runs) > 1 || name == "overview" {
		var all []*summary.Summary
		for _, r := range runs {
			all = append(all, r.Summary)
		}
		return figure.Overview(all).Draw(o)
	}
	history, err := runs[0].History()
	if err != nil {
		return nil, err
	}
	if name == "" {
		return figure.All(runs[0].Summary, history, o)
	}
	if names := append(figure.Names(), "overview"); !slices.Contains(names, name) {
		return nil, fmt.Errorf("--figure %s: no such figure; there are %s", name, say.And(names))
	}
	one, err := figure.One(name, runs[0].Summary, history)
	if err != nil {
		return nil, err
	}
	return one.Draw(o)
}
