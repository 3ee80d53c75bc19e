package backtest

import "time"

// BaselineNames are what somebody who only counts would predict, in the order of every table.
var BaselineNames = [3]string{"Gamma–Poisson", "base rate", "last value"}

// The prior of Gamma–Poisson on the yearly rate: mean 1, standard deviation √2, worth half a year of
// record.
const (
	baselineShape = 0.5
	baselineYears = 0.5
)

// leastRate, in events a year, keeps base rate and last value from calling an event impossible.
const leastRate = 0.5

// Training is what the baselines know of a quantity by the cut-off.
type Training struct {
	Events int     // since the record begins
	Years  float64 // > 0
	Last   int     // events of the last whole calendar year
}

// Baselines are the predictive distributions for a window of some years > 0: the negative binomial of a
// Poisson rate with the Gamma prior above updated by the record; Poisson at the mean rate of the
// record; Poisson at the last whole year's count. The rates of the last two are at least leastRate.
func (t Training) Baselines(years float64) [3]Predictive {
	return [3]Predictive{
		negativeBinomial{Shape: baselineShape + float64(t.Events), Rate: (baselineYears + t.Years) / years},
		Poisson(max(leastRate, float64(t.Events)/t.Years) * years),
		Poisson(max(leastRate, float64(t.Last)) * years),
	}
}

// yearsBetween counts calendar years exactly: whole ones, and shares by their days.
func yearsBetween(from, to time.Time) float64 {
	sum := 0.0
	for y := from.Year(); y <= to.Year(); y++ {
		a, b := newYear(y), newYear(y+1)
		lo, hi := a, b
		if from.After(lo) {
			lo = from
		}
		if to.Before(hi) {
			hi = to
		}
		if hi.After(lo) {
			sum += hi.Sub(lo).Hours() / b.Sub(a).Hours()
		}
	}
	return sum
}

func newYear(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
