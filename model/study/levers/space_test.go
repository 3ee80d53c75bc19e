package levers

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// world has a forum with levers of every kind, a line that stands by, and a channel that both arms share.
const world = `misstep: 1
title: T
start: 2026-01-01
horizon: 3y
assumptions:
  model: {backlog: 1y}
  choice: {price: 0.01 to 0.06}
  states: {A: {}, B: {}, "C, Republic of": {}}
  strength: {clarify: 0.5, delay: 1, fragility: 0.5}
  onset:
    - {source: B, victim: A, rate: 2 to 4, mix: {espionage: 0.5, disruption: 0.5}}
    - {source: A, victim: B, rate: 2, mix: {espionage: 0.5, disruption: 0.5}}
levers:
  channels:
    embassy: {members: [A, B], meets: false, mandate: [clarify]}
    forum: {members: [A, B], opens: 2026-03-01, mandate: [clarify, fragility]}
    line: {members: [A, B], open: false, meets: false, mandate: [delay]}
arms: {without: {channels.forum.open: false}, with: {}}
headline: {outcome: missteps, baseline: without, treatment: with}
`

func load(t *testing.T, text string) *scenario.Scenario {
	t.Helper()
	v, err := scenario.Load("world", []byte(text), scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func spaceOf(t *testing.T, v *scenario.Scenario) *Space {
	t.Helper()
	s, err := SpaceOf(v)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLevers: what is decided about the channel in which the arms differ, and about the one that stands by; nothing
// about what the arms share, and no strength. Catches a design that improves an assumption.
func TestLevers(t *testing.T) {
	var got []string
	for _, l := range spaceOf(t, load(t, world)).Levers {
		for _, m := range l.Moves {
			got = append(got, m.Words)
		}
	}
	want := []string{"forum without clarify", "forum with delay", "forum with private option", "forum with commitments",
		"forum with notification", "forum with trust", "forum with red lines", "forum meets every 30 days",
		"forum meets every 91 days", "forum meets every 182 days", "forum meets every 365 days",
		"forum asks for culprit and intent",
		"forum opens a year later", "forum with C, Republic of as a member", "line beside it", "line once forum is suspended"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for text, what := range map[string]string{
		strings.Replace(world, "arms: {without: {channels.forum.open: false}, with: {}}\nheadline: {outcome: missteps, "+
			"baseline: without, treatment: with}",
			"arms: {with: {}}", 1): "one arm",
		strings.Replace(world, "with: {}}", "with: {channels.forum.open: false}}", 1): "opens no channel",
	} {
		if _, err := SpaceOf(load(t, text)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %s", err, what)
		}
	}
}

// TestDesigns: no two designs make one arm, no move of a design is idle, single moves come before combinations, and the
// same source gives the same ones.
func TestDesigns(t *testing.T) {
	s := spaceOf(t, load(t, world))
	source := random.NewSource(random.Mix, 5)
	all := s.Designs(200, source)
	if again := s.Designs(40, source); !reflect.DeepEqual(again, all[:40]) {
		t.Error("another beginning of the same list")
	}
	if len(all) != 200 || strings.Contains(s.Words(all[0]), "forum") {
		t.Fatalf("%d designs, the first %s", len(all), s.Words(all[0]))
	}
	size := func(d Design) (n int) {
		for _, m := range d {
			n += min(m, 1)
		}
		return n
	}
	combined := slices.IndexFunc(all, func(d Design) bool { return size(d) > 1 })
	for i, d := range all {
		if i < combined && size(d) > 1 || i >= combined && size(d) < 2 && i > combined || size(d) > mostMoves {
			t.Errorf("%d: %s", i, s.Words(d))
		}
		for k := range d {
			without := slices.Clone(d)
			if without[k] = 0; d[k] > 0 && reflect.DeepEqual(s.Arm("", without), s.Arm("", d)) {
				t.Errorf("%s: %s is idle", s.Words(d), s.Levers[k].Name)
			}
		}
		for _, o := range all[:i] {
			if reflect.DeepEqual(s.Arm("", o), s.Arm("", d)) {
				t.Errorf("%s is %s", s.Words(d), s.Words(o))
			}
		}
	}
}

// TestChangesMakeTheArm: what is printed of a design, set in an arm of the scenario, is the arm that was played.
func TestChangesMakeTheArm(t *testing.T) {
	v := load(t, world)
	s := spaceOf(t, v)
	for _, d := range s.Designs(120, random.NewSource(random.Mix, 5)) {
		var set []string
		for _, c := range s.Changes(v, d) {
			set = append(set, "'"+c.Path+"': "+c.Value)
		}
		w := load(t, strings.Replace(world, "with: {}}", "with: {}, tried: {"+strings.Join(set, ", ")+"}}", 1))
		if got := w.Arms[2].Levers; !reflect.DeepEqual(got, s.Arm("tried", d).Levers) {
			t.Fatalf("%s: {%s} makes %+v", s.Words(d), strings.Join(set, ", "), got)
		}
	}
}

// TestWords: the channel is named once for all that is decided about it.
func TestWords(t *testing.T) {
	s := spaceOf(t, load(t, world))
	d := make(Design, len(s.Levers))
	d[0], d[1], d[len(d)-1] = 1, 1, 1
	if got := s.Words(d); got != "forum without clarify, with delay; line beside it" {
		t.Error(got)
	}
}
