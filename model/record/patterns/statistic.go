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
	*scenario.Statistic
	arm         int
	match       func(*sim.Event) bool // the kind of event
	by, against int16
	incident    int32
	channel     int16
}

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
	return statistic{Statistic: s, arm: arm, match: kindOf(s.Event), by: int16(find(x.states, s.By)),
		against: int16(find(x.states, s.Against)), incident: int32(find(x.incidents, s.Incident)),
		channel: int16(find(x.channels, s.Channel))}
}

func kindOf(event string) func(*sim.Event) bool {
	switch event {
	case "joint":
		return func(e *sim.Event) bool { return e.Kind == sim.EventAct && e.Joined > 0 }
	case "question":
		return func(e *sim.Event) bool { return e.Kind == sim.EventAnswer }
	case "admission":
		return func(e *sim.Event) bool { return e.Kind == sim.EventAnswer && e.Answer == 2 }
	}
	return func(e *sim.Event) bool { return e.Kind.String() == event }
}

// of computes the statistic from the log of one replicate. A first day without any event is +Inf.
func (s *statistic) of(r *recorder) float64 {
	if s.Measure == "uptime" {
		return s.uptime(r)
	}
	discovered, after := 0.0, s.After
	if s.incident >= 0 {
		if discovered = discovery(r, s.incident); discovered < 0 && after == 0 {
			after = math.Inf(-1) // what a case found before the start brought counts from its discovery
		}
	}
	n, first, top, partners := 0, math.Inf(1), 0, 0
	for i := range r.log {
		e := &r.log[i]
		if e.Time < after || e.Time >= s.Before || !s.matches(e) || s.SameDay && !withinADay(r, i) {
			continue
		}
		n++
		first = math.Min(first, e.Time)
		top = max(top, e.Rung)
		partners = max(partners, e.Joined)
	}
	switch s.Measure {
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

func (s *statistic) matches(e *sim.Event) bool {
	actor, target := e.Actor, e.Target
	if s.Event == "question" {
		actor, target = target, actor
	}
	step := e.Kind == sim.EventAct || e.Kind == sim.EventReply
	return s.match(e) && (s.by == anyone || s.by == actor) && (s.against == anyone || s.against == target) &&
		(s.incident == anyone || s.incident == e.Named) && (s.channel == anyone || s.channel == e.Channel) &&
		(s.Cause == "" || s.Cause == e.Cause.String()) && (!step || s.FromRung <= e.Rung && e.Rung <= s.ToRung)
}

// discovery is when a scheduled incident was discovered, +Inf if never.
func discovery(r *recorder, incident int32) float64 {
	for i := range r.log {
		if e := &r.log[i]; e.Kind == sim.EventDiscovery && e.Named == incident {
			return e.Time
		}
	}
	return math.Inf(1)
}

// withinADay reports whether an event lies within a day of a public act of its case, or is the first
// such act.
func withinADay(r *recorder, at int) bool {
	e := &r.log[at]
	earlier := false
	for i := range r.log {
		o := &r.log[i]
		if i == at || o.Entity != e.Entity || o.Kind != sim.EventAct || o.Rung < ladder.Public {
			continue
		}
		if math.Abs(o.Time-e.Time) <= 1 {
			return true
		}
		earlier = earlier || o.Time < e.Time
	}
	return e.Kind == sim.EventAct && e.Rung >= ladder.Public && !earlier
}

func (s *statistic) uptime(r *recorder) float64 {
	from, to := math.Max(0, s.After), s.Before
	up, since, total := false, 0.0, 0.0
	book := func(until float64) {
		if up {
			total += math.Max(0, math.Min(until, to)-math.Max(since, from))
		}
	}
	for i := range r.log {
		e := &r.log[i]
		if !e.Kind.Channel() || e.Kind == sim.EventMeeting || e.Channel != s.channel {
			continue
		}
		book(e.Time)
		up, since = e.Kind == sim.EventOpening || e.Kind == sim.EventRestoration, e.Time
	}
	book(to)
	return total / (to - from)
}
