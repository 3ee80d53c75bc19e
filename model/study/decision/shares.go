package decision

import (
	"cmp"
	"math"
	"slices"

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
func (b benefit) flips() []stat.Flips {
	out := make([]stat.Flips, len(b.value))
	for d, x := range b.value {
		net, noise := float64(x*b.cases), float64(b.noise[d]*b.cases*b.cases)
		all := max(noise, math.Abs(net))
		out[d] = stat.Flips{Added: math.Round(all+net) / 2, Removed: math.Round(all-net) / 2, Of: b.cases}
	}
	return out
}

// rates are how the net benefit is distributed over draws, from counts: a mixture of rates, which keeps
// no noise and knows no normal; see [stat.Rates]. Nil where a difference of delta brings fewer cases a
// draw than can be told.
func (b benefit) rates() *stat.Rates {
	const fewest = 0.25 // as for the shares of an outcome
	if b.delta*b.cases < fewest {
		return nil
	}
	r, _ := stat.RatesOf(b.flips(), b.delta)
	return r
}

// shrunken is a net benefit with draws that have the spread of the truth in place of that of truth and
// noise.
type shrunken struct {
	benefit
	rates *stat.Rates
	draws []float64
}

func (b benefit) shrink() shrunken {
	r := b.rates()
	return shrunken{b, r, b.shrunken(r)}
}

// without are the shrunken draws but for those of a group.
func (s *shrunken) without(group int) []float64 {
	var keep []int
	for d := range s.value {
		if d%stat.Groups != group {
			keep = append(keep, d)
		}
	}
	r := s.rates
	if r != nil {
		r = r.Without(group)
	}
	return s.of(keep).shrunken(r)
}

// shrunken draws keep their ranks and take the quantiles of the rates (after Shen & Louis 1998); draws
// that tie, most often at no effect, take theirs in their order. Where rates cannot be told they are
// pulled to their mean, so that they vary by τ², the part of their variance that is no noise [Louis1984].
// Either way their mean stays.
func (b benefit) shrunken(r *stat.Rates) []float64 {
	mean, variance, between := b.moments()
	out := make([]float64, len(b.value))
	if variance == 0 {
		return append(out[:0], b.value...)
	}
	if r == nil {
		for d, x := range b.value {
			out[d] = mean + float64(math.Sqrt(between/variance)*(x-mean))
		}
		return out
	}
	shares, order := make([]float64, len(b.value)), make([]int, len(b.value))
	for d := range order {
		order[d], shares[d] = d, (float64(d)+0.5)/float64(len(order))
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(b.value[x], b.value[y]) })
	quantiles := r.Quantiles(shares...)
	shift := mean - average(quantiles)
	for k, d := range order {
		out[d] = quantiles[k] + shift
	}
	return out
}

func sharesOf(r *stat.Rates) *Shares {
	x := r.Shares()
	return &Shares{Worse: Share(x[0]), Within: Share(x[1]), Better: Share(x[2])}
}

// Shares are those of a treatment where the outcome that varies has a weight, and net benefits up to delta count as
// none; nil where they cannot be told.
func (s *Sample) Shares(treatment int, weight, delta float64) *Shares {
	r := s.under(weight, delta)[treatment].rates()
	if r == nil {
		return nil
	}
	return sharesOf(r)
}
