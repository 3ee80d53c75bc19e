package gallery

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/fit"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
)

// record draws what the program ships about the record: fit, learned and backtest, of
// what is there.
func (g *painter) record() error {
	g.app.Note("gallery: fit, learned, backtest")
	p, err := run.ShippedPosterior()
	if err != nil {
		return err
	}
	if table := posterior.FitTable(); p != nil && table != nil {
		fit, err := fitFigure(p, table)
		if err != nil {
			return err
		}
		files, err := figure.Fit(fit, galleryPlot)
		if err := g.add(galleryPicture{kind: "fit", made: p.Header.Command, alt: figure.FitAlt(fit)}, files,
			err); err != nil {
			return err
		}
	}
	if p != nil {
		learned := learnedFigure(p)
		files, err := figure.Learned(learned, galleryPlot)
		if err := g.add(galleryPicture{kind: "learned", made: p.Header.Command, alt: figure.LearnedAlt(learned)}, files,
			err); err != nil {
			return err
		}
	}
	if len(backtest.Hindcast) == 0 {
		return nil
	}
	hindcast, err := hindcastFigure(backtest.Hindcast)
	if err != nil {
		return err
	}
	files, err := figure.Backtest(hindcast, galleryPlot)
	return g.add(galleryPicture{kind: "backtest", made: "misstep backtest", alt: figure.BacktestAlt(hindcast)}, files, err)
}

// fitFigure is the figure of a table of targets. Their ranges are those of the record that
// the program has.
func fitFigure(p *posterior.Posterior, table []byte) (*figure.FitInput, error) {
	rows, err := say.CSVRows(table)
	if err != nil {
		return nil, fmt.Errorf("fit.csv: %w", err)
	}
	until, err := fit.CutOff(p.Header.Until)
	if err != nil {
		return nil, err
	}
	problem, err := model.Calibration(evidence.Shipped(), until)
	if err != nil {
		return nil, err
	}
	in := &figure.FitInput{Subtitle: fittedWords(p)}
	for _, r := range rows {
		t := figure.FitTarget{ID: r["target"], Label: r["statistic"], Unit: r["unit"], Observed: r.Number("observed"),
			Low: math.NaN(), High: math.NaN(),
			OneSided: r["one_sided"] == "true", Use: r["use"], Inside: r["inside"] == "true", Why: r["why"],
			Prior: [3]float64{r.Number("prior_5"), r.Number("prior_50"), r.Number("prior_95")},
			Post:  [3]float64{r.Number("posterior_5"), r.Number("posterior_50"), r.Number("posterior_95")}}
		for i := range problem.Statistics {
			s := &problem.Statistics[i]
			if s.ID != r["id"] {
				continue
			}
			t.Label, t.Low, t.High, t.Log = s.Short, problem.Observed[i].Low, problem.Observed[i].High,
				s.Kind == calibrate.Duration
			if s.Kind == calibrate.Count {
				t.Unit = "" // the label says what is counted
			}
		}
		in.Targets = append(in.Targets, t)
	}
	return in, nil
}

func fittedWords(p *posterior.Posterior) []string {
	h := &p.Header
	return []string{"record to " + h.Until, fmt.Sprintf("%s (effective %.0f, kinship allowed for %.0f)",
		say.Counted(h.Particles, "particle"), h.ESS, h.ESSFamily),
		fmt.Sprintf("%s simulated histories, seed %d", say.Thousands(h.Simulations), h.Seed)}
}

// learnedFigure is the figure of the numbers that a posterior keeps.
func learnedFigure(p *posterior.Posterior) *figure.LearnedInput {
	in := &figure.LearnedInput{Subtitle: append(fittedWords(p), "the numbers that scenarios draw from it")}
	for k := range p.Columns {
		c := &p.Columns[k]
		x := figure.LearnedParameter{Name: c.Path, Label: say.ShortPath(c.Path), Contraction: c.Contraction,
			InformedBy: c.InformedBy}
		for i, u := range backtest.Levels {
			x.Percentile[i] = c.Dist().CDF(weightedQuantile(p, k, u))
		}
		in.Parameters = append(in.Parameters, x)
	}
	return in
}

// weightedQuantile is the least value of a column that has so much weight up to it.
func weightedQuantile(p *posterior.Posterior, column int, u float64) float64 {
	order := make([]int, len(p.Rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.Rows[a][column], p.Rows[b][column]) })
	sum := 0.0
	for _, i := range order {
		if sum += p.Weights[i]; sum >= u {
			return p.Rows[i][column]
		}
	}
	return p.Rows[order[len(order)-1]][column]
}

// hindcastFigure is the figure of a table of predictions: the accusations of whole years,
// a panel for each cut-off.
func hindcastFigure(table []byte) (*figure.BacktestInput, error) {
	rows, err := say.CSVRows(table)
	if err != nil {
		return nil, fmt.Errorf("backtest.csv: %w", err)
	}
	var cutoffs []time.Time
	of := map[time.Time][]say.CSVRow{}
	for _, r := range rows {
		at, err := time.Parse(time.DateOnly, r["cutoff"])
		if r["quantity"] != backtest.Quantities[0].ID || err != nil || r.Number("exposure_years") < 1 {
			continue
		}
		if of[at] == nil {
			cutoffs = append(cutoffs, at)
		}
		of[at] = append(of[at], r)
	}
	source, err := fit.BacktestInput()
	if err != nil {
		return nil, err
	}
	prepared, err := backtest.Prepare(source, cutoffs)
	if err != nil {
		return nil, err
	}
	in := &figure.BacktestInput{Quantity: "accusations a year",
		Subtitle:  []string{"led by the United States or the United Kingdom"},
		Baselines: []string{backtest.BaselineNames[0] + " median", backtest.BaselineNames[2] + " median"}}
	for _, at := range cutoffs {
		in.Panels = append(in.Panels, hindcastPanel(at, prepared.Documented(at), of[at]))
	}
	return in, nil
}

func hindcastPanel(until time.Time, seen []backtest.DocumentedYear, ahead []say.CSVRow) figure.BacktestPanel {
	p := figure.BacktestPanel{Cutoff: until.Format("2 Jan 2006"), Seen: until.AddDate(0, 0, 1).Year() - 1}
	nan := math.NaN()
	for _, y := range seen {
		p.Years = append(p.Years, figure.BacktestYear{Year: y.Year, Observed: y.N,
			Band: [5]float64{nan, nan, nan, nan, nan}, Baselines: [2]float64{nan, nan}})
	}
	inside := 0
	for _, r := range ahead {
		band := [5]float64{r.Number("q05"), r.Number("q25"), r.Number("q50"), r.Number("q75"), r.Number("q95")}
		observed := r.Number("observed")
		if observed >= band[0] && observed <= band[4] {
			inside++
		}
		p.Years = append(p.Years, figure.BacktestYear{Year: int(r.Number("year")), Observed: int(observed), Band: band,
			Baselines: [2]float64{r.Number("median_gamma_poisson"), r.Number("median_last_value")}})
	}
	p.Text = fmt.Sprintf("%d of %s inside 90\u00a0%%", inside, say.Counted(len(ahead), "year"))
	return p
}
