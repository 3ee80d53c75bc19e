package backtest

import (
	"maps"
	"math"
	"slices"
	"time"
)

// Result is a backtest: every cut-off, and all of them together.
type Result struct {
	Cutoffs []Cutoff
	Pooled  [len(Quantities)]Pooled
}

// Cutoff is what the fit of one cut-off predicts, and how that compares.
type Cutoff struct {
	Until      time.Time
	Statistics []string // in the distance
	Dropped    []string // targets of statistics that the record to its end has and that could not be dated
	Fit        Fit
	Futures    int // that the predictions rest on
	Overflow   int // left out: too many events
	Training   [len(Quantities)]Training
	Years      [len(Quantities)][]Year
	Shares     [len(Shares)]SharePrediction
}

// Fit says how well the calibration of a cut-off sampled.
type Fit struct {
	ESS         float64
	Simulations int
	Corrected   bool // for the accepted distance; false where the particles are too few for it
}

// Levels are the quantiles that are shown.
var Levels = [5]float64{0.05, 0.25, 0.5, 0.75, 0.95}

// Year is the prediction of a count in a window.
type Year struct {
	Window    Window
	Observed  int
	Mean      float64
	Quantiles [5]int // at Levels, of the mixed distribution
	Medians   [3]int // of the baselines
	Model     Score
	Baselines [3]Score
}

func (y *Year) less(baseline int) Difference {
	b := y.Baselines[baseline]
	return Difference{y.Model.Log - b.Log, y.Model.CRPS - b.CRPS}
}

// SharePrediction is the prediction of a share over the whole time after a cut-off, of the futures that
// define it.
type SharePrediction struct {
	Observed  Part
	Quantiles [5]float64 // at Levels; NaN where no future defines it
	Undefined float64    // share of futures that do not define it
	CRPS      float64    // fair; NaN where it cannot be computed
	Inside50  bool       // the documented share lies in the central interval, ends included
	Inside90  bool
}

func scoreYear(w Window, counts []int, observed int, training Training) Year {
	base := training.Baselines(w.Years)
	m := Mixed{newSample(counts), base[0]}
	y := Year{Window: w, Observed: observed, Mean: m.Sample.Mean(), Model: scoreOf(m, observed)}
	y.Model.CRPS = fairCRPS(m.Sample, observed) // the rest is of the mixed distribution
	for i, u := range Levels {
		y.Quantiles[i] = Quantile(m, u)
	}
	for i, b := range base {
		y.Medians[i], y.Baselines[i] = Quantile(b, 0.5), scoreOf(b, observed)
	}
	return y
}

func scoreShare(observed Part, simulated []Part) SharePrediction {
	p := SharePrediction{Observed: observed, CRPS: math.NaN()}
	var shares []float64
	for _, s := range simulated {
		if s.Defined() {
			shares = append(shares, s.Share())
		}
	}
	slices.Sort(shares)
	p.Undefined = 1 - float64(len(shares))/float64(len(simulated))
	for i, u := range Levels {
		p.Quantiles[i] = math.NaN()
		if len(shares) > 0 {
			p.Quantiles[i] = shares[max(0, int(math.Ceil(u*float64(len(shares))))-1)]
		}
	}
	if !observed.Defined() || len(shares) < 2 {
		return p
	}
	x := observed.Share()
	p.CRPS = fairCRPSOf(shares, x)
	p.Inside50 = x >= p.Quantiles[1] && x <= p.Quantiles[3]
	p.Inside90 = x >= p.Quantiles[0] && x <= p.Quantiles[4]
	return p
}

// Difference is the model's score less a baseline's.
type Difference struct {
	Log  float64 // > 0: the model is better
	CRPS float64 // < 0: the model is better
}

// PooledYear is a test year over all cut-offs before it.
type PooledYear struct {
	Year     int
	Cutoffs  int
	Observed int           // of the longest window
	Versus   [3]Difference // means over the cut-offs
}

// Pooled compares a quantity over all cut-offs. No interval of the differences is given: the
// years of several cut-offs are the same years, and the record has too few.
type Pooled struct {
	Years    []PooledYear
	Pairs    int           // cut-offs × windows
	Distinct int           // test years
	Versus   [3]Difference // means over the test years, each of which counts once
	Inside50 float64       // mean over the pairs
	Inside90 float64
	Log      float64    // mean of the model over the test years
	Largest  int        // the test year with the largest difference in log score
	Without  [3]float64 // Versus.Log without that year; NaN where it is the only one
}

// pool averages over cut-offs within a test year, then over test years.
func pool(cutoffs []Cutoff, q int) Pooled {
	byYear := map[int][]*Year{}
	var p Pooled
	for c := range cutoffs {
		for i := range cutoffs[c].Years[q] {
			y := &cutoffs[c].Years[q][i]
			byYear[y.Window.Year] = append(byYear[y.Window.Year], y)
			p.Pairs++
			p.Inside50 += y.Model.Inside50
			p.Inside90 += y.Model.Inside90
		}
	}
	p.Inside50, p.Inside90 = p.Inside50/float64(p.Pairs), p.Inside90/float64(p.Pairs)
	p.Distinct = len(byYear)
	n := float64(p.Distinct)
	for _, year := range slices.Sorted(maps.Keys(byYear)) {
		list := byYear[year]
		for _, x := range list {
			p.Log += x.Model.Log / float64(len(list)) / n
		}
		y := poolYear(year, list)
		for b, d := range y.Versus {
			p.Versus[b].Log += d.Log / n
			p.Versus[b].CRPS += d.CRPS / n
		}
		p.Years = append(p.Years, y)
	}
	p.leaveLargest()
	return p
}

// leaveLargest finds the year of the largest difference to any baseline, and what is left without it.
func (p *Pooled) leaveLargest() {
	largest := -1.0
	for _, y := range p.Years {
		for _, d := range y.Versus {
			if math.Abs(d.Log) > largest {
				largest, p.Largest = math.Abs(d.Log), y.Year
			}
		}
	}
	for b := range p.Without {
		sum := 0.0
		for _, y := range p.Years {
			if y.Year != p.Largest {
				sum += y.Versus[b].Log
			}
		}
		p.Without[b] = sum / float64(len(p.Years)-1) // 0/0 of a single year is NaN
	}
}

func poolYear(year int, list []*Year) PooledYear {
	out := PooledYear{Year: year, Cutoffs: len(list)}
	longest := 0.0
	for _, y := range list {
		if y.Window.Years > longest {
			longest, out.Observed = y.Window.Years, y.Observed
		}
		for b := range y.Baselines {
			d := y.less(b)
			out.Versus[b].Log += d.Log / float64(len(list))
			out.Versus[b].CRPS += d.CRPS / float64(len(list))
		}
	}
	return out
}
