package calibrate

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// Observation is a documented value, in the unit of its statistic.
type Observation struct {
	Value float64 // NaN: not documented by the cut-off
	Low   float64 // 95 % interval as the tables give it, NaN without one
	High  float64
	N     int
	Rows  []string // of the tables
}

// bare is a value of n cases without an interval.
func bare(value float64, n int, rows []string) Observation {
	return Observation{Value: value, Low: math.NaN(), High: math.NaN(), N: n, Rows: rows}
}

func counted(rows []string) Observation { return bare(float64(len(rows)), len(rows), rows) }

var none = bare(math.NaN(), 0, nil)

// cited is a figure of a data set whose rows cannot ship, on n of its rows.
func cited(value float64, n int, simulated func(*World) float64) reading {
	return reading{func(*evidence.Tables, time.Time) Observation { return bare(value, n, nil) }, simulated}
}

// target is a target with its range, as the rows give it by the cut-off or as it is quoted.
func target(id string, simulated func(*World) float64) reading {
	return reading{func(t *evidence.Tables, until time.Time) Observation {
		x, ok := part(t, until, id, "")
		if !ok {
			return none
		}
		o := Observation{Value: x.Value, Low: x.Low, High: x.High, N: x.N, Rows: x.Rows}
		if math.IsInf(o.High, 1) {
			o.High = math.NaN()
		}
		return o
	}, simulated}
}

func part(t *evidence.Tables, until time.Time, id, name string) (evidence.Observed, bool) {
	all := t.Compute(until)
	i := slices.IndexFunc(all, func(x evidence.Observed) bool { return x.ID == id && x.Part == name })
	if i < 0 {
		return evidence.Observed{}, false
	}
	return all[i], true
}

// partCount is the count behind a part of a target.
func partCount(id, name string) func(*evidence.Tables, time.Time) Observation {
	return func(t *evidence.Tables, until time.Time) Observation {
		if x, ok := part(t, until, id, name); ok {
			return bare(float64(x.Hits), x.Hits, x.Rows)
		}
		return none
	}
}

// LedByWest reports whether the United States or the United Kingdom lead an accusation.
func LedByWest(a *evidence.Accusation) bool { return a.Lead == america || a.Lead == britain }

// Documented lists the accusations of China of the histories on the days [from, to]: led
// by the United States or the United Kingdom.
func Documented(t *evidence.Tables, from, to time.Time) []*evidence.Accusation {
	var out []*evidence.Accusation
	for i := range t.Accusations {
		a := &t.Accusations[i]
		at := a.When().First()
		if a.Formal() && evidence.Counts(a.Checked) && LedByWest(a) && !at.Before(from) && !at.After(to) {
			out = append(out, a)
		}
	}
	return out
}

// knownErrors is what the tables quote of errors among accusations, over those of the histories by the cut-off.
func knownErrors(t *evidence.Tables, until time.Time) Observation {
	i := slices.IndexFunc(t.Targets, func(x evidence.Target) bool { return x.ID == "T35" })
	if i < 0 {
		return none
	}
	var rows []string
	for _, a := range Documented(t, time.Time{}, until) {
		rows = append(rows, a.ID)
	}
	x := &t.Targets[i]
	return Observation{Value: x.Value, Low: x.Low, High: x.High, N: len(rows), Rows: rows}
}

// accusationCount counts accusations of whole years [from, to], up to the cut-off.
func accusationCount(from, to int, of func(*evidence.Accusation) bool) func(*evidence.Tables, time.Time) Observation {
	return func(t *evidence.Tables, until time.Time) Observation {
		var rows []string
		for _, a := range Documented(t, time.Time{}, until) {
			if y := a.When().First().Year(); of(a) && y >= from && y <= to {
				rows = append(rows, a.ID)
			}
		}
		return counted(rows)
	}
}

// Question is asked alike of a documented accusation, as it was known on a day, and of a simulated one:
// whether the answer is yes, and whether there is one (it is coded; a dialogue was alive that might
// have been suspended).
type Question struct {
	Documented func(a *evidence.Accusation, t *evidence.Tables, until time.Time) (yes, open bool)
	Simulated  func(a *Accusation, r *Record) (yes, open bool)
}

// What is asked of accusations.
var (
	Joint = Question{
		func(a *evidence.Accusation, _ *evidence.Tables, _ time.Time) (yes, open bool) { return a.Joint(), true },
		func(a *Accusation, _ *Record) (yes, open bool) { return a.Partners >= 2, true }}
	Penalised = Question{
		func(a *evidence.Accusation, _ *evidence.Tables, until time.Time) (yes, open bool) {
			known := !a.When().First().AddDate(0, 0, int(a.PenaltyDays)).After(until)
			return known && a.PenaltyWithin(penaltyDays), a.Followed()
		},
		func(a *Accusation, r *Record) (yes, open bool) {
			return r.Incidents[a.Incident].Penalty-a.At <= penaltyDays, true
		}}
	Suspending = Question{
		func(a *evidence.Accusation, t *evidence.Tables, until time.Time) (yes, open bool) {
			at := a.When().First()
			return a.Suspended == evidence.Yes, a.Followed() && slices.ContainsFunc(lives(t, until, a.Lead),
				func(l evidence.Life) bool { return !at.Before(l.From) && !at.After(l.To) })
		},
		func(a *Accusation, _ *Record) (yes, open bool) { return a.Cut, a.Exposed }}
	traded = Question{
		func(a *evidence.Accusation, _ *evidence.Tables, until time.Time) (yes, open bool) {
			over := !a.When().First().AddDate(0, 0, window).After(until)
			return a.Trade == evidence.Yes, a.Trade != evidence.NotCoded && over
		},
		func(a *Accusation, _ *Record) (yes, open bool) { return a.Trade, true }}
)

// penaltyDays is how long after an accusation a penalty counts as its own (T13).
const penaltyDays = 90

// documented counts the answers that are yes, and lists the accusations to which there is one.
func (q Question) documented(t *evidence.Tables, until time.Time) (yes int, open []string) {
	for _, a := range Documented(t, time.Time{}, until) {
		counts, coded := q.Documented(a, t, until)
		if coded {
			open = append(open, a.ID)
		}
		if coded && counts {
			yes++
		}
	}
	return yes, open
}

func (q Question) share() reading {
	return reading{func(t *evidence.Tables, until time.Time) Observation {
		yes, open := q.documented(t, until)
		return bare(float64(yes)/float64(len(open)), len(open), open) // 0/0 of no answer is NaN
	}, func(w *World) float64 { return w.share(q.Simulated) }}
}

func (q Question) open() reading {
	return reading{func(t *evidence.Tables, until time.Time) Observation {
		_, open := q.documented(t, until)
		return counted(open)
	}, func(w *World) float64 {
		_, open := w.ask(q.Simulated)
		return open
	}}
}

// delay is the time between two stages of a documented and of a simulated case.
type delay struct {
	documented func(*evidence.Delay) (from, to evidence.Date)
	simulated  func(*Incident) (from, to float64)
}

var (
	detection = delay{func(d *evidence.Delay) (from, to evidence.Date) { return d.Start, d.Detected },
		func(k *Incident) (from, to float64) { return k.Start, k.Discovered }}
	disclosure = delay{func(d *evidence.Delay) (from, to evidence.Date) { return d.Detected, d.Disclosed },
		func(k *Incident) (from, to float64) { return k.Discovered, k.Disclosed }}
	attribution = delay{func(d *evidence.Delay) (from, to evidence.Date) { return d.Detected, d.Attributed },
		func(k *Incident) (from, to float64) { return k.Discovered, k.Accused }}
)

// of lists the delays of the coded cases of espionage that had become public by the cut-off.
func (x delay) of(t *evidence.Tables, until time.Time) (days []float64, rows []string) {
	for i := range t.Delays {
		d := &t.Delays[i]
		from, to := x.documented(d)
		if !evidence.Counts(d.Checked) || d.Intent != "espionage" || from.IsZero() || to.IsZero() ||
			d.Public().Last().After(until) || to.Last().After(until) {
			continue
		}
		days = append(days, max(0, daysFrom(from.Middle(), to.Middle())))
		rows = append(rows, d.ID)
	}
	slices.Sort(days)
	return days, rows
}

// enoughDelays is how many cases a median takes.
const enoughDelays = 4

func (x delay) median() reading {
	return reading{func(t *evidence.Tables, until time.Time) Observation {
		days, rows := x.of(t, until)
		if len(days) < enoughDelays {
			return none
		}
		return Observation{Value: quantile(days, 0.5), Low: quantile(days, 0.25), High: quantile(days, 0.75), N: len(days),
			Rows: rows}
	}, func(w *World) float64 { return quantile(w.delays(x), 0.5) }}
}

func (x delay) spread() reading {
	return reading{func(t *evidence.Tables, until time.Time) Observation {
		days, rows := x.of(t, until)
		if len(days) < enoughDelays {
			return none
		}
		return bare(spread(days), len(days), rows)
	}, func(w *World) float64 { return spread(w.delays(x)) }}
}

// lives are the lives of a western state's dialogues by the cut-off, to which one that nobody ended
// goes on.
func lives(t *evidence.Tables, until time.Time, west string) []evidence.Life {
	var out []evidence.Life
	for _, l := range t.Lives(until) {
		if !slices.Contains(l.Parties, west) {
			continue
		}
		if l.Ending == evidence.Alive {
			l.To = until
		}
		out = append(out, l)
	}
	return out
}

func ended(ending string) func(*evidence.Tables, time.Time) Observation {
	return func(t *evidence.Tables, until time.Time) Observation {
		o := bare(0, 0, nil)
		for _, l := range t.Lives(until) {
			o.N++
			if l.Ending == ending {
				o.Value++
				o.Rows = append(o.Rows, l.Final)
			}
		}
		return o
	}
}

// alive is the share of a history, from its start to the cut-off, with a dialogue alive.
func alive(history int, start time.Time) reading {
	return reading{func(t *evidence.Tables, until time.Time) Observation {
		o, sum := bare(0, 0, nil), 0.0
		for _, l := range lives(t, until, wests[history].state) {
			sum += daysFrom(l.From, l.To)
			o.Rows = append(o.Rows, l.Opened, l.Final)
			o.N++
		}
		o.Value = sum / daysFrom(start, until)
		return o
	}, func(w *World) float64 { return aliveIn(w.records()[history]) }}
}
