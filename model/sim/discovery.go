package sim

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

// Discovery and disclosure, rule 2 of docs/MODEL.md.

// discover opens the victim's case: prior, perceived severity, first piece of
// evidence, the automatic question, first review.
func (w *world) discover(e event) {
	k := &w.cases[e.id]
	st := w.stream(k)
	v := &w.m.states[st.victim]
	s := &v.sensor
	k.state, k.dirty = open, true
	k.counted = w.now >= 0
	k.misstepOn, k.namedOn, k.falselyOn = -1, -1, -1
	k.uniform = w.uniform(k.entity, random.Choice)
	k.lo, k.hi = 0, 1
	k.closeAt = w.now + float64(s.caseMean*w.exponential(k.entity, random.CaseLength, 0))
	w.openCases++
	if k.counted {
		w.out.Discovered++
	}
	w.work += len(s.cells) + len(s.hypotheses)
	w.setPrior(k)
	w.perceive(k)
	w.queue.push(event{time: k.closeAt, kind: kindClose, id: e.id, tie: k.entity})
	w.scheduleDisclosure(e.id)
	if v.review > 0 && w.now+v.review < k.closeAt {
		w.queue.push(event{time: w.now + v.review, kind: kindReview, id: e.id, tie: k.entity})
	}
	w.observe(EventDiscovery, k, st.victim, -1, nil)
	w.piece(k)
	w.schedulePiece(e.id)
	w.refresh(k)
	w.noteWeather(k)
	w.ask(e.id)
	w.needMoment(k)
	w.review(e.id)
}

// noteWeather keeps in which thaw and under which tension a case began.
func (w *world) noteWeather(k *victimCase) {
	victim := w.victim(k)
	for _, rival := range w.m.states[victim].sensor.rivals {
		k.thaw = elem.Max(k.thaw, w.thawBetween(victim, rival))
	}
	if k.tension = -1; k.target >= 0 {
		k.tension = w.tensionOf(victim, int32(k.target))
	}
}

func (w *world) exponential(entity uint64, p random.Purpose, n int32) float64 {
	return w.rep.Exponential(random.Stream(entity, p), int(n))
}

// setPrior freezes the prior over cells: each suspect's share, times the mix of
// its intents under the present belief about its type.
func (w *world) setPrior(k *victimCase) {
	victim := w.victim(k)
	s := &w.m.states[victim].sensor
	k.priorAt, k.idealAt, k.ratioAt = int32(len(w.prior)), int32(len(w.idealLike)), int32(len(w.ratio))
	for i, id := range s.cells {
		src := w.m.streams[id].source
		t := 0.5
		if w.m.sources[src].state {
			t = elem.Logistic(w.trustLogit(victim, src))
		}
		mix := &s.mix[i]
		w.prior = append(w.prior, s.share[s.cellSuspect[i]]*(float64(t*mix[0])+float64((1-t)*mix[1])))
		w.like = append(w.like, 1)
	}
	for i := range s.hypotheses {
		w.idealLike = append(w.idealLike, s.hypotheses[i].prior)
	}
	for range s.rivals {
		w.ratio = append(w.ratio, 0)
	}
}

// perceive draws the severity that the victim sees, Ŝ = S·exp(τz), and sets the one
// that its choices use and the one of the ideal observer.
func (w *world) perceive(k *victimCase) {
	victim := w.victim(k)
	s := &w.m.states[victim].sensor
	z := w.normal(k.entity, random.SeverityNoise)
	k.perceived = k.severity * elem.Exp(s.noise*z)
	k.posteriorSeverity = w.severityGiven(k, s)
	k.estimate = k.posteriorSeverity
	if w.m.method.rawSeverity {
		k.estimate = math.Min(10, k.perceived)
	}
}

// severityGiven returns E[S | Ŝ] under the prior mixture of intents, at most 10.
// Severities are lognormal, so that each intent has its posterior in closed form.
func (w *world) severityGiven(k *victimCase, s *sensor) float64 {
	noise := float64(s.noise * s.noise)
	if noise == 0 {
		return k.perceived
	}
	x := elem.Log(k.perceived)
	sum, weight := 0.0, 0.0
	for i, id := range s.cells {
		st := &w.m.streams[id]
		spread := float64(st.severitySpread * st.severitySpread)
		total := spread + noise
		d := x - st.severity
		p := float64(w.prior[int(k.priorAt)+i] * elem.Exp(-d*d/(2*total)))
		mean := (float64(st.severity*noise) + float64(x*spread)) / total
		sum += float64(p * elem.Exp(mean+float64(spread*noise/total/2)))
		weight += p
	}
	if weight == 0 {
		return math.Min(10, k.perceived)
	}
	return math.Min(10, sum/weight)
}

func (w *world) scheduleDisclosure(id int32) {
	k := &w.cases[id]
	st := w.stream(k)
	at := math.Inf(1)
	switch {
	case k.named >= 0 && w.m.incidents[k.named].disclosed >= 0:
		at = w.now + w.m.incidents[k.named].disclosed
	case w.uniform(k.entity, random.Disclosed) < st.disclosed:
		at = w.now + st.disclosure.at(w.normal(k.entity, random.DisclosureDelay))
	}
	if at < k.closeAt {
		w.queue.push(event{time: at, kind: kindDisclosure, id: id, tie: k.entity})
	}
}

// disclose makes the incident public by another hand than the victim's.
func (w *world) disclose(e event) {
	k := &w.cases[e.id]
	w.publish(k)
	w.refresh(k)
	w.review(e.id)
}

// publish marks an incident as public knowledge and lets the victim's tension
// toward the suspect rise with its belief.
func (w *world) publish(k *victimCase) {
	k.disclosed, k.exposed, k.dirty = true, true, true
	w.observe(EventDisclosure, k, w.victim(k), -1, nil)
	if k.target >= 0 {
		w.strain(w.victim(k), int32(k.target), w.m.tension.disclosure*k.belief)
	}
}
