package sim

import (
	"maps"
	"math"
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
		m.channels = append(m.channels, c.channel(def, open))
		m.forum = append(m.forum, !shared[name])
		m.notifies = m.notifies || m.channels[len(m.channels)-1].on[scenario.Notification] > 0
	}
	if arm != History {
		c.triggers(arm)
	}
	c.coalitions(arm)
	c.summits(arm)
}

// triggers compiles what the channels of an arm wait for.
func (c *compiler) triggers(arm int) {
	for _, def := range c.armLevers(arm).Channels {
		for _, wait := range [...]struct {
			t    *scenario.Trigger
			kind kind
		}{{def.OpensAfter, kindOpen}, {def.ClosesAfter, kindShut}} {
			if wait.t == nil || !def.Open {
				continue
			}
			t := trigger{after: wait.t.After, member: make([]bool, len(c.m.states)), watched: -1, above: wait.t.Above,
				wait: wait.t.Wait, kind: wait.kind, channel: c.channelIndex(def.Name)}
			members := def.Members
			if wait.t.Between[0] != "" {
				members = wait.t.Between[:]
			}
			for _, name := range members {
				t.member[c.index[name]] = true
			}
			if wait.t.After.OfChannel() {
				t.watched = c.channelIndex(wait.t.Channel)
			}
			c.m.triggers = append(c.m.triggers, t)
		}
	}
}

func (c *compiler) channelIndex(name string) int32 {
	return int32(slices.IndexFunc(c.m.channels, func(ch channel) bool { return ch.name == name }))
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
	ch := channel{
		name: def.Name, hash: random.NameHash("channel " + def.Name), open: open, opens: def.Opens, closes: def.Closes,
		member: make([]bool, len(c.m.states)), look: len(c.m.states) * len(c.m.states) / workUnit,
		meets: def.Meets, hostileQ: def.Question == "culprit-and-intent",
	}
	if def.OpensAfter != nil {
		ch.opens = math.Inf(1)
	}
	if ch.closes == 0 {
		ch.closes = math.Inf(1)
	}
	for _, name := range def.Members {
		ch.member[c.index[name]] = true
	}
	if c.acting && !open {
		return ch
	}
	for k, on := range def.Mandate {
		if on {
			ch.on[k] = c.at(scenario.Mechanism(k).StrengthParam(), e)
		}
	}
	if def.Meets || !c.acting {
		spread, gap := c.at(param.LifeGapSpread, e), def.Cadence
		if gap == 0 {
			gap = c.at(param.LifeGap, e)
		}
		ch.gap = lognormal{elem.Log(gap), spread}
		ch.first = lognormal{elem.Log(c.at(param.LifeFirst, e)), spread}
	}
	ch.lapse, ch.restore = c.at(param.LifeLapse, e)/param.DaysPerYear, c.at(param.LifeRestore, e)
	ch.suspend = c.where(ch.on[scenario.Fragility], param.LifeSuspend, e)
	ch.limit = c.where(ch.on[scenario.Delay], param.EffectDelayLimit, e)
	asks := ch.on[scenario.Clarify]
	ch.contact, ch.contactZ = c.where(asks, param.LifeContact, e), c.where(asks, param.LifeContactDecay, e)
	ch.answerLam = c.where(asks, param.ClarifyRationality, e)
	ch.answers = [2][2]answerOdds{
		{c.odds(asks, e, param.ClarifyDenyInnocent, param.ClarifySilentInnocent),
			c.odds(asks, e, param.ClarifyDenyInnocentBelief, param.ClarifySilentInnocentBelief)},
		{c.odds(asks, e, param.ClarifyDenyGuilty, param.ClarifySilentGuilty),
			c.odds(asks, e, param.ClarifyDenyGuiltyBelief, param.ClarifySilentGuiltyBelief)},
	}
	ch.effect = c.effects(e, &ch.on)
	return ch
}

// where is a number of what a mechanism does; of one that does not act, an arm that is read holds none.
func (c *compiler) where(strength float64, id param.ID, e string) float64 {
	if c.acting && strength == 0 {
		return 0
	}
	return c.at(id, e)
}

func (c *compiler) odds(asks float64, e string, deny, silent param.ID) answerOdds {
	return answerOdds{deny: c.where(asks, deny, e), silent: c.where(asks, silent, e)}
}

// effects multiplies coefficients by strengths; at strength 0 every factor is
// exactly 1 and every shift exactly 0.
func (c *compiler) effects(e string, on *[scenario.NumMechanisms]float64) effects {
	times := func(m scenario.Mechanism, id param.ID) float64 { return float64(c.where(on[m], id, e) * on[m]) }
	return effects{
		privateCut: 1 - times(scenario.PrivateOption, param.EffectPrivateCut),
		hostage:    1 + times(scenario.PrivateOption, param.EffectPrivateHostage),
		commit:     1 - times(scenario.Commitments, param.EffectCommitments),
		breach:     1 + times(scenario.Commitments, param.EffectBreach),
		hazard:     1 + times(scenario.MoralHazard, param.EffectMoralHazard),
		alarm:      1 - times(scenario.Notification, param.EffectNotificationAlarm),
		signal:     1 - times(scenario.Notification, param.EffectNotificationSignal),
		trust:      times(scenario.Trust, param.EffectTrust),
		line:       c.where(on[scenario.RedLines], param.EffectRedLine, e),
		cut:        times(scenario.RedLines, param.EffectRedLineCut),
		bunch:      times(scenario.RedLines, param.EffectRedLineBunch),
		leak:       times(scenario.Leaks, param.EffectLeak),
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
