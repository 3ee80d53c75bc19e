package calibrate

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/elem"
)

// World is what one particle simulated, as the statistics read it.
type World struct {
	American, British *Record
	starts            [2]time.Time
	dcid              Register // American
	eurepoc           [2]Register
	british           []float64  // days from the start of the American history: accusations with British part
	wrong, covert     [2]float64 // what is known by the cut-off: accusations of an innocent, covert answers
	scratch           []float64
}

func (w *World) records() [2]*Record { return [2]*Record{w.American, w.British} }

// ask counts the answers to a question that are yes, and all answers, over the accusations of
// both histories.
func (w *World) ask(question func(*Accusation, *Record) (yes, open bool)) (yes, open float64) {
	for _, r := range w.records() {
		for i := range r.Accusations {
			counts, asked := question(&r.Accusations[i], r)
			if asked {
				open++
			}
			if asked && counts {
				yes++
			}
		}
	}
	return yes, open
}

func (w *World) share(question func(*Accusation, *Record) (yes, open bool)) float64 {
	yes, open := w.ask(question)
	return yes / open
}

// within counts the times in [from, to), as days from the start of a history.
func (w *World) within(history int, times []float64, from, to time.Time) float64 {
	n := 0
	first, end := daysFrom(w.starts[history], from), daysFrom(w.starts[history], to)
	for _, at := range times {
		if at >= first && at < end {
			n++
		}
	}
	return float64(n)
}

func (w *World) led(history, from, to int) float64 {
	w.scratch = w.scratch[:0]
	for _, a := range w.records()[history].Accusations {
		w.scratch = append(w.scratch, a.At)
	}
	return w.within(history, w.scratch, newYear(from), newYear(to+1))
}

// withBritain counts accusations with British part in [from, to).
func (w *World) withBritain(from, to time.Time) float64 { return w.within(0, w.british, from, to) }

// reports counts China's own public steps against either state in whole years.
func (w *World) reports(from, to int) float64 {
	return w.within(0, w.American.Reports, newYear(from), newYear(to+1)) +
		w.within(1, w.British.Reports, newYear(from), newYear(to+1))
}

func (w *World) dialogues(show func(*Dialogue)) {
	for _, r := range w.records() {
		for i := range r.Dialogues {
			show(&r.Dialogues[i])
		}
	}
}

func middleOf(of func(*Dialogue) []float64) func(*World) float64 {
	return func(w *World) float64 {
		w.scratch = w.scratch[:0]
		w.dialogues(func(d *Dialogue) { w.scratch = append(w.scratch, of(d)...) })
		slices.Sort(w.scratch)
		return quantile(w.scratch, 0.5)
	}
}

func aliveIn(r *Record) float64 {
	sum := 0.0
	for i := range r.Dialogues {
		sum += r.Dialogues[i].Alive
	}
	return math.Min(1, sum/r.Until)
}

// famous reports whether an incident is of the kind that coders of delays choose: espionage that became
// public and was grave (3 is its median severity) or was named by a government.
func famous(k *Incident, until float64) bool {
	return k.Intent == 0 && k.Chinese && k.Disclosed <= until && (k.Severity >= 3 || k.Accused <= until)
}

// delays gathers a delay of famous incidents that began in the histories.
func (w *World) delays(of delay) []float64 {
	w.scratch = w.scratch[:0]
	for _, r := range w.records() {
		for i := range r.Incidents {
			k := &r.Incidents[i]
			if from, to := of.simulated(k); k.Start >= 0 && famous(k, r.Until) && to <= r.Until && to >= from {
				w.scratch = append(w.scratch, to-from)
			}
		}
	}
	slices.Sort(w.scratch)
	return w.scratch
}

// severityThree is the share that a coder would round to 3.
func severityThree(all []float64) float64 {
	n := 0
	for _, s := range all {
		if math.Round(s) == 3 {
			n++
		}
	}
	return float64(n) / float64(len(all))
}

// quantile of a sorted list, with linear interpolation; NaN of an empty one. It differs from
// stat.Quantile in the last bit, which results rest on.
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

func spread(sorted []float64) float64 {
	if len(sorted) < 4 {
		return math.NaN()
	}
	return elem.Log((quantile(sorted, 0.75) + 1) / (quantile(sorted, 0.25) + 1))
}

// dispersion is the variance over the mean of yearly counts of starts, over so many years from the
// first.
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

// ratioAround is how many times lie within the days after a day over how many within those before it; NaN without any
// before.
func ratioAround(times []float64, at, days float64) float64 {
	before, after := 0.0, 0.0
	for _, t := range times {
		switch {
		case t >= at-days && t < at:
			before++
		case t >= at && t < at+days:
			after++
		}
	}
	if before == 0 {
		return math.NaN()
	}
	return after / before
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
