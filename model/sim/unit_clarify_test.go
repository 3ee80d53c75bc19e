package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/scenario"
)

// asking makes channels put their question with certainty and be answered.
func (y *yard) asking(channels ...int32) {
	for _, c := range channels {
		ch := &y.m.channels[c]
		ch.on[scenario.Clarify], ch.contact, ch.contactZ, ch.effect.leak = 1, 1, 0, 0
	}
	y.bring(channels...)
}

// Catches: a question through every channel, through one that is down, or none after the first has failed.
func TestUnitWhichChannelAsks(t *testing.T) {
	for _, c := range []struct {
		embassy, forum bool // up
		strength       float64
		hostile        bool // the forum's question, hence its likelihoods, was used
		asked          int
	}{{true, true, 1, false, 1}, {true, true, 0, true, 1}, {false, true, 1, true, 1}, {true, false, 1, false, 1},
		{false, false, 1, false, 0}} {
		y := newYard(t)
		y.asking(embassy, forum)
		y.m.channels[embassy].on[scenario.Clarify] = c.strength
		for n, is := range []bool{c.embassy, c.forum} {
			if !is {
				y.channels[n].status = suspended
			}
		}
		for n := range 2 { // guilty and innocent deny; only the channel tells the factors apart
			y.m.channels[n].answers = [2][2]answerOdds{{{1, 0}, {1, 0}}, {{1, 0}, {0.25 * float64(n+1), 0}}}
		}
		id := y.suspects(borland, scenario.Prepositioning, 0.5, 0.5)
		y.ask(id)
		if y.out.Questions != c.asked || y.out.Answers[denied] != c.asked {
			t.Fatalf("%+v: %d questions", c, y.out.Questions)
		}
		want := 0.5
		if c.asked > 0 {
			weight := map[bool]float64{false: 0.25, true: 0.5}[c.hostile]
			want = weight / (weight + 1)
		}
		near(t, "belief", y.cases[id].belief, want)
	}
}

// Catches: contact by the asker's tension, without its decay, or drawn with the question's number.
func TestUnitContact(t *testing.T) {
	y := newYard(t, set{"tension.initial", "0"})
	y.asking(forum)
	ch := &y.m.channels[forum]
	ch.on[scenario.Clarify], ch.contact, ch.contactZ = 0.7, 0.9, 2
	ch.answers = [2][2]answerOdds{{{1, 0}, {1, 0}}, {{1, 0}, {1, 0}}}
	id := y.suspects(borland, scenario.Prepositioning, 0.5, 0.5)
	*y.rel(borland, aland), *y.rel(aland, borland) = relation{tension: decaying{0.4, 0}},
		relation{tension: decaying{0.1, 0}}
	hits(func(n int) bool {
		before := y.out.Questions
		y.cases[id].entity = numbered(n)
		y.ask(id)
		return y.out.Questions > before
	}).equals(t, "asked and answered", 0.7*0.9*math.Exp(-2*0.4), 0.04)
}

// Catches: the odds of the innocent for the guilty, silence drawn on top of denial, espionage guilty of the hostile
// question.
func TestUnitAnswers(t *testing.T) {
	for _, c := range []struct {
		source   int32
		intent   scenario.Intent
		hostileQ bool
		want     answerOdds
	}{{borland, scenario.Prepositioning, true, answerOdds{0.5, 0.2}},
		{borland, scenario.Espionage, true, answerOdds{0.8, 0.15}},
		{borland, scenario.Espionage, false, answerOdds{0.5, 0.2}},
		{cerland, scenario.Disruption, false, answerOdds{0.8, 0.15}}} {
		y := newYard(t)
		y.asking(forum)
		ch := &y.m.channels[forum]
		ch.hostileQ = c.hostileQ
		ch.answers = [2][2]answerOdds{{{0.8, 0.15}, {0.5, 0.5}}, {{0.5, 0.2}, {0.5, 0.5}}}
		k := &y.cases[y.suspects(c.source, c.intent, 0.5, 0.5)]
		for answer, want := range []float64{c.want.deny, c.want.silent, 1 - c.want.deny - c.want.silent} {
			hits(func(n int) bool {
				before := y.out.Answers[answer]
				k.entity = numbered(n)
				y.hear(k, ch, borland)
				return y.out.Answers[answer] > before
			}).equals(t, "answer", want, 0.04)
		}
		near(t, "an odd that is left", answerOdds{0.8, 0.3}.of(admitted), 0)
	}
}

// Catches: the truth's odds in the receiver's weights or the believed ones in the ideal observer's; the gang asked.
func TestUnitAnswerLikelihoods(t *testing.T) {
	y := newYard(t)
	ch := &y.m.channels[forum]
	ch.hostileQ = true
	ch.answers = [2][2]answerOdds{{{0.9, 0.05}, {0.95, 0.04}}, {{0.7, 0.2}, {0.6, 0.3}}}
	for answer, odds := range [][4]float64{{0.95, 0.6, 0.9, 0.7}, {0.04, 0.3, 0.05, 0.2}, {0.01, 0.1, 0.05, 0.1}} {
		k := &y.cases[y.spied()]
		s := &y.m.states[aland].sensor
		if !y.weighAnswer(k, ch, borland, answer) {
			t.Fatal("an answer that says nothing")
		}
		y.weighAnswerIdeally(k, ch, borland, odds[2], odds[3])
		for i, id := range s.cells {
			guilty := 0
			if st := &y.m.streams[id]; st.source == borland && st.intent.Hostile() {
				guilty = 1
			}
			near(t, "like", y.like[int(k.priorAt)+i], odds[guilty])
			from, to := s.hypothesesOf(i)
			for h := from; h < to; h++ {
				near(t, "ideal", y.idealLike[int(k.idealAt)+h], odds[2+guilty]*s.hypotheses[h].prior)
			}
		}
	}
}

// Catches: an answer that the asker expects alike taken for news, or one that leaves the ideal observer unmoved.
func TestUnitAnswerWithoutNews(t *testing.T) {
	y := newYard(t)
	y.asking(forum)
	ch := &y.m.channels[forum]
	ch.answers = [2][2]answerOdds{{{1, 0}, {0.9, 0.1}}, {{0.5, 0.5}, {0.9, 0.1}}}
	k := &y.cases[y.suspects(cerland, scenario.Disruption, 0.5, 0.5)]
	k.dirty = false
	y.hear(k, ch, borland)
	if near(t, "held", y.held(k).Culprit, 0.5); k.dirty {
		t.Error("an answer that says nothing asks for a review")
	}
	near(t, "ideal", y.onIdeal(k).Culprit, 0.25/0.75)
}

// Catches: denial and admission exchanged in K, the silent share left out, trial weights that stay in the case.
func TestUnitStrategicDenial(t *testing.T) {
	y := newYard(t, set{"assumptions.model.answers", "strategic"}, set{"choice.rationality", "4"})
	y.asking(forum)
	ch := &y.m.channels[forum]
	ch.hostileQ, ch.answerLam = false, 12
	ch.answers = [2][2]answerOdds{{{0.9, 0.08}, {0.9, 0.06}}, {{0.1, 0.3}, {0.6, 0.3}}}
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.6, 0.6)]
	mean := func(belief float64) float64 {
		b := decide.Beliefs{Culprit: belief, Intent: [4]float64{0, 1, 0, 0}, Severity: k.estimate,
			StatusQuo: k.snap.statusQuo}
		u := y.utilities(k, &b, &k.snap, borland)
		top, total := 0.0, 0.0
		for r, x := range u {
			top += math.Exp(4*x) * y.m.scale.Rungs[r].Level
			total += math.Exp(4 * x)
		}
		return top / total
	}
	deny := mean(0.6 * 0.6 / (0.6*0.6 + 0.4*0.9))
	admit := mean(0.6 * 0.1 / (0.6*0.1 + 0.4*0.04))
	want := 1 / (1 + math.Exp(-12*(admit-deny)))
	near(t, "denial", y.strategicDenial(k, ch, borland), want)
	near(t, "belief afterwards", y.held(k).Culprit, 0.6)
	if want < 0.55 {
		t.Errorf("a denial of %v hardly differs from a coin", want)
	}
	weights := append([]float64(nil), y.like...)
	hits(func(n int) bool {
		before := y.out.Answers[denied]
		k.entity = numbered(n)
		copy(y.like, weights)
		y.refresh(k)
		y.hear(k, ch, borland)
		return y.out.Answers[denied] > before
	}).equals(t, "denials", 0.7*want, 0.04)
}

// Catches: a leak of what is public, closed or leaked already, through a channel of others or without a mandate.
func TestUnitLeaks(t *testing.T) {
	y := newYard(t)
	y.m.channels[forum].on[scenario.Leaks], y.m.channels[forum].effect.leak = 1, 0.3
	y.bring(forum)
	k := &y.cases[y.spied()]
	through := func(prepare func()) *share {
		return hits(func(n int) bool {
			y.queue.clear()
			k.entity, k.leaked, k.disclosed, k.state = numbered(n), false, false, open
			prepare()
			y.leakThrough(0, aland, borland)
			return len(y.queued(kindDisclosure)) == 1
		})
	}
	through(func() {}).equals(t, "leaked", 0.3, 0.04)
	for what, prepare := range map[string]func(){"public": func() { k.disclosed = true },
		"leaked": func() { k.leaked = true }, "closed": func() { k.state = closed }} {
		through(prepare).equals(t, what, 0, 0.04)
	}
	y.channels[forum].status = lapsed
	through(func() {}).equals(t, "through a channel that is down", 0, 0.04)
}

// Catches: a démarche that cannot leak, a leak of silence or of a covert operation.
func TestUnitLeaksOfSteps(t *testing.T) {
	for rung, want := range map[int]bool{1: true, 2: true, 7: false} {
		y := newYard(t)
		y.m.channels[forum].on[scenario.Leaks], y.m.channels[forum].effect.leak = 1, 1
		y.bring(forum)
		id := y.spied()
		y.deliver(id, impact{actor: aland, accused: borland, rung: rung, level: 0.1, chain: int32(rung)})
		if y.cases[id].leaked != want {
			t.Errorf("R%d leaks: %v", rung, !want)
		}
	}
}
