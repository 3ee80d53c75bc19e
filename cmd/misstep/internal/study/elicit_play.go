package study

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// camp is whose beliefs are played, and what comes of them.
type camp struct {
	Name       string            `json:"name"`
	Priors     map[string]string `json:"priors"` // by number
	Baseline   summary.Estimate  `json:"baseline"`
	Difference summary.Estimate  `json:"difference"`
	Verdict    summary.Verdict   `json:"verdict"`
	pool       bool
}

// camps are the scenario as it stands, each expert, and the pool.
func camps(experts []expert, beliefs []belief) []camp {
	out := []camp{{Name: "the scenario as it stands", Priors: map[string]string{}}}
	for _, x := range experts {
		c := camp{Name: x.name, Priors: map[string]string{}}
		for name, f := range x.priors {
			c.Priors[name] = f.Text
		}
		out = append(out, c)
	}
	pool := camp{Name: "pool", Priors: map[string]string{}, pool: true}
	for _, b := range beliefs {
		pool.Priors[b.Name] = b.prior.Text
	}
	return append(out, pool)
}

// playBeliefs plays the priors of each camp over the same futures. show stores and shows what came of it.
func playBeliefs(ctx context.Context, a *cli.App, arg string, experts []expert, beliefs []belief) (show func() error,
	err error) {
	began := time.Now()
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, fmt.Errorf("--play: %w", err)
	}
	if mark := scenarioMark(j); mark != experts[0].scenario {
		a.Note("the form was made for %s, and %s is played", experts[0].scenario, mark)
	}
	if len(j.Scenario.Arms) < 2 {
		return nil, fmt.Errorf("--play %s: no two arms are compared, so no belief can oppose the forum", arg)
	}
	if err := run.Writable(a, j.Folder()); err != nil {
		return nil, err
	}
	all := camps(experts, beliefs)
	bar := a.NewProgress()
	defer bar.Stop()
	for i := range all {
		if err := all[i].play(ctx, j, beliefs); err != nil {
			return nil, err
		}
		bar.Line(i+1 == len(all), "%d of %d beliefs played", i+1, len(all))
	}
	var priors []map[string]string
	for i := range all {
		priors = append(priors, all[i].Priors)
	}
	inputs := say.Object{"run", j.Inputs(), "beliefs", priors}
	f := found(j, "elicit", inputs, campScreen(j, all), figure.Experts(campInput(j, all))).
		reporting(all, "experts.csv", campCSV(j, all))
	f.Began, f.Replace = began, true
	return func() error { return f.conclude(a) }, nil
}

// play plays the headline's arms with the priors of a camp.
func (c *camp) play(ctx context.Context, j *run.Run, beliefs []belief) error {
	x := *j
	x.Layers = slices.Clone(j.Layers)
	for _, b := range beliefs {
		if text, ok := c.Priors[b.Name]; ok {
			x.Layers = append(x.Layers, scenario.Layer{Origin: scenario.FromFlag, Path: b.Name, Value: text, Where: "elicit"})
		}
	}
	if err := x.Load(j.Plan); err != nil {
		return err
	}
	sums, err := experiment.Run(ctx, x.Plan.PairOnly(), j.Workers(), nil)
	if err != nil {
		return err
	}
	s := summary.HeadlineOf(sums)
	c.Baseline, c.Difference = s.Headline.Baseline, s.Headline.Difference
	if m := s.Contrasts[0].Measure(s.Headline.Measure); m != nil {
		c.Verdict = m.Verdict
	}
	return nil
}

func campOutcome(j *run.Run) *outcome.Outcome {
	o, _ := outcome.Named(headlineOutcome(j)) // checked when it was read
	return o
}

func campInput(j *run.Run, all []camp) *figure.WhyInput {
	o, treatment := campOutcome(j), j.Scenario.Headline.Treatment
	in := &figure.WhyInput{Subtitle: subtitle(j, figure.Played(j.Plan.Draws, j.Plan.Replicates)), Rests: rests(j),
		Outcome: say.Measure(o.ID), Unit: say.Unit(o.Unit), Uncertain: j.Plan.Uncertain(),
		Lead: "Difference in " + say.Measure(o.ID) + " " + say.Unit(o.Unit) + ". " + opposed(all, treatment)}
	if say.Lever(treatment) != treatment {
		in.Title = "Whose beliefs oppose " + say.Lever(treatment)
	}
	for _, c := range all {
		in.Rows = append(in.Rows, figure.WhyRow{Label: say.Clipped(c.Name, 40), Estimate: say.Scaled(c.Difference,
			say.Factor(o.Unit)), Verdict: c.Verdict, Total: c.pool})
	}
	return in
}

// opposed says whose beliefs oppose the treatment, whose favour it, and by whose nothing is clear or known.
func opposed(all []camp, treatment string) string {
	var out []string
	for _, part := range []struct {
		verdict summary.Verdict
		words   string
	}{{summary.Worse, "Opposed to " + say.Lever(treatment)}, {summary.Better, "In favour"}, {summary.Differs, "Otherwise"},
		{summary.Unclear, "No clear difference"}, {summary.Unknown, "Not told by one replicate a draw"},
		{summary.Same, "No difference"}} {
		var names []string
		for _, c := range all[1:] {
			if c.Verdict == part.verdict && !c.pool {
				names = append(names, c.Name)
			}
		}
		if len(names) > 0 {
			out = append(out, part.words+": "+say.And(names)+".")
		}
	}
	return strings.Join(out, " ")
}

func campCSV(j *run.Run, all []camp) []byte {
	o := campOutcome(j)
	s := say.NewSheet(say.Exact, "beliefs measure unit baseline difference mc_half_width parameter_low "+
		"parameter_high verdict")
	for _, c := range all {
		s.Row(c.Name, o.ID, o.Unit, c.Baseline.Value, c.Difference, c.Verdict)
	}
	return s.CSV()
}

func campScreen(j *run.Run, all []camp) *say.Screen {
	h := j.Scenario.Headline
	s := headed(j, h.Treatment, h.Baseline)
	s.Add("")
	o := campOutcome(j)
	rows := [][]string{{say.Measure(o.ID) + ", " + say.Unit(o.Unit), "baseline", "difference",
		parametersHead(j.Plan.Uncertain())}}
	for _, c := range all {
		scale := scaleOf(o.Unit, c.Difference.MC)
		rows = append(rows, []string{"  " + say.Clipped(c.Name, 40), say.Number(scale.Factor*c.Baseline.Value, scale.Digits),
			scale.Change(c.Difference), parameters(scale, c.Difference, j.Plan.Uncertain()), say.Mark(c.Verdict)})
	}
	s.Table("lrrll", rows...)
	s.Add("")
	s.Put(" ", "   ", "%s", opposed(all, h.Treatment))
	return s
}
