package gallery

import (
	"context"
	"fmt"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/decide"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/fit"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/study"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

type painter struct {
	app      *cli.App
	scratch  string // folder of what the analyses keep while they run
	runs     map[string]string
	sections []section
	played   []*summary.Summary // of the scenarios
}

func (g *painter) paint(ctx context.Context) error {
	if err := g.scenario(ctx, galleryMain, figure.Names()); err != nil {
		return err
	}
	for _, part := range []func(context.Context) error{g.why, g.decide, g.breakeven, g.sensitivity, g.record} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	for _, name := range run.ShippedNames() {
		if name == galleryMain {
			continue
		}
		if err := g.scenario(ctx, name, []string{"escalation", "effect"}); err != nil {
			return err
		}
	}
	return g.overview()
}

// overview draws all scenarios together, before them all.
func (g *painter) overview() error {
	g.sections = append(g.sections, section{Title: "All scenarios"})
	const made = "misstep figures outputs/* --into FOLDER"
	err := g.painted("overview", "", made, figure.Overview(g.played), nil)
	last := len(g.sections) - 1
	g.sections = append(g.sections[last:], g.sections[:last]...)
	return err
}

// scenario plays a shipped scenario and draws some of its figures.
func (g *painter) scenario(ctx context.Context, name string, kinds []string) error {
	g.app.Note("gallery: %s", name)
	j, err := run.Open(g.app, name)
	if err != nil {
		return err
	}
	sums, s, err := run.Simulate(ctx, g.app, j)
	if err != nil {
		return err
	}
	h, _, err := run.HistoryOf(ctx, j, sums)
	if err != nil {
		return err
	}
	g.runs[name], g.played = j.Describe(nil, nil).Hash, append(g.played, s)
	g.sections = append(g.sections, section{Title: j.Scenario.Title})
	for _, kind := range kinds {
		f, err := figure.One(kind, s, h)
		if err := g.painted(kind, name, "misstep run "+name, f, err); err != nil {
			return err
		}
	}
	return nil
}

// sized is the program at another size, and how a command says it.
func (g *painter) sized(draws, replicates int) (a *cli.App, words string) {
	a = g.app.Inside(g.scratch)
	a.Give("run.draws", strconv.Itoa(draws))
	a.Give("run.replicates", strconv.Itoa(replicates))
	return a, fmt.Sprintf(" --draws %d --replicates %d", draws, replicates)
}

func (g *painter) why(ctx context.Context) error {
	g.app.Note("gallery: why")
	a, words := g.sized(galleryAnalyses.WhyDraws, galleryAnalyses.WhyReplicates)
	f, err := pictured(study.Why(ctx, a, galleryMain))
	return g.painted("why", galleryMain, "misstep why "+galleryMain+words, f, err)
}

func (g *painter) decide(ctx context.Context) error {
	g.app.Note("gallery: decide")
	a, words := g.sized(galleryAnalyses.DecideDraws, galleryAnalyses.DecideReplicates)
	f, err := decide.Picture(ctx, a, galleryMain)
	return g.painted("decide", galleryMain, "misstep decide "+galleryMain+words, f, err)
}

func (g *painter) breakeven(ctx context.Context) error {
	g.app.Note("gallery: breakeven")
	size := galleryAnalyses
	a, words := g.sized(size.BreakevenDraws, size.BreakevenReplicates)
	first := fmt.Sprintf("%s=0:1:%d", size.FirstStrength, size.Along)
	second := fmt.Sprintf("%s=0:1:%d", size.SecondStrength, size.Along)
	f, err := pictured(study.Breakeven(ctx, a, galleryMain, size.Outcome, first, second))
	made := "misstep breakeven " + galleryMain + " --vary " + first + " --vary " + second + words
	return g.painted("breakeven", galleryMain, made, f, err)
}

func (g *painter) sensitivity(ctx context.Context) error {
	g.app.Note("gallery: sensitivity")
	size := galleryAnalyses
	f, err := pictured(study.Sensitivity(ctx, g.app, galleryMain, sensitivity.Options{Trajectories: size.Trajectories,
		Rows: size.Rows, Leading: 10, Replicates: size.PointReplicates}))
	return g.painted("sensitivity", galleryMain, fmt.Sprintf("misstep sensitivity %s --rows %d --trajectories %d "+
		"--point-replicates %d", galleryMain, size.Rows, size.Trajectories, size.PointReplicates), f, err)
}

// record draws what the program ships about the record: fit, learned and backtest, of what is there.
func (g *painter) record(context.Context) error {
	g.app.Note("gallery: fit, learned, backtest")
	p, err := run.ShippedPosterior()
	if table := posterior.FitTable(); err == nil && p != nil && table != nil {
		var in *figure.FitInput
		if in, err = fitFigure(p, table); err == nil {
			err = g.painted("fit", "", p.Header.Command, figure.Fit(in), nil)
		}
	}
	if err == nil && p != nil {
		err = g.painted("learned", "", p.Header.Command, figure.Learned(learnedFigure(p)), nil)
	}
	if err != nil || len(backtest.Hindcast) == 0 {
		return err
	}
	in, err := fit.HindcastFigure(backtest.Hindcast)
	if err != nil {
		return err
	}
	return g.painted("backtest", "", "misstep backtest", figure.Backtest(in), nil)
}

// pictured is the figure of an analysis; nothing is stored.
func pictured(f *study.Analysis, err error) (figure.Figure, error) {
	if err != nil {
		return figure.Figure{}, err
	}
	return f.Picture(), nil
}

// fitFigure is the figure of the shipped table of targets, against the record that the program has.
func fitFigure(p *posterior.Posterior, table []byte) (*figure.FitInput, error) {
	until, err := fit.CutOff(p.Header.Until)
	if err != nil {
		return nil, err
	}
	problem, err := model.Calibration(evidence.Shipped(), until)
	if err != nil {
		return nil, err
	}
	return fit.FitFigure(problem, table, fit.Fitted(&p.Header))
}

// learnedFigure is the figure of the numbers that a posterior keeps.
func learnedFigure(p *posterior.Posterior) *figure.LearnedInput {
	in := &figure.LearnedInput{Subtitle: append(fit.Fitted(&p.Header), "the numbers that scenarios draw from it")}
	for k := range p.Columns {
		c := &p.Columns[k]
		x := figure.LearnedParameter{Name: c.Path, Label: say.ShortPath(c.Path), Contraction: c.Contraction,
			InformedBy: c.InformedBy}
		values := make([]float64, len(p.Rows))
		for i, row := range p.Rows {
			values[i] = row[k]
		}
		for i, u := range backtest.Levels {
			x.Percentile[i] = c.Dist().CDF(scenario.WeightedQuantile(values, p.Weights, u))
		}
		in.Parameters = append(in.Parameters, x)
	}
	return in
}
