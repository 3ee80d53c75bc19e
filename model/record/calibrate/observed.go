package calibrate

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// What is documented of each statistic, by a cut-off. Rows from memory are left
// out of everything here.

type observer = func(*evidence.Tables, time.Time) Observation

var none = Observation{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}

// fromMemory is the check that a row must not have.
const fromMemory = "memory"

// cited is a figure of a data set whose rows cannot ship, on n of its rows.
func cited(value float64, n int) observer {
	return func(*evidence.Tables, time.Time) Observation {
		return Observation{Value: value, Low: math.NaN(), High: math.NaN(), N: n}
	}
}

// fromTarget is a target with its range: as the rows give it by the cut-off, or as
// quoted where it rests on data sets or on judgement.
func fromTarget(id string) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		for _, x := range t.Compute(until) {
			if x.ID != id || x.Part != "" {
				continue
			}
			o := Observation{Value: x.Value, Low: x.Low, High: x.High, N: x.N, Rows: x.Rows}
			if math.IsInf(o.High, 1) {
				o.High = math.NaN()
			}
			return o
		}
		return none
	}
}

// reportCount is how many formal accusations by China are documented in a period of
// T18.
func reportCount(period string) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		for _, x := range t.Compute(until) {
			if x.ID == "T18" && x.Part == period {
				return Observation{Value: float64(x.Hits), Low: math.NaN(), High: math.NaN(), N: x.Hits, Rows: x.Rows}
			}
		}
		return none
	}
}

func led(by string) func(*evidence.Accusation) bool {
	return func(a *evidence.Accusation) bool { return a.Lead == by }
}

// documented lists the accusations of China of the histories: led by the United
// States or the United Kingdom, by the cut-off.
func documented(t *evidence.Tables, until time.Time) []*evidence.Accusation {
	var out []*evidence.Accusation
	for i := range t.Accusations {
		a := &t.Accusations[i]
		if a.Checked != fromMemory && !a.When().First().After(until) && (a.Lead == america || a.Lead == britain) {
			out = append(out, a)
		}
	}
	return out
}

// accusationCount counts accusations of whole years [from, to], up to the cut-off.
func accusationCount(from, to int, of func(*evidence.Accusation) bool) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		o := Observation{Low: math.NaN(), High: math.NaN()}
		for _, a := range documented(t, until) {
			if y := a.When().First().Year(); of(a) && y >= from && y <= to {
				o.Rows = append(o.Rows, a.ID)
			}
		}
		o.N = len(o.Rows)
		o.Value = float64(o.N)
		return o
	}
}

func britishPart(t *evidence.Tables, until time.Time) Observation {
	return accusationCount(2018, 2100,
		func(a *evidence.Accusation) bool { return a.British && a.Date >= "2018-12" })(t, until)
}

// accusationShare is a share of accusations: yes says whether one counts, and
// whether it was coded at all.
func accusationShare(yes func(*evidence.Accusation, time.Time) (counts, coded bool)) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		o := Observation{Low: math.NaN(), High: math.NaN()}
		k := 0
		for _, a := range documented(t, until) {
			counts, coded := yes(a, until)
			if !coded {
				continue
			}
			o.Rows = append(o.Rows, a.ID)
			if counts {
				k++
			}
		}
		o.N = len(o.Rows)
		if o.N == 0 {
			return none
		}
		o.Value = float64(k) / float64(o.N)
		return o
	}
}

func jointStates(a *evidence.Accusation, _ time.Time) (counts, coded bool) {
	return a.States >= 3 && !a.EuropeanBloc, true
}

// penalised counts a penalty within 90 days and by the cut-off, as a simulated one.
func penalised(a *evidence.Accusation, until time.Time) (counts, coded bool) {
	known := !a.When().First().AddDate(0, 0, int(a.PenaltyDays)).After(until)
	return a.PenaltyDays >= 0 && a.PenaltyDays <= 90 && known, true
}

func traded(a *evidence.Accusation, _ time.Time) (counts, coded bool) {
	return a.Trade == evidence.Yes, a.Trade != evidence.NotCoded
}

// stage is a delay of a case, with the day on which it was known.
type stage func(*evidence.Delay) (from, to evidence.Date)

func startToDetection(d *evidence.Delay) (from, to evidence.Date) { return d.Start, d.Detected }

func detectionToDisclosure(d *evidence.Delay) (from, to evidence.Date) {
	return d.Detected, d.Disclosed
}

func detectionToAttribution(d *evidence.Delay) (from, to evidence.Date) {
	return d.Detected, d.Attributed
}

// delays lists a stage of the coded cases that had become public by the cut-off.
func delays(t *evidence.Tables, until time.Time, of stage) (days []float64, rows []string) {
	for i := range t.Delays {
		d := &t.Delays[i]
		from, to := of(d)
		known := d.Disclosed
		if known.IsZero() {
			known = d.Attributed
		}
		if d.Checked == fromMemory || d.Intent != "espionage" || from.IsZero() || to.IsZero() || known.First().After(until) ||
			to.First().After(until) {
			continue
		}
		days = append(days, max(0, to.Middle().Sub(from.Middle()).Hours()/24))
		rows = append(rows, d.ID)
	}
	slices.Sort(days)
	return days, rows
}

// enoughDelays is how many cases a median takes.
const enoughDelays = 4

func delayMedian(of stage) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		days, rows := delays(t, until, of)
		if len(days) < enoughDelays {
			return none
		}
		return Observation{Value: quantile(days, 0.5), Low: quantile(days, 0.25), High: quantile(days, 0.75), N: len(days),
			Rows: rows}
	}
}

func delaySpread(of stage) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		days, rows := delays(t, until, of)
		if len(days) < enoughDelays {
			return none
		}
		return Observation{Value: spread(days), Low: math.NaN(), High: math.NaN(), N: len(days), Rows: rows}
	}
}

// The lives of dialogues.

// life is when a dialogue began and ended by the cut-off.
type life struct {
	name     string
	west     string
	from, to time.Time
	ending   string // as it stood at the cut-off
	rows     []string
}

func lives(t *evidence.Tables, until time.Time) []life {
	var out []life
	for i := range t.Dialogues {
		d := &t.Dialogues[i]
		from, to := eventDay(t, d.Opened), eventDay(t, d.Last)
		if from.After(until) {
			continue
		}
		l := life{name: d.Name, from: from, to: to, ending: d.Ending, rows: []string{d.Opened, d.Last}}
		for _, p := range d.Parties {
			if p == america || p == britain {
				l.west = p
			}
		}
		if d.Ending == evidence.Lapsed {
			l.to, l.rows[1] = from, d.Opened
			for _, m := range append(slices.Clone(d.Meetings), d.Last) {
				if at := eventDay(t, m); !at.After(until) {
					l.to, l.rows[1] = at, m
				}
			}
			l.to = l.to.AddDate(0, 0, evidence.LapseAfter)
		}
		if d.Ending == evidence.Alive || l.to.After(until) {
			l.to, l.ending = until, evidence.Alive
		}
		out = append(out, l)
	}
	return out
}

func eventDay(t *evidence.Tables, key string) time.Time {
	for i := range t.Events {
		if e := &t.Events[i]; e.ID == key {
			return evidence.Date{Text: e.Date, Precision: e.Precision}.Middle()
		}
	}
	return time.Time{}
}

func ended(ending string) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		o := Observation{Low: math.NaN(), High: math.NaN()}
		for _, l := range lives(t, until) {
			o.N++
			if l.ending == ending {
				o.Value++
				o.Rows = append(o.Rows, l.rows[1])
			}
		}
		return o
	}
}

var (
	lapses      = ended(evidence.Lapsed)
	suspensions = ended(evidence.Suspended)
)

// exposures counts accusations in the life of a dialogue between the same states.
func exposures(t *evidence.Tables, until time.Time) Observation {
	o := Observation{Low: math.NaN(), High: math.NaN()}
	all := lives(t, until)
	for _, a := range documented(t, until) {
		at := a.When().First()
		for _, l := range all {
			if l.west == a.Lead && !at.Before(l.from) && !at.After(l.to) {
				o.Rows = append(o.Rows, a.ID)
				break
			}
		}
	}
	o.N = len(o.Rows)
	o.Value = float64(o.N)
	return o
}

// aliveShare is the share of a history, up to the cut-off, with a dialogue alive.
func aliveShare(west string) observer {
	start := map[string]time.Time{america: newYear(2013), britain: newYear(2015)}[west]
	return func(t *evidence.Tables, until time.Time) Observation {
		o := Observation{Low: math.NaN(), High: math.NaN()}
		alive := 0.0
		for _, l := range lives(t, until) {
			if l.west == west {
				alive += l.to.Sub(l.from).Hours() / 24
				o.Rows = append(o.Rows, l.rows...)
				o.N++
			}
		}
		o.Value = alive / (until.Sub(start).Hours() / 24)
		return o
	}
}
