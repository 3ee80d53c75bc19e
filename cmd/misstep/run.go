package main

import (
	"context"
	"errors"
	"fmt"
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
	"github.com/misstep/misstep/cmd/misstep/internal/shards"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newRun(a *cli.App) *cobra.Command {
	f := &runFlags{}
	cmd := &cobra.Command{
		Annotations: map[string]string{cli.SharesOut: "run"},

		Use:   "run SCENARIO",
		Short: "Simulate a scenario and show what its arms differ in",
		Long: `run plays every arm of a scenario over the same random numbers, for many draws of the
uncertain parameters, prints the paired comparison of the headline arms, and writes
outputs/NAME-HASH with the summary, the figures and a manifest that repeats the run.
Priors that the shipped posterior was made for are drawn from it; --prior leaves it out.

SCENARIO is a file, the bare name of a shipped scenario, or - for standard input.`,
		Example: `  misstep run scenarios/uk-china-dialogue-2026.yaml
  misstep run uk-china-dialogue-2026 --set choice.rationality=30 --set "evidence.gap=20d to 40d"
  misstep run uk-china-dialogue-2026 --contrast without-forum,with-crisis-line --precision 0.05
  misstep run uk-china-dialogue-2026 --export cases
  misstep run --from outputs/uk-china-dialogue-2026-3f9c1ab/manifest.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.from != "" && len(args) == 0 {
				return nil
			}
			if f.from != "" {
				return errors.New("misstep run takes a scenario or --from, not both")
			}
			return cli.Exactly(1, "a scenario: a file, or the name of a shipped one")(cmd, args)
		},
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.from != "" {
				path, ok := run.ManifestPath(f.from)
				if !ok {
					path = f.from
				}
				args = []string{path}
			}
			return f.playAndStore(cmd.Context(), a, args[0])
		},
	}
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.precision", "run.out", "run.bom", "run.no_side_runs")
	for _, name := range []string{"bom", "no-side-runs"} {
		cmd.Flags().Lookup(name).NoOptDefVal = "true"
	}
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print summary.json in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figures")
	cmd.Flags().BoolVar(&f.full, "full", false, "print all outcomes and how sure they are in place of one screen")
	cmd.Flags().BoolVar(&f.anyway, "anyway", false, "start though it would take more than a day")
	cmd.Flags().StringVar(&f.from, "from", "", "repeat the run of this `MANIFEST` (or run folder), and compare with its "+
		"hashes")
	cmd.Flags().StringArrayVar(&f.failIf, "fail-if", nil, "end with status 3 where this `CONDITION` holds, as "+
		"'missteps > 0.5'; repeatable")
	cmd.Flags().StringSliceVar(&f.export, "export", nil,
		"write a row for every case of every future, too, as this `TABLE`: cases (cases.csv) or cases.parquet; repeatable")
	return cmd
}

// runFlags are the flags of run alone.
type runFlags struct {
	from           string
	export, failIf []string
	full, anyway   bool
}

// playAndStore simulates, stores and shows.
func (f *runFlags) playAndStore(ctx context.Context, a *cli.App, arg string) error {
	began := time.Now()
	var j *run.Run
	var err error
	if f.from != "" {
		j, err = run.Repeat(a, arg)
	} else {
		j, err = run.Open(a, arg)
	}
	if err != nil {
		return err
	}
	if err = j.Export(f.export); err != nil {
		return err
	}
	conditions, err := conditionsOf(j, f.failIf)
	if err != nil {
		return err
	}
	p, err := run.Store(ctx, a, j, f.anyway)
	if err != nil {
		return err
	}
	v := &screen.View{
		Run: j, Summary: p.Summary, Outcome: p.Outcome, Folder: p.Folder, Figures: p.Figures, Tables: p.Tables,
		Took: time.Since(began), Full: f.full, Columns: a.Columns(), Colour: a.Colour(),
	}
	if f.from != "" {
		v.Repetition = runfolder.Repeats(j.Manifest, p.Manifest)
	}
	if err = a.Print(p.Summary, v.String); err != nil {
		return err
	}
	if v.Repetition != nil && !v.Repetition.Same() {
		return cli.Failed(fmt.Errorf("%s is not repeated: %s", arg, v.Repetition))
	}
	return judge(a, conditions, p.Summary)
}

func newPlan(a *cli.App) *cobra.Command {
	var write commandFolder
	var size shards.Size
	cmd := &cobra.Command{
		Use:   "plan SCENARIO",
		Short: "Show what run would do, or share out a long command",
		Long: `plan loads a scenario as run does and shows its states, arms and sample, the time that a
short probe expects, and the files that run would write. It writes nothing.

With --write it makes a folder in which a command is shared out: its inputs, and how its points
are cut into shards of a length. misstep shard plays one anywhere, misstep merge joins them.`,
		Example: `  misstep plan uk-china-dialogue-2026 --replicates 200
  misstep plan --write big sweep uk-china-dialogue-2026 --vary strength.delay=0:1:101
  misstep plan --length 600 --write wide sensitivity uk-china-dialogue-2026`,
		Args: func(cmd *cobra.Command, args []string) error {
			if write.path != "" {
				return alone(cmd)
			}
			return cli.Exactly(1, "a scenario: a file, or the name of a shipped one")(cmd, args)
		},
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if write.path != "" {
				return shards.Write(cmd.Context(), a, write.path, size, args)
			}
			if cmd.Flags().Changed("length") || cmd.Flags().Changed("each") {
				return errors.New("--length and --each are of --write: how large a shard is")
			}
			return runPlan(cmd.Context(), a, args[0])
		},
	}
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.precision", "run.out")
	write.flags = cmd.Flags()
	cmd.Flags().Var(&write, "write", "share out a command that follows this `FOLDER`, with flags of its own")
	cmd.Flags().Float64Var(&size.Length, "length", shards.DefaultLength, "make shards that take so many `SECONDS` of one "+
		"processor")
	cmd.Flags().IntVar(&size.Each, "each", 0, "make shards of `N` points, whatever they take")
	return cmd
}

// commandFolder is --write: what follows it is a command, whose flags are its own.
type commandFolder struct {
	path  string
	flags *pflag.FlagSet
}

func (f *commandFolder) String() string { return f.path }

func (f *commandFolder) Type() string { return "FOLDER" }

func (f *commandFolder) Set(path string) error {
	if path == "" {
		return errors.New("a folder has a name")
	}
	f.path = path
	f.flags.SetInterspersed(false)
	return nil
}

// alone refuses flags of plan that --write would not heed.
func alone(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if !slices.Contains([]string{"write", "length", "each", "config", "quiet"}, f.Name) {
			err = fmt.Errorf("--%s stands before the command that is shared out; what is the command's stands behind its name",
				f.Name)
		}
	})
	return err
}

func runPlan(ctx context.Context, a *cli.App, arg string) error {
	j, err := run.Open(a, arg)
	if err != nil {
		return err
	}
	p, err := run.Probe(ctx, j)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.Out, planned(j, p))
	return err
}

// planned is what plan prints.
func planned(j *run.Run, p run.Probed) *say.Screen {
	v, plan, s := j.Scenario, &j.Plan, &say.Screen{}
	put := func(label, format string, args ...any) { s.Field(" ", label, 11, fmt.Sprintf(format, args...)) }
	s.Put("", "", "%s", v.Title)
	put("scenario", "%s", j.File)
	put("window", "%s from %s to %s", say.Span(v.Horizon), say.Day(v.Start),
		say.Day(v.Start.Add(time.Duration(v.Horizon*24)*time.Hour)))
	states := say.Each(v.States, func(x scenario.State) string {
		return x.Name + map[bool]string{true: " (observer)"}[x.Observer]
	})
	put("states", "%s", strings.Join(states, ", "))
	put("others", "%s", strings.Join(say.Each(v.Groups, func(g scenario.Group) string { return g.Name }), ", "))
	label := "arms"
	for i := range v.Arms {
		put(label, "%s: %s", v.Arms[i].Name, channelsOf(&v.Arms[i]))
		label = ""
	}
	if h := v.Headline; h.Treatment != "" {
		put("headline", "%s, %s against %s", h.Outcome, h.Treatment, h.Baseline)
	} else {
		put("headline", "none: one arm has no contrast")
	}
	put("numbers", "%d, of which %d uncertain%s", len(v.Slots), plan.Free(), j.DrawnFrom())
	put("sample", "%s × %s × %s = %s futures, in %s of at most %d; seed %d, generator %s",
		say.Counted(plan.Draws, "draw"), say.Counted(plan.Replicates, "replicate"), say.Counted(len(v.Arms), "arm"),
		say.Thousands(plan.Draws*plan.Replicates*len(v.Arms)),
		say.Counted(len(plan.Blocks(0, plan.Replicates)), "block"), plan.BlockSize, plan.Seed, plan.Generator)
	put("expected", "about %s for %s events with %s, before figures", say.Seconds(p.Expected(j)), rounded(p.Events(j)),
		say.Counted(j.Workers(), "worker"))
	if x := j.Settings.Run.Precision; x > 0 {
		put("", "at least: --precision %v adds replicates, up to %d per draw", x, model.MaxExtension*plan.Replicates)
	}
	for _, l := range sizesOf(j, p) {
		put(l.label, "%s", l.text)
	}
	put("writes", "%s: manifest.json, summary.json, summary.csv, curves.csv, groups.csv, draws.csv, history.json; "+
		"%s as %s and csv: %s",
		filepath.Join(j.Settings.Run.Out, j.Describe(nil, nil).Folder()), say.Counted(len(figure.Names()), "figure"),
		strings.Join(j.Settings.Plot.Formats, ", "), strings.Join(figure.Names(), ", "))
	return s
}

// From here on plan says that a run is long or large.
const (
	long  = time.Hour
	large = 512 << 20 // bytes
)

type sized struct{ label, text string }

// sizesOf says how near a run comes to its bounds, what it needs, and where that is much.
func sizesOf(j *run.Run, p run.Probed) []sized {
	plan, v := &j.Plan, j.Scenario
	arms := len(v.Arms)
	memory, draw := plan.Memory()
	memory += plan.Draws * draw
	table := 10 * plan.Draws * max(1, arms-1) * (plan.Free() + 190) // of draws.csv: 190 columns beside the numbers
	out := []sized{
		{"events", fmt.Sprintf("about %s a future, of at most %s", rounded(p.PerFuture/float64(arms)),
			say.Thousands(v.Model.MaxEvents))},
		{"memory", fmt.Sprintf("about %s; draws.csv about %s", megabytes(memory), megabytes(table))},
	}
	if took := p.Expected(j); took > long {
		out = append(out, sized{"long", fmt.Sprintf("%s; half the --replicates take half as long", say.Seconds(took))})
	}
	if memory > large {
		out = append(out, sized{"large", fmt.Sprintf("%s of memory; half the --draws take half as much", megabytes(memory))})
	}
	if p.PerFuture/float64(arms) > float64(v.Model.MaxEvents)/4 {
		out = append(out, sized{"near", "a draw with more events than the mean may pass assumptions.model.max_events, and " +
			"end the run"})
	}
	return out
}

func megabytes(n int) string { return say.Thousands(max(1, n>>20)) + " MB" }

// channelsOf says what an arm has open, with the mandates.
func channelsOf(a *scenario.Arm) string {
	var out []string
	for _, c := range a.Levers.Channels {
		if !c.Open {
			continue
		}
		var does []string
		for m, on := range c.Mandate {
			if on {
				does = append(does, strings.ReplaceAll(scenario.Mechanism(m).String(), "_", "\u00a0"))
			}
		}
		name := c.Name
		if len(does) > 0 {
			name += " (" + strings.Join(does, ", ") + ")"
		}
		out = append(out, name)
	}
	if len(out) == 0 {
		return "no channel"
	}
	slices.Sort(out)
	return strings.Join(out, " · ")
}

// rounded writes a large number in words.
func rounded(x float64) string {
	switch {
	case x >= 1e9:
		return say.Number(x/1e9, 1) + " billion"
	case x >= 1e6:
		return say.Number(x/1e6, 1) + " million"
	case x >= 1e4:
		return say.Thousands(int(x/1000) * 1000)
	}
	return say.Thousands(int(x))
}
