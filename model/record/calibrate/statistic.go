package calibrate

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/evidence"
)

// Kind says on which scale two values of a statistic are compared.
type Kind uint8

// The kinds: counts by their roots and shares by their arcsines, which stabilise
// the variance; durations by their logarithms.
const (
	Plain Kind = iota
	Count
	Share
	Duration
)

// Use says what a statistic is for; the letters are those of the targets.
type Use string

// The uses.
const (
	Calibrate    Use = "C" // in the distance
	Plausibility Use = "P" // predicted and shown
	Echo         Use = "E" // an input comes back: shown, counted apart
	LeftOut      Use = "L" // calibrates, and was left out on demand: what the others say of it
)

// Statistic is one number that a record and the documented events share.
type Statistic struct {
	ID     string // unique: T26.us.2024
	Target string // the target that it belongs to: T26
	Label  string
	Short  string // for a figure, 28 letters at most
	Unit   string
	Use    Use
	Kind   Kind
	Low    bool // one-sided: the documented value is a lower bound
	// standard deviation, on the compared scale, of what is documented as a judgement; 0 for counts, whose noise is that
	// of the simulated history
	Judged float64
	Noisy  bool    // a history of a dozen years says little of it: a quarter of the weight in the distance
	Floor  float64 // least scale of the distance
	// Needs is the first day on which the documented value is complete; cut-offs
	// before it drop the statistic.
	Needs     time.Time
	bound     float64              // documented value of a one-sided statistic, compared
	simulated func(*World) float64 // NaN where a history does not define it
	observed  func(*evidence.Tables, time.Time) Observation
}

// Observation is a documented value, in the unit of its statistic.
type Observation struct {
	Value float64 // NaN: not documented by the cut-off
	Low   float64 // 95 % interval as the tables give it, NaN without one
	High  float64
	N     int
	Rows  []string // of the tables
}

// Compared puts a value on the scale of comparison.
func (s *Statistic) Compared(x float64) float64 {
	switch s.Kind {
	case Count:
		return math.Sqrt(x + 0.375) // Anscombe's, without its factor
	case Share:
		return elem.ArcSin(math.Sqrt(min(max(x, 0), 1)))
	case Duration:
		return elem.Log(1 + max(x, 0))
	}
	return x
}

// Natural is the inverse of Compared; what an error carried out of the domain is put
// at its edge.
func (s *Statistic) Natural(y float64) float64 {
	switch s.Kind {
	case Count:
		y = max(y, 0)
		return max(0, float64(y*y)-0.375)
	case Share:
		v := elem.Sin(min(max(y, 0), math.Pi/2))
		return v * v
	case Duration:
		return max(0, elem.Exp(y)-1)
	}
	return y
}

// World is what one particle simulated, as the statistics read it.
type World struct {
	American, British *Record
	starts            [2]time.Time
	dcid              Register // American
	eurepoc           [2]Register
	british           []float64 // days from the start of the American history: accusations with British part
	scratch           []float64
}

// yearly counts accusations of a record in whole years [from, to].
func (w *World) yearly(history, from, to int) float64 {
	first, end := w.span(history, from, to)
	n := 0
	for _, a := range w.records()[history].Accusations {
		if a.At >= first && a.At < end {
			n++
		}
	}
	return float64(n)
}

// records are those of the two histories.
func (w *World) records() [2]*Record { return [2]*Record{w.American, w.British} }

// span is the whole years [from, to] in days from the start of a history.
func (w *World) span(history, from, to int) (first, end float64) {
	start := w.starts[history]
	return newYear(from).Sub(start).Hours() / 24, newYear(to+1).Sub(start).Hours() / 24
}

// reports counts China's own public steps against either state in whole years.
func (w *World) reports(from, to int) float64 {
	n := 0
	for h, r := range w.records() {
		first, end := w.span(h, from, to)
		for _, at := range r.Reports {
			if at >= first && at < end {
				n++
			}
		}
	}
	return float64(n)
}

// share of the accusations of both histories for which yes holds, of those for which of
// holds; NaN without any.
func (w *World) share(of, yes func(*Accusation, *Record) bool) float64 {
	return w.count(func(a *Accusation, r *Record) bool { return of(a, r) && yes(a, r) }) / w.count(of)
}

// famous reports whether an incident is of the kind that coders of delays choose:
// espionage that became public and was grave or was named by a government. The
// median severity of all espionage is 3.
func famous(k *Incident, until float64) bool {
	return k.Intent == 0 && k.Chinese && k.Disclosed <= until && (k.Severity >= 3 || k.Accused <= until)
}

// delays gathers a delay of famous incidents that began in the histories.
func (w *World) delays(of func(*Incident, *Record) float64) []float64 {
	w.scratch = w.scratch[:0]
	for _, r := range w.records() {
		for i := range r.Incidents {
			k := &r.Incidents[i]
			if k.Start < 0 || !famous(k, r.Until) {
				continue
			}
			if d := of(k, r); !math.IsNaN(d) && !math.IsInf(d, 0) && d >= 0 {
				w.scratch = append(w.scratch, d)
			}
		}
	}
	slices.Sort(w.scratch)
	return w.scratch
}

// quantile of a sorted list, with linear interpolation; NaN of an empty one.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := float64(p * float64(len(sorted)-1))
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	f := at - float64(i)
	return float64(sorted[i]*(1-f)) + float64(sorted[i+1]*f)
}

// spread is the logarithm of the ratio of the quartiles, NaN of fewer than four.
func spread(sorted []float64) float64 {
	if len(sorted) < 4 {
		return math.NaN()
	}
	return elem.Log((quantile(sorted, 0.75) + 1) / (quantile(sorted, 0.25) + 1))
}

// dispersion is the variance over the mean of yearly counts of starts; years from
// the first to the last.
func dispersion(starts []float64, first float64, years int) float64 {
	var counts [64]float64
	for _, at := range starts {
		if y := int((at - first) / 365.25); y >= 0 && y < years {
			counts[y]++
		}
	}
	mean, ss := 0.0, 0.0
	for _, c := range counts[:years] {
		mean += c / float64(years)
	}
	for _, c := range counts[:years] {
		ss += float64((c - mean) * (c - mean))
	}
	return ss / float64(years-1) / mean
}

// gapVariation is the coefficient of variation of the gaps between starts.
func (w *World) gapVariation(starts []float64) float64 {
	if len(starts) < 4 {
		return math.NaN()
	}
	w.scratch = append(w.scratch[:0], starts...)
	s := w.scratch
	slices.Sort(s)
	n, sum, squares := float64(len(s)-1), 0.0, 0.0
	for i := 1; i < len(s); i++ {
		sum += s[i] - s[i-1]
		squares += float64((s[i] - s[i-1]) * (s[i] - s[i-1]))
	}
	mean := sum / n
	return math.Sqrt(max(0, squares/n-float64(mean*mean))) / mean
}
