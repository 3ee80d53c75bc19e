package patterns

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// The world of the hand-made logs: states A and B, channel "line", incident "big".
var world = index{
	states:    map[string]int{"A": 0, "B": 1},
	channels:  map[string]int{"other": 0, "line": 1},
	incidents: map[string]int{"small": 0, "big": 1},
}

// on makes an entry of a case of the incident with a number, −1 for none.
func on(time float64, kind sim.EventKind, incident int32, actor, target int16, rung int) sim.Event {
	return sim.Event{Time: time, Kind: kind, Entity: uint64(10 + incident), Named: incident, Actor: actor, Target: target,
		Channel: -1, Rung: rung}
}

func channelEvent(time float64, kind sim.EventKind, channel int16, cause sim.SuspensionCause) sim.Event {
	return sim.Event{Time: time, Kind: kind, Named: -1, Actor: -1, Target: -1, Channel: channel, Cause: cause}
}

func answered(time float64, from, to int16, answer int) sim.Event {
	e := on(time, sim.EventAnswer, -1, from, to, 0)
	e.Answer = answer
	return e
}

func joint(e sim.Event, partners int) sim.Event {
	e.Joined = partners
	return e
}

var eventful = recorder{log: []sim.Event{
	channelEvent(-400, sim.EventOpening, 1, 0),
	channelEvent(-100, sim.EventLapse, 1, 0),
	on(-50, sim.EventDiscovery, 1, 0, -1, 0),
	on(-20, sim.EventAct, 1, 0, 1, 1),
	on(-10, sim.EventAct, -1, 0, 1, 3),
	channelEvent(100, sim.EventRestoration, 1, 0),
	answered(110, 1, 0, 0),
	answered(115, 0, 1, 2),
	channelEvent(130, sim.EventMeeting, 1, 0),
	joint(on(150, sim.EventAct, 1, 0, 1, 4), 3),
	on(150, sim.EventDenial, 1, 1, 0, 0),
	on(150.5, sim.EventAct, 1, 0, 1, 5),
	channelEvent(150.5, sim.EventSuspension, 1, sim.CauseAccusation),
	on(160, sim.EventReply, 1, 1, 0, 6),
	joint(on(200, sim.EventAct, -1, 1, 0, 5), 1),
	channelEvent(300, sim.EventRestoration, 1, 0),
	channelEvent(350, sim.EventSuspension, 1, sim.CauseShock),
	on(390, sim.EventAct, 1, 0, 1, 7),
	on(500, sim.EventAct, -1, 0, 1, 3),
}}

// TestStatistics: what no filter of TestEveryMeasureOfEveryEventUnderEveryFilter asks.
func TestStatistics(t *testing.T) {
	full := scenario.Statistic{ToRung: 9, Before: 400}
	with := func(measure, event string, change func(*scenario.Statistic)) scenario.Statistic {
		s := full
		s.Measure, s.Event = measure, event
		if change != nil {
			change(&s)
		}
		return s
	}
	for name, c := range map[string]struct {
		s    scenario.Statistic
		want float64
	}{
		"acts by nobody of that name":      {with("count", "act", func(s *scenario.Statistic) { s.By = "C" }), 0},
		"of a case found before the start": {with("count", "act", func(s *scenario.Statistic) { s.Incident = "big" }), 4},
		"the same, from a later day": {with("count", "act",
			func(s *scenario.Statistic) { s.Incident, s.After = "big", 1 }), 3},
		"of an incident that was not found": {with("any", "act", func(s *scenario.Statistic) { s.Incident = "small" }), 0},
		"first day from the start": {with("first_day", "act", func(s *scenario.Statistic) { s.FromRung = 5 }),
			150.5},
		"first day from the discovery": {with("first_day", "act",
			func(s *scenario.Statistic) { s.Incident, s.FromRung = "big", 3 }), 200},
		"a denial is no step: rungs pass": {with("count", "denial", func(s *scenario.Statistic) { s.FromRung = 3 }), 1},
		"questions":                       {with("count", "question", nil), 2},
		"questions by A are to B": {with("count", "question",
			func(s *scenario.Statistic) { s.By, s.Against = "A", "B" }), 1},
		"admissions":                   {with("count", "admission", nil), 1},
		"admissions by A, who answers": {with("count", "admission", func(s *scenario.Statistic) { s.By = "A" }), 1},
		"admissions by B, who denied":  {with("count", "admission", func(s *scenario.Statistic) { s.By = "B" }), 0},
		"a package: the charges half a day on": {with("count", "act",
			func(s *scenario.Statistic) { s.SameDay, s.Incident, s.FromRung, s.ToRung = true, "big", 5, 5 }), 1},
		"an act long after is no package": {with("count", "act",
			func(s *scenario.Statistic) { s.SameDay, s.Incident, s.FromRung = true, "big", 7 }), 0},
		"a denial on the day": {with("count", "denial", func(s *scenario.Statistic) { s.SameDay = true }), 1},
		"uptime":              {with("uptime", "", func(s *scenario.Statistic) { s.Channel = "line" }), 100.5 / 400},
		"uptime in a window": {with("uptime", "",
			func(s *scenario.Statistic) { s.Channel, s.After, s.Before = "line", 140, 310 }), 20.5 / 170},
	} {
		t.Run(name, func(t *testing.T) {
			st := world.compile(&c.s, 0)
			if have := st.of(&eventful); math.Abs(have-c.want) > 1e-12 && have != c.want {
				t.Errorf("%v, want %v", have, c.want)
			}
		})
	}
}

// TestFirstPublicActIsItsOwnPackage: charges that come first carry the accusation.
func TestFirstPublicActIsItsOwnPackage(t *testing.T) {
	s := scenario.Statistic{Measure: "any", Event: "act", FromRung: 5, ToRung: 5, Before: 400, SameDay: true}
	st := world.compile(&s, 0)
	first := recorder{log: []sim.Event{on(10, sim.EventAct, 0, 0, 1, 2), on(20, sim.EventAct, 0, 0, 1, 5)}}
	later := recorder{log: []sim.Event{on(10, sim.EventAct, 0, 0, 1, 3), on(20, sim.EventAct, 0, 0, 1, 5)}}
	other := recorder{log: []sim.Event{on(20, sim.EventAct, 1, 0, 1, 3), on(20, sim.EventAct, 0, 0, 1, 5)}}
	if st.of(&first) != 1 || st.of(&later) != 0 || st.of(&other) != 1 {
		t.Errorf("first %v, later %v, beside another case %v; want 1, 0, 1", st.of(&first), st.of(&later), st.of(&other))
	}
}
