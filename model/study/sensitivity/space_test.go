package sensitivity

import (
	"math"
	"strings"
	"testing"
)

// TestSpace: every uncertain number is an input, every other keeps its value, and
// a point gives the quantiles of its coordinates. Catches a slot that is skipped.
func TestSpace(t *testing.T) {
	v := smallPlan(t, 2, 2).Scenario
	s := NewSpace(v)
	u := make([]float64, len(s.Inputs))
	for i := range u {
		u[i] = (float64(i) + .5) / float64(len(u))
	}
	theta := s.Theta(u)
	next := 0
	for i := range v.Slots {
		slot := &v.Slots[i]
		if slot.Dist.IsPoint() {
			if theta[i] != slot.Dist.A {
				t.Errorf("%s is %v, not %v", slot.Path, theta[i], slot.Dist.A)
			}
			continue
		}
		if in := s.Inputs[next]; in.Slot != i || theta[i] != slot.Dist.Quantile(u[next]) ||
			strings.HasPrefix(in.Path, "assumptions.") || in.Learned {
			t.Errorf("%s: %+v, %v", slot.Path, in, theta[i])
		}
		if q := s.Inputs[next].Quantile(.3); math.Abs(s.Inputs[next].CDF(q)-.3) > 1e-9 {
			t.Errorf("%s: the share below the quantile at 0.3 is %v", slot.Path, s.Inputs[next].CDF(q))
		}
		next++
	}
	if next != len(s.Inputs) || next < 10 {
		t.Errorf("%d inputs, %d uncertain numbers", len(s.Inputs), next)
	}
}

// TestSpaceOfSample: a number of a joint sample has its weighted quantiles in it, as
// the scenario itself gives them; the share at or below is the inverse. Catches the
// order of the rows in place of that of the values, which the second slot reverses.
func TestSpaceOfSample(t *testing.T) {
	p, slots := conditioned(smallPlan(t, 2, 2))
	v := p.Scenario
	s := NewSpace(v)
	seen := 0
	for i := range s.Inputs {
		in := &s.Inputs[i]
		if !in.Learned {
			continue
		}
		seen++
		if in.Slot != slots[seen-1] {
			t.Errorf("slot %d is learned", in.Slot)
		}
		for k := 1; k < 100; k++ {
			u := float64(k)/100 + .001
			if got, want := in.Quantile(u), v.Quantile(in.Slot, u); got != want {
				t.Errorf("%s: the quantile at %v is %v, want %v", in.Path, u, got, want)
			}
			if c := in.CDF(in.Quantile(u)); !(c >= u) {
				t.Errorf("%s: %v at or below the quantile at %v", in.Path, c, u)
			}
		}
		if lo := in.Quantile(.01); in.CDF(lo*.999) != 0 || in.CDF(in.Quantile(.999)) != 1 {
			t.Errorf("%s: the ends of %v", in.Path, in.value)
		}
	}
	if seen != 2 {
		t.Errorf("%d inputs are learned", seen)
	}
}
