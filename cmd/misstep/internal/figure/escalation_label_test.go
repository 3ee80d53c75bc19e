package figure

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// talks is three arms, one of which has a name for two lines.
func talks() *summary.Summary {
	s := armsOf(3)
	name := func(old, new string) {
		for i := range s.Arms {
			if s.Arms[i].Name == old {
				s.Arms[i].Name = new
			}
		}
	}
	name(s.Run.Baseline, "without-dialogue")
	name(s.Run.Treatment, "with-dialogue")
	s.Arms[2].Name = "talks-without-commitments"
	s.Run.Baseline, s.Run.Treatment = "without-dialogue", "with-dialogue"
	return s
}

// TestNamesOfArmsAreWhole: every arm is named to its end, a second line
// stands below the first, and no label runs into another. Catches "talks without c…".
func TestNamesOfArmsAreWhole(t *testing.T) {
	r := play(t, "escalation", talks(), nil)
	first, second := r.find("talks without"), r.find("commitments")
	if len(first) != 1 || len(second) != 1 {
		t.Fatalf("%d first and %d second lines; there are %q", len(first), len(second), r.words())
	}
	for i := range first {
		if !near(second[i].y-first[i].y, labelStep) || second[i].x != first[i].x || second[i].color != first[i].color {
			t.Errorf("panel %d: %+v below %+v", i, second[i], first[i])
		}
	}
	for _, text := range r.words() {
		if strings.Contains(text, chart.Ellipsis) {
			t.Errorf("%q is cut", text)
		}
	}
}

// TestStackLaw: labels of their own heights do not overlap, stay inside, and keep the order
// of their lines. Catches the height of a neighbour, a stack that leaves at its foot.
func TestStackLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Float64Range(-50, 150), 0, 7).Draw(t, "want")
		heights := rapid.SliceOfN(rapid.Float64Range(1, 40), len(want), len(want)).Draw(t, "heights")
		got := chart.Stack(want, heights, 0, 100)
		total := 0.0
		for _, h := range heights {
			total += h
		}
		shrink := min(1, 100/max(total, 1))
		for i := range got {
			half := heights[i] * shrink / 2
			if got[i]-half < -1e-9 || got[i]+half > 100+1e-9 {
				t.Fatalf("label %d at %v ± %v is outside", i, got[i], half)
			}
			for j := range i {
				if math.Abs(got[i]-got[j]) < half+heights[j]*shrink/2-1e-9 {
					t.Fatalf("labels %d and %d overlap: %v", i, j, got)
				}
				if (want[i]-want[j])*(got[i]-got[j]) < 0 {
					t.Fatalf("labels %d and %d changed places: %v", i, j, got)
				}
			}
		}
	})
	if got := chart.Stack([]float64{50, 50}, []float64{12, 24}, 0, 100); got[0] != 41 || got[1] != 59 {
		t.Errorf("around 50: %v, want 41 and 59", got)
	}
}
