package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

func newPlan(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan SCENARIO",
		Short: "Show what run would do, and how long it would take",
		Long: `plan loads a scenario as run does and shows its states, arms and sample, the time that a
short probe expects, and the files that run would write. It writes nothing.`,
		Example:           "  misstep plan uk-china-dialogue-2026 --replicates 200",
		Args:              cli.Exactly(1, "a scenario: a file, or the name of a shipped one"),
		ValidArgsFunction: run.CompleteScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return runPlan(cmd.Context(), a, args[0]) },
	}
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.precision")
	a.OutputFlags(cmd)
	return cmd
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
	_, err = fmt.Fprintln(a.Out, strings.Join(planLines(j, p), "\n"))
	return err
}

// planLines are what plan prints.
func planLines(j *run.Run, p run.Probed) []string {
	v := j.Scenario
	out := say.Wrapped("", "", v.Title)
	put := func(label, format string, args ...any) {
		out = append(out, say.Wrapped(" "+say.PadRight(label, 11), strings.Repeat(" ", 12), fmt.Sprintf(format, args...))...)
	}
	put("scenario", "%s", j.File)
	put("window", "%s from %s to %s", say.Span(v.Horizon), say.Day(v.Start),
		say.Day(v.Start.Add(time.Duration(v.Horizon*24)*time.Hour)))
	put("states", "%s", namesOfStates(v))
	if len(v.Groups) > 0 {
		put("others", "%s", strings.Join(namesOfGroups(v), ", "))
	}
	for i := range v.Arms {
		label := ""
		if i == 0 {
			label = "arms"
		}
		put(label, "%s: %s", v.Arms[i].Name, channelsOf(&v.Arms[i]))
	}
	if v.Headline.Treatment != "" {
		put("headline", "%s, %s against %s", v.Headline.Outcome, v.Headline.Treatment, v.Headline.Baseline)
	} else {
		put("headline", "none: one arm has no contrast")
	}
	put("numbers", "%d, of which %d uncertain%s", len(v.Slots), j.Plan.Free(), j.DrawnFrom())
	put("sample", "%s × %s × %s = %s futures, in %s of at most %d; seed %d, generator %s",
		say.Counted(j.Plan.Draws, "draw"), say.Counted(j.Plan.Replicates, "replicate"), say.Counted(len(v.Arms), "arm"),
		say.Thousands(j.Plan.Draws*j.Plan.Replicates*len(v.Arms)),
		say.Counted(len(j.Plan.Blocks(0, j.Plan.Replicates)), "block"), j.Plan.BlockSize, j.Plan.Seed, j.Plan.Generator)
	put("expected", "about %s for %s events with %s, before figures", say.Roughly(p.Expected(j)), rounded(p.Events(j)),
		say.Counted(j.Workers(), "worker"))
	if x := j.Settings.Run.Precision; x > 0 {
		put("", "at least: --precision %v adds replicates, up to %d per draw", x, model.MaxExtension*j.Plan.Replicates)
	}
	m := j.Describe(nil, nil)
	put("writes", "%s: manifest.json, summary.json, summary.csv, curves.csv, history.json; %s as %s and csv: %s",
		filepath.Join(j.Settings.Run.Out, m.Folder()), say.Counted(len(figure.Names()), "figure"),
		strings.Join(j.Settings.Plot.Formats, ", "), strings.Join(figure.Names(), ", "))
	return out
}

func namesOfStates(v *scenario.Scenario) string {
	var out []string
	for _, s := range v.States {
		name := s.Name
		if s.Observer {
			name += " (observer)"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

func namesOfGroups(v *scenario.Scenario) []string {
	var out []string
	for _, g := range v.Groups {
		out = append(out, g.Name)
	}
	return out
}

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
