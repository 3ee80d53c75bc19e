package study

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/spf13/cobra"
)

// NewWhy is the command misstep why.
func NewWhy(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "why SCENARIO|RUN",
		Short: "Split the difference between two arms among the mechanisms of the forum",
		Long: `why takes the headline difference apart: what each mechanism of the forum has to do with
it, by Shapley values over arms in which only some of the mechanisms act. The shares add up
to the difference that run shows. Up to six mechanisms every combination is played; with
more, each replicate plays the mechanisms in one random order. Beside the shares stand what
each mechanism would do alone, what is left without it, and which pairs do more or less
together than apart.

It writes the folder why in that of the run, or where that of the run would be.`,
		Example: `  misstep why uk-china-dialogue-2026
  misstep why outputs/uk-china-dialogue-2026-3f9c1ab
  misstep why uk-china-dialogue-2026 --contrast without-forum,with-crisis-line
  misstep why uk-china-dialogue-2026 --set headline.outcome=forgone`,
		Args:              cli.Exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder"),
		ValidArgsFunction: run.CompleteScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return runWhy(cmd.Context(), a, args[0]) },
	}
	a.AnalysisFlags(cmd)
	return cmd
}

func runWhy(ctx context.Context, a *cli.App, arg string) error {
	began := time.Now()
	j, sums, err := playAnalysis(ctx, a, arg, decompose.Run)
	if err != nil {
		return err
	}
	r := decompose.Of(sums)
	return conclude(a, &analysis{run: j, began: began, work: runfolder.NewWork(run.Program(), "why", j.Inputs()),
		report:  r,
		tables:  []runfolder.File{runfolder.NewFile("parts.csv", whyCSV(r), false)},
		picture: func(o figure.Options) ([]figure.File, error) { return figure.Why(whyInput(j, r), o) },
		screen:  whyLines(j, r)})
}

// whyCSV has a row for every part of every outcome.
func whyCSV(r *decompose.Result) []byte {
	rows := [][]string{{"outcome", "unit", "player", "part", "value", "mc_half_width", "parameter_low", "parameter_high",
		"verdict"}}
	add := func(o *decompose.Outcome, player, part string, e *decompose.Effect) {
		rows = append(rows, slices.Concat([]string{o.ID, o.Unit, player, part}, say.EstimateCells(e.Estimate),
			[]string{string(e.Verdict)}))
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		for k := range o.Parts {
			p := &o.Parts[k]
			add(o, p.Player, "share", &p.Share)
			add(o, p.Player, "alone", &p.Alone)
			add(o, p.Player, "left_out", &p.Without)
		}
		add(o, "", "total", &o.Total)
	}
	for i := range r.Interactions {
		x := &r.Interactions[i]
		add(&r.Outcomes[0], x.Players[0]+" × "+x.Players[1], "interaction", &x.Effect)
	}
	return say.CSV(rows)
}

// whyInput is what the figure is drawn from.
func whyInput(j *run.Run, r *decompose.Result) *figure.WhyInput {
	o := &r.Outcomes[0]
	in := &figure.WhyInput{Title: whyTitle(r.Treatment), Subtitle: analysisParts(j, r.Treatment, r.Baseline),
		Source: sourceLine(j), Outcome: say.Measure(o.ID), Unit: say.Unit(o.Unit), Uncertain: r.Uncertain}
	add := func(label string, e *decompose.Effect, total bool) {
		in.Rows = append(in.Rows, figure.WhyRow{Label: label, Estimate: say.Scaled(e.Estimate, say.Factor(o.Unit)),
			Verdict: e.Verdict, Total: total})
	}
	for k := range o.Parts {
		add(say.Mechanism(o.Parts[k].Player), &o.Parts[k].Share, false)
	}
	add("together", &o.Total, true)
	return in
}

// whyTitle names what is taken apart.
func whyTitle(treatment string) string {
	if lever := say.Lever(treatment); lever != treatment {
		return "Which mechanisms of " + lever + " make the difference"
	}
	return "Which mechanisms make the difference"
}

// analysisParts say in a figure what is looked into.
func analysisParts(j *run.Run, treatment, baseline string) []string {
	p := &j.Plan
	return []string{j.Scenario.Title, treatment + " against " + baseline, figure.Played(p.Draws, p.Replicates),
		fmt.Sprintf("seed %d", p.Seed)}
}

// sourceLine says at the foot of a figure what it rests on.
func sourceLine(j *run.Run) string {
	standing := "not calibrated: rests on assumptions"
	if j.Scenario.Joint != nil {
		standing = "drawn from the posterior, mechanisms from assumptions"
	}
	return "Source: misstep, model output, no forecast; " + standing + "."
}
