package figure

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// TestBeliefsReadOffThePage catches: one belief in the row of another, an arm with the look of another,
// intervals exchanged, rows that leave the axis above them, a value away from its mark.
func TestBeliefsReadOffThePage(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		s := armsOf(arms)
		in := newInput(s, nil)
		r := play(t, "beliefs", s, nil)
		for _, g := range beliefGroups {
			for _, part := range g.parts {
				label := r.one(t, part.label)
				for i, a := range in.first(2) {
					row := label
					row.y += chart.Offset(i, min(arms, 2), 9)
					here := slices.DeleteFunc(r.ofRow(row, 150, 570), func(k shape) bool { return k.color != a.Color })
					d := spanOf(in.belief(a.Name, part)).Within(0, 100)
					reads(t, r.axis(t, label.y-4, 150, 570, false), part.id, here, d)
					text := chart.Number(d.Value)
					value := r.find(text)
					same := i > 0 && text == chart.Number(in.belief(in.arms[0].Name, part).Value) // stands there once
					if !same && !slices.ContainsFunc(value, func(v run) bool {
						return v.color == chart.Legible(a.Color) && math.Abs(v.middle()-here[len(here)-1].center().X) < 14
					}) {
						t.Errorf("%d arms: %s of %s has its value elsewhere", arms, part.id, a.Name)
					}
				}
			}
		}
	}
}

// TestMostOften catches: another belief, the missteps of another arm.
func TestMostOften(t *testing.T) {
	in := newInput(realistic(), nil)
	want := "Most often false about what it was for: 2.2 of 4.7 missteps per 100 cases without the forum"
	if got := in.mostOften(in.arms[0]); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	in.s.Arms[0].Beliefs = summary.Beliefs{}
	if got := in.mostOften(in.arms[0]); got != "No misstep without the forum" {
		t.Errorf("%q", got)
	}
}

// TestBeliefsNotKnown catches: an estimate that is not finite and has a mark at 0.
func TestBeliefsNotKnown(t *testing.T) {
	s := realistic()
	for i := range s.Arms {
		s.Arms[i].Beliefs.Missed = summary.Estimate{Value: nan}
	}
	m := s.Contrasts[0].Measure("missed")
	m.Baseline.Value, m.Treatment.Value = nan, nan
	if n := len(play(t, "beliefs", s, nil).find("n/a")); n != 2 {
		t.Errorf("%d values are not known, want 2", n)
	}
}
