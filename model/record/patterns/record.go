package patterns

import "github.com/misstep/misstep/model/sim"

// entry is what the statistics need of one event.
type entry struct {
	time     float64
	start    float64 // of the incident
	severity float64
	entity   uint64
	named    int32
	stream   int32
	kind     sim.EventKind
	cause    sim.SuspensionCause
	actor    int16
	target   int16
	channel  int16
	rung     int8
	before   int8
	joined   int16
	answer   int8
	innocent bool
}

// recorder keeps the log of one replicate of one arm.
type recorder struct{ log []entry }

func (r *recorder) clear() { r.log = r.log[:0] }

// take is the observer: everything but evidence, waits and closures.
func (r *recorder) take(e *sim.Event) {
	switch e.Kind {
	case sim.EventPiece, sim.EventWait, sim.EventClose, sim.EventLeak, sim.EventShock, sim.EventSummit:
		return
	}
	r.log = append(r.log, entry{
		time: e.Time, start: e.Start, severity: e.Severity, entity: e.Entity, named: e.Named, stream: e.Stream,
		kind: e.Kind, cause: e.Cause, actor: e.Actor, target: e.Target, channel: e.Channel,
		rung: int8(e.Rung), before: int8(e.Before), joined: int16(e.Joined), answer: int8(e.Answer),
		innocent: e.Kind == sim.EventAct && e.OnTruth.Culprit == 0,
	})
}
