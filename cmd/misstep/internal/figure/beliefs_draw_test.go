package figure

import (
	"math"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// beliefsOn draws the figure of so many arms and returns its data.
func beliefsOn(arms int) (*tape, *beliefs) {
	r, p := newTape()
	b := newBeliefs(newInput(armsOf(arms), nil, Options{})).(*beliefs)
	b.draw(p, chart.Box(chart.Margin, 60, 548, 230))
	return r, b
}

// barsOf are the bars of an arm from its second on: the first is in the key.
func barsOf(r *tape, a chart.Arm) []shape { return r.fills(chart.Tint(a.Color, .42))[1:] }

// TestBarsAreProportional catches: bars of the end of the interval, panels with an
// axis that does not start at 0, one belief in the row of another.
func TestBarsAreProportional(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		r, b := beliefsOn(arms)
		unit, missed := 0.0, 0.0
		for _, a := range b.arms {
			bars := barsOf(r, a.Arm)
			if len(bars) != 5 {
				t.Fatalf("%d arms: %d bars of %s", arms, len(bars), a.Name)
			}
			for i, s := range append(a.parts[:], a.missed) {
				scale := &unit
				if i == 4 {
					scale = &missed
				}
				box := bars[i].bounds()
				if *scale == 0 {
					*scale = box.W / s.Value
				}
				if !near(box.W, s.Value**scale) || box.X != barsOf(r, b.arms[0].Arm)[i].bounds().X {
					t.Errorf("%d arms: bar %d of %s is %v wide, want %v", arms, i, a.Name, box.W, s.Value**scale)
				}
			}
		}
	}
}

// TestWhiskersOfBars catches: whiskers that are measured from the end of the bar, or
// the Monte Carlo interval drawn thin.
func TestWhiskersOfBars(t *testing.T) {
	r, b := beliefsOn(2)
	for _, a := range b.arms {
		for i, s := range append(a.parts[:], a.missed) {
			box := barsOf(r, a.Arm)[i].bounds()
			unit, y := box.W/s.Value, box.Y+box.H/2
			at := func(k shape) bool { return k.flat() && k.color == chart.Ink && math.Abs(k.center().Y-y) < 1e-6 }
			shapes := r.only(at)
			thin, thinEnd, ok := flatOf(shapes, 1.1)
			thick, thickEnd, also := flatOf(shapes, 3.4)
			if !ok || !also || len(shapes) != 2 {
				t.Fatalf("bar %d of %s has %d whiskers", i, a.Name, len(shapes))
			}
			for _, c := range [][2]float64{{thin, s.Low}, {thinEnd, s.High}, {thick, s.MonteLow}, {thickEnd, s.MonteHigh}} {
				if got := (c[0] - box.X) / unit; !near(got, c[1]) {
					t.Errorf("a whisker of bar %d of %s ends at %v, want %v", i, a.Name, got, c[1])
				}
			}
		}
	}
}

// TestStacks catches: parts that overlap, a sum drawn in place of a part, arms to
// scales of their own.
func TestStacks(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		r, b := beliefsOn(arms)
		unit := 0.0
		for i, a := range b.arms {
			full := r.fills(a.Color)
			edges := r.only(func(s shape) bool {
				return s.kind == 's' && s.width == 1 && s.color == a.Color &&
					s.ops() == "MLLLZ"
			})
			if len(full) != 1 || len(edges) != 1 {
				t.Fatalf("%d arms: %d and %d parts of %s", arms, len(full), len(edges), a.Name)
			}
			left, right := full[0].bounds(), edges[0].bounds()
			if unit == 0 {
				unit = left.W / a.total[0].Value
			}
			if !near(left.W, a.total[0].Value*unit) || !near(right.W, a.total[1].Value*unit) || !near(right.X, left.Right()) {
				t.Errorf("%d arms: arm %d has parts %+v and %+v for %v and %v", arms, i, left, right, a.total[0].Value,
					a.total[1].Value)
			}
			text := r.one(t, chart.Number(a.total[0].Value)+" + "+chart.Number(a.total[1].Value))
			if text.color != chart.Legible(a.Color) || text.x < right.Right() {
				t.Errorf("the sum of %s stands at %v", a.Name, text.x)
			}
		}
	}
}

// TestKeyOfArms catches: a key in which an arm has the colour of another.
func TestKeyOfArms(t *testing.T) {
	r, b := beliefsOn(3)
	for _, a := range b.arms {
		name, swatch := r.one(t, a.Label), r.fills(chart.Tint(a.Color, .42))[0].bounds()
		if name.color != chart.Legible(a.Color) || !name.bold || !near(name.x-swatch.X, 17) ||
			math.Abs(name.y-4-(swatch.Y+swatch.H/2)) > 1e-6 {
			t.Errorf("%s stands at %v beside %+v", a.Label, name.x, swatch)
		}
	}
}

// TestBeliefNames catches: a belief that is lost, in another order or beside the bars
// of another.
func TestBeliefNames(t *testing.T) {
	r, b := beliefsOn(2)
	last := 0.0
	for i, k := range beliefKinds {
		name := r.one(t, k.label)
		first, second := barsOf(r, b.arms[0].Arm)[i].bounds(), barsOf(r, b.arms[1].Arm)[i].bounds()
		if at := name.y - chart.Ascent/2; !near(at, (first.Y+second.Bottom())/2) || !(at > last) {
			t.Errorf("%s stands at %v, its bars from %v to %v", k.label, at, first.Y, second.Bottom())
		}
		last = name.y
	}
}

// TestBarsNotKnown catches: an estimate that is not finite and has a bar of 0.
func TestBarsNotKnown(t *testing.T) {
	s := realistic()
	for i := range s.Arms {
		s.Arms[i].Beliefs.Rival.Value = nan
		s.Arms[i].Beliefs.Missed.Value = inf
		s.Arms[i].Beliefs.Avoidable.Value = nan
	}
	r := play(t, "beliefs", s, nil)
	if n := len(r.find("n/a")); n != 6 {
		t.Errorf("%d values are not known, want 6", n)
	}
	if n := len(barsOf(r, looks[0])); n != 3 {
		t.Errorf("%d bars, want 3", n)
	}
}
