package reference

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// classes are the rungs whose first crossing is followed.
var classes = [5]int{3, 5, 6, 8, 9}

// review: rule 6. Nothing new, nothing done.
func (w *world) review(k *victimCase) {
	once := w.v.Model.Decisions == "once"
	if !k.fresh || k.Target == "" || k.waiting || once && k.decided {
		return
	}
	k.fresh = false
	w.noteWanted(k)
	b := w.held(k)
	rung := w.choose(k, b, k.view, k.Target)
	c, from := w.waitsFor(k), max(k.highest+1, w.v.Model.WaitsFrom)
	if c != nil && (once || rung >= from) {
		if !once {
			w.limit(k, b, from, 10)
		}
		w.wait(k, c)
		return
	}
	w.expect(k, b, rung, c != nil)
	if rung > k.highest {
		w.limit(k, b, rung, rung+1)
	} else {
		w.limit(k, b, 0, k.highest+1)
	}
	k.decided = true
	if rung > k.highest {
		w.act(k, b, rung)
	} else if w.v.Model.Retraction {
		w.reconsider(k, b)
	}
}

// noteWanted: what the truth would have called for, for missed responses.
func (w *world) noteWanted(k *victimCase) {
	source := k.stream.source
	if !k.counted || !k.stream.intent.Hostile() || !w.isState[source] || k.wanted >= 2 {
		return
	}
	v := k.view
	if k.Target != source {
		v = w.look(k.stream.victim, source)
	}
	k.wanted = max(k.wanted, w.choose(k, w.onTruth(&k.incident, source), v, source))
}

// waitsFor is the channel whose pending contact holds back an act, once a case.
func (w *world) waitsFor(k *victimCase) *forum {
	if k.waited {
		return nil
	}
	for _, c := range w.channels {
		if w.carries(c, k.stream.victim, k.Target) &&
			w.uniform(random.Pair(k.entity, c.hash()), random.WaitForContact, 0) < c.strength("delay") {
			return c
		}
	}
	return nil
}

func (w *world) wait(k *victimCase, c *forum) {
	k.waiting, k.waited = true, true
	k.due = slices.Min([]float64{w.now + c.of("effect.delay_limit"), c.next, k.closes})
	w.tally("waits")
	w.note(Event{Kind: "wait", Actor: k.stream.victim, Target: k.Target}, k)
}

// act carries out a step and judges it.
func (w *world) act(k *victimCase, held Belief, rung int) {
	victim, target := k.stream.victim, k.Target
	onTruth, onIdeal := w.onTruth(&k.incident, target), w.onIdeal(k)
	rungOnTruth, rungOnIdeal := w.choose(k, onTruth, k.view, target), w.choose(k, onIdeal, k.view, target)
	before := k.highest
	misstep := w.judge(k, rung, rungOnTruth, rungOnIdeal)
	if u := w.scores(k, onTruth, k.view, target); rungOnTruth == rung && u[rung] < slices.Max(u[:]) {
		w.tally("slips")
	}
	if rung >= 3 && before < 3 && rungOnTruth < 3 {
		w.contributions(k, held, onTruth)
		k.MisstepAt, k.MisstepOn = rung, target
	}
	if named := func(r int) bool { return 3 <= r && r <= 6 }; named(rung) && !slices.ContainsFunc(k.acts, named) {
		b := held
		b.Culprit, b.Intent = onTruth.Culprit, onTruth.Intent
		k.WhoOrWhy, k.NamedOn = !named(w.choose(k, b, k.view, target)), target
	}
	k.acts = append(k.acts, rung)
	k.highest, k.against = rung, target
	if w.scale.Rungs[rung].Visibility > 0 {
		k.spoken = true
		k.Rightly = k.Rightly || k.stream.source == target
		if k.stream.source != target {
			k.Falsely, k.FalselyOn = true, cmp.Or(k.FalselyOn, target)
		}
	}
	joined, core := w.join(k, rung, held.Culprit)
	shown, level := rung, w.scale.Rungs[rung].Level
	if joined > 0 && rung == 3 {
		shown, level = 4, w.scale.Rungs[4].Level
	} else if joined > 0 {
		level *= 1 + w.global("coalition.boost")
	}
	k.Peak = max(k.Peak, shown)
	w.note(Event{Kind: "act", Actor: victim, Target: target, Before: before, Chosen: rung, Rung: shown,
		RungOnTruth: rungOnTruth, RungOnIdeal: rungOnIdeal, Joined: joined, Core: core, Misstep: misstep,
		Held: held, OnIdeal: onIdeal, OnTruth: onTruth, Shares: k.Shares}, k)
	butFor := 0.0
	if rungOnTruth > before && rungOnTruth >= 3 {
		butFor = w.scale.Rungs[rungOnTruth].Level
	}
	w.deliver(k, victim, target, rung, level, butFor, misstep, 0, rung)
}

// join: rule 9. The core of a coalition joins what another partner has joined.
func (w *world) join(k *victimCase, rung int, b float64) (joined int, core bool) {
	if rung != 3 && rung != 5 {
		return 0, false
	}
	joins := func(p scenario.Partner, chance float64) bool {
		return w.uniform(random.Pair(random.NameHash("partner "+p.Name), k.entity), random.Join, 0) < chance
	}
	others, atCore := w.partners(k.stream.victim)
	for _, p := range others {
		if joins(p, w.joining(p)*b*b) {
			joined++
		}
	}
	anybody := joined > 0
	for _, p := range atCore {
		chance := w.joining(p) * b * b
		if anybody {
			chance = w.global("coalition.core")
		}
		if joins(p, chance) {
			joined++
			core = true
		}
	}
	return joined, core
}

// judge holds a step against every class to which it raises.
func (w *world) judge(k *victimCase, rung, onTruth, onIdeal int) (misstep bool) {
	for class, r := range classes {
		if rung < r || k.highest >= r {
			continue
		}
		if onTruth < r {
			misstep = true
			k.Missteps[class] = true
			k.Avoidable[class] = k.Avoidable[class] || onIdeal < r
		}
		w.crossed[class] = w.crossed[class] || w.inWindow()
	}
	if misstep {
		k.Erred = append(k.Erred, rung)
	}
	return misstep
}

// contributions: Shapley values of 1[a ≥ R3] over cell, severity and type, by the
// average over the six orders in which beliefs are corrected.
func (w *world) contributions(k *victimCase, held, onTruth Belief) {
	public := func(b Belief) float64 { return one(w.choose(k, b, k.view, k.Target) >= 3) }
	correct := []func(*Belief){
		func(b *Belief) { b.Culprit = onTruth.Culprit },
		func(b *Belief) { b.Intent = onTruth.Intent },
		func(b *Belief) { b.Severity = onTruth.Severity },
		func(b *Belief) { b.StatusQuo = onTruth.StatusQuo },
	}
	k.Shares = [4]float64{}
	for _, order := range [][]int{{0, 1, 2, 3}, {0, 1, 3, 2}, {2, 0, 1, 3}, {2, 3, 0, 1}, {3, 0, 1, 2}, {3, 2, 0, 1}} {
		b := held
		for _, player := range order {
			was := public(b)
			correct[player](&b)
			k.Shares[player] += (was - public(b)) / 6
		}
	}
}

// deliver lets a step have its effects; move counts along a chain of replies.
func (w *world) deliver(k *victimCase, actor, accused string, rung int, level, butFor float64, blamed bool, move,
	begun int) {
	if w.scale.Rungs[rung].Visibility > 0 {
		w.suffer(accused, actor, level)
		k.disclosed = true
		w.changed(accused, actor, "remembers", level, 0)
		if move == 0 {
			w.speak(k, actor, accused)
		}
		w.awaitedBetween(actor, accused, "accusation")
		w.accuse(k, actor, accused, rung, place(move, begun))
	} else {
		w.suffer(accused, actor, level*w.global("tension.private"))
		if rung <= 2 {
			w.leak(k, actor, accused)
		}
	}
	if rung >= 3 {
		w.scheduleReply(k, &chain{inCase: k, from: accused, to: actor, level: level, butFor: butFor, blamed: blamed,
			depth: move, begun: begun})
	}
}

// place is the ordinal of what a step draws for itself: 0 for the case's own.
func place(move, begun int) int {
	if move == 0 {
		return 0
	}
	return 128*begun + move
}

// speak: denial and counter-accusation are speech acts outside the ladder.
func (w *world) speak(k *victimCase, actor, accused string) {
	if w.uniform(k.entity, random.Denial, 0) < w.of("reply.denial", accused) {
		w.note(Event{Kind: "denial", Actor: accused, Target: actor}, k)
	}
	if w.uniform(k.entity, random.Counter, 0) < w.of("reply.counter", actor) {
		w.note(Event{Kind: "counter", Actor: accused, Target: actor}, k)
	}
}

// accuse: a public step can suspend the channels between the two; fragility.
func (w *world) accuse(k *victimCase, actor, accused string, rung, ordinal int) {
	for _, c := range w.channels {
		if !w.carries(c, actor, accused) {
			continue
		}
		p := c.strength("fragility") * c.of("life.suspend") * (0.6 + 0.4*float64(rung-2)) * (0.7 + w.tension(accused, actor))
		if w.uniform(random.Pair(k.entity, c.hash()), random.SuspendByAct, ordinal) < p {
			w.goDown(c, "suspended", "accusation")
		}
	}
}

// reconsider withdraws a public step, once a case, when a private step or none is
// now better by more than the climb-down costs.
func (w *world) reconsider(k *victimCase, b Belief) {
	if k.Withdrawn || k.highest < 3 || k.against != k.Target {
		return
	}
	u := w.scores(k, b, k.view, k.Target)
	taken := k.highest
	for math.IsInf(u[taken], -1) { // a reply may stand on a rung that a case's menu lacks
		taken--
	}
	if math.Max(u[0], u[1])-u[taken] <= w.weights[k.stream.victim]["choice.climbdown"] {
		return
	}
	k.Withdrawn = true
	w.note(Event{Kind: "retraction", Actor: k.stream.victim, Target: k.Target}, k)
	for _, c := range w.replies {
		if c.inCase == k && c.to == k.stream.victim {
			c.level, c.butFor = 0, 0
		}
	}
}
