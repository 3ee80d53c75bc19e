package calibrate

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// A Record is what one simulated history leaves behind by the cut-off, before data sets lose a part of
// it: discovered incidents, public steps, replies, and the lives of dialogues. Times are days from the
// history's start.
type Record struct {
	Incidents   []Incident
	Accusations []Accusation // of China by the western state, in order of time
	Reports     []float64    // times of China's own public steps
	Covert      []Covert     // counter-operations of the western state against China
	Dialogues   []Dialogue
	Until       float64 // [d] the cut-off

	west, east int16 // the western state and China
	at         map[uint64]int
	stream     func(int) (source, victim int, intent scenario.Intent) // of incidents: sim.Model's
	dialogue   []int                                                  // by channel: index into Dialogues, −1
}

// Incident is a discovered incident against the western state.
type Incident struct {
	Start, Discovered float64
	Disclosed         float64 // +Inf: never public
	Accused           float64 // first public step over it, +Inf without
	Penalty           float64 // first charges or sanctions, +Inf without
	Severity          float64
	Intent            scenario.Intent
	Chinese           bool    // in truth
	Belief            float64 // P(China did it), as last held by the victim
	entity            uint64
}

// Accusation is a public step of the western state against China.
type Accusation struct {
	At       float64
	Incident int  // index into Incidents
	Partners int  // states that joined
	British  bool // the United Kingdom among them
	Exposed  bool
	Cut      bool // a live dialogue was suspended by it within the window
	Denied   bool
	Counter  bool
	Trade    bool // China answered by reduced relations within the window
	entity   uint64
}

// Covert is a covert counter-operation (R7) of the western state against China.
type Covert struct {
	entity uint64 // of the incident that it answers
	move   int    // of a chain of replies, 0 for the victim's own step
}

// Dialogue is the life of one formal dialogue.
type Dialogue struct {
	Name        string
	Since       float64 // up since; +Inf while down
	Alive       float64 // [d] up, by the cut-off
	Ages        []float64
	Lapses      int
	Suspensions int
	Recoveries  []float64 // [d] from a rupture to the next beginning
	Gaps        []float64 // [d] between meetings
	down        float64   // since; −Inf while up or not yet opened
	ruptured    bool      // the last end was a suspension
	met         float64   // last meeting since it came up, −Inf without one
}

// window is how long after an accusation a suspension or a trade measure counts as its consequence [d]:
// T19 and T20.
const window = 30

// newRecord returns the record of a history between west and China, up to a day; dialogues names the
// channels that count.
func newRecord(m *sim.Model, west string, dialogues []string, until float64) *Record {
	r := &Record{at: map[uint64]int{}, Until: until, west: -1, east: -1, stream: m.Stream}
	for i := range m.States() {
		switch m.StateName(i) {
		case west:
			r.west = int16(i)
		case china:
			r.east = int16(i)
		}
	}
	r.dialogue = make([]int, m.Channels())
	for c := range r.dialogue {
		r.dialogue[c] = -1
		if name := m.ChannelName(c); slices.Contains(dialogues, name) {
			r.dialogue[c] = len(r.Dialogues)
			r.Dialogues = append(r.Dialogues, Dialogue{Name: name})
		}
	}
	r.Reset()
	return r
}

// Reset forgets a history; memory is kept.
func (r *Record) Reset() {
	clear(r.at)
	r.Incidents, r.Accusations, r.Reports, r.Covert = r.Incidents[:0], r.Accusations[:0], r.Reports[:0], r.Covert[:0]
	for i := range r.Dialogues {
		d := &r.Dialogues[i]
		*d = Dialogue{Name: d.Name, Since: math.Inf(1), down: math.Inf(-1), met: math.Inf(-1), Ages: d.Ages[:0],
			Recoveries: d.Recoveries[:0], Gaps: d.Gaps[:0]}
	}
}

// Close books what was still alive at the cut-off.
func (r *Record) Close() {
	for i := range r.Dialogues {
		d := &r.Dialogues[i]
		if d.Since < r.Until {
			d.Alive += r.Until - math.Max(d.Since, 0)
		}
	}
}

// Observe takes one entry of the log.
func (r *Record) Observe(e *sim.Event) {
	if e.Time > r.Until {
		return
	}
	victim := -1
	if e.Stream >= 0 {
		_, victim, _ = r.stream(int(e.Stream))
	}
	if (e.Kind == sim.EventAct || e.Kind == sim.EventReply) && e.Rung == ladder.CounterOperation && e.Actor == r.west &&
		e.Target == r.east && e.Time >= 0 {
		r.Covert = append(r.Covert, Covert{e.Entity, int(e.Move)})
	}
	switch {
	case e.Kind.Channel():
		r.channel(e)
	case e.Kind == sim.EventReply:
		r.reply(e)
	case e.Kind == sim.EventDenial || e.Kind == sim.EventCounter:
		if a := r.accusationOf(e.Entity); a != nil && e.Actor == r.east && e.Time-a.At <= 7 {
			a.Denied = a.Denied || e.Kind == sim.EventDenial
			a.Counter = a.Counter || e.Kind == sim.EventCounter
		}
	case victim >= 0 && victim == int(r.east):
		if e.Kind == sim.EventAct && e.Actor == r.east && e.Target == r.west && e.Before < ladder.Public && public(e.Rung) &&
			e.Time >= 0 {
			r.Reports = append(r.Reports, e.Time)
		}
	case victim >= 0 && victim == int(r.west):
		r.incident(e)
	}
}

// public reports whether a rung is a public accusation or carries one: counter-operations are covert,
// and beyond firebreak A nothing is an accusation any more.
func public(rung int) bool { return rung >= ladder.Public && rung <= ladder.ReduceRelations }

func (r *Record) incident(e *sim.Event) {
	n, known := r.at[e.Entity]
	if e.Kind == sim.EventDiscovery && !known {
		source, _, intent := r.stream(int(e.Stream))
		r.at[e.Entity] = len(r.Incidents)
		r.Incidents = append(r.Incidents,
			Incident{Start: e.Start, Discovered: e.Time, Disclosed: math.Inf(1), Accused: math.Inf(1), Penalty: math.Inf(1),
				Severity: e.Severity, Intent: intent, Chinese: source == int(r.east), Belief: e.Belief, entity: e.Entity})
		return
	}
	if !known {
		return
	}
	k := &r.Incidents[n]
	switch e.Kind {
	case sim.EventDisclosure, sim.EventLeak:
		k.Disclosed = math.Min(k.Disclosed, e.Time)
	case sim.EventAct:
		r.step(e, k, n)
	}
	k.Belief = e.Belief
}

func (r *Record) step(e *sim.Event, k *Incident, n int) {
	if !public(e.Rung) || e.Target != r.east {
		return
	}
	k.Disclosed = math.Min(k.Disclosed, e.Time)
	if e.Rung >= ladder.Sanctions {
		k.Penalty = math.Min(k.Penalty, e.Time)
	}
	if !math.IsInf(k.Accused, 1) {
		return
	}
	k.Accused = e.Time
	if e.Time < 0 {
		return
	}
	a := Accusation{At: e.Time, Incident: n, Partners: e.Joined, British: e.Core, entity: e.Entity}
	for i := range r.Dialogues {
		a.Exposed = a.Exposed || r.Dialogues[i].Since <= e.Time
	}
	r.Accusations = append(r.Accusations, a)
}

func (r *Record) accusationOf(entity uint64) *Accusation {
	for i := len(r.Accusations) - 1; i >= 0; i-- {
		if r.Accusations[i].entity == entity {
			return &r.Accusations[i]
		}
	}
	return nil
}

func (r *Record) reply(e *sim.Event) {
	a := r.accusationOf(e.Entity)
	if a != nil && e.Actor == r.east && e.Rung == ladder.ReduceRelations && e.Time-a.At <= window {
		a.Trade = true
	}
}

func (r *Record) channel(e *sim.Event) {
	i := r.dialogue[e.Channel]
	if i < 0 {
		return
	}
	d := &r.Dialogues[i]
	switch e.Kind {
	case sim.EventOpening, sim.EventRestoration:
		if !math.IsInf(d.down, -1) && d.ruptured {
			d.Recoveries = append(d.Recoveries, e.Time-d.down)
		}
		d.Since, d.down, d.met = e.Time, math.Inf(-1), math.Inf(-1)
	case sim.EventMeeting:
		if !math.IsInf(d.met, -1) {
			d.Gaps = append(d.Gaps, e.Time-d.met)
		}
		d.met = e.Time
	case sim.EventLapse, sim.EventSuspension, sim.EventShut:
		d.Alive += math.Max(0, e.Time-math.Max(d.Since, 0))
		if e.Kind == sim.EventShut { // by decision, and no age that it reached
			d.Since = math.Inf(1)
			break
		}
		d.Ages = append(d.Ages, e.Time-d.Since)
		d.Since, d.down, d.ruptured = math.Inf(1), e.Time, e.Kind == sim.EventSuspension
		if e.Kind == sim.EventLapse {
			d.Lapses++
		} else if e.Cause == sim.CauseAccusation {
			d.Suspensions++
			r.cut(e.Time)
		}
	}
}

// cut marks the accusation that a suspension of this moment answers.
func (r *Record) cut(at float64) {
	if n := len(r.Accusations) - 1; n >= 0 && at-r.Accusations[n].At <= window {
		r.Accusations[n].Exposed, r.Accusations[n].Cut = true, true
	}
}
