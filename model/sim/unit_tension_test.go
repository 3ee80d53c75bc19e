package sim

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Catches: a rise by the share of the value instead of what is left, a decay from the wrong day, no bound at 1.
func TestUnitRiseAndDecay(t *testing.T) {
	d := decaying{0.4, 10}
	rate := math.Ln2 / 30
	near(t, "a half-life later", d.at(40, rate), 0.2)
	if d.rise(40, rate, 0); d != (decaying{0.4, 10}) {
		t.Errorf("a rise of nothing re-bases: %+v", d)
	}
	d.rise(40, rate, 0.25)
	near(t, "risen", d.value, 0.2+0.25*0.8)
	near(t, "two half-lives later", d.at(100, rate), 0.1)
	if d.rise(100, rate, 1.7); d != (decaying{1, 100}) {
		t.Errorf("a rise beyond 1: %+v", d)
	}
}

// Catches: private steps at full weight, a joint R3 boosted instead of R4's level, memory of private steps.
func TestUnitWeightOfASuffering(t *testing.T) {
	level := func(y *yard, r int) float64 { return y.m.scale.Rungs[r].Level }
	for _, c := range []struct {
		rung   int
		joint  bool
		weight func(*yard) float64
		public bool
	}{
		{2, false, func(y *yard) float64 { return 0.3 * level(y, 2) }, false},
		{3, false, func(y *yard) float64 { return level(y, 3) }, true},
		{3, true, func(y *yard) float64 { return level(y, 4) }, true},
		{5, true, func(y *yard) float64 { return level(y, 5) * 1.3 }, true},
		{7, false, func(y *yard) float64 { return 0.3 * level(y, 7) }, false},
	} {
		y := newYard(t, set{"tension.private", "0.3"}, set{"coalition.boost", "0.3"}, set{"tension.initial", "0"})
		id := y.spied()
		y.rel(aland, borland).tension = decaying{}
		y.deliver(id, impact{actor: aland, accused: borland, rung: c.rung, joint: c.joint,
			level: y.m.levelOf(c.rung, c.joint), chain: int32(c.rung)})
		want := c.weight(y)
		near(t, "tension of the accused", y.tensionOf(borland, aland), want)
		near(t, "tension of the author", y.tensionOf(aland, borland), 0)
		if !c.public {
			want = 0
		}
		near(t, "memory", y.rel(borland, aland).memory.value, want)
		if y.cases[id].disclosed != c.public {
			t.Errorf("R%d discloses: %v", c.rung, y.cases[id].disclosed)
		}
	}
}

// Catches: a shock on one side, a summit that relieves by what it should leave, one that re-bases a calm pair.
func TestUnitShockAndSummit(t *testing.T) {
	y := newYard(t)
	y.m.shocks = []shock{{hash: 1, a: aland, b: borland, tension: 0.4},
		{hash: 2, a: aland, b: borland, rate: 0.01, tension: 0.1}}
	y.m.summits = []summit{{hash: 3, a: borland, b: aland, relief: 0.25}}
	y.now = 50
	*y.rel(aland, borland), *y.rel(borland, aland) = relation{tension: decaying{0.5, 50}}, relation{}
	y.happens(kindShock, event{id: 0})
	near(t, "one side", y.tensionOf(aland, borland), 0.5+0.4*0.5)
	near(t, "the other", y.tensionOf(borland, aland), 0.4)
	if y.queue.len() != 0 {
		t.Error("a scheduled shock comes again")
	}
	y.happens(kindShock, event{id: 1, version: 6})
	next := y.queue.pop()
	near(t, "the next shock", next.time, 50+y.exponential(2, random.RandomShock, 7)/0.01)
	if next.version != 7 || next.kind != kindShock || next.id != 1 {
		t.Errorf("the next shock: %+v", next)
	}
	y.now += math.Ln2 / y.m.tension.decay
	y.rel(borland, aland).tension = decaying{}
	y.happens(kindSummit, event{id: 0})
	near(t, "relieved", y.rel(aland, borland).tension.value, (0.7+0.1*0.3)/2*0.75)
	if y.rel(borland, aland).tension != (decaying{}) {
		t.Errorf("a calm pair after a summit: %+v", y.rel(borland, aland).tension)
	}
}

// Catches: a price of before acts queued or lost; a thaw's end forgotten; a random shock counted from day 0.
func TestUnitEnvironment(t *testing.T) {
	y := newYard(t)
	acts := y.m.acts
	y.m.policies = []policy{{aland, acts - 5, 0.7}, {aland, acts, 0.8}, {borland, acts + 1, 0.9}}
	y.m.thaws = []thaw{{aland, borland, acts - 9, 30, 1}, {aland, borland, acts - 9, acts - 1, 1},
		{aland, cerland, 4, 40, 1}}
	y.m.shocks = []shock{{hash: 1, rate: 0.02}, {hash: 2, at: acts - 1}, {hash: 3, at: 9}}
	y.scheduleEnvironment()
	if y.prices[aland] != 0.8 || y.prices[borland] == 0.9 {
		t.Errorf("prices in force: %v", y.prices)
	}
	if at := y.queued(kindPrice); !slices.Equal(at, []float64{acts + 1}) {
		t.Errorf("prices on days %v", at)
	}
	if at := y.queued(kindThaw); !slices.Equal(at, []float64{4, 30, 40}) {
		t.Errorf("thaws on days %v", at)
	}
	want := []float64{acts + y.exponential(1, random.RandomShock, 0)/0.02, 9}
	slices.Sort(want)
	if at := y.queued(kindShock); !slices.Equal(at, want) {
		t.Errorf("shocks on days %v, want %v", at, want)
	}
}

// Catches: a thaw in force on its last day, one direction only, thaws that add up.
func TestUnitThawBetween(t *testing.T) {
	y := newYard(t)
	y.m.thaws = []thaw{{aland, borland, 10, 20, 0.4}, {borland, aland, 15, 30, 0.7}, {aland, cerland, 0, 100, 1}}
	for day, want := range map[float64]float64{9: 0, 10: 0.4, 15: 0.7, 19: 0.7, 20: 0.7, 30: 0} {
		y.now = day
		near(t, "there", y.thawBetween(aland, borland), want)
		near(t, "back", y.thawBetween(borland, aland), want)
	}
}

// Catches: a price step that reviews closed cases or another state's, or renews more of the snapshot than price and
// thaw.
func TestUnitPriceStep(t *testing.T) {
	y := newYard(t)
	own, shut := y.spied(), y.spied()
	foreign := y.opened(y.flow(aland, borland, scenario.Espionage), 3)
	y.cases[shut].state = closed
	marker := snapshot{at: -7, tension: 0.9, statusQuo: 0.1, cut: 0.3, hostage: 2, price: 0.5}
	for id := range y.cases {
		y.cases[id].snap, y.cases[id].highest, y.cases[id].dirty = marker, 9, false
	}
	y.m.policies = []policy{{aland, 0, y.prices[aland]}, {aland, 0, 0.01}}
	y.happens(kindPrice, event{id: 0})
	if y.cases[own].decided || y.out.Events != 1 {
		t.Error("a price that does not change raises a review")
	}
	y.happens(kindPrice, event{id: 1})
	want := marker
	want.price = 0.01
	if k := &y.cases[own]; !k.decided || k.dirty || k.snap != want {
		t.Errorf("reviewed %v with %+v", k.decided, k.snap)
	}
	for _, id := range []int32{shut, foreign} {
		if k := &y.cases[id]; k.decided || k.dirty || k.snap != marker {
			t.Errorf("case %d is touched: %+v", id, k.snap)
		}
	}
	y.cases[own].decided = false
	if y.reviewAll(func(*victimCase) bool { return true }); y.cases[own].decided {
		t.Error("a review although price and thaw are as before")
	}
}

// Catches: a thaw that reviews cases against another suspect, or by the source instead of the suspect.
func TestUnitThawStep(t *testing.T) {
	y := newYard(t)
	b, c := y.flow(borland, aland, scenario.Espionage), y.flow(cerland, aland, scenario.Espionage)
	y.m.thaws = []thaw{{borland, aland, 100, 200, 0.8}}
	touched, other, back := y.opened(c, 3), y.opened(b, 3), y.opened(y.flow(aland, borland, scenario.Espionage), 3)
	y.believe(touched, map[int32]float64{b: 1}, map[int32]float64{b: 1})
	y.believe(other, map[int32]float64{c: 1}, map[int32]float64{c: 1})
	for id := range y.cases {
		y.cases[id].highest = 9
	}
	y.now = 100
	y.happens(kindThaw, event{id: 0})
	for id, want := range map[int32]bool{touched: true, other: false, back: true} {
		if k := &y.cases[id]; k.decided != want || want && k.snap.thaw != 0.8 || k.snap.at != 0 {
			t.Errorf("case %d: reviewed %v, snapshot %+v", id, k.decided, k.snap)
		}
	}
}

// Catches: a half-life taken for a mean, a rate by the year taken for one by the day.
func TestUnitRates(t *testing.T) {
	y := newYard(t, set{"tension.halflife", "100d"}, set{"onset.deterrence_halflife", "300d"},
		set{"belief.reversion", "0.5"})
	tension, memory := decaying{0.8, 0}, decaying{0.8, 0}
	near(t, "tension after a half-life", tension.at(100, y.m.tension.decay), 0.4)
	near(t, "memory after a half-life", memory.at(300, y.m.memory), 0.4)
	near(t, "reversion in a year", y.m.belief.reversion*365.25, 0.5)
}
