package main

import (
	"context"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/scenario"
)

func tinyStory(t *testing.T) *narrative.Story {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	v, err := scenario.Load("tiny", data, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := experiment.Plan{Scenario: v, Seed: 1, Draws: 1, Replicates: 400}
	cell, found, err := narrative.Find(context.Background(), &p, narrative.OneMisstep)
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	s, err := narrative.Tell(&p, cell)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPictured: the timeline has the same lanes in both arms, in order of time,
// and every misstep of the story's cases since the start.
func TestPictured(t *testing.T) {
	s := tinyStory(t)
	h := pictured(s)
	diverges := h.Diverges
	if s.Diverges != nil { // arms can judge the same step differently
		diverges = s.Diverges.Day
	}
	if len(h.Arms) != 2 || h.Draw != s.Draw || h.Replicate != s.Replicate || h.Diverges != diverges {
		t.Fatalf("%+v", h)
	}
	for a, arm := range h.Arms {
		marked, want := 0, 0
		for i, l := range arm.Lanes {
			if other := h.Arms[1-a].Lanes[i]; other.Name != l.Name || other.Kind != l.Kind {
				t.Errorf("lane %d is %q in one arm and %q in the other", i, l.Name, other.Name)
			}
			for n, e := range l.Events {
				if e.Misstep && (l.Kind == figure.Acts || l.Kind == figure.Replies) {
					marked++
				}
				if n > 0 && e.Day < l.Events[n-1].Day {
					t.Errorf("%s goes back in time", l.Name)
				}
			}
		}
		eachEntry(s, a, func(_ *narrative.Case, e *narrative.Entry) {
			if e.Judged != nil && e.Judged.Misstep {
				want++
			}
		})
		if marked != want {
			t.Errorf("%s: %d missteps drawn, %d in the story", arm.Name, marked, want)
		}
	}
}

// TestTellWidth: no line is wider than the screen, whatever its width, and the
// words are the same side by side and one under the other.
func TestTellWidth(t *testing.T) {
	s := tinyStory(t)
	words := func(text string) int { return strings.Count(text, "MISSTEP:") }
	want := words(tell(s, true, 200))
	for _, width := range []int{40, 70, 95, 96, 108, 160} {
		text := tell(s, true, width)
		for _, l := range strings.Split(text, "\n") {
			if n := utf8.RuneCountInString(l); n > width {
				t.Errorf("width %d: a line of %d: %s", width, n, l)
			}
		}
		if words(text) != want {
			t.Errorf("width %d: %d missteps told, want %d", width, words(text), want)
		}
		if strings.Contains(text, "│") != (width >= sideBySide) {
			t.Errorf("width %d: columns or not?", width)
		}
	}
}
