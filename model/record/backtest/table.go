package backtest

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"time"
)

// PredictionsCSV is a row for each cut-off, quantity and window, and for each share.
func (r *Result) PredictionsCSV() []byte {
	rows := [][]string{{"cutoff", "quantity", "year", "from", "to", "exposure_years", "observed", "observed_of", "mean",
		"q05", "q25", "q50", "q75", "q95", "median_gamma_poisson", "median_base_rate", "median_last_value", "futures",
		"undefined"}}
	for i := range r.Cutoffs {
		c := &r.Cutoffs[i]
		until := date(c.Until)
		for q := range c.Years {
			for n := range c.Years[q] {
				y := &c.Years[q][n]
				rows = append(rows, slices.Concat([]string{until, Quantities[q].ID, strconv.Itoa(y.Window.Year),
					date(y.Window.From), date(y.Window.To), number(y.Window.Years), strconv.Itoa(y.Observed), "", number(y.Mean)},
					whole(y.Quantiles[:]), whole(y.Medians[:]), []string{strconv.Itoa(c.Futures), "0"}))
			}
		}
		first, last := c.span()
		for s := range c.Shares {
			p := &c.Shares[s]
			rows = append(rows, slices.Concat([]string{until, Shares[s].ID, "", date(first), date(last),
				number(yearsBetween(first, last.AddDate(0, 0, 1))), number(p.Observed.Share()), strconv.Itoa(p.Observed.Of), ""},
				numbers(p.Quantiles[:]...), []string{"", "", "", strconv.Itoa(c.Futures), number(p.Undefined)}))
		}
	}
	return table(rows)
}

func (c *Cutoff) span() (first, last time.Time) {
	list := c.Years[0]
	return list[0].Window.From, list[len(list)-1].Window.To
}

// ScoresCSV is a row for each cut-off, quantity, window and forecaster (the model, then the baselines),
// and for each share; then one for each test year over all cut-offs, and one over all years, with the
// differences.
func (r *Result) ScoresCSV() []byte {
	rows := [][]string{{"cutoff", "quantity", "year", "forecaster", "observed", "log_score", "crps", "inside_50",
		"inside_90", "pit", "log_score_of_model_less", "crps_of_model_less", "cutoffs", "distinct_years", "half_width_95"}}
	for i := range r.Cutoffs {
		c := &r.Cutoffs[i]
		for q := range c.Years {
			for n := range c.Years[q] {
				rows = append(rows, c.Years[q][n].scores(date(c.Until), Quantities[q].ID)...)
			}
		}
		for s := range c.Shares {
			p := &c.Shares[s]
			row := []string{date(c.Until), Shares[s].ID, "", "model", "", "", number(p.CRPS), "", "", "", "", "", "", "", ""}
			if p.Observed.Defined() {
				row[4], row[7], row[8] = number(p.Observed.Share()), flag(p.Inside50), flag(p.Inside90)
			}
			rows = append(rows, row)
		}
	}
	for q := range r.Pooled {
		rows = append(rows, r.Pooled[q].rows(Quantities[q].ID)...)
	}
	return table(rows)
}

// scores are the rows of a window: of the model, and of each baseline with the difference.
func (y *Year) scores(until, quantity string) [][]string {
	row := func(name string, s Score, less ...string) []string {
		return slices.Concat([]string{until, quantity, strconv.Itoa(y.Window.Year), name, strconv.Itoa(y.Observed)},
			numbers(s.Log, s.CRPS, s.Inside50, s.Inside90, s.PIT), less, []string{"1", "1", ""})
	}
	out := [][]string{row("model", y.Model, "", "")}
	for b, s := range y.Baselines {
		d := y.less(b)
		out = append(out, row(BaselineNames[b], s, numbers(d.Log, d.CRPS)...))
	}
	return out
}

func (p *Pooled) rows(quantity string) [][]string {
	var out [][]string
	row := func(year, observed, name string, d Difference, cutoffs, distinct int) {
		out = append(out, []string{"all", quantity, year, name, observed, "", "", "", "", "", number(d.Log), number(d.CRPS),
			strconv.Itoa(cutoffs), strconv.Itoa(distinct), ""})
	}
	for _, y := range p.Years {
		for b, d := range y.Versus {
			row(strconv.Itoa(y.Year), strconv.Itoa(y.Observed), BaselineNames[b], d, y.Cutoffs, 1)
		}
	}
	for b, d := range p.Versus {
		row("all", "", BaselineNames[b], d, p.Pairs, p.Distinct)
	}
	return out
}

func date(t time.Time) string { return t.Format(time.DateOnly) }

// number has six significant digits; it is empty where there is none.
func number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}

func numbers(x ...float64) []string {
	out := make([]string, len(x))
	for i := range x {
		out[i] = number(x[i])
	}
	return out
}

func flag(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

func whole(x []int) []string {
	var out []string
	for _, n := range x {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

func table(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}
