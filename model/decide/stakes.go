package decide

import "math"

// Stakes are the numbers of the textbook rule.
type Stakes struct {
	Gain float64 // G: of escalating against the hostile rival
	Loss float64 // L: of escalating against anyone else
	Cost float64 // C: of escalating
	Rung int     // the rung that escalating means
}

// StakesRule has two actions, doing nothing and escalating:
//
//	P(escalate) = σ(λ(b·G − (1−b)·L − C)),  b = P(the target did it with hostile intent)
//
// A channel's private option adds to C through the situation's hostage factor:
// C + (hostage − 1).
type StakesRule struct{}

// Utilities scores doing nothing with 0 and escalating with its expected gain.
func (StakesRule) Utilities(a *Actor, b *Beliefs, s *Situation, u *Utilities) {
	for r := range u {
		u[r] = math.Inf(-1)
	}
	p := b.Hostile()
	u[0] = 0
	u[a.Stakes.Rung] = float64(p*a.Stakes.Gain) - float64((1-p)*a.Stakes.Loss) - (a.Stakes.Cost + s.Hostage - 1)
}
