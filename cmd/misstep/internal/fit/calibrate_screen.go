package fit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/calibrate"
)

// showCalibration prints what was fitted, how well, and what was learned.
func showCalibration(a *cli.App, c *calibration, outcome runfolder.Outcome, folder string) error {
	var b strings.Builder
	score := calibrate.ScoreOf(c.fit)
	fmt.Fprintf(&b, "Calibration on the record to %s\n", c.inputs.Until)
	fmt.Fprintf(&b, "%d targets, %d uncertain numbers · %s · effective sample size %.0f, kinship allowed for %.0f "+
		"(least %.0f)\n\n",
		score.Used, len(c.learned), c.subtitle()[2], c.result.ESS, c.result.FamilyESS.Median, c.result.FamilyESS.Min)
	for _, part := range []struct {
		use   calibrate.Use
		title string
	}{{calibrate.Calibrate, "used to calibrate"}, {calibrate.LeftOut, "left out of the fit, predicted by the rest"},
		{calibrate.Echo, "inputs that come back, counted apart"}, {calibrate.Plausibility, "not used, predicted only"}} {
		if slices.ContainsFunc(c.fit, func(p calibrate.Prediction) bool { return p.Statistic.Use == part.use }) {
			b.WriteString(fitTable(part.title, c.fit, part.use))
		}
	}
	b.WriteString(scoreLines(score))
	b.WriteString(learnedLines(c.learned))
	if c.flags.quick {
		b.WriteString("\n A quick look: too few particles to rely on. Without --quick the fit takes about a quarter of an " +
			"hour.\n")
	}
	if !c.result.Corrected {
		b.WriteString("\n The accepted distance is not corrected for: there are too few particles. Intervals are too wide.\n")
	}
	if c.result.Binding > 0 {
		fmt.Fprintf(&b, "\n The scales of the distance had not settled: %d earlier thresholds still bind.\n",
			c.result.Binding)
	}
	what := map[runfolder.Outcome]string{runfolder.Written: "wrote", runfolder.Unchanged: "unchanged",
		runfolder.Redrawn: "figures redrawn in"}[outcome]
	fmt.Fprintf(&b, "\n No target observes a false belief: what the record teaches about missteps is indirect.\n %s "+
		"%s: posterior.txt, calibration.json, fit.csv, learned.csv; %.0f s\n",
		what, folder, time.Since(c.began).Seconds())
	_, err := fmt.Fprint(a.Out, b.String())
	return err
}

func fitTable(title string, fit []calibrate.Prediction, use calibrate.Use) string {
	var b strings.Builder
	fmt.Fprintf(&b, " %s %s  %-19s  %s\n", say.PadRight(title, 58), say.PadLeft("documented", 10), "before (90 %)",
		"after (90 %)")
	for i := range fit {
		p := &fit[i]
		if p.Statistic.Use != use {
			continue
		}
		flag := " "
		if !p.Inside {
			flag = "✗"
		}
		observed := say.Short(p.Observed.Value, false)
		if p.Statistic.Low {
			observed = "≥ " + observed
		}
		fmt.Fprintf(&b, " %s %s %s %s  %s  %s\n", flag, say.PadRight(p.Statistic.Target, 4),
			say.PadRight(say.Clipped(p.Statistic.Label, 50), 51), say.PadLeft(observed, 10),
			say.PadRight(interval(p.Prior), 19), interval(p.Posterior))
		if !p.Inside && p.Why() != "" {
			for _, l := range say.Wrapped("        ", "        ", p.Why()) {
				b.WriteString(l + "\n")
			}
		}
	}
	return b.String() + "\n"
}

func interval(x [3]float64) string {
	return say.Short(x[1], false) + " [" + say.Short(x[0], false) + ", " + say.Short(x[2], false) + "]"
}

func scoreLines(s calibrate.Score) string {
	var b strings.Builder
	fmt.Fprintf(&b, " %d of %d targets used lie inside the central 90 %% of what is predicted after the fit; echoed "+
		"inputs %d of %d.\n", s.Inside, s.Used, s.EchoInside, s.Echoes)
	if s.LeftOut > 0 {
		fmt.Fprintf(&b, " Of those left out, %d of %d lie inside what the others predict.\n", s.LeftInside, s.LeftOut)
	}
	fmt.Fprintf(&b, " The predictions are %.0f %% as wide as before (median over the targets used, each in its unit; "+
		"%.0f %% on the scale of comparison).\n",
		100*s.Width, 100*s.Narrowed)
	for _, id := range s.Conflicts {
		fmt.Fprintf(&b, " Warning: %s is hardly possible under the priors (conflict of prior and record).\n", id)
	}
	return b.String()
}

func learnedLines(learned []calibrate.Learned) string {
	var b strings.Builder
	sorted := slices.Clone(learned)
	slices.SortStableFunc(sorted, func(a, b calibrate.Learned) int {
		switch {
		case a.Contraction > b.Contraction:
			return -1
		case a.Contraction < b.Contraction:
			return 1
		}
		return 0
	})
	n := 0
	for n < len(sorted) && !sorted[n].Silent() {
		n++
	}
	fmt.Fprintf(&b, "\n %d of %d numbers learned something (contraction of at least 10 %%); on the others the record "+
		"is silent.\n", n, len(sorted))
	for _, l := range sorted[:min(n, 15)] {
		fmt.Fprintf(&b, "   %s %3.0f %%  %s  → %s  %s\n", say.PadRight(say.Clipped(say.ShortPath(l.Path), 38), 38),
			100*l.Contraction,
			say.PadRight(say.Short(l.Before[0], false)+" to "+say.Short(l.Before[4], false), 16),
			say.PadRight(say.Short(l.After[0], false)+" to "+say.Short(l.After[4], false), 18), strings.Join(l.InformedBy, " "))
	}
	if n > 15 {
		fmt.Fprintf(&b, "   and %d more in learned.csv\n", n-15)
	}
	return b.String()
}
