package narrative

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
)

// What is wanted of one arm and of two, taken for each other, would show here.
func TestWhatAReplicateShows(t *testing.T) {
	never := math.Inf(1)
	out := func(anyDay, misstepDay float64, steps ...sim.Step) (o sim.Outcome) {
		o.First[sim.ClassPublic] = [sim.NumCauses]float64{anyDay, misstepDay, never, never}
		o.Steps = steps
		return o
	}
	s := func(entity uint64, rung int8, day float64) sim.Step {
		return sim.Step{Entity: entity, Rung: rung, Time: day}
	}
	for name, c := range map[string]struct {
		out                 []sim.Outcome
		difference, misstep bool
	}{
		"one arm, nothing":         {[]sim.Outcome{out(never, never)}, false, false},
		"one arm, public":          {[]sim.Outcome{out(4, never)}, true, false},
		"one arm, misstep":         {[]sim.Outcome{out(4, 4)}, true, true},
		"two arms, both misstep":   {[]sim.Outcome{out(4, 4), out(9, 9)}, false, false},
		"two arms, one misstep":    {[]sim.Outcome{out(4, 4), out(9, never)}, false, true},
		"a step on another day":    {[]sim.Outcome{out(4, never, s(1, 3, 4)), out(9, never, s(1, 3, 9))}, false, false},
		"a step to another rung":   {[]sim.Outcome{out(4, never, s(1, 3, 4)), out(4, never, s(1, 5, 4))}, true, false},
		"one step more, at first":  {[]sim.Outcome{out(4, never, s(1, 3, 4)), out(never, never)}, true, false},
		"one step more, at second": {[]sim.Outcome{out(never, never), out(4, never, s(1, 3, 4))}, true, false},
	} {
		if d, m := shows(c.out, Difference), shows(c.out, OneMisstep); d != c.difference || m != c.misstep {
			t.Errorf("%s: %v, %v; want %v, %v", name, d, m, c.difference, c.misstep)
		}
	}
}

// A search by replicate before draw, or one that starts beyond the first, would show
// here: all replicates are looked at one by one.
func TestSearchGoesDrawByDraw(t *testing.T) {
	p := small(t)
	p.Replicates = 3
	for seed := range uint64(4) {
		p.Seed = seed
		for _, want := range []Wanted{Difference, OneMisstep} {
			cell, found, err := Find(context.Background(), p, want)
			if err != nil {
				t.Fatal(err)
			}
			first, any := firstByHand(t, p, want)
			if cell != first || found != any {
				t.Errorf("seed %d, wanted %d: %v (%v), by hand %v (%v)", seed, want, cell, found, first, any)
			}
		}
	}
}

func firstByHand(t *testing.T, p *experiment.Plan, want Wanted) (experiment.Cell, bool) {
	t.Helper()
	for n := range p.Draws * p.Replicates {
		cell := experiment.Cell{Draw: n / p.Replicates, Replicate: n % p.Replicates}
		var r sim.Runner
		out, err := play(&r, p, compile(p, cell.Draw), cell, nil)
		if err != nil {
			t.Fatal(err)
		}
		if shows(out, want) {
			return cell, true
		}
	}
	return experiment.Cell{}, false
}

// A search that goes on after an interrupt, or that calls an explosion a story, would
// show here.
func TestSearchStops(t *testing.T) {
	p := small(t)
	why := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(why)
	if _, found, err := Find(ctx, p, Difference); found || !errors.Is(err, why) {
		t.Errorf("%v, %v", found, err)
	}
	v := *p.Scenario
	v.Arms[1].Levers = v.Arms[0].Levers
	p.Scenario, p.Draws = &v, 2
	if cell, found, err := Find(context.Background(), p, Difference); found || err != nil || cell != (experiment.Cell{}) {
		t.Errorf("equal arms differ in %v (%v, %v)", cell, found, err)
	}
	v.Model.MaxEvents = 3
	var over *sim.OverflowError
	if _, _, err := Find(context.Background(), p, Difference); !errors.As(err, &over) {
		t.Errorf("%v", err)
	}
	if _, err := Tell(p, experiment.Cell{}); !errors.As(err, &over) {
		t.Errorf("%v", err)
	}
}
