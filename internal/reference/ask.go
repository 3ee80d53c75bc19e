package reference

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

// The answers: denial, silence, admission.
const (
	denial = iota
	silence
	admission
)

var guiltNames = map[bool]string{true: "guilty", false: "innocent"}

// answerOdds is P(answer | guilt), true or, with "_belief", as the asker believes.
func (c *forum) answerOdds(answer int, guilty bool, belief string) float64 {
	deny, silent := c.of("clarify.deny_"+guiltNames[guilty]+belief), c.of("clarify.silent_"+guiltNames[guilty]+belief)
	return [3]float64{deny, silent, math.Max(0, 1-deny-silent)}[answer]
}

// ask puts the automatic question through the first channel that puts it and
// reaches the suspect; clarify in section 6.
func (w *world) ask(k *victimCase) {
	victim := k.stream.victim
	if k.Target == "" {
		return
	}
	for _, c := range w.channels {
		address := random.Pair(k.entity, c.hash())
		if !w.carries(c, victim, k.Target) || w.uniform(address, random.Question, 0) >= c.strength("clarify") {
			continue
		}
		reached := c.of("life.contact") * elem.Exp(-c.of("life.contact_decay")*w.tension(k.Target, victim))
		if w.uniform(address, random.Contact, 0) >= reached {
			continue
		}
		asked := k.Target // a leak is about the one who was asked, whoever is suspected after
		w.hear(k, c)
		w.leak(k, victim, asked)
		return
	}
}

// hear draws the answer and learns from it.
func (w *world) hear(k *victimCase, c *forum) {
	it := item{asked: k.Target, hostile: c.def.Question == "culprit-and-intent"}
	guilty := isAsked(it, k.stream)
	deny, silent := c.answerOdds(denial, guilty, ""), c.answerOdds(silence, guilty, "")
	strategic, strategy := w.v.Model.Answers == "strategic", 0.0
	if strategic {
		strategy = (1 - c.answerOdds(silence, true, "")) * w.strategicDenial(k, c, it)
	}
	if guilty && strategic {
		deny = strategy
	}
	answer := admission
	if u := w.uniform(k.entity, random.Answer, 0); u < deny {
		answer = denial
	} else if u < deny+silent {
		answer = silence
	}
	w.tally("questions")
	w.note(Event{Kind: "answer", Actor: k.Target, Target: k.stream.victim, Answer: answer}, k)
	it = it.answered(c, answer)
	if strategic {
		silent := c.answerOdds(silence, true, "")
		it.actual[true] = [3]float64{strategy, silent, math.Max(0, 1-strategy-silent)}[answer]
	}
	k.seen = append(k.seen, it)
	if it.believed[true] != it.believed[false] {
		k.fresh = true
		w.refresh(k)
	}
}

func (it item) answered(c *forum, answer int) item {
	it.believed, it.actual = map[bool]float64{}, map[bool]float64{}
	for _, guilty := range []bool{true, false} {
		it.believed[guilty] = c.answerOdds(answer, guilty, "_belief")
		it.actual[guilty] = c.answerOdds(answer, guilty, "")
	}
	return it
}

// strategicDenial is σ(λ[K(admit) − K(deny)]), K the mean level of the victim's
// choice if that answer were given.
func (w *world) strategicDenial(k *victimCase, c *forum, it item) float64 {
	expected := func(answer int) float64 {
		p := w.posteriorOf(k, w.likelihoods(k, append(slices.Clone(k.seen), it.answered(c, answer))))
		return w.meanLevel(w.odds(k, p.belief(k, k.estimate)))
	}
	return elem.Logistic(c.of("clarify.rationality") * (expected(admission) - expected(denial)))
}

// leak makes a private contact public where a channel that carried it leaks.
func (w *world) leak(k *victimCase, actor, accused string) {
	if k.disclosed || k.leaked || !k.isOpen {
		return
	}
	for _, c := range w.channels {
		p := c.strength("leaks") * c.of("effect.leak")
		if w.carries(c, actor, accused) && w.uniform(random.Pair(k.entity, c.hash()), random.Leak, 0) < p {
			k.leaked = true
			w.note(Event{Kind: "leak", Actor: actor, Target: accused}, k)
			k.publications = append(k.publications, w.now)
			return
		}
	}
}
