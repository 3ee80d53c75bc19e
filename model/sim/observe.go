package sim

import "github.com/misstep/misstep/model/decide"

// EventKind names an entry of the event log.
type EventKind uint8

// The entries of the log: first what happens to a case, then what states do in it
// (an act is the victim's own step, a reply is a step of a chain), then the lives of
// channels, then the world around.
const (
	EventDiscovery EventKind = iota
	EventPiece
	EventAnswer
	EventDisclosure
	EventLeak
	EventClose
	EventWait
	EventAct
	EventReply
	EventDenial
	EventCounter
	EventRetraction
	EventOpening
	EventMeeting
	EventSuspension
	EventLapse
	EventRestoration
	EventTrigger // what a channel waited for has happened
	EventShut
	EventShock
	EventSummit
	NumEventKinds
)

var eventNames = [NumEventKinds]string{"discovery", "piece", "answer", "disclosure", "leak", "close", "wait", "act",
	"reply", "denial", "counter", "retraction", "opening", "meeting", "suspension", "lapse", "restoration",
	"trigger", "shut", "shock", "summit"}

func (k EventKind) String() string { return eventNames[k] }

// Channel reports whether the entry belongs to a channel's life.
func (k EventKind) Channel() bool { return k >= EventOpening && k <= EventShut }

// SuspensionCause says what broke a channel, or what another had waited for.
type SuspensionCause uint8

// The causes of a suspension and of a trigger.
const (
	CauseNone SuspensionCause = iota
	CauseAccusation
	CauseShock
	CauseSuspension
	CauseLapse
	CauseTension
)

func (c SuspensionCause) String() string {
	return [...]string{"", "accusation", "shock", "suspension", "lapse", "tension"}[c]
}

// Event is one entry of the log of a replicate. Indices are −1 where they do not
// apply.
type Event struct {
	Time    float64
	Kind    EventKind
	Entity  uint64 // of the incident; 0 without one
	Stream  int32
	Ordinal int32
	Named   int32 // scheduled incident
	Actor   int16 // state
	Target  int16 // state
	Channel int16
	Cause   SuspensionCause

	Before, Rung             int // highest rung before, rung as shown
	RungOnTruth, RungOnIdeal int // rungs under the truth; under the ideal observer's beliefs
	Chosen                   int
	Joined                   int   // partners
	Core                     bool  // a core partner among them
	Move                     int32 // of a reply chain
	Misstep                  bool
	Induced                  bool

	Indicated int // source that a piece points at
	Signal    int // 1 hostile, 0 not, −1 none
	Answer    int // 0 denial, 1 silence, 2 admission
	Belief    float64

	Held, OnIdeal, OnTruth decide.Beliefs
	Severity, Perceived    float64
	Start                  float64
	Shares                 [4]float64
}

// Observer receives every entry of the log. It must not keep the pointer, and it
// changes nothing: an observed replicate equals an unobserved one.
type Observer func(*Event)

// rungs are the rungs of one step: the highest of its actor before, the one chosen,
// the one that shows (R4 for a joint R3), and those that its actor would have
// chosen under the truth and under the beliefs of the ideal observer.
type rungs struct{ before, chosen, shown, onTruth, onIdeal int }

// observe shows the world's one event to the observer, if there is one: when it
// happens, to which case, if any, between whom (−1: nobody), and what more says, if
// it is not nil.
func (w *world) observe(kind EventKind, k *victimCase, actor, target int32, more func(*Event)) {
	if w.obs == nil {
		return
	}
	e := &w.tmp.event
	*e = Event{Time: w.now, Kind: kind, Actor: int16(actor), Target: int16(target), Channel: -1, Named: -1, Stream: -1,
		Signal: -1, Indicated: -1, Answer: -1}
	if k != nil {
		e.Entity, e.Stream, e.Ordinal, e.Named = k.entity, k.stream, k.ordinal, k.named
		e.Severity, e.Perceived, e.Start, e.Belief = k.severity, k.perceived, k.start, k.belief
	}
	if more != nil {
		more(e)
	}
	w.obs(e)
}

func (w *world) observeChannel(kind EventKind, c int32, cause SuspensionCause) {
	w.observe(kind, nil, -1, -1, func(e *Event) { e.Channel, e.Cause = int16(c), cause })
}

func (e *Event) setRungs(r rungs) {
	e.Before, e.Rung, e.Chosen, e.RungOnTruth, e.RungOnIdeal = r.before, r.shown, r.chosen, r.onTruth, r.onIdeal
}
