package sim

// kind is the kind of an event; the order breaks ties in time.
type kind uint8

// The kinds of events. Politics and channels come before incidents, so that what
// happens at one moment is known to those who decide at it.
const (
	kindOpen kind = iota
	kindShock
	kindSummit
	kindRestore
	kindLapse
	kindShut
	kindMeeting
	kindPrice
	kindThaw
	kindArrival
	kindDiscovery
	kindDisclosure
	kindPiece
	kindReview
	kindDue
	kindReply
	kindClose
	numKinds
)

// schedule says which submodel handles which event: the whole of the dynamics.
var schedule [numKinds]func(*world, event)

func init() {
	schedule = [numKinds]func(*world, event){
		kindOpen:       (*world).openChannel,
		kindShock:      (*world).shock,
		kindSummit:     (*world).summit,
		kindRestore:    (*world).restoreChannel,
		kindLapse:      (*world).lapseChannel,
		kindShut:       (*world).shutChannel,
		kindMeeting:    (*world).meet,
		kindPrice:      (*world).changePrice,
		kindThaw:       (*world).changeThaw,
		kindArrival:    (*world).arrive,
		kindDiscovery:  (*world).discover,
		kindDisclosure: (*world).disclose,
		kindPiece:      (*world).evidence,
		kindReview:     (*world).clockReview,
		kindDue:        (*world).due,
		kindReply:      (*world).reply,
		kindClose:      (*world).closeCase,
	}
}

// play runs events up to and including the time limit; a count beyond the bound stops
// the replicate.
func (w *world) play(until float64) {
	for e := w.queue.next(); e != nil && e.time <= until && !w.overflow; e = w.queue.next() {
		w.handle(w.queue.pop())
	}
}

// settle follows cases discovered by the horizon to their closure, and chains of
// replies to their end. Nothing new arrives.
func (w *world) settle() {
	for (w.openCases > 0 || w.pendingReplies > 0) && w.queue.len() > 0 && !w.overflow {
		if e := w.queue.pop(); e.kind != kindArrival && e.kind != kindDiscovery {
			w.handle(e)
		}
	}
}

// handle lets an event happen and counts it, unless it is stale; looks at the
// calendar are no events, and like all others work.
func (w *world) handle(e event) {
	before := w.work
	w.work++
	if !w.stale(&e) {
		if e.kind != kindReview {
			w.out.Events++
			w.done[e.kind].events++
			w.overflow = w.out.Events > w.m.method.maxEvents
		}
		w.now = e.time
		schedule[e.kind](w, e)
	}
	w.did(e.kind, e.id, before)
}

// stale reports whether what an event was queued for took another turn since.
func (w *world) stale(e *event) bool {
	switch e.kind {
	case kindArrival:
		return w.onsets[e.id].version != e.version
	case kindOpen, kindShut:
		return w.channels[e.id].status == shut
	case kindRestore, kindLapse, kindMeeting:
		return w.channels[e.id].version != e.version
	case kindDisclosure:
		return w.cases[e.id].disclosed || w.cases[e.id].state != open
	case kindPiece, kindReview, kindDue:
		return w.cases[e.id].state != open
	}
	return false
}
