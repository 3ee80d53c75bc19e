package summary

import (
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
)

// Shares are the parts of the parameter draws in which the difference of an outcome that
// counts is for the worse by more than Delta, none that anybody could see, and better by
// more than Delta, as the flips of cases between the arms tell it: see [stat.Rates].
type Shares struct {
	Delta  float64 `json:"delta"` // in the unit of the measure
	Worse  Share   `json:"worse"`
	Within Share   `json:"within"`
	Better Share   `json:"better"`
}

// Share is a share of the draws with its 95 % interval.
type Share struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// fewestFlips is how many flips a difference of delta has to bring in a draw, on the mean,
// for its share to be told: with fewer, most draws that show nothing could hold it.
const fewestFlips = 0.25

// deltaOf is the delta of an outcome in its unit: of a case outcome that of the run, of others as many cases.
func (c *Contrast) deltaOf(o *outcome.Outcome, delta, horizon float64) float64 {
	switch o.Part() {
	case outcome.OfCases, outcome.OfBaseline:
		return delta
	case outcome.OfDecades:
		return delta / 100 * c.CommonCases * outcome.Decade / horizon
	}
	return delta / 100 * c.CommonCases
}

// SharesFrom is from how many replicates a draw on shares are told, 0 where none are enough.
func (c *Contrast) SharesFrom(delta float64) int {
	if c.CommonCases == 0 {
		return 0
	}
	return int(math.Ceil(fewestFlips / (delta / 100 * c.CommonCases)))
}

// ratesOf are the rates of the flips of a measure; nil where it counts nothing, or too little.
func ratesOf(s *experiment.Sums, contrast, measure int, c *Contrast, delta float64) *stat.Rates {
	def := &outcome.All[measure]
	if !def.Flag || s.Plan.Replicates < c.SharesFrom(delta) || c.CommonCases == 0 {
		return nil
	}
	var draws []stat.Flips
	long := 1.0 // what a replicate is of the unit
	if def.Part() == outcome.OfDecades {
		long = s.Horizon / outcome.Decade
	}
	for d := range s.Draws {
		x := &s.Draws[d].Contrasts[contrast]
		f := x.Flips[measure]
		draws = append(draws, stat.Flips{Added: f.Added, Removed: f.Removed, Of: x.Measures[measure].Sum[1] * long})
	}
	rates, _ := stat.RatesOf(draws, c.deltaOf(def, delta, s.Horizon)/def.Factor)
	return rates
}

// sharesOf turns the shares of rates so that the first is for the worse; nil where no side is.
func sharesOf(r *stat.Rates, goodness int, delta float64) *Shares {
	if r == nil || goodness == 0 {
		return nil
	}
	x := r.Shares()
	if goodness < 0 {
		x[0], x[2] = x[2], x[0]
	}
	return &Shares{Delta: delta, Worse: Share(x[0]), Within: Share(x[1]), Better: Share(x[2])}
}
