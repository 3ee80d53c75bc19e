package experiment

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/sim"
)

// TestInstructive: each condition alone keeps a pair from being a story.
func TestInstructive(t *testing.T) {
	step := func(day float64, entity uint64) sim.Step { return sim.Step{Time: day, Entity: entity, Rung: 3} }
	out := func(misstep bool, steps ...sim.Step) *sim.Outcome {
		o := &sim.Outcome{Horizon: 100, Steps: steps, Cases: []sim.CaseOutcome{{Entity: 7}, {Entity: 8}}}
		o.First[sim.ClassPublic][sim.Misstep] = math.Inf(1)
		if misstep {
			o.First[sim.ClassPublic][sim.Misstep] = 5
			o.Cases[0].Missteps, o.Cases[0].Falsely = 1, true
		}
		return o
	}
	crowd := out(true, step(5, 7))
	for range 8 {
		crowd.Cases = append(crowd.Cases, sim.CaseOutcome{Rightly: true})
	}
	harder := out(false, step(5, 8))
	harder.Cases[0].Missteps = 2
	for name, c := range map[string]struct {
		a, b *sim.Outcome
		want bool
	}{
		"parts over the misstep":      {out(true, step(5, 7)), out(false), true},
		"the other way round":         {out(false), out(true, step(5, 7)), true},
		"the other is later":          {out(true, step(5, 7)), out(false, step(9, 8)), true},
		"the other is earlier":        {out(true, step(5, 7)), out(false, step(2, 8)), false},
		"the same, arms exchanged":    {out(false, step(2, 8)), out(true, step(5, 7)), false},
		"parts over another case":     {out(true, step(5, 8)), out(false), false},
		"parts after the end":         {out(true, step(101, 7)), out(false), false},
		"on the last day":             {out(true, step(100, 7)), out(false), true},
		"a misstep in both":           {out(true, step(5, 7)), out(true), false},
		"a harder one in the other":   {out(true, step(5, 7)), harder, false},
		"none":                        {out(false, step(5, 7)), out(false), false},
		"the steps are the same":      {out(true, step(5, 7)), out(false, step(6, 7)), false},
		"too many cases to be a tale": {crowd, out(false), false},
	} {
		if have := Instructive(c.a, c.b); have != c.want {
			t.Errorf("%s: %v", name, have)
		}
	}
}

// TestLowestInstructiveAreKept: in whatever order blocks come.
func TestLowestInstructiveAreKept(t *testing.T) {
	s := new(Sums)
	s.keepInstructive(3, []int{1, 9})
	s.keepInstructive(0, []int{60})
	s.keepInstructive(5, []int{0, 1, 2, 3, 4})
	s.keepInstructive(0, []int{7})
	want := []Cell{{0, 7}, {0, 60}, {3, 1}, {3, 9}}
	if len(s.Instructive) != len(want) {
		t.Fatalf("%v", s.Instructive)
	}
	for i := range want {
		if s.Instructive[i] != want[i] {
			t.Errorf("%v, want %v", s.Instructive, want)
		}
	}
}
