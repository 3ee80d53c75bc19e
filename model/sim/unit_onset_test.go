package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"pgregory.net/rapid"
)

// stirred draws the state of a stream at random: tension, memory, coefficients,
// factor and base.
func stirred(t *rapid.T, y *yard, id int32) *onset {
	s, o := &y.m.streams[id], &y.onsets[id]
	s.contagion = rapid.Float64Range(0, 2).Draw(t, "contagion")
	s.deter = rapid.Float64Range(-1, 1).Draw(t, "deterrence")
	*o = onset{base: rapid.Float64Range(-1000, 500).Draw(t, "base"),
		integral: rapid.Float64Range(0, 9).Draw(t, "integral"),
		tension:  rapid.Float64Range(0, 1).Draw(t, "tension"), memory: rapid.Float64Range(0, 0.99).Draw(t, "memory"),
		factor: rapid.Float64Range(0.2, 2).Draw(t, "factor"), next: rapid.Float64Range(-2000, 2000).Draw(t, "guess")}
	return o
}

// Catches: the cross term of tension and memory dropped or of the wrong sign; the factor applied to a part.
func TestUnitIntegralAgainstQuadrature(t *testing.T) {
	y := newYard(t)
	id := y.flow(borland, aland, scenario.Espionage)
	rapid.Check(t, func(t *rapid.T) {
		o := stirred(t, y, id)
		s, span := &y.m.streams[id], rapid.Float64Range(0, 1200).Draw(t, "span")
		want := o.integral
		for part := range 40 {
			from := o.base + span*float64(part)/40
			want += integrate(func(at float64) float64 {
				return s.rate[y.types[borland]] * o.factor * (1 + s.contagion*o.tension*math.Exp2(-(at-o.base)/180)) *
					(1 - s.deter*o.memory*math.Exp2(-(at-o.base)/365.25))
			}, from, from+span/40)
		}
		if got := y.integralTo(id, o.base+span); math.Abs(got-want) > 1e-10*(1+want) {
			t.Fatalf("integral %v, by quadrature %v", got, want)
		}
	})
}

// Catches: a Newton step outside its bracket, a bracket updated on the wrong side, an intensity without memory.
func TestUnitSolveInverts(t *testing.T) {
	y := newYard(t)
	id := y.flow(borland, aland, scenario.Espionage)
	rapid.Check(t, func(t *rapid.T) {
		o := stirred(t, y, id)
		at := o.base + rapid.Float64Range(0, 1).Draw(t, "share")*(y.m.horizon-o.base)
		o.target = y.integralTo(id, at)
		if got := y.solve(id); math.Abs(got-at) > 1e-6 {
			t.Fatalf("solved %v, want %v", got, at)
		}
	})
}

// Catches: rebase that restarts the integral, keeps the old base, or forgets the version of the pending arrival.
func TestUnitRebaseKeepsTheIntegral(t *testing.T) {
	y := newYard(t)
	id := y.flow(borland, aland, scenario.Disruption)
	y.m.streams[id].deter = 0.4
	y.onsets[id] = onset{base: 0, integral: 0.25, tension: 0.3, memory: 0.2, factor: 1, target: 50}
	y.now = 200
	*y.rel(borland, aland) = relation{tension: decaying{0.8, 20}, memory: decaying{0.5, 100}}
	before := y.integralTo(id, 200)
	y.rebase(id, 0.7)
	o := y.onsets[id]
	near(t, "integral", o.integral, before)
	near(t, "integral at the new base", y.integralTo(id, 200), before)
	near(t, "tension", o.tension, 0.8*0.5)
	near(t, "memory", o.memory, 0.5*math.Exp2(-100/365.25))
	near(t, "intensity", y.intensityAt(id, 200), y.rate(id)*0.7*(1+0.8*0.4)*(1-0.4*o.memory))
	if o.base != 200 || o.version != 1 || o.target != 50 {
		t.Errorf("after rebase: %+v", o)
	}
	y.now = y.m.horizon
	if y.rebase(id, 2); y.onsets[id] != o {
		t.Errorf("a rebase at the horizon: %+v", y.onsets[id])
	}
}

// Catches: an arrival queued past the horizon, or one in the last hour of the window dropped.
func TestUnitArrivalsStopAtTheHorizon(t *testing.T) {
	y := newYard(t)
	id := y.flow(borland, aland, scenario.Espionage)
	end := y.integralTo(id, y.m.horizon)
	for _, c := range []struct {
		target float64
		queued int
	}{{end * 1.0000001, 0}, {end * 0.9999999, 1}, {math.Inf(1), 0}} {
		y.queue.clear()
		y.onsets[id].target = c.target
		y.scheduleArrival(id)
		if at := y.queued(kindArrival); len(at) != c.queued || c.queued == 1 &&
			(at[0] > y.m.horizon || at[0] < y.m.horizon-1) {
			t.Errorf("target %v of %v: arrivals on days %v", c.target, end, at)
		}
	}
}

// Catches: θ on hostile intents without the compensation on the others; 1/h not bounding θ; known counts not divided.
func TestUnitTypeFactorsKeepTheTotal(t *testing.T) {
	for _, theta := range []float64{0.3, 1.6, 100} {
		v := load(t, read(t, "testdata/dyad.yaml"), set{"type.hostile_status_quo", "0"})
		values := medians(v)
		values[v.Param(param.TypeHostileE, "states.Borland")] = theta
		m := Compile(v, values, 1)
		var total, hostile [2]float64
		for i := range m.streams {
			s := &m.streams[i]
			for kind, rate := range s.rate {
				if s.source == borland && s.victim == aland {
					if total[kind] += rate; s.intent.Hostile() {
						hostile[kind] += rate
					}
				} else if s.source == gang && s.rate[0] != s.rate[1] {
					t.Errorf("a group has rates %v by type", s.rate)
				}
			}
		}
		known := 3 / 365.25 / (0.8 * 0.5)
		near(t, "total of S", total[0], known)
		near(t, "total of E", total[1], known)
		near(t, "hostile of S", hostile[0], 0)
		near(t, "hostile of E", hostile[1], known*min(1, 0.3*theta))
	}
}

// Catches: incidents discovered past the horizon or before acts kept; commitments of the day of discovery bound to the
// onset.
func TestUnitBegin(t *testing.T) {
	y := newYard(t)
	id := y.flow(borland, aland, scenario.Espionage)
	y.m.streams[id].discovered, y.m.streams[id].delay = 1, lognormal{math.Log(16), 0}
	delay := y.m.streams[id].delay.at(0)
	y.bring(forum)
	for _, c := range []struct {
		at    float64
		kept  bool
		bound uint64
	}{{y.m.acts - 17, false, 0}, {y.m.acts - 15, true, 0}, {y.m.acts, true, 1 << forum},
		{y.m.horizon - delay, true, 1 << forum}, {y.m.horizon - 15, false, 0}} {
		y.cases = y.cases[:0]
		y.begin(id, 7, c.at)
		if len(y.cases) > 0 != c.kept {
			t.Errorf("begun on day %v: %d cases", c.at, len(y.cases))
		} else if k := append(y.cases, victimCase{})[0]; c.kept &&
			(k.bound != c.bound || k.ordinal != 7 || k.discovered != c.at+delay || k.target != -1 || k.state != hidden) {
			t.Errorf("begun on day %v: %+v", c.at, k)
		}
	}
	y.m.streams[id].discovered = 0
	if y.cases = y.cases[:0]; len(y.cases) > 0 {
		t.Error("an incident that nobody discovers has a case")
	}
}

// Catches: a drawn source by rates of onset and not of discovery, or by even odds.
func TestUnitDrawnSource(t *testing.T) {
	y := newYard(t)
	in := y.m.incidents[0]
	for i := range y.m.incidents {
		if len(y.m.incidents[i].streams) > 1 {
			in = y.m.incidents[i]
		}
	}
	crime := y.flow(gang, aland, scenario.Crime)
	y.m.streams[crime].discovered = 0.4
	total := 0.0
	for _, id := range in.streams {
		total += y.rate(id) * y.m.streams[id].discovered
	}
	want := y.rate(crime) * 0.4 / total
	hits(func(n int) bool {
		y.rep = replicate(n)
		return y.pickStream(&in) == crime
	}).equals(t, "drawn crime", want, 0.04)
	in.streams = []int32{crime}
	if y.pickStream(&in) != crime {
		t.Error("a given source is drawn again")
	}
}

// Catches: remember that moves no pending arrival; deterrence with the sign of backlash; memory kept for the wrong
// pair.
func TestUnitDeterrenceHasItsSign(t *testing.T) {
	for _, deter := range []float64{0.6, -0.6} {
		y := newYard(t)
		id, other := y.flow(borland, aland, scenario.Espionage), y.flow(cerland, aland, scenario.Espionage)
		for _, n := range []int32{id, other} {
			y.m.streams[n].deter = deter
			y.onsets[n].target = 30
		}
		y.now = 100
		*y.rel(borland, aland) = relation{}
		before := y.rate(id)
		y.remember(borland, aland, 0.5)
		y.remember(borland, aland, 0.2)
		memory := 0.5 + 0.2*0.5
		near(t, "at once", y.intensityAt(id, 100), before*(1-deter*memory))
		near(t, "after two half-lives", y.intensityAt(id, 100+2*365.25), before*(1-deter*memory/4))
		if y.onsets[id].version != 2 || y.onsets[other].version != 0 {
			t.Errorf("versions %d and %d", y.onsets[id].version, y.onsets[other].version)
		}
	}
}

// Catches: an exponential of the wrong ordinal, or a target that is not the sum of those before.
func TestUnitArrivalTargets(t *testing.T) {
	y := newYard(t)
	id := y.flow(gang, aland, scenario.Crime)
	key := random.Stream(y.m.streams[id].hash, random.Arrival)
	y.onsets[id].target = y.rep.Exponential(key, 0)
	sum, rate := y.onsets[id].target, y.rate(id)
	y.scheduleArrival(id)
	for n := 1; n < 8; n++ {
		e := y.queue.pop()
		for e.kind != kindArrival {
			e = y.queue.pop()
		}
		near(t, "day of arrival", e.time, sum/rate)
		y.now = e.time
		y.arrive(e)
		sum += y.rep.Exponential(key, n)
		if near(t, "target", y.onsets[id].target, sum); y.onsets[id].arrived != n {
			t.Fatalf("%d arrivals, want %d", y.onsets[id].arrived, n)
		}
	}
}

// Catches: a backlog at no tension, of the victim's tension, or from the day on which acts begin.
func TestUnitSeedAtInitialTension(t *testing.T) {
	y := newYard(t)
	y.now = y.m.acts
	y.m.pairs[borland*3+aland].tension, y.m.pairs[aland*3+borland].tension = 0.5, 0.1
	y.seed()
	id := y.flow(borland, aland, scenario.Espionage)
	s, o := &y.m.streams[id], &y.onsets[id]
	near(t, "integral when acts begin", o.integral, y.rate(id)*(1+s.contagion*0.5)*(y.m.acts-s.first))
	if s.contagion == 0 || o.target < o.integral {
		t.Errorf("contagion %v; the next arrival at %v of %v", s.contagion, o.target, o.integral)
	}
}

// Catches: an intensity without memory, with the sign of backlash, or that is not the slope of its integral.
func TestUnitIntensityIsTheSlope(t *testing.T) {
	y := newYard(t)
	id := y.flow(borland, aland, scenario.Espionage)
	y.onsets[id] = onset{base: 10, factor: 1.3, tension: 0.6, memory: 0.8, target: 1e9}
	const half = 0.01
	for _, at := range []float64{11, 100, 1000} {
		slope := (y.integralTo(id, at+half) - y.integralTo(id, at-half)) / (2 * half)
		if got := y.intensityAt(id, at); math.Abs(got/slope-1) > 1e-6 {
			t.Errorf("day %v: %v, and the integral rises by %v", at, got, slope)
		}
	}
	calm := y.rate(id) * 1.3
	if got := y.intensityAt(id, 10); math.Abs(got/(calm*(1+0.8*0.6)*(1-0.4*0.8))-1) > 1e-12 {
		t.Errorf("%v at the base", got)
	}
}
