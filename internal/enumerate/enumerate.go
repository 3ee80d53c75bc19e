// Package enumerate computes the one-incident reduction of docs/MODEL.md exactly,
// by summing over all that can happen. It shares no code with the engine; tests
// compare the two.
//
// Worlds: the rival with hostile intent, the rival without, a third party. One
// indication of the culprit and one intent signal; `delay` may bring one further
// indication, `clarify` one answer; then one decision by rule stakes.
package enumerate

import (
	"math"

	"github.com/misstep/misstep/model/elem"
)

// Inputs are the numbers of the reduction.
type Inputs struct {
	Rival, Hostile                   float64 // π, η: P(rival did it), P(hostile | rival)
	IndicatedRival, IndicatedThird   float64 // α, φ: P(rival indicated | rival, third party)
	Signal, Alarm                    float64 // s, f: P(looks hostile | first world, others)
	Later                            float64 // p: P(one further indication), with delay
	Reply                            float64 // P(the accused answers), with clarify
	DenyGuilty, DenyInnocent         float64 // δ, τ: P(denial | first world, others)
	BelievedGuilty, BelievedInnocent float64 // δ̂, τ̂: what the receiver uses
	Rationality                      float64 // λ; +Inf is the best reply
	Gain, Loss, Cost, Dearer         float64 // G, L, C, ΔC
}

// Mechanisms says what is on, in bits.
type Mechanisms uint8

// The mechanisms; All is the number of combinations.
const (
	Clarify Mechanisms = 1 << iota
	Delay
	Private
	All = 8
)

// The worlds.
const (
	HostileRival = iota
	FriendlyRival
	ThirdParty
	worlds
)

// Answer is what the reduction reports.
type Answer struct {
	Escalate   float64 // P(escalate)
	Friendly   float64 // P(escalate and the rival without hostile intent)
	Third      float64 // P(escalate and a third party)
	Unanswered float64 // P(first world and not escalate)
	Regret     float64 // expected regret: best payoff in the world less that of the choice
}

// False is P(escalate and not the first world).
func (a Answer) False() float64 { return a.Friendly + a.Third }

// Evidence is what the decider sees. Later and Denial are −1 without one.
type Evidence struct {
	First  int // 1: the rival is indicated
	Signal int // 1: it looks hostile
	Later  int // 1: the rival is indicated again; 0: it is not; −1: nothing came
	Denial int // 1: denied; 0: admitted; −1: no answer
}

// bernoulli is the probability of an outcome, 1 where there is none.
func bernoulli(p float64, outcome int) float64 {
	return [3]float64{1, 1 - p, p}[outcome+1]
}

func (in *Inputs) prior() [worlds]float64 {
	return [worlds]float64{in.Rival * in.Hostile, in.Rival * (1 - in.Hostile), 1 - in.Rival}
}

// likelihood is P(evidence | world) with the answer's part given by the odds of
// denial; whether anything came is independent of the world.
func (in *Inputs) likelihood(e Evidence, world int, denyGuilty, denyInnocent float64) float64 {
	indicated, looks, denies := in.IndicatedRival, in.Alarm, denyInnocent
	if world == ThirdParty {
		indicated = in.IndicatedThird
	}
	if world == HostileRival {
		looks, denies = in.Signal, denyGuilty
	}
	return bernoulli(indicated, e.First) * bernoulli(looks, e.Signal) * bernoulli(indicated, e.Later) *
		bernoulli(denies, e.Denial)
}

// Belief is the receiver's posterior of the first world.
func (in *Inputs) Belief(e Evidence) float64 {
	sum := 0.0
	var part [worlds]float64
	for w, p := range in.prior() {
		part[w] = p * in.likelihood(e, w, in.BelievedGuilty, in.BelievedInnocent)
		sum += part[w]
	}
	return part[HostileRival] / sum
}

// Chance is P(escalate) at a belief; at rationality +Inf it is 1 where escalating has
// a utility above 0, else 0.
func (in *Inputs) Chance(belief float64, on Mechanisms) float64 {
	u := belief*in.Gain - (1-belief)*in.Loss - in.cost(on)
	switch best := math.IsInf(in.Rationality, 1); {
	case best && u > 0:
		return 1
	case best:
		return 0
	}
	return 1 / (1 + elem.Exp(-in.Rationality*u))
}

func (in *Inputs) cost(on Mechanisms) float64 {
	if on&Private != 0 {
		return in.Cost + in.Dearer
	}
	return in.Cost
}

// Evaluate sums over worlds and evidence.
func (in *Inputs) Evaluate(on Mechanisms) Answer {
	var out Answer
	prior := in.prior()
	in.each(on, func(e Evidence, chance float64) {
		act := in.Chance(in.Belief(e), on)
		for w, p := range prior {
			p *= chance * in.likelihood(e, w, in.DenyGuilty, in.DenyInnocent)
			out.Escalate += p * act
			payoff := -in.Loss - in.cost(on)
			switch w {
			case HostileRival:
				payoff = in.Gain - in.cost(on)
				out.Unanswered += p * (1 - act)
			case FriendlyRival:
				out.Friendly += p * act
			case ThirdParty:
				out.Third += p * act
			}
			out.Regret += p * (math.Max(0, payoff) - act*payoff)
		}
	})
	return out
}

// each visits every combination of evidence with the probability that a further
// indication and an answer came, or did not, as the combination has it. That is the
// same in every world.
func (in *Inputs) each(on Mechanisms, visit func(Evidence, float64)) {
	came := func(p float64, mechanism Mechanisms, x int) float64 {
		if on&mechanism == 0 {
			p = 0
		}
		if x < 0 {
			return 1 - p
		}
		return p
	}
	for bits := range 4 {
		for second := -1; second <= 1; second++ {
			for denial := -1; denial <= 1; denial++ {
				if chance := came(in.Later, Delay, second) * came(in.Reply, Clarify, denial); chance > 0 {
					visit(Evidence{First: bits & 1, Signal: bits >> 1, Later: second, Denial: denial}, chance)
				}
			}
		}
	}
}

// Shapley splits what all three mechanisms together change in P(escalate and not
// the first world) among clarify, delay and private option.
func (in *Inputs) Shapley() (shares [3]float64) {
	var value [All]float64
	for on := range value {
		a := in.Evaluate(Mechanisms(on))
		value[on] = a.False()
	}
	weight := [3]float64{1.0 / 3, 1.0 / 6, 1.0 / 3}
	size := [All]int{0, 1, 1, 2, 1, 2, 2, 3}
	for player := range shares {
		bit := 1 << player
		for set := range value {
			if set&bit == 0 {
				shares[player] += weight[size[set]] * (value[set|bit] - value[set])
			}
		}
	}
	return shares
}
