package reference

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// view is what a case keeps from its last own event besides its evidence.
type view struct {
	tension, statusQuo  float64 // the target's toward the decider; belief about the target
	ownTension          float64 // the decider's toward the target
	privateCut, hostage float64
	price, thaw         float64
}

func (w *world) look(victim, target string) view {
	return view{tension: w.tension(target, victim), ownTension: w.tension(victim, target),
		statusQuo: w.statusQuo(victim, target), price: w.priceNow(victim), thaw: w.thawNow(victim, target),
		privateCut: w.factor(victim, target, -1, "private_option", "private_cut"),
		hostage:    w.factor(victim, target, 1, "private_option", "private_hostage")}
}

var weightNames = []string{"choice.goal", "choice.innocence", "choice.cost", "choice.thaw", "choice.audience",
	"choice.private_cost", "choice.covert", "choice.operation", "choice.firebreak_a", "choice.firebreak_b", "reply.price",
	"choice.climbdown"}

// scaledWeights are the weights of a state in units of its utility range at the
// reference incident: espionage of severity 3, b = .7, not disclosed, no talks,
// no look-ahead.
func (w *world) scaledWeights(state string) map[string]float64 {
	raw := map[string]float64{"unit": 1}
	for _, name := range weightNames {
		raw[name] = w.of(name, state)
	}
	w.weights[state] = raw
	u := w.ladderScores(state, Belief{0.7, map[scenario.Intent]float64{scenario.Espionage: 1}, 3, 0.5},
		view{privateCut: 1, hostage: 1, price: w.of("choice.price", state)}, false, 0)
	u[4] = u[0] // no rung of its own
	out := map[string]float64{"unit": 1}
	if lo, hi := slices.Min(u[:]), slices.Max(u[:]); hi > lo {
		out["unit"] = 1 / (hi - lo)
	}
	for _, name := range weightNames {
		out[name] = raw[name] * out["unit"]
	}
	out["choice.lookahead"] = w.of("choice.lookahead", state) * float64(w.v.Model.Lookahead) * out["unit"]
	return out
}

// scores are the utilities of a victim's menu against a target.
func (w *world) scores(k *victimCase, b Belief, v view, target string) [10]float64 {
	victim := k.stream.victim
	if w.v.Model.Rule == "stakes" {
		return w.stakesScores(victim, b, v)
	}
	u := w.ladderScores(victim, b, v, k.exposed && !k.spoken, w.expectedPartners(victim))
	return w.lookAhead(u, victim, target, b.StatusQuo, v.tension)
}

// stakesScores: escalating is worth b·G − (1−b)·L − C, doing nothing 0.
func (w *world) stakesScores(victim string, b Belief, v view) (u [10]float64) {
	for r := range u {
		u[r] = math.Inf(-1)
	}
	p := b.Culprit * (b.Intent[scenario.Prepositioning] + b.Intent[scenario.Disruption])
	u[0] = 0
	cost := w.of("stakes.cost", victim) + v.hostage - 1
	u[w.v.Model.StakesRung] = p*w.of("stakes.gain", victim) - (1-p)*w.of("stakes.loss", victim) - cost
	return u
}

// ladderScores are the terms of rule 7, one by one, without the expected reply.
func (w *world) ladderScores(victim string, b Belief, v view, exposed bool, partners float64) (u [10]float64) {
	weight := w.weights[victim]
	felt := b.Severity * (1 + w.of("choice.tension", victim)*v.ownTension)
	desired := b.Culprit * (b.Intent[scenario.Espionage]*math.Min(0.25, w.of("choice.desire_espionage", victim)*felt) +
		b.Intent[scenario.Prepositioning]*math.Min(0.6, w.of("choice.desire_prepositioning", victim)*felt) +
		b.Intent[scenario.Disruption]*math.Min(1, w.of("choice.desire_disruption", victim)*felt))
	for r, rung := range w.scale.Rungs {
		goal := weight["choice.goal"] * math.Abs(rung.Level-desired)
		harm := rung.Visibility/2 + rung.Level
		if r >= 1 {
			harm += 0.05
		}
		innocent := weight["choice.innocence"] * (1 - b.Culprit) * harm
		silence, private := 0.0, 0.0
		if exposed && r <= 2 {
			silence = weight["choice.audience"] * math.Min(1, b.Severity/4)
		}
		if r == 1 || r == 2 {
			private = weight["choice.private_cost"] * v.privateCut
		}
		carried := w.global("coalition.share") * math.Min(1, partners*b.Culprit*b.Culprit)
		publish := rung.Visibility * (v.price*v.hostage*(1-carried) + weight["choice.thaw"]*v.thaw)
		u[r] = -goal - weight["choice.cost"]*rung.Cost - innocent - silence - private - publish - w.thresholds(weight, r)
	}
	u[4] = math.Inf(-1)
	return u
}

// thresholds are the costs of operations and firebreaks.
func (w *world) thresholds(weight map[string]float64, r int) float64 {
	switch r {
	case 7:
		return weight["choice.covert"]
	case 8:
		return weight["choice.operation"] + weight["choice.firebreak_a"]
	case 9:
		return weight["choice.operation"] + weight["choice.firebreak_a"] + weight["choice.firebreak_b"]
	}
	return 0
}

// expectedPartners is the sum of their probabilities to join at certain evidence.
func (w *world) expectedPartners(lead string) float64 {
	sum, nobody := 0.0, 1.0
	others, core := w.partners(lead)
	for _, p := range others {
		sum += w.joining(p)
		nobody *= 1 - w.joining(p)
	}
	for _, p := range core {
		sum += (1-nobody)*w.global("coalition.core") + nobody*w.joining(p)
	}
	return sum
}

// joining is the probability that a partner joins at certain evidence.
func (w *world) joining(p scenario.Partner) float64 {
	return w.number(p.Join, w.global("coalition.join"))
}

// partners of the coalitions in force, those at their core apart: before the start those of all arms only.
func (w *world) partners(lead string) (others, core []scenario.Partner) {
	for _, c := range w.levers().Coalitions {
		past := w.now < 0 && !common(w.v, c, func(l scenario.Levers) []scenario.Coalition { return l.Coalitions })
		if c.Lead != lead || !c.Open || past {
			continue
		}
		for _, p := range c.Partners {
			if p.Name == c.Core {
				core = append(core, p)
			} else {
				others = append(others, p)
			}
		}
	}
	return others, core
}

// lookAhead takes what the other's reply is expected to cost off every rung.
func (w *world) lookAhead(u [10]float64, by, other string, statusQuo, tension float64) [10]float64 {
	for r := range u {
		if weight := w.weights[by]["choice.lookahead"]; weight != 0 {
			u[r] -= weight * w.expectedReply(other, r, statusQuo, tension)
		}
	}
	return u
}

// expectedReply is K(a): the mean level of the target's reply under the belief
// about its type, between no and full tension; steps below R3 draw none.
func (w *world) expectedReply(target string, r int, statusQuo, tension float64) float64 {
	if r < 3 {
		return 0
	}
	mean := func(t string, g float64) float64 {
		return w.repliesOf.recall(replyCase{target, t, r, g == 1}, func() float64 {
			wanted := w.replyRatio(target, t) * w.scale.Rungs[r].Level * (1 + w.of("reply.tension", target)*g)
			return w.meanLevel(softmax(w.replyCosts(target, wanted), w.of("choice.rationality", target)))
		})
	}
	k := func(t string) float64 { return (1-tension)*mean(t, 0) + tension*mean(t, 1) }
	return statusQuo*k("S") + (1-statusQuo)*k("E")
}

func (w *world) replyRatio(state, t string) float64 {
	return w.of(map[string]string{"S": "type.reply_status_quo", "E": "type.reply_revisionist"}[t], state)
}

// replyCosts are the utilities of a reply without look-ahead.
func (w *world) replyCosts(state string, wanted float64) (u [10]float64) {
	weight := w.weights[state]
	menu := []int{0, 1, 2, 5, 6, 7, 8, 9}
	for _, s := range w.v.States {
		if s.Name == state && s.Menu != nil {
			menu = s.Menu
		}
	}
	for r, rung := range w.scale.Rungs {
		u[r] = -weight["choice.goal"]*math.Abs(rung.Level-wanted) - weight["choice.cost"]*rung.Cost - w.thresholds(weight, r)
		if r >= 3 {
			u[r] -= weight["reply.price"] * rung.Visibility
		}
		if r != 0 && !slices.Contains(menu, r) {
			u[r] = math.Inf(-1)
		}
	}
	return u
}

// softmax is P(a) ∝ exp(λ U(a)).
func softmax(u [10]float64, lambda float64) (p [10]float64) {
	top := slices.Max(u[:])
	total := 0.0
	for r := range u {
		if u[r] == top {
			p[r] = 1
		} else if !math.IsInf(u[r], -1) {
			p[r] = elem.Exp(lambda * (u[r] - top))
		}
		total += p[r]
	}
	for r := range p {
		p[r] /= total
	}
	return p
}

func (w *world) meanLevel(p [10]float64) (mean float64) {
	for r, rung := range w.scale.Rungs {
		mean += p[r] * rung.Level
	}
	return mean
}

// below is P(rung < r).
func below(p [10]float64, r int) float64 {
	sum := 0.0
	for _, x := range p[:r] {
		sum += x
	}
	return sum
}

// pick chooses at the uniform of an address, or under Gumbel shocks of that
// address, ordinals from 10 n.
func (w *world) pick(u [10]float64, lambda float64, entity uint64, of, shock random.Purpose, n int) int {
	if w.v.Model.Coupling == "gumbel" {
		best, at := math.Inf(-1), 0
		for r := range u {
			g := -elem.Log(-elem.Log(w.uniform(entity, shock, 10*n+r)))
			if !math.IsInf(u[r], -1) && lambda*u[r]+g > best {
				best, at = lambda*u[r]+g, r
			}
		}
		return at
	}
	p, x := softmax(u, lambda), w.uniform(entity, of, n)
	at := 0
	for r := range p {
		if p[r] > 0 {
			at = r
		}
		if x < below(p, r+1) {
			return r
		}
	}
	return at
}

// odds is the distribution of the choice against the suspect.
func (w *world) odds(k *victimCase, b Belief) [10]float64 {
	return softmax(w.scores(k, b, k.view, k.Target), w.of("choice.rationality", k.stream.victim))
}

// choose is the rung of a victim at its case's uniform.
func (w *world) choose(k *victimCase, b Belief, v view, target string) int {
	lambda := w.of("choice.rationality", k.stream.victim)
	return w.pick(w.scores(k, b, v, target), lambda, k.entity, random.Choice, random.GumbelShock, 0)
}
