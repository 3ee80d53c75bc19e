package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// impact is a step on its way to the one who suffers it.
type impact struct {
	actor, accused int32
	rung           int // as chosen: never R4
	joint          bool
	level          float64 // suffered
	butFor         float64 // level, had the actor taken its but-for rung
	blamed         bool    // the step is a misstep or induced
	move           int32   // 0 for the case's own steps
	chain          int32   // rung of the case's step that began the chain
}

// address is the ordinal of the random numbers that belong to the step itself: 0 for
// an act, that of its move for a reply.
func (im *impact) address() int32 {
	if im.move == 0 {
		return 0
	}
	return im.chain*128 + im.move
}

// act carries out the victim's step against its suspect. It judges the step by the
// rungs that the same case would have chosen under the truth and under the beliefs
// of the ideal observer.
func (w *world) act(id int32, held *decide.Beliefs, rung int) {
	k := &w.cases[id]
	victim, target := w.victim(k), int32(k.target)
	onTruth := w.onTruth(&k.incident, target)
	r := rungs{before: int(k.highest), chosen: rung, shown: rung}
	r.onTruth = w.choose(k, &onTruth, &k.snap, target).rung
	var onIdeal decide.Beliefs
	if r.onTruth < rung && rung >= ladder.Public || w.obs != nil { // a misstep, perhaps, and perhaps avoidable
		onIdeal = w.onIdeal(k)
		r.onIdeal = w.choose(k, &onIdeal, &k.snap, target).rung
	}
	misstep := w.judge(k, rung, r.onTruth, r.onIdeal)
	if r.onTruth == rung && w.inWindow() {
		if u := w.utilities(k, &onTruth, &k.snap, target); u.Argmax() != rung {
			w.out.Slips++
		}
	}
	if rung >= ladder.Public && r.before < ladder.Public && r.onTruth < ladder.Public {
		w.contributions(k, held, &onTruth)
		k.misstepAt, k.misstepOn = int8(rung), k.target
	}
	if misstep {
		k.erred |= 1 << rung
	}
	if !k.accuser && ladder.InPublicSet(rung) {
		b := corrected3(held, &onTruth, byCell, false)
		k.accuser, k.namedOn = true, k.target
		k.whoOrWhy = !ladder.InPublicSet(w.choose(k, &b, &k.snap, target).rung)
	}
	k.highest, k.against = int8(rung), k.target
	if w.m.public(rung) {
		k.spoken = true
		k.rightly = k.rightly || w.guilty(&k.incident, target)
		if !w.guilty(&k.incident, target) && !k.falsely {
			k.falsely, k.falselyOn = true, k.target
		}
	}
	joined, core := w.join(k, rung, held.Culprit)
	if rung == ladder.Public && joined > 0 {
		r.shown = ladder.Coordinated
	}
	k.peak = max(k.peak, int8(r.shown))
	w.observe(EventAct, k, victim, target, func(e *Event) {
		e.Held, e.OnIdeal, e.OnTruth = *held, onIdeal, onTruth
		e.setRungs(r)
		e.Joined, e.Core, e.Misstep, e.Shares = joined, core, misstep, k.shares
	})
	w.step(k, victim, target, r.shown, misstep)
	w.deliver(id, impact{actor: victim, accused: target, rung: rung, joint: joined > 0,
		level: w.m.levelOf(rung, joined > 0), butFor: w.m.levelAbove(r.onTruth, r.before),
		blamed: misstep, chain: int32(rung)})
}

// judge classifies an act by every class to which it raises, and returns whether it
// is a misstep of any.
func (w *world) judge(k *victimCase, rung, onTruth, onIdeal int) bool {
	any := false
	for class, r := range Classes {
		if rung < r || int(k.highest) >= r {
			continue
		}
		cause := Deliberate
		if onTruth < r {
			cause, any = Misstep, true
			k.missteps |= 1 << class
			if onIdeal < r {
				k.avoidable |= 1 << class
			}
		}
		w.reach(class, cause)
	}
	return any
}

// public reports whether the public sees anything of a rung.
func (m *Model) public(rung int) bool { return m.scale.Rungs[rung].Visibility > 0 }

// levelOf returns the level that the accused suffers: that of R4 for a joint R3,
// 1 + boost times that of the rung for another joint act.
func (m *Model) levelOf(rung int, joint bool) float64 {
	switch {
	case joint && rung == ladder.Public:
		return m.scale.Rungs[ladder.Coordinated].Level
	case joint:
		return m.scale.Rungs[rung].Level * (1 + m.reprisal)
	}
	return m.scale.Rungs[rung].Level
}

// levelAbove returns the level of a rung, 0 where it would not have been answered:
// below R3, or not above the highest rung already taken.
func (m *Model) levelAbove(rung, highest int) float64 {
	if rung <= highest || rung < ladder.Public {
		return 0
	}
	return m.scale.Rungs[rung].Level
}

// join returns how many partners join an act at R3 or R5, and whether a core partner is among them. Each
// does by its own uniform, with probability join·b²; b is the lead's belief for all, since partners
// share one file and are no independent witnesses. A core partner decides last: it follows another.
func (w *world) join(k *victimCase, rung int, belief float64) (joined int, core bool) {
	if rung != ladder.Public && rung != ladder.Sanctions {
		return 0, false
	}
	others := 0
	for _, p := range w.m.partners[w.victim(k)] {
		chance := p.join * belief * belief
		if p.core && others > 0 {
			chance = w.m.follow
		}
		if w.uniform(random.Pair(p.hash, k.entity), random.Join) >= chance {
			continue
		}
		joined++
		if p.core {
			core = true
		} else {
			others++
		}
	}
	if joined > 0 {
		w.tally(&w.out.Joint)
	}
	return joined, core
}

// deliver lets a step have its effects: tension, memory, disclosure, denial,
// suspension, leak, and the reply to come.
func (w *world) deliver(id int32, im impact) {
	k := &w.cases[id]
	public := w.m.public(im.rung)
	weight := im.level
	if !public {
		weight *= w.m.tension.private
	}
	w.strain(im.accused, im.actor, weight)
	if public {
		k.disclosed = true
		w.remember(im.accused, im.actor, im.level)
		if im.move == 0 {
			w.speak(k, im)
		}
		w.happenedBetween(im.actor, im.accused, scenario.AfterAccusation)
		w.accuse(k, im)
	} else if im.rung <= ladder.PrivateDemarche {
		w.leakThrough(id, im.actor, im.accused)
	}
	if im.rung >= ladder.Public {
		w.scheduleReply(id, im)
	}
}

// speak lets the accused deny and counter-accuse: speech acts outside the ladder.
func (w *world) speak(k *victimCase, im impact) {
	if w.uniform(k.entity, random.Denial) < w.m.states[im.accused].denial {
		w.tally(&w.out.Denials)
		w.observe(EventDenial, k, im.accused, im.actor, nil)
	}
	if w.uniform(k.entity, random.Counter) < w.m.states[im.actor].counter {
		w.tally(&w.out.Counters)
		w.observe(EventCounter, k, im.accused, im.actor, nil)
	}
}

// leakThrough makes a private contact public, where a channel that carried it leaks.
func (w *world) leakThrough(id, actor, accused int32) {
	k := &w.cases[id]
	if k.disclosed || k.leaked || k.state != open {
		return
	}
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		if ch.on[scenario.Leaks] > 0 && w.links(int32(c), actor, accused) &&
			w.uniform(random.Pair(k.entity, ch.hash), random.Leak) < ch.effect.leak {
			w.acted(int32(c), scenario.Leaks)
			k.leaked = true
			w.observe(EventLeak, k, actor, accused, nil)
			w.queue.push(event{time: w.now, kind: kindDisclosure, id: id, tie: k.entity})
			return
		}
	}
}

// reconsider withdraws the highest step, once a case, if it was public and against
// the present target, and R0 or R1 is now better than it by more than the climb-down
// costs.
func (w *world) reconsider(id int32, held *decide.Beliefs) {
	k := &w.cases[id]
	if k.retracted || int(k.highest) < ladder.Public || k.against != k.target {
		return
	}
	u := w.utilities(k, held, &k.snap, int32(k.target))
	low := elem.Max(u[ladder.Absorb], u[ladder.PrivateProtest])
	if low-onMenu(u, int(k.highest)) <= w.m.states[w.victim(k)].climbdown {
		return
	}
	k.retracted = true
	w.tally(&w.out.Withdrawn)
	w.observe(EventRetraction, k, w.victim(k), int32(k.target), nil)
	for n := range w.chains {
		// A reply to what was withdrawn has nothing to answer.
		if c := &w.chains[n]; c.inCase == id && int32(c.to) == w.victim(k) {
			c.level, c.butFor = 0, 0
		}
	}
}
