package summary

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// TestHolding: the held number has its value in every draw, all others are as they were, and a joint
// sample gives the same rows. Catches a row that shifts, or a number that a joint takes back.
func TestHolding(t *testing.T) {
	p := planOf(t, 8, 2)
	free := []int{}
	for i := range p.Scenario.Slots {
		if !p.Scenario.Slots[i].Dist.IsPoint() {
			free = append(free, i)
		}
	}
	a, b, c := free[0], free[1], free[2]
	rows := [][]float64{}
	for k := range 5 {
		row := []float64{}
		for _, i := range []int{a, b} {
			row = append(row, p.Scenario.Slots[i].Dist.Quantile((float64(k)+.5)/5))
		}
		rows = append(rows, row)
	}
	v := *p.Scenario
	v.Joint = scenario.NewJoint([]int{a, b}, rows, []float64{1, 2, 3, 4, 5}, make([]scenario.Learned, 2))
	p.Scenario = &v
	for _, slot := range []int{a, b, c} {
		q := p.Holding(slot, p.Scenario.Quantile(slot, .95))
		for d := range 8 {
			was, is := p.Theta(d), q.Theta(d)
			for i := range was {
				want := was[i]
				if i == slot {
					want = p.Scenario.Quantile(slot, .95)
				}
				if is[i] != want {
					t.Errorf("slot %d held: draw %d has %v at %d, want %v", slot, d, is[i], i, want)
				}
			}
		}
		if q.Fingerprint() == p.Fingerprint() {
			t.Errorf("slot %d held has the fingerprint of the plan", slot)
		}
	}
	if p.Scenario.Slots[c].Dist.Family == param.Point || len(p.Scenario.Joint.Slots) != 2 {
		t.Error("holding changes the plan that it is taken from")
	}
}

// TestLevers: the number that moves the level is found among all, its ends are a full run with
// the number set there, and the plan's size is theirs. Catches ends that are swapped, another arm, and a
// number that is held in one draw only.
func TestLevers(t *testing.T) {
	p := planOf(t, 40, 6)
	sums, err := experiment.Run(context.Background(), p, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := Of(sums)
	slots, plans := LeverPlans(sums)
	if len(slots) != mostLevers || len(plans) != 2*mostLevers {
		t.Fatalf("%d slots, %d plans", len(slots), len(plans))
	}
	// The first is the one with the largest rank correlation, found one by one.
	first, most := -1, 0.0
	var levels []float64
	for _, m := range momentsOf(sums, 0, 0) {
		level, _, _ := baselineRatio(m.Sum)
		levels = append(levels, level)
	}
	for i := range p.Scenario.Slots {
		var values []float64
		for d := range p.Draws {
			values = append(values, p.Theta(d)[i])
		}
		if r := math.Abs(correlation(stat.Ranks(values), stat.Ranks(levels))); r > most {
			first, most = i, r
		}
	}
	if slots[0] != first || len(slices.Compact(slices.Sorted(slices.Values(slots)))) != len(slots) {
		t.Errorf("%v, and slot %d goes along most with the level", slots, first)
	}
	var runs []*Summary
	for _, q := range plans {
		if q.Draws != 40 || q.Replicates != leverReplicates || len(q.Scenario.Arms) != 2 {
			t.Errorf("%d × %d in %d arms", q.Draws, q.Replicates, len(q.Scenario.Arms))
		}
		x, err := experiment.Run(context.Background(), q, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, Of(x))
	}
	s.SetLevers(p.Scenario, slots, runs)
	seen := []string{}
	for _, l := range s.Headline.Levers {
		i := slices.IndexFunc(p.Scenario.Slots, func(x scenario.Slot) bool { return x.Path == l.Path })
		at := slices.Index(slots, i)
		if l.Low.At != p.Scenario.Quantile(i, .05) || l.High.At != p.Scenario.Quantile(i, .95) ||
			l.Low.Baseline != runs[2*at].Headline.Baseline || l.High.Difference != runs[2*at+1].Headline.Difference {
			t.Errorf("%+v", l)
		}
		seen = append(seen, l.Path)
	}
	if !slices.IsSortedFunc(s.Headline.Levers, func(a, b Lever) int {
		return int(math.Copysign(1, math.Abs(b.Moved())-math.Abs(a.Moved())))
	}) || len(slices.Compact(slices.Sorted(slices.Values(seen)))) != mostLevers {
		t.Errorf("%v", seen)
	}
	one := p
	one.Draws = 1
	single, err := experiment.Run(context.Background(), one, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if slots, _ := LeverPlans(single); slots != nil {
		t.Errorf("one draw has levers: %v", slots)
	}
}

// TestBeyond: what one number explains of another is taken out, so that what only follows
// it does not rank. Catches ranks that are not orthogonal.
func TestBeyond(t *testing.T) {
	z := []float64{-2, -1, 0, 1, 2}
	x := []float64{-4, -2, 0, 2, 4} // z alone
	if got := beyond(x, z); slices.ContainsFunc(got, func(v float64) bool { return math.Abs(v) > 1e-12 }) {
		t.Errorf("%v is left of what is explained", got)
	}
	y := []float64{2, -1, -2, -1, 2} // nothing of z
	if got := beyond(y, z); !slices.Equal(got, y) {
		t.Errorf("%v", got)
	}
}

// TestClear: errors of two ends add as those of independent numbers do.
func TestClear(t *testing.T) {
	end := func(level, mc, effect float64) LeverEnd {
		return LeverEnd{Baseline: Estimate{Value: level, MC: mc}, Difference: Estimate{Value: effect, MC: mc}}
	}
	for _, c := range []struct {
		low, high     LeverEnd
		clear, effect bool
	}{
		{end(1, .3, 0), end(1.51, .4, .51), true, true},
		{end(1, .3, 0), end(1.49, .4, -.49), false, false},
		{end(1.51, .3, 0), end(1, .4, 0), true, false},
	} {
		l := Lever{Low: c.low, High: c.high}
		s := &Summary{Headline: Headline{Levers: []Lever{{}, l}}}
		if l.Clear() != c.clear || (s.MostEffect() != nil) != c.effect {
			t.Errorf("%+v: %v, %v", l, l.Clear(), s.MostEffect())
		}
	}
	if (&Summary{}).MostEffect() != nil {
		t.Error("no lever moves something")
	}
}

// planOf is a plan of the small scenario.
func planOf(t *testing.T, draws, replicates int) experiment.Plan {
	t.Helper()
	v, err := scenario.Load("small", []byte(small), scenario.Options{File: "small.yaml", UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return experiment.Plan{Scenario: v, Seed: 3, Draws: draws, Replicates: replicates, BlockSize: 20}
}
