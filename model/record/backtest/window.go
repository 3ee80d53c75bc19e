package backtest

import (
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
)

// Quantity is a yearly count that is predicted.
type Quantity struct {
	ID    string
	Label string
	of    func(*evidence.Accusation) bool
}

// Quantities are the yearly counts, in the order of every table: accusations of China led by the United
// States or the United Kingdom, and those of them in which the United Kingdom takes part.
var Quantities = [2]Quantity{
	{"accusations", "accusations of China led by the United States or the United Kingdom", calibrate.LedByWest},
	{"british", "of these, with British part",
		func(a *evidence.Accusation) bool { return calibrate.LedByWest(a) && a.British }},
}

// Window is a calendar year, or the part of one that is predicted and documented, counted with its
// share.
type Window struct {
	Year     int
	From, To time.Time // first and last day
	Years    float64   // exposure, 1 for a whole year
}

// windows are the windows after a cut-off, to the last day of the record.
func windows(until, last time.Time) []Window {
	var out []Window
	for from := until.AddDate(0, 0, 1); !from.After(last); {
		to := newYear(from.Year()+1).AddDate(0, 0, -1)
		if to.After(last) {
			to = last
		}
		out = append(out, Window{from.Year(), from, to, yearsBetween(from, to.AddDate(0, 0, 1))})
		from = to.AddDate(0, 0, 1)
	}
	return out
}

func (w *Window) holds(start time.Time, day float64) bool {
	return day >= w.From.Sub(start).Hours()/24 && day < w.To.AddDate(0, 0, 1).Sub(start).Hours()/24
}

// Share is a share of accusations over the whole time after a cut-off.
type Share struct {
	ID    string
	Label string
	calibrate.Question
}

// Shares are the shares that are predicted, in the order of every table.
var Shares = [3]Share{
	{"joint", "joined by three states or more", calibrate.Joint},
	{"penalised", "with sanctions or charges within 90 days", calibrate.Penalised},
	{"suspended", "that suspend the dialogue, where one is alive", calibrate.Suspending},
}

// Part is a numerator over a denominator.
type Part struct{ Hits, Of int }

func (p *Part) add(counts, of bool) {
	if !of {
		return
	}
	p.Of++
	if counts {
		p.Hits++
	}
}

// Defined reports whether there is a share at all.
func (p Part) Defined() bool { return p.Of > 0 }

// Share is Hits over Of.
func (p Part) Share() float64 { return float64(p.Hits) / float64(p.Of) }
