package fit

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/posterior"
)

// made is a backtest that nobody played: two cut-offs, the differences of the first
// quantity as given by test year.
func madeBacktest(differences map[int]float64) *hindcast {
	until := time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)
	c := backtest.Cutoff{Until: until, Dropped: []string{"T1.dcid", "T2"}, Futures: 8}
	for q := range c.Years {
		for y := 2020; y < 2023; y++ {
			from := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
			c.Years[q] = append(c.Years[q],
				backtest.Year{Window: backtest.Window{Year: y, From: from, To: from.AddDate(1, 0, -1), Years: 1}, Observed: 3,
					Quantiles: [5]int{0, 1, 2, 10, 1234}, Model: backtest.Score{Log: -12.345, CRPS: 123.45}})
		}
	}
	c.Years[0][2].Window.Years = 0.5
	c.Shares[0] = backtest.SharePrediction{Observed: backtest.Part{Hits: 4, Of: 10},
		Quantiles: [5]float64{0, 0.1, 0.25, 0.5, 1}}
	nan := math.NaN()
	c.Shares[1].Quantiles = [5]float64{nan, nan, nan, nan, nan}
	r := &backtest.Result{Cutoffs: []backtest.Cutoff{c}}
	for q := range r.Pooled {
		p := &r.Pooled[q]
		p.Pairs, p.Distinct, p.Largest, p.Inside50, p.Inside90 = 3, 3, 2022, 0.5, 1
		for y := 2020; y < 2023; y++ {
			d := backtest.PooledYear{Year: y, Cutoffs: 1}
			for b := range d.Versus {
				d.Versus[b] = backtest.Difference{Log: differences[y], CRPS: -differences[y]}
				p.Versus[b].Log += differences[y] / 3
				p.Versus[b].CRPS -= differences[y] / 3
			}
			p.Years = append(p.Years, d)
		}
	}
	return &hindcast{result: r, Results: run.Results{Work: &runfolder.Work{Inputs: []byte("{}")}},
		options: backtest.Options{Calibrate: calibrate.Options{Particles: 400, Seed: 1}, Futures: 1200}}
}

// TestBacktestScreen: it says where the model loses, however it does, within the width.
func TestBacktestScreen(t *testing.T) {
	for name, c := range map[string]struct {
		differences map[int]float64
		want, not   string
	}{
		"wins": {map[int]float64{2020: 1, 2021: 2, 2022: 3}, "loses to none of the three. Its", "By year"},
		"wins on mean": {map[int]float64{2020: -1, 2021: 2, 2022: 3},
			"loses to none of the three. By year it loses to the Gamma–Poisson in 2020; to the base rate in 2020;", "a year)"},
		"loses": {map[int]float64{2020: -1, 2021: -2, 2022: 0},
			"loses to Gamma–Poisson (−1.00 a year), base rate (−1.00 a year) and last value", "none of the three"},
	} {
		h := madeBacktest(c.differences)
		lines := h.screen().Lines()
		text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
		if !strings.Contains(text, c.want) || strings.Contains(text, c.not) {
			t.Errorf("%s:\n%s", name, strings.Join(lines, "\n"))
		}
		for _, want := range []string{"the design knew these years", "Fewer than 20 distinct years", "0.25 [0.00, 1.00]",
			"no future has one", "… without 2022",
			"to correct for the accepted distance, so nearer to the priors: 2019-12-31.",
			"T1.dcid, T2.", "2022*"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, strings.Join(lines, "\n"))
			}
		}
		for _, l := range lines {
			if n := utf8.RuneCountInString(l); n > say.NarrowWidth {
				t.Errorf("%s: a line of %d: %s", name, n, l)
			}
		}
	}
}

// TestBacktestReport: what cannot be computed is null in JSON, and nothing fails.
func TestBacktestReport(t *testing.T) {
	text := string(say.JSON(madeBacktest(map[int]float64{2020: 1}).report()))
	conforms[hindcastDocument](t, []byte(text))
	conforms[backtest.Forecast](t, say.JSON(&backtest.Forecast{Rows: []backtest.ForecastRow{{Year: 2027}}}))
	for _, want := range []string{`"half_width_95": null`, `"Gamma–Poisson": {`, `"hits": 4`, `"dropped": [`,
		"null,\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
}

// TestBacktestPanel: the figure has the years before the cut-off without a band, those
// after it with one, and no part of a year.
func TestBacktestPanel(t *testing.T) {
	h := madeBacktest(map[int]float64{})
	in, err := HindcastFigure(h.result.PredictionsCSV())
	if err != nil {
		t.Fatal(err)
	}
	p := in.Panels[0]
	if p.Cutoff != "31 Dec 2019" || p.Seen != 2019 || len(p.Years) != 7+2 || p.Years[0].Year != 2013 ||
		p.Years[8].Year != 2021 {
		t.Fatalf("%+v", p)
	}
	if p.Text != "2 of 2 years inside 90\u00a0%" {
		t.Errorf("%q", p.Text)
	}
	for _, y := range p.Years {
		if (y.Year <= 2019) != math.IsNaN(y.Band[0]) || (y.Year <= 2019) != math.IsNaN(y.Baselines[1]) {
			t.Errorf("%+v", y)
		}
	}
	if p.Years[0].Observed != 0 || p.Years[1].Observed != 1 || p.Years[7].Observed != 3 { // G01 of 2014
		t.Errorf("%v", p.Years)
	}
}

func TestReadYears(t *testing.T) {
	for text, want := range map[string][2]int{"2027-2029": {2027, 2029}, "2027–2029": {2027, 2029},
		"2028": {2028, 2028}} {
		first, last, err := readYears(text)
		if err != nil || first != want[0] || last != want[1] {
			t.Errorf("%s: %d, %d, %v", text, first, last, err)
		}
	}
	for _, bad := range []string{"", "-", "2027-", "-2029", "27-29", "2027-2028-2029", "+027", "20270", "x"} {
		if first, last, err := readYears(bad); err == nil {
			t.Errorf("%q is %d to %d", bad, first, last)
		}
	}
}

// priorPosterior is a posterior of four draws from the priors of the histories.
func priorPosterior(t *testing.T) *posterior.Posterior {
	t.Helper()
	in, err := input()
	if err != nil {
		t.Fatal(err)
	}
	until := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	p, err := model.Calibration(in.Tables, until)
	if err != nil {
		t.Fatal(err)
	}
	var columns []posterior.Column
	rows := make([][]float64, 4)
	for i := range p.Space.Coordinates {
		c := &p.Space.Coordinates[i]
		if c.OfRecord() {
			continue
		}
		columns = append(columns, posterior.Column{Path: c.Path, Prior: c.Dist.Text, Unit: "–"})
		for k := range rows {
			rep := random.NewSource(0, 5).Replicate(uint64(k))
			rows[k] = append(rows[k], c.Dist.Quantile(rep.Uniform(random.Stream(random.NameHash(c.Path), random.Future), 0)))
		}
	}
	out, err := posterior.New("prior.txt",
		posterior.Header{Model: experiment.ModelVersion, Inputs: strings.Repeat("0", 64), Generator: "mix", Seed: 1,
			Particles: 4,
			ESS:       4, ESSFamily: 4, Simulations: 4, Until: say.Day(until), Command: "a test"}, columns,
		[]float64{1, 1, 1, 1}, rows)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestForecastCommand: it writes a file that verifies, leaves it as it is when it is
// made again, and never replaces another.
func TestForecastCommand(t *testing.T) {
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("prior.txt", priorPosterior(t).Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	misstep := func(want int, args ...string) (string, string) {
		t.Helper()
		got, out, errs := call(append([]string{"backtest"}, args...)...)
		if got != want {
			t.Fatalf("%v: status %d: %s", args, got, errs)
		}
		return out, errs
	}
	args := []string{"--forecast", "2027-2028", "--posterior", "prior.txt", "--made", "2026-11-21", "--quick"}
	out, _ := misstep(0, args...)
	path := filepath.Join("outputs", "forecast-2027-2028.csv")
	for _, want := range []string{"Forecast made on 2026-11-21 from the record to 2026-06-30", "\n   2027 ", "\n   2028 ",
		" wrote " + path} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if out, _ = misstep(0, "--verify", path); !strings.Contains(out, "2027–2028") ||
		!strings.Contains(out, "as it was made on 2026-11-21") {
		t.Error(out)
	}
	if out, _ = misstep(0, append(args, "--workers", "3")...); !strings.Contains(out, " unchanged "+path) {
		t.Error(out)
	}
	if _, errs := misstep(1, append(args, "--seed", "2")...); !strings.Contains(errs, "a forecast is not replaced") {
		t.Error(errs)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(first, now) {
		t.Error("the forecast was replaced")
	}
	if _, errs := misstep(2, "--forecast", "2027", "--posterior", "prior.txt", "--made", "2027-01-01"); !strings.Contains(
		errs, "2027 has begun on 2027-01-01, when the forecast is made") {
		t.Error(errs)
	}
	_, errs := misstep(2, "--forecast", "2026", "--posterior", "prior.txt", "--made", "2025-01-01")
	if !strings.Contains(errs, "2026 is no year to forecast; take 2027 or later") {
		t.Error(errs)
	}
	if err := os.WriteFile(path, bytes.Replace(first, []byte("2027,"), []byte("2028,"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, errs := misstep(1, "--verify", path); !strings.Contains(errs, "was changed after it was made") {
		t.Error(errs)
	}
}
