package run

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
	"github.com/misstep/misstep/internal/small"
)

// TestPictured: the timeline has the same lanes in both arms, in order of time,
// and every misstep of the story's cases since the start.
func TestPictured(t *testing.T) {
	s := small.Story(t)
	h := Pictured(s)
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
				if e.Misstep && (l.Kind == timeline.Acts || l.Kind == timeline.Replies) {
					marked++
				}
				if n > 0 && e.Day < l.Events[n-1].Day {
					t.Errorf("%s goes back in time", l.Name)
				}
			}
		}
		for _, e := range entries(s, a) {
			if e.Judged != nil && e.Judged.Misstep {
				want++
			}
		}
		if marked != want {
			t.Errorf("%s: %d missteps drawn, %d in the story", arm.Name, marked, want)
		}
	}
}
