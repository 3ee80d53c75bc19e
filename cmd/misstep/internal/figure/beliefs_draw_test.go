package figure

import (
	"math"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// TestBarsReadOffThePage catches: bars of the end of the interval, a group with an axis that does
// not start at 0, one belief in the row of another, the Monte Carlo interval drawn thin.
func TestBarsReadOffThePage(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		s := armsOf(arms)
		in := newInput(s, nil)
		r := play(t, "beliefs", s, nil)
		for _, g := range beliefGroups {
			unit := 0.0
			for _, part := range g.parts {
				label := r.one(t, part.label)
				for i, a := range in.first(3) {
					d := spanOf(part.of(&in.armOf(a.Name).Beliefs))
					row := r.fills(chart.Tint(a.Color, .42))
					var box chart.Rect
					for _, b := range row {
						y := b.center().Y
						if math.Abs(y-label.y+4) < 7*float64(arms)+3 && b.bounds().X > 100 {
							box = b.bounds()
						}
					}
					if unit == 0 {
						unit = box.W / d.Value
					}
					if !near(box.W, d.Value*unit) {
						t.Errorf("%d arms: %s of arm %d is %v wide, want %v", arms, part.id, i, box.W, d.Value*unit)
					}
					axis := ruler{reading{box.X, 0}, reading{box.X + unit, 1}, false}
					at := func(k shape) bool {
						return k.flat() && k.color == chart.Ink && math.Abs(k.center().Y-box.Y-box.H/2) < 1e-6
					}
					reads(t, axis, part.id, append(r.only(at), shape{kind: 'f', path: []step{{'M',
						[]chart.Point{{X: box.Right(), Y: box.Y}}}}}), d)
				}
			}
		}
	}
}

// TestBarsNotKnown catches: an estimate that is not finite and has a bar of 0.
func TestBarsNotKnown(t *testing.T) {
	s := realistic()
	for i := range s.Arms {
		s.Arms[i].Beliefs.Missed = summary.Estimate{Value: nan}
	}
	if n := len(play(t, "beliefs", s, nil).find("n/a")); n != 2 {
		t.Errorf("%d values are not known, want 2", n)
	}
}
