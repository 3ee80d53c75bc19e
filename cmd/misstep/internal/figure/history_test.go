package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
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
	for _, want := range []string{"Without forum", "With forum", "the two part", "R5", "2028",
		"one replicate: draw 3, replicate 17 · seed 7"} {
		says(t, texts, want)
	}
}

// TestEveryStepOfARoomyHistory holds that the rung of each step of the sample lies in
// some label, and that most stand alone.
func TestEveryStepOfARoomyHistory(t *testing.T) {
	h := oneFuture()
	texts, _ := drawn(t, "history", realistic(), h)
	var labels [][2]string
	single := 0
	for _, s := range texts {
		low, high, ranged := strings.Cut(s, "–")
		if !ranged {
			high = low
		}
		if len(low) == 2 && len(high) == 2 && low[0] == 'R' && high[0] == 'R' {
			labels = append(labels, [2]string{low, high})
			if !ranged {
				single++
			}
		}
	}
	for _, a := range h.Arms {
		for _, l := range a.Lanes {
			for _, e := range l.Events {
				if l.Kind != Acts && l.Kind != Replies {
					continue
				}
				code := standard.Rungs[e.Rung].Code
				if !slices.ContainsFunc(labels, func(q [2]string) bool { return q[0] <= code && code <= q[1] }) {
					t.Errorf("%s is in no label: %v", code, labels)
				}
			}
		}
	}
	if 2*single < len(labels) {
		t.Errorf("labels %v", labels)
	}
}

func TestHistoryKeepsTheWindow(t *testing.T) {
	c := &history{horizon: 100}
	got := c.inside(Lane{
		Events: []Event{{Day: 60}, {Day: -1}, {Day: 101}, {Day: 20}},
		Up:     []Interval{{-5, 10}, {20, math.Inf(1)}, {30, 20}, {150, 200}, {-9, -3}},
	})
	if len(got.Events) != 2 || got.Events[0].Day != 20 || got.Events[1].Day != 60 {
		t.Errorf("events %v", got.Events)
	}
	want := []Interval{{0, 10}, {20, 100}}
	if len(got.Up) != len(want) {
		t.Fatalf("intervals %v, want %v", got.Up, want)
	}
	for i := range want {
		if got.Up[i] != want[i] {
			t.Errorf("interval %v, want %v", got.Up[i], want[i])
		}
	}
}

// TestStepLooks holds that the kinds of steps differ by mark, not by colour alone.
func TestStepLooks(t *testing.T) {
	seen := map[chart.Mark]bool{}
	for _, c := range []struct {
		e Event
		k LaneKind
	}{{Event{}, Acts}, {Event{}, Replies}, {Event{Misstep: true}, Acts}, {Event{Misstep: true, Avoidable: true}, Acts},
		{Event{Induced: true}, Replies}} {
		m, _ := stepLook(c.e, c.k)
		if seen[m] {
			t.Errorf("mark %d has two meanings", m)
		}
		seen[m] = true
	}
}

// TestLooksDiffer holds that arms differ in greyscale: by lightness, line or mark.
func TestLooksDiffer(t *testing.T) {
	for i, a := range looks {
		for _, b := range looks[:i] {
			if a.Mark == b.Mark || a.Color == b.Color || len(a.Dash) == len(b.Dash) && len(a.Dash) > 0 &&
				a.Dash[0] == b.Dash[0] {
				t.Errorf("arms %v and %v look alike", a, b)
			}
		}
	}
	if len(looks) < mostLines {
		t.Errorf("%d looks for %d lines", len(looks), mostLines)
	}
}
