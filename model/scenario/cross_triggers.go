package scenario

import (
	"slices"

	"github.com/misstep/misstep/model/param"
)

// crossTriggers: a channel closes after it opens, and what it waits for can happen.
func (c *checker) crossTriggers(v *Scenario) {
	for _, a := range v.Arms {
		for i := range a.Levers.Channels {
			ch := &a.Levers.Channels[i]
			path := c.leverPath(a.Name, ch.Entity()+".closes")
			if ch.Closes != 0 && ch.Closes <= max(0, ch.Opens) && !c.refused(path) {
				c.problemAt(path, ch.Name+" closes on "+v.dateOf(ch.Closes)+", not after the start and its opening",
					"choose a later day, or set open: false")
			}
			c.trigger(v, &a, ch, ch.OpensAfter, "opens")
			c.trigger(v, &a, ch, ch.ClosesAfter, "closes")
		}
	}
}

// trigger checks what a channel of an arm waits for.
func (c *checker) trigger(v *Scenario, a *Arm, ch *Channel, t *Trigger, key string) {
	if t == nil {
		return
	}
	path := c.leverPath(a.Name, ch.Entity()+"."+key)
	for _, k := range [...]struct {
		key                 string
		given, allowed, due bool
	}{
		{"between", t.Between[0] != "", !t.After.OfChannel(), false},
		{"above", t.Above != 0, t.After == AfterTension, true},
		{"channel", t.Channel != "", t.After.OfChannel(), true},
	} {
		switch at := path + "." + k.key; {
		case c.refused(at):
		case k.given && !k.allowed:
			c.problemAt(at, "after: "+t.After.String()+" has no "+k.key, "delete it, or wait for something else")
		case !k.given && k.allowed && k.due:
			c.missing(path, k.key, "after: "+t.After.String()+" needs it")
		}
	}
	if t.After.OfChannel() && t.Channel != "" && ch.Open {
		c.watched(v, a, ch, t, path+".channel")
	}
}

// watched checks that the channel that is waited for can break off, or lapse, in the arm.
func (c *checker) watched(v *Scenario, a *Arm, ch *Channel, t *Trigger, path string) {
	i := slices.IndexFunc(a.Levers.Channels, func(o Channel) bool { return o.Name == t.Channel })
	switch {
	case t.Channel == ch.Name:
		c.problemAt(path, ch.Name+" waits for itself", "name another channel")
	case i < 0 || !a.Levers.Channels[i].Open:
		c.problemAt(path, t.Channel+" is not open in arm "+quote(a.Name), "open it there, or name another channel")
	case t.After == AfterSuspension && !v.breaks(&a.Levers.Channels[i]):
		c.problemAt(path,
			t.Channel+" cannot be suspended: its mandate lacks fragility, and no shock between its members breaks it",
			"add fragility to its mandate, or name another channel")
	case t.After == AfterLapse && !v.lapses(&a.Levers.Channels[i]):
		c.problemAt(path, t.Channel+" cannot lapse: its life.lapse is 0", "set it, or name another channel")
	}
}

// breaks reports whether an accusation or a shock may suspend a channel.
func (v *Scenario) breaks(ch *Channel) bool {
	both := func(between [2]string) bool {
		return slices.Contains(ch.Members, between[0]) && slices.Contains(ch.Members, between[1])
	}
	return ch.Mandate[Fragility] ||
		slices.ContainsFunc(v.Shocks, func(s Shock) bool { return both(s.Between) && v.positive(s.Breaks) }) ||
		slices.ContainsFunc(v.Randoms, func(s RandomShock) bool { return both(s.Between) && v.positive(s.Breaks) })
}

// lapses reports whether a channel may end in silence.
func (v *Scenario) lapses(ch *Channel) bool { return v.positive(v.Param(param.LifeLapse, ch.Entity())) }

// positive reports whether a number is above 0, in some draws at least.
func (v *Scenario) positive(n Num) bool { return n >= 0 && v.Slots[n].Dist.Quantile(1-1e-9) > 0 }
