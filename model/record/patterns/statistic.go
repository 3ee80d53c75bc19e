package patterns

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// absent is an index that matches nothing, anyone one that matches everything.
const (
	anyone = -1
	absent = -2
)

// statistic is a [scenario.Statistic] with names resolved.
type statistic struct {
	arm           int
	measure       string
	match         func(*entry) bool // the kind of event
	asked         bool              // a question: the entry has who answers as its actor
	by, against   int16
	incident      int32
	channel       int16
	cause         sim.SuspensionCause
	from, to      int8
	after, before float64
	sameDay       bool
}

// index resolves names to the engine's indices.
type index struct{ states, channels, incidents map[string]int }

func newIndex(v *scenario.Scenario, m *sim.Model) index {
	x := index{map[string]int{}, map[string]int{}, map[string]int{}}
	for i := range v.States {
		x.states[v.States[i].Name] = i
	}
	for c := range m.Channels() {
		x.channels[m.ChannelName(c)] = c
	}
	for i := range v.Incidents {
		x.incidents[v.Incidents[i].Name] = i
	}
	return x
}

func find(m map[string]int, name string) int {
	if name == "" {
		return anyone
	}
	if i, ok := m[name]; ok {
		return i
	}
	return absent
}

func (x index) compile(s *scenario.Statistic, arm int) statistic {
	st := statistic{
		arm: arm, measure: s.Measure, match: kindOf(s.Event), asked: s.Event == "question",
		by: int16(find(x.states, s.By)), against: int16(find(x.states, s.Against)),
		incident: int32(find(x.incidents, s.Incident)), channel: int16(find(x.channels, s.Channel)),
		from: int8(s.FromRung), to: int8(s.ToRung), after: s.After, before: s.Before, sameDay: s.SameDay,
	}
	switch s.Cause {
	case "accusation":
		st.cause = sim.CauseAccusation
	case "shock":
		st.cause = sim.CauseShock
	}
	return st
}

// kindOf says which entries are events of the kind that a scenario names.
func kindOf(event string) func(*entry) bool {
	switch event {
	case "joint":
		return func(e *entry) bool { return e.kind == sim.EventAct && e.joined > 0 }
	case "question":
		return func(e *entry) bool { return e.kind == sim.EventAnswer }
	case "admission":
		return func(e *entry) bool { return e.kind == sim.EventAnswer && e.answer == 2 }
	}
	return func(e *entry) bool { return e.kind.String() == event }
}

// of computes the statistic from the log of one replicate. A first day without
// any event is +Inf.
func (s *statistic) of(r *recorder) float64 {
	if s.measure == "uptime" {
		return s.uptime(r)
	}
	discovered, after := 0.0, s.after
	if s.incident >= 0 {
		if discovered = discovery(r, s.incident); discovered < 0 && after == 0 {
			after = math.Inf(-1) // what a case found before the start brought counts from its discovery
		}
	}
	n, first, top, partners := 0, math.Inf(1), 0, 0
	for i := range r.log {
		e := &r.log[i]
		if e.time < after || e.time >= s.before || !s.matches(e) || s.sameDay && !withinADay(r, i) {
			continue
		}
		n++
		first = math.Min(first, e.time)
		top = max(top, int(e.rung))
		partners = max(partners, int(e.joined))
	}
	switch s.measure {
	case "any":
		return math.Min(1, float64(n))
	case "first_day":
		if s.incident >= 0 && n > 0 { // never stays never, discovered or not
			first -= discovered
		}
		return first
	case "max_partners":
		return float64(partners)
	case "max_rung":
		return float64(top)
	}
	return float64(n)
}

func (s *statistic) matches(e *entry) bool {
	actor, target := e.actor, e.target
	if s.asked {
		actor, target = target, actor
	}
	step := e.kind == sim.EventAct || e.kind == sim.EventReply
	return s.match(e) &&
		(s.by == anyone || s.by == actor) && (s.against == anyone || s.against == target) &&
		(s.incident == anyone || s.incident == e.named) && (s.channel == anyone || s.channel == e.channel) &&
		(s.cause == sim.CauseNone || s.cause == e.cause) &&
		(!step || s.from <= e.rung && e.rung <= s.to)
}

// discovery is when a scheduled incident was discovered, +Inf if never.
func discovery(r *recorder, incident int32) float64 {
	for i := range r.log {
		if e := &r.log[i]; e.kind == sim.EventDiscovery && e.named == incident {
			return e.time
		}
	}
	return math.Inf(1)
}

// withinADay reports whether an event lies within a day of a public act of its
// case. An act that is itself the first public one counts: what comes with it is
// one package.
func withinADay(r *recorder, at int) bool {
	e := &r.log[at]
	earlier := false
	for i := range r.log {
		o := &r.log[i]
		if i == at || o.entity != e.entity || o.kind != sim.EventAct || o.rung < ladder.Public {
			continue
		}
		if math.Abs(o.time-e.time) <= 1 {
			return true
		}
		earlier = earlier || o.time < e.time
	}
	return e.kind == sim.EventAct && e.rung >= ladder.Public && !earlier
}

// uptime is the share of the window in which the channel is up.
func (s *statistic) uptime(r *recorder) float64 {
	from, to := math.Max(0, s.after), s.before
	up, since, total := false, 0.0, 0.0
	book := func(until float64) {
		if up {
			total += math.Max(0, math.Min(until, to)-math.Max(since, from))
		}
	}
	for i := range r.log {
		e := &r.log[i]
		if !e.kind.Channel() || e.kind == sim.EventMeeting || e.channel != s.channel {
			continue
		}
		book(e.time)
		up, since = e.kind == sim.EventOpening || e.kind == sim.EventRestoration, e.time
	}
	book(to)
	return total / (to - from)
}
