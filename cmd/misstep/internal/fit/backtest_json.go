package fit

import (
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
)

// backtestReport is the results as JSON. What cannot be computed is null.
type backtestReport struct {
	Inputs   backtestInputs `json:"inputs"`
	Hindcast string         `json:"hindcast"`
	Cutoffs  []cutoffReport `json:"cutoffs"`
	Pooled   []pooledReport `json:"pooled"`
}

type cutoffReport struct {
	Until      string        `json:"until"`
	Statistics []string      `json:"statistics"`
	Dropped    []string      `json:"dropped"`
	ESS        float64       `json:"ess"`
	Corrected  bool          `json:"corrected"`
	Histories  int           `json:"simulations"`
	Futures    int           `json:"futures"`
	Overflow   int           `json:"overflow"`
	Years      []yearReport  `json:"years"`
	Shares     []shareReport `json:"shares"`
}

type yearReport struct {
	Quantity  string                 `json:"quantity"`
	Year      int                    `json:"year"`
	Exposure  float64                `json:"exposure_years"`
	Observed  int                    `json:"observed"`
	Mean      float64                `json:"mean"`
	Quantiles [5]int                 `json:"quantiles"`
	Scores    map[string]scoreReport `json:"scores"`
}

type scoreReport struct {
	Log      float64 `json:"log_score"`
	CRPS     float64 `json:"crps"`
	Inside50 float64 `json:"inside_50"`
	Inside90 float64 `json:"inside_90"`
	PIT      float64 `json:"pit"`
}

type shareReport struct {
	ID        string      `json:"id"`
	Hits      int         `json:"hits"`
	Of        int         `json:"of"`
	Quantiles [5]*float64 `json:"quantiles"`
	CRPS      *float64    `json:"crps"`
	Undefined float64     `json:"undefined"`
}

type pooledReport struct {
	Quantity string              `json:"quantity"`
	Pairs    int                 `json:"pairs"`
	Distinct int                 `json:"distinct_years"`
	Inside50 float64             `json:"inside_50"`
	Inside90 float64             `json:"inside_90"`
	Log      float64             `json:"log_score"`
	Largest  int                 `json:"largest_year"`
	Less     map[string]lessThan `json:"model_less"`
}

type lessThan struct {
	Log  float64  `json:"log_score"`
	CRPS float64  `json:"crps"`
	Half *float64 `json:"half_width_95"`
	Less *float64 `json:"without_largest_year"`
}

// some is a pointer to a number, nil for none.
func some(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func (h *hindcast) report() *backtestReport {
	out := &backtestReport{Inputs: h.inputs, Hindcast: hindcastNote}
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		r := cutoffReport{Until: say.Day(c.Until), Statistics: c.Statistics, Dropped: c.Dropped, ESS: c.Fit.ESS,
			Corrected: c.Fit.Corrected, Histories: c.Fit.Simulations, Futures: c.Futures, Overflow: c.Overflow}
		for q := range c.Years {
			for n := range c.Years[q] {
				r.Years = append(r.Years, yearOf(q, &c.Years[q][n]))
			}
		}
		for s := range c.Shares {
			x := shareReport{ID: backtest.Shares[s].ID, Hits: c.Shares[s].Observed.Hits, Of: c.Shares[s].Observed.Of,
				CRPS: some(c.Shares[s].CRPS), Undefined: c.Shares[s].Undefined}
			for k, v := range c.Shares[s].Quantiles {
				x.Quantiles[k] = some(v)
			}
			r.Shares = append(r.Shares, x)
		}
		out.Cutoffs = append(out.Cutoffs, r)
	}
	for q := range h.result.Pooled {
		p := &h.result.Pooled[q]
		r := pooledReport{Quantity: backtest.Quantities[q].ID, Pairs: p.Pairs, Distinct: p.Distinct, Inside50: p.Inside50,
			Inside90: p.Inside90, Log: p.Log, Largest: p.Largest, Less: map[string]lessThan{}}
		for b, d := range p.Versus {
			r.Less[backtest.BaselineNames[b]] = lessThan{d.Log, d.CRPS, some(p.Half[b]), some(p.Without[b])}
		}
		out.Pooled = append(out.Pooled, r)
	}
	return out
}

func yearOf(q int, y *backtest.Year) yearReport {
	of := func(s backtest.Score) scoreReport { return scoreReport{s.Log, s.CRPS, s.Inside50, s.Inside90, s.PIT} }
	r := yearReport{Quantity: backtest.Quantities[q].ID, Year: y.Window.Year, Exposure: y.Window.Years,
		Observed: y.Observed, Mean: y.Mean, Quantiles: y.Quantiles,
		Scores: map[string]scoreReport{"model": of(y.Model)}}
	for b, s := range y.Baselines {
		r.Scores[backtest.BaselineNames[b]] = of(s)
	}
	return r
}
