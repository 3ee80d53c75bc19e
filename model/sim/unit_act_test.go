package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Catches: > for ≥ at a class, M left out, the but-for rung compared with the rung instead of the class.
func TestUnitJudge(t *testing.T) {
	for _, c := range []struct {
		highest, rung, onTruth, onIdeal int
		missteps, avoidable             uint8 // R3, R5, R6, R8, R9 from the lowest bit
		deliberate                      []int
	}{
		{0, 2, 0, 0, 0, 0, nil},
		{0, 3, 2, 2, 0b1, 0b1, nil},
		{0, 3, 2, 3, 0b1, 0, nil},
		{0, 3, 3, 0, 0, 0, []int{0}},
		{0, 6, 3, 5, 0b110, 0b100, []int{0}},
		{0, 9, 7, 8, 0b11000, 0b10000, []int{0, 1, 2}},
		{5, 6, 0, 6, 0b100, 0, nil},
		{5, 9, 6, 0, 0b11000, 0b11000, []int{2}},
		{6, 7, 0, 0, 0, 0, nil},
	} {
		y := newYard(t)
		y.now = 12
		k := &victimCase{highest: int8(c.highest)}
		if any := y.judge(k, c.rung, c.onTruth, c.onIdeal); any != (c.missteps != 0) || k.missteps != c.missteps ||
			k.avoidable != c.avoidable {
			t.Errorf("%+v: misstep %v, classes %b, avoidable %b", c, any, k.missteps, k.avoidable)
		}
		causes := map[int]Cause{}
		for class := range Classes {
			if c.missteps>>class&1 == 1 {
				causes[class] = Misstep
			}
		}
		for _, class := range c.deliberate {
			causes[class] = Deliberate
		}
		for class, first := range y.out.First {
			for cause, at := range first {
				want, reached := causes[class]
				if due := reached && (Cause(cause) == AnyCause || Cause(cause) == want); (at == 12) != due || !due &&
					!math.IsInf(at, 1) {
					t.Errorf("%+v: class %d, cause %d first on day %v", c, class, cause, at)
				}
			}
		}
	}
}

// Catches: the truth toward the culprit instead of the target, an ideal observer that holds the receiver's beliefs,
// labels exchanged.
func TestUnitActFromBeliefs(t *testing.T) {
	for _, c := range []struct {
		source             int32
		intent             scenario.Intent
		onIdeal            float64
		misstep, avoidable bool
		shares             [4]float64
	}{
		{borland, scenario.Prepositioning, 0.9, false, false, [4]float64{}},
		{borland, scenario.Disruption, 0.1, false, false, [4]float64{}},
		{borland, scenario.Espionage, 0.9, true, false, [4]float64{0, 1, 0, 0}},
		{borland, scenario.Espionage, 0.1, true, true, [4]float64{0, 1, 0, 0}},
		{gang, scenario.Crime, 0.9, true, false, [4]float64{1, 0, 0, 0}},
		{cerland, scenario.Disruption, 0.1, true, true, [4]float64{1, 0, 0, 0}},
	} {
		y := newYard(t, crisp("5")...)
		id := y.suspects(c.source, c.intent, 0.8, c.onIdeal)
		y.review(id)
		k := &y.cases[id]
		classes := map[bool]uint8{true: 0b11}
		if k.highest != 5 || k.missteps != classes[c.misstep] || k.avoidable != classes[c.avoidable] || k.shares != c.shares {
			t.Errorf("%+v: R%d, missteps %b, avoidable %b, shares %v", c, k.highest, k.missteps, k.avoidable, k.shares)
		}
		guilty := c.source == borland
		if k.rightly != guilty || k.falsely == guilty || k.against != borland || !k.spoken || k.peak != 5 {
			t.Errorf("%+v: rightly %v, falsely %v, against %d", c, k.rightly, k.falsely, k.against)
		}
		step := y.log[len(y.log)-1]
		for _, e := range y.log {
			if e.Kind == EventAct {
				step = e
			}
		}
		onTruth := map[bool]int{true: 0, false: 5}[c.misstep]
		near(t, "held", step.Held.Culprit, 0.8)
		near(t, "ideal", step.OnIdeal.Culprit, c.onIdeal)
		if step.RungOnTruth != onTruth || step.Chosen != 5 || step.Before != 0 || step.Misstep != c.misstep {
			t.Errorf("%+v: logged %+v", c, step)
		}
		if blamed := y.chains[0].blamed; blamed != c.misstep || (y.chains[0].butFor == 0) != c.misstep {
			t.Errorf("%+v: the reply's parent is blamed %v, but for it %v", c, blamed, y.chains[0].butFor)
		}
	}
}

// Catches: slips counted for missteps, or for the best rung under full knowledge.
func TestUnitSlips(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "0"})
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)]
	truth := y.onTruth(&k.incident, borland)
	u := y.utilities(k, &truth, &k.snap, borland)
	best := u.Argmax()
	for part := range 9 {
		id := y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)
		k := &y.cases[id]
		k.uniform = (float64(part) + 0.5) / 9
		b := y.held(k)
		rung := y.choose(k, &b, &k.snap, borland).rung
		before := y.out.Slips
		if y.act(id, &b, rung); (y.out.Slips > before) != (rung != best) {
			t.Errorf("R%d, best R%d: %d slips", rung, best, y.out.Slips-before)
		}
	}
	if y.out.Slips != 8 {
		t.Errorf("%d slips", y.out.Slips)
	}
}

// averaged is the Shapley value by brute force: the mean over all orderings in
// which the cell, severity and type are corrected.
func averaged(public func(set int, culpritOnly bool) float64) (out [4]float64) {
	for _, order := range [][3]int{{1, 2, 4}, {1, 4, 2}, {2, 1, 4}, {2, 4, 1}, {4, 1, 2}, {4, 2, 1}} {
		set := 0
		for _, player := range order {
			before, after := public(set, false), public(set|player, false)
			switch player {
			case 1:
				half := public(set|1, true)
				out[0] += (before - half) / 6
				out[1] += (half - after) / 6
			case 2:
				out[2] += (before - after) / 6
			case 4:
				out[3] += (before - after) / 6
			}
			set |= player
		}
	}
	return out
}

// Catches: equal weights for coalitions of all sizes, the intent corrected before the culprit, a player left out.
func TestUnitContributionsByOrderings(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "15"}, set{"choice.lookahead", "3"}, set{"choice.price", "0.02"},
		set{"choice.audience", "0.3"}, set{"choice.innocence", "0.3"})
	k := &y.cases[y.suspects(borland, scenario.Espionage, 0.9, 0.9)]
	k.exposed, k.snap.tension = true, 0.8
	mixed, seen := 0, 0
	for n := range 4000 {
		x := func(i int32) float64 { return y.uniformAt(numbered(n), random.World, i) }
		held := decide.Beliefs{Culprit: 0.4 + 0.6*x(0), Intent: [4]float64{1 - x(1), x(1), 0, 0}, Severity: 2 + 8*x(2),
			StatusQuo: x(3)}
		truth := decide.Beliefs{Culprit: math.Round(x(4)), Intent: [4]float64{1, 0, 0, 0}, Severity: 1 + 3*x(5),
			StatusQuo: math.Round(x(6))}
		k.uniform = x(7)
		public := func(set int, culpritOnly bool) float64 {
			b := held
			if set&1 != 0 {
				if b.Culprit = truth.Culprit; !culpritOnly {
					b.Intent = truth.Intent
				}
			}
			if set&2 != 0 {
				b.Severity = truth.Severity
			}
			if set&4 != 0 {
				b.StatusQuo = truth.StatusQuo
			}
			if y.choose(k, &b, &k.snap, borland).rung >= 3 {
				return 1
			}
			return 0
		}
		if public(0, false) == 0 || public(7, false) == 1 {
			continue
		}
		y.contributions(k, &held, &truth)
		want, parts := averaged(public), 0
		for i := range want {
			near(t, "contribution", k.shares[i], want[i])
			if want[i] != 0 {
				parts++
			}
		}
		if seen++; parts > 1 {
			mixed++
		}
	}
	if seen < 200 || mixed < 50 {
		t.Errorf("%d missteps, %d of mixed origin", seen, mixed)
	}
}

// Catches: b instead of b², one uniform for all partners, joining at R6, a joint R3 logged or taken as the highest
// rung
// R4.
func TestUnitCoalition(t *testing.T) {
	y := newYard(t, set{"coalition.join", "0.2"})
	near(t, "expected partners", y.m.joins[aland], 0.5+0.2)
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)]
	var joined [3]share
	for n := range 20000 {
		k.entity = numbered(n)
		got, _ := y.join(k, 3, 0.8)
		for i := range joined {
			joined[i].add(got == i)
		}
		for _, rung := range []int{2, 6} {
			if n, _ := y.join(k, rung, 1); n != 0 {
				t.Fatalf("partners join at R%d", rung)
			}
		}
	}
	p, q := 0.5*0.64, 0.2*0.64
	joined[0].equals(t, "nobody joins", (1-p)*(1-q), 0.04)
	joined[2].equals(t, "both join", p*q, 0.04)
	if y.out.Joint != int(joined[1].hits+joined[2].hits) {
		t.Errorf("%d joint steps in the books", y.out.Joint)
	}
	y.m.partners[aland] = []partner{{hash: 1, join: 1}, {hash: 2, join: 1}}
	b := decide.Beliefs{Culprit: 1, Intent: [4]float64{0, 1, 0, 0}, Severity: 5}
	for _, c := range []struct {
		rung, peak int
		level      float64
	}{{3, 4, y.m.scale.Rungs[4].Level}, {5, 5, y.m.scale.Rungs[5].Level * (1 + y.m.reprisal)},
		{6, 6, y.m.scale.Rungs[6].Level}} {
		id := y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)
		y.act(id, &b, c.rung)
		k, chain := &y.cases[id], y.chains[len(y.chains)-1]
		if int(k.highest) != c.rung || int(k.peak) != c.peak {
			t.Errorf("R%d: highest R%d, shown R%d", c.rung, k.highest, k.peak)
		}
		near(t, "level suffered", chain.level, c.level)
	}
}

// Catches: a core partner that follows itself, never acts alone, follows by b², or is not told from others; an
// expectation that leaves it out.
func TestUnitCorePartner(t *testing.T) {
	y := newYard(t)
	y.m.follow = 0.9
	y.m.partners[aland] = []partner{{hash: 1, join: 0.3}, {hash: 2, join: 0.2, core: true}}
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)]
	const b = 0.8
	var both, alone, nobody share
	for n := range 20000 {
		k.entity = numbered(n)
		joined, core := y.join(k, 5, b)
		both.add(joined == 2 && core)
		alone.add(joined == 1 && core)
		nobody.add(joined == 0)
		if joined == 0 && core {
			t.Fatal("a core partner that joins is not counted")
		}
	}
	p, q := 0.3*b*b, 0.2*b*b
	both.equals(t, "both join", p*0.9, 0.04)
	alone.equals(t, "the core partner alone", (1-p)*q, 0.04)
	nobody.equals(t, "nobody joins", (1-p)*(1-q), 0.04)
	near(t, "expected partners", y.m.expectedPartners(y.m.partners[aland]), 0.3+0.9*0.3+0.2*0.7)
}

// Catches: denial by the accuser's probability, counter-accusation by the accused's, speech acts to replies.
func TestUnitSpeech(t *testing.T) {
	y := newYard(t)
	y.m.states[borland].denial, y.m.states[aland].counter = 0.7, 0.3
	y.m.states[aland].denial, y.m.states[borland].counter = 0, 1
	k := &y.cases[y.spied()]
	speech := func(what EventKind) *share {
		return hits(func(n int) bool {
			y.log, k.entity = y.log[:0], numbered(n)
			y.speak(k, impact{actor: aland, accused: borland})
			for _, e := range y.log {
				if e.Actor != borland || e.Target != aland {
					t.Fatalf("%s by state %d", e.Kind, e.Actor)
				}
				if e.Kind == what {
					return true
				}
			}
			return false
		})
	}
	denials, counters := speech(EventDenial), speech(EventCounter)
	denials.equals(t, "denials", 0.7, 0.04)
	counters.equals(t, "counter-accusations", 0.3, 0.04)
	if y.out.Denials != 2*int(denials.hits) || y.out.Counters != 2*int(counters.hits) {
		t.Errorf("%d denials, %d counter-accusations in the books", y.out.Denials, y.out.Counters)
	}
	y.log, y.m.states[borland].denial = y.log[:0], 1
	y.deliver(0, impact{actor: aland, accused: borland, rung: 5, level: 0.25, move: 2, chain: 5})
	if len(y.log) != 0 {
		t.Errorf("a reply is answered by %v", y.kinds())
	}
}

// Catches: a but-for rung answered although it had been taken already, or although it is private.
func TestUnitButForLevel(t *testing.T) {
	y := newYard(t)
	for _, c := range []struct {
		rung, highest int
		level         float64
	}{{5, 3, y.m.scale.Rungs[5].Level}, {5, 5, 0}, {5, 6, 0}, {3, 0, y.m.scale.Rungs[3].Level}, {2, 0, 0}} {
		near(t, "level but for it", y.m.levelAbove(c.rung, c.highest), c.level)
	}
}

// Catches: the partners of the one accused, or none, carrying a part of the price.
func TestUnitPartnersCarryThePrice(t *testing.T) {
	y := newYard(t, set{"coalition.share", "0.4"})
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.8, 0.8)]
	b := y.held(k)
	attribution := func(aland, borland float64) float64 {
		y.m.joins = []float64{aland, borland, 0}
		u := y.utilities(k, &b, &k.snap, 1)
		return u[3]
	}
	alone := attribution(0, 0)
	near(t, "partners of the accuser", attribution(0.5, 0)-alone, k.snap.price*0.4*0.5*b.Culprit*b.Culprit)
	near(t, "partners of the accused", attribution(0, 0.5), alone)
}
