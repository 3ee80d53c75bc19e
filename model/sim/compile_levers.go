package sim

import (
	"maps"
	"reflect"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// History is the arm index of what all arms share: the past before the start, in
// which only channels that every arm has, unchanged, are open.
const History = -1

// levers compiles the channels, coalitions and summits of one arm. Channels are
// the union over arms, so that an index means the same channel everywhere.
func (c *compiler) levers(arm int) {
	m := c.m
	union := c.union()
	shared := make(map[string]bool, len(union))
	for _, ch := range union {
		shared[ch.Name] = c.sharedByAll(ch.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(union)) {
		def, open := c.find(arm, name)
		if def == nil {
			def = union[name]
		}
		if arm == History {
			open = shared[name] && open
		}
		resume := c.idle(open)
		m.channels = append(m.channels, c.channel(def, open))
		resume()
		m.forum = append(m.forum, !shared[name])
		m.notifies = m.notifies || open && m.channels[len(m.channels)-1].on[scenario.Notification] > 0
	}
	c.coalitions(arm)
	c.summits(arm)
}

func (c *compiler) armLevers(arm int) *scenario.Levers {
	if arm == History {
		arm = 0
	}
	return &c.v.Arms[arm].Levers
}

func (c *compiler) union() map[string]*scenario.Channel {
	out := map[string]*scenario.Channel{}
	for a := range c.v.Arms {
		for i := range c.v.Arms[a].Levers.Channels {
			ch := &c.v.Arms[a].Levers.Channels[i]
			if have, ok := out[ch.Name]; !ok || ch.Open && !have.Open {
				out[ch.Name] = ch
			}
		}
	}
	return out
}

func (c *compiler) find(arm int, name string) (*scenario.Channel, bool) {
	levers := c.armLevers(arm)
	for i := range levers.Channels {
		if levers.Channels[i].Name == name {
			return &levers.Channels[i], levers.Channels[i].Open
		}
	}
	return nil, false
}

func (c *compiler) sharedByAll(name string) bool {
	first, _ := c.find(0, name)
	return first != nil && everyArm(c.v, *first, func(l *scenario.Levers) []scenario.Channel { return l.Channels })
}

func (c *compiler) channel(def *scenario.Channel, open bool) channel {
	e := def.Entity()
	spread := c.at(param.LifeGapSpread, e)
	ch := channel{
		name: def.Name, hash: random.NameHash("channel " + def.Name), open: open, opens: def.Opens,
		member: make([]bool, len(c.m.states)), look: len(c.m.states) * len(c.m.states) / workUnit,
		meets: def.Meets, hostileQ: def.Question == "culprit-and-intent",
		gap:     lognormal{elem.Log(c.at(param.LifeGap, e)), spread},
		first:   lognormal{elem.Log(c.at(param.LifeFirst, e)), spread},
		lapse:   c.at(param.LifeLapse, e) / param.DaysPerYear,
		restore: c.at(param.LifeRestore, e), suspend: c.at(param.LifeSuspend, e),
		contact: c.at(param.LifeContact, e), contactZ: c.at(param.LifeContactDecay, e),
		answerLam: c.at(param.ClarifyRationality, e), limit: c.at(param.EffectDelayLimit, e),
	}
	ch.answers = [2][2]answerOdds{
		{c.odds(e, param.ClarifyDenyInnocent, param.ClarifySilentInnocent),
			c.odds(e, param.ClarifyDenyInnocentBelief, param.ClarifySilentInnocentBelief)},
		{c.odds(e, param.ClarifyDenyGuilty, param.ClarifySilentGuilty),
			c.odds(e, param.ClarifyDenyGuiltyBelief, param.ClarifySilentGuiltyBelief)},
	}
	for _, name := range def.Members {
		ch.member[c.index[name]] = true
	}
	for k, on := range def.Mandate {
		if on {
			ch.on[k] = c.at(scenario.Mechanism(k).StrengthParam(), e)
		}
	}
	ch.effect = c.effects(e, &ch.on)
	return ch
}

func (c *compiler) odds(e string, deny, silent param.ID) answerOdds {
	return answerOdds{deny: c.at(deny, e), silent: c.at(silent, e)}
}

// effects multiplies coefficients by strengths; at strength 0 every factor is
// exactly 1 and every shift exactly 0.
func (c *compiler) effects(e string, on *[scenario.NumMechanisms]float64) effects {
	return effects{
		privateCut: 1 - float64(c.at(param.EffectPrivateCut, e)*on[scenario.PrivateOption]),
		hostage:    1 + float64(c.at(param.EffectPrivateHostage, e)*on[scenario.PrivateOption]),
		commit:     1 - float64(c.at(param.EffectCommitments, e)*on[scenario.Commitments]),
		breach:     1 + float64(c.at(param.EffectBreach, e)*on[scenario.Commitments]),
		hazard:     1 + float64(c.at(param.EffectMoralHazard, e)*on[scenario.MoralHazard]),
		alarm:      1 - float64(c.at(param.EffectNotificationAlarm, e)*on[scenario.Notification]),
		signal:     1 - float64(c.at(param.EffectNotificationSignal, e)*on[scenario.Notification]),
		trust:      c.at(param.EffectTrust, e) * on[scenario.Trust],
		line:       c.at(param.EffectRedLine, e),
		cut:        c.at(param.EffectRedLineCut, e) * on[scenario.RedLines],
		bunch:      c.at(param.EffectRedLineBunch, e) * on[scenario.RedLines],
		leak:       c.at(param.EffectLeak, e) * on[scenario.Leaks],
	}
}

func (c *compiler) coalitions(arm int) {
	m := c.m
	m.partners, m.joins = make([][]partner, len(m.states)), make([]float64, len(m.states))
	for _, co := range c.armLevers(arm).Coalitions {
		if !co.Open || arm == History &&
			!everyArm(c.v, co, func(l *scenario.Levers) []scenario.Coalition { return l.Coalitions }) {
			continue
		}
		lead := c.index[co.Lead]
		for _, p := range co.Partners {
			m.partners[lead] = append(m.partners[lead], partner{name: p.Name, hash: random.NameHash("partner " + p.Name),
				join: c.numOr(p.Join, c.global(param.CoalitionJoin)), core: p.Name == co.Core})
		}
	}
	m.follow = c.global(param.CoalitionCore)
	for lead, partners := range m.partners {
		slices.SortStableFunc(partners, coreLast)
		m.joins[lead] = m.expectedPartners(partners)
	}
}

func coreLast(a, b partner) int {
	switch {
	case a.core == b.core:
		return 0
	case b.core:
		return -1
	}
	return 1
}

// expectedPartners is how many join at certain evidence. Core partners come last.
func (m *Model) expectedPartners(partners []partner) float64 {
	sum, alone := 0.0, 1.0
	for _, p := range partners {
		join := p.join
		if p.core {
			join = float64(m.follow*(1-alone)) + float64(p.join*alone)
		} else {
			alone *= 1 - p.join
		}
		sum += join
	}
	return sum
}

func (c *compiler) summits(arm int) {
	for _, s := range c.armLevers(arm).Summits {
		if !s.Open || arm == History && !everyArm(c.v, s, func(l *scenario.Levers) []scenario.Summit { return l.Summits }) {
			continue
		}
		c.m.summits = append(c.m.summits,
			summit{hash: random.NameHash("summit " + s.Name), a: c.index[s.Between[0]], b: c.index[s.Between[1]],
				at: s.At, relief: c.num(s.Relief), restores: c.num(s.Restores)})
	}
}

// everyArm reports whether all arms hold the lever unchanged: what the shared
// past may contain.
func everyArm[T any](v *scenario.Scenario, want T, of func(*scenario.Levers) []T) bool {
	for a := range v.Arms {
		found := false
		for _, have := range of(&v.Arms[a].Levers) {
			found = found || reflect.DeepEqual(have, want)
		}
		if !found {
			return false
		}
	}
	return true
}
