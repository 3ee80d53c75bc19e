package fit

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
)

// backtestFiles are the files of a backtest's folder.
func backtestFiles(a *cli.App, h *hindcast) ([]runfolder.File, error) {
	files := []runfolder.File{
		runfolder.NewFile("backtest.csv", h.result.PredictionsCSV(), false),
		runfolder.NewFile("scores.csv", h.result.ScoresCSV(), false),
	}
	if a.Flags.NoFigures {
		return files, nil
	}
	drawn, err := figure.Backtest(h.figureInput(), run.FigureOptions(h.settings.Plot))
	if err != nil {
		return nil, err
	}
	for _, f := range drawn {
		files = append(files, runfolder.NewFile(f.Name, f.Data, true))
	}
	return files, nil
}

// figureInput shows all accusations, a panel for each cut-off. The half of the last
// year is left out: it is no count of a year.
func (h *hindcast) figureInput() *figure.BacktestInput {
	in := &figure.BacktestInput{
		Quantity: "accusations a year",
		Subtitle: []string{"led by the United States or the United Kingdom",
			fmt.Sprintf("%d particles and %s futures a cut-off, seed %d", h.inputs.Particles, say.Thousands(h.inputs.Futures),
				h.inputs.Seed)},
		// The two that differ most in what they assume.
		Baselines: []string{backtest.BaselineNames[0] + " median", backtest.BaselineNames[2] + " median"},
	}
	for i := range h.result.Cutoffs {
		in.Panels = append(in.Panels, h.panel(&h.result.Cutoffs[i]))
	}
	return in
}

func (h *hindcast) panel(c *backtest.Cutoff) figure.BacktestPanel {
	p := figure.BacktestPanel{Cutoff: c.Until.Format("2 Jan 2006"), Seen: c.Until.AddDate(0, 0, 1).Year() - 1}
	nan := math.NaN()
	for _, y := range h.prepared.Documented(c.Until) {
		p.Years = append(p.Years, figure.BacktestYear{Year: y.Year, Observed: y.N,
			Band: [5]float64{nan, nan, nan, nan, nan}, Baselines: [2]float64{nan, nan}})
	}
	log, base, n := 0.0, 0.0, 0.0
	for i := range c.Years[0] {
		y := &c.Years[0][i]
		if y.Window.Years < 1 {
			continue
		}
		log, base, n = log+y.Model.Log, base+y.Baselines[0].Log, n+1
		year := figure.BacktestYear{Year: y.Window.Year, Observed: y.Observed,
			Baselines: [2]float64{float64(y.Medians[0]), float64(y.Medians[2])}}
		for k, q := range y.Quantiles {
			year.Band[k] = float64(q)
		}
		p.Years = append(p.Years, year)
	}
	if n == 0 { // parts of a year only
		return p
	}
	p.Text = fmt.Sprintf("log score %s a year, %s %s", say.Number(log/n, 2), backtest.BaselineNames[0],
		say.Number(base/n, 2))
	return p
}
