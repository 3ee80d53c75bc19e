package sim

import (
	"math"

	"github.com/misstep/misstep/model/decide"
)

// incident is what happened, whether or not anybody finds it. Culprit, victim and
// intent are those of its stream; the victim is asked for most and kept beside it.
type incident struct {
	entity     uint64
	start      float64 // [d]
	discovered float64 // [d]
	severity   float64 // S, 0 to 10
	bound      uint64  // channels whose commitments were in force when it began, by bit
	stream     int32
	victim     int32
	ordinal    int32 // within the stream; −1 − n for scheduled incident n
	named      int32 // scheduled incident, −1 without one
	frame      int16 // suspect index that the false flag points at, −1 without one
	disclosed  bool  // public, by whatever hand
	exposed    bool  // public, by another hand than the victim's
	leaked     bool  // a private contact about it has leaked
}

// victimCase is the victim's side of an incident: what it believes, what it has
// done, and how that is judged. It is empty until the incident is discovered.
type victimCase struct {
	incident

	perceived         float64 // Ŝ
	estimate          float64 // severity that the victim's choices use
	posteriorSeverity float64 // E[S | Ŝ]: severity that the ideal observer uses
	closeAt           float64 // [d]
	uniform           float64 // of every choice in the case
	lo, hi            float64 // interval in which the history of decisions puts the uniform
	dueAt             float64 // [d] when an act that waits is decided once more
	snap              snapshot
	belief            float64 // P(target did it)
	priorAt           int32   // offset into prior and like
	idealAt           int32   // offset into idealLike
	ratioAt           int32   // offset into ratio
	pieces            int32   // of evidence seen
	read              int32   // of these, by the ideal observer
	target            int16   // suspected state, −1 without one
	against           int16   // of the highest step, −1 without one
	highest           int8    // rung taken, never R4
	peak              int8    // highest as shown: R4 for a joint R3
	accused           int8    // highest reply of the accused
	wanted            int8    // highest rung that the truth would have called for at some review
	state             caseState
	spoken            bool // the victim has taken a public step
	counted           bool // discovered in the window
	dirty             bool // something new since the last review
	waiting           bool // an act or decision waits for contact
	waited            bool // one has waited: a case waits once
	decided           bool // some review has come to a decision
	retracted         bool
	missteps          uint8        // bit by class
	avoidable         uint8        // bit by class
	falsely           bool         // a public step against an innocent
	rightly           bool         // a public step against the guilty
	accuser           bool         // an act has stood in the public set
	whoOrWhy          bool         // the first of these hung on a false belief about culprit or intent
	misstepAt         int8         // rung of the act that is a misstep of class R3, 0 without one
	misstepOn         int16        // state that it was taken against, −1 without one
	namedOn           int16        // state that the first act in the public set was against, −1 without one
	falselyOn         int16        // first innocent that a public act was against, −1 without one
	erred             uint16       // bit by rung of the acts that are missteps
	replies           uint8        // missteps among the replies
	thaw, tension     float64      // at discovery; see [CaseOutcome]
	regret            float64      // at closure, in utility ranges
	shares            [4]float64   // contributions: culprit, intent, severity, type
	kept              decide.Bound // that of the decision that set hi
}

type caseState uint8

const (
	hidden caseState = iota
	open
	closed
)

// snapshot is what a case keeps from its last own event, so that a look at the
// calendar changes nothing.
type snapshot struct {
	at         float64 // [d]
	tension    float64 // target's toward the victim
	ownTension float64 // the victim's toward the target
	statusQuo  float64 // belief about the target
	cut        float64 // factor on the private cost
	hostage    float64 // factor on the price of publishing
	price      float64 // of publishing
	thaw       float64
}

func (w *world) stream(k *victimCase) *stream { return &w.m.streams[k.stream] }

func (w *world) victim(k *victimCase) int32 { return k.incident.victim }

// guilty reports whether state j did it.
func (w *world) guilty(in *incident, j int32) bool { return w.m.streams[in.stream].source == j }

// guard keeps the interval around the uniform where rounding would close it.
func (k *victimCase) guard() {
	if k.hi <= k.lo {
		k.lo, k.hi = min(k.lo, k.uniform), max(k.hi, math.Nextafter(k.uniform, 2))
		k.kept.Forget()
	}
}
