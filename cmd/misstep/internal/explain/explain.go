// Package explain is the command misstep explain: one future told in words.
package explain

import (
	"context"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/spf13/cobra"
)

// explainFlags choose the replicate, and how much of it is told.
type explainFlags struct {
	draw, replicate int
	chosen          bool
	misstep, all    bool
}

// New is the command misstep explain.
func New(a *cli.App) *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain SCENARIO|RUN",
		Short: "Tell one future in both arms, step by step",
		Long: `explain plays one replicate in the two arms of the headline and tells what happened: with
dates, what each side believed, what was true, what the same evidence justified, which
step was a misstep, whether it was avoidable, and by which false belief. Without --draw and
--replicate it takes the future that the figure history of a run shows: where the arms part
over a misstep that one of them has alone; without such a one the lowest-numbered in which
they differ.`,
		Example: `  misstep explain uk-china-dialogue-2026
  misstep explain uk-china-dialogue-2026 --misstep
  misstep explain outputs/uk-china-dialogue-2026-3f9c1ab --draw 4 --replicate 7`,
		Args:              cli.Exactly(1, "a scenario or a run folder"),
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.chosen = cmd.Flags().Changed("draw") || cmd.Flags().Changed("replicate")
			return runExplain(cmd.Context(), a, args[0], f)
		},
	}
	a.ScenarioFlags(cmd)
	a.SettingFlag(cmd, "run.seed", "run.draws", "run.replicates", "run.generator")
	cmd.Flags().IntVar(&f.draw, "draw", 0, "parameter `D`raw of the replicate, from 0")
	cmd.Flags().IntVar(&f.replicate, "replicate", 0, "number `R` of the replicate within the draw, from 0")
	cmd.Flags().BoolVar(&f.misstep, "misstep", false, "take the lowest-numbered replicate with a misstep in one arm only")
	cmd.Flags().BoolVar(&f.all, "all", false, "tell also the cases that go the same way in both arms, or "+
		"differ in private steps only")
	cli.Printing[narrative.Story](a, "explain")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the story as JSON, with every case that matters")
	cmd.MarkFlagsMutuallyExclusive("misstep", "draw")
	cmd.MarkFlagsMutuallyExclusive("misstep", "replicate")
	return cmd
}

func runExplain(ctx context.Context, a *cli.App, arg string, f explainFlags) error {
	j, err := run.Open(a, arg)
	if err != nil {
		return err
	}
	s, err := chosen(ctx, j, f)
	if err != nil {
		return err
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(s))
		return err
	}
	_, err = fmt.Fprint(a.Out, tell(s, f.all, a.Columns())+j.LearnedLines())
	return err
}

// chosen tells the future that the flags name or, without any, the instructive one.
func chosen(ctx context.Context, j *run.Run, f explainFlags) (*narrative.Story, error) {
	if f.chosen {
		return narrative.Tell(&j.Plan, experiment.Cell{Draw: f.draw, Replicate: f.replicate})
	}
	if !f.misstep {
		cells, err := narrative.FindInstructive(ctx, &j.Plan)
		if err != nil {
			return nil, err
		}
		if s, err := narrative.Choose(ctx, &j.Plan, cells); s != nil || err != nil {
			return s, err
		}
	}
	cell, err := find(ctx, j, f.misstep)
	if err != nil {
		return nil, err
	}
	return narrative.Tell(&j.Plan, cell)
}

// find looks for a replicate that is worth a story.
func find(ctx context.Context, j *run.Run, misstep bool) (experiment.Cell, error) {
	want, what := narrative.Difference, "in no future of this plan do the two arms take different steps"
	if misstep {
		want, what = narrative.OneMisstep, "in no future of this plan is there a misstep in one arm only"
	}
	if j.Scenario.Headline.Treatment == "" {
		what = "in no future of this plan does the one arm show one"
	}
	cell, found, err := narrative.Find(ctx, &j.Plan, want)
	if err == nil && !found {
		err = fmt.Errorf("%s (%s × %s); use more --replicates, or choose one with --draw and --replicate",
			what, say.Counted(j.Plan.Draws, "draw"), say.Counted(j.Plan.Replicates, "replicate"))
	}
	return cell, err
}
