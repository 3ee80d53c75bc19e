package sim

import (
	"math"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// The answers to a question.
const (
	denied = iota
	silence
	admitted
)

// ask puts the automatic question on a new case through the first channel that
// puts it and reaches the suspect. It is no act of the ladder; an answer that
// the asker expects alike from guilty and innocent changes nothing.
func (w *world) ask(id int32) {
	k := &w.cases[id]
	if k.target < 0 {
		return
	}
	victim, target := w.victim(k), int32(k.target)
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		if ch.on[scenario.Clarify] == 0 || !w.links(int32(c), victim, target) {
			continue
		}
		address := random.Pair(k.entity, ch.hash)
		if w.uniform(address, random.Question) >= ch.on[scenario.Clarify] ||
			w.uniform(address, random.Contact) >= ch.contact*elem.Exp(-ch.contactZ*w.tensionOf(target, victim)) {
			continue
		}
		w.acted(int32(c), scenario.Clarify)
		w.hear(k, ch, target)
		w.leakThrough(id, victim, target)
		return
	}
}

// hear draws the answer by the guilt of the one asked, and updates the likelihoods of
// the victim and of the ideal observer.
func (w *world) hear(k *victimCase, ch *channel, target int32) {
	st := w.stream(k)
	innocent, guilty := ch.answers[0][0], ch.answers[1][0]
	if w.m.method.strategic {
		guilty.deny = (1 - guilty.silent) * w.strategicDenial(k, ch, target)
	}
	odds := innocent
	if w.asked(ch, st, target) {
		odds = guilty
	}
	answer := admitted
	switch u := w.uniform(k.entity, random.Answer); {
	case u < odds.deny:
		answer = denied
	case u < odds.deny+odds.silent:
		answer = silence
	}
	if w.inWindow() {
		w.out.Questions++
		w.out.Answers[answer]++
	}
	w.observe(EventAnswer, k, target, st.victim, func(e *Event) { e.Answer = answer })
	w.weighAnswerIdeally(k, ch, target, innocent.of(answer), guilty.of(answer))
	if w.weighAnswer(k, ch, target, answer) {
		k.dirty = true
		w.refresh(k)
	}
}

// asked reports whether the question applies to incidents of a stream: whether
// the one asked would be guilty of it.
func (w *world) asked(ch *channel, st *stream, target int32) bool {
	return st.source == target && (!ch.hostileQ || st.intent.Hostile())
}

// weighAnswer multiplies the receiver's likelihoods by what it believes of the
// answers, and reports whether that said anything.
func (w *world) weighAnswer(k *victimCase, ch *channel, target int32, answer int) bool {
	s := &w.m.states[w.victim(k)].sensor
	return weigh(w.likeOf(k, s), ch.answers[0][1].of(answer), ch.answers[1][1].of(answer),
		func(i int) bool { return w.asked(ch, &w.m.streams[s.cells[i]], target) })
}

// weighAnswerIdeally does so for the ideal observer, by the true probabilities.
func (w *world) weighAnswerIdeally(k *victimCase, ch *channel, target int32, innocent, guilty float64) {
	s := &w.m.states[w.victim(k)].sensor
	w.readIdeally(k)
	weigh(w.idealOf(k, s), innocent, guilty,
		func(h int) bool { return w.asked(ch, &w.m.streams[s.cells[s.hypotheses[h].cell]], target) })
}

// weigh multiplies likelihoods by the probability of an answer from a guilty or an
// innocent one, and reports whether that said anything.
func weigh(like []float64, innocent, guilty float64, isGuilty func(i int) bool) bool {
	if innocent == guilty {
		return false
	}
	for i := range like {
		if isGuilty(i) {
			like[i] *= guilty
		} else {
			like[i] *= innocent
		}
	}
	rescale(like)
	return true
}

// of is the probability of an answer.
func (o answerOdds) of(answer int) float64 {
	switch answer {
	case denied:
		return o.deny
	case silence:
		return o.silent
	}
	return math.Max(0, 1-o.deny-o.silent)
}

// strategicDenial is the guilty's denial when it answers with an eye to the
// consequence: σ(λ[K(admit) − K(deny)]), K the level it expects to suffer.
func (w *world) strategicDenial(k *victimCase, ch *channel, target int32) float64 {
	return elem.Logistic(ch.answerLam *
		(w.expectedAfter(k, ch, target, admitted) - w.expectedAfter(k, ch, target, denied)))
}

// expectedAfter is the mean level of the victim's choice if the answer were given.
func (w *world) expectedAfter(k *victimCase, ch *channel, target int32, answer int) float64 {
	s := &w.m.states[w.victim(k)].sensor
	like := w.likeOf(k, s)
	w.tmp.like = append(w.tmp.like[:0], like...)
	w.weighAnswer(k, ch, target, answer)
	b := decide.Beliefs{Severity: k.estimate, StatusQuo: k.snap.statusQuo}
	w.believe(&b, k, s, like)
	copy(like, w.tmp.like)
	d := w.chooseByLogit(k, &b)
	return d.Mean(w.m.scale)
}
