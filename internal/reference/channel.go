package reference

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// forum is a channel of the arm: its definition and what happened to it.
type forum struct {
	w        *world
	def      scenario.Channel
	path     string // of its own parameters
	opens    float64
	shuts    float64
	common   bool // whether all arms have it, unchanged
	life     []turn
	meetings int // meetings since it last came up
	next     float64
}

// turn is one turn in the life of a channel.
type turn struct {
	at float64
	to string // "up", "suspended", "lapsed"
}

// common reports whether every arm holds the lever unchanged: what the past
// before the start may contain.
func common[T any](v *scenario.Scenario, lever T, of func(scenario.Levers) []T) bool {
	return !slices.ContainsFunc(v.Arms, func(arm scenario.Arm) bool {
		return !slices.ContainsFunc(of(arm.Levers), func(l T) bool { return reflect.DeepEqual(l, lever) })
	})
}

func (w *world) levers() scenario.Levers { return w.v.Arms[w.arm].Levers }

func (w *world) makeChannels() {
	for _, def := range w.levers().Channels {
		if !def.Open {
			continue
		}
		c := &forum{w: w, def: def, path: def.Entity(), next: math.Inf(1)}
		c.common = common(w.v, def, func(l scenario.Levers) []scenario.Channel { return l.Channels })
		c.opens, c.shuts = math.Max(def.Opens, 0), math.Inf(1)
		if c.common {
			c.opens = math.Max(def.Opens, w.acts)
		}
		if def.OpensAfter != nil {
			c.opens = math.Inf(1)
		}
		if def.Closes > 0 {
			c.shuts = def.Closes
		}
		w.channels = append(w.channels, c)
	}
	slices.SortFunc(w.channels, func(a, b *forum) int { return strings.Compare(a.def.Name, b.def.Name) })
}

func (c *forum) hash() uint64           { return random.NameHash("channel " + c.def.Name) }
func (c *forum) of(name string) float64 { return c.w.atPath(name, c.path) }

// strength of a mechanism, 0 outside the mandate.
func (c *forum) strength(mechanism string) float64 {
	return c.w.strengths.recall([2]string{c.def.Name, mechanism}, func() float64 {
		if c.def.Mandate[slices.Index(scenario.MechanismNames[:], mechanism)] {
			return c.of("strength." + mechanism)
		}
		return 0
	})
}

func (c *forum) status() string {
	if len(c.life) == 0 {
		return "absent"
	}
	return c.life[len(c.life)-1].to
}

func (c *forum) member(name string) bool { return slices.Contains(c.def.Members, name) }

// pairs are all ordered pairs of members.
func (c *forum) pairs() (out [][2]string) {
	for _, i := range c.def.Members {
		for _, j := range c.def.Members {
			if i != j {
				out = append(out, [2]string{i, j})
			}
		}
	}
	return out
}

// epoch is how often the channel came up.
func (c *forum) epoch() int {
	n := 0
	for _, t := range c.life {
		if t.to == "up" {
			n++
		}
	}
	return n
}

// carries reports whether a channel is up between two of its members.
func (w *world) carries(c *forum, a, b string) bool {
	return c.status() == "up" && a != b && c.member(a) && c.member(b)
}

// factor is the product of 1 ± strength × effect over the channels up between two.
func (w *world) factor(a, b string, sign float64, mechanism, effect string) float64 {
	f := 1.0
	for _, c := range w.channels {
		if w.carries(c, a, b) {
			f *= 1 + sign*c.strength(mechanism)*c.of("effect."+effect)
		}
	}
	return f
}

// ends is when the present state of a channel would end by itself: a lapse when
// up, a restoration when down.
func (c *forum) ends() float64 {
	last := c.life[len(c.life)-1]
	if last.to != "up" {
		return last.at + c.of("life.restore")*c.w.exponential(c.hash(), random.Restore, c.epoch())
	}
	if rate := c.of("life.lapse") / 365.25; rate > 0 {
		return last.at + c.w.exponential(c.hash(), random.Lapse, c.epoch())/rate
	}
	return math.Inf(1)
}

func (w *world) comeUp(c *forum, kind string) {
	c.life = append(c.life, turn{w.now, "up"})
	c.meetings = 0
	w.note(Event{Kind: kind, Channel: c.def.Name}, nil)
	if c.def.Meets {
		w.timeMeeting(c, c.of("life.first"))
	}
	w.refactor(c)
}

func (w *world) goDown(c *forum, to, cause string) {
	c.life = append(c.life, turn{w.now, to})
	c.next = math.Inf(1)
	w.refactor(c)
	kind := map[string]string{"suspended": "suspension", "lapsed": "lapse"}[to]
	w.note(Event{Kind: kind, Channel: c.def.Name, Cause: cause}, nil)
	w.awaited(kind, func(_ *forum, t *scenario.Trigger) bool { return t.Channel == c.def.Name })
}

// shut ends a channel for good.
func (w *world) shut(c *forum) {
	was := c.status()
	c.life = append(c.life, turn{w.now, "shut"})
	c.next = math.Inf(1)
	w.note(Event{Kind: "shut", Channel: c.def.Name}, nil)
	if was == "up" {
		w.refactor(c)
	}
}

// awaited tells channels that wait for an event that it has happened; each of them waits for
// the first after the start.
func (w *world) awaited(what string, so func(*forum, *scenario.Trigger) bool) {
	if w.now < 0 {
		return
	}
	for _, c := range w.channels {
		for _, x := range []struct {
			t  *scenario.Trigger
			at *float64
		}{{c.def.OpensAfter, &c.opens}, {c.def.ClosesAfter, &c.shuts}} {
			if x.t != nil && x.t.After.String() == what && so(c, x.t) && math.IsInf(*x.at, 1) && c.status() != "shut" {
				*x.at = w.now + x.t.Wait
				w.note(Event{Kind: "trigger", Channel: c.def.Name, Cause: what}, nil)
			}
		}
	}
}

// awaitedBetween is awaited for an event between two states.
func (w *world) awaitedBetween(a, b, what string) {
	w.awaited(what, func(c *forum, t *scenario.Trigger) bool {
		who := t.Between[:]
		if who[0] == "" {
			who = c.def.Members
		}
		return slices.Contains(who, a) && slices.Contains(who, b) && (what != "tension" || w.tension(a, b) >= t.Above)
	})
}

// timeMeeting: the n-th meeting after the e-th coming up has ordinal 1024 e + n.
func (w *world) timeMeeting(c *forum, median float64) {
	z := w.normal(c.hash(), random.MeetingGap, 1024*c.epoch()+c.meetings)
	c.next = w.now + elem.Exp(elem.Log(median)+c.of("life.gap_spread")*z)
}

// meet moves beliefs about rivals and raises no review.
func (w *world) meet(c *forum) {
	c.meetings++
	w.note(Event{Kind: "meeting", Channel: c.def.Name}, nil)
	for _, p := range c.pairs() {
		w.shiftTrust(p[0], p[1], c.strength("trust")*c.of("effect.trust"))
	}
	gap := c.of("life.gap")
	if c.def.Cadence > 0 {
		gap = c.def.Cadence
	}
	w.timeMeeting(c, gap)
}

// refactor notes what commitments and moral hazard now do to onset between the
// members.
func (w *world) refactor(c *forum) {
	if c.strength("commitments") == 0 && c.strength("moral_hazard") == 0 {
		return
	}
	for _, p := range c.pairs() {
		all := w.factor(p[0], p[1], 1, "moral_hazard", "moral_hazard")
		w.changed(p[0], p[1], "channels", all, all*w.factor(p[0], p[1], -1, "commitments", "commitments"))
	}
}

// breach is the factor by which evidence against a bound rival weighs more.
// It counts what was in force when the incident began.
func (w *world) breach(k *victimCase, victim, rival string) float64 {
	f := 1.0
	for _, c := range w.channels {
		if k.bound[c.def.Name] && c.member(victim) && c.member(rival) {
			f *= 1 + c.strength("commitments")*c.of("effect.breach")
		}
	}
	return f
}

// shock carries out a shock; n counts those of its name.
func (w *world) shock(name string, between [2]string, tension, breaks float64) {
	n := w.done["shock "+name]
	w.done["shock "+name]++
	a, b := between[0], between[1]
	w.note(Event{Kind: "shock", Actor: a, Target: b}, nil)
	w.suffer(a, b, tension)
	w.suffer(b, a, tension)
	for _, c := range w.channels {
		if w.carries(c, a, b) &&
			w.uniform(random.Pair(random.NameHash("shock "+name), c.hash()), random.SuspendByShock, n) < breaks {
			w.goDown(c, "suspended", "shock")
		}
	}
}

// summit holds a summit: it relieves tension and can restore channels.
func (w *world) summit(s scenario.Summit) {
	w.done["summit "+s.Name]++
	a, b := s.Between[0], s.Between[1]
	w.note(Event{Kind: "summit", Actor: a, Target: b}, nil)
	w.changed(a, b, "relief", w.theta[s.Relief], 0)
	w.changed(b, a, "relief", w.theta[s.Relief], 0)
	for _, c := range w.channels {
		down := c.status() == "suspended" || c.status() == "lapsed"
		if down && c.member(a) && c.member(b) &&
			w.uniform(random.Pair(random.NameHash("summit "+s.Name), c.hash()), random.SummitRestore, 0) < w.theta[s.Restores] {
			w.comeUp(c, "restoration")
		}
	}
}

// suffer raises what i feels about j.
func (w *world) suffer(i, j string, share float64) {
	if share != 0 {
		w.changed(i, j, "suffers", share, 0)
		w.awaitedBetween(i, j, "tension")
	}
}
