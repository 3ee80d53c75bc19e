package backtest

import (
	"math"
	"strconv"
	"testing"
)

// TestPoolFromTheTable computes the last rows of scores.csv from the first ones: a
// second way to the same numbers.
func TestPoolFromTheTable(t *testing.T) {
	rows := read(t, fixture(t).ScoresCSV())
	number := func(cell string) float64 {
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	type key struct{ quantity, year, baseline string }
	sum, n := map[key]float64{}, map[key]float64{}
	for _, r := range rows[1:] {
		if r[0] != "all" && r[10] != "" {
			k := key{r[1], r[2], r[3]}
			sum[k], n[k] = sum[k]+number(r[10]), n[k]+1
		}
	}
	checked := 0
	for _, r := range rows[1:] {
		if r[0] != "all" {
			continue
		}
		checked++
		if r[2] != "all" {
			k := key{r[1], r[2], r[3]}
			near(t, "year "+r[2], number(r[10]), sum[k]/n[k], 2e-5*(1+math.Abs(number(r[10]))))
			if number(r[12]) != n[k] {
				t.Errorf("%v: %v cut-offs, want %v", r, r[12], n[k])
			}
			continue
		}
		mean, years := 0.0, 0.0
		for k, s := range sum {
			if k.quantity == r[1] && k.baseline == r[3] {
				mean, years = mean+s/n[k], years+1
			}
		}
		near(t, "all years", number(r[10]), mean/years, 2e-5*(1+math.Abs(mean)))
		if number(r[13]) != years || r[14] != "" {
			t.Errorf("%v: %v distinct years, want %v and no interval", r, r[13], years)
		}
	}
	if checked != 2*3*5 {
		t.Errorf("%d rows checked", checked)
	}
}

// TestWithoutLargest: the year on which a comparison hangs most is named, and what is
// left without it.
func TestWithoutLargest(t *testing.T) {
	p := pool([]Cutoff{made(map[int]float64{2020: 1, 2021: -4, 2022: 2})}, 0)
	if p.Largest != 2021 {
		t.Errorf("the largest is %d", p.Largest)
	}
	near(t, "without it", p.Without[2], 1.5, 1e-12)
	if p = pool([]Cutoff{made(map[int]float64{2020: 1})}, 0); p.Largest != 2020 || !math.IsNaN(p.Without[0]) {
		t.Errorf("a single year: %d, %v", p.Largest, p.Without)
	}
}

// TestDifferencesChangeSign: what the model wins, the baseline loses.
func TestDifferencesChangeSign(t *testing.T) {
	y := Year{Window: Window{Year: 2020, Years: 1}, Model: Score{Log: -1, CRPS: 0.25}}
	for b := range y.Baselines {
		y.Baselines[b] = Score{Log: -float64(b) - 1.5, CRPS: 0.5}
	}
	a := poolYear(2020, []*Year{&y})
	for b := range y.Baselines {
		near(t, "log", a.Versus[b].Log, float64(b)+0.5, 1e-12)
		near(t, "CRPS", a.Versus[b].CRPS, -0.25, 1e-12)
		y.Model, y.Baselines[b] = y.Baselines[b], y.Model
		swapped := poolYear(2020, []*Year{&y})
		near(t, "swapped", swapped.Versus[b].Log, -a.Versus[b].Log, 1e-12)
		y.Model, y.Baselines[b] = y.Baselines[b], y.Model
	}
}
