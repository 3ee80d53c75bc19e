package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// BacktestInput is what the figure backtest is made from, one panel for each
// cut-off. The figure serves a forecast too: a panel without observed years after
// its cut-off is one.
type BacktestInput struct {
	Title     string   // a standard one where empty
	Subtitle  []string // parts: what is counted, particles, seed
	Source    string   // the source line; a standard one where empty
	Quantity  string   // what is counted: "accusations a year", the standard
	Baselines []string // names of the simple forecasts beside the model's; two are drawn
	Panels    []BacktestPanel
}

// BacktestPanel is the forecast of one fit.
type BacktestPanel struct {
	Cutoff    string       // the last day that the fit has seen: "31 Dec 2020"
	Seen      int          // last year that it has seen: observed points up to it are hollow
	Years     []int        // in order
	Observed  []int        // count of each year, −1 where not known
	Bands     [][5]float64 // predictive 5, 25, 50, 75 and 95 % of each year; NaN where there is none
	Baselines [][]float64  // median of each simple forecast for each year; NaN where there is none
	Text      string       // log score, coverage: two lines at most, broken at spaces but not at no-break spaces
}

// Backtest draws the predicted counts of each year with the observed ones. The files
// are backtest.svg, backtest.png and backtest.pdf, as the options ask, and
// backtest.csv. It fails on options that cannot be drawn.
func Backtest(in *BacktestInput, o Options) ([]File, error) {
	return drawAlone("backtest", newBacktest(in), o)
}

// BacktestAlt is the text that stands for the figure backtest where it cannot be
// seen.
func BacktestAlt(in *BacktestInput) string { return newBacktest(in).words().alt }

// mostPanels is how many panels a figure holds, mostBaselines how many simple
// forecasts a panel.
const (
	mostPanels    = 6
	mostBaselines = 2
)

// backtest shows what each fit would have said of the years after it.
type backtest struct {
	in         *BacktestInput
	quantity   string
	panels     []backtestPanel
	first, end int     // years of the axis, end exclusive
	top        float64 // of the axis
	cut        bool    // a band ends at the edge
	hindcast   bool    // some forecast is held against what came
}

// backtestPanel is a panel as years.
type backtestPanel struct {
	BacktestPanel
	years []backtestYear
}

// backtestYear is what one year of a panel has to say.
type backtestYear struct {
	year     int
	observed int // −1 where not known
	band     [5]float64
	baseline [mostBaselines]float64 // NaN where there is none
	ahead    bool                   // after the cut-off
}

// inside reports whether an observed count lies in the 90 % band; known whether
// there is something to compare.
func (k backtestYear) inside() (in, known bool) {
	known = k.observed >= 0 && chart.Finite(k.band[0])
	v := float64(k.observed)
	return known && v >= k.band[0] && v <= k.band[4], known
}

// newBacktest sets one axis for all panels. It holds every observed count, median and
// baseline; a band that goes beyond three times these ends at the edge, since it
// would flatten all others.
func newBacktest(in *BacktestInput) *backtest {
	b := &backtest{in: orEmpty(in), first: math.MaxInt, end: math.MinInt}
	b.quantity = cmp.Or(b.in.Quantity, "accusations a year")
	for _, q := range b.in.Panels {
		b.panels = append(b.panels, newBacktestPanel(q))
		_, of := b.panels[len(b.panels)-1].compared()
		b.hindcast = b.hindcast || of > 0
	}
	core, wide := 1.0, 1.0
	for _, q := range b.drawn() {
		for _, y := range q.years {
			b.first, b.end = min(b.first, y.year), max(b.end, y.year+1)
			core = max(core, float64(y.observed))
			for _, v := range []float64{y.band[2], y.baseline[0], y.baseline[1]} {
				if chart.Finite(v) {
					core = max(core, v)
				}
			}
			if chart.Finite(y.band[4]) {
				wide = max(wide, y.band[4])
			}
		}
	}
	if b.end <= b.first {
		b.first, b.end = 0, 1
	}
	b.top = max(core*1.08, min(wide*1.03, 3*core))
	b.cut = wide > b.top
	return b
}

// drawn are the panels that have room.
func (b *backtest) drawn() []backtestPanel { return b.panels[:min(len(b.panels), mostPanels)] }

// A year that no calendar holds is dropped: the axis would hold nothing else.
const firstYear, lastYear = 1900, 2200

func newBacktestPanel(q BacktestPanel) backtestPanel {
	nan := math.NaN()
	out := backtestPanel{BacktestPanel: q}
	for i, year := range q.Years {
		if year < firstYear || year > lastYear {
			continue
		}
		y := backtestYear{year: year, observed: -1, band: [5]float64{nan, nan, nan, nan, nan},
			baseline: [mostBaselines]float64{nan, nan}, ahead: year > q.Seen}
		if i < len(q.Observed) {
			y.observed = max(q.Observed[i], -1)
		}
		if i < len(q.Bands) && bandOK(q.Bands[i]) {
			y.band = q.Bands[i]
		}
		for k := range min(len(q.Baselines), mostBaselines) {
			if i < len(q.Baselines[k]) && drawable(q.Baselines[k][i]) >= 0 {
				y.baseline[k] = q.Baselines[k][i]
			}
		}
		out.years = append(out.years, y)
	}
	return out
}

// bandOK reports whether quantiles of counts are known and in order.
func bandOK(band [5]float64) bool {
	for _, v := range band {
		if !(drawable(v) >= 0) {
			return false
		}
	}
	return slices.IsSorted(band[:])
}

// compared counts the years after the cut-off that have an observed count and a
// band, and those inside the 90 % band.
func (q backtestPanel) compared() (in, of int) {
	for _, y := range q.years {
		if within, known := y.inside(); known && y.ahead {
			of++
			if within {
				in++
			}
		}
	}
	return in, of
}

func (b *backtest) words() words {
	title, method := ", as the fit foresees them", "a forecast under the model’s assumptions"
	if b.hindcast {
		title = ", as earlier fits would have foreseen them"
		method = "a hindcast: whoever designed the model knew these years"
	}
	w := wordsOf(cmp.Or(b.in.Title, chart.Upper(b.quantity)+title), b.in.Subtitle,
		cmp.Or(b.in.Source, "Source: observed: the public record; bands: misstep, model output."), method)
	if len(b.panels) == 0 {
		w.alt = "No cut-off in this backtest."
		return w
	}
	var parts []string
	for _, q := range b.panels {
		s := "fit to " + q.Cutoff
		if in, of := q.compared(); of > 0 {
			s += fmt.Sprintf(": %d of %d later years inside the 90\u00a0%% band", in, of)
		}
		for i := len(q.years) - 1; i >= 0; i-- { // the furthest year with a forecast
			if y := q.years[i]; y.ahead && chart.Finite(y.band[0]) {
				s += fmt.Sprintf(", median %s in %d (%s)", chart.Number(y.band[2]), y.year, rangeText(y.band[0], y.band[4]))
				break
			}
		}
		if q.Text != "" {
			s += ", " + q.Text
		}
		parts = append(parts, s)
	}
	w.alt = chart.Upper(b.quantity) + ": " + strings.Join(parts, "; ") + "."
	return w
}

func (b *backtest) table() table {
	head := []string{"cutoff", "year", "after_cutoff", "observed", "p5", "p25", "p50", "p75", "p95", "inside_90"}
	names := b.baselines()
	head = append(head, names...)
	t := newTable(head...)
	for _, q := range b.panels {
		for _, y := range q.years {
			observed, inside := any(""), any("")
			if y.observed >= 0 {
				observed = y.observed
			}
			if in, known := y.inside(); known {
				inside = in
			}
			cells := []any{q.Cutoff, y.year, y.ahead, observed}
			for _, v := range y.band {
				cells = append(cells, v)
			}
			cells = append(cells, inside)
			for k := range names {
				cells = append(cells, y.baseline[k])
			}
			t.add(cells...)
		}
	}
	return t
}

// baselines are the names of the simple forecasts that are drawn.
func (b *backtest) baselines() []string {
	return b.in.Baselines[:min(len(b.in.Baselines), mostBaselines)]
}
