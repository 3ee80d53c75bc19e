package patterns

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// events are all kinds that a scenario may name.
var events = []string{"act", "reply", "joint", "denial", "counter", "meeting", "suspension", "lapse", "restoration",
	"discovery",
	"disclosure", "question", "admission", "retraction"}

// randomLog is a log in time with every kind of entry in it.
func randomLog(rng *rand.Rand) recorder {
	kinds := []sim.EventKind{sim.EventDiscovery, sim.EventAnswer, sim.EventDisclosure, sim.EventAct, sim.EventReply,
		sim.EventDenial,
		sim.EventCounter, sim.EventRetraction, sim.EventMeeting, sim.EventSuspension, sim.EventLapse, sim.EventRestoration,
		sim.EventOpening}
	var r recorder
	for range 60 {
		named := int32(rng.IntN(3) - 1)
		actor := int16(rng.IntN(2))
		e := on(float64(rng.IntN(800)-200)/2, kinds[rng.IntN(len(kinds))], named, actor, 1-actor, 0)
		switch {
		case e.kind.Channel():
			e = channelEvent(e.time, e.kind, int16(rng.IntN(2)), sim.SuspensionCause(rng.IntN(3)))
		case e.kind == sim.EventAct || e.kind == sim.EventReply:
			e.rung, e.joined = int8(rng.IntN(10)), int16(max(0, rng.IntN(6)-3))
		case e.kind == sim.EventAnswer:
			e.answer = int8(rng.IntN(3))
		}
		r.log = append(r.log, e)
	}
	slices.SortStableFunc(r.log, func(x, y entry) int { return int(2 * (x.time - y.time)) })
	return r
}

// named turns the indices of an entry back into the names of the world.
func named(list map[string]int, i int) string {
	for name, k := range list {
		if k == i {
			return name
		}
	}
	return ""
}

// selects is the definition of a filter, over names.
func selects(s *scenario.Statistic, e *entry) bool {
	who, whom := named(world.states, int(e.actor)), named(world.states, int(e.target))
	step := e.kind == sim.EventAct || e.kind == sim.EventReply
	kind := e.kind.String()
	switch {
	case s.Event == "joint":
		kind = map[bool]string{true: "joint"}[e.kind == sim.EventAct && e.joined > 0]
	case s.Event == "question" && kind == "answer":
		kind, who, whom = "question", whom, who // who asks is who is answered
	case s.Event == "admission" && kind == "answer":
		kind = map[int8]string{2: "admission"}[e.answer]
	}
	fits := func(want, have string) bool { return want == "" || want == have }
	return kind == s.Event && fits(s.By, who) && fits(s.Against, whom) &&
		fits(s.Incident, named(world.incidents, int(e.named))) &&
		fits(s.Channel, named(world.channels, int(e.channel))) && fits(s.Cause, e.cause.String()) &&
		(!step || int(e.rung) >= s.FromRung && int(e.rung) <= s.ToRung)
}

// literal is the definition of a statistic, from the whole log.
func literal(s *scenario.Statistic, log []entry) float64 {
	after, found := s.After, 0.0
	if s.Incident != "" {
		found = math.Inf(1)
		for _, e := range slices.Backward(log) {
			if e.kind == sim.EventDiscovery && named(world.incidents, int(e.named)) == s.Incident {
				found = e.time
			}
		}
		if found < 0 && after == 0 {
			after = -1e9
		}
	}
	var times, rungs, partners []float64
	for i := range log {
		e := &log[i]
		if selects(s, e) && e.time >= after && e.time < s.Before {
			times, rungs, partners = append(times, e.time), append(rungs, float64(e.rung)), append(partners, float64(e.joined))
		}
	}
	if len(times) == 0 {
		return map[string]float64{"first_day": math.Inf(1)}[s.Measure]
	}
	return map[string]float64{"count": float64(len(times)), "any": 1, "first_day": slices.Min(times) - found,
		"max_rung": slices.Max(rungs), "max_partners": slices.Max(partners)}[s.Measure]
}

// A filter that is ignored for one kind of event, a bound that is excluded, or a
// measure that reads another field would show here.
func TestEveryMeasureOfEveryEventUnderEveryFilter(t *testing.T) {
	filters := map[string]func(*scenario.Statistic){
		"none":        func(*scenario.Statistic) {},
		"by":          func(s *scenario.Statistic) { s.By = "A" },
		"against":     func(s *scenario.Statistic) { s.Against = "A" },
		"incident":    func(s *scenario.Statistic) { s.Incident = "big" },
		"channel":     func(s *scenario.Statistic) { s.Channel = "line" },
		"accusation":  func(s *scenario.Statistic) { s.Cause = "accusation" },
		"shock":       func(s *scenario.Statistic) { s.Cause = "shock" },
		"rungs":       func(s *scenario.Statistic) { s.FromRung, s.ToRung = 3, 6 },
		"days":        func(s *scenario.Statistic) { s.After, s.Before = 20, 150 },
		"by and days": func(s *scenario.Statistic) { s.By, s.After, s.Incident = "B", 10, "small" },
	}
	rng := rand.New(rand.NewPCG(1, 2))
	hits := 0
	for range 12 {
		r := randomLog(rng)
		for _, event := range events {
			for _, measure := range []string{"count", "any", "first_day", "max_rung", "max_partners"} {
				for name, change := range filters {
					s := scenario.Statistic{Measure: measure, Event: event, ToRung: 9, Before: 300}
					change(&s)
					want := literal(&s, r.log)
					st := world.compile(&s, 0)
					if have := st.of(&r); have != want {
						t.Errorf("%s of %s, %s: %v, want %v", measure, event, name, have, want)
					}
					if measure == "any" && want == 1 {
						hits++
					}
				}
			}
		}
	}
	if hits < 600 {
		t.Errorf("only %d filters let something through: too few to tell", hits)
	}
}

// An uptime that runs on after a rupture, or that counts days outside of the window,
// would show here: against a count of
// half days.
func TestUptimeAgainstACountOfHalfDays(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		r := randomLog(rng)
		s := scenario.Statistic{Measure: "uptime", Channel: "line", After: float64(rng.IntN(40) - 20),
			Before: float64(100 + rng.IntN(200))}
		up, in, all := false, 0, 0
		next := 0
		for h := -100.0; h < s.Before; h += 0.5 {
			for ; next < len(r.log) && r.log[next].time <= h; next++ {
				if e := &r.log[next]; e.kind.Channel() && e.kind != sim.EventMeeting &&
					named(world.channels, int(e.channel)) == "line" {
					up = e.kind == sim.EventOpening || e.kind == sim.EventRestoration
				}
			}
			if h >= 0 && h >= s.After {
				all++
				in += map[bool]int{true: 1}[up]
			}
		}
		st := world.compile(&s, 0)
		if have := st.of(&r); math.Abs(have-float64(in)/float64(all)) > 1e-9 {
			t.Errorf("%+v: %v, want %d of %d", s, have, in, all)
		}
	}
}

// A first day of an incident that is never found, which is never and no NaN: it would
// be in neither tail.
func TestFirstDayOfAnIncidentThatIsNeverFound(t *testing.T) {
	s := scenario.Statistic{Measure: "first_day", Event: "act", Incident: "small", ToRung: 9, Before: 400}
	st := world.compile(&s, 0)
	x := tallied(30, []float64{st.of(&eventful), st.of(&eventful), 10, 50})
	for side, want := range map[string]float64{"low": 0.25, "high": 0.75, "both": 0.5} {
		if p, _ := x.tail(side); p != want {
			t.Errorf("%s: %v, want %v", side, p, want)
		}
	}
}

// An entry that is kept although no statistic reads it, or a field that is lost on
// the way, would show here.
func TestRecorderKeepsWhatStatisticsRead(t *testing.T) {
	dropped := []sim.EventKind{sim.EventPiece, sim.EventWait, sim.EventClose, sim.EventLeak, sim.EventShock,
		sim.EventSummit}
	for k := range sim.NumEventKinds {
		var r recorder
		r.take(&sim.Event{Kind: k, Time: 5, Start: -3, Severity: 7.5, Entity: 99, Named: 2, Stream: 4, Cause: sim.CauseShock,
			Actor: 1, Target: 3, Channel: 6, Rung: 8, Before: 2, Joined: 300, Answer: 1, OnTruth: decide.Beliefs{Culprit: 0}})
		if slices.Contains(dropped, k) {
			if len(r.log) != 0 {
				t.Errorf("%s is kept", k)
			}
			continue
		}
		want := entry{time: 5, start: -3, severity: 7.5, entity: 99, named: 2, stream: 4, kind: k, cause: sim.CauseShock,
			actor: 1, target: 3, channel: 6, rung: 8, before: 2, joined: 300, answer: 1, innocent: k == sim.EventAct}
		if len(r.log) != 1 || r.log[0] != want {
			t.Errorf("%s: %s", k, fmt.Sprintf("%+v", r.log))
		}
		if r.clear(); len(r.log) != 0 {
			t.Error("a log that is cleared has entries")
		}
	}
}
