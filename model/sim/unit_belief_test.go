package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// Catches: a cell left out of the sum, likelihoods added instead of multiplied, confidence on one part of a piece.
func TestUnitPosteriorOfTwoPieces(t *testing.T) {
	y := newYard(t, set{"evidence.skill", "0.7"}, set{"evidence.confidence", "1"}, set{"evidence.signal", "0.6"},
		set{"assumptions.groups.criminals.evidence.flag_rate", "0"})
	espionage, pre := y.flow(aland, borland, scenario.Espionage), y.flow(aland, borland, scenario.Prepositioning)
	id := y.opened(espionage, 3)
	k := &y.cases[id]
	s := &y.m.states[borland].sensor
	for i, stream := range s.cells {
		y.prior[int(k.priorAt)+i] = map[int32]float64{espionage: 0.5, pre: 0.2}[stream]
		if y.m.streams[stream].source == gang {
			y.prior[int(k.priorAt)+i] = 0.3
		}
	}
	for signal, source := range []int32{1: aland, 0: gang} { // false alarms .25
		y.learn(k, s, borland, int(s.suspectOf[source]), signal)
		y.learnIdeally(k, s, borland, int(s.suspectOf[source]), signal)
	}
	y.refresh(k)
	// Culprit: .7·.3 for Aland, .3·.7 for the gang. Signal: hostile, then not.
	spy, prep, crime := 0.5*0.25*0.75, 0.2*0.6*0.4, 0.3*0.25*0.75
	total := spy + prep + crime
	for what, b := range map[string][2]float64{"held": {y.held(k).Culprit, y.held(k).Intent[scenario.Espionage]},
		"ideal": {y.onIdeal(k).Culprit, y.onIdeal(k).Intent[scenario.Espionage]}} {
		near(t, what+" culprit", b[0], (spy+prep)/total)
		near(t, what+" espionage", b[1], spy/(spy+prep))
	}
	near(t, "belief in the suspect", k.belief, (spy+prep)/total)
	if k.target != aland {
		t.Errorf("the suspect is %d", k.target)
	}
}

// Catches: an ideal observer that draws the flag anew at each piece, as the receiver does.
func TestUnitFlagsKeptApart(t *testing.T) {
	y := newYard(t, set{"evidence.skill", "0.7"}, set{"evidence.confidence", "1"}, set{"evidence.flag_hit", "1"},
		set{"assumptions.groups.criminals.evidence.flag_rate", "0.2"},
		set{"assumptions.states.Cerland.evidence.flag_rate", "0"})
	flow := y.flow(gang, aland, scenario.Crime)
	id := y.opened(flow, 3)
	k, s := &y.cases[id], &y.m.states[aland].sensor
	for range 2 {
		y.learn(k, s, aland, int(s.suspectOf[borland]), -1)
		y.learnIdeally(k, s, aland, int(s.suspectOf[borland]), -1)
	}
	for i, stream := range s.cells {
		if stream != flow {
			continue
		}
		from, to := s.hypothesesOf(i)
		sum := 0.0
		for h := from; h < to; h++ {
			sum += y.idealLike[int(k.idealAt)+h]
		}
		near(t, "ideal", sum, 0.8*0.15*0.15+0.2*1*1)
		near(t, "receiver", y.like[int(k.priorAt)+i], math.Pow(0.8*0.15+0.2, 2))
	}
}

// Catches: the suspect by the last among equals, a group as the suspect, a belief that counts the group in.
func TestUnitTarget(t *testing.T) {
	y := newYard(t)
	b, c, g := y.flow(borland, aland, scenario.Espionage), y.flow(cerland, aland, scenario.Espionage),
		y.flow(gang, aland, scenario.Crime)
	id := y.opened(b, 3)
	for _, x := range []struct {
		held   map[int32]float64
		target int16
		belief float64
	}{{map[int32]float64{b: 0.25, c: 0.25, g: 0.5}, borland, 0.25},
		{map[int32]float64{b: 0.1, c: 0.2, g: 0.7}, cerland, 0.2}, {map[int32]float64{g: 1}, borland, 0}} {
		y.believe(id, x.held, x.held)
		if k := &y.cases[id]; k.target != x.target || math.Abs(k.belief-x.belief) > 1e-12 {
			t.Errorf("%v: suspect %d with %v", x.held, k.target, k.belief)
		}
	}
	none := y.opened(g, 3)
	y.m.states[aland].sensor.rivals = nil
	if y.refresh(&y.cases[none]); y.cases[none].target != -1 {
		t.Error("a victim without rivals suspects a state")
	}
}

// Catches: reversion toward 0 instead of the long run, per year taken per day, a clamp before the sum.
func TestUnitTrust(t *testing.T) {
	y := newYard(t, set{"belief.reversion", "0.5"}, set{"belief.long_run", "0.8"}, set{"belief.limit", "3"})
	r := y.rel(aland, borland)
	r.trust, r.trustAt = -1, 0
	long := math.Log(4)
	y.now = 2 * 365.25
	near(t, "after two years", y.trustLogit(aland, borland), long+(-1-long)*math.Exp(-1))
	was := *r
	if y.shiftTrust(aland, borland, 0); *r != was {
		t.Error("a shift of nothing re-bases the belief")
	}
	y.shiftTrust(aland, borland, 0.5)
	near(t, "shifted", r.trust, long+(-1-long)*math.Exp(-1)+0.5)
	for _, delta := range []float64{50, -50} {
		y.shiftTrust(aland, borland, delta)
		near(t, "clamped", r.trust, math.Copysign(3, delta))
	}
	near(t, "the way back", y.trustLogit(borland, aland),
		y.m.belief.longRun+(y.rel(borland, aland).trust-y.m.belief.longRun)*math.Exp(-0.5*(y.now-y.m.acts)/365.25))
}

// Catches: the incident's evidence added at each piece instead of replaced; no bound at ±700.
func TestUnitIncidentCountsOnce(t *testing.T) {
	y := newYard(t, set{"belief.reversion", "0"}, set{"belief.limit", "1000"}, set{"effect.breach", "1"})
	k := &y.cases[y.spied()]
	start := y.trustLogit(aland, borland)
	for _, ratio := range []float64{-0.4, -1.5, 2, math.Inf(-1), math.Inf(1), 0.25} {
		y.updateTrust(k, aland, borland, int(k.ratioAt), ratio)
		near(t, "trust", y.trustLogit(aland, borland), start+max(-700, min(700, ratio)))
	}
}

// Catches: breach by the channel's state on the day of the evidence; a factor on good news; another pair's commitments.
func TestUnitBreach(t *testing.T) {
	y := newYard(t, set{"belief.reversion", "0"}, set{"belief.limit", "1000"})
	y.m.channels[forum].effect.breach, y.m.channels[hotline].effect.breach = 1.5, 3
	for _, c := range []struct {
		bound       uint64
		up          bool
		ratio, want float64
	}{{1 << forum, false, -1, -1.5}, {0, true, -1, -1}, {1 << forum, true, 1, 1}, {1 << hotline, true, -1, -1},
		{1<<forum | 1<<hotline, false, -2, -3}} {
		k := &y.cases[y.spied()]
		k.bound = c.bound
		if y.channels[forum].status = suspended; c.up {
			y.bring(forum)
		}
		y.rel(aland, borland).trust = 0
		y.ratio[k.ratioAt] = 0
		y.updateTrust(k, aland, borland, int(k.ratioAt), c.ratio)
		near(t, "shift", y.rel(aland, borland).trust, c.want)
	}
	y.bring(forum, hotline)
	y.m.channels[forum].on[scenario.Commitments], y.m.channels[hotline].on[scenario.Commitments] = 0.2, 0
	if mask := y.commitments(); mask != 1<<forum {
		t.Errorf("commitments in force: %b", mask)
	}
}

// Catches: the ratio from the posterior with T in it; a mix of the wrong type on top.
func TestUnitTypeEvidence(t *testing.T) {
	y := newYard(t, set{"belief.reversion", "0"}, set{"belief.limit", "100"}, set{"effect.breach", "0"})
	spy, pre, dis := y.flow(borland, aland, scenario.Espionage), y.flow(borland, aland, scenario.Prepositioning),
		y.flow(borland, aland, scenario.Disruption)
	id := y.opened(spy, 3)
	k, s := &y.cases[id], &y.m.states[aland].sensor
	before := y.trustLogit(aland, borland) - y.ratio[k.ratioAt]
	like := map[int32]float64{spy: 0.2, pre: 0.6, dis: 0.6}
	share, a, b, rest := s.share[s.suspectOf[borland]], 0.0, 0.0, 0.0
	for i, stream := range s.cells {
		y.like[int(k.priorAt)+i] = 0.5
		if x, own := like[stream]; own {
			y.like[int(k.priorAt)+i] = x
		} else {
			rest += y.prior[int(k.priorAt)+i] * 0.5
		}
	}
	for kind, theta := range [2]float64{0.6, 1.6} {
		sum := share * ((1-0.3*theta)*0.2 + 0.3*theta*0.6)
		if kind == 0 {
			a = rest + sum
		} else {
			b = rest + sum
		}
	}
	y.refresh(k)
	near(t, "log ratio", y.ratio[k.ratioAt], math.Log(a/b))
	near(t, "trust", y.trustLogit(aland, borland), before+math.Log(a/b))
}

// Catches: the victim's tension taken for the target's, the belief of the target about the victim, cost factors of a
// channel that is down, of others, or without the mandate.
func TestUnitSnapshot(t *testing.T) {
	y := newYard(t)
	y.rel(borland, aland).tension, y.rel(aland, borland).tension = decaying{0.6, 0}, decaying{0.2, 0}
	y.rel(aland, borland).trust, y.rel(borland, aland).trust = 1, -1
	y.rel(aland, borland).trustAt = y.now
	ch := &y.m.channels[forum]
	ch.on[scenario.PrivateOption], ch.effect.privateCut, ch.effect.hostage = 1, 0.5, 1.25
	for status, want := range map[channelStatus][2]float64{
		absent: {1, 1}, up: {0.5, 1.25}, suspended: {1, 1}, lapsed: {1, 1},
	} {
		y.channels[forum].status = status
		s := y.snapshotToward(aland, borland)
		near(t, "cut", s.cut, want[0])
		near(t, "hostage", s.hostage, want[1])
		near(t, "tension", s.tension, y.rel(borland, aland).tension.at(y.now, y.m.tension.decay))
		near(t, "own tension", s.ownTension, y.rel(aland, borland).tension.at(y.now, y.m.tension.decay))
		near(t, "belief", s.statusQuo, 1/(1+math.Exp(-1)))
	}
	y.channels[forum].status, ch.on[scenario.PrivateOption] = up, 0
	near(t, "without the mandate", y.snapshotToward(aland, borland).cut, 1)
}

// Catches: the types exchanged in the truth, guilt of the one who did not do it, what the victim uses for a severity
// taken for the true one or for that of the ideal observer.
func TestUnitWhatIsBelieved(t *testing.T) {
	y := newYard(t)
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.8, 0.6)]
	k.severity, k.estimate, k.posteriorSeverity = 1, 2, 3
	held, ideal := y.held(k), y.onIdeal(k)
	near(t, "severity used", held.Severity, 2)
	near(t, "severity of the ideal observer", ideal.Severity, 3)
	for kind, statusQuo := range map[uint8]float64{0: 1, 1: 0} {
		y.types[borland], y.types[cerland] = kind, kind
		truth, other := y.onTruth(&k.incident, borland), y.onTruth(&k.incident, cerland)
		near(t, "true severity", truth.Severity, 1)
		if truth.Culprit != 1 || truth.Intent[scenario.Prepositioning] != 1 || truth.StatusQuo != statusQuo {
			t.Errorf("type %d: %+v", kind, truth)
		}
		if other.Culprit != 0 || other.StatusQuo != statusQuo {
			t.Errorf("type %d, toward another: %+v", kind, other)
		}
	}
}
