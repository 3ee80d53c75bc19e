package decide

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// Bound is a choice that was computed, kept to see without an exponential that a later one of the same decider goes
// above a rung with less probability. With d_r the change of the score of rung r and x_r = λ(d_r − mean of d at or
// below the rung), means by the choice's own probabilities, the odds of going above change by a factor of at most
//
//	Σ p_r·exp(x_r) ≤ 1 + Σ p_r·x_r(1 + x_r),  p_r = P(r | above the rung), x_r raised to −½, x_r ≤ 1
//
// since exp is convex at or below the rung, and exp(x) ≤ 1 + x + x² above it. The zero Bound shows nothing.
type Bound struct {
	set    bool
	rung   int8
	scores Utilities
	share  Utilities // P(r | at or below the rung), P(r | above it)
}

// Set keeps a choice and the scores that it was made from; where rounding could hide what [Bound.Holds] shows, it
// keeps nothing.
func (k *Bound) Set(u *Utilities, rationality float64, c *Choice, rung int) {
	below := c.cumulative[rung] / c.total
	if k.set = below*(1-below) > 1e-4 && rationality*math.Abs(u[0]) < 1e8; !k.set {
		return
	}
	k.rung, k.scores = int8(rung), *u
	low, high := 1/c.cumulative[rung], 1/(c.total-c.cumulative[rung])
	last := 0.0
	for r, cum := range c.cumulative {
		if k.share[r] = (cum - last) * low; r > rung {
			k.share[r] = (cum - last) * high
		}
		last = cum
	}
}

// Forget makes k the zero Bound, as good as.
func (k *Bound) Forget() { k.set = false }

// Holds reports whether the choice from the scores u goes above the rung with less probability than the one that
// was kept, by more than rounding can do; false says nothing.
func (k *Bound) Holds(u *Utilities, rationality float64) bool {
	if !k.set {
		return false
	}
	const margin = 1e-6
	mean, rung := 0.0, int(k.rung)
	for r := range rung + 1 {
		if r != ladder.Coordinated {
			mean += float64(k.share[r] * (u[r] - k.scores[r]))
		}
	}
	odds := 0.0
	for r := rung + 1; r < N; r++ {
		if r == ladder.Coordinated {
			continue
		}
		x := elem.Max(rationality*(u[r]-k.scores[r]-mean), -0.5)
		if !(x <= 1) {
			return false
		}
		odds += float64(k.share[r] * float64(x*(1+x)))
	}
	return odds < -margin
}
