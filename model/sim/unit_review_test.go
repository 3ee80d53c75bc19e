package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// crisp is the textbook rule with G = L = 1 and C = 0 at boundless rationality: a
// state escalates where it believes in a hostile act by its suspect at more than ½.
func crisp(rung string, more ...set) []set {
	return append([]set{{"assumptions.model.rule", "stakes"}, {"assumptions.model.stakes_rung", rung},
		{"choice.rationality", "1e100"},
		{"stakes.gain", "1"}, {"stakes.loss", "1"}, {"stakes.cost", "0"}, {"coalition.join", "0"}}, more...)
}

// suspects opens a case of Aland against a source and intent in which Borland is
// believed to have prepositioned with the given probabilities, the gang else.
func (y *yard) suspects(source int32, intent scenario.Intent, held, onIdeal float64) int32 {
	pre, crime := y.flow(borland, aland, scenario.Prepositioning), y.flow(gang, aland, scenario.Crime)
	id := y.opened(y.flow(source, aland, intent), 5)
	y.believe(id, map[int32]float64{pre: held, crime: 1 - held}, map[int32]float64{pre: onIdeal, crime: 1 - onIdeal})
	return id
}

// Catches: a choice that reads the survival function, normalises over R4, or draws a fresh uniform.
func TestUnitChoiceAtTheUniform(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "6"})
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.8, 0.8)]
	b := y.held(k)
	u := y.utilities(k, &b, &k.snap, borland)
	total, below := 0.0, 0.0
	for _, x := range u {
		total += math.Exp(6 * x)
	}
	for r, x := range u {
		p := math.Exp(6*x) / total
		if r != 4 && p < 1e-6 || r == 4 && p != 0 {
			t.Fatalf("R%d has probability %v", r, p)
		}
		for _, inside := range []float64{1e-7, 0.5, 1 - 1e-7} {
			k.uniform = below + inside*p
			if d := y.choose(k, &b, &k.snap, borland); r != 4 && d.rung != r {
				t.Errorf("uniform %v chose R%d, want R%d", k.uniform, d.rung, r)
			}
		}
		below += p
	}
}

// Catches: Gumbel shocks drawn anew per review, by the uniform, or with the ordinals of a reply.
func TestUnitGumbelShocksAreTheCases(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "6"}, set{"assumptions.model.coupling", "gumbel"})
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.8, 0.8)]
	b := y.held(k)
	rungs := map[int]bool{}
	for n := range 300 {
		k.entity, k.uniform = numbered(n), float64(n%7)/7
		u := y.utilities(k, &b, &k.snap, borland)
		best := 0
		value := func(r int) float64 {
			return 6*u[r] - math.Log(-math.Log(y.uniformAt(k.entity, random.GumbelShock, int32(r))))
		}
		for r := range decide.N {
			if r != 4 && value(r) > value(best) {
				best = r
			}
		}
		first := y.choose(k, &b, &k.snap, borland).rung
		k.uniform = 0.999
		if again := y.choose(k, &b, &k.snap, borland).rung; first != best || again != best {
			t.Fatalf("R%d, then R%d, want R%d", first, again, best)
		}
		rungs[best] = true
	}
	if len(rungs) < 3 {
		t.Errorf("only rungs %v", rungs)
	}
}

// Catches: a wait below waits_from, at a rung already taken, where no channel delays, or with decisions not once.
func TestUnitWhatWaits(t *testing.T) {
	for _, c := range []struct {
		name    string
		rung    string
		held    float64
		prepare func(*yard, *victimCase)
		waits   bool
		highest int8
	}{
		{"an act at R5", "5", 0.9, func(*yard, *victimCase) {}, true, 0},
		{"an act at waits_from", "3", 0.9, func(*yard, *victimCase) {}, true, 0},
		{"an act below waits_from", "2", 0.9, func(*yard, *victimCase) {}, false, 2},
		{"no act", "5", 0.1, func(*yard, *victimCase) {}, false, 0},
		{"no act, decisions once", "5", 0.1, func(y *yard, _ *victimCase) { y.m.method.once = true }, true, 0},
		{"a rung already taken", "5", 0.9, func(_ *yard, k *victimCase) { k.highest = 5 }, false, 5},
		{"a case that has waited", "5", 0.9, func(_ *yard, k *victimCase) { k.waited = true }, false, 5},
		{"a channel that is down", "5", 0.9, func(y *yard, _ *victimCase) { y.channels[forum].status = lapsed }, false, 5},
		{"another pair's channel", "5", 0.9,
			func(y *yard, _ *victimCase) { y.m.channels[forum].member = []bool{false, true, true} }, false, 5},
		{"strength 0", "5", 0.9, func(y *yard, _ *victimCase) { y.m.channels[forum].on[scenario.Delay] = 0 }, false, 5},
	} {
		y := newYard(t, crisp(c.rung, set{"strength.delay", "1"})...)
		y.bring(forum)
		id := y.suspects(borland, scenario.Prepositioning, c.held, c.held)
		c.prepare(y, &y.cases[id])
		y.review(id)
		k := &y.cases[id]
		if k.waiting != c.waits || k.highest != c.highest || (y.out.Waits == 1) != c.waits || k.decided == c.waits {
			t.Errorf("%s: waits %v, R%d, decided %v", c.name, k.waiting, k.highest, k.decided)
		}
	}
}

// Catches: the latest instead of the earliest of contact, limit and close; a second wait; a review that cancels the
// first.
func TestUnitDue(t *testing.T) {
	for _, c := range []struct{ meeting, limit, end, want float64 }{{30, 60, 500, 30}, {90, 60, 500, 60}, {90, 60, 20, 20},
		{math.Inf(1), 60, 500, 60}} {
		y := newYard(t, crisp("5", set{"strength.delay", "1"})...)
		y.bring(forum)
		y.channels[forum].next, y.m.channels[forum].limit = c.meeting, c.limit
		id := y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)
		k := &y.cases[id]
		k.closeAt = c.end
		y.review(id)
		if at := y.queued(kindDue); len(at) != 1 || at[0] != c.want || k.dueAt != c.want {
			t.Fatalf("%+v: due on days %v", c, at)
		}
		k.dirty = true
		if y.review(id); !k.waiting || y.out.Waits != 1 || k.highest != 0 {
			t.Errorf("%+v: a review meanwhile: waiting %v, R%d", c, k.waiting, k.highest)
		}
		y.now, y.prices[aland] = c.want, 0.77
		y.happens(kindDue, event{id: id})
		if k.waiting || k.highest != 5 || y.out.Waits != 1 || k.snap.price != 0.77 || k.snap.at != c.want {
			t.Errorf("%+v: at due: waiting %v, R%d, snapshot %+v", c, k.waiting, k.highest, k.snap)
		}
	}
}

// Catches: an act at due that belief no longer carries; a due event on a closed case.
func TestUnitDueDecidesAnew(t *testing.T) {
	y := newYard(t, crisp("5", set{"strength.delay", "1"})...)
	y.bring(forum)
	lapses, shut := y.suspects(borland, scenario.Prepositioning, 0.9, 0.9),
		y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)
	y.review(lapses)
	y.review(shut)
	crime := map[int32]float64{y.flow(gang, aland, scenario.Crime): 1}
	y.believe(lapses, crime, crime)
	y.cases[shut].state = closed
	for _, id := range []int32{lapses, shut} {
		y.happens(kindDue, event{id: id})
		if k := &y.cases[id]; k.highest != 0 || k.waiting != (id == shut) {
			t.Errorf("case %d: R%d, waiting %v", id, k.highest, k.waiting)
		}
	}
	if y.out.Events != 1 {
		t.Errorf("%d events", y.out.Events)
	}
}

// Catches: a withdrawal at equality, of private steps, toward another target, twice; replies to others emptied.
func TestUnitRetraction(t *testing.T) {
	for _, c := range []struct {
		held    float64
		highest int8
		against int16
		done    bool
		want    bool
	}{
		{0.3, 5, borland, false, true}, {0.4, 5, borland, false, false}, {0.3, 5, cerland, false, false},
		{0.3, 2, borland, false, false}, {0.3, 5, borland, true, false}, {0.3, 8, borland, false, true},
	} {
		y := newYard(t, crisp("5", set{"assumptions.model.retraction", "true"})...)
		y.m.states[aland].climbdown = 0.3 // U(R5) = 2b′ − 1
		id := y.suspects(borland, scenario.Prepositioning, c.held, c.held)
		k := &y.cases[id]
		k.highest, k.against, k.retracted = c.highest, c.against, c.done
		y.chains = []chain{{inCase: id, from: borland, to: aland, level: 1, butFor: 1},
			{inCase: id, from: aland, to: borland, level: 1, butFor: 1},
			{inCase: id + 1, from: borland, to: aland, level: 1, butFor: 1}}
		y.review(id)
		withdrawn := y.out.Withdrawn == 1
		if withdrawn != c.want || k.retracted != (c.want || c.done) || k.highest != c.highest {
			t.Errorf("%+v: withdrawn %v", c, withdrawn)
		}
		for n, want := range []bool{withdrawn, false, false} {
			if emptied := y.chains[n].level == 0 && y.chains[n].butFor == 0; emptied != want {
				t.Errorf("%+v: chain %d emptied %v", c, n, emptied)
			}
		}
	}
}

// Catches: what full knowledge would do looked up toward the suspect, for espionage, or for cases of the past.
func TestUnitWouldHaveDone(t *testing.T) {
	for _, c := range []struct {
		source  int32
		intent  scenario.Intent
		counted bool
		want    int8
	}{{borland, scenario.Prepositioning, true, 5}, {cerland, scenario.Disruption, true, 5},
		{borland, scenario.Espionage, true, 0},
		{gang, scenario.Crime, true, 0}, {borland, scenario.Prepositioning, false, 0}} {
		y := newYard(t, crisp("5")...)
		id := y.suspects(c.source, c.intent, 0.2, 0.2)
		y.cases[id].counted = c.counted
		y.review(id)
		if k := &y.cases[id]; k.wanted != c.want || k.highest != 0 {
			t.Errorf("%+v: wanted R%d, taken R%d", c, k.wanted, k.highest)
		}
	}
}

// Catches: a withdrawal that gains no more than it costs.
func TestUnitRetractionAtItsCost(t *testing.T) {
	for _, more := range []bool{false, true} {
		y := newYard(t, crisp("5", set{"assumptions.model.retraction", "true"})...)
		id := y.suspects(borland, scenario.Prepositioning, 0.3, 0.3)
		k := &y.cases[id]
		k.highest, k.against = 5, borland
		b := y.held(k)
		u := y.utilities(k, &b, &k.snap, borland)
		y.m.states[aland].climbdown = u[0] - u[5]
		if more {
			y.m.states[aland].climbdown = math.Nextafter(u[0]-u[5], 0)
		}
		if y.review(id); k.retracted != more {
			t.Errorf("gains more than it costs: %v, withdrawn: %v", more, k.retracted)
		}
	}
}

// Catches: what full knowledge would have done with the expected reply of the suspect instead of the culprit.
func TestUnitWouldHaveDoneTowardTheCulprit(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "1e100"}, set{"choice.lookahead", "5"})
	id := y.suspects(cerland, scenario.Disruption, 0.8, 0.8)
	k := &y.cases[id]
	k.severity = 10
	terrible := decide.Utilities{}
	for r := 1; r < decide.N; r++ {
		terrible[r] = 1000
	}
	y.m.pairs[aland*3+cerland].reaction = decide.Reaction{}
	y.m.pairs[aland*3+borland].reaction = decide.Reaction{StatusQuo: [2]decide.Utilities{terrible, terrible},
		Revisionist: [2]decide.Utilities{terrible, terrible}}
	if y.wouldHaveDone(k); k.target != borland || k.wanted < 3 {
		t.Errorf("suspect %d; full knowledge would have taken R%d", k.target, k.wanted)
	}
}
