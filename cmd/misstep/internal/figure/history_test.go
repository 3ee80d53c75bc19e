package figure

import (
	"math"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

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
