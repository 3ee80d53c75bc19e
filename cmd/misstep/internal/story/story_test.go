package story

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/scenario"
)

var update = flag.Bool("update", false, "write the golden text")

// smallStory is a future of the scenario of package narrative with a misstep in one arm.
func smallStory(t *testing.T) *narrative.Story {
	t.Helper()
	data, err := os.ReadFile("../../../../model/narrative/testdata/two-states.yaml")
	if err != nil {
		t.Fatal(err)
	}
	v, err := scenario.Load("two-states", data, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &experiment.Plan{Scenario: v, Seed: 1, Draws: 40, Replicates: 10}
	cell, found, err := narrative.Find(context.Background(), p, narrative.OneMisstep)
	if err != nil || !found {
		t.Fatalf("found %v, %v", found, err)
	}
	s, err := narrative.Tell(p, cell)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain writes a story as plainly as can be.
func plain(s *narrative.Story) string {
	var b strings.Builder
	line := func(l Line) {
		mark := ""
		if l.Diverges {
			mark = "► "
		}
		fmt.Fprintf(&b, "    %s  %s%s\n", l.Date, mark, l.Text)
		for _, n := range l.Notes {
			fmt.Fprintf(&b, "        – %s\n", n)
		}
	}
	for i := range s.Cases {
		c := &s.Cases[i]
		fmt.Fprintf(&b, "\n%s: %s\n", Title(c), Truth(s, c))
		shared, own := Parts(s, c)
		for _, l := range shared {
			line(l)
		}
		for a, lines := range own {
			fmt.Fprintf(&b, "  %s\n", s.Arms[a].Name)
			for _, l := range lines {
				line(l)
			}
		}
	}
	return b.String()
}

// TestGolden: the story of a small scenario, word for word.
func TestGolden(t *testing.T) {
	const file = "testdata/two-states.txt"
	have := plain(smallStory(t))
	if *update {
		if err := os.WriteFile(file, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("the story changed; look at it, then go test ./cmd/misstep/internal/story -update\n%s", diff)
	}
}

// tellOne tells one event of a case in which Aland suspects Borland.
func tellOne(e narrative.Entry) []Line {
	c := &narrative.Case{Victim: "Aland", Culprit: "Borland", Intent: "espionage", Suspect: "Borland"}
	s := &narrative.Story{Start: narrative.Date{Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Horizon: 100}
	e.Day = 31
	return lines(s, c, &narrative.Track{Entries: []narrative.Entry{{Kind: "discovery"}, e}}, 1, 2)
}

// A sentence with its names swapped, or an event that goes untold, would show here.
func TestASentenceForEveryKind(t *testing.T) {
	type entry = narrative.Entry
	const sure = " Aland is 80 % sure that it was Borland."
	const closes = "Aland closes the case, 80 % sure that it was Borland; "
	for _, x := range []struct {
		e    entry
		want string
	}{
		{entry{Kind: "answer", Detail: "denial"}, "Aland asks Borland, which denies." + sure},
		{entry{Kind: "answer", Detail: "silence"}, "Aland asks Borland, which gives no answer." + sure},
		{entry{Kind: "answer", Detail: "admission"}, "Aland asks Borland, which admits it." + sure},
		{entry{Kind: "disclosure"}, "The incident becomes public through others."},
		{entry{Kind: "leak"}, "The private contact leaks, and with it the incident."},
		{entry{Kind: "wait"}, "Aland is about to act, and waits until it has been in touch with Borland."},
		{entry{Kind: "denial"}, "Aland denies it in public."},
		{entry{Kind: "counter"}, "Aland accuses Borland in turn."},
		{entry{Kind: "retraction"}, "Aland withdraws what it said."},
		{entry{Kind: "meeting", Detail: "cyber-dialogue"}, "The cyber dialogue meets."},
		{entry{Kind: "suspension", Detail: "forum"}, "The forum is suspended over it."},
		{entry{Kind: "close"}, closes + "no step taken."},
		{entry{Kind: "close", Rung: 2}, closes + "nothing said in public."},
		{entry{Kind: "close", Rung: 3}, closes + "highest step R3."},
		{entry{Kind: "act", Rung: 6}, "Aland cuts relations with Borland: expulsions, closures or trade measures (R6)."},
		{entry{Kind: "act", Rung: 4, Joined: 1}, "Aland names Borland in public, joined by 1 partner (R4)."},
		{entry{Kind: "act", Rung: 5, Joined: 3},
			"Aland names Borland in public, with charges or sanctions, joined by 3 partners (R5)."},
		{entry{Kind: "reply", Rung: 1}, "In reply Aland protests to Borland in private (R1)."},
		{entry{Kind: "piece", Detail: "third-states"}, "A new trace points at third states." + sure},
		{entry{Kind: "discovery"}, ""}, {entry{Kind: "opening"}, ""}, {entry{Kind: "lapse"}, ""},
		{entry{Kind: "restoration"}, ""}, {entry{Kind: "shock"}, ""}, {entry{Kind: "summit"}, ""},
	} {
		x.e.Who, x.e.Whom, x.e.Belief, x.e.Judged = "Aland", "Borland", 0.8, &narrative.Judged{}
		if x.e.Kind == "answer" {
			x.e.Who, x.e.Whom = x.e.Whom, x.e.Who
		}
		l := tellOne(x.e)
		if (len(l) > 0) != (x.want != "") || len(l) > 0 && (l[0].Text != x.want || l[0].Date != "1 Feb 2026") {
			t.Errorf("%s: %+v, want %q", x.e.Kind, l, x.want)
		}
	}
}

// TestVerdictWords: what is said of a step follows from its rungs, its verdict and the
// errors behind it.
func TestVerdictWords(t *testing.T) {
	judged := func(change func(*narrative.Judged)) *narrative.Judged {
		j := &narrative.Judged{Misstep: true, Behind: []narrative.Behind{{Belief: "culprit", Share: 0.25},
			{Belief: "intent", Share: 1}, {Belief: "severity"}, {Belief: "rival", Share: -0.25}}}
		change(j)
		return j
	}
	known := func(rung int) *narrative.Judged { return &narrative.Judged{Known: rung} }
	for _, c := range []struct {
		kind         string
		rung, before int
		judged       *narrative.Judged
		want         string
	}{
		{"act", 3, 0, known(3), "No misstep: knowing the truth, it would have done the same."},
		{"act", 4, 0, known(3), "No misstep: knowing the truth, it would have done the same."},
		{"act", 3, 0, known(5), "No misstep: knowing the truth, it would have gone further (R5)."},
		{"act", 7, 6, known(6), "No misstep by the count, which is of steps to R3, R5, R6, R8 and R9."},
		{"act", 5, 0, judged(func(*narrative.Judged) {}),
			"MISSTEP: knowing the truth, it would have chosen to let it pass (R0)."},
		{"act", 5, 2, judged(func(j *narrative.Judged) { j.Known = 1 }),
			"it would have chosen to leave it at what it had done before (R2)."},
		{"act", 6, 0, judged(func(j *narrative.Judged) { j.Fair, j.Avoidable = 5, true }), "Avoidable: had it read its own " +
			"evidence soundly, it would have chosen to name China in public, with charges or sanctions (R5)."},
		{"act", 6, 0, judged(func(*narrative.Judged) {}), "Not avoidable: soundly read, the same evidence led as far;"},
		{"act", 6, 0, judged(func(*narrative.Judged) {}), "The false beliefs behind it: what it was for (100 %) and " +
			"who did it (25 %). Its error about what kind of rival it faced (−25 %) worked the other way."},
		{"act", 3, 0, known(3), "The truth: Borland did it, to spy, and China is innocent; severity 0.0."},
		{"reply", 3, 0, known(3), "It held China to be content with the status quo by under 1 %; in truth China is out to " +
			"change the status quo. Deliberate: knowing the truth, it would have gone as far."},
		{"reply", 3, 0, judged(func(*narrative.Judged) {}),
			"MISSTEP: knowing that, it would have chosen to let it pass (R0)."},
		{"reply", 3, 0, judged(func(j *narrative.Judged) { j.Misstep, j.Induced = false, true }),
			"Induced: it answers a misstep, and would have done less without it."},
	} {
		l := tellOne(narrative.Entry{Kind: c.kind, Rung: c.rung, Before: c.before, Whom: "China", Judged: c.judged})
		if have := strings.Join(l[0].Notes, " "); !strings.Contains(have, c.want) {
			t.Errorf("R%d after R%d: %q, want %q", c.rung, c.before, have, c.want)
		}
	}
}

// TestTruth: when a case was found, in the unit that people would take.
func TestTruth(t *testing.T) {
	s := &narrative.Story{Start: narrative.Date{Time: time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)}}
	for days, want := range map[float64]string{0.2: "the same day", 1.5: "a day later", 30: "30 days later",
		365: "12 months later", 1461: "4.0 years later"} {
		c := &narrative.Case{Number: 2, Name: "leak", Victim: "United Kingdom", Culprit: "third-states", Intent: "crime",
			Tracks: []*narrative.Track{nil, {Start: 59, Found: 59 + days, Severity: 3}}}
		want = "Third states broke into the United Kingdom on 29 Feb 2028 for money (severity 3.0 of 10); found " + want + "."
		if have := Truth(s, c); have != want || Title(c) != "Case 2, leak" {
			t.Errorf("%s: %q, want %q", Title(c), have, want)
		}
	}
	p := parted()
	c := &p.Cases[0]
	for _, other := range []struct{ found, severity float64 }{{0, 0}, {9, 4.9}, {0, 4.9}, {9, 0}} {
		c.Tracks[1].Found, c.Tracks[1].Severity = other.found, other.severity
		have, differs := Truth(p, c), other.found+other.severity > 0
		if said := strings.Contains(have, "day. With the\u00a0forum: severity "); said != differs {
			t.Errorf("%v: %q", other, have)
		}
	}
}

// TestSurely: a belief is never told as certain, either way.
func TestSurely(t *testing.T) {
	for p, want := range map[float64]string{0: "under 1 %", 0.001: "under 1 %", 0.42: "42 %", 1: "over 99 %"} {
		if have := surely(p); have != want {
			t.Errorf("surely(%v) = %q, want %q", p, have, want)
		}
	}
}
