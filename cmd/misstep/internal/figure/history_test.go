package figure

import (
	"math"
	"strings"
	"testing"
)

func TestHistoryNumbers(t *testing.T) {
	h := oneFuture()
	texts, rows := drawn(t, "history", realistic(), h)
	want := 0
	for _, a := range h.Arms {
		for _, l := range a.Lanes {
			want += len(l.Events) + len(l.Up)
			says(t, texts, l.Name)
		}
	}
	if len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	missteps := 0
	for _, r := range rows {
		if r["misstep"] == "true" {
			missteps++
			if r["rung"] != "R3" {
				t.Errorf("misstep %v", r)
			}
		}
	}
	if missteps != 3 {
		t.Errorf("%d missteps, want 3", missteps)
	}
	for _, want := range []string{"Without forum", "With forum", "the two part here", "R5", "2028", "one replicate: draw 3, replicate 17 · seed 7"} {
		says(t, texts, want)
	}
}

// TestEveryLabelOfARoomyHistory holds that each step of the sample is labelled.
func TestEveryLabelOfARoomyHistory(t *testing.T) {
	h := oneFuture()
	texts, _ := drawn(t, "history", realistic(), h)
	labels := map[string]int{}
	for _, s := range texts {
		if len(s) == 2 && s[0] == 'R' {
			labels[s]++
		}
	}
	for _, a := range h.Arms {
		for _, l := range a.Lanes {
			for _, e := range l.Events {
				if l.Kind == Acts || l.Kind == Replies {
					labels[standard.Rungs[e.Rung].Code]--
				}
			}
		}
	}
	for code, n := range labels {
		if n != 0 {
			t.Errorf("%s is labelled %+d times too often", code, n)
		}
	}
}

func TestHistoryKeepsTheWindow(t *testing.T) {
	c := &history{horizon: 100}
	got := c.inside(Lane{
		Events: []Event{{Day: 60}, {Day: -1}, {Day: 101}, {Day: math.NaN()}, {Day: 20, Belief: math.Inf(1)}},
		Up:     []Interval{{-5, 10}, {20, math.Inf(1)}, {30, 20}, {150, 200}, {math.NaN(), 3}, {90, math.NaN()}, {-9, -3}},
	})
	if len(got.Events) != 2 || got.Events[0].Day != 20 || got.Events[0].Belief != 0 || got.Events[1].Day != 60 {
		t.Errorf("events %v", got.Events)
	}
	want := []Interval{{0, 10}, {20, 100}, {90, 100}}
	if len(got.Up) != len(want) {
		t.Fatalf("intervals %v, want %v", got.Up, want)
	}
	for i := range want {
		if got.Up[i] != want[i] {
			t.Errorf("interval %v, want %v", got.Up[i], want[i])
		}
	}
}

func TestStepLabels(t *testing.T) {
	join := func(events ...Event) string {
		var out []string
		for _, l := range stepLabels(events) {
			out = append(out, l.text)
		}
		return strings.Join(out, " ")
	}
	for want, events := range map[string][]Event{
		"":         {{Rung: -1}},
		"R0":       {{Rung: 0}},
		"leak":     {{Rung: -1, Label: "leak"}},
		"R3 R5 R1": {{Rung: 3}, {Rung: 5}, {Rung: 1}},
		"R6 +3":    {{Rung: 3}, {Rung: 5}, {Rung: 6}, {Rung: 1}},
	} {
		if got := join(events...); got != want {
			t.Errorf("labels %q, want %q", got, want)
		}
	}
	if got := join(Event{Rung: 12}); got != "" {
		t.Errorf("a rung that does not exist is labelled %q", got)
	}
}

// TestStepLooks holds that the kinds of steps differ by mark, not by colour alone.
func TestStepLooks(t *testing.T) {
	seen := map[mark]bool{}
	for _, c := range []struct {
		e Event
		k LaneKind
	}{{Event{}, Acts}, {Event{}, Replies}, {Event{Misstep: true}, Acts}, {Event{Misstep: true, Avoidable: true}, Acts}, {Event{Induced: true}, Replies}} {
		m, _ := stepLook(c.e, c.k)
		if seen[m] {
			t.Errorf("mark %d has two meanings", m)
		}
		seen[m] = true
	}
}

func TestLaneKinds(t *testing.T) {
	for k, want := range map[LaneKind]string{Acts: "acts", Replies: "replies", Beliefs: "beliefs", Channel: "channel", 9: "lane", -1: "lane"} {
		if k.String() != want {
			t.Errorf("lane kind %d is %q", int(k), k)
		}
	}
}

// TestLooksDiffer holds that arms differ in greyscale: by lightness, line or mark.
func TestLooksDiffer(t *testing.T) {
	for i, a := range looks {
		for _, b := range looks[:i] {
			if a.mark == b.mark || a.color == b.color || len(a.dash) == len(b.dash) && len(a.dash) > 0 && a.dash[0] == b.dash[0] {
				t.Errorf("arms %v and %v look alike", a, b)
			}
		}
	}
	if len(looks) < mostLines {
		t.Errorf("%d looks for %d lines", len(looks), mostLines)
	}
}
