package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Review, rule 6 of docs/MODEL.md. One uniform per case decides all its choices;
// a review without news is skipped; an option is carried out only above the
// highest rung already taken.

// decision is one scored menu and the rung at the case's uniform.
type decision struct {
	rung   int
	choice decide.Choice
}

// choose scores the menu of a victim against a target and reads off the rung.
func (w *world) choose(k *victimCase, b *decide.Beliefs, snap *snapshot, target int32) decision {
	return w.chosen(k, w.utilities(k, b, snap, target))
}

// chosen reads the rung off a scored menu.
func (w *world) chosen(k *victimCase, u *decide.Utilities) (d decision) {
	a := &w.m.states[w.victim(k)].actor
	if w.m.method.gumbel {
		d.rung = decide.Gumbel(u, a.Rationality, w.shocks(k.entity, random.GumbelShock, 0))
		return d
	}
	d.choice = decide.Logit(u, a.Rationality)
	d.rung = d.choice.At(k.uniform)
	return d
}

// atMost reports whether the rung of a scored menu is certainly no higher than one; false says nothing.
func (w *world) atMost(k *victimCase, u *decide.Utilities, rung int8) bool {
	return !w.m.method.gumbel && u.AtMost(int(rung), w.m.states[w.victim(k)].actor.Rationality, k.uniform)
}

// utilities scores the menu, valid until the next. Rule ladder is called by its name: what another
// is given has to live in the world, so that nothing is allocated.
func (w *world) utilities(k *victimCase, b *decide.Beliefs, snap *snapshot, target int32) *decide.Utilities {
	victim := w.victim(k)
	actor := &w.m.states[victim].actor
	s := decide.Situation{
		Exposed: k.exposed && !k.spoken, Price: snap.price, Thaw: snap.thaw, Tension: snap.tension,
		OwnTension: snap.ownTension, PrivateCut: snap.cut, Hostage: snap.hostage, JoinChance: w.m.joins[victim],
		Expected: &w.m.pairs[int(victim)*len(w.m.states)+int(target)].reaction,
	}
	if ladder, ok := w.m.rule.(decide.Ladder); ok {
		ladder.Utilities(actor, b, &s, &w.tmp.utilities)
	} else {
		w.tmp.beliefs, w.tmp.situation = *b, s
		w.m.rule.Utilities(actor, &w.tmp.beliefs, &w.tmp.situation, &w.tmp.utilities)
	}
	return &w.tmp.utilities
}

// shocks returns the Gumbel shocks of a case or reply. They are fixed for its life;
// the latest are kept, since a step and the rungs that judge it use the same ones.
func (w *world) shocks(entity uint64, p random.Purpose, move int32) *decide.Utilities {
	key := shockKey{w.rep, entity, p, move}
	if w.tmp.shocksOf == key {
		return &w.tmp.shocks
	}
	w.tmp.shocksOf = key
	for r := range w.tmp.shocks {
		w.tmp.shocks[r] = gumbel(w.uniformAt(entity, p, move*decide.N+int32(r)))
	}
	return &w.tmp.shocks
}

// gumbel is the standard Gumbel quantile.
func gumbel(u float64) float64 { return -elem.Log(-elem.Log(u)) }

// clockReview reviews a case at its own interval, choice.review, and schedules the
// next such review.
func (w *world) clockReview(e event) {
	w.review(e.id)
	k := &w.cases[e.id]
	if next := w.now + w.m.states[w.victim(k)].review; next < k.closeAt {
		w.queue.push(event{time: next, kind: kindReview, id: e.id, tie: k.entity})
	}
}

// review looks at a case again if something is new.
func (w *world) review(id int32) {
	k := &w.cases[id]
	if !k.dirty || k.target < 0 || k.waiting || w.m.method.once && k.decided {
		return
	}
	k.dirty = false
	w.wouldHaveDone(k)
	held := w.held(k)
	u := w.utilities(k, &held, &k.snap, int32(k.target))
	if !w.idle(k, u) && w.responds(id, &held, u) {
		return
	}
	k.decided = true
	if w.m.method.retraction {
		w.reconsider(id, &held)
	}
}

// idle reports whether a review certainly changes nothing, which needs no exponential: a higher rung is less likely
// than at the review that narrowed the uniform last, so that the victim stands where it is and nothing is narrowed;
// or it stands there, and nothing is anticipated.
func (w *world) idle(k *victimCase, u *decide.Utilities) bool {
	if w.m.method.once {
		return false
	}
	return k.uniform < k.hi && k.kept.Holds(u, w.m.states[w.victim(k)].actor.Rationality) ||
		!w.anticipates(k) && w.atMost(k, u, k.highest)
}

// responds lets the victim act by its menu, or wait with an act, and reports whether it does either.
func (w *world) responds(id int32, held *decide.Beliefs, u *decide.Utilities) bool {
	k := &w.cases[id]
	d := w.chosen(k, u)
	holds, from := w.holding(k), max(int(k.highest)+1, w.m.method.waitsFrom)
	if holds >= 0 && (w.m.method.once || d.rung >= from) {
		w.narrowAbove(k, &d, from, w.m.method.once)
		w.wait(id, holds)
		return true
	}
	w.anticipate(k, u, &d, holds >= 0)
	if d.rung <= int(k.highest) {
		return false
	}
	k.decided = true
	w.act(id, held, d.rung)
	return true
}

// holding returns the channel for which an act of this case would wait, or −1.
func (w *world) holding(k *victimCase) int32 {
	if k.waited {
		return -1
	}
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		s := ch.on[scenario.Delay]
		if s > 0 && w.links(int32(c), w.victim(k), int32(k.target)) &&
			w.uniform(random.Pair(k.entity, ch.hash), random.WaitForContact) < s {
			w.acted(int32(c), scenario.Delay)
			return int32(c)
		}
	}
	return -1
}

// wait defers the act to the earlier of contact and limit.
func (w *world) wait(id, channel int32) {
	k := &w.cases[id]
	k.waiting, k.waited = true, true
	k.dueAt = min(w.now+w.m.channels[channel].limit, w.channels[channel].next, k.closeAt)
	w.tally(&w.out.Waits)
	w.observe(EventWait, k, w.victim(k), int32(k.target), nil)
	w.queue.push(event{time: k.dueAt, kind: kindDue, id: id, tie: k.entity})
}

// due decides once more, at the same uniform: the act may shrink, rise or lapse.
func (w *world) due(e event) {
	k := &w.cases[e.id]
	k.waiting, k.dirty = false, true
	w.refresh(k)
	w.review(e.id)
}

// wouldHaveDone notes the highest rung that full knowledge would have chosen at
// some review of a hostile operation by a state: what a missed response missed.
func (w *world) wouldHaveDone(k *victimCase) {
	st := w.stream(k)
	if !k.counted || !st.intent.Hostile() || !w.m.sources[st.source].state || int(k.wanted) >= ladder.PrivateDemarche {
		return
	}
	snap := k.snap
	if int32(k.target) != st.source {
		snap = w.snapshotToward(st.victim, st.source)
	}
	onTruth := w.onTruth(&k.incident, st.source)
	if u := w.utilities(k, &onTruth, &snap, st.source); !w.atMost(k, u, ladder.PrivateProtest) {
		k.wanted = max(k.wanted, int8(w.chosen(k, u).rung))
	}
}

// chooseByLogit scores the menu against the suspect whatever the coupling.
func (w *world) chooseByLogit(k *victimCase, b *decide.Beliefs) decide.Choice {
	return decide.Logit(w.utilities(k, b, &k.snap, int32(k.target)), w.m.states[w.victim(k)].actor.Rationality)
}
