package evidence

import (
	"fmt"
	"slices"
	"time"
)

// codedUntil is the day up to which the shipped events and accusations are complete.
var codedUntil = time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)

// Until is the last day on which the rows are taken as complete: 30 June 2026, or
// the day of the latest event or accusation if a user's rows go on.
func (t *Tables) Until() time.Time { return t.until }

// lastDay computes Until.
func (t *Tables) lastDay() time.Time {
	last := codedUntil
	for _, e := range t.Events {
		if at := e.When().Last(); e.Checked != Imported && at.After(last) {
			last = at
		}
	}
	for _, a := range t.Accusations {
		if at := a.When().Last(); a.Checked != Imported && at.After(last) {
			last = at
		}
	}
	return last
}

// Options says which rows count.
type Options struct {
	Memory bool // rows from memory count too
}

func option(o []Options) Options {
	if len(o) > 0 {
		return o[0]
	}
	return Options{}
}

// Count is how many accusations fall in a period.
type Count struct {
	From, To        time.Time // To is the first day after the period
	N               int
	NMemory         int      // rows from memory: left out of N, or counted in it with Options.Memory
	Rows            []string // keys
	Years           float64  // length of the period; calendar years are 1
	Rate, Low, High float64  // [1/y] N over Years, with the exact 95 % Poisson interval
}

// Count counts the accusations that match on the days from ≤ day < to. Without
// options, rows from memory are left out. The period must not be empty.
func (t *Tables) Count(match func(Accusation) bool, from, to time.Time, o ...Options) Count {
	c := Count{From: from, To: to, Years: years(from, to)}
	for _, a := range t.Accusations {
		day := a.When().First()
		if day.Before(from) || !day.Before(to) || !a.Formal() || !match(a) {
			continue
		}
		if a.Checked == Imported {
			continue
		}
		if a.Checked == Memory {
			c.NMemory++
			if !option(o).Memory {
				continue
			}
		}
		c.N++
		c.Rows = append(c.Rows, a.ID)
	}
	low, high := poisson(c.N)
	c.Rate, c.Low, c.High = float64(c.N)/c.Years, low/c.Years, high/c.Years
	return c
}

func newYear(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

// AnyAccusation matches all.
func AnyAccusation(Accusation) bool { return true }

// BritishPart matches accusations in which the United Kingdom took part, also those
// that it led.
func BritishPart(a Accusation) bool { return a.British }

// LedBy matches accusations with one of the leads.
func LedBy(leads ...string) func(Accusation) bool {
	return func(a Accusation) bool { return slices.Contains(leads, a.Lead) }
}

// period is a stretch of whole years.
type period struct{ first, last int }

func (p period) String() string { return Years(p.first, p.last) }

// Years names a stretch of whole years: 2024, or 2013–2015.
func Years(first, last int) string {
	if first == last {
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d–%d", first, last)
}
