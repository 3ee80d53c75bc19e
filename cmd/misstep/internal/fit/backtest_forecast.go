package fit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
)

// runForecast writes predictive distributions of years to come.
func runForecast(ctx context.Context, a *cli.App, f backtestFlags) error {
	first, last, err := readYears(f.forecast)
	if err != nil {
		return err
	}
	made := time.Now().UTC()
	if f.made != "" {
		if made, err = time.Parse(time.DateOnly, f.made); err != nil {
			return fmt.Errorf("--made %q is no date; write it as 2026-12-31", f.made)
		}
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
	if err := run.Writable(s.Run.Out); err != nil {
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
	path := filepath.Join(s.Run.Out, "forecast-"+yearsText(first, last)+".csv")
	word, err := keep(path, out.Bytes())
	if err != nil {
		return err
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(out))
		return err
	}
	_, err = fmt.Fprintln(a.Out, strings.Join(forecastScreen(out, word, path), "\n"))
	return err
}

// readYears reads 2027-2029, or a single year.
func readYears(text string) (first, last int, err error) {
	a, b, ranged := strings.Cut(strings.ReplaceAll(text, "–", "-"), "-")
	if !ranged {
		b = a
	}
	first, errA := year(a)
	last, errB := year(b)
	if err := errors.Join(errA, errB); err != nil {
		return 0, 0, fmt.Errorf("--forecast %q is no range of years; write it as 2027-2029", text)
	}
	return first, last, nil
}

// year reads four digits.
func year(text string) (int, error) {
	if len(text) != 4 || strings.Trim(text, "0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.Atoi(text)
}

func yearsText(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d-%d", first, last)
}

// keep writes a forecast. A file of that name is left alone: a forecast that can be
// replaced is none.
func keep(path string, data []byte) (string, error) {
	old, err := cli.ReadSmall(path, maxForecast)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "wrote", run.WriteInto(path, data)
	case err != nil:
		return "", err
	case bytes.Equal(old, data):
		return "unchanged", nil
	}
	return "", fmt.Errorf("%s: another forecast stands there, and a forecast is not replaced; move it away or choose "+
		"--out; nothing written", path)
}

// maxForecast bounds what is read of a forecast file.
const maxForecast = 1 << 20

// forecastScreen shows a forecast.
func forecastScreen(f *backtest.Forecast, word, path string) []string {
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
	s.Put(" ", " ", "A forecast under the assumptions of the model, for somebody to score later: its simulated past is not "+
		"the real one, and what happens outside of cyberspace is drawn.")
	s.Add(" " + word + " " + path)
	return s.Lines()
}

// inside writes a median with the central 90 %.
func inside(quantiles [5]int) string {
	return fmt.Sprintf("%d [%d, %d]", quantiles[2], quantiles[0], quantiles[4])
}

// verifyForecast checks a file and says what it holds.
func verifyForecast(a *cli.App, path string) error {
	data, err := cli.ReadSmall(path, maxForecast)
	if err != nil {
		return err
	}
	v, err := backtest.VerifyForecast(data)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	_, err = fmt.Fprintf(a.Out, "%s: as it was made on %s: %d–%d, model %s, record to %s\nsha256 %s\n", path, v.Made,
		v.First, v.Last, v.Model, v.Until, v.SHA256)
	return err
}
