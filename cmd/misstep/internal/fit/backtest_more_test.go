package fit

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
)

// TestReadCutoffs: days as they are written, and the rolling ones without any.
func TestReadCutoffs(t *testing.T) {
	list, err := readCutoffs(nil)
	if err != nil || len(list) != 5 || say.Day(list[0]) != "2016-12-31" || say.Day(list[4]) != "2023-12-31" {
		t.Errorf("%v, %v", list, err)
	}
	list, err = readCutoffs([]string{"2020-02-29", "2019-01-01"})
	if err != nil || len(list) != 2 || say.Day(list[0]) != "2020-02-29" {
		t.Errorf("%v, %v", list, err)
	}
	for _, bad := range []string{"", "2020", "2020-2-1", "2019-02-29", "31.12.2020", "2020-12-31 ",
		"2020-12-31T00:00:00Z"} {
		if _, err := readCutoffs([]string{"2020-12-31", bad}); err == nil ||
			!strings.Contains(err.Error(), "is no date; write it as 2020-12-31") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestKeepForecast: a new file is written, the same is left, another is not replaced,
// and what is no file is said to be none.
func TestKeepForecast(t *testing.T) {
	clitest.InEmptyFolder(t)
	path := filepath.Join("there", "forecast.csv")
	for _, c := range []struct{ data, word, err string }{
		{"a", "wrote", ""}, {"a", "unchanged", ""}, {"b", "", "is not replaced"}, {"a", "unchanged", ""},
	} {
		word, err := keepAll("there", []fileOf{{Path: "forecast.csv", Data: []byte(c.data)}})
		if word != c.word || (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%+v: %q, %v", c, word, err)
		}
	}
	if data, _ := os.ReadFile(path); string(data) != "a" {
		t.Errorf("%q", data)
	}
	if _, err := keepAll("", []fileOf{{Path: "there"}}); err == nil {
		t.Error("a folder is a forecast")
	}
	if left, _ := filepath.Glob("there/.misstep*"); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}

// TestBacktestProgress: a line every few seconds, none with --quiet.
func TestBacktestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := cli.ProgressTo(&out, false, func() time.Time { return now })
	step := backtest.Progress{Cutoff: 2, Cutoffs: 5, Until: time.Date(2018, 12, 31, 0, 0, 0, 0, time.UTC),
		Simulations: 1234, Most: 16200}
	tellCutoff(p, step)
	now = now.Add(3 * time.Second)
	tellCutoff(p, step)
	tellCutoff(p, step)
	if want := "misstep: cut-off 2018-12-31 (2 of 5): 1,234 of at most 16,200 histories\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	p = cli.ProgressTo(&out, true, func() time.Time { return now })
	now = now.Add(time.Hour)
	if tellCutoff(p, step); out.Len() > 0 {
		t.Errorf("%q", out.String())
	}
}

// TestForecastScreen: a row for each year of each quantity, shares that add up, within
// the width.
func TestForecastScreen(t *testing.T) {
	origin := backtest.Origin{Made: "2026-11-21", Model: "1", Until: "2026-06-30"}
	f := &backtest.Forecast{Origin: origin, Futures: 1200, Seed: 1}
	for y := 2027; y < 2030; y++ {
		for _, q := range backtest.Quantities {
			r := backtest.ForecastRow{Year: y, Quantity: q.ID, Mean: 2.5, Quantiles: [5]int{0, 1, 2, 4, 8}, More: 0.05}
			r.Mass[0], r.Mass[3], r.Mass[9] = 0.25, 0.5, 0.2
			f.Rows = append(f.Rows, r)
		}
	}
	lines := forecastScreen(f, "wrote", "outputs/forecast-2027-2029.csv").Lines()
	text := strings.Join(lines, "\n")
	if n := strings.Count(text, "2.5  2 [0, 8]       25 %    50 %       25 %"); n != 6 {
		t.Errorf("%d rows of 6:\n%s", n, text)
	}
	for _, l := range lines {
		if utf8.RuneCountInString(l) > say.NarrowWidth {
			t.Errorf("%q", l)
		}
	}
}
