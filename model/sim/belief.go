package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/scenario"
)

// Beliefs, rules 3 and 5 of docs/MODEL.md: the posterior of a case, the belief
// about the rival's type, and the beliefs that a choice of the case can rest on:
// those held (β), those of the ideal observer (β°) and the truth (β*).

// refresh follows a change of what a case rests on: the suspect, the beliefs
// about the rivals' types, and the snapshot.
func (w *world) refresh(k *victimCase) {
	victim := w.victim(k)
	s := &w.m.states[victim].sensor
	w.work += s.look
	total := 0.0
	prior, like := w.priorOf(k, s), w.likeOf(k, s)
	for i := range prior {
		total += float64(prior[i] * like[i])
	}
	k.target, k.belief = -1, 0
	for n, rival := range s.rivals {
		sum, a, b := 0.0, 0.0, 0.0
		at := s.suspectOf[rival]
		for i, end := s.cellsOf(at); i < end; i++ {
			sum += float64(prior[i] * like[i])
			x := s.share[at] * like[i]
			a += float64(x * s.mix[i][0])
			b += float64(x * s.mix[i][1])
		}
		if p := sum / total; p > k.belief || k.target < 0 {
			k.target, k.belief = int16(rival), p
		}
		w.updateTrust(k, victim, rival, int(k.ratioAt)+n, elem.Log((total-sum+a)/(total-sum+b)))
	}
	w.takeSnapshot(k)
}

// ratioLimit keeps a log ratio of likelihoods finite: e^700 is near the largest float.
const ratioLimit = 700

// updateTrust replaces what this incident has said about the rival's type by the
// log ratio of all its evidence: an incident counts once.
func (w *world) updateTrust(k *victimCase, victim, rival int32, slot int, ratio float64) {
	ratio = elem.Max(-ratioLimit, elem.Min(ratioLimit, ratio)) // evidence can rule a type out
	if ratio < 0 {
		ratio *= w.breach(k, victim, rival)
	}
	w.shiftTrust(victim, rival, ratio-w.ratio[slot])
	w.ratio[slot] = ratio
}

// breach is the factor by which evidence against a bound rival weighs more: bound
// by commitments in force when the incident began, whatever came after.
func (w *world) breach(k *victimCase, victim, rival int32) float64 {
	f := 1.0
	if k.bound == 0 {
		return f
	}
	for c := range w.m.channels {
		if ch := &w.m.channels[c]; k.bound>>c&1 == 1 && ch.member[victim] && ch.member[rival] {
			f *= ch.effect.breach
		}
	}
	return f
}

// commitments returns the channels whose commitments are in force, by bit.
func (w *world) commitments() uint64 {
	mask := uint64(0)
	for c := range w.m.channels {
		if w.m.channels[c].on[scenario.Commitments] > 0 && w.channels[c].status == up {
			w.acted(int32(c), scenario.Commitments)
			mask |= 1 << c
		}
	}
	return mask
}

// trustLogit is the logit of i's belief that j is status quo, drifting back to
// its long-run value.
func (w *world) trustLogit(i, j int32) float64 {
	r := w.rel(i, j)
	b := &w.m.belief
	if b.reversion == 0 || r.trust == b.longRun || r.trustAt == w.now {
		return r.trust
	}
	return b.longRun + float64((r.trust-b.longRun)*elem.Exp(-b.reversion*(w.now-r.trustAt)))
}

func (w *world) shiftTrust(i, j int32, delta float64) {
	if delta == 0 {
		return
	}
	x := w.trustLogit(i, j) + delta
	r := w.rel(i, j)
	limit := w.m.belief.limit
	r.trust, r.trustAt = elem.Max(-limit, elem.Min(limit, x)), w.now
}

// takeSnapshot freezes what a review may use until the case's next own event.
func (w *world) takeSnapshot(k *victimCase) {
	if k.target >= 0 {
		k.snap = w.snapshotToward(w.victim(k), int32(k.target))
	}
}

func (w *world) snapshotToward(victim, target int32) snapshot {
	s := snapshot{
		at: w.now, tension: w.tensionOf(target, victim), ownTension: w.tensionOf(victim, target),
		statusQuo: elem.Logistic(w.trustLogit(victim, target)),
		cut:       1, hostage: 1, price: w.prices[victim], thaw: w.thawBetween(victim, target),
	}
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		if ch.on[scenario.PrivateOption] > 0 && w.links(int32(c), victim, target) {
			w.acted(int32(c), scenario.PrivateOption)
			s.cut *= ch.effect.privateCut
			s.hostage *= ch.effect.hostage
		}
	}
	return s
}

func (w *world) thawBetween(a, b int32) float64 {
	level := 0.0
	for i := range w.m.thaws {
		t := &w.m.thaws[i]
		if (t.a == a && t.b == b || t.a == b && t.b == a) && t.from <= w.now && w.now < t.until {
			level = elem.Max(level, t.level)
		}
	}
	return level
}

// held returns β: what the victim believes about its suspect when it chooses. Nothing has changed since refresh.
func (w *world) held(k *victimCase) decide.Beliefs {
	s := &w.m.states[w.victim(k)].sensor
	b := decide.Beliefs{Culprit: k.belief, Severity: k.estimate, StatusQuo: k.snap.statusQuo}
	w.believeIntent(&b, k, s, w.likeOf(k, s))
	return b
}

// onIdeal returns β°: what the ideal observer believes on the same evidence, with
// confidence 1, true signal and answer probabilities, and flags kept apart.
func (w *world) onIdeal(k *victimCase) decide.Beliefs {
	s := &w.m.states[w.victim(k)].sensor
	w.readIdeally(k)
	like := w.idealOf(k, s)
	w.tmp.like = w.tmp.like[:0]
	for i := range s.cells {
		from, to := s.hypothesesOf(i)
		p := 0.0
		for h := from; h < to; h++ {
			p += like[h]
		}
		w.tmp.like = append(w.tmp.like, p)
	}
	b := decide.Beliefs{Severity: k.posteriorSeverity, StatusQuo: k.snap.statusQuo}
	w.believe(&b, k, s, w.tmp.like)
	return b
}

// believe sets culprit and intent from likelihoods by cell.
func (w *world) believe(b *decide.Beliefs, k *victimCase, s *sensor, like []float64) {
	total := 0.0
	for i, p := range w.priorOf(k, s) {
		total += float64(p * like[i])
	}
	b.Culprit = w.believeIntent(b, k, s, like) / total
}

// believeIntent sets the intent from likelihoods by cell, and returns the suspect's part of their total.
func (w *world) believeIntent(b *decide.Beliefs, k *victimCase, s *sensor, like []float64) float64 {
	prior, sum := w.priorOf(k, s), 0.0
	for i, end := s.cellsOf(s.suspectOf[k.target]); i < end; i++ {
		p := float64(prior[i] * like[i])
		sum += p
		b.Intent[s.cellIntent[i]] += p
	}
	if sum == 0 {
		b.Intent = [4]float64{1, 0, 0, 0}
		return 0
	}
	for m := range b.Intent {
		b.Intent[m] /= sum
	}
	return sum
}

// priorOf and likeOf are the prior and the receiver's likelihoods of a case, by cell; idealOf are the likelihoods
// of the ideal observer, by hypothesis, of the pieces that it has read.
func (w *world) priorOf(k *victimCase, s *sensor) []float64 {
	return w.prior[k.priorAt:][:len(s.cells)]
}
func (w *world) likeOf(k *victimCase, s *sensor) []float64 { return w.like[k.priorAt:][:len(s.cells)] }
func (w *world) idealOf(k *victimCase, s *sensor) []float64 {
	return w.idealLike[k.idealAt:][:len(s.hypotheses)]
}

// onTruth returns β*: the beliefs of one who knows everything about the incident
// and about the state against which a step would be taken.
func (w *world) onTruth(in *incident, against int32) decide.Beliefs {
	st := &w.m.streams[in.stream]
	b := decide.Beliefs{Severity: in.severity}
	if st.source == against {
		b.Culprit = 1
		b.Intent[st.intent] = 1
	} else {
		b.Intent[scenario.Espionage] = 1
	}
	if w.types[against] == 0 {
		b.StatusQuo = 1
	}
	return b
}
