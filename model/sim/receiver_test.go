package sim

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/scenario"
)

// letter is the scenario whose receiver the test writes out by the letter of the
// model: three candidates and criminals, flags of two kinds, over-confidence, wrong
// beliefs about signals and answers, types that matter. No belief fades.
const letter = `
misstep: 1
title: A receiver by the letter
start: 2026-01-01
horizon: 4y
card: {question: Is the posterior Bayes?, shows: Section 9., try: [x], limits: No finding.,
  sources: ["model: section 9"]}
assumptions:
  model: {backlog: 2y}
  states:
    Aland: {evidence: {skill: 0.7, confidence: 1.3, signal: 0.6, false_alarm: 0.25, signal_belief: 1.2,
      false_alarm_belief: 0.8, severity_noise: 0.4, gap: 90d}}
    Borland: {type: {hostile_status_quo: 0.5, hostile_revisionist: 1.5}}
    Cerland: {type: {hostile_status_quo: 0.7, hostile_revisionist: 1.8}, evidence: {flag_rate: 0.1, flag_hit: 0.5}}
  groups:
    criminals: {frames: [Borland, Cerland], evidence: {flag_rate: 0.2, flag_hit: 0.7}}
  onset:
    - {source: Borland, victim: Aland, rate: 2, counted: started,
        mix: {espionage: 0.6, prepositioning: 0.3, disruption: 0.1}, discovery: {share: 0.6}}
    - {source: Cerland, victim: Aland, rate: 1, counted: started, mix: {espionage: 0.7, disruption: 0.3},
        discovery: {share: 0.9}}
    - {source: criminals, victim: Aland, rate: 1.5, counted: started, mix: {crime: 1}, discovery: {share: 0.8}}
  belief: {initial: 0.4, reversion: 0, limit: 60}
  beliefs:
    - {state: Aland, about: Cerland, status_quo: 0.7}
  choice: {rationality: 20}
  channels:
    line:
      strength: {clarify: 0.8}
      life: {contact: 1, contact_decay: 0, lapse: 0}
      clarify: {deny_guilty: 0.8, silent_guilty: 0.1, deny_innocent: 0.9, silent_innocent: 0.05,
        deny_guilty_belief: 0.6, silent_guilty_belief: 0.3, deny_innocent_belief: 0.95, silent_innocent_belief: 0.02}
levers:
  channels:
    line: {members: [Aland, Borland, Cerland], meets: false, question: culprit-and-intent, mandate: [clarify]}
arms: {only: {}}
`

// cell is one culprit with one intent, as a person would list them.
type cell struct {
	source  string
	intent  scenario.Intent
	rate    [2]float64 // discovered, by type
	flag    float64    // P(false flag)
	hit     float64
	frames  []string
	hostile bool
}

// letterCells is the list for the scenario above, worked out by hand: hostile
// rates times θ, espionage fills up the total, all times the share discovered.
func letterCells() []cell {
	of := func(source string, m scenario.Intent, s, e, discovered float64) cell {
		return cell{source: source, intent: m, rate: [2]float64{s * discovered, e * discovered}, hostile: m.Hostile()}
	}
	cells := []cell{
		of("Borland", scenario.Espionage, 2*(1-0.5*0.4), 2*(1-1.5*0.4), 0.6),
		of("Borland", scenario.Prepositioning, 2*0.5*0.3, 2*1.5*0.3, 0.6),
		of("Borland", scenario.Disruption, 2*0.5*0.1, 2*1.5*0.1, 0.6),
		of("Cerland", scenario.Espionage, 1-0.7*0.3, 1-1.8*0.3, 0.9),
		of("Cerland", scenario.Disruption, 0.7*0.3, 1.8*0.3, 0.9),
		of("criminals", scenario.Crime, 1.5, 1.5, 0.8),
	}
	for i := range cells {
		switch cells[i].source {
		case "Cerland":
			cells[i].flag, cells[i].hit, cells[i].frames = 0.1, 0.5, []string{"Borland"}
		case "criminals":
			cells[i].flag, cells[i].hit, cells[i].frames = 0.2, 0.7, []string{"Borland", "Cerland"}
		}
	}
	return cells
}

var letterRivals = []string{"Borland", "Cerland"}

// hint is one thing seen: a piece, or an answer of the one asked.
type hint struct {
	indicated string
	signal    int // −1 without
	asked     string
	answer    int // −1 for a piece
}

// letterCase is what the victim knows of one incident.
type letterCase struct {
	prior     []float64 // by cell, with the beliefs about types at discovery
	hints     []hint
	ratio     map[string]float64
	perceived float64
}

// letterReceiver keeps the victim's beliefs as the model's words say.
type letterReceiver struct {
	cells []cell
	trust map[string]float64 // logit
	cases map[uint64]*letterCase
}

func newLetterReceiver() *letterReceiver {
	return &letterReceiver{cells: letterCells(), cases: map[uint64]*letterCase{},
		trust: map[string]float64{"Borland": elem.Logit(0.4), "Cerland": elem.Logit(0.7)}}
}

// total is the discovered rate of a source at even odds of its type.
func (r *letterReceiver) total(source string, typ int) float64 {
	sum := 0.0
	for _, c := range r.cells {
		if c.source == source {
			sum += c.rate[typ]
		}
	}
	return sum
}

func (r *letterReceiver) share(source string) float64 {
	all := 0.0
	for _, s := range []string{"Borland", "Cerland", "criminals"} {
		all += (r.total(s, 0) + r.total(s, 1)) / 2
	}
	return (r.total(source, 0) + r.total(source, 1)) / 2 / all
}

func (r *letterReceiver) mix(c *cell, typ int) float64 { return c.rate[typ] / r.total(c.source, typ) }

func (r *letterReceiver) discover(entity uint64, perceived float64) {
	k := &letterCase{ratio: map[string]float64{}, perceived: perceived}
	for i := range r.cells {
		c := &r.cells[i]
		t := 0.5
		if x, ok := r.trust[c.source]; ok {
			t = elem.Logistic(x)
		}
		k.prior = append(k.prior, r.share(c.source)*(t*r.mix(c, 0)+(1-t)*r.mix(c, 1)))
	}
	r.cases[entity] = k
}

const letterSkill = 0.7

// row is P(indicated | culprit, flag): three candidates.
func letterRow(source, flag string, hit float64, indicated string) float64 {
	p := (1 - letterSkill) / 2
	if indicated == source {
		p = letterSkill
	}
	if flag != "" {
		p *= 1 - hit
		if indicated == flag {
			p += hit
		}
	}
	return p
}

// answers are P(deny, silent, admit) by guilt, true and believed.
var letterAnswers = map[bool][2][3]float64{
	true:  {{0.8, 0.1, 1 - 0.8 - 0.1}, {0.6, 0.3, 1 - 0.6 - 0.3}},
	false: {{0.9, 0.05, 1 - 0.9 - 0.05}, {0.95, 0.02, 1 - 0.95 - 0.02}},
}

// like is the receiver's likelihood of all hints under a cell: flags blended in
// each piece, believed signal odds, to the power of its confidence.
func (c *cell) like(hints []hint) float64 {
	p := 1.0
	for _, h := range hints {
		if h.answer >= 0 {
			p *= letterAnswers[c.source == h.asked && c.hostile][1][h.answer]
			continue
		}
		one := (1 - c.flag) * letterRow(c.source, "", 0, h.indicated)
		for _, f := range c.frames {
			one += c.flag / float64(len(c.frames)) * letterRow(c.source, f, c.hit, h.indicated)
		}
		looks := 0.25 * 0.8
		if c.hostile {
			looks = 0.6 * 1.2
		}
		if h.signal == 0 {
			looks = 1 - looks
		}
		p *= math.Pow(one*looks, 1.3)
	}
	return p
}

// ideal is the same by one who knows the odds and keeps a flag for all pieces.
func (c *cell) ideal(hints []hint) float64 {
	sum := (1 - c.flag) * c.under("", hints)
	for _, f := range c.frames {
		sum += c.flag / float64(len(c.frames)) * c.under(f, hints)
	}
	return sum
}

func (c *cell) under(flag string, hints []hint) float64 {
	p := 1.0
	for _, h := range hints {
		if h.answer >= 0 {
			p *= letterAnswers[c.source == h.asked && c.hostile][0][h.answer]
			continue
		}
		looks := 0.25
		if c.hostile {
			looks = 0.6
		}
		if h.signal == 0 {
			looks = 1 - looks
		}
		p *= looks * letterRow(c.source, flag, c.hit, h.indicated)
	}
	return p
}

// see adds a hint and lets the beliefs about the rivals' types follow: the log
// ratio of all that the incident showed replaces what it had said before.
func (r *letterReceiver) see(entity uint64, h hint) {
	k := r.cases[entity]
	k.hints = append(k.hints, h)
	for _, rival := range letterRivals {
		a, b := 0.0, 0.0
		for i := range r.cells {
			c := &r.cells[i]
			l := c.like(k.hints)
			if c.source == rival {
				a += r.share(rival) * r.mix(c, 0) * l
				b += r.share(rival) * r.mix(c, 1) * l
			} else {
				a += k.prior[i] * l
				b += k.prior[i] * l
			}
		}
		ratio := math.Log(a / b)
		r.trust[rival] += ratio - k.ratio[rival]
		k.ratio[rival] = ratio
	}
}

// posterior normalises a likelihood over cells: the suspect's share and the
// intents given that it did it.
func (r *letterReceiver) posterior(entity uint64, suspect string,
	like func(*cell, []hint) float64) (culprit float64, intent [4]float64) {
	k := r.cases[entity]
	total := 0.0
	for i := range r.cells {
		c := &r.cells[i]
		p := k.prior[i] * like(c, k.hints)
		total += p
		if c.source == suspect {
			culprit += p
			intent[c.intent] += p
		}
	}
	for m := range intent {
		intent[m] /= culprit
	}
	return culprit / total, intent
}

// severity is E[S | Ŝ] by numerical integration over ln S.
func (r *letterReceiver) severity(entity uint64) float64 {
	k := r.cases[entity]
	median := map[scenario.Intent]float64{scenario.Espionage: 3, scenario.Prepositioning: 3.5, scenario.Disruption: 4,
		scenario.Crime: 3}
	const spread, noise = 0.3, 0.4
	density := func(x float64) float64 {
		p := 0.0
		for i := range r.cells {
			d := (x - math.Log(median[r.cells[i].intent])) / spread
			p += k.prior[i] * math.Exp(-d*d/2)
		}
		d := (math.Log(k.perceived) - x) / noise
		return p * math.Exp(-d*d/2)
	}
	top, bottom := 0.0, 0.0
	for x := -4.0; x < 6; x += 0.1 {
		top += integrate(func(x float64) float64 { return math.Exp(x) * density(x) }, x, x+0.1)
		bottom += integrate(density, x, x+0.1)
	}
	return math.Min(10, top/bottom)
}
