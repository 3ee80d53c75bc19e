package timeline

import (
	"math"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// TestInside catches: what lies outside the window, or in another order.
func TestInside(t *testing.T) {
	got := Lane{
		Events: []Event{{Day: 60}, {Day: -1}, {Day: 101}, {Day: 20}},
		Up:     []Interval{{-5, 10}, {20, math.Inf(1)}, {30, 20}, {150, 200}, {-9, -3}},
	}.Inside(100)
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
		k Kind
	}{{Event{}, Acts}, {Event{}, Replies}, {Event{Misstep: true}, Acts}, {Event{Misstep: true, Avoidable: true}, Acts},
		{Event{Induced: true}, Replies}} {
		m, _ := c.e.look(c.k)
		if seen[m] {
			t.Errorf("mark %d has two meanings", m)
		}
		seen[m] = true
	}
}
