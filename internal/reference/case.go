package reference

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// incident is what happened, whether or not anybody finds it.
type incident struct {
	entity     uint64
	stream     *stream
	label      string
	named      *scenario.Incident // of the scenario, nil where it was drawn
	start      float64
	discovered float64
	severity   float64
	frame      string          // whom a false flag points at, "" without one
	bound      map[string]bool // channels whose commitments were in force at its start

	publications       []float64 // pending disclosures and leaks
	disclosed, exposed bool      // public by whatever hand; by another's than the victim's
	leaked             bool
}

// victimCase is the victim's side of an incident, empty until it is discovered.
type victimCase struct {
	incident
	CaseResult

	closes              float64
	isOpen, isClosed    bool
	counted             bool
	perceived, estimate float64
	posteriorSeverity   float64
	prior               map[string]float64 // by stream name
	seen                []item
	told                map[string]float64 // log ratio already told about each rival
	pieces              int

	nextPiece, nextReview, due float64 // +Inf without
	spoken                     bool    // the victim has taken a public step
	fresh, waiting, waited     bool
	decided                    bool
	view                       view

	highest, accused int
	acts             []int // rungs, in their order
	against          string
	wanted           int
	lo, hi           float64 // between which the history puts the uniform
}

// item is one thing seen: a piece of evidence or an answer.
type item struct {
	indicated string             // piece: the source it points at
	signal    int                // piece: 1 hostile, 0 not, −1 none
	alarm     map[string]float64 // piece: factor on false alarms by source, when it was seen
	missed    map[string]float64
	asked     string // answer: by whom
	hostile   bool   // answer: to the question that asks for hostile intent too
	believed  map[bool]float64
	actual    map[bool]float64 // probability of the answer by guilt
}

// suspects are the sources with a stream against the victim.
func (w *world) suspects(victim string) []string {
	return w.suspectsOf.recall(victim, func() (out []string) {
		for _, src := range w.sources {
			if len(w.cells(victim, src)) > 0 {
				out = append(out, src)
			}
		}
		return out
	})
}

// cells are the streams of one source against the victim.
func (w *world) cells(victim, source string) []*stream {
	return w.cellsOf.recall([2]string{victim, source}, func() (out []*stream) {
		for _, s := range w.streams {
			if s.victim == victim && s.source == source {
				out = append(out, s)
			}
		}
		return out
	})
}

func (w *world) allCells(victim string) []*stream {
	return w.cellsOf.recall([2]string{victim, ""}, func() (out []*stream) {
		for _, src := range w.suspects(victim) {
			out = append(out, w.cells(victim, src)...)
		}
		return out
	})
}

func (w *world) rivals(victim string) []string {
	return slices.DeleteFunc(slices.Clone(w.suspects(victim)), func(source string) bool { return !w.isState[source] })
}

// found is the rate of discovered incidents of a stream, by type.
func (w *world) found(s *stream, t string) float64 {
	return s.rate[t] * w.atPath("discovery.share", s.entity)
}

func (w *world) foundFrom(victim, source, t string) float64 {
	sum := 0.0
	for _, s := range w.cells(victim, source) {
		sum += w.found(s, t)
	}
	return sum
}

// share is the prior share of a suspect among discovered incidents, at even odds
// of its type.
func (w *world) share(victim, source string) float64 {
	of := func(src string) float64 { return 0.5*w.foundFrom(victim, src, "S") + 0.5*w.foundFrom(victim, src, "E") }
	return w.shares.recall([2]string{victim, source}, func() float64 {
		total := 0.0
		for _, src := range w.suspects(victim) {
			total += of(src)
		}
		if total == 0 {
			return 1 / float64(len(w.suspects(victim)))
		}
		return of(source) / total
	})
}

// mixOf is P(intent of the stream | its source did it and is of type t).
func (w *world) mixOf(s *stream, t string) float64 {
	return w.mixes.recall([2]string{s.name, t}, func() float64 {
		if sum := w.foundFrom(s.victim, s.source, t); sum > 0 {
			return w.found(s, t) / sum
		}
		return 1 / float64(len(w.cells(s.victim, s.source))) // no rate is above 0
	})
}

// discover opens the case, rule 2.
func (w *world) discover(k *victimCase) {
	victim := k.stream.victim
	k.isOpen, k.counted, k.fresh = true, w.now >= 0, true
	k.hi = 1
	k.closes = w.now + w.of("evidence.case", victim)*w.exponential(k.entity, random.CaseLength, 0)
	k.nextPiece, k.nextReview, k.due = math.Inf(1), math.Inf(1), math.Inf(1)
	k.told, k.prior = map[string]float64{}, map[string]float64{}
	for _, s := range w.allCells(victim) {
		t := 0.5
		if w.isState[s.source] {
			t = w.statusQuo(victim, s.source)
		}
		k.prior[s.name] = w.share(victim, s.source) * (t*w.mixOf(s, "S") + (1-t)*w.mixOf(s, "E"))
	}
	w.perceive(k)
	w.timeDisclosure(k)
	w.timeReview(k)
	if k.counted {
		w.Counts["discovered"]++
	}
	w.note(Event{Kind: "discovery", Actor: victim}, k)
	w.piece(k)
	w.refresh(k)
	for _, rival := range w.rivals(victim) {
		k.Thaw = math.Max(k.Thaw, w.thawNow(victim, rival))
	}
	if k.Tension = -1; k.Target != "" {
		k.Tension = w.tension(victim, k.Target)
	}
	w.ask(k)
	w.review(k)
}

// perceive: rule 4. The posterior mean is integrated on a grid, which for a
// smooth density with such tails is exact to the last digits.
func (w *world) perceive(k *victimCase) {
	noise := w.of("evidence.severity_noise", k.stream.victim)
	k.perceived = k.severity * elem.Exp(noise*w.normal(k.entity, random.SeverityNoise, 0))
	k.posteriorSeverity = k.perceived
	if noise > 0 {
		k.posteriorSeverity = math.Min(10, w.meanSeverity(k, noise))
	}
	k.estimate = k.posteriorSeverity
	if w.v.Model.Severity == "raw" {
		k.estimate = math.Min(10, k.perceived)
	}
}

func (w *world) meanSeverity(k *victimCase, noise float64) float64 {
	seen, spread := elem.Log(k.perceived), w.global("severity.spread")
	step := math.Min(noise, spread) / 6
	sum, weight := 0.0, 0.0
	for _, s := range w.allCells(k.stream.victim) {
		centre := elem.Log(w.global("severity." + s.intent.String()))
		for x := seen - 12*noise; x < seen+12*noise; x += step {
			d, e := (x-centre)/spread, (seen-x)/noise
			p := k.prior[s.name] * elem.Exp(-(d*d+e*e)/2)
			sum += p * elem.Exp(x)
			weight += p
		}
	}
	if weight == 0 {
		return k.perceived
	}
	return sum / weight
}

func (w *world) timeDisclosure(k *victimCase) {
	at, e := math.Inf(1), k.stream.entity
	if k.named != nil && k.named.Disclosed >= 0 {
		at = w.now + w.theta[k.named.Disclosed]
	} else if w.uniform(k.entity, random.Disclosed, 0) < w.atPath("disclosure.share", e) {
		z := w.normal(k.entity, random.DisclosureDelay, 0)
		at = w.now + elem.Exp(elem.Log(w.atPath("disclosure.delay", e))+w.atPath("disclosure.spread", e)*z)
	}
	if at < k.closes {
		k.publications = append(k.publications, at)
	}
}

func (w *world) timeReview(k *victimCase) {
	k.nextReview = math.Inf(1)
	if every := w.of("choice.review", k.stream.victim); every > 0 && w.now+every < k.closes {
		k.nextReview = w.now + every
	}
}

// disclose makes an incident public by another hand than the victim's.
func (w *world) disclose(k *victimCase) {
	k.publications = slices.DeleteFunc(k.publications, func(at float64) bool { return at == w.now })
	if k.disclosed {
		return
	}
	k.disclosed, k.exposed, k.fresh = true, true, true
	w.note(Event{Kind: "disclosure", Actor: k.stream.victim}, k)
	if k.Target != "" {
		w.suffer(k.stream.victim, k.Target, w.global("tension.disclosure")*k.Belief)
	}
	w.refresh(k)
	w.review(k)
}

// closeCase: a closed case takes nothing any more, and what was taken is compared
// with what full knowledge would have valued most.
func (w *world) closeCase(k *victimCase) {
	k.isOpen, k.isClosed = false, true
	w.note(Event{Kind: "close", Actor: k.stream.victim, Target: k.Target, Rung: k.highest}, k)
	if k.counted {
		k.Regret = w.regret(k)
	}
}
