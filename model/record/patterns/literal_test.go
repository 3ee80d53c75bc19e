package patterns

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// events are all kinds that a scenario may name.
var events = []string{"act", "reply", "joint", "denial", "counter", "meeting", "suspension", "lapse", "restoration",
	"discovery", "disclosure", "question", "admission", "retraction"}

// randomLog is a log in time with every kind of entry in it.
func randomLog(rng *rand.Rand) recorder {
	kinds := []sim.EventKind{sim.EventDiscovery, sim.EventAnswer, sim.EventDisclosure, sim.EventAct, sim.EventReply,
		sim.EventDenial, sim.EventCounter, sim.EventRetraction, sim.EventMeeting, sim.EventSuspension, sim.EventLapse,
		sim.EventRestoration, sim.EventOpening}
	var r recorder
	for range 60 {
		named := int32(rng.IntN(3) - 1)
		actor := int16(rng.IntN(2))
		e := on(float64(rng.IntN(800)-200)/2, kinds[rng.IntN(len(kinds))], named, actor, 1-actor, 0)
		switch {
		case e.Kind.Channel():
			e = channelEvent(e.Time, e.Kind, int16(rng.IntN(2)), sim.SuspensionCause(rng.IntN(3)))
		case e.Kind == sim.EventAct || e.Kind == sim.EventReply:
			e.Rung, e.Joined = rng.IntN(10), max(0, rng.IntN(6)-3)
		case e.Kind == sim.EventAnswer:
			e.Answer = rng.IntN(3)
		}
		r.log = append(r.log, e)
	}
	slices.SortStableFunc(r.log, func(x, y sim.Event) int { return int(2 * (x.Time - y.Time)) })
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
func selects(s *scenario.Statistic, e *sim.Event) bool {
	who, whom := named(world.states, int(e.Actor)), named(world.states, int(e.Target))
	step := e.Kind == sim.EventAct || e.Kind == sim.EventReply
	kind := e.Kind.String()
	switch {
	case s.Event == "joint":
		kind = map[bool]string{true: "joint"}[e.Kind == sim.EventAct && e.Joined > 0]
	case s.Event == "question" && kind == "answer":
		kind, who, whom = "question", whom, who // who asks is who is answered
	case s.Event == "admission" && kind == "answer":
		kind = map[int]string{2: "admission"}[e.Answer]
	}
	fits := func(want, have string) bool { return want == "" || want == have }
	return kind == s.Event && fits(s.By, who) && fits(s.Against, whom) &&
		fits(s.Incident, named(world.incidents, int(e.Named))) &&
		fits(s.Channel, named(world.channels, int(e.Channel))) && fits(s.Cause, e.Cause.String()) &&
		(!step || e.Rung >= s.FromRung && e.Rung <= s.ToRung)
}

// literal is the definition of a statistic, from the whole log.
func literal(s *scenario.Statistic, log []sim.Event) float64 {
	after, found := s.After, 0.0
	if s.Incident != "" {
		found = math.Inf(1)
		for _, e := range slices.Backward(log) {
			if e.Kind == sim.EventDiscovery && named(world.incidents, int(e.Named)) == s.Incident {
				found = e.Time
			}
		}
		if found < 0 && after == 0 {
			after = -1e9
		}
	}
	var times, rungs, partners []float64
	for i := range log {
		e := &log[i]
		if selects(s, e) && e.Time >= after && e.Time < s.Before {
			times, rungs, partners = append(times, e.Time), append(rungs, float64(e.Rung)), append(partners, float64(e.Joined))
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
			for ; next < len(r.log) && r.log[next].Time <= h; next++ {
				if e := &r.log[next]; e.Kind.Channel() && e.Kind != sim.EventMeeting &&
					named(world.channels, int(e.Channel)) == "line" {
					up = e.Kind == sim.EventOpening || e.Kind == sim.EventRestoration
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

// An entry that is kept although no statistic reads it would show here.
func TestRecorderKeepsWhatStatisticsRead(t *testing.T) {
	dropped := []sim.EventKind{sim.EventPiece, sim.EventWait, sim.EventClose, sim.EventLeak, sim.EventShock,
		sim.EventSummit}
	for k := range sim.NumEventKinds {
		var r recorder
		e := sim.Event{Kind: k, Time: 5, Named: 2, Rung: 8}
		r.take(&e)
		if slices.Contains(dropped, k) {
			if len(r.log) != 0 {
				t.Errorf("%s is kept", k)
			}
			continue
		}
		if len(r.log) != 1 || r.log[0] != e {
			t.Errorf("%s: %+v", k, r.log)
		}
		if r.clear(); len(r.log) != 0 {
			t.Error("a log that is cleared has entries")
		}
	}
}
