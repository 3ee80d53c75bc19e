package reference

import (
	"cmp"
	"fmt"
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// stream is the onset of one intent from a source toward a victim.
type stream struct {
	source, victim, name string
	entity               string // path of its own parameters
	intent               scenario.Intent
	rate                 map[string]float64 // [1/d] by type
	arrivals             bool
	arrived              int
}

func (s *stream) hash() uint64 { return random.NameHash(s.name) }

// makeStreams: rule 1, base rates by type.
func (w *world) makeStreams() {
	for _, o := range w.v.Onset {
		e := o.Entity()
		total, hostile := 0.0, 0.0
		for m, n := range o.Mix {
			total += w.number(n, 0)
			if scenario.Intent(m).Hostile() {
				hostile += w.number(n, 0)
			}
		}
		if total == 0 {
			continue
		}
		rate := w.theta[o.Rate] / param.DaysPerYear
		if o.Counted == "known" {
			rate /= w.atPath("discovery.share", e) * w.atPath("disclosure.share", e)
		}
		for m, n := range o.Mix {
			if w.number(n, 0) <= 0 {
				continue
			}
			im := scenario.Intent(m)
			s := &stream{source: o.Source, victim: o.Victim, entity: e, intent: im, arrivals: o.Arrivals,
				name: o.Source + " > " + o.Victim + " : " + im.String(), rate: map[string]float64{}}
			for _, t := range []string{"S", "E"} {
				s.rate[t] = rate * w.number(n, 0) / total * w.mixFactor(o.Source, im, t, hostile/total)
			}
			w.streams = append(w.streams, s)
		}
	}
}

// mixFactor is what a type does to the rate of one intent: θ on hostile ones, and
// on the others what keeps the total.
func (w *world) mixFactor(source string, m scenario.Intent, t string, hostile float64) float64 {
	if !w.isState[source] || hostile == 0 || hostile == 1 {
		return 1
	}
	theta := math.Min(w.of(map[string]string{"S": "type.hostile_status_quo", "E": "type.hostile_revisionist"}[t], source),
		1/hostile)
	if m.Hostile() {
		return theta
	}
	return (1 - theta*hostile) / (1 - hostile)
}

// typeOf is that of the source; groups have none, and as good as any.
func (w *world) typeOf(s *stream) string { return cmp.Or(w.type_[s.source], "S") }

func (w *world) rateNow(s *stream) float64 { return s.rate[w.typeOf(s)] }

// delay is that from start to discovery at a normal number, rule 2.
func (w *world) delay(s *stream, z float64) float64 {
	which := "discovery.stealthy"
	if s.intent == scenario.Disruption || s.intent == scenario.Crime {
		which = "discovery.overt"
	}
	return elem.Exp(elem.Log(w.atPath(which, s.entity)) + w.atPath(which+"_spread", s.entity)*z)
}

// firstOnset is early enough that P(discovery delay longer) < .02 in the stream.
func (w *world) firstOnset(s *stream) float64 {
	return w.acts - w.delay(s, elem.NormalQuantile(0.98))
}

// backlog: before acts begin, the intensity is constant.
func (w *world) backlog() {
	for _, s := range w.streams {
		if !s.arrivals {
			continue
		}
		first := w.firstOnset(s)
		rate := w.rateNow(s) * w.contagionAtFirst(s)
		for {
			at := first + w.target(s)/rate
			if !(at < w.acts) {
				break
			}
			w.arrive(s, at)
		}
	}
}

func (w *world) contagionAtFirst(s *stream) float64 {
	if !w.isState[s.source] {
		return 1
	}
	return 1 + w.of("onset.contagion", s.source)*w.firstTension(s.source, s.victim)
}

// target is what the integrated intensity must pass for the next arrival.
func (w *world) target(s *stream) float64 {
	sum := 0.0
	for n := 0; n <= s.arrived; n++ {
		sum += w.exponential(s.hash(), random.Arrival, n)
	}
	return sum
}

// nextArrival is when the integral passes the target. It is computed anew
// whenever something has changed between source and victim.
func (w *world) nextArrival(s *stream) float64 {
	if !s.arrivals || w.ended {
		return math.Inf(1)
	}
	changes := w.strain[[2]string{s.source, s.victim}]
	at := w.arrivals.recall(arrivalCase{s.name, s.arrived, len(changes)},
		func() float64 { return w.passes(s, changes) })
	if at > w.horizon {
		return math.Inf(1)
	}
	return at
}

// passes walks the stretches between changes, on each of which the intensity is
//
//	r·f·(1 + ξ g e^{−ax})(1 − η D e^{−bx})  =  r·f·Σ c_i e^{−k_i x}
func (w *world) passes(s *stream, changes []change) float64 {
	missing := w.target(s) - w.rateNow(s)*w.contagionAtFirst(s)*(w.acts-w.firstOnset(s))
	xi, eta := 0.0, 0.0
	if w.isState[s.source] {
		xi, eta = w.of("onset.contagion", s.source), w.of("onset.deterrence", s.source)
	}
	state := w.feltAtFirst(s.source, s.victim)
	for i := 0; ; i++ {
		last := i == len(changes)
		end := math.Inf(1)
		if !last {
			end = changes[i].at
		}
		terms := w.terms(s, state, xi, eta)
		if got := integral(terms, end-state.at); got >= missing {
			return state.at + solve(terms, missing, end-state.at)
		} else if last {
			return math.Inf(1)
		} else {
			missing -= got
		}
		state = w.after(state, changes[i])
	}
}

// term is c·e^{−kx}.
type term struct{ c, k float64 }

func (w *world) terms(s *stream, f felt, xi, eta float64) []term {
	a, b := w.tensionDecay(), w.memoryDecay()
	r := w.rateNow(s) * f.factor[s.intent.Hostile()]
	return []term{{r, 0}, {r * xi * f.tension, a}, {-r * eta * f.memory, b}, {-r * xi * f.tension * eta * f.memory, a + b}}
}

func integral(terms []term, x float64) float64 {
	sum := 0.0
	for _, t := range terms {
		switch {
		case t.c == 0:
		case t.k == 0:
			sum += t.c * x
		default:
			sum += t.c * (1 - elem.Exp(-t.k*x)) / t.k
		}
	}
	return sum
}

// solve halves until nothing is left to halve.
func solve(terms []term, want, limit float64) float64 {
	lo, hi := 0.0, math.Min(limit, 1)
	for integral(terms, hi) < want && hi < limit {
		hi = math.Min(limit, 2*hi)
	}
	for range 200 {
		mid := lo + (hi-lo)/2
		if mid == lo || mid == hi {
			break
		}
		if integral(terms, mid) < want {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// arrive begins the next incident of a stream.
func (w *world) arrive(s *stream, at float64) {
	n := s.arrived
	s.arrived++
	entity := random.Entity(s.hash(), n)
	if w.uniform(entity, random.Discovered, 0) >= w.atPath("discovery.share", s.entity) {
		return
	}
	discovered := at + w.delay(s, w.normal(entity, random.DiscoveryDelay, 0))
	if discovered < w.acts || discovered > w.horizon {
		return
	}
	k := &victimCase{incident: incident{entity: entity, stream: s, label: fmt.Sprintf("%s #%d", s.name, n), start: at,
		discovered: discovered, severity: w.drawSeverity(s, entity, at), frame: w.drawFlag(s, entity),
		bound: map[string]bool{}}}
	for _, c := range w.channels {
		k.bound[c.def.Name] = at >= w.acts && c.status() == "up"
	}
	w.cases = append(w.cases, k)
}

// drawSeverity: rules 2 and 4, and red lines of section 6.
func (w *world) drawSeverity(s *stream, entity uint64, at float64) float64 {
	x := elem.Log(w.global("severity."+s.intent.String())) +
		w.global("severity.spread")*w.normal(entity, random.Severity, 0)
	severity := math.Min(10, elem.Exp(x))
	if at < w.acts || !w.isState[s.source] {
		return severity
	}
	for _, c := range w.channels {
		strength := c.strength("red_lines")
		if strength == 0 || !w.carries(c, s.source, s.victim) {
			continue
		}
		line, u := c.of("effect.red_line"), w.uniform(random.Pair(entity, c.hash()), random.RedLine, 0)
		kept := severity >= line && u < strength*c.of("effect.red_line_cut")
		raised := severity < 0.98*line && u < strength*c.of("effect.red_line_bunch")
		if kept || raised {
			severity = 0.98 * line
		}
	}
	return severity
}

// scheduledIncidents: those of the scenario, in the order of their names.
func (w *world) scheduledIncidents() {
	for i := range w.v.Incidents {
		in := &w.v.Incidents[i]
		entity := random.NameHash("incident " + in.Name)
		s := w.streamOf(in, entity)
		discovered := in.At + w.number(in.Discovered, w.delay(s, w.normal(entity, random.DiscoveryDelay, 0)))
		if discovered < w.acts || discovered > w.horizon {
			continue
		}
		k := &victimCase{incident: incident{entity: entity, stream: s, label: in.Name, named: in, start: in.At,
			discovered: discovered, frame: w.drawFlag(s, entity)}}
		if k.severity = w.number(in.Severity, -1); in.Severity < 0 {
			k.severity = w.drawSeverity(s, entity, in.At)
		}
		w.cases = append(w.cases, k)
	}
}

// streamOf is the stream of a scheduled incident, drawn by discovered rate where the source
// is open.
func (w *world) streamOf(in *scenario.Incident, entity uint64) *stream {
	var may []*stream
	total := 0.0
	for _, s := range w.streams {
		if s.victim == in.Victim && in.May(s.source, s.intent) {
			may = append(may, s)
			total += w.found(s, w.typeOf(s))
		}
	}
	u, sum := w.uniform(entity, random.World, 0), 0.0
	for _, s := range may {
		if sum += w.found(s, w.typeOf(s)); u*total < sum {
			return s
		}
	}
	return may[len(may)-1]
}
