package experiment

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/scenarios"
)

// slotOf is the place of a number by the end of its path.
func slotOf(t *testing.T, v *scenario.Scenario, path string) int {
	t.Helper()
	i := slices.IndexFunc(v.Slots, func(s scenario.Slot) bool { return scenario.ShortPath(s.Path) == path })
	if i < 0 {
		t.Fatalf("no number %s", path)
	}
	return i
}

// sumsAs are the sums of a plan as text, played with a memo or without.
func sumsAs(t *testing.T, p Plan, m *Memo, workers int) string {
	t.Helper()
	p.Memo = m
	s := run(t, p, workers)
	s.Plan.Memo = nil
	return asText(t, s)
}

// TestAMemoChangesNothing: in every shipped scenario, a plan with any uncertain number moved to its upper end brings
// the same outcomes, bit for bit, whether all of it is played or a memo of the plan before that move has part of it.
// Numbers that leave some arm alone are the ones that a memo could get wrong, and there are some in every scenario.
func TestAMemoChangesNothing(t *testing.T) {
	for _, name := range scenarios.Names() {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		v, err := scenario.Load(name, data, scenario.Options{File: name + ".yaml", UsePriors: true})
		if err != nil {
			t.Fatal(err)
		}
		p := Plan{Scenario: v, Seed: 3, Draws: 1, Replicates: 2, BlockSize: 1}
		first, spared := brought(t, p, nil), 0
		for slot := range v.Slots {
			q := p.Holding(slot, v.Quantile(slot, 0.98))
			if v.Slots[slot].Dist.IsPoint() || !slices.Contains(p.Alike(&q), true) {
				continue
			}
			m := &Memo{Most: 1 << 30}
			if !reflect.DeepEqual(brought(t, p, m), first) {
				t.Fatalf("%s: keeping what is played changes it", name)
			}
			if !reflect.DeepEqual(brought(t, q, m), brought(t, q, nil)) {
				t.Errorf("%s: %s: what is kept is not what would be played", name, v.Slots[slot].Path)
			}
			if all := 2 * len(v.Arms) * p.Replicates; m.Played() >= all {
				t.Errorf("%s: %s: %d of %d replicates are played", name, v.Slots[slot].Path, m.Played(), all)
			}
			spared++
		}
		if spared == 0 {
			t.Errorf("%s: no number leaves an arm alone", name)
		}
	}
}

// album keeps the outcomes of a block.
type album struct{ out []sim.Outcome }

func (a *album) Reset(Block, *sim.Arms)    { a.out = nil }
func (a *album) Observers() []sim.Observer { return nil }
func (a *album) Visit(_ int, out []sim.Outcome) {
	for i := range out {
		a.out = append(a.out, cloned(&out[i]))
	}
}

// brought are the outcomes of a plan, played with a memo or without.
func brought(t *testing.T, p Plan, m *Memo) (out []sim.Outcome) {
	t.Helper()
	p.Memo = m
	err := Fold(context.Background(), &p, p.Blocks(0, p.Replicates), 2, func() *album { return &album{} },
		func(_ Block, a *album) { out = append(out, a.out...) })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAMemoPlaysAgainWhatALeverTouches: a number of the forum plays the arm that has it once more, one of everybody
// all arms, and a number that no arm reads none.
func TestAMemoPlaysAgainWhatALeverTouches(t *testing.T) {
	p := plan(t, 3, 4)
	each := p.Draws * p.Replicates
	m := &Memo{Most: 1 << 30}
	sumsAs(t, p, m, 1)
	played := m.Played()
	if played != len(p.Scenario.Arms)*each {
		t.Fatalf("the first plan plays %d replicates of %d arms", played, len(p.Scenario.Arms))
	}
	for _, c := range []struct {
		path string
		arms int
	}{{"strength.delay", 1}, {"choice.rationality", len(p.Scenario.Arms)}} {
		q := p.Holding(slotOf(t, p.Scenario, c.path), 0.77)
		for range 2 { // the second time all of it is kept
			if sumsAs(t, q, m, 2) != sumsAs(t, q, nil, 2) {
				t.Errorf("%s: other sums", c.path)
			}
		}
		if now := m.Played(); now-played != c.arms*each {
			t.Errorf("%s: %d replicates are played, want %d in each of %d arms", c.path, now-played, each, c.arms)
		}
		played = m.Played()
	}
	q := p
	q.Seed++
	if sumsAs(t, q, m, 1) != sumsAs(t, q, nil, 1) {
		t.Error("another seed meets what this one brought")
	}
	other := p.OtherCoupling()
	other.Replicates = p.Replicates
	if sumsAs(t, other, m, 1) != sumsAs(t, other, nil, 1) {
		t.Error("another method meets what this one brought")
	}
}

// TestAMemoIsBounded: it keeps no more than it may, nothing of arms that are not asked for, and what it has no room
// for is played.
func TestAMemoIsBounded(t *testing.T) {
	p := plan(t, 4, 30)
	whole := &Memo{Most: 1 << 30}
	want := sumsAs(t, p, whole, 2)
	for _, most := range []int{0, 1, whole.Size() / 2, whole.Size()} {
		m := &Memo{Most: most}
		for range 2 {
			if sumsAs(t, p, m, 3) != want {
				t.Errorf("at most %d bytes: other sums", most)
			}
		}
		if m.Size() > most || most > 1 && m.Size() < most/2 {
			t.Errorf("at most %d bytes: %d are kept", most, m.Size())
		}
		once := len(p.Scenario.Arms) * p.Draws * p.Replicates
		if full := most == whole.Size(); full != (m.Played() == once) {
			t.Errorf("at most %d bytes: %d replicates are played, %d once", most, m.Played(), once)
		}
	}
	m := &Memo{Most: 1 << 30, Keep: make([]bool, len(p.Scenario.Arms))}
	sumsAs(t, p, m, 2)
	if m.Size() != 0 {
		t.Errorf("%d bytes are kept of arms that nobody asks for", m.Size())
	}
}

// TestAMemoKeepsNothingThatWasBrokenOff: a run that ends in the middle leaves whole blocks only.
func TestAMemoKeepsNothingThatWasBrokenOff(t *testing.T) {
	p := plan(t, 20, 40)
	m := &Memo{Most: 1 << 30}
	q := p
	q.Memo = m
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	_, err := Run(ctx, q, 4, func(done, _ int) {
		if done > 100 {
			cancel(stop)
		}
	})
	if !errors.Is(err, stop) {
		t.Fatalf("the run ends with %v", err)
	}
	if sumsAs(t, p, m, 4) != sumsAs(t, p, nil, 4) {
		t.Error("what a broken run left changes the next")
	}
}
