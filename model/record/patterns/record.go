package patterns

import "github.com/misstep/misstep/model/sim"

// recorder keeps the log of one replicate of one arm.
type recorder struct{ log []sim.Event }

func (r *recorder) clear() { r.log = r.log[:0] }

// take is the observer: everything but evidence, waits and closures.
func (r *recorder) take(e *sim.Event) {
	switch e.Kind {
	case sim.EventPiece, sim.EventWait, sim.EventClose, sim.EventLeak, sim.EventShock, sim.EventSummit:
		return
	}
	r.log = append(r.log, *e)
}
