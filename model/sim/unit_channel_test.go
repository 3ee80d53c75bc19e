package sim

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Catches: the first meeting after a gap, a gap counted from the opening, trust one way, trust per opening.
func TestUnitMeetings(t *testing.T) {
	y := newYard(t, set{"belief.reversion", "0"}, set{"belief.limit", "50"})
	ch := &y.m.channels[forum]
	ch.first, ch.gap, ch.lapse, ch.effect.trust = lognormal{math.Log(86), 0}, lognormal{math.Log(196), 0}, 0, 0.25
	there, back, third := y.trustLogit(aland, borland), y.trustLogit(borland, aland), y.trustLogit(aland, cerland)
	y.now = 10
	y.happens(kindOpen, event{id: forum})
	near(t, "first", y.channels[forum].next, 96)
	y.play(700)
	var days []float64
	for _, e := range y.log {
		if e.Kind == EventMeeting {
			days = append(days, math.Round(e.Time))
		}
	}
	if want := []float64{96, 292, 488, 684}; !slices.Equal(days, want) || y.out.Meetings != 4 ||
		y.channels[forum].meeting != 4 {
		t.Errorf("meetings on days %v, want %v; %d in the books", days, want, y.out.Meetings)
	}
	near(t, "next", y.channels[forum].next, 880)
	near(t, "trust", y.trustLogit(aland, borland), there+4*0.25)
	near(t, "trust of the other", y.trustLogit(borland, aland), back+4*0.25)
	near(t, "trust in a third state", y.trustLogit(aland, cerland), third)
	y.happens(kindOpen, event{id: hotline})
	if len(y.queued(kindMeeting)) != 1 || !math.IsInf(y.channels[hotline].next, 1) {
		t.Error("a hotline has meetings")
	}
}

// Catches: gaps of all epochs at the same ordinals; a normal of the wrong spread.
func TestUnitMeetingGapsByEpoch(t *testing.T) {
	y := newYard(t)
	ch := &y.m.channels[forum]
	ch.gap, ch.first = lognormal{5, 0.4}, lognormal{4, 0.3}
	key := random.Stream(ch.hash, random.MeetingGap)
	for epoch := 1; epoch <= 3; epoch++ {
		y.comeUp(forum, EventRestoration)
		near(t, "first", y.channels[forum].next-y.now, math.Exp(4+0.3*y.rep.Normal(key, 1024*epoch)))
		for n := 1; n <= 3; n++ {
			y.now = y.channels[forum].next
			y.happens(kindMeeting, event{id: forum, version: y.channels[forum].version})
			near(t, "gap", y.channels[forum].next-y.now, math.Exp(5+0.4*y.rep.Normal(key, 1024*epoch+n)))
		}
	}
}

// Catches: a lapse of an earlier epoch, a meeting while down, a restoration at the lapse's rate or on top of a
// summit's.
func TestUnitLapseAndRestoration(t *testing.T) {
	y := newYard(t)
	ch, st := &y.m.channels[forum], &y.channels[forum]
	ch.lapse, ch.restore = 0.01, 40
	y.comeUp(forum, EventOpening)
	first := st.version
	lapse := y.exponential(ch.hash, random.Lapse, 1) / 0.01
	near(t, "lapse", y.queued(kindLapse)[0], lapse)
	y.now = lapse
	y.happens(kindLapse, event{id: forum, version: first})
	if st.status != lapsed || !math.IsInf(st.next, 1) || y.links(forum, aland, borland) {
		t.Errorf("after the lapse: %+v", *st)
	}
	down := st.version
	near(t, "restoration", y.queued(kindRestore)[0], lapse+40*y.exponential(ch.hash, random.Restore, 1))
	y.m.summits = []summit{{hash: 5, a: aland, b: borland, restores: 1}}
	y.now += 3
	y.happens(kindSummit, event{id: 0})
	if st.status != up || st.epoch != 2 || st.upSince != lapse+3 {
		t.Errorf("after the summit: %+v", *st)
	}
	events, was := y.out.Events, *st
	y.happens(kindRestore, event{id: forum, version: down})
	y.happens(kindLapse, event{id: forum, version: first})
	if y.happens(kindMeeting, event{id: forum, version: first}); *st != was || y.out.Events != events {
		t.Errorf("events of an earlier life: %+v, %d executed", *st, y.out.Events-events)
	}
}

// Catches: the rung's slope or the tension's offset, the tension of the accuser, another pair's channel, a mandate
// without fragility.
func TestUnitSuspensionByAccusation(t *testing.T) {
	y := newYard(t, set{"tension.initial", "0"})
	for c := range y.m.channels {
		y.m.channels[c].on[scenario.Fragility], y.m.channels[c].suspend = 0.8, 0.5
	}
	y.m.channels[embassy].on[scenario.Fragility] = 0
	*y.rel(borland, aland), *y.rel(aland, borland) = relation{tension: decaying{0.3, 0}},
		relation{tension: decaying{0.9, 0}}
	k := &y.cases[y.spied()]
	for _, c := range []struct {
		rung int
		want float64
	}{{3, 0.4}, {5, 0.72}, {6, 0.88}} {
		hits(func(n int) bool {
			y.queue.clear()
			y.log, k.entity = y.log[:0], numbered(n)
			y.bring(embassy, forum, hotline)
			y.accuse(k, impact{actor: aland, accused: borland, rung: c.rung, chain: int32(c.rung)})
			if y.channels[embassy].status != up || y.channels[hotline].status != up {
				t.Fatal("a channel without fragility, or of another pair, is suspended")
			}
			return y.channels[forum].status == suspended
		}).equals(t, "suspended", c.want, 0.04)
	}
	first := impact{move: 0, chain: 5}
	if reply := (impact{move: 2, chain: 5}); first.address() != 0 || reply.address() != 642 {
		t.Errorf("addresses %d and %d", first.address(), reply.address())
	}
}

// Catches: a shock that breaks by its tension, breaks what is down, or draws one number for all its strikes.
func TestUnitSuspensionByShock(t *testing.T) {
	y := newYard(t)
	y.m.shocks = []shock{{hash: 77, a: aland, b: borland, tension: 0.9, breaks: 0.35}}
	broken := hits(func(n int) bool {
		y.queue.clear()
		y.bring(forum, hotline)
		y.happens(kindShock, event{id: 0, version: uint32(n)})
		return y.channels[forum].status == suspended
	})
	broken.equals(t, "broken", 0.35, 0.04)
	if y.channels[hotline].status != up || y.out.Suspensions != int(broken.hits) {
		t.Errorf("hotline %v, %d suspensions", y.channels[hotline].status, y.out.Suspensions)
	}
	for _, e := range y.log {
		if e.Kind == EventSuspension && (e.Cause != CauseShock || e.Channel != forum) {
			t.Fatalf("suspended: %+v", e)
		}
	}
}

// Catches: a summit that opens an absent channel, one of other members, or restores at its relief.
func TestUnitSummitRestores(t *testing.T) {
	y := newYard(t)
	y.m.summits = []summit{{hash: 9, a: borland, b: aland, relief: 1, restores: 0.6}}
	hits(func(n int) bool {
		y.rep = replicate(n)
		y.queue.clear()
		y.channels[embassy].status, y.channels[forum].status, y.channels[hotline].status = absent, suspended, suspended
		y.happens(kindSummit, event{id: 0})
		if y.channels[embassy].status != absent || y.channels[hotline].status != suspended {
			t.Fatal("a summit of others, or for a channel that never was")
		}
		return y.channels[forum].status == up
	}).equals(t, "restored", 0.6, 0.04)
}

// Catches: uptime from before the start or past the horizon, overlaps counted twice, the embassy counted as forum.
func TestUnitUptime(t *testing.T) {
	y := newYard(t)
	h := y.m.horizon
	at := func(day float64, c int32, rises bool) {
		if y.now = day; rises {
			y.comeUp(c, EventOpening)
		} else {
			y.goDown(c, suspended)
		}
	}
	at(-50, embassy, true)
	at(10, forum, true)
	at(20, hotline, true)
	at(30, forum, false)
	at(50, hotline, false)
	at(60, embassy, false)
	at(h-15, hotline, true)
	at(h-5, forum, true)
	y.now = h + 100
	y.finish()
	for c, want := range []float64{60, 20 + 5, 30 + 15} {
		near(t, "uptime of "+y.m.ChannelName(c), y.out.Uptime[c], want)
	}
	near(t, "any forum", y.out.ForumUptime, 40+15)
}

// Catches: commitments on espionage, hazard on hostile intents only, a factor that outlives the channel.
func TestUnitOnsetFactor(t *testing.T) {
	y := newYard(t)
	y.m.channels[forum].effect.commit, y.m.channels[forum].effect.hazard = 0.7, 1.2
	y.m.channels[embassy].effect.commit, y.m.channels[embassy].effect.hazard = 0.5, 1
	hostile, spy := y.flow(borland, aland, scenario.Disruption), y.flow(aland, borland, scenario.Espionage)
	other := y.flow(cerland, aland, scenario.Disruption)
	for _, id := range []int32{hostile, spy, other} {
		y.onsets[id].target = 40
	}
	for _, c := range []struct {
		channel      int32
		up           bool
		hostile, spy float64
	}{{forum, true, 0.84, 1.2}, {embassy, true, 0.42, 1.2}, {forum, false, 0.5, 1}, {embassy, false, 1, 1}} {
		if y.now += 10; c.up {
			y.comeUp(c.channel, EventOpening)
		} else {
			y.goDown(c.channel, lapsed)
		}
		near(t, "hostile", y.onsets[hostile].factor, c.hostile)
		near(t, "espionage", y.onsets[spy].factor, c.spy)
		near(t, "a third state's", y.onsets[other].factor, 1)
	}
	if y.onsets[spy].version != 2 || y.onsets[other].version != 0 {
		t.Errorf("re-based %d and %d times", y.onsets[spy].version, y.onsets[other].version)
	}
}

// Catches: need counted without a shared forum, by the victim's tension, or with tension 1 out of the last bin.
func TestUnitNeed(t *testing.T) {
	y := newYard(t, set{"tension.initial", "0"})
	id := y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)
	k := &y.cases[id]
	for _, c := range []struct {
		tension float64
		up      bool
		bin     int
	}{{0.1, true, 0}, {0.2, false, 1}, {0.55, true, 2}, {1, true, 4}} {
		y.out.Need, y.out.NeedUp = [NeedBins]int{}, [NeedBins]int{}
		*y.rel(borland, aland) = relation{tension: decaying{c.tension, 0}}
		if y.channels[forum].status = suspended; c.up {
			y.bring(forum)
		}
		y.bring(embassy)
		y.needMoment(k)
		if y.out.Need[c.bin] != 1 || (y.out.NeedUp[c.bin] == 1) != c.up {
			t.Errorf("%+v: need %v, met %v", c, y.out.Need, y.out.NeedUp)
		}
	}
	y.out.Need = [NeedBins]int{}
	y.m.channels[forum].member = []bool{false, true, true}
	y.needMoment(k)
	k.target = -1
	if y.needMoment(k); y.out.Need != [NeedBins]int{} {
		t.Errorf("need without a shared forum or a suspect: %v", y.out.Need)
	}
}
