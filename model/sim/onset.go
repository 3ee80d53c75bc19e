package sim

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Onset, rule 1 of docs/MODEL.md. The intensity of a stream is
//
//	rate(type) · factor · (1 + ξ g e^{−a(t−base)}) · (1 − η D e^{−b(t−base)})
//
// with g the tension that the source feels toward the victim and D the public
// responses it remembers from it. Its integral is exact; arrival n happens when
// the integral passes the sum of the first n + 1 unit exponentials, so a higher
// intensity moves arrivals forward and changes nothing else about them.

// seed creates the incidents that began before acts did: onset at constant intensity
// from the first onset of each stream until acts begin.
func (w *world) seed() {
	m := w.m
	for id := range m.streams {
		s := &m.streams[id]
		o := &w.onsets[id]
		*o = onset{base: m.acts, factor: 1}
		if !s.arrivals {
			o.target = math.Inf(1)
			continue
		}
		if m.sources[s.source].state {
			o.tension = m.pairs[int(s.source)*len(m.states)+int(s.victim)].tension
		}
		rate := w.rate(int32(id)) * (1 + float64(s.contagion*o.tension))
		o.integral = rate * (m.acts - s.first)
		for !w.overflow {
			o.target += w.rep.Exponential(s.arrivalKey, o.arrived)
			if o.target >= o.integral {
				break
			}
			before := w.work
			w.work++
			w.begin(int32(id), int32(o.arrived), s.first+o.target/rate)
			o.arrived++
			w.did(kindArrival, int32(id), before)
		}
		w.scheduleArrival(int32(id))
	}
}

// rate is the base rate of the stream under the source's type.
func (w *world) rate(id int32) float64 {
	s := &w.m.streams[id]
	if w.m.sources[s.source].state {
		return s.rate[w.types[s.source]]
	}
	return s.rate[0]
}

// integralTo returns the integral of the intensity from base to t ≥ base.
func (w *world) integralTo(id int32, t float64) float64 {
	s, o := &w.m.streams[id], &w.onsets[id]
	x := t - o.base
	up, down := s.contagion*o.tension, s.deter*o.memory
	sum := x
	a, b := w.m.tension.decay, w.m.memory
	if up != 0 {
		sum += up * -elem.Expm1(-a*x) / a
	}
	if down != 0 {
		sum -= down * -elem.Expm1(-b*x) / b
		if up != 0 {
			sum -= up * down * -elem.Expm1(-(a+b)*x) / (a + b)
		}
	}
	return o.integral + float64(w.rate(id)*o.factor*sum)
}

// intensityAt returns the intensity at t ≥ base.
func (w *world) intensityAt(id int32, t float64) float64 {
	s, o := &w.m.streams[id], &w.onsets[id]
	x := t - o.base
	r := w.rate(id) * o.factor
	if up := s.contagion * o.tension; up != 0 {
		r *= 1 + float64(up*elem.Exp(-w.m.tension.decay*x))
	}
	if down := s.deter * o.memory; down != 0 {
		r *= 1 - float64(down*elem.Exp(-w.m.memory*x))
	}
	return r
}

// scheduleArrival queues the next arrival if it falls within the horizon.
func (w *world) scheduleArrival(id int32) {
	o := &w.onsets[id]
	if math.IsInf(o.target, 1) || w.integralTo(id, w.m.horizon) < o.target {
		return
	}
	o.next = w.solve(id)
	w.queue.push(event{time: o.next, kind: kindArrival, id: id, version: o.version, tie: w.m.streams[id].hash})
}

// solve finds when the integral passes the target, by Newton's method kept
// inside a bracket.
func (w *world) solve(id int32) float64 {
	o := &w.onsets[id]
	s := &w.m.streams[id]
	rate := w.rate(id) * o.factor
	if s.contagion*o.tension == 0 && s.deter*o.memory == 0 {
		return o.base + (o.target-o.integral)/rate
	}
	lo, hi := o.base, w.m.horizon
	t := o.next // where it was before the intensity changed is a good guess
	if !(t > lo && t < hi) {
		t = math.Min(hi, lo+(o.target-o.integral)/rate)
	}
	for i := 0; i < 60; i++ {
		gap := w.integralTo(id, t) - o.target
		if gap >= 0 {
			hi = t
		} else {
			lo = t
		}
		next := t - gap/w.intensityAt(id, t)
		if !(next >= lo && next <= hi) {
			next = lo + float64((hi-lo)/2)
		}
		if math.Abs(next-t) <= 1e-11*(1+math.Abs(t)) {
			return next
		}
		t = next
	}
	return t
}

// rebase moves the known integral to now and reads tension, memory and factor
// afresh; the pending arrival is queued again. Called only when one of them
// really changed.
func (w *world) rebase(id int32, factor float64) {
	s, o := &w.m.streams[id], &w.onsets[id]
	if math.IsInf(o.target, 1) || w.now >= w.m.horizon {
		return
	}
	w.work++
	o.integral = w.integralTo(id, w.now)
	o.base = w.now
	if w.m.sources[s.source].state {
		r := w.rel(s.source, s.victim)
		o.tension = r.tension.at(w.now, w.m.tension.decay)
		o.memory = r.memory.at(w.now, w.m.memory)
	}
	o.factor = factor
	o.version++
	w.scheduleArrival(id)
}

// rebaseBetween follows a change in what source feels about victim.
func (w *world) rebaseBetween(source, victim int32) {
	for _, id := range w.m.states[source].streamsBy[victim] {
		s := &w.m.streams[id]
		if s.contagion != 0 || s.deter != 0 {
			w.rebase(id, w.onsets[id].factor)
		}
	}
}

// arrive begins incident n of a stream and waits for the next.
func (w *world) arrive(e event) {
	o := &w.onsets[e.id]
	n := o.arrived
	o.arrived++
	o.target += w.rep.Exponential(w.m.streams[e.id].arrivalKey, o.arrived)
	o.version++
	o.next = math.Inf(-1)
	w.begin(e.id, int32(n), e.time)
	w.scheduleArrival(e.id)
}

// begin creates an arrival of a stream, if it is discovered after acts begin and
// before the horizon.
func (w *world) begin(id, ordinal int32, at float64) {
	s := &w.m.streams[id]
	entity := random.Entity(s.hash, int(ordinal))
	if w.uniform(entity, random.Discovered) >= s.discovered {
		return
	}
	discovered := at + s.delay.at(w.normal(entity, random.DiscoveryDelay))
	if discovered < w.m.acts || discovered > w.m.horizon {
		return
	}
	bound := uint64(0)
	if at >= w.m.acts {
		bound = w.commitments()
	}
	w.addIncident(incident{entity: entity, bound: bound, stream: id, ordinal: ordinal, start: at, discovered: discovered,
		severity: w.severityOf(s, entity, at), frame: w.frameOf(s, entity), named: -1})
}

// addIncident makes room for the victim's case and waits for the discovery.
func (w *world) addIncident(in incident) {
	w.work += workPerEvent
	id := int32(len(w.cases))
	in.victim = w.m.streams[in.stream].victim
	w.cases = append(w.cases, victimCase{incident: in, target: -1, against: -1})
	w.queue.push(event{time: in.discovered, kind: kindDiscovery, id: id, tie: in.entity})
}

// severityOf draws the severity; an agreed red line between source and victim
// can keep it under the line, or draw it up to just below.
func (w *world) severityOf(s *stream, entity uint64, at float64) float64 {
	sev := math.Min(10, elem.Exp(s.severity+float64(s.severitySpread*w.normal(entity, random.Severity))))
	if at < w.m.acts || !w.m.sources[s.source].state {
		return sev
	}
	for c := range w.m.channels {
		if ch := &w.m.channels[c]; (ch.effect.cut > 0 || ch.effect.bunch > 0) && w.links(int32(c), s.source, s.victim) {
			under := 0.98 * ch.effect.line
			u := w.uniform(random.Pair(entity, ch.hash), random.RedLine)
			if sev >= ch.effect.line && u < ch.effect.cut || sev < under && u < ch.effect.bunch {
				w.acted(int32(c), scenario.RedLines)
				sev = under
			}
		}
	}
	return sev
}

// frameOf returns the suspect at whom a false flag points, or −1.
func (w *world) frameOf(s *stream, entity uint64) int16 {
	sn := &w.m.states[s.victim].sensor
	f := &sn.flags[sn.suspectOf[s.source]]
	if f.rate == 0 || w.uniform(entity, random.Flag) >= f.rate {
		return -1
	}
	return f.frames[int(w.uniform(entity, random.Frame)*float64(len(f.frames)))]
}

func (w *world) normal(entity uint64, p random.Purpose) float64 {
	return w.rep.Normal(random.Stream(entity, p), 0)
}

func (d lognormal) at(z float64) float64 { return elem.Exp(d.mu + float64(d.sigma*z)) }

// addScheduled adds the incidents that the scenario fixes; one with a drawn
// source picks its stream by the rate of discovered incidents, as its victim would.
func (w *world) addScheduled() {
	for n := range w.m.incidents {
		in := &w.m.incidents[n]
		id := w.pickStream(in)
		s := &w.m.streams[id]
		discovered := in.at + in.discovered
		if in.discovered < 0 {
			discovered = in.at + s.delay.at(w.normal(in.hash, random.DiscoveryDelay))
		}
		if discovered < w.m.acts || discovered > w.m.horizon {
			continue
		}
		sev := in.severity
		if sev < 0 {
			sev = w.severityOf(s, in.hash, in.at)
		}
		w.addIncident(incident{entity: in.hash, stream: id, ordinal: -1 - int32(n), start: in.at, discovered: discovered,
			severity: sev, frame: w.frameOf(s, in.hash), named: int32(n)})
	}
}

func (w *world) pickStream(in *scheduled) int32 {
	if len(in.streams) == 1 {
		return in.streams[0]
	}
	total := 0.0
	for _, id := range in.streams {
		total += float64(w.rate(id) * w.m.streams[id].discovered)
	}
	x := w.uniform(in.hash, random.World) * total
	for _, id := range in.streams {
		if x -= float64(w.rate(id) * w.m.streams[id].discovered); x < 0 {
			return id
		}
	}
	return in.streams[len(in.streams)-1]
}
