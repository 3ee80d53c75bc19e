package narrative

import (
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
	spying := int32(slices.IndexFunc(b.streams,
		func(s Stream) bool { return s.Source == "Borland" && s.Intent == scenario.Espionage }))
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
		start       time.Time
		day         float64
		iso, spoken string
	}{
		{start(2027), 59, "2027-03-01", "1 Mar 2027"},
		{start(2028), 59, "2028-02-29", "29 Feb 2028"},
		{start(2028), 59.999, "2028-02-29", "29 Feb 2028"},
		{start(2028), 60, "2028-03-01", "1 Mar 2028"},
		{start(2026), 365 + 365 + 366, "2029-01-01", "1 Jan 2029"},
		{start(2100), 59, "2100-03-01", "1 Mar 2100"}, // no leap year
		{start(2029), -1, "2028-12-31", "31 Dec 2028"},
		{start(2029), -306.5, "2028-02-29", "29 Feb 2028"},
		{time.Date(2028, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)), 0.5, "2028-01-01", "1 Jan 2028"},
	} {
		s := Story{Start: c.start}
		if iso, spoken := date(c.start, c.day), s.Day(c.day); iso != c.iso || spoken != c.spoken {
			t.Errorf("%v days from %v: %s, %s; want %s, %s", c.day, c.start, iso, spoken, c.iso, c.spoken)
		}
	}
}

// A sentence with its names swapped, or an event that goes untold, would show here.
func TestASentenceForEveryKind(t *testing.T) {
	c := &Case{Victim: "Aland", Culprit: "Borland", Intent: "espionage", onlyRival: "Borland"}
	s := &Story{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	of := func(kind string, change func(*Entry)) *Entry {
		e := &Entry{Kind: kind, Day: 31, Who: "Aland", Whom: "Borland", Belief: 0.8, Judged: &Judged{}}
		if change != nil {
			change(e)
		}
		return e
	}
	answer := func(detail string) *Entry {
		return of("answer", func(e *Entry) { e.Who, e.Whom, e.Detail = "Borland", "Aland", detail })
	}
	closing := func(rung int) *Entry { return of("close", func(e *Entry) { e.Rung = rung }) }
	for _, x := range []struct {
		e    *Entry
		want string
	}{
		{answer("denial"), "Aland asks Borland, which denies. Aland is 80 % sure that it was Borland."},
		{answer("silence"), "Aland asks Borland, which gives no answer. Aland is 80 % sure that it was Borland."},
		{answer("admission"), "Aland asks Borland, which admits it. Aland is 80 % sure that it was Borland."},
		{of("disclosure", nil), "The incident becomes public through others."},
		{of("leak", nil), "The private contact leaks, and with it the incident."},
		{of("wait", nil), "Aland is about to act, and waits until it has been in touch with Borland."},
		{of("denial", nil), "Aland denies it in public."},
		{of("counter", nil), "Aland accuses Borland in turn."},
		{of("retraction", nil), "Aland withdraws what it said."},
		{of("meeting", func(e *Entry) { e.Detail = "cyber-dialogue" }), "The cyber dialogue meets."},
		{of("suspension", func(e *Entry) { e.Detail = "forum" }), "The forum is suspended over it."},
		{closing(0), "Aland closes the case, 80 % sure that it was Borland; no step taken."},
		{closing(2), "Aland closes the case, 80 % sure that it was Borland; nothing said in public."},
		{closing(3), "Aland closes the case, 80 % sure that it was Borland; highest step R3."},
		{of("act", func(e *Entry) { e.Rung = 6 }),
			"Aland cuts relations with Borland: expulsions, closures or trade measures (R6)."},
		{of("act", func(e *Entry) { e.Rung, e.Joined = 4, 1 }), "Aland names Borland in public, joined by 1 partner (R4)."},
		{of("act", func(e *Entry) { e.Rung, e.Joined = 5, 3 }),
			"Aland names Borland in public, with charges or sanctions (R5), joined by 3 partners."},
		{of("reply", func(e *Entry) { e.Rung = 1 }), "In reply Aland protests to Borland in private (R1)."},
		{of("discovery", nil), ""}, {of("opening", nil), ""}, {of("lapse", nil), ""}, {of("restoration", nil), ""},
		{of("shock", nil), ""}, {of("summit", nil), ""},
	} {
		l, ok := s.line(c, x.e)
		if l.Text != x.want || ok != (x.want != "") || l.Date != "1 Feb 2026" {
			t.Errorf("%s: %q (%v, %s), want %q", x.e.Kind, l.Text, ok, l.Date, x.want)
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

// texts are lines without their notes.
func texts(lines []Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, map[bool]string{true: "► "}[l.Diverges]+l.Date+": "+l.Text)
	}
	return strings.Join(out, "\n")
}

// A meeting after the step that waited for it, a suspension that is told elsewhere,
// or beliefs of the event before would show here.
func TestASmallStory(t *testing.T) {
	s := told(t, crisis(5))
	shared, own := s.Parts(&s.Cases[0])
	want := `11 Jan 2026: Aland finds it. The first trace points at Borland and looks like more than spying. Aland is 80 % sure that it was Borland.
13 Jan 2026: Aland asks Borland, which gives no answer. Aland is 80 % sure that it was Borland.
17 Jan 2026: By now 2 more traces, pointing 1 at Borland and 1 at crooks. Aland is 80 % sure that it was Borland.
21 Jan 2026: Aland is about to act, and waits until it has been in touch with Borland.
26 Jan 2026: The forum meets.
26 Jan 2026: Aland names Borland in public, with charges or sanctions (R5).
26 Jan 2026: The forum is suspended over it.
26 Jan 2026: Borland denies it in public.
31 Jan 2026: In reply Borland names Aland in public (R3).
10 Feb 2026: Aland withdraws what it said.
2 Mar 2026: Aland closes the case, 80 % sure that it was Borland; highest step R5.`
	if diff := cmp.Diff(want, texts(own[0])); diff != "" || len(shared) != 0 {
		t.Errorf("%d shared lines; %s", len(shared), diff)
	}
	if truth := s.Truth(&s.Cases[0]); truth != "Borland broke into Aland on 22 Nov 2025 to spy (severity 3.0 of 10); "+
		"found 50 days later." {
		t.Errorf("%q", truth)
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
func TestArmsAreToldTogetherUntilTheyPart(t *testing.T) {
	s := told(t, crisis(3), crisis(5))
	if s.Diverges == nil || *s.Diverges != (Divergence{25, "2026-01-26", 1}) || !s.Cases[0].Differs {
		t.Fatalf("%+v", s.Diverges)
	}
	shared, own := s.Parts(&s.Cases[0])
	if len(shared) != 5 || shared[4].Text != "The forum meets." {
		t.Errorf("shared:\n%s", texts(shared))
	}
	for a, want := range []int{ladder.Public, ladder.Sanctions} {
		first := own[a][0]
		if !first.Diverges || !strings.Contains(first.Text, "Borland in public") ||
			strings.Contains(first.Text, "R5") != (want == 5) || len(own[a]) != 6 {
			t.Errorf("arm %d:\n%s", a, texts(own[a]))
		}
	}
	if spans := s.Arms[1].Channels; len(spans) != 2 || !spans[0].Forum {
		t.Errorf("what the arms differ in is no forum: %+v", spans)
	}
	once := told(t, crisis(3), crisis(3))
	if shared, own := once.Parts(&once.Cases[0]); len(shared) != 11 || len(own[0])+len(own[1]) != 0 ||
		once.Diverges != nil || once.Cases[0].Differs {
		t.Errorf("equal arms are told apart: %d shared, %d and %d", len(shared), len(own[0]), len(own[1]))
	}
	alone := told(t, crisis(3), nil)
	if shared, own := alone.Parts(&alone.Cases[0]); shared != nil || own[1] != nil || len(own[0]) != 11 ||
		!alone.Cases[0].Differs {
		t.Errorf("a case of one arm: %d shared, %v", len(shared), own[1])
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
