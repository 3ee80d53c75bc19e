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

// Within is the difference of an outcome, in its unit, up to which a draw shows none: of a case outcome
// delta, of others as many cases, of which a future has so many that both arms discovered.
func Within(o *outcome.Outcome, delta, cases, horizon float64) float64 {
	switch o.Part() {
	case outcome.OfCases, outcome.OfBaseline:
		return delta
	case outcome.OfDecades:
		return delta / 100 * cases * outcome.Decade / horizon
	}
	return delta / 100 * cases
}

// SharesFrom is from how many replicates a draw on shares are told, 0 where none are enough.
func (c *Contrast) SharesFrom(delta float64) int {
	if c.CommonCases == 0 {
		return 0
	}
	return int(math.Ceil(fewestFlips / (delta / 100 * c.CommonCases)))
}

// Rates are how the rates of flips are distributed over draws, where a difference of within [flips
// per thing that can flip] is none; nil where nothing can flip.
func Rates(draws []stat.Flips, within float64) *stat.Rates {
	rates, _ := stat.RatesOf(draws, within)
	return rates
}

// enough reports whether a difference of within brings [fewestFlips] a draw. From fewer flips the rates have an
// interval, but neither shares nor groups are told.
func enough(draws []stat.Flips, within float64) bool {
	of := 0.0
	for _, d := range draws {
		of += d.Of
	}
	return within*of > 0 && within*of >= fewestFlips*float64(len(draws))
}

// Flips are those of an outcome in a draw in which it counted of so many things.
func Flips(def *outcome.Outcome, f outcome.Flips, of, horizon float64) stat.Flips {
	if def.Part() == outcome.OfDecades {
		of *= horizon / outcome.Decade
	}
	return stat.Flips{Added: f.Added, Removed: f.Removed, Of: of}
}

// flipsOf are the flips of a measure, by draw.
func flipsOf(def *outcome.Outcome, draws []*experiment.Moments, flips []outcome.Flips, horizon float64) []stat.Flips {
	var of []stat.Flips
	for d, f := range flips {
		of = append(of, Flips(def, f, draws[d].Sum[1], horizon))
	}
	return of
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
