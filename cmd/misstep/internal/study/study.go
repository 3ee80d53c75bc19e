// Package study is the commands that look further into a run: why, multiverse,
// breakeven, sensitivity and sweep.
package study

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// Analysis is what a command that looks further into a run has found. Its results stand in a
// folder of the command's name in that of the run.
type Analysis struct {
	run.Results
	kept *points.Stream // of points, nil where none are kept on the way
}

// found is what a command has found of its inputs, without tables.
func found(j *run.Run, name string, inputs any, screen *say.Screen, pictures ...figure.Figure) *Analysis {
	return &Analysis{Results: run.Results{Settings: j.Settings, Screen: screen, Figures: pictures,
		Work: runfolder.NewWork(run.Program(), name, inputs), Folder: filepath.Join(j.Folder(), name)}}
}

// reporting adds the content of NAME.json, and of --json, and a table.
func (f *Analysis) reporting(report any, table string, data []byte) *Analysis {
	f.Report, f.Files = report, []runfolder.File{
		runfolder.NewFile(filepath.Base(f.Folder)+".json", say.JSON(report), false),
		runfolder.NewFile(table, data, false)}
	return f
}

// keeping says on which points the results rest; those of other inputs may be replaced.
func (f *Analysis) keeping(points *points.Stream) *Analysis {
	f.kept, f.Replace = points, true
	return f
}

// command makes a command on a scenario or a run of what finds its results.
func command(a *cli.App, cmd *cobra.Command,
	find func(context.Context, *cli.App, string) (*Analysis, error)) *cobra.Command {
	name := cmd.Name()
	cmd.Use += " SCENARIO|RUN"
	cmd.Long += "\n\nIt writes the folder " + name + " in that of the run, or where that of the run would be."
	cmd.Args = cli.Exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder")
	cmd.ValidArgsFunction = run.CompleteScenario
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		began := time.Now()
		f, err := find(cmd.Context(), a, args[0])
		if err != nil {
			return err
		}
		f.Began = began
		return f.conclude(a)
	}
	a.AnalysisFlags(cmd)
	return cmd
}

// shared marks a command whose points can be shared out.
func shared(cmd *cobra.Command) *cobra.Command {
	cmd.Annotations = map[string]string{cli.SharesOut: cmd.Name()}
	return cmd
}

// conclude ends the command; points are kept until then.
func (f *Analysis) conclude(a *cli.App) error {
	err := f.Conclude(a)
	if f.kept == nil {
		return err
	}
	defer f.kept.Close()
	if err == nil {
		f.kept.Done()
	}
	return err
}

// Store stores what was found as the command does, and shows nothing.
func (f *Analysis) Store(a *cli.App) error {
	silent := *a
	silent.Out, f.Began = io.Discard, time.Now()
	return f.conclude(&silent)
}

// Picture is the figure of what was found; nothing is stored.
func (f *Analysis) Picture() figure.Figure {
	if f.kept != nil {
		f.kept.Done()
	}
	return f.Figures[0]
}

// played opens a scenario or a run, makes sure that results can be kept, and plays its
// plan from begin to end.
func played[T any](ctx context.Context, a *cli.App, arg string,
	play func(context.Context, experiment.Plan, int, experiment.Progress) (T, error)) (j *run.Run, result T, err error) {
	if j, err = run.Open(a, arg); err != nil {
		return nil, result, err
	}
	if err = run.Writable(a, j.Folder()); err != nil {
		return nil, result, err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	result, err = play(ctx, j.Plan, j.Workers(), bar.Update)
	return j, result, err
}

// headed is a screen that begins with what is looked into.
func headed(j *run.Run, treatment, baseline string) *say.Screen {
	s := &say.Screen{}
	s.Add(j.Scenario.Title, fmt.Sprintf("%s against %s · %s × %s · seed %d", treatment, baseline,
		say.Counted(j.Plan.Draws, "draw"), say.Counted(j.Plan.Replicates, "replicate"), j.Plan.Seed))
	return s
}

// subtitle says in a figure what is looked into.
func subtitle(j *run.Run, counts string) []string {
	h := j.Scenario.Headline
	return []string{j.Scenario.Title, h.Treatment + " against " + h.Baseline, counts, fmt.Sprintf("seed %d", j.Plan.Seed)}
}

func rests(j *run.Run) string {
	if j.Scenario.Joint != nil {
		return "drawn from the posterior, mechanisms from assumptions"
	}
	return "not calibrated: rests on assumptions"
}

// scaleOf shows an error of a unit, with two digits at least.
func scaleOf(unit string, mc float64) screen.Scale {
	f := say.Factor(unit)
	return screen.Scale{Factor: f, Digits: max(2, say.Decimals(f*mc))}
}

// parameters writes a parameter interval, "" where parameters have no spread.
func parameters(s screen.Scale, e summary.Estimate, uncertain bool) string {
	if !uncertain {
		return ""
	}
	return s.Interval(e, say.Signed)
}

// parametersHead is the head of a column of these intervals.
func parametersHead(uncertain bool) string {
	if !uncertain {
		return ""
	}
	return "[parameters]"
}

//go:embed sentences.tmpl
var sentencesText string

var sentencesOf = template.Must(template.New("sentences").Parse(sentencesText))

// sentences are those of a template: what stands between its empty lines, each on one
// line; three empty lines are a gap.
func sentences(name string, data any) []string {
	var out []string
	for _, text := range strings.Split(say.Text(sentencesOf, name, data), "\n\n") {
		words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' })
		out = append(out, strings.Join(words, " "))
	}
	return out
}

func put(s *say.Screen, name string, data any) {
	for _, text := range sentences(name, data) {
		if text == "" {
			s.Add("")
			continue
		}
		s.Put(" ", "   ", "%s", text)
	}
}
