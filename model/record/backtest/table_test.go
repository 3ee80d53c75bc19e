package backtest

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// TestPredictionsAreTheResult reads backtest.csv back and holds every row against the
// result: what is written is what was computed, to six digits.
func TestPredictionsAreTheResult(t *testing.T) {
	r := fixture(t)
	rows := read(t, r.PredictionsCSV())
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	next := 1
	cell := func(name string, want float64) {
		t.Helper()
		text := rows[next][column[name]]
		got, err := strconv.ParseFloat(text, 64)
		if math.IsNaN(want) && text == "" {
			return
		}
		if err != nil || math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
			t.Errorf("row %d, %s: %q, want %v", next, name, text, want)
		}
	}
	quantiles := [5]string{"q05", "q25", "q50", "q75", "q95"}
	for i := range r.Cutoffs {
		c := &r.Cutoffs[i]
		for q := range c.Years {
			for _, y := range c.Years[q] {
				if rows[next][0] != date(c.Until) || rows[next][1] != Quantities[q].ID {
					t.Fatalf("row %d is %v", next, rows[next])
				}
				cell("year", float64(y.Window.Year))
				cell("exposure_years", y.Window.Years)
				cell("observed", float64(y.Observed))
				cell("mean", y.Mean)
				for k, name := range quantiles {
					cell(name, float64(y.Quantiles[k]))
				}
				for k, name := range []string{"median_gamma_poisson", "median_base_rate", "median_last_value"} {
					cell(name, float64(y.Medians[k]))
				}
				cell("futures", float64(c.Futures))
				next++
			}
		}
		for s := range c.Shares {
			p := &c.Shares[s]
			if rows[next][1] != Shares[s].ID || rows[next][column["year"]] != "" {
				t.Fatalf("row %d is %v", next, rows[next])
			}
			cell("observed_of", float64(p.Observed.Of))
			cell("observed", p.Observed.Share())
			cell("undefined", p.Undefined)
			for k, name := range quantiles {
				cell(name, p.Quantiles[k])
			}
			next++
		}
	}
	if next != len(rows) {
		t.Errorf("%d rows of %d", next, len(rows))
	}
}

// TestFromParticles: futures take the particles by their weights, in turn.
func TestFromParticles(t *testing.T) {
	p, err := prepare(shippedInput(t), lateCut)
	if err != nil {
		t.Fatal(err)
	}
	particles := make([][]float64, 2)
	for i := range particles {
		particles[i] = make([]float64, p.problem.Dims())
		for k := range particles[i] {
			particles[i][k] = float64(i) - 0.5
		}
	}
	fill := fromParticles(p.problem, particles, []float64{0.25, 0.75}, 8)
	got, want := make([]float64, p.problem.Dims()), make([]float64, p.problem.Dims())
	for i := range 8 {
		rep := random.NewSource(0, 1).Replicate(uint64(i))
		fill(i, &rep, got)
		p.problem.Space.Values(particles[min(1, i/2)], want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("future %d has the values of another particle", i)
		}
	}
}

// TestNumber: six digits, nothing for what is no number.
func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1.0 / 3: "0.333333", 1234567: "1.23457e+06", math.Inf(1): ""} {
		if got := number(x); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
	if number(math.NaN()) != "" || flag(true)+flag(false) != "10" {
		t.Error("no number is written as one")
	}
}
