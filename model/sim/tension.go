package sim

import (
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Tension, shocks, summits and policy: what moves outside of cases.

// strain raises the tension of i toward j by the share weight of its distance from 1.
func (w *world) strain(i, j int32, weight float64) {
	if weight == 0 {
		return
	}
	w.rel(i, j).tension.rise(w.now, w.m.tension.decay, weight)
	w.rebaseBetween(i, j)
	w.happenedBetween(i, j, scenario.AfterTension)
}

// remember raises the memory of i by a public response of that level from j.
func (w *world) remember(i, j int32, level float64) {
	w.rel(i, j).memory.rise(w.now, w.m.memory, level)
	w.rebaseBetween(i, j)
}

// scheduleEnvironment queues what the scenario schedules from acts to the end.
func (w *world) scheduleEnvironment() {
	m := w.m
	for n := range m.shocks {
		s := &m.shocks[n]
		at := s.at
		if s.rate > 0 {
			at = m.acts + w.exponential(s.hash, random.RandomShock, 0)/s.rate
		}
		if at >= m.acts {
			w.queue.push(event{time: at, kind: kindShock, id: int32(n), tie: s.hash})
		}
	}
	for n := range m.policies {
		p := &m.policies[n]
		if p.at <= m.acts {
			w.prices[p.state] = p.price
			continue
		}
		w.queue.push(event{time: p.at, kind: kindPrice, id: int32(n), tie: m.states[p.state].hash})
	}
	for n := range m.thaws {
		t := &m.thaws[n]
		tie := random.Pair(m.states[t.a].hash, m.states[t.b].hash)
		for _, at := range [2]float64{t.from, t.until} {
			if at > m.acts {
				w.queue.push(event{time: at, kind: kindThaw, id: int32(n), tie: tie})
			}
		}
	}
}

// scheduleSummits queues the summits of this arm in [from, until).
func (w *world) scheduleSummits(from, until float64) {
	for n := range w.m.summits {
		if s := &w.m.summits[n]; s.at >= from && s.at < until {
			w.queue.push(event{time: s.at, kind: kindSummit, id: int32(n), tie: s.hash})
		}
	}
}

// shock carries out a shock: tension rises on both sides, channels between them may break.
func (w *world) shock(e event) {
	s := &w.m.shocks[e.id]
	n := e.version
	if s.rate > 0 {
		next := w.now + w.exponential(s.hash, random.RandomShock, int32(n)+1)/s.rate
		w.queue.push(event{time: next, kind: kindShock, id: e.id, version: n + 1, tie: s.hash})
	}
	w.observe(EventShock, nil, s.a, s.b, nil)
	w.strain(s.a, s.b, s.tension)
	w.strain(s.b, s.a, s.tension)
	for c := range w.m.channels {
		if w.links(int32(c), s.a, s.b) &&
			w.uniformAt(random.Pair(s.hash, w.m.channels[c].hash), random.SuspendByShock, int32(n)) < s.breaks {
			w.suspendChannel(int32(c), CauseShock)
		}
	}
}

// summit holds a summit: it relieves tension and can restore channels.
func (w *world) summit(e event) {
	s := &w.m.summits[e.id]
	w.observe(EventSummit, nil, s.a, s.b, nil)
	for _, p := range [2][2]int32{{s.a, s.b}, {s.b, s.a}} {
		if r := w.rel(p[0], p[1]); s.relief != 0 && r.tension.value != 0 {
			r.tension = decaying{r.tension.at(w.now, w.m.tension.decay) * (1 - s.relief), w.now}
			w.rebaseBetween(p[0], p[1])
		}
	}
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		st := &w.channels[c]
		if ch.member[s.a] && ch.member[s.b] && (st.status == suspended || st.status == lapsed) &&
			w.uniform(random.Pair(s.hash, ch.hash), random.SummitRestore) < s.restores {
			w.comeUp(int32(c), EventRestoration)
		}
	}
}

// changePrice puts a new price of publishing into force and raises a review of
// the state's open cases.
func (w *world) changePrice(e event) {
	p := &w.m.policies[e.id]
	if w.prices[p.state] == p.price {
		return
	}
	w.prices[p.state] = p.price
	w.reviewAll(func(k *victimCase) bool { return w.victim(k) == p.state })
}

// changeThaw begins or ends a thaw and raises a review of the cases it touches.
func (w *world) changeThaw(e event) {
	t := &w.m.thaws[e.id]
	w.reviewAll(func(k *victimCase) bool {
		v := w.victim(k)
		return k.target >= 0 && (v == t.a && int32(k.target) == t.b || v == t.b && int32(k.target) == t.a)
	})
}

// reviewAll reviews the open cases that a policy touches, under the new price
// and thaw and an otherwise unchanged snapshot.
func (w *world) reviewAll(touched func(*victimCase) bool) {
	w.work += len(w.cases) / workUnit
	for id := range w.cases {
		k := &w.cases[id]
		if k.state != open || k.target < 0 || !touched(k) {
			continue
		}
		price, thaw := w.prices[w.victim(k)], w.thawBetween(w.victim(k), int32(k.target))
		if price == k.snap.price && thaw == k.snap.thaw {
			continue
		}
		k.snap.price, k.snap.thaw = price, thaw
		k.dirty = true
		w.review(int32(id))
	}
}
