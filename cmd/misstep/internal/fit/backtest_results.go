package fit

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
)

func (h *hindcast) found() error {
	table := h.result.PredictionsCSV()
	h.Files = []runfolder.File{runfolder.NewFile("backtest.csv", table, false),
		runfolder.NewFile("scores.csv", h.result.ScoresCSV(), false)}
	in, err := HindcastFigure(table, fmt.Sprintf("%s and %s futures a cut-off, seed %d",
		say.Counted(h.options.Calibrate.Particles, "particle"), say.Thousands(h.options.Futures), h.options.Calibrate.Seed))
	if err != nil {
		return err
	}
	h.Figures = []figure.Figure{figure.Backtest(in)}
	h.Report, h.Screen = h.report(), h.screen()
	return nil
}

// HindcastFigure is the figure of a table backtest.csv: the accusations of whole years, a
// panel for each cut-off, after those that were documented by then.
func HindcastFigure(table []byte, made ...string) (*figure.BacktestInput, error) {
	rows, err := say.CSVRows(table)
	if err != nil {
		return nil, fmt.Errorf("backtest.csv: %w", err)
	}
	var cutoffs []time.Time
	ahead := map[time.Time][]say.CSVRow{}
	for _, r := range rows {
		until, err := time.Parse(time.DateOnly, r["cutoff"])
		if err != nil {
			return nil, fmt.Errorf("backtest.csv: %w", err)
		}
		if !slices.Contains(cutoffs, until) {
			cutoffs = append(cutoffs, until)
		}
		if r["quantity"] == backtest.Quantities[0].ID && r.Number("exposure_years") >= 1 {
			ahead[until] = append(ahead[until], r)
		}
	}
	source, err := input()
	if err != nil {
		return nil, err
	}
	b, err := backtest.Prepare(source, cutoffs)
	if err != nil {
		return nil, err
	}
	in := &figure.BacktestInput{Quantity: "accusations a year",
		Subtitle: append([]string{"led by the United States or the United Kingdom"}, made...),
		// The two that differ most in what they assume.
		Baselines: []string{backtest.BaselineNames[0] + " median", backtest.BaselineNames[2] + " median"}}
	for _, until := range cutoffs {
		in.Panels = append(in.Panels, panel(until, b.Documented(until), ahead[until]))
	}
	return in, nil
}

func panel(until time.Time, seen []backtest.DocumentedYear, ahead []say.CSVRow) figure.BacktestPanel {
	p := figure.BacktestPanel{Cutoff: until.Format("2 Jan 2006"), Seen: until.AddDate(0, 0, 1).Year() - 1}
	add := func(year, observed int, r say.CSVRow) (within bool) {
		band := [5]float64{r.Number("q05"), r.Number("q25"), r.Number("q50"), r.Number("q75"), r.Number("q95")}
		p.Years = append(p.Years, figure.BacktestYear{Year: year, Observed: observed, Band: band,
			Baselines: [2]float64{r.Number("median_gamma_poisson"), r.Number("median_last_value")}})
		return float64(observed) >= band[0] && float64(observed) <= band[4]
	}
	for _, y := range seen {
		add(y.Year, y.N, nil)
	}
	within := 0
	for _, r := range ahead {
		if add(int(r.Number("year")), int(r.Number("observed")), r) {
			within++
		}
	}
	if len(ahead) > 0 { // else there are parts of a year only
		p.Text = fmt.Sprintf("%d of %s inside 90\u00a0%%", within, say.Counted(len(ahead), "year"))
	}
	return p
}

func (h *hindcast) report() hindcastDocument {
	out := hindcastDocument{Inputs: h.Work.Inputs, Hindcast: hindcastNote}
	for i := range h.result.Cutoffs {
		out.Cutoffs = append(out.Cutoffs, cutoffReport(&h.result.Cutoffs[i]))
	}
	for q := range h.result.Pooled {
		p := &h.result.Pooled[q]
		less := map[string]differenceDocument{}
		for b, d := range p.Versus {
			less[backtest.BaselineNames[b]] = differenceDocument{Log: say.Maybe(d.Log), CRPS: say.Maybe(d.CRPS),
				Without: say.Maybe(p.Without[b])}
		}
		out.Pooled = append(out.Pooled, pooledDocument{Quantity: backtest.Quantities[q].ID, Pairs: p.Pairs,
			Distinct: p.Distinct, Inside50: say.Maybe(p.Inside50), Inside90: say.Maybe(p.Inside90), Log: say.Maybe(p.Log),
			Largest: p.Largest, Less: less})
	}
	return out
}

func cutoffReport(c *backtest.Cutoff) cutoffDocument {
	out := cutoffDocument{Until: say.Day(c.Until), Statistics: c.Statistics, Dropped: c.Dropped, ESS: c.Fit.ESS,
		Corrected: c.Fit.Corrected, Simulations: c.Fit.Simulations, Futures: c.Futures, Overflow: c.Overflow}
	for q := range c.Years {
		for n := range c.Years[q] {
			out.Years = append(out.Years, yearReport(backtest.Quantities[q].ID, &c.Years[q][n]))
		}
	}
	for s := range c.Shares {
		p := &c.Shares[s]
		x := shareDocument{ID: backtest.Shares[s].ID, Hits: p.Observed.Hits, Of: p.Observed.Of, CRPS: say.Maybe(p.CRPS),
			Undefined: say.Maybe(p.Undefined)}
		for k, q := range p.Quantiles {
			x.Quantiles[k] = say.Maybe(q)
		}
		out.Shares = append(out.Shares, x)
	}
	return out
}

func yearReport(quantity string, y *backtest.Year) yearDocument {
	score := func(s backtest.Score) scoreDocument {
		return scoreDocument{Log: say.Maybe(s.Log), CRPS: say.Maybe(s.CRPS), Inside50: say.Maybe(s.Inside50),
			Inside90: say.Maybe(s.Inside90), PIT: say.Maybe(s.PIT)}
	}
	scores := map[string]scoreDocument{"model": score(y.Model)}
	for b, s := range y.Baselines {
		scores[backtest.BaselineNames[b]] = score(s)
	}
	return yearDocument{Quantity: quantity, Year: y.Window.Year, Exposure: y.Window.Years, Observed: y.Observed,
		Mean: y.Mean, Quantiles: y.Quantiles, Scores: scores}
}

// hindcastNote says what every backtest of this model is.
const hindcastNote = "a hindcast: the design knew these years"

func (h *hindcast) screen() *say.Screen {
	s := &say.Screen{Columns: say.NarrowWidth}
	put := func(format string, args ...any) { s.Put(" ", " ", format, args...) }
	s.Add(fmt.Sprintf("Backtest with %s, each fit with %d particles and predicted with %s futures; seed %d",
		say.Counted(len(h.result.Cutoffs), "cut-off"), h.options.Calibrate.Particles,
		say.Thousands(h.options.Futures), h.options.Calibrate.Seed))
	put("It is %s. Nothing real from after a cut-off is an input; what happens outside of cyberspace is drawn from what "+
		"had happened before it.", hindcastNote)
	for q := range backtest.Quantities {
		h.yearLines(s, q)
	}
	h.shareLines(s)
	for q := range backtest.Quantities {
		h.pooledLines(s, q)
	}
	s.Add("")
	for q := range h.result.Pooled {
		put("%s", h.losses(q))
	}
	p := &h.result.Pooled[0]
	put("%s in %s of cut-off and year. Fewer than 20 distinct years carry no interval of skill, and none is given.",
		say.Counted(p.Distinct, "distinct test year"), say.Counted(p.Pairs, "pair"))
	var rough, dropped []string
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		if !c.Fit.Corrected {
			rough = append(rough, say.Day(c.Until))
		}
		dropped = append(dropped, c.Dropped...)
	}
	if len(rough) > 0 {
		put("Too few particles to correct for the accepted distance, so nearer to the priors: %s.", say.And(rough))
	}
	if h.quick {
		put("A quick look: too few particles and futures to rely on.")
	}
	slices.Sort(dropped)
	put("Left out of the fit of one cut-off or more, since not known by then: %s.",
		strings.Join(slices.Compact(dropped), ", "))
	return s
}

// onceEach is a label of a group of rows, which only its first row shows.
func onceEach(first bool, label string) string {
	if first {
		return "  " + label
	}
	return ""
}

func (h *hindcast) yearLines(s *say.Screen, q int) {
	names := backtest.BaselineNames
	rows := [][]string{{"", "", "", "", "log score of"},
		append(append([]string{"  cut-off", "year", "came", "predicted", "model"}, names[:]...), "CRPS")}
	var part string
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		for n := range c.Years[q] {
			y := &c.Years[q][n]
			year := strconv.Itoa(y.Window.Year)
			if y.Window.Years < 1 {
				year += "*"
				part = fmt.Sprintf("   * part of the year only, to %s at the most: counted and predicted on the same days",
					say.Day(y.Window.To))
			}
			row := []string{onceEach(n == 0, say.Day(c.Until)), year, strconv.Itoa(y.Observed), inside(y.Quantiles)}
			for _, x := range []float64{y.Model.Log, y.Baselines[0].Log, y.Baselines[1].Log, y.Baselines[2].Log, y.Model.CRPS} {
				row = append(row, say.Number(x, 2))
			}
			rows = append(rows, row)
		}
	}
	s.Add("", " "+backtest.Quantities[q].Label)
	s.Table("llrlrrrrr", rows...)
	if part != "" {
		s.Add(part)
	}
}

func (h *hindcast) shareLines(s *say.Screen) {
	rows := [][]string{{"  cut-off", "", "came", "predicted, 90 %"}}
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		for k := range c.Shares {
			p, predicted := &c.Shares[k], "no future has one"
			if q := p.Quantiles; !math.IsNaN(q[2]) {
				predicted = fmt.Sprintf("%s [%s, %s]", say.Number(q[2], 2), say.Number(q[0], 2), say.Number(q[4], 2))
			}
			rows = append(rows, []string{onceEach(k == 0, say.Day(c.Until)), say.Clipped(backtest.Shares[k].Label, 45),
				fmt.Sprintf("%d of %d", p.Observed.Hits, p.Observed.Of), predicted})
		}
	}
	s.Add("", " of the accusations after a cut-off, the share")
	s.Table("llrl", rows...)
}

// pooledLines compare a quantity by test year, over the cut-offs before it.
func (h *hindcast) pooledLines(s *say.Screen, q int) {
	p := &h.result.Pooled[q]
	names := backtest.BaselineNames
	rows := [][]string{append([]string{""}, names[:]...)}
	row := func(label string, of func(b int) float64) {
		rows = append(rows, []string{"  " + label, say.Signed(of(0), 2), say.Signed(of(1), 2), say.Signed(of(2), 2)})
	}
	for _, y := range p.Years {
		row(fmt.Sprintf("%d, %s", y.Year, say.Counted(y.Cutoffs, "cut-off")),
			func(b int) float64 { return y.Versus[b].Log })
	}
	row("all years, each once", func(b int) float64 { return p.Versus[b].Log })
	if len(p.Years) > 1 {
		row(fmt.Sprintf("… without %d", p.Largest), func(b int) float64 { return p.Without[b] })
	}
	row("CRPS, below 0 is better", func(b int) float64 { return p.Versus[b].CRPS })
	s.Add("")
	s.Put(" ", " ", "log score of the model less that of … (%s; above 0 the model is better)",
		backtest.Quantities[q].Label)
	s.Table("lrrr", rows...)
}

// losses says of a quantity which baselines beat the model, and what its intervals hold.
func (h *hindcast) losses(q int) string {
	p := &h.result.Pooled[q]
	var on, by []string
	for b, name := range backtest.BaselineNames {
		if d := p.Versus[b]; d.Log < 0 {
			on = append(on, fmt.Sprintf("%s (%s a year)", name, say.Signed(d.Log, 2)))
		}
		var years []string
		for _, y := range p.Years {
			if y.Versus[b].Log < 0 {
				years = append(years, strconv.Itoa(y.Year))
			}
		}
		if len(years) > 0 {
			by = append(by, fmt.Sprintf("to the %s in %s", name, say.And(years)))
		}
	}
	if len(on) == 0 {
		on = []string{"none of the three"}
	}
	text := say.Capital(backtest.Quantities[q].ID) + ": in mean log score the model loses to " + say.And(on) + "."
	if len(by) > 0 {
		text += " By year it loses " + strings.Join(by, "; ") + "."
	}
	return fmt.Sprintf("%s Its 50 %% intervals hold %s and its 90 %% intervals %s of what came.", text,
		say.Percent(p.Inside50), say.Percent(p.Inside90))
}
