// Package decide turns beliefs into a choice of rung. A rule scores the rungs;
// what a scored menu means for the choice, a logit at one fixed uniform, is the
// same for all rules. One rule is one file; docs/CONTRIBUTING.md says how to add
// another.
package decide

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// N is the number of rungs.
const N = ladder.Rungs

// Utilities scores every rung; −∞ marks one that is not on the menu.
type Utilities [N]float64

// Beliefs is what a choice rests on: held beliefs β, the truth β*, or the ideal
// posterior β° from the same evidence.
type Beliefs struct {
	Culprit   float64    // P(the target did it), [0, 1]
	Intent    [4]float64 // P(intent | the target did it), sums to 1
	Severity  float64    // 0 to 10
	StatusQuo float64    // P(the target is of the status-quo type), [0, 1]
}

// Hostile is the probability that the target did it with hostile intent.
func (b *Beliefs) Hostile() float64 { return float64(b.Culprit * (b.Intent[1] + b.Intent[2])) }

// Situation is what the decider knows for certain.
type Situation struct {
	Exposed    bool    // public by another hand, and the decider has not spoken
	Price      float64 // price of publishing [U], before talks raise it
	Thaw       float64 // political thaw with the target, [0, 1]
	Tension    float64 // the target's tension toward the decider, [0, 1]
	OwnTension float64 // the decider's own tension toward the target, [0, 1]
	PrivateCut float64 // factor on the private cost, 1 without a channel
	Hostage    float64 // factor on the price of publishing, 1 without a channel
	JoinChance float64 // expected number of partners per squared belief, capped at 1
	Expected   *Reaction
}

// Reaction is the expected level of the rival's reply to each rung from R3 on, by the rival's type, at no and at
// full tension, relative to doing nothing; what lies below is not answered.
type Reaction struct {
	StatusQuo, Revisionist [2]Utilities
}

// Actor is a decider: weights in units of the utility range at the reference
// incident. Make one with [NewActor].
type Actor struct {
	Rationality float64 // λ ≥ 0, may be huge
	Weights     Weights
	Scale       *ladder.Scale
	Stakes      Stakes
	rungs       rungTable
}

// NewActor tabulates what a decider's utilities need of every rung.
func NewActor(rationality float64, w Weights, stakes Stakes, scale *ladder.Scale) Actor {
	a := Actor{Rationality: rationality, Weights: w, Scale: scale, Stakes: stakes}
	for r := range a.rungs.level {
		rung := &scale.Rungs[r]
		a.rungs.level[r] = rung.Level
		a.rungs.visible[r] = rung.Visibility
		a.rungs.harm[r] = harm(r, rung)
		a.rungs.fixed[r] = float64(-w.Cost*rung.Cost) - w.thresholds(r)
	}
	return a
}

// rungTable holds, by rung, what does not depend on the case.
type rungTable struct{ level, visible, harm, fixed [N]float64 }

// Weights are the terms of the utility of rule ladder; see the parameters of
// group choice.
type Weights struct {
	Goal, Innocence, Lookahead, Cost, Thaw, Audience, Private float64
	Covert, Operation, FirebreakA, FirebreakB                 float64
	ReplyPrice, CoalitionShare                                float64
	Desire                                                    [4]float64 // level per unit of severity, by intent
	DesireRise                                                float64    // rise of these per unit of own tension
}

// Rule scores the rungs.
type Rule interface {
	Utilities(a *Actor, b *Beliefs, s *Situation, u *Utilities)
}

var rules = map[string]Rule{"ladder": Ladder{}, "stakes": StakesRule{}}

// Named is one of the selectable rules by its name, nil for none of them.
func Named(rule string) Rule { return rules[rule] }

// Choice is a scored menu turned into cumulative probabilities.
type Choice struct {
	cumulative Utilities // unnormalised
	total      float64
}

// negligible is the exponent below which a term is lost beside 1 in the sum.
const negligible = -38

// Logit computes P(a) ∝ exp(λ·U(a)) over the menu [McFadden1974]. λ = 0 is uniform; as λ grows
// the choice becomes the argmax.
func Logit(u *Utilities, rationality float64) Choice {
	best := math.Inf(-1)
	for _, x := range u {
		if x > best {
			best = x
		}
	}
	var c Choice
	for a, x := range u {
		switch x {
		case best:
			c.total++
		default:
			if z := rationality * (x - best); z > negligible {
				c.total += elem.Exp(z)
			}
		}
		c.cumulative[a] = c.total
	}
	return c
}

// AtMost reports whether the choice at a uniform is certainly a rung or one below it: a bound that needs no
// exponential, so that false says nothing. Of the rungs above, the best has a score of y below the best of
// all, y ≥ 0, and all of them together a probability of at most their number times e⁻ʸ, which is less than
// 1/(1 + y + y²/2 + y³/6 + y⁴/24).
func (u *Utilities) AtMost(rung int, rationality, uniform float64) bool {
	below, above := math.Inf(-1), math.Inf(-1)
	for _, x := range u[:rung+1] {
		below = elem.Max(below, x)
	}
	for _, x := range u[rung+1:] {
		above = elem.Max(above, x)
	}
	if !(above < below) {
		return false
	}
	const slack = 1e-6 // for what rounding does to a sum of exponentials
	y := rationality * (below - above)
	series := 1 + float64(y*(1+float64(y*(0.5+float64(y*(1.0/6+float64(y*(1.0/24))))))))
	return float64(N-1-rung) < float64((1-uniform-slack)*series)
}

// Below returns P(rung < r).
func (c *Choice) Below(r int) float64 {
	if r <= 0 {
		return 0
	}
	return c.cumulative[r-1] / c.total
}

// At returns the rung at the uniform: the inverse of the cumulative distribution.
func (c *Choice) At(uniform float64) int {
	x := uniform * c.total
	for a, cum := range c.cumulative {
		if x < cum {
			return a
		}
	}
	return c.last()
}

// last returns the highest rung with any probability, for a uniform that rounding
// puts at the very end of the distribution.
func (c *Choice) last() int {
	for a := N - 1; a > 0; a-- {
		if c.cumulative[a] > c.cumulative[a-1] {
			return a
		}
	}
	return 0
}

// Gumbel returns the argmax of λ·U(a) + shock(a) [OberstSontag2019], which has the logit's marginal
// law when the shocks are standard Gumbel; at λ = ∞ it is the argmax.
func Gumbel(u *Utilities, rationality float64, shocks *Utilities) int {
	if math.IsInf(rationality, 1) {
		return u.Argmax()
	}
	best, at := math.Inf(-1), 0
	for a, x := range u {
		if math.IsInf(x, -1) {
			continue
		}
		if v := float64(rationality*x) + shocks[a]; v > best {
			best, at = v, a
		}
	}
	return at
}

// Argmax returns the rung of highest utility, the lowest among equals.
func (u *Utilities) Argmax() int {
	at := 0
	for a, x := range u {
		if x > u[at] {
			at = a
		}
	}
	return at
}

// Max returns the highest utility.
func (u *Utilities) Max() float64 { return u[u.Argmax()] }

// Mean returns the expected level of the choice on a scale.
func (c *Choice) Mean(s *ladder.Scale) float64 {
	sum, below := 0.0, 0.0
	for r, cum := range c.cumulative {
		sum += float64((cum - below) * s.Rungs[r].Level)
		below = cum
	}
	return sum / c.total
}
