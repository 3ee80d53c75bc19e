package calibrate

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// This file holds a second reading of a Record: the whole log is kept, cut, and
// searched anew for every question.

// naive reads a record off a log.
type naive struct {
	m          *sim.Model
	west, east string
	log        []sim.Event      // up to the cut-off
	about      map[uint64][]int // places in the log, by incident
	until      float64
}

// naiveRecord reads the log of a history up to a day.
func naiveRecord(h history, west string, dialogues []string, until float64) *Record {
	n := naive{m: h.model, west: west, east: china, until: until, about: map[uint64][]int{}}
	for _, e := range h.log {
		if e.Time <= until {
			n.about[e.Entity] = append(n.about[e.Entity], len(n.log))
			n.log = append(n.log, e)
		}
	}
	r := &Record{Until: until, Incidents: n.incidents(), Accusations: n.accusations(dialogues), Reports: n.reports(),
		Covert: n.covert()}
	for c := range n.m.Channels() { // in the order of the model
		for _, name := range dialogues {
			if n.m.ChannelName(c) == name {
				r.Dialogues = append(r.Dialogues, n.dialogue(name))
			}
		}
	}
	return r
}

func (n *naive) is(state int16, name string) bool {
	return state >= 0 && n.m.StateName(int(state)) == name
}

// against reports whether an entry is about an incident against a state.
func (n *naive) against(e *sim.Event, name string) bool {
	if e.Stream < 0 {
		return false
	}
	_, victim, _ := n.m.Stream(int(e.Stream))
	return n.m.StateName(victim) == name
}

// spoke reports whether an entry is a step that the public sees and that names
// another state: R3 to R6.
func (n *naive) spoke(e *sim.Event, by, of string) bool {
	return e.Kind == sim.EventAct && n.is(e.Actor, by) && n.is(e.Target, of) &&
		(e.Rung == ladder.Public || e.Rung == ladder.Coordinated || e.Rung == ladder.Sanctions ||
			e.Rung == ladder.ReduceRelations)
}

// first returns the time of the first entry about an incident that matches, +Inf
// without one.
func (n *naive) first(entity uint64, match func(*sim.Event) bool) float64 {
	for _, i := range n.about[entity] {
		if e := &n.log[i]; n.against(e, n.west) && match(e) {
			return e.Time
		}
	}
	return math.Inf(1)
}

func (n *naive) incidents() []Incident {
	var out []Incident
	for i := range n.log {
		d := &n.log[i]
		if d.Kind != sim.EventDiscovery || !n.against(d, n.west) {
			continue
		}
		source, _, intent := n.m.Stream(int(d.Stream))
		k := Incident{Start: d.Start, Discovered: d.Time, Severity: d.Severity, Intent: intent,
			Chinese: n.m.SourceName(source) == china, entity: d.Entity}
		public := n.first(d.Entity,
			func(e *sim.Event) bool { return e.Kind == sim.EventDisclosure || e.Kind == sim.EventLeak })
		k.Accused = n.first(d.Entity, func(e *sim.Event) bool { return n.spoke(e, n.west, n.east) })
		k.Penalty = n.first(d.Entity,
			func(e *sim.Event) bool { return n.spoke(e, n.west, n.east) && e.Rung >= ladder.Sanctions })
		k.Disclosed = math.Min(public, k.Accused)
		for _, j := range n.about[d.Entity] {
			if e := &n.log[j]; e.Kind != sim.EventReply && e.Kind != sim.EventDenial && e.Kind != sim.EventCounter {
				k.Belief = e.Belief
			}
		}
		out = append(out, k)
	}
	return out
}

// openers lists the places in the log of the first public step over each incident,
// from the start on.
func (n *naive) openers() []int {
	var out []int
	seen := map[uint64]bool{}
	for i := range n.log {
		e := &n.log[i]
		if !n.against(e, n.west) || !n.spoke(e, n.west, n.east) || seen[e.Entity] {
			continue
		}
		seen[e.Entity] = true
		if e.Time >= 0 {
			out = append(out, i)
		}
	}
	return out
}

func (n *naive) accusations(dialogues []string) []Accusation {
	var out []Accusation
	openers := n.openers()
	for x, at := range openers {
		e := &n.log[at]
		a := Accusation{At: e.Time, Partners: e.Joined, Incident: n.place(e.Entity), entity: e.Entity,
			British: e.Joined > 0 && e.Core}
		for _, name := range dialogues {
			a.Exposed = a.Exposed || n.upAt(name, at)
		}
		last := len(n.log)
		if x+1 < len(openers) {
			last = openers[x+1]
		}
		for i := at + 1; i < last; i++ {
			if s := &n.log[i]; s.Kind == sim.EventSuspension && s.Cause == sim.CauseAccusation && s.Time-e.Time <= 30 &&
				n.isOne(s, dialogues) {
				a.Cut, a.Exposed = true, true
			}
		}
		for _, i := range n.about[e.Entity] {
			r := &n.log[i]
			if i < at || !n.is(r.Actor, n.east) {
				continue
			}
			within := r.Time - e.Time
			a.Denied = a.Denied || r.Kind == sim.EventDenial && within <= 7
			a.Counter = a.Counter || r.Kind == sim.EventCounter && within <= 7
			a.Trade = a.Trade || r.Kind == sim.EventReply && r.Rung == ladder.ReduceRelations && within <= 30
		}
		out = append(out, a)
	}
	return out
}

// place is the number of an incident in order of discovery.
func (n *naive) place(entity uint64) int {
	i := 0
	for j := range n.log {
		if e := &n.log[j]; e.Kind == sim.EventDiscovery && n.against(e, n.west) {
			if e.Entity == entity {
				return i
			}
			i++
		}
	}
	return -1
}

func (n *naive) isOne(e *sim.Event, dialogues []string) bool {
	for _, name := range dialogues {
		if n.m.ChannelName(int(e.Channel)) == name {
			return true
		}
	}
	return false
}

// upAt reports whether a channel is up just before a place in the log.
func (n *naive) upAt(name string, at int) bool {
	up := false
	for i := range at {
		if e := &n.log[i]; e.Channel >= 0 && n.m.ChannelName(int(e.Channel)) == name {
			switch e.Kind {
			case sim.EventOpening, sim.EventRestoration:
				up = true
			case sim.EventLapse, sim.EventSuspension:
				up = false
			}
		}
	}
	return up
}

func (n *naive) reports() []float64 {
	var out []float64
	for i := range n.log {
		e := &n.log[i]
		if n.against(e, n.east) && n.spoke(e, n.east, n.west) && e.Before < ladder.Public && e.Time >= 0 {
			out = append(out, e.Time)
		}
	}
	return out
}

// covert lists the counter-operations (R7) against China from the start on, those in reply among them.
func (n *naive) covert() []Covert {
	var out []Covert
	for i := range n.log {
		e := &n.log[i]
		if by := n.is(e.Actor, n.west) && n.is(e.Target, n.east); !by || e.Time < 0 || e.Rung != ladder.CounterOperation {
			continue
		}
		switch e.Kind {
		case sim.EventAct:
			out = append(out, Covert{entity: e.Entity})
		case sim.EventReply:
			out = append(out, Covert{entity: e.Entity, move: int(e.Move)})
		}
	}
	return out
}

// dialogue tells the life of a channel from its entries alone.
func (n *naive) dialogue(name string) Dialogue {
	d := Dialogue{Name: name, Since: math.Inf(1)}
	var life []sim.Event
	for _, e := range n.log {
		if e.Channel >= 0 && e.Kind.Channel() && n.m.ChannelName(int(e.Channel)) == name {
			life = append(life, e)
		}
	}
	for i, e := range life {
		if e.Kind != sim.EventOpening && e.Kind != sim.EventRestoration {
			continue
		}
		if i > 0 && life[i-1].Kind == sim.EventSuspension { // what came up again was down since the entry before
			d.Recoveries = append(d.Recoveries, e.Time-life[i-1].Time)
		}
		end, meetings := n.until, []float64{}
		d.Since = e.Time
		for _, f := range life[i+1:] {
			if f.Kind == sim.EventMeeting {
				meetings = append(meetings, f.Time)
				continue
			}
			end, d.Since = f.Time, math.Inf(1)
			d.Ages = append(d.Ages, f.Time-e.Time)
			if f.Kind == sim.EventLapse {
				d.Lapses++
			} else if f.Cause == sim.CauseAccusation {
				d.Suspensions++
			}
			break
		}
		for j := 1; j < len(meetings); j++ {
			d.Gaps = append(d.Gaps, meetings[j]-meetings[j-1])
		}
		d.Alive += math.Max(0, end-math.Max(0, e.Time))
	}
	return d
}
