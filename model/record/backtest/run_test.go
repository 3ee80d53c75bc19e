package backtest

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// TestWorkers: one worker and three give the same bytes; another seed does not.
func TestWorkers(t *testing.T) {
	run := func(workers int, seed uint64) []byte {
		b, err := Prepare(shippedInput(t), []time.Time{lateCut})
		if err != nil {
			t.Fatal(err)
		}
		o := tiny(workers)
		o.Calibrate.Seed = seed
		reports := 0
		o.Progress = func(p Progress) {
			reports++
			if p.Cutoff != 1 || p.Cutoffs != 1 || p.Simulations > p.Most {
				t.Errorf("%+v", p)
			}
		}
		r, err := b.Run(context.Background(), o)
		if err != nil || reports == 0 {
			t.Fatalf("%d reports: %v", reports, err)
		}
		return append(r.PredictionsCSV(), r.ScoresCSV()...)
	}
	one := run(1, 7)
	if !bytes.Equal(one, run(3, 7)) {
		t.Error("the number of workers changes the result")
	}
	if bytes.Equal(one, run(3, 8)) {
		t.Error("the seed changes nothing")
	}
}

// TestObserved: what is compared is what the tables hold after the cut-off, without
// rows from memory.
func TestObserved(t *testing.T) {
	r := fixture(t)
	if len(r.Cutoffs) != 2 || !r.Cutoffs[0].Until.Equal(at("2022-12-31")) {
		t.Fatalf("cut-offs are not in order: %v", r.Cutoffs)
	}
	c := &r.Cutoffs[1]
	tables := evidence.Shipped()
	matches := [2]func(evidence.Accusation) bool{
		evidence.LedBy(evidence.UnitedStates, evidence.UnitedKingdom),
		func(a evidence.Accusation) bool {
			return a.British && (a.Lead == evidence.UnitedStates || a.Lead == evidence.UnitedKingdom)
		},
	}
	for q, match := range matches {
		var counts []evidence.Count
		for y := 2013; y < 2027; y++ {
			to := newYear(y + 1)
			if end := tables.Until().AddDate(0, 0, 1); to.After(end) {
				to = end
			}
			counts = append(counts, tables.Count(match, newYear(y), to))
		}
		if len(c.Years[q]) != 3 {
			t.Fatalf("%d windows", len(c.Years[q]))
		}
		seen := 0
		for i, y := range c.Years[q] {
			if want := counts[11+i]; y.Observed != want.N || y.Window.Year != want.From.Year() || y.Window.Years != want.Years {
				t.Errorf("%s: %+v, want %+v", Quantities[q].ID, y, want)
			}
		}
		for _, k := range counts[:11] {
			seen += k.N
		}
		if k := c.Training[q]; k.Events != seen || k.Last != counts[10].N || k.Years != 11 {
			t.Errorf("%s: training %+v, want %d, %d", Quantities[q].ID, k, seen, counts[10].N)
		}
	}
	total := c.Years[0][0].Observed + c.Years[0][1].Observed + c.Years[0][2].Observed
	if c.Shares[0].Observed.Of != total || c.Shares[1].Observed.Of != total || c.Shares[1].Observed.Hits < 5 ||
		c.Shares[2].Observed.Of >= total {
		t.Errorf("%+v of %d", c.Shares, total)
	}
	if c.Futures+c.Overflow != tiny(1).Futures || len(c.Statistics) == 0 || len(c.Dropped) == 0 {
		t.Errorf("%+v", c)
	}
}

// TestScoresAreOfTheCounts: the figures of a year follow from its counts.
func TestScoresAreOfTheCounts(t *testing.T) {
	y := scoreYear(Window{Year: 2024, Years: 1}, []int{0, 1, 1, 4}, 2, Training{Events: 4, Years: 8, Last: 1})
	base := negativeBinomial{4.5, 8.5}
	near(t, "log score", y.Model.Log, math.Log(0.5*base.Mass(2)/4.5), 1e-12)
	near(t, "mean", y.Mean, 1.5, 0)
	near(t, "Gamma–Poisson", y.Baselines[0].Log, math.Log(base.Mass(2)), 1e-12)
	near(t, "base rate", y.Baselines[1].Log, math.Log(Poisson(0.5).Mass(2)), 1e-12)
	near(t, "last value", y.Baselines[2].CRPS, CRPS(Poisson(1), 2), 0)
	if y.Quantiles != [5]int{0, 0, 1, 1, 4} || y.Medians != [3]int{0, 0, 1} {
		t.Errorf("%v, %v", y.Quantiles, y.Medians)
	}
}

// TestScoreShare: futures without a denominator are left out and counted.
func TestScoreShare(t *testing.T) {
	p := scoreShare(Part{1, 2}, []Part{{0, 4}, {1, 4}, {2, 4}, {3, 4}, {0, 0}})
	near(t, "undefined", p.Undefined, 0.2, 1e-12)
	near(t, "CRPS", p.CRPS, fairCRPSOf([]float64{0, 0.25, 0.5, 0.75}, 0.5), 0)
	if p.Quantiles != [5]float64{0, 0, 0.25, 0.5, 0.75} || !p.Inside50 || !p.Inside90 {
		t.Errorf("%+v", p)
	}
	// Catches: the wider interval taken for the narrower.
	if p = scoreShare(Part{3, 4}, []Part{{0, 4}, {1, 4}, {2, 4}, {3, 4}}); p.Inside50 || !p.Inside90 {
		t.Errorf("at the end of the wider interval: %+v", p)
	}
	for _, none := range []SharePrediction{scoreShare(Part{}, []Part{{1, 2}, {2, 2}}),
		scoreShare(Part{1, 1}, []Part{{}, {}})} {
		if !math.IsNaN(none.CRPS) || none.Inside90 {
			t.Errorf("%+v", none)
		}
	}
}

// made is a cut-off with given differences to every baseline in given years.
func made(differences map[int]float64) Cutoff {
	var c Cutoff
	for year := 2000; year < 2040; year++ {
		d, ok := differences[year]
		if !ok {
			continue
		}
		y := Year{Window: Window{Year: year, Years: 1}, Model: Score{Log: -1 + d, CRPS: 1 - d, Inside90: 1}}
		for b := range y.Baselines {
			y.Baselines[b] = Score{Log: -1, CRPS: 1}
		}
		c.Years[0] = append(c.Years[0], y)
	}
	return c
}

// TestPool: every test year counts once, however many cut-offs precede it.
func TestPool(t *testing.T) {
	p := pool([]Cutoff{made(map[int]float64{2020: 1, 2021: 2}), made(map[int]float64{2021: 4})}, 0)
	if p.Pairs != 3 || p.Distinct != 2 || len(p.Years) != 2 || p.Years[1].Cutoffs != 2 {
		t.Fatalf("%+v", p)
	}
	near(t, "2021", p.Years[1].Versus[2].Log, 3, 1e-12)
	near(t, "all", p.Versus[1].Log, 2, 1e-12)
	near(t, "model", p.Log, 1, 1e-12)
	near(t, "CRPS", p.Versus[0].CRPS, -2, 1e-12)
	near(t, "inside", p.Inside90, 1, 1e-12)
}

// TestPrepareRefuses: every wrong cut-off is named, with what to do.
func TestPrepareRefuses(t *testing.T) {
	in := shippedInput(t)
	for _, c := range []struct {
		days []string
		want string
	}{
		{[]string{"2014-12-31"}, "2014-12-31 lies before 2015"},
		{[]string{"2016-06-30"}, "less than two years of uk-china-history; take a later one"},
		{[]string{"2026-06-30"}, "leaves nothing to predict: the evidence ends on 2026-06-30"},
		{[]string{"2030-01-01"}, "take an earlier one"},
		{[]string{"2020-12-31", "2018-12-31", "2020-12-31"}, "2020-12-31 is given twice"},
	} {
		var list []time.Time
		for _, d := range c.days {
			list = append(list, at(d))
		}
		if _, err := Prepare(in, list); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.days, err)
		}
	}
	if _, err := Prepare(in, DefaultCutoffs()); err != nil {
		t.Error(err)
	}
}

// TestUndatedIsDropped: by 2020 no data set was closed, and nothing of one is compared,
// though the years that one covers had ended.
func TestUndatedIsDropped(t *testing.T) {
	for _, until := range []string{"2018-12-31", "2020-12-31"} {
		p, err := prepare(shippedInput(t), at(until))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.problem.Statistics {
			switch s.Target {
			case "T1", "T2", "T3", "T4", "T11", "T18":
				t.Errorf("%s: %s is compared", until, s.ID)
			}
		}
		if !strings.Contains(strings.Join(p.dropped, " "), "T1.dcid T1.eurepoc T2 T3 T4 T11") {
			t.Errorf("%s: dropped %v", until, p.dropped)
		}
	}
}

// TestMemoryIsLeftOut: rows that nobody looked up are no accusation and no rupture, and a remark
// is no accusation.
func TestMemoryIsLeftOut(t *testing.T) {
	row := func(id, lead, checked string) evidence.Accusation {
		return evidence.Accusation{ID: id, Date: "2024-05-01", Lead: lead, Kind: "charges", Checked: checked}
	}
	tables := &evidence.Tables{
		Accusations: []evidence.Accusation{row("G1", evidence.UnitedStates, "source"),
			row("G2", evidence.UnitedStates, "memory"), row("G3", evidence.European, "source"),
			row("G4", evidence.UnitedKingdom, "document")},
		Events: []evidence.Event{{ID: "E1", Date: "2020-01-01", Precision: "day", Checked: "source"},
			{ID: "E2", Date: "2021-01-01", Precision: "day", Checked: "memory"}},
	}
	remark := row("G5", evidence.UnitedStates, "source")
	remark.Kind = "remark"
	tables.Accusations = append(tables.Accusations, remark)
	got := calibrate.Documented(tables, at("2024-01-01"), at("2024-12-31"))
	if len(got) != 2 || got[0].ID != "G1" || got[1].ID != "G4" {
		t.Errorf("%v", got)
	}
	if len(calibrate.Documented(tables, at("2024-05-02"), at("2024-12-31"))) != 0 ||
		len(calibrate.Documented(tables, at("2024-05-01"), at("2024-05-01"))) != 2 {
		t.Error("the first or the last day of a window is wrong")
	}
	o := &Outlook{West: "United States", East: "China", Start: at("2013-01-01"), End: 9999}
	between := []string{"China", "United States"}
	for event, want := range map[string]int{"E1": 1, "E2": 0, "E3": 0} {
		tables.Ruptures = []evidence.Rupture{{Event: event, Cause: "other", Between: between},
			{Event: event, Cause: "accusation", Between: between}}
		if got := o.countShocks(&scenario.Scenario{}, tables); got != want {
			t.Errorf("%s: %d ruptures, want %d", event, got, want)
		}
	}
}

// TestInterrupt ends early, with the context's error.
func TestInterrupt(t *testing.T) {
	b, err := Prepare(shippedInput(t), []time.Time{lateCut})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.Run(ctx, tiny(2)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestEnough: some futures may overflow, many may not.
func TestEnough(t *testing.T) {
	if err := enough(18, 20); err != nil {
		t.Error(err)
	}
	for ended, of := range map[int]int{17: 20, 1: 1} {
		err := enough(ended, of)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%d of %d futures", of-ended, of)) {
			t.Errorf("%d of %d: %v", ended, of, err)
		}
	}
}

// TestTables: rows of the CSV files have the columns of their heads, a row for every
// prediction, and differences that are those of the scores.
func TestTables(t *testing.T) {
	r := fixture(t)
	rows := read(t, r.PredictionsCSV())
	if want := 1 + (4 + 4 + 3) + (3 + 3 + 3); len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	rows = read(t, r.ScoresCSV())
	if want := 1 + (4+4+3+3)*4 + 2*3 + 2*(4+1)*3; len(rows) != want {
		t.Errorf("%d rows of scores, want %d", len(rows), want)
	}
	var model float64
	for _, row := range rows[1:] {
		if row[0] == "all" || row[2] == "" {
			continue
		}
		log, err := strconv.ParseFloat(row[5], 64)
		if err != nil || log > 0 {
			t.Errorf("log score %q", row[5])
		}
		if row[3] == "model" {
			model = log
		} else if d, _ := strconv.ParseFloat(row[10], 64); math.Abs(d-(model-log)) > 1e-4 {
			t.Errorf("%v: difference %v, want %v", row, d, model-log)
		}
	}
}

func read(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestExposed: a dialogue is alive from its setting-up to its end, or to the lapse that
// the evidence dates.
func TestExposed(t *testing.T) {
	tables := evidence.Shipped()
	for _, c := range []struct {
		lead, day string
		want      bool
	}{
		{"United States", "2013-04-12", false}, {"United States", "2014-05-19", true}, {"United States", "2014-05-20", false},
		{"United States", "2018-04-18", true}, {"United States", "2018-04-19", false}, {"United States", "2026-04-23", false},
		{"United Kingdom", "2026-01-19", false}, {"United Kingdom", "2026-04-23", true},
	} {
		a := &evidence.Accusation{Lead: c.lead, Date: c.day, PenaltySame: evidence.No}
		if _, got := calibrate.Suspending.Documented(a, tables, tables.Until()); got != c.want {
			t.Errorf("%s on %s: %v", c.lead, c.day, got)
		}
	}
}
