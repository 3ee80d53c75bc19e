package fit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/spf13/cobra"
)

type backtestFlags struct {
	until                  []string
	quick                  bool
	forecast, made, verify string
	format                 string
}

// NewBacktest is the command misstep backtest.
func NewBacktest(a *cli.App) *cobra.Command {
	var f backtestFlags
	cmd := &cobra.Command{
		Annotations: map[string]string{cli.SharesOut: "backtest"},

		Use:   "backtest",
		Short: "Predict years from the record before them, and score that",
		Long: `backtest fits the parameters to the record up to a cut-off, predicts the accusations of the
years after it, and scores them against what came and against three simple forecasts.
Nothing real from after the cut-off is an input. It is a hindcast: the design knew these
years. Without --until five cut-offs are taken, from 2016 to 2023; they take about ten
minutes. It writes outputs/backtest-HASH with backtest.csv, scores.csv and a figure.

--forecast makes predictive distributions of years that nobody knows yet from a
posterior, with a date and a hash; --verify checks such a file. --format hub writes them as
hubverse model output (schema v6.0.0) with the configuration of a hub, and beside them the
three simple forecasts; misstep score holds such files against what came.`,
		Example: `  misstep backtest
  misstep backtest --quick --until 2020-12-31 --until 2022-12-31
  misstep backtest --forecast 2027-2029
  misstep backtest --forecast 2027-2029 --format hub
  misstep backtest --verify outputs/forecast-2027-2029.csv`,
		Args: cli.Exactly(0, "no argument"),
		RunE: func(cmd *cobra.Command, _ []string) error { return runBacktest(cmd.Context(), a, f) },
	}
	cmd.Flags().StringSliceVar(&f.until, "until", nil, "fit to the record up to this `DATE`; repeatable (2016, 2018, "+
		"2020, 2022 and 2023, each to 31 December)")
	cmd.Flags().BoolVar(&f.quick, "quick", false, "a tenth of the size, not to be relied on")
	cmd.Flags().StringVar(&f.forecast, "forecast", "", "predict these `YEARS` from the posterior in place of a "+
		"backtest: 2027-2029")
	cmd.Flags().StringVar(&f.made, "made", "", "the `DATE` that a forecast bears (today)")
	cmd.Flags().StringVar(&f.format, "format", csvForm, "write the forecast in this `FORM`: csv, or hub for a folder of "+
		"hubverse model output")
	cmd.Flags().StringVar(&f.verify, "verify", "", "check the hash of this forecast `FILE` and do nothing else")
	cli.Printing[hindcastDocument](a, "backtest")
	cli.Printing[backtest.Forecast](a, "backtest") // --forecast
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figure")
	a.SettingFlag(cmd, "run.seed", "run.generator", "run.workers", "run.out", "run.posterior")
	return cmd
}

// BacktestQuick is the size of misstep backtest --quick; tests put a smaller one in place.
var BacktestQuick = backtest.Quick

type hindcast struct {
	quick bool
	run.Results
	prepared *backtest.Backtest
	options  backtest.Options
	result   *backtest.Result
}

func runBacktest(ctx context.Context, a *cli.App, f backtestFlags) error {
	switch {
	case f.verify != "" && (f.forecast != "" || len(f.until) > 0 || f.quick || f.format != csvForm):
		return errors.New("--verify checks a file and does nothing else; leave the other flags out")
	case a.Part != nil && (f.verify != "" || f.forecast != ""):
		return errors.New("a forecast is not shared out; its cut-offs would be, without --forecast and --verify")
	case f.verify != "":
		return verifyForecast(a, f.verify)
	case f.format != csvForm && f.format != hubForm:
		return fmt.Errorf("--format %q is not known; take %s or %s", f.format, csvForm, hubForm)
	case f.format != csvForm && f.forecast == "":
		return errors.New("--format is that of a forecast; add --forecast YEARS, or leave it out")
	case f.forecast != "" && len(f.until) > 0:
		return errors.New("--forecast starts where the record of the posterior ends; leave --until out, or --forecast")
	case f.forecast != "":
		return runForecast(ctx, a, f)
	case f.made != "":
		return errors.New("--made is the date of a forecast; add --forecast YEARS, or leave it out")
	}
	h, err := openBacktest(a, f)
	if err != nil {
		return err
	}
	bar := a.NewProgress()
	h.options.Progress = func(p backtest.Progress) { tellCutoff(bar, p) }
	if a.Part == nil {
		h.result, err = h.prepared.Run(ctx, h.options)
	} else {
		h.result, err = h.part(ctx, a)
	}
	if err != nil {
		return err
	}
	if err := h.found(); err != nil {
		return err
	}
	return h.Conclude(a)
}

func openBacktest(a *cli.App, f backtestFlags) (*hindcast, error) {
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	cutoffs, err := readCutoffs(f.until)
	if err != nil {
		return nil, err
	}
	source, err := input()
	if err != nil {
		return nil, err
	}
	h := &hindcast{quick: f.quick, options: sizeOf(f)}
	if h.prepared, err = backtest.Prepare(source, cutoffs); err != nil {
		return nil, fmt.Errorf("--until: %w", err)
	}
	if !a.Apart() {
		if err := run.Writable(a, s.Run.Out); err != nil {
			return nil, err
		}
	}
	until := say.Each(h.prepared.Cutoffs(), say.Day)
	in := append(sized(&h.options.Calibrate, s, h.prepared.Inputs(), until), "futures", h.options.Futures)
	h.Results = run.Results{Settings: s, Began: time.Now(), Work: runfolder.NewWork(run.Program(), "backtest", in)}
	return h, nil
}

func sizeOf(f backtestFlags) backtest.Options {
	if f.quick {
		return BacktestQuick
	}
	return backtest.Thorough
}

// readCutoffs reads --until; without one the rolling cut-offs.
func readCutoffs(texts []string) ([]time.Time, error) {
	if len(texts) == 0 {
		return backtest.DefaultCutoffs(), nil
	}
	var out []time.Time
	for _, text := range texts {
		at, err := day("--until", text, "2020-12-31")
		if err != nil {
			return nil, err
		}
		out = append(out, at)
	}
	return out, nil
}

func input() (backtest.Input, error) {
	american, british, err := model.Histories()
	return backtest.Input{American: american, British: british, Tables: evidence.Shipped()}, err
}

func tellCutoff(bar *cli.Progress, p backtest.Progress) {
	bar.Line(false, "cut-off %s (%d of %d): %s of at most %s histories",
		say.Day(p.Until), p.Cutoff, p.Cutoffs, say.Thousands(p.Simulations), say.Thousands(p.Most))
}

func runForecast(ctx context.Context, a *cli.App, f backtestFlags) error {
	first, last, err := readYears(f.forecast)
	if err != nil {
		return err
	}
	made := time.Now().UTC()
	if f.made != "" {
		if made, err = day("--made", f.made, "2026-12-31"); err != nil {
			return err
		}
	}
	if made.Year() >= first {
		return fmt.Errorf("%d has begun on %s, when the forecast is made; forecast later years, or name an earlier day "+
			"with --made", first, say.Day(made))
	}
	s, err := a.Settings()
	if err != nil {
		return err
	}
	learned, err := run.SampleOf(s.Run.Posterior)
	if err != nil {
		return err
	}
	in, err := input()
	if err != nil {
		return err
	}
	if err := run.Writable(a, s.Run.Out); err != nil {
		return err
	}
	bar := a.NewProgress()
	out, err := backtest.MakeForecast(ctx, in, learned.Posterior,
		backtest.ForecastOptions{First: first, Last: last, Futures: sizeOf(f).Futures,
			Generator: s.Run.Generator, Seed: s.Run.Seed, Workers: run.WorkersOf(s), Made: made, Progress: bar.Update})
	bar.Stop()
	if errors.Is(err, backtest.ErrNoPosterior) {
		return fmt.Errorf("--forecast: %w, and name its posterior.txt with --posterior", err)
	}
	if err != nil {
		return fmt.Errorf("--forecast: %w", err)
	}
	years := fmt.Sprint(first)
	if last != first {
		years += fmt.Sprintf("-%d", last)
	}
	word, path, err := keepForecast(out, f.format, s.Run.Out, years)
	if err != nil {
		return err
	}
	return a.Print(out, func() string { return forecastScreen(out, word, path).String() })
}

func readYears(text string) (first, last int, err error) {
	m := regexp.MustCompile(`^([0-9]{4})(?:[-–]([0-9]{4}))?$`).FindStringSubmatch(text)
	if m == nil {
		return 0, 0, fmt.Errorf("--forecast %q is no range of years; write it as 2027-2029", text)
	}
	first, _ = strconv.Atoi(m[1])
	last, _ = strconv.Atoi(cmp.Or(m[2], m[1]))
	return first, last, nil
}

// maxForecast bounds a file of a forecast [bytes].
const maxForecast = 1 << 20

func forecastScreen(f *backtest.Forecast, word, path string) *say.Screen {
	s := &say.Screen{Columns: say.NarrowWidth}
	s.Put("", "", "Forecast made on %s from the record to %s: model %s, %s futures, seed %d", f.Made, f.Until, f.Model,
		say.Thousands(f.Futures), f.Seed)
	for _, q := range backtest.Quantities {
		rows := [][]string{{"  year", "mean", "median [90 %]", "none", "1 to 5", "6 or more"}}
		for i := range f.Rows {
			r := &f.Rows[i]
			if r.Quantity != q.ID {
				continue
			}
			few := 0.0
			for x := 1; x <= 5; x++ {
				few += r.Mass[x]
			}
			rows = append(rows, []string{"  " + strconv.Itoa(r.Year), say.Number(r.Mean, 1), inside(r.Quantiles),
				say.Percent(r.Mass[0]), say.Percent(few), say.Percent(max(0, 1-r.Mass[0]-few))})
		}
		s.Add("", " "+q.Label)
		s.Table("lrlrrr", rows...)
	}
	s.Add("")
	s.Put(" ", " ", "A forecast under the assumptions of the model, for somebody to score later: its simulated past is "+
		"not "+
		"the real one, and what happens outside of cyberspace is drawn.")
	s.Add(" " + word + " " + path)
	return s
}

// inside writes a median with the central 90 %.
func inside(quantiles [5]int) string {
	return fmt.Sprintf("%d [%d, %d]", quantiles[2], quantiles[0], quantiles[4])
}

func verifyForecast(a *cli.App, path string) error {
	data, err := cli.ReadSmall(path, maxForecast)
	if err != nil {
		return err
	}
	v, err := backtest.VerifyForecast(data)
	if err != nil {
		return cli.Failed(fmt.Errorf("%s: %w", path, err))
	}
	_, err = fmt.Fprintf(a.Out, "%s: as it was made on %s: %d–%d, model %s, record to %s\nsha256 %s\n", path, v.Made,
		v.First, v.Last, v.Model, v.Until, v.SHA256)
	return err
}
