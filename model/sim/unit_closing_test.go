package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// Catches: regret by held beliefs, toward the suspect instead of the culprit, for silence toward criminals, without the
// climb-down.
func TestUnitRegret(t *testing.T) {
	for _, c := range []struct {
		source    int32
		intent    scenario.Intent
		highest   int8
		against   int16
		retracted bool
		want      float64
	}{
		{borland, scenario.Disruption, 0, -1, false, 1},
		{borland, scenario.Disruption, 5, borland, false, 0},
		{borland, scenario.Disruption, 5, cerland, false, 1},
		{borland, scenario.Espionage, 5, borland, false, 1},
		{borland, scenario.Espionage, 0, -1, false, 0},
		{cerland, scenario.Disruption, 0, -1, false, 1},
		{cerland, scenario.Disruption, 5, borland, false, 1},
		{gang, scenario.Crime, 0, -1, false, 0},
		{gang, scenario.Crime, 5, borland, false, 1},
		{borland, scenario.Disruption, 5, borland, true, 1.3},
		{gang, scenario.Crime, 5, borland, true, 0.3},
		{borland, scenario.Disruption, 8, borland, false, 0},
		{borland, scenario.Disruption, 2, borland, false, 1},
	} {
		y := newYard(t, crisp("5")...)
		y.m.states[aland].climbdown = 0.3
		id := y.suspects(c.source, c.intent, 0.7, 0.7)
		k := &y.cases[id]
		k.highest, k.against, k.retracted = c.highest, c.against, c.retracted
		if got := y.regret(k); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: regret %v", c, got)
		}
	}
}

// Catches: the audience cost dropped because the victim has spoken since, or charged where nobody else had exposed it.
func TestUnitRegretBeforeItsOwnStep(t *testing.T) {
	y := newYard(t, set{"choice.audience", "5"}, set{"choice.price", "0"})
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.7, 0.7)]
	k.against, k.highest, k.severity = borland, 2, 9
	calm := y.regret(k)
	k.exposed, k.spoken = true, true
	exposed := y.regret(k)
	truth := y.onTruth(&k.incident, borland)
	k.spoken = false
	u := y.utilities(k, &truth, &k.snap, borland)
	near(t, "exposed", exposed, u.Max()-u[2])
	if k.spoken = true; exposed < calm+1 || y.regret(k) != exposed || !k.spoken {
		t.Errorf("regret %v where others exposed it, %v where nobody did", exposed, calm)
	}
}

// Catches: R2 taken for silence, a step at the wrong state for an answer, a missed response that truth would not have
// given.
func TestUnitUnanswered(t *testing.T) {
	for _, c := range []struct {
		source         int32
		intent         scenario.Intent
		highest        int8
		against        int16
		wanted         int8
		hostile        bool
		unmet, missed  bool
		known, guiltyT bool
	}{
		{borland, scenario.Disruption, 1, borland, 2, true, true, true, true, true},
		{borland, scenario.Disruption, 1, borland, 1, true, true, false, true, true},
		{borland, scenario.Disruption, 0, -1, 9, true, true, true, true, true},
		{borland, scenario.Disruption, 2, borland, 9, true, false, false, true, true},
		{borland, scenario.Prepositioning, 5, cerland, 9, true, true, true, true, true},
		{cerland, scenario.Disruption, 5, borland, 2, true, true, true, true, false},
		{borland, scenario.Espionage, 0, -1, 0, false, false, false, true, true},
		{gang, scenario.Crime, 0, -1, 0, false, false, false, false, false},
	} {
		y := newYard(t)
		k := &y.cases[y.suspects(c.source, c.intent, 0.7, 0.7)]
		k.highest, k.against, k.wanted, k.disclosed = c.highest, c.against, c.wanted, true
		o := y.caseOutcome(k)
		if o.Hostile != c.hostile || o.Unmet != c.unmet || o.Missed != c.missed || o.Known != c.known ||
			o.Guilty != c.guiltyT || !o.HasTarget {
			t.Errorf("%+v: %+v", c, o)
		}
		near(t, "belief", o.Belief, 0.7)
		if k.disclosed = false; y.caseOutcome(k).Known {
			t.Errorf("%+v: known although nothing is public", c)
		}
	}
}

// Catches: a closed case still counted open, regret for cases of the past, pieces or disclosures after the end.
func TestUnitClosing(t *testing.T) {
	y := newYard(t, crisp("5")...)
	counted := y.suspects(borland, scenario.Disruption, 0.2, 0.2)
	past := y.suspects(borland, scenario.Disruption, 0.2, 0.2)
	y.cases[past].counted = false
	for _, id := range []int32{counted, past} {
		y.happens(kindClose, event{id: id})
	}
	if y.openCases != 0 || y.cases[counted].state != closed || y.cases[counted].regret != 1 || y.cases[past].regret != 0 {
		t.Errorf("%d open, regrets %v and %v", y.openCases, y.cases[counted].regret, y.cases[past].regret)
	}
	events := y.out.Events
	y.happens(kindPiece, event{id: counted})
	y.happens(kindDisclosure, event{id: counted})
	y.happens(kindReview, event{id: counted})
	if k := &y.cases[counted]; k.pieces != 0 || k.disclosed || y.out.Events != events || y.queue.len() != 0 {
		t.Errorf("after the end: %+v", k)
	}
	if y.finish(); len(y.out.Cases) != 1 || y.out.Cases[0].Entity != y.cases[counted].entity {
		t.Errorf("%d cases gathered", len(y.out.Cases))
	}
}
