package narrative

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// The states of the small scenario, in the order of the engine.
const (
	aland   = 0
	borland = 1
)

// on makes an event of a case, 0 for none.
func on(day float64, kind sim.EventKind, entity uint64, change func(*sim.Event)) sim.Event {
	e := sim.Event{Time: day, Kind: kind, Entity: entity, Named: -1, Actor: -1, Target: -1, Channel: -1, Signal: -1,
		Indicated: -1, Answer: -1}
	if entity != 0 {
		e.Actor, e.Target, e.Start, e.Severity, e.Belief = aland, borland, -40, 3, 0.8
	}
	if change != nil {
		change(&e)
	}
	return e
}

func step(day float64, entity uint64, rung int) sim.Event {
	return on(day, sim.EventAct, entity,
		func(e *sim.Event) { e.Rung, e.Chosen, e.RungOnTruth, e.RungOnIdeal = rung, rung, rung, rung })
}

func reply(day float64, entity uint64, rung int) sim.Event {
	return on(day, sim.EventReply, entity,
		func(e *sim.Event) {
			e.Actor, e.Target, e.Rung, e.Chosen, e.RungOnTruth = borland, aland, rung, rung, rung
		})
}

func channel(day float64, kind sim.EventKind, c int16, cause sim.SuspensionCause) sim.Event {
	return on(day, kind, 0, func(e *sim.Event) { e.Channel, e.Cause = c, cause })
}

// told builds the story of hand-made logs.
func told(t *testing.T, logs ...[]sim.Event) *Story {
	t.Helper()
	p := small(t)
	if len(logs) == 1 {
		v := *p.Scenario
		v.Arms, v.Headline.Treatment = v.Arms[:1], ""
		p.Scenario = &v
	}
	b := newBuilder(p, experiment.Cell{}, compile(p, 0))
	spying := int32(0)
	for source, _, intent := b.arms.History.Stream(0); source != borland || intent != scenario.Espionage; {
		spying++
		source, _, intent = b.arms.History.Stream(int(spying))
	}
	for _, log := range logs {
		for i := range log {
			log[i].Stream = spying
		}
	}
	return b.build(logs)
}

// A comparison that skips the past no more, marks the later of two steps, or looks at
// the day instead of the deed would show here.
func TestDivergenceOfHandMadeLogs(t *testing.T) {
	wait := on(3, sim.EventWait, 7, nil)
	type log = []sim.Event
	for name, c := range map[string]struct {
		a, b log
		want []int
	}{
		"nothing":                    {nil, nil, []int{-1, -1}},
		"alike":                      {log{step(1, 7, 3)}, log{step(1, 7, 3)}, []int{-1, -1}},
		"later, and else alike":      {log{step(1, 7, 3)}, log{wait, step(9, 7, 3)}, []int{-1, -1}},
		"before the start":           {log{step(-1, 7, 3)}, log{step(-1, 7, 5)}, []int{-1, -1}},
		"another rung":               {log{step(1, 7, 3)}, log{wait, step(9, 7, 5)}, []int{0, 1}},
		"one arm ends":               {log{step(1, 7, 3), reply(4, 7, 5)}, log{step(1, 7, 3)}, []int{1, -1}},
		"the other ends":             {log{wait}, log{wait, step(4, 7, 1)}, []int{-1, 1}},
		"another case, earlier here": {log{step(2, 7, 3)}, log{step(5, 8, 3)}, []int{0, -1}},
		"another case, later here":   {log{step(6, 7, 3)}, log{step(5, 8, 3)}, []int{-1, 0}},
		"another actor":              {log{step(2, 7, 3)}, log{reply(5, 7, 3)}, []int{0, 0}},
		"after one that is alike":    {log{step(1, 7, 3), step(2, 8, 3)}, log{step(1, 7, 3), step(2, 8, 5)}, []int{1, 1}},
	} {
		if have := divergence([][]sim.Event{c.a, c.b}); !slices.Equal(have, c.want) {
			t.Errorf("%s: %v, want %v", name, have, c.want)
		}
	}
	if have := divergence([][]sim.Event{{step(1, 7, 3)}}); !slices.Equal(have, []int{-1}) {
		t.Errorf("one arm: %v", have)
	}
}

// A year of 365 days everywhere, a date that is rounded up, or a local clock would
// show here.
func TestDatesAcrossLeapYears(t *testing.T) {
	start := func(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		start time.Time
		day   float64
		want  string
	}{
		{start(2027), 59, "2027-03-01"},
		{start(2028), 59, "2028-02-29"},
		{start(2028), 59.999, "2028-02-29"},
		{start(2028), 60, "2028-03-01"},
		{start(2026), 365 + 365 + 366, "2029-01-01"},
		{start(2100), 59, "2100-03-01"}, // no leap year
		{start(2029), -1, "2028-12-31"},
		{start(2029), -306.5, "2028-02-29"},
		{time.Date(2028, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)), 0.5, "2028-01-01"},
	} {
		if s := (Story{Start: Date{c.start}}); s.date(c.day) != c.want {
			t.Errorf("%v days from %v: %s, want %s", c.day, c.start, s.date(c.day), c.want)
		}
	}
}

// A class that is not the lowest one crossed, or a reply that counts as avoidable,
// would show here.
func TestJudgementOfSteps(t *testing.T) {
	for _, c := range []struct {
		kind                        sim.EventKind
		before, chosen, known, fair int
		misstep                     bool
		class                       int
		avoidable, parts            bool
	}{
		{sim.EventAct, 0, 3, 0, 0, true, 3, true, true},
		{sim.EventAct, 0, 3, 2, 3, true, 3, false, true},
		{sim.EventAct, 0, 6, 3, 5, true, 5, false, false},
		{sim.EventAct, 0, 6, 5, 5, true, 6, true, false},
		{sim.EventAct, 5, 9, 0, 8, true, 6, false, false},
		{sim.EventAct, 0, 3, 3, 3, false, 0, false, false},
		{sim.EventReply, 0, 8, 0, 0, true, 3, false, false},
	} {
		e := on(1, c.kind, 7, func(e *sim.Event) {
			e.Before, e.Chosen, e.RungOnTruth, e.RungOnIdeal, e.Misstep = c.before, c.chosen, c.known, c.fair, c.misstep
			e.Held = decide.Beliefs{Culprit: 0.5, Intent: [4]float64{0.4, 0.2, 0.3, 0.1}}
		})
		j := judged(&e)
		if j.Class != c.class || j.Avoidable != c.avoidable || (j.Behind != nil) != c.parts || j.Held.Hostile != 0.25 {
			t.Errorf("%+v: %+v", c, j)
		}
	}
}

// crisis is a case with everything that belongs to one: found, asked about, waited
// for, accused, replied to, withdrawn and closed.
func crisis(rung int) []sim.Event {
	piece := func(day float64, source, signal int) sim.Event {
		return on(day, sim.EventPiece, 7, func(e *sim.Event) { e.Target, e.Indicated, e.Signal = -1, source, signal })
	}
	return []sim.Event{
		channel(0, sim.EventOpening, 0, 0),
		on(10, sim.EventDiscovery, 7, func(e *sim.Event) { e.Belief, e.Target = 0.5, -1 }),
		piece(10, borland, 1),
		on(12, sim.EventAnswer, 7, func(e *sim.Event) { e.Actor, e.Target, e.Answer = borland, aland, 1 }),
		piece(15, borland, 0), piece(16, 2, -1),
		on(20, sim.EventWait, 7, nil),
		channel(25, sim.EventMeeting, 0, 0),
		step(25, 7, rung),
		channel(25, sim.EventSuspension, 0, sim.CauseAccusation),
		on(25, sim.EventDenial, 7, func(e *sim.Event) { e.Actor, e.Target = borland, aland }),
		reply(30, 7, 3),
		on(40, sim.EventRetraction, 7, nil),
		channel(50, sim.EventRestoration, 0, 0),
		on(60, sim.EventClose, 7, func(e *sim.Event) { e.Rung = rung }),
	}
}

// inShort writes entries as day, kind, and what else is known of them.
func inShort(entries []Entry) string {
	var out []string
	for _, e := range entries {
		words := fmt.Sprintf("%s %s %s>%s %s %s R%d", e.Date[5:], e.Kind, e.Who, e.Whom, e.Detail, e.Signal, e.Rung)
		out = append(out, map[bool]string{true: "► "}[e.Diverges]+strings.Join(strings.Fields(words), " "))
	}
	return strings.Join(out, "\n")
}

// A meeting after the step that waited for it, a suspension that is told elsewhere,
// or beliefs of the event before would show here.
func TestASmallStory(t *testing.T) {
	s := told(t, crisis(5))
	track := s.Cases[0].Tracks[0]
	want := `01-11 discovery Aland> R0
01-11 piece Aland> Borland hostile R0
01-13 answer Borland>Aland silence R0
01-16 piece Aland> Borland not hostile R0
01-17 piece Aland> crooks R0
01-21 wait Aland>Borland R0
01-26 meeting > forum R0
01-26 act Aland>Borland R5
01-26 suspension > forum R0
01-26 denial Borland>Aland R0
01-31 reply Borland>Aland R3
02-10 retraction Aland>Borland R0
03-02 close Aland>Borland R5`
	if diff := cmp.Diff(want, inShort(track.Entries)); diff != "" || s.Cases[0].Shared() != 0 {
		t.Errorf("%d shared entries; %s", s.Cases[0].Shared(), diff)
	}
	for i, e := range track.Entries {
		if e.Belief != 0.8 {
			t.Errorf("entry %d leads to the belief %v", i, e.Belief)
		}
	}
	if c := s.Cases[0]; track.Start != -40 || track.Found != 10 || c.Victim != "Aland" || c.Culprit != "Borland" ||
		c.Intent != "espionage" || c.Suspect != "Borland" || c.Group {
		t.Errorf("%+v, %+v", c, track)
	}
	spans := []Span{{"forum", false, 0, 25}, {"forum", false, 50, s.Horizon}} // of one arm: no forum
	if diff := cmp.Diff(spans, s.Arms[0].Channels); diff != "" {
		t.Errorf("channels: %s", diff)
	}
	if a := s.Arms[0]; a.Discovered != 1 || a.Public != 1 || a.Missteps != 0 || len(a.Life) != 4 {
		t.Errorf("%+v", a)
	}
}

// Arms that are told apart from the start, or together beyond the first difference,
// would show here.
func TestArmsAreOneUntilTheyPart(t *testing.T) {
	s := told(t, crisis(3), crisis(5))
	if s.Diverges == nil || s.Diverges.Day != 25 || s.Diverges.Date != "2026-01-26" || s.Diverges.Case != 1 ||
		!s.Cases[0].Differs {
		t.Fatalf("%+v", s.Diverges)
	}
	c := &s.Cases[0]
	n := c.Shared()
	for a, want := range []int{ladder.Public, ladder.Sanctions} {
		own := c.Tracks[a].Entries[n:]
		if c.Tracks[a].Entries[n-1].Kind != "meeting" || !own[0].Diverges || own[0].Rung != want || len(own) != 6 {
			t.Errorf("arm %d:\n%s", a, inShort(own))
		}
	}
	if spans := s.Arms[1].Channels; len(spans) != 2 || !spans[0].Forum {
		t.Errorf("what the arms differ in is no forum: %+v", spans)
	}
	once := told(t, crisis(3), crisis(3))
	if c := &once.Cases[0]; c.Shared() != len(c.Tracks[0].Entries) || once.Diverges != nil || c.Differs {
		t.Errorf("equal arms are told apart: %d shared", c.Shared())
	}
	alone := told(t, crisis(3), nil)
	if c := &alone.Cases[0]; c.Shared() != 0 || c.Tracks[1] != nil || !c.Differs {
		t.Errorf("a case of one arm: %d shared", c.Shared())
	}
}

// A case that is kept although nothing came of it, or numbers that do not follow
// the day of discovery, would show here.
func TestOnlyCasesThatMatterAreKept(t *testing.T) {
	found := func(day float64, entity uint64) sim.Event {
		return on(day, sim.EventDiscovery, entity, func(e *sim.Event) { e.Target = -1 })
	}
	s := told(t, []sim.Event{found(-5, 1), found(3, 2), found(9, 3), step(11, 3, 3), step(12, 2, 5), step(13, 1, 2),
		found(14, 4), step(15, 4, 2)})
	if len(s.Cases) != 2 || s.Cases[0].Tracks[0].Found != 3 || s.Cases[1].Tracks[0].Found != 9 || s.Cases[1].Number != 2 {
		t.Errorf("%+v", s.Cases)
	}
	if a := s.Arms[0]; a.Discovered != 3 || a.Public != 2 {
		t.Errorf("%d discovered since the start, %d public; want 3 and 2", a.Discovered, a.Public)
	}
}
