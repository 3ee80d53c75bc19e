package study

import (
	"context"

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
	return command(a, &cobra.Command{Use: "why",
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
	}, why)
}

// WhyPicture plays misstep why, and returns the run and what the figure is drawn from;
// nothing is stored.
func WhyPicture(ctx context.Context, a *cli.App, arg string) (*run.Run, *figure.WhyInput, error) {
	return pictured(why(ctx, a, arg))
}

func why(ctx context.Context, a *cli.App, arg string) (*analysis[figure.WhyInput], error) {
	j, sums, err := played(ctx, a, arg, decompose.Run)
	if err != nil {
		return nil, err
	}
	r := decompose.Of(sums)
	return &analysis[figure.WhyInput]{run: j, inputs: j.Inputs(), report: r,
		tables:  []runfolder.File{runfolder.NewFile("parts.csv", whyCSV(r), false)},
		picture: whyInput(j, r), draw: figure.Why, screen: whyScreen(j, r)}, nil
}

// whyCSV has a row for every part of every outcome.
func whyCSV(r *decompose.Result) []byte {
	rows := [][]string{{"outcome", "unit", "player", "part", "value", "mc_half_width", "parameter_low", "parameter_high",
		"verdict"}}
	add := func(o *decompose.Outcome, player, part string, e decompose.Effect) {
		rows = append(rows, say.Cells(o.ID, o.Unit, player, part, e.Estimate, e.Verdict))
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		for _, p := range o.Parts {
			add(o, p.Player, "share", p.Share)
			add(o, p.Player, "alone", p.Alone)
			add(o, p.Player, "left_out", p.Without)
		}
		add(o, "", "total", o.Total)
	}
	for _, x := range r.Interactions {
		add(&r.Outcomes[0], x.Players[0]+" × "+x.Players[1], "interaction", x.Effect)
	}
	return say.CSV(rows)
}

// whyInput is what the figure is drawn from.
func whyInput(j *run.Run, r *decompose.Result) *figure.WhyInput {
	o := &r.Outcomes[0]
	in := &figure.WhyInput{Title: "Which mechanisms make the difference",
		Subtitle: subtitle(j, figure.Played(j.Plan.Draws, j.Plan.Replicates)), Source: source(j),
		Outcome: say.Measure(o.ID), Unit: say.Unit(o.Unit), Uncertain: r.Uncertain}
	if lever := say.Lever(r.Treatment); lever != r.Treatment {
		in.Title = "Which mechanisms of " + lever + " make the difference"
	}
	add := func(label string, e decompose.Effect, total bool) {
		in.Rows = append(in.Rows, figure.WhyRow{Label: label, Estimate: say.Scaled(e.Estimate, say.Factor(o.Unit)),
			Verdict: e.Verdict, Total: total})
	}
	for _, p := range o.Parts {
		add(say.Mechanism(p.Player), p.Share, false)
	}
	add("together", o.Total, true)
	return in
}
