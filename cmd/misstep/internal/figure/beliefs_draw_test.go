package figure

import (
	"fmt"
	"math"
	"testing"

	"github.com/misstep/misstep/model/summary"
)

// beliefsOn draws the figure of so many arms and returns its data.
func beliefsOn(arms int) (*tape, *beliefs) {
	r, p := newTape()
	b := newBeliefs(newInput(armsOf(arms), nil, Options{})).(*beliefs)
	b.draw(p, rect{margin, 60, 548, 230})
	return r, b
}

// barsOf are the bars of an arm from its second on: the first is in the key.
func barsOf(r *tape, a arm) []shape { return r.fills(tint(a.color, .42))[1:] }

// TestBarsAreProportional catches: bars of the end of the interval, panels with an
// axis that does not start at 0, one belief in the row of another.
func TestBarsAreProportional(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		r, b := beliefsOn(arms)
		unit, missed := 0.0, 0.0
		for _, a := range b.arms {
			bars := barsOf(r, a.arm)
			if len(bars) != 5 {
				t.Fatalf("%d arms: %d bars of %s", arms, len(bars), a.name)
			}
			for i, s := range append(a.parts[:], a.missed) {
				scale := &unit
				if i == 4 {
					scale = &missed
				}
				box := bars[i].bounds()
				if *scale == 0 {
					*scale = box.w / s.value
				}
				if !near(box.w, s.value**scale) || box.x != barsOf(r, b.arms[0].arm)[i].bounds().x {
					t.Errorf("%d arms: bar %d of %s is %v wide, want %v", arms, i, a.name, box.w, s.value**scale)
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
			box := barsOf(r, a.arm)[i].bounds()
			unit, y := box.w/s.value, box.y+box.h/2
			at := func(k shape) bool { return k.flat() && k.color == ink && math.Abs(k.center().y-y) < 1e-6 }
			shapes := r.only(at)
			thin, thinEnd, ok := flatOf(shapes, 1.1)
			thick, thickEnd, also := flatOf(shapes, 3.4)
			if !ok || !also || len(shapes) != 2 {
				t.Fatalf("bar %d of %s has %d whiskers", i, a.name, len(shapes))
			}
			for _, c := range [][2]float64{{thin, s.low}, {thinEnd, s.high}, {thick, s.monteLow}, {thickEnd, s.monteHigh}} {
				if got := (c[0] - box.x) / unit; !near(got, c[1]) {
					t.Errorf("a whisker of bar %d of %s ends at %v, want %v", i, a.name, got, c[1])
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
			full := r.fills(a.color)
			edges := r.only(func(s shape) bool { return s.kind == 's' && s.width == 1 && s.color == a.color && s.ops() == "MLLLZ" })
			if len(full) != 1 || len(edges) != 1 {
				t.Fatalf("%d arms: %d and %d parts of %s", arms, len(full), len(edges), a.name)
			}
			left, right := full[0].bounds(), edges[0].bounds()
			if unit == 0 {
				unit = left.w / a.total[0].value
			}
			if !near(left.w, a.total[0].value*unit) || !near(right.w, a.total[1].value*unit) || !near(right.x, left.right()) {
				t.Errorf("%d arms: arm %d has parts %+v and %+v for %v and %v", arms, i, left, right, a.total[0].value, a.total[1].value)
			}
			text := r.one(t, number(a.total[0].value)+" + "+number(a.total[1].value))
			if text.color != legible(a.color) || text.x < right.right() {
				t.Errorf("the sum of %s stands at %v", a.name, text.x)
			}
		}
	}
}

// TestKeyOfArms catches: a key in which an arm has the colour of another.
func TestKeyOfArms(t *testing.T) {
	r, b := beliefsOn(3)
	for _, a := range b.arms {
		name, swatch := r.one(t, a.label), r.fills(tint(a.color, .42))[0].bounds()
		if name.color != legible(a.color) || !name.bold || !near(name.x-swatch.x, 17) || math.Abs(name.y-4-(swatch.y+swatch.h/2)) > 1e-6 {
			t.Errorf("%s stands at %v beside %+v", a.label, name.x, swatch)
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
		first, second := barsOf(r, b.arms[0].arm)[i].bounds(), barsOf(r, b.arms[1].arm)[i].bounds()
		if at := name.y - ascent/2; !near(at, (first.y+second.bottom())/2) || !(at > last) {
			t.Errorf("%s stands at %v, its bars from %v to %v", k.label, at, first.y, second.bottom())
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

// TestBeliefsTable catches: columns or parts in another order.
func TestBeliefsTable(t *testing.T) {
	s := armsOf(3)
	rows := newBeliefs(newInput(s, nil, Options{})).table().rows
	for i, a := range s.Arms {
		b := a.Beliefs
		for j, c := range []struct {
			id string
			e  summary.Estimate
		}{{"culprit", b.Culprit}, {"intent", b.Intent}, {"severity", b.Severity}, {"rival", b.Rival},
			{"avoidable", b.Avoidable}, {"irreducible", b.Irreducible}, {"missed", b.Missed}} {
			want := fmt.Sprint([]any{a.Name, c.id, c.e.Value, c.e.Value - c.e.MC, c.e.Value + c.e.MC, c.e.Low, c.e.High})
			if got := fmt.Sprint(rows[7*i+j]); got != want {
				t.Errorf("row %s, want %s", got, want)
			}
		}
	}
}
