package fit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/posterior"
)

// found makes files, figures and screen of what a calibration found.
func (c *calibration) found() error {
	table := fitCSV(c.fit)
	c.Report = c.report()
	c.Files = []runfolder.File{
		runfolder.NewFile("posterior.txt", c.sample.Bytes(), false),
		runfolder.NewFile("calibration.json", say.JSON(c.Report), false),
		runfolder.NewFile("fit.csv", table, false),
		runfolder.NewFile("learned.csv", learnedCSV(c.learned), false),
	}
	variants, err := c.variants()
	if err != nil {
		return err
	}
	c.Files = append(c.Files, variants...)
	in, err := FitFigure(c.problem, table, Fitted(&c.sample.Header))
	if err != nil {
		return err
	}
	c.Figures = []figure.Figure{figure.Fit(in), figure.Learned(c.learnedInput())}
	c.Screen = c.screen()
	c.Stored = func() { _ = c.state.Done() }
	if c.flags.write != "" {
		err = runfolder.WriteFile(c.flags.write, c.sample.Bytes())
	}
	return err
}

// variants are the posteriors that come of the same particles with another correction for the accepted distance.
func (c *calibration) variants() ([]runfolder.File, error) {
	var out []runfolder.File
	for _, how := range []calibrate.Correction{calibrate.Full, calibrate.Sampled} {
		r, err := c.problem.Correct(c.drawn, how)
		if err != nil {
			return nil, err
		}
		file := "posterior-" + string(how) + ".txt"
		p, err := c.posterior(r, file)
		if err != nil {
			return nil, err
		}
		out = append(out, runfolder.NewFile(file, p.Bytes(), false))
	}
	return out, nil
}

func (c *calibration) report() calibrationDocument {
	r := c.result
	out := calibrationDocument{Inputs: c.Work.Inputs, Simulations: r.Simulations, Generations: len(r.Generations),
		Epsilon: r.Epsilon, End: r.End, ESS: r.ESS, FamilyMedian: r.FamilyESS.Median, FamilyMinimum: r.FamilyESS.Min,
		Score: calibrate.ScoreOf(c.fit), Standing: standing{Distance: say.Finite(c.standing.Distance),
			Usual: say.Finite(c.standing.Usual), Beyond: say.Finite(c.standing.Beyond)}}
	for i := range c.fit {
		out.Targets = append(out.Targets, fittedTargetOf(&c.fit[i]))
	}
	for _, l := range c.learned {
		out.Parameters = append(out.Parameters, learnedParameter{Path: l.Path, Unit: l.Unit, PriorText: l.Prior,
			Prior: l.Before, Posterior: l.After, Contraction: say.Maybe(l.Contraction), Silent: l.Silent(),
			InformedBy: append([]string{}, l.InformedBy...), Record: l.Record})
	}
	return out
}

func fittedTargetOf(p *calibrate.Prediction) fittedTarget {
	s := p.Statistic
	return fittedTarget{ID: s.ID, Target: s.Target, Label: s.Label, Unit: s.Unit, Use: s.Use,
		N: p.Observed.N, Rows: append([]string{}, p.Observed.Rows...), Observed: say.Maybe(p.Observed.Value),
		OneSided: s.Low, Prior: known(p.Prior), Posterior: known(p.Posterior), Width: say.Finite(p.Width),
		WidthOnScale: say.Finite(p.Narrowed), Inside: p.Inside, PriorTail: say.Maybe(p.Tail), Conflict: p.Conflict(),
		AsLow: say.Finite(p.AsLow), AsHigh: say.Finite(p.AsHigh), Why: p.Why()}
}

// known puts zero for what no history defined.
func known(x [3]float64) [3]float64 {
	return [3]float64{say.Finite(x[0]), say.Finite(x[1]), say.Finite(x[2])}
}

func fitCSV(fit []calibrate.Prediction) []byte {
	sheet := say.NewSheet(say.SixDigits, "id target statistic unit use n observed one_sided prior_5 prior_50 prior_95 "+
		"posterior_5 posterior_50 posterior_95 width_ratio width_ratio_compared inside prior_tail as_low as_high why rows")
	for i := range fit {
		p := &fit[i]
		s := p.Statistic
		sheet.Row(s.ID, s.Target, s.Label, s.Unit, s.Use, p.Observed.N, p.Observed.Value, s.Low, p.Prior[:],
			p.Posterior[:], p.Width, p.Narrowed, p.Inside, p.Tail, p.AsLow, p.AsHigh, p.Why(),
			strings.Join(p.Observed.Rows, " "))
	}
	return sheet.CSV()
}

func learnedCSV(learned []calibrate.Learned) []byte {
	sheet := say.NewSheet(say.SixDigits, "path unit prior prior_5 prior_50 prior_95 posterior_5 posterior_25 "+
		"posterior_50 posterior_75 posterior_95 contraction silent informed_by observation_model")
	for _, l := range learned {
		sheet.Row(l.Path, l.Unit, l.Prior, l.Before[0], l.Before[2], l.Before[4], l.After[:], l.Contraction, l.Silent(),
			strings.Join(l.InformedBy, " "), l.Record)
	}
	return sheet.CSV()
}

// Fitted says below the title of a figure how a fit was made.
func Fitted(h *posterior.Header) []string {
	return []string{"record to " + h.Until,
		fmt.Sprintf("%s (effective %.0f, kinship allowed for %.0f)", say.Counted(h.Particles, "particle"), h.ESS,
			h.ESSFamily),
		fmt.Sprintf("%s simulated histories, seed %d", say.Thousands(h.Simulations), h.Seed)}
}

// FitFigure is the figure of a table fit.csv, with what a problem knows of its targets.
func FitFigure(problem *calibrate.Problem, table []byte, subtitle []string) (*figure.FitInput, error) {
	rows, err := say.CSVRows(table)
	if err != nil {
		return nil, fmt.Errorf("fit.csv: %w", err)
	}
	in := &figure.FitInput{Subtitle: subtitle}
	for _, r := range rows {
		t := figure.FitTarget{ID: r["target"], Label: r["statistic"], Unit: r["unit"], Observed: r.Number("observed"),
			Low: math.NaN(), High: math.NaN(), OneSided: r["one_sided"] == "true", Use: r["use"],
			Inside: r["inside"] == "true", Why: r["why"],
			Prior: [3]float64{r.Number("prior_5"), r.Number("prior_50"), r.Number("prior_95")},
			Post:  [3]float64{r.Number("posterior_5"), r.Number("posterior_50"), r.Number("posterior_95")}}
		for i := range problem.Statistics {
			s, o := &problem.Statistics[i], &problem.Observed[i]
			if s.ID != r["id"] {
				continue
			}
			t.Label, t.Low, t.High, t.Log = s.Short, o.Low, o.High, s.Kind == calibrate.Duration
			if s.Kind == calibrate.Count {
				t.Unit = "" // the label says what is counted
			}
		}
		in.Targets = append(in.Targets, t)
	}
	return in, nil
}

func (c *calibration) learnedInput() *figure.LearnedInput {
	in := &figure.LearnedInput{Subtitle: Fitted(&c.sample.Header)}
	for n, l := range c.learned {
		x := figure.LearnedParameter{Name: l.Path, Label: say.ShortPath(l.Path), Contraction: l.Contraction,
			InformedBy: l.InformedBy}
		for i, v := range l.After {
			x.Percentile[i] = c.problem.Space.Coordinates[n].Dist.CDF(v)
		}
		in.Parameters = append(in.Parameters, x)
	}
	return in
}

func (c *calibration) screen() *say.Screen {
	s, score := &say.Screen{}, calibrate.ScoreOf(c.fit)
	put := func(format string, args ...any) { s.Put(" ", "   ", format, args...) }
	s.Add("Calibration on the record to " + c.until)
	s.Put("", "", "%d targets, %d uncertain numbers · %s · effective sample size %.0f, kinship allowed for %.0f "+
		"(least %.0f)",
		score.Used, len(c.learned), Fitted(&c.sample.Header)[2], c.result.ESS, c.result.FamilyESS.Median,
		c.result.FamilyESS.Min)
	for _, line := range c.added {
		put("%s", line)
	}
	c.targetLines(s)
	put("%d of %d targets used lie inside the central 90 %% of what is predicted after the fit; echoed inputs %d of %d.",
		score.Inside, score.Used, score.EchoInside, score.Echoes)
	if score.LeftOut > 0 {
		put("Of those left out, %d of %d lie inside what the others predict.", score.LeftInside, score.LeftOut)
	}
	put("The predictions are %.0f %% as wide as before (median over the targets used, each in its unit; %.0f %% on the "+
		"scale of comparison).", 100*score.Width, 100*score.Narrowed)
	put("The record stands %.1f from the mean of fresh histories, by all targets at once; 95 in 100 of these stand "+
		"within %.1f.", c.standing.Distance, c.standing.Usual)
	if c.standing.Outside() {
		put("The record lies outside what the model makes: levels rest on how it is extrapolated.")
	}
	for _, id := range score.Conflicts {
		put("Warning: %s is hardly possible under the priors (conflict of prior and record).", id)
	}
	c.learnedLines(s)
	s.Add("")
	if c.flags.quick {
		put("A quick look: too few particles to rely on. Without --quick the fit takes about a quarter of an hour.")
	}
	if !c.result.Corrected {
		put("The accepted distance is not corrected for: there are too few particles. Intervals are too wide.")
	}
	if n := c.result.Binding; n > 0 {
		put("The scales of the distance had not settled: %d earlier thresholds still bind.", n)
	}
	put("No target observes a false belief: what the record teaches about missteps is indirect.")
	return s
}

// targetLines has a row for each target, by its use, then why some are missed.
func (c *calibration) targetLines(s *say.Screen) {
	short := func(x float64) string { return say.Short(x, false) }
	interval := func(x [3]float64) string { return short(x[1]) + " [" + short(x[0]) + ", " + short(x[2]) + "]" }
	var rows, why [][]string
	for _, part := range []struct {
		use   calibrate.Use
		title string
	}{{calibrate.Calibrate, "used to calibrate"}, {calibrate.LeftOut, "left out of the fit, predicted by the rest"},
		{calibrate.Echo, "inputs that come back, counted apart"}, {calibrate.Plausibility, "not used, predicted only"}} {
		head := [][]string{{}, {"", "", part.title, "documented", "before (90 %)", "after (90 %)"}}
		for i := range c.fit {
			p := &c.fit[i]
			if p.Statistic.Use != part.use {
				continue
			}
			flag, least := "", ""
			if !p.Inside {
				flag, why = "✗", append(why, []string{p.Statistic.Target, p.Why()})
			}
			if p.Statistic.Low {
				least = "≥ "
			}
			rows, head = append(append(rows, head...), []string{flag, p.Statistic.Target, p.Statistic.Short,
				least + short(p.Observed.Value), interval(p.Prior), interval(p.Posterior)}), nil
		}
	}
	s.Table("lllrll", append(rows, []string{})...)
	for _, w := range why {
		s.Put(" ✗ "+say.PadRight(w[0], 4), "       ", "%s", w[1])
	}
}

func (c *calibration) learnedLines(s *say.Screen) {
	const most = 15
	taught := slices.DeleteFunc(slices.Clone(c.learned), func(l calibrate.Learned) bool { return l.Silent() })
	slices.SortStableFunc(taught, func(a, b calibrate.Learned) int { return cmp.Compare(b.Contraction, a.Contraction) })
	s.Add("", fmt.Sprintf(" %d of %d numbers learned something (contraction of at least 10 %%); on the others the record "+
		"is silent.", len(taught), len(c.learned)))
	span := func(x [5]float64) string { return say.Short(x[0], false) + " to " + say.Short(x[4], false) }
	var rows [][]string
	for _, l := range taught[:min(most, len(taught))] {
		rows = append(rows, []string{"  " + say.Clipped(say.ShortPath(l.Path), 38), fmt.Sprintf("%.0f %%", 100*l.Contraction),
			span(l.Before), "→ " + span(l.After), strings.Join(l.InformedBy, " ")})
	}
	if n := len(taught) - most; n > 0 {
		rows = append(rows, []string{fmt.Sprintf("  and %d more in learned.csv", n)})
	}
	s.Table("lrlll", rows...)
}
