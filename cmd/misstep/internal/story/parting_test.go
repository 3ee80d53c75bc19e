package story

import (
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/model/narrative"
)

// parted is an invented story: without the forum Aland names Borland on day 40, with it
// it asked, waited and warns on day 59.
func parted() *narrative.Story {
	step := func(day float64, rung int, misstep bool) *narrative.Entry {
		return &narrative.Entry{Day: day, Kind: "act", Who: "Aland", Whom: "Borland", Rung: rung,
			Judged: &narrative.Judged{Held: narrative.Beliefs{Culprit: .9}, Misstep: misstep}}
	}
	a, b := step(40, 3, true), step(59, 2, false)
	found := narrative.Entry{Day: 10, Kind: "piece", Who: "Aland", Detail: "Borland", Belief: .9}
	answer := narrative.Entry{Day: 10, Kind: "answer", Who: "Borland", Whom: "Aland", Detail: "denial", Belief: .6}
	c := narrative.Case{Number: 1, Victim: "Aland", Culprit: "Borland", Intent: "espionage", Suspect: "Borland",
		Tracks: []*narrative.Track{{Entries: []narrative.Entry{found, *a}}, {Entries: []narrative.Entry{found, answer, *b}}}}
	return &narrative.Story{Start: narrative.Date{Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Horizon: 730.5,
		Arms: []narrative.Arm{{Name: "without-forum"}, {Name: "with-forum",
			Channels: []narrative.Span{{Channel: "talks", Forum: true, From: 0, To: 50}}}},
		Cases: []narrative.Case{c},
		Diverges: &narrative.Divergence{Day: 40, Case: 1, Needed: []string{"delay"}, Sides: [2]*narrative.Entry{a, b},
			Delay: &narrative.Wait{From: 40, Days: 19, Channel: "talks"}}}
}

// TestPartingWords: what is said follows from what was found, and nothing else is said.
func TestPartingWords(t *testing.T) {
	for name, c := range map[string]struct {
		change    func(s *narrative.Story, d *narrative.Divergence)
		want, not string
	}{
		"sides": {nil,
			"Without the forum, Aland names Borland in public (R3) on 10 Feb 2026, 90 % sure that Borland did it. " +
				"With the forum, Aland warns Borland in private of a consequence (R2) on 1 Mar 2026", "asked"},
		"for a meeting": {nil,
			"What parted them: delay (a step waits for a pending contact). With it alone switched off, all " +
				"else and the chance as they were, the two do not part there. The step waited 19 days for the talks to meet. " +
				"That day the talks were up.", "longest"},
		"to the limit": {func(_ *narrative.Story, d *narrative.Divergence) { d.Delay.Channel = "" },
			"The step waited 19 days, the longest that a step waits for a contact, without one.", "to meet"},
		"in vain": {func(_ *narrative.Story, d *narrative.Divergence) { d.Delay.Lapsed, d.Sides[1] = true, nil },
			"With the forum, Aland takes no further step in this case. What", "The step waited"},
		"clarify": {func(_ *narrative.Story, d *narrative.Divergence) { d.Needed = []string{"clarify"} },
			"Aland asked Borland, which denied it: 90 % sure before, 60 % after.", "waited"},
		"two": {func(_ *narrative.Story, d *narrative.Divergence) { d.Needed = []string{"trust", "red_lines"} },
			"What parted them: trust and red lines together. With any one of them switched off", "waited"},
		"either": {func(_ *narrative.Story, d *narrative.Divergence) {
			d.Needed, d.Enough = nil, []string{"trust", "leaks"}
		},
			"trust and leaks would have done it each by itself", "switched off"},
		"spared": {func(_ *narrative.Story, d *narrative.Divergence) { d.Needed, d.Enough = nil, []string{"trust"} },
			"trust would have done it by itself, and the rest together do it as well", "switched off"},
		"none": {func(_ *narrative.Story, d *narrative.Divergence) { d.Needed = nil },
			"several mechanisms together; none of them is indispensable", "switched off"},
		"after the end": {func(s *narrative.Story, _ *narrative.Divergence) { s.Horizon = 50 },
			"on 1 Mar 2026, after the 50 days shown, 90 % sure", "10 Feb 2026, after"},
		"down": {func(s *narrative.Story, _ *narrative.Divergence) { s.Arms[1].Channels[0].To = 30 },
			"That day the talks were down.", "up."},
		"not found": {func(s *narrative.Story, d *narrative.Divergence) { s.Cases[0].Tracks[1], d.Sides[1] = nil, nil },
			"With the forum, the incident is not discovered.", "further"},
	} {
		s := parted()
		if c.change != nil {
			c.change(s, s.Diverges)
		}
		sides, why := Parting(s)
		have := strings.ReplaceAll(sides+" "+why, "\u00a0", " ")
		if !strings.Contains(have, c.want) || c.not != "" && strings.Contains(have, c.not) {
			t.Errorf("%s: %q", name, have)
		}
	}
}

// TestFinding: the one message of a picture, and that there is none.
func TestFinding(t *testing.T) {
	s := parted()
	want := "Parted by delay: R3 without the\u00a0forum on 10 Feb 2026, R2 with the\u00a0forum on 1 Mar 2026. " +
		"A misstep in case 1 without the\u00a0forum only."
	if have := Finding(s); have != want {
		t.Errorf("%q", have)
	}
	s.Horizon = 30
	if have := Finding(s); !strings.HasPrefix(have, "They part only after the 30 days, by delay: R3") {
		t.Errorf("%q", have)
	}
	s.Diverges = nil
	if have := Finding(s); have != "Both arms take the same steps in this future." {
		t.Errorf("%q", have)
	}
	if sides, why := Parting(s); sides != "" || why != "" {
		t.Errorf("%q, %q", sides, why)
	}
}

// TestWhereTheWindowEnds: one line between what lies in it and what follows, none in a
// case that is closed before.
func TestWhereTheWindowEnds(t *testing.T) {
	for horizon, want := range map[float64]int{5: 0, 20: 1, 39: 1, 50: 0, 100: 0} {
		s := parted()
		s.Horizon = horizon
		told, n := lines(s, &s.Cases[0], s.Cases[0].Tracks[0], 0, 2), 0
		for _, l := range told {
			if strings.Contains(l.Text, "end here, with the case open") {
				n++
			}
		}
		if n != want {
			t.Errorf("window of %v days: %d lines say where it ends, want %d", horizon, n, want)
		}
	}
}
