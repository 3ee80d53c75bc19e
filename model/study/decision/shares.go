package decision

import (
	"math"

	"github.com/misstep/misstep/model/stat"
)

// Share is a share of the draws with its 95 % interval.
type Share struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Shares are the parts of the draws in which a net benefit is below −delta, within, and above delta.
type Shares struct {
	Worse  Share `json:"worse"`
	Within Share `json:"within"`
	Better Share `json:"better"`
}

// flips are what draws of a net benefit would be if every case that differs between the arms weighed 1:
// so many for the better and so many for the worse that their difference is the net benefit and their sum
// is its noise, as that of Poisson counts. Where cases weigh less than 1 the noise is taken for more than
// it is. Halves of cases are near enough.
func (b benefit) flips(cases float64) []stat.Flips {
	out := make([]stat.Flips, len(b.value))
	for d, x := range b.value {
		net, noise := float64(x*cases), float64(b.noise[d]*cases*cases)
		all := max(noise, math.Abs(net))
		out[d] = stat.Flips{Added: math.Round(all+net) / 2, Removed: math.Round(all-net) / 2, Of: cases}
	}
	return out
}

// rates are how the net benefit is distributed over draws, from counts: a mixture of rates, which keeps
// no noise and knows no normal; see [stat.Rates]. cases are how many hundreds of cases a draw has. Nil
// where a difference of delta brings fewer cases a draw than can be told.
func (b benefit) rates(cases, delta float64) *stat.Rates {
	const fewest = 0.25 // as for the shares of an outcome
	if delta*cases < fewest {
		return nil
	}
	r, _ := stat.RatesOf(b.flips(cases), delta)
	return r
}

// sharesOf are the shares of rates.
func sharesOf(r *stat.Rates) *Shares {
	x := r.Shares()
	return &Shares{Worse: Share(x[0]), Within: Share(x[1]), Better: Share(x[2])}
}
