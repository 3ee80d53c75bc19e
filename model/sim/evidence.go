package sim

import (
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Evidence and attribution, rule 3 of docs/MODEL.md. Posteriors are kept as
// weights: prior times a product of tabulated likelihoods, rescaled as it shrinks.

// schedulePiece queues the next piece of evidence while the case is open.
func (w *world) schedulePiece(id int32) {
	k := &w.cases[id]
	n := k.pieces // pieces seen so far; the first came with the discovery
	var at float64
	if times := w.m.method.pieceTimes; times != nil {
		if int(n) > len(times) {
			return
		}
		at = k.discovered + times[n-1]
	} else {
		gap := w.m.states[w.victim(k)].sensor.gap
		if c := w.clock(k); n <= c.burst {
			gap = c.gap
		}
		at = w.now + float64(gap*w.exponential(k.entity, random.PieceGap, n))
	}
	if at < k.closeAt {
		w.queue.push(event{time: at, kind: kindPiece, id: id, tie: k.entity})
	}
}

// clock is the pace of a case: of its stream, but for what a scheduled incident says itself.
func (w *world) clock(k *victimCase) clock {
	c := w.stream(k).clock
	if k.named >= 0 {
		in := &w.m.incidents[k.named]
		if in.burst >= 0 {
			c.burst = int32(in.burst)
		}
		if in.burstGap >= 0 {
			c.gap = in.burstGap
		}
	}
	return c
}

// evidence brings a piece of evidence to an open case and reviews it.
func (w *world) evidence(e event) {
	k := &w.cases[e.id]
	w.piece(k)
	w.schedulePiece(e.id)
	w.refresh(k)
	w.review(e.id)
}

// piece shows the victim a piece of evidence. The ideal observer reads it when a step is to be judged, or at
// once where announcements change what a signal says from one moment to the next.
func (w *world) piece(k *victimCase) {
	st := w.stream(k)
	s := &w.m.states[st.victim].sensor
	indicated, signal := w.shown(k, s, st, k.pieces)
	k.pieces++
	k.dirty = true
	w.learn(k, s, st.victim, indicated, signal)
	if w.m.notifies {
		w.readIdeally(k)
	}
	w.observe(EventPiece, k, st.victim, -1,
		func(e *Event) { e.Indicated, e.Signal = int(s.suspects[indicated]), signal })
}

// shown draws what piece n shows: the suspect at which it points, and the intent signal, −1 without one.
func (w *world) shown(k *victimCase, s *sensor, st *stream, n int32) (indicated, signal int) {
	indicated, signal = w.indicated(&k.incident, s, st, n), -1
	if n == 0 || !w.m.method.firstSignalOnly {
		signal = w.looksHostile(&k.incident, s, st, n)
	}
	return indicated, signal
}

// readIdeally lets the ideal observer read the pieces that it has not read. Each is drawn again, from its
// address, since few steps are judged by it.
func (w *world) readIdeally(k *victimCase) {
	st := w.stream(k)
	s := &w.m.states[st.victim].sensor
	for ; k.read < k.pieces; k.read++ {
		indicated, signal := w.shown(k, s, st, k.read)
		w.learnIdeally(k, s, st.victim, indicated, signal)
	}
}

// indicated draws the suspect at which the piece points.
func (w *world) indicated(in *incident, s *sensor, st *stream, n int32) int {
	culprit := s.suspectOf[st.source]
	if in.frame >= 0 && w.uniformAt(in.entity, random.PieceFlagHit, n) < s.flags[culprit].hit {
		return int(in.frame)
	}
	u := w.uniformAt(in.entity, random.PieceCulprit, n)
	row := s.row[culprit]
	for d, p := range row {
		if u -= p; u < 0 {
			return d
		}
	}
	return int(culprit)
}

// looksHostile draws the intent signal: 1 hostile, 0 not.
func (w *world) looksHostile(in *incident, s *sensor, st *stream, n int32) int {
	alarm, missed := w.notified(st.victim, st.source)
	if w.uniformAt(in.entity, random.PieceIntent, n) < signalOdds(st.intent, 1, s.signal, s.alarm, alarm, missed) {
		return 1
	}
	return 0
}

// signalOdds is the probability of an intent signal, 1 hostile or 0 not, by the
// probability that a piece looks hostile where the intent is and where it is not.
func signalOdds(m scenario.Intent, signal int, whenHostile, whenNot, alarm, missed float64) float64 {
	p := whenNot * alarm
	if m.Hostile() {
		p = 1 - float64((1-whenHostile)*missed)
	}
	if signal == 0 {
		return 1 - p
	}
	return p
}

// notified returns the factors by which announced exercises and scans change
// false alarms and missed signals between a victim and a source; 1, 1 without.
func (w *world) notified(victim, source int32) (alarm, missed float64) {
	alarm, missed = 1, 1
	if !w.m.notifies || !w.m.sources[source].state {
		return
	}
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		if ch.on[scenario.Notification] > 0 && w.links(int32(c), victim, source) {
			w.acted(int32(c), scenario.Notification)
			alarm *= ch.effect.alarm
			missed *= ch.effect.signal
		}
	}
	return
}

// learn multiplies the receiver's likelihoods of what was seen: by believed probabilities to the power of its
// confidence, blended over false flags.
func (w *world) learn(k *victimCase, s *sensor, victim int32, indicated, signal int) {
	like := w.likeOf(k, s)
	multiply(like, s.indication[indicated].cells)
	switch {
	case signal < 0:
	case w.m.notifies:
		for i, id := range s.cells {
			st := &w.m.streams[id]
			alarm, missed := w.notified(victim, st.source)
			like[i] *= s.signalLikelihood(st.intent, signal, alarm, missed)
		}
	default:
		multiply(like, s.intent[signal].cells)
	}
	rescale(like)
}

// learnIdeally multiplies the likelihoods of the ideal observer: by the true probabilities, flag by flag.
func (w *world) learnIdeally(k *victimCase, s *sensor, victim int32, indicated, signal int) {
	like := w.idealOf(k, s)
	multiply(like, s.indication[indicated].hypotheses)
	switch {
	case signal < 0:
	case w.m.notifies:
		for h := range like {
			st := &w.m.streams[s.cells[s.hypotheses[h].cell]]
			alarm, missed := w.notified(victim, st.source)
			like[h] *= signalOdds(st.intent, signal, s.signal, s.alarm, alarm, missed)
		}
	default:
		multiply(like, s.intent[signal].hypotheses)
	}
	rescale(like)
}

// multiply multiplies numbers by as many factors.
func multiply(x, by []float64) {
	for i := range min(len(x), len(by)) {
		x[i] *= by[i]
	}
}

// signalLikelihood is the receiver's likelihood of the intent signal.
func (s *sensor) signalLikelihood(m scenario.Intent, signal int, alarm, missed float64) float64 {
	if alarm == 1 && missed == 1 {
		return s.signalWeight[m][signal]
	}
	return power(signalOdds(m, signal, s.believedSignal, s.believedAlarm, alarm, missed), s.confidence)
}

// cellsOf returns the range of cells of a suspect.
func (s *sensor) cellsOf(suspect int16) (from, to int) {
	return int(s.firstCell[suspect]), int(s.firstCell[suspect+1])
}

// hypothesesOf returns the range of hypotheses of a cell.
func (s *sensor) hypothesesOf(cell int) (from, to int) {
	from, to = int(s.byCell[cell]), len(s.hypotheses)
	if cell+1 < len(s.byCell) {
		to = int(s.byCell[cell+1])
	}
	return
}

// rescale divides weights by their maximum once that is below 1e-60, so that they
// never underflow; no posterior changes. Weights that are all 0 become 1: evidence
// that rules out every cell is dropped with all before it.
func rescale(x []float64) {
	top := 0.0
	for _, v := range x {
		if v > top {
			top = v
		}
	}
	switch {
	case top == 0:
		for i := range x {
			x[i] = 1
		}
	case top < 1e-60:
		for i := range x {
			x[i] /= top
		}
	}
}
