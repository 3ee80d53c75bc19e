package sim

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// discovered lets an incident be discovered now.
func (y *yard) discovered(in incident) *victimCase {
	in.discovered, in.frame, in.named = y.now, -1, -1
	y.addIncident(in)
	y.queue.clear()
	id := int32(len(y.cases) - 1)
	y.discover(event{time: y.now, kind: kindDiscovery, id: id})
	return &y.cases[id]
}

// Catches: a question before the first piece, a review before the answer, a case that begins with an interval or a
// rung.
func TestUnitDiscoveryOrder(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "1e100"}, set{"choice.price", "0"}, set{"choice.cost", "0"},
		set{"choice.innocence", "0"})
	y.m.channels[embassy].on[scenario.Clarify], y.m.channels[embassy].contact, y.m.channels[embassy].contactZ = 1, 1, 0
	y.bring(embassy)
	y.now = 40
	k := y.discovered(incident{entity: numbered(4), stream: y.flow(borland, aland, scenario.Disruption), severity: 8})
	if k.target != borland {
		t.Fatalf("the suspect is %d", k.target)
	}
	got := y.kinds()
	if len(got) < 4 || !slices.Equal(got[:4], []EventKind{EventDiscovery, EventPiece, EventAnswer, EventAct}) {
		t.Fatalf("the log begins with %v", got)
	}
	if y.log[0].Target != -1 || y.log[0].Belief != 0 {
		t.Errorf("there is a suspect before the first piece: %+v", y.log[0])
	}
	if k.state != open || !k.counted || k.dirty || k.pieces != 1 || !k.decided || y.openCases != 1 ||
		y.out.Discovered != 1 {
		t.Errorf("after discovery: %+v", k)
	}
	near(t, "uniform", k.uniform, y.uniform(k.entity, random.Choice))
	near(t, "end", k.closeAt, 40+y.m.states[aland].sensor.caseMean*y.exponential(k.entity, random.CaseLength, 0))
	if at := y.queued(kindClose); len(at) != 1 || at[0] != k.closeAt {
		t.Errorf("closes queued for %v, the end is %v", at, k.closeAt)
	}
}

// Catches: a case of the past counted; a prior at even odds of the type, or not summing to 1.
func TestUnitDiscoveryInThePast(t *testing.T) {
	y := newYard(t)
	y.now = -1
	y.rel(aland, borland).trust, y.rel(aland, borland).trustAt = 2, -1
	k := y.discovered(incident{entity: numbered(1), stream: y.flow(borland, aland, scenario.Espionage), severity: 3})
	if k.counted || y.out.Discovered != 0 || y.openCases != 1 {
		t.Errorf("counted %v, discovered %d, open %d", k.counted, y.out.Discovered, y.openCases)
	}
	s := &y.m.states[aland].sensor
	sum, hostile, share := 0.0, 0.0, s.share[s.suspectOf[borland]]
	for i, id := range s.cells {
		p := y.prior[int(k.priorAt)+i]
		if sum += p; y.m.streams[id].source == borland && y.m.streams[id].intent.Hostile() {
			hostile += p
		}
	}
	near(t, "prior", sum, 1)
	near(t, "hostile prior", hostile, share*0.3*(0.6*elem.Logistic(2)+1.6*(1-elem.Logistic(2))))
}

// Catches: a disclosure after the end of the case; a scheduled day of disclosure counted from the onset.
func TestUnitDisclosureIsScheduled(t *testing.T) {
	y := newYard(t)
	y.now = 100
	flow := y.flow(borland, aland, scenario.Espionage)
	y.m.streams[flow].disclosed, y.m.streams[flow].disclosure = 1, lognormal{math.Log(50), 0}
	id := y.opened(flow, 3)
	for _, c := range []struct {
		named int32
		day   float64 // scheduled
		end   float64
		want  []float64
	}{{-1, 0, 1000, []float64{150}}, {-1, 0, 149, nil}, {0, 0, 1000, []float64{100}}, {0, 20, 1000, []float64{120}},
		{0, 20, 120, nil}, {0, -1, 1000, []float64{150}}} {
		y.queue.clear()
		y.cases[id].named, y.cases[id].closeAt = c.named, c.end
		y.m.incidents[0].disclosed = c.day
		y.scheduleDisclosure(id)
		got := y.queued(kindDisclosure)
		if len(got) != len(c.want) || len(got) == 1 && math.Abs(got[0]-c.want[0]) > 1e-9 {
			t.Errorf("%+v: disclosed on days %v", c, got)
		}
	}
}

// Catches: the victim's own step charged as exposure; a second disclosure executed; tension by the suspect's side.
func TestUnitExposure(t *testing.T) {
	y := newYard(t)
	flow := y.flow(borland, aland, scenario.Espionage)
	other, own := y.opened(flow, 3), y.opened(flow, 3)
	k := &y.cases[other]
	k.belief = 0.6
	*y.rel(aland, borland) = relation{tension: decaying{0.2, 0}}
	back := y.rel(borland, aland).tension
	y.publish(k)
	if !k.exposed || !k.disclosed || k.spoken || !k.dirty {
		t.Errorf("by another hand: %+v", k)
	}
	w := y.m.tension.disclosure * 0.6
	near(t, "tension of the victim", y.rel(aland, borland).tension.value, 0.2+w*0.8)
	if y.rel(borland, aland).tension != back {
		t.Error("the suspect feels tension from a disclosure")
	}
	b := y.held(&y.cases[own])
	y.cases[own].target = borland
	y.act(own, &b, 3)
	if k := &y.cases[own]; k.exposed || !k.disclosed || !k.spoken {
		t.Errorf("by its own step: %+v", k)
	}
	events, log := y.out.Events, len(y.log)
	y.happens(kindDisclosure, event{id: own})
	if y.cases[own].exposed || y.out.Events != events || len(y.log) != log {
		t.Error("what is public is disclosed again")
	}
}

// Catches: the audience cost at R3, without the severity's share, or after the victim has spoken.
func TestUnitAudienceCost(t *testing.T) {
	y := newYard(t)
	id := y.spied()
	k := &y.cases[id]
	for _, severity := range []float64{1, 3, 4, 9} {
		b := y.held(k)
		b.Severity = severity
		k.exposed, k.spoken = false, false
		calm := *y.utilities(k, &b, &k.snap, borland)
		k.exposed = true
		silent := *y.utilities(k, &b, &k.snap, borland)
		k.spoken = true
		spoken := *y.utilities(k, &b, &k.snap, borland)
		for r := range calm {
			want := 0.0
			if r <= 2 {
				want = y.m.states[aland].actor.Weights.Audience * min(1, severity/4)
			}
			if r != 4 && math.Abs(calm[r]-silent[r]-want) > 1e-12 || r != 4 && spoken[r] != calm[r] {
				t.Errorf("severity %v, R%d: %v, exposed %v, spoken %v; want a cost of %v", severity, r, calm[r], silent[r],
					spoken[r], want)
			}
		}
	}
}
