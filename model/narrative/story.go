package narrative

import (
	"math"
	"time"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// Story is one replicate of one parameter draw, in the arms of a contrast.
type Story struct {
	Scenario  string  `json:"scenario"`
	Title     string  `json:"title"`
	Start     Date    `json:"start"`
	Horizon   float64 `json:"horizon_days"`
	Seed      uint64  `json:"seed"`
	Draw      int     `json:"draw"`
	Replicate int     `json:"replicate"`
	Types     []Type  `json:"types"`
	Arms      []Arm   `json:"arms"`  // baseline, then treatment if there is one
	Cases     []Case  `json:"cases"` // those that matter, by discovery
	// Diverges is the first step that differs between the arms; nil without one.
	Diverges *Divergence `json:"diverges"`
}

// Date is a day; JSON has it as 2026-01-31.
type Date struct{ time.Time }

// MarshalJSON writes the day.
func (d Date) MarshalJSON() ([]byte, error) { return []byte(d.Format(`"2006-01-02"`)), nil }

// Type is what kind of rival a state really is in this replicate.
type Type struct {
	State     string `json:"state"`
	StatusQuo bool   `json:"status_quo"`
}

// Arm is what happened in one arm beside the cases, and how much of it there was.
type Arm struct {
	Name       string  `json:"name"`
	Discovered int     `json:"cases_discovered"`   // since the start
	Public     int     `json:"cases_public"`       // with a public step since the start
	Missteps   int     `json:"cases_with_misstep"` // since the start
	Open       int     `json:"cases_open_at_end"`  // of those discovered
	Later      int     `json:"cases_public_later"` // of those open: with the first public step after the end
	Life       []Entry `json:"life"`               // of channels, and shocks and summits
	Channels   []Span  `json:"channels"`
}

// Span is a stretch of days in which a channel is up.
type Span struct {
	Channel string  `json:"channel"`
	Forum   bool    `json:"forum"` // absent from some arm
	From    float64 `json:"from"`
	To      float64 `json:"to"`
}

// Case is one incident in the arms in which it was discovered.
type Case struct {
	Number  int      `json:"number"` // 1 for the first that matters
	Name    string   `json:"name"`   // of a scheduled incident
	Victim  string   `json:"victim"`
	Culprit string   `json:"culprit"`
	Group   bool     `json:"group"` // the culprit is no state
	Intent  string   `json:"intent"`
	Differs bool     `json:"differs"`
	Public  bool     `json:"public"`  // a public step in some arm
	Misstep bool     `json:"misstep"` // a misstep in some arm
	Tracks  []*Track `json:"tracks"`  // by arm; nil where the incident is not discovered
	Suspect string   `json:"-"`       // the one state that the victim can suspect, "" for several
}

// Track is a case in one arm.
type Track struct {
	Start     float64 `json:"start"`      // [d] of the incident
	Found     float64 `json:"discovered"` // [d]
	Severity  float64 `json:"severity"`   // true, 0 to 10
	Perceived float64 `json:"perceived"`  // as it looked
	Entries   []Entry `json:"entries"`
}

// Entry is one event.
type Entry struct {
	Day    float64 `json:"day"`
	Date   string  `json:"date"`
	Kind   string  `json:"kind"` // as in the event log: "act", "piece", "answer", …
	Who    string  `json:"who,omitempty"`
	Whom   string  `json:"whom,omitempty"`
	Detail string  `json:"detail,omitempty"` // channel, cause, answer, suspect that a piece points at
	// Signal is what a piece says of the intent: "hostile", "not hostile" or "".
	Signal   string  `json:"signal,omitempty"`
	Cause    string  `json:"cause,omitempty"` // of a suspension: "accusation" or "shock"
	Belief   float64 `json:"belief"`          // of the victim after the event, that its suspect did it [0, 1]
	Rung     int     `json:"rung"`            // of an act or reply, as shown
	Before   int     `json:"before"`          // highest rung before
	Joined   int     `json:"joined"`          // partners
	Judged   *Judged `json:"judged,omitempty"`
	Diverges bool    `json:"diverges,omitempty"` // the first step that differs
}

// Judged is a step compared with the truth and with what the evidence justified.
type Judged struct {
	Held      Beliefs `json:"held"`
	Justified Beliefs `json:"justified"`
	Truth     Beliefs `json:"truth"`
	Known     int     `json:"known"` // rung under the truth, at the same chance
	Fair      int     `json:"fair"`  // rung under the justified beliefs
	Misstep   bool    `json:"misstep"`
	Class     int     `json:"class"` // lowest rung that full knowledge would not have reached
	Avoidable bool    `json:"avoidable"`
	Induced   bool    `json:"induced"`
	// Behind says which false belief made a first public misstep, as shares of 1;
	// a negative share worked against it. Nil for other steps.
	Behind []Behind `json:"behind,omitempty"`
}

// Beliefs are probabilities in [0, 1] and a severity from 0 to 10.
type Beliefs struct {
	Culprit   float64 `json:"culprit"` // the target did it
	Hostile   float64 `json:"hostile"` // the target did it, to disrupt or to prepare for it
	Severity  float64 `json:"severity"`
	StatusQuo float64 `json:"status_quo"` // the target wants to keep the status quo
}

// Behind is the part of one belief in a misstep.
type Behind struct {
	Belief string  `json:"belief"` // "culprit", "intent", "severity", "rival"
	Share  float64 `json:"share"`
}

var behindNames = [4]string{"culprit", "intent", "severity", "rival"}

// judged reads the verdict off a step or reply.
func judged(e *sim.Event) *Judged {
	of := func(b *decide.Beliefs) Beliefs { return Beliefs{b.Culprit, b.Hostile(), b.Severity, b.StatusQuo} }
	j := &Judged{Held: of(&e.Held), Justified: of(&e.OnIdeal), Truth: of(&e.OnTruth),
		Known: e.RungOnTruth, Fair: e.RungOnIdeal, Misstep: e.Misstep, Induced: e.Induced}
	for _, r := range sim.Classes {
		if e.Misstep && e.Chosen >= r && e.Before < r && e.RungOnTruth < r {
			j.Class = r
			j.Avoidable = e.Kind == sim.EventAct && e.RungOnIdeal < r
			break
		}
	}
	if e.Kind == sim.EventAct && j.Class == ladder.Public {
		for i, s := range e.Shares {
			j.Behind = append(j.Behind, Behind{behindNames[i], s})
		}
	}
	return j
}

// At is the moment of a day from the start.
func (s *Story) At(day float64) time.Time {
	return s.Start.Add(time.Duration(day * float64(24*time.Hour))).UTC()
}

// date is the calendar day of a moment.
func (s *Story) date(day float64) string { return s.At(day).Format(time.DateOnly) }

// closeBeliefs is how far beliefs may lie apart in events that count as the same.
const closeBeliefs = 0.02

// Shared is how many entries, from the first on, two arms have in common. Their beliefs
// may differ by less than a reader would see.
func (c *Case) Shared() int {
	n := 0
	if len(c.Tracks) == 2 && c.Tracks[0] != nil && c.Tracks[1] != nil {
		a, b := c.Tracks[0].Entries, c.Tracks[1].Entries
		for n < len(a) && n < len(b) && alike(a[n], b[n]) {
			n++
		}
	}
	return n
}

// alike reports whether two entries are the same event, of whose verdict a reader
// would be told the same.
func alike(a, b Entry) bool {
	x, y := a.Judged, b.Judged
	if (x == nil) != (y == nil) || a.Diverges || b.Diverges || !near(a.Belief, b.Belief) {
		return false
	}
	if x != nil && (x.Known != y.Known || x.Fair != y.Fair || x.Misstep != y.Misstep || x.Induced != y.Induced ||
		!near(x.Held.Culprit, y.Held.Culprit) || !near(x.Held.Hostile, y.Held.Hostile) ||
		!near(x.Held.Severity, y.Held.Severity)) {
		return false
	}
	return a.Kind == b.Kind && a.Date == b.Date && a.Who == b.Who && a.Whom == b.Whom && a.Detail == b.Detail &&
		a.Signal == b.Signal && a.Rung == b.Rung && a.Joined == b.Joined
}

func near(x, y float64) bool { return math.Abs(x-y) < closeBeliefs }
