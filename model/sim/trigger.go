package sim

import "github.com/misstep/misstep/model/scenario"

// A channel may wait for something to happen, in the arm and after the start, before
// it opens or ends for good. The event that this brings is the one that a day brings; its
// random numbers are the same.

// happenedBetween lets what waits for an event between two states come.
func (w *world) happenedBetween(i, j int32, what scenario.TriggerKind) {
	for n := range w.m.triggers {
		t := &w.m.triggers[n]
		if t.after == what && t.member[i] && t.member[j] &&
			(what != scenario.AfterTension || w.tensionOf(i, j) >= t.above) {
			w.fire(n)
		}
	}
}

// happenedTo lets what waits for an event of a channel come.
func (w *world) happenedTo(c int32, what scenario.TriggerKind) {
	for n := range w.m.triggers {
		if t := &w.m.triggers[n]; t.after == what && t.watched == c {
			w.fire(n)
		}
	}
}

// causes by what is waited for.
var causes = [scenario.NumTriggerKinds]SuspensionCause{CauseAccusation, CauseSuspension, CauseLapse, CauseTension}

// fire queues what a trigger brings, once.
func (w *world) fire(n int) {
	t := &w.m.triggers[n]
	if w.fired[n] || w.channels[t.channel].status == shut {
		return
	}
	w.fired[n] = true
	w.observeChannel(EventTrigger, t.channel, causes[t.after])
	w.queue.push(event{time: w.now + t.wait, kind: t.kind, id: t.channel, tie: w.m.channels[t.channel].hash})
}
