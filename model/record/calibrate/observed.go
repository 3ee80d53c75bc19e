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

// bare is a value of n cases without an interval.
func bare(value float64, n int, rows []string) Observation {
	return Observation{Value: value, Low: math.NaN(), High: math.NaN(), N: n, Rows: rows}
}

// counted is how many rows there are.
func counted(rows []string) Observation { return bare(float64(len(rows)), len(rows), rows) }

var none = bare(math.NaN(), 0, nil)

// cited is a figure of a data set whose rows cannot ship, on n of its rows.
func cited(value float64, n int) observer {
	return func(*evidence.Tables, time.Time) Observation { return bare(value, n, nil) }
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
				return bare(float64(x.Hits), x.Hits, x.Rows)
			}
		}
		return none
	}
}

func led(by string) func(*evidence.Accusation) bool {
	return func(a *evidence.Accusation) bool { return a.Lead == by }
}

// LedByWest reports whether the United States or the United Kingdom lead an accusation.
func LedByWest(a *evidence.Accusation) bool { return a.Lead == america || a.Lead == britain }

// Documented lists the accusations of China of the histories on the days [from, to]: led
// by the United States or the United Kingdom.
func Documented(t *evidence.Tables, from, to time.Time) []*evidence.Accusation {
	var out []*evidence.Accusation
	for i := range t.Accusations {
		a := &t.Accusations[i]
		if at := a.When().First(); a.Checked != evidence.Memory && LedByWest(a) && !at.Before(from) && !at.After(to) {
			out = append(out, a)
		}
	}
	return out
}

// accusationCount counts accusations of whole years [from, to], up to the cut-off.
func accusationCount(from, to int, of func(*evidence.Accusation) bool) observer {
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

func britishPart(t *evidence.Tables, until time.Time) Observation {
	return accusationCount(2018, 2100,
		func(a *evidence.Accusation) bool { return a.British && a.Date >= "2018-12" })(t, until)
}

// accusationShare is a share of accusations: yes says whether one counts, and
// whether it was coded at all.
func accusationShare(yes func(*evidence.Accusation, time.Time) (counts, coded bool)) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		var rows []string
		k := 0
		for _, a := range Documented(t, time.Time{}, until) {
			counts, coded := yes(a, until)
			if !coded {
				continue
			}
			rows = append(rows, a.ID)
			if counts {
				k++
			}
		}
		if len(rows) == 0 {
			return none
		}
		return bare(float64(k)/float64(len(rows)), len(rows), rows)
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
		if d.Checked == evidence.Memory || d.Intent != "espionage" || from.IsZero() || to.IsZero() ||
			d.Public().First().After(until) || to.First().After(until) {
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
		return bare(spread(days), len(days), rows)
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
		from, to := t.Day(d.Opened), t.Day(d.Last)
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
				if at := t.Day(m); !at.After(until) {
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

func ended(ending string) observer {
	return func(t *evidence.Tables, until time.Time) Observation {
		o := bare(0, 0, nil)
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
	var rows []string
	all := lives(t, until)
	for _, a := range Documented(t, time.Time{}, until) {
		at := a.When().First()
		for _, l := range all {
			if l.west == a.Lead && !at.Before(l.from) && !at.After(l.to) {
				rows = append(rows, a.ID)
				break
			}
		}
	}
	return counted(rows)
}

// aliveShare is the share of a history, up to the cut-off, with a dialogue alive.
func aliveShare(west string) observer {
	start := map[string]time.Time{america: newYear(2013), britain: newYear(2015)}[west]
	return func(t *evidence.Tables, until time.Time) Observation {
		o := bare(0, 0, nil)
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
