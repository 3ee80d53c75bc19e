package sim

import (
	"math"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
)

// The reference incident that fixes the unit of utility: espionage of severity
// 3, believed with probability 0.7 to be the rival's, not disclosed.
var referenceBeliefs = decide.Beliefs{Culprit: 0.7, Intent: [4]float64{1, 0, 0, 0}, Severity: 3, StatusQuo: 0.5}

// defaultMenu is what a reply may be: no public attribution, which is a speech act.
var defaultMenu = [decide.N]bool{0: true, 1: true, 2: true, 5: true, 6: true, 7: true, 8: true, 9: true}

func (c *compiler) actors() {
	for i, s := range c.v.States {
		src := c.m.sources[i]
		e := "states." + s.Name
		st := state{
			name: s.Name, hash: src.hash,
			statusQuo: c.at(param.TypeStatusQuo, e),
			reply:     [2]float64{c.at(param.TypeReplyS, e), c.at(param.TypeReplyE, e)},
			menu:      defaultMenu,
			review:    c.at(param.ChoiceReview, e),
			replyRise: c.at(param.ReplyTension, e),
			replyMean: c.at(param.ReplyDelay, e),
			denial:    c.at(param.ReplyDenial, e),
			counter:   c.at(param.ReplyCounter, e),
			contagion: c.at(param.OnsetContagion, e),
			deter:     c.at(param.OnsetDeterrence, e),
		}
		if s.Menu != nil {
			st.menu = [decide.N]bool{}
			for _, r := range s.Menu {
				st.menu[r] = true
			}
			st.menu[0] = true
		}
		c.actor(&st, e)
		c.m.states = append(c.m.states, st)
	}
}

// actor sets the weights in units of the utility range at the reference
// incident, taken without look-ahead.
func (c *compiler) actor(st *state, e string) {
	raw := decide.Weights{
		Goal: c.at(param.ChoiceGoal, e), Innocence: c.at(param.ChoiceInnocence, e), Cost: c.at(param.ChoiceCost, e),
		Thaw: c.at(param.ChoiceThaw, e), Audience: c.at(param.ChoiceAudience, e), Private: c.at(param.ChoicePrivateCost, e),
		Covert: c.at(param.ChoiceCovert, e), Operation: c.at(param.ChoiceOperation, e),
		FirebreakA: c.at(param.ChoiceFirebreakA, e), FirebreakB: c.at(param.ChoiceFirebreakB, e),
		ReplyPrice: c.at(param.ReplyPrice, e), CoalitionShare: c.global(param.CoalitionShare),
		Desire: [4]float64{c.at(param.DesireEspionage, e), c.at(param.DesirePrepositioning, e),
			c.at(param.DesireDisruption, e), 0},
		DesireRise: c.at(param.ChoiceTension, e),
	}
	stakes := decide.Stakes{Gain: c.at(param.StakesGain, e), Loss: c.at(param.StakesLoss, e),
		Cost: c.at(param.StakesCost, e), Rung: c.v.Model.StakesRung}
	price := c.at(param.ChoicePrice, e)
	reference := decide.NewActor(1, raw, stakes, c.m.scale)
	st.unit = 1 / utilityRange(&reference, price)
	raw.Lookahead = c.at(param.ChoiceLookahead, e) * float64(c.v.Model.Lookahead)
	st.actor = decide.NewActor(c.at(param.ChoiceRationality, e), scaled(raw, st.unit), stakes, c.m.scale)
	st.price = price * st.unit
	st.climbdown = c.at(param.ChoiceClimbdown, e) * st.unit
}

// utilityRange is the distance from the worst to the best rung of rule ladder at
// the reference incident; 1 where all weights are 0.
func utilityRange(a *decide.Actor, price float64) float64 {
	var u decide.Utilities
	decide.Ladder{}.Utilities(a, &referenceBeliefs, &decide.Situation{Price: price, PrivateCut: 1, Hostage: 1}, &u)
	lo, hi := math.Inf(1), math.Inf(-1)
	for r, x := range u {
		if r != ladder.Coordinated {
			lo, hi = math.Min(lo, x), math.Max(hi, x)
		}
	}
	if hi > lo {
		return hi - lo
	}
	return 1
}

// scaled multiplies the terms that are utilities; desires are levels and the
// coalition's share is a share.
func scaled(w decide.Weights, unit float64) decide.Weights {
	for _, x := range []*float64{&w.Goal, &w.Innocence, &w.Lookahead, &w.Cost, &w.Thaw, &w.Audience, &w.Private,
		&w.Covert, &w.Operation, &w.FirebreakA, &w.FirebreakB, &w.ReplyPrice} {
		*x *= unit
	}
	return w
}

// reactions tabulates, for every pair with contact, the expected level of the
// rival's reply to each rung by the rival's type, at no and at full tension,
// from the reply rule without look-ahead.
func (c *compiler) reactions() {
	m := c.m
	n := len(m.states)
	for i := range m.states {
		if m.states[i].actor.Weights.Lookahead == 0 {
			continue
		}
		for _, j := range m.states[i].contacts {
			m.pairs[i*n+int(j)].reaction = m.reactionOf(int(j))
		}
	}
}

// reactionOf tabulates the expected replies of one state.
func (m *Model) reactionOf(replier int) decide.Reaction {
	st := &m.states[replier]
	expected := func(ratio, tension float64) (out decide.Utilities) {
		for r := range out {
			if r >= ladder.Public {
				out[r] = m.expectedReply(st, ratio*m.scale.Rungs[r].Level*(1+float64(st.replyRise*tension)))
			}
		}
		return out
	}
	return decide.Reaction{
		StatusQuo:   [2]decide.Utilities{expected(st.reply[0], 0), expected(st.reply[0], 1)},
		Revisionist: [2]decide.Utilities{expected(st.reply[1], 0), expected(st.reply[1], 1)},
	}
}

// expectedReply is the mean level of a reply by a state that wants the level.
func (m *Model) expectedReply(st *state, wanted float64) float64 {
	a := st.actor
	a.Weights.Lookahead = 0
	var u decide.Utilities
	a.ReplyUtilities(wanted, &decide.Beliefs{}, &decide.Situation{}, &st.menu, &u)
	choice := decide.Logit(&u, a.Rationality)
	return choice.Mean(m.scale)
}
