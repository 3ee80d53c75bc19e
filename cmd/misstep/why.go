package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/effect"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

func newWhy(a *app) *cobra.Command {
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
		Args:              exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder"),
		ValidArgsFunction: completeScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.why(cmd.Context(), args[0]) },
	}
	a.analysisFlags(cmd)
	return cmd
}

// analysisFlags are the flags of a command that looks further into a run.
func (a *app) analysisFlags(cmd *cobra.Command) {
	a.scenarioFlags(cmd)
	a.sampleFlags(cmd)
	a.outputFlags(cmd)
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print the results as JSON in place of the screen")
	cmd.Flags().BoolVar(&a.flags.noFigures, "no-figures", false, "draw no figures")
}

func (a *app) why(ctx context.Context, arg string) error {
	began := time.Now()
	j, err := a.open(arg)
	if err != nil {
		return err
	}
	parent := j.runFolder()
	if err := writable(parent); err != nil {
		return err
	}
	bar := a.newProgress()
	sums, err := effect.Run(ctx, j.plan, j.workers(), bar.update)
	bar.stop()
	if err != nil {
		return err
	}
	r := effect.Of(sums)
	files := []runfolder.File{runfolder.NewFile("why.json", jsonOf(r), false), runfolder.NewFile("parts.csv", whyCSV(r), false)}
	if !a.flags.noFigures {
		pictures, err := figure.Why(whyInput(j, r), figureOptions(j.settings.Plot))
		if err != nil {
			return err
		}
		for _, f := range pictures {
			files = append(files, runfolder.NewFile(f.Name, f.Data, true))
		}
	}
	w := runfolder.NewWork(program(), "why", j.inputs())
	outcome, err := runfolder.WriteWork(parent, "why", w, files, false)
	if err != nil {
		return err
	}
	if a.flags.json {
		_, err = a.out.Write(jsonOf(r))
		return err
	}
	lines := append(whyLines(j, r), wroteWork(outcome, filepath.Join(parent, "why"), files, time.Since(began))...)
	_, err = a.out.Write([]byte(strings.Join(lines, "\n") + "\n"))
	return err
}

// runFolder is the folder of the run of these inputs: that which was opened, or the
// one that run would write.
func (j *job) runFolder() string {
	if j.manifest != nil {
		return filepath.Dir(j.file)
	}
	return filepath.Join(j.settings.Run.Out, j.describe(nil, nil).Folder())
}

// whyCSV has a row for every part of every outcome.
func whyCSV(r *effect.Result) []byte {
	rows := [][]string{{"outcome", "unit", "player", "part", "value", "mc_half_width", "parameter_low", "parameter_high", "verdict"}}
	add := func(o *effect.Outcome, player, part string, e *effect.Effect) {
		rows = append(rows, []string{o.ID, o.Unit, player, part, exact(e.Value), exact(e.MC), exact(e.Low), exact(e.High), string(e.Verdict)})
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
	return csvOf(rows)
}

// whyInput is what the figure is drawn from.
func whyInput(j *job, r *effect.Result) *figure.WhyInput {
	o := &r.Outcomes[0]
	in := &figure.WhyInput{Subtitle: analysisParts(j, r.Treatment, r.Baseline), Source: sourceLine(j), Outcome: plainLabel(o), Unit: unitName(o.Unit), Uncertain: r.Uncertain}
	add := func(label string, e *effect.Effect, total bool) {
		in.Rows = append(in.Rows, figure.WhyRow{Label: label, Estimate: scaledBy(e.Estimate, unitFactor(o.Unit)), Verdict: e.Verdict, Total: total})
	}
	for k := range o.Parts {
		add(playerLabel(o.Parts[k].Player), &o.Parts[k].Share, false)
	}
	add("together", &o.Total, true)
	return in
}

// analysisParts say in a figure what is looked into.
func analysisParts(j *job, treatment, baseline string) []string {
	p := &j.plan
	return []string{j.scenario.Title, treatment + " against " + baseline,
		fmt.Sprintf("%s × %s", counted(p.Draws, "draw"), counted(p.Replicates, "replicate")), fmt.Sprintf("seed %d", p.Seed)}
}

// sourceLine says at the foot of a figure what it rests on.
func sourceLine(j *job) string {
	standing := "not calibrated: rests on assumptions"
	if j.scenario.Joint != nil {
		standing = "drawn from the posterior, mechanisms from assumptions"
	}
	return "Source: misstep, model output, no forecast; " + standing + "."
}

func scaledBy(e summary.Estimate, by float64) summary.Estimate {
	return summary.Estimate{Value: by * e.Value, MC: by * e.MC, Low: by * e.Low, High: by * e.High}
}
