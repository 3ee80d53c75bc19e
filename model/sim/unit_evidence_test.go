package sim

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// Catches: the rest of the skill spread over all suspects, the culprit included.
func TestUnitRowsBySkill(t *testing.T) {
	y := newYard(t, set{"evidence.skill", "0.7"})
	for _, c := range []struct {
		victim   int32
		suspects []int32
		rest     float64
	}{{aland, []int32{borland, cerland, gang}, 0.15}, {borland, []int32{aland, gang}, 0.3}} {
		s := &y.m.states[c.victim].sensor
		if !slices.Equal(s.suspects, c.suspects) {
			t.Fatalf("suspects %v, want %v", s.suspects, c.suspects)
		}
		for k, row := range s.row {
			for d, p := range row {
				want := c.rest
				if d == k {
					want = 0.7
				}
				near(t, "row", p, want)
			}
		}
	}
}

// Catches: an explicit confusion read by column, a suspect that it leaves out given the even share.
func TestUnitRowsExplicit(t *testing.T) {
	text := replaceOnce(t, read(t, "testdata/dyad.yaml"), "Aland: {evidence: {false_alarm: 0.3}}",
		"Aland: {evidence: {false_alarm: 0.3}, confusion: {Borland: {Borland: 0.8, criminals: 0.2}, criminals: {Borland: "+
			"0.3, Cerland: 0.1, criminals: 0.6}}}")
	m := arms(t, text, set{"evidence.skill", "0.9"}).Arms[1]
	s := &m.states[aland].sensor
	want := [][]float64{{0.8, 0, 0.2}, {0.05, 0.9, 0.05}, {0.3, 0.1, 0.6}}
	for k := range want {
		for d := range want[k] {
			near(t, "row "+m.SourceName(int(s.suspects[k])), s.row[k][d], want[k][d])
		}
	}
}

// Catches: the blend over flags with the rate on the wrong side, or the confidence applied before the blend.
func TestUnitBlendedWeights(t *testing.T) {
	y := newYard(t, set{"evidence.skill", "0.7"}, set{"evidence.confidence", "1.5"}, set{"evidence.flag_hit", "0.6"})
	s := &y.m.states[aland].sensor
	at := s.suspectOf[gang] // rate .15, one frame: Borland
	for d, want := range []float64{0.85*0.15 + 0.15*(0.6+0.4*0.15), 0.85*0.15 + 0.15*0.4*0.15, 0.85*0.7 + 0.15*0.4*0.7} {
		near(t, "blend", s.weight[at][d], math.Pow(want, 1.5))
	}
	for i, id := range s.cells {
		if y.m.streams[id].source != gang {
			continue
		}
		from, to := s.hypothesesOf(i)
		if to-from != 2 {
			t.Fatalf("%d hypotheses", to-from)
		}
		near(t, "no flag", s.hypotheses[from].prior, 0.85)
		near(t, "flag", s.hypotheses[from+1].prior, 0.15)
		near(t, "flagged at the frame", s.hypotheses[from+1].row[s.suspectOf[borland]], 0.6+0.4*0.15)
	}
}

// Catches: believed signals without the doubt, without its cap, or with a cap where there is no doubt.
func TestUnitBelievedSignals(t *testing.T) {
	for _, c := range []struct{ p, doubt, want float64 }{{0.6, 1, 0.6}, {0.6, 1.25, 0.75}, {0.9, 1.25, 0.999}, {1, 1, 1},
		{1, 0.5, 0.5}, {0, 3, 0}} {
		near(t, "believed", believed(c.p, c.doubt), c.want)
	}
	y := newYard(t, set{"evidence.signal", "0.6"}, set{"evidence.signal_belief", "1.25"}, set{"evidence.confidence", "2"})
	s := &y.m.states[aland].sensor // its own false alarms are .3
	for intent, want := range [4]float64{0.3, 0.75, 0.75, 0.3} {
		near(t, "hostile", s.signalWeight[intent][1], want*want)
		near(t, "not hostile", s.signalWeight[intent][0], (1-want)*(1-want))
	}
}

// Catches: rescaling by the sum, a threshold that touches ordinary weights, evidence against everything left at 0.
func TestUnitRescale(t *testing.T) {
	for _, c := range []struct{ in, want []float64 }{
		{[]float64{1e-59, 2e-60, 0}, []float64{1e-59, 2e-60, 0}},
		{[]float64{4e-61, 1e-61, 0}, []float64{1, 0.25, 0}},
		{[]float64{5e-300, 0, 5e-301}, []float64{1, 0, 0.1}},
		{[]float64{0, 0, 0}, []float64{1, 1, 1}},
		{[]float64{3, 0.5}, []float64{3, 0.5}},
	} {
		got := slices.Clone(c.in)
		rescale(got)
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-14*c.want[i] {
				t.Errorf("%v became %v, want %v", c.in, got, c.want)
			}
		}
	}
}

// Catches: a piece drawn from the column of the culprit, a flag that hits always, or a culprit row shifted by a flag.
func TestUnitWhatAPieceShows(t *testing.T) {
	y := newYard(t, set{"evidence.skill", "0.7"}, set{"evidence.flag_hit", "0.6"})
	s := &y.m.states[aland].sensor
	id := y.opened(y.flow(gang, aland, scenario.Crime), 3)
	k, frame := &y.cases[id], s.suspectOf[borland]
	for _, c := range []struct {
		frame int16
		at    int16
		want  float64
	}{{-1, frame, 0.15}, {-1, s.suspectOf[gang], 0.7}, {frame, frame, 0.6 + 0.4*0.15},
		{frame, s.suspectOf[gang], 0.4 * 0.7}} {
		k.frame = c.frame
		hits(func(n int) bool { return y.indicated(&k.incident, s, y.stream(k), int32(n)) == int(c.at) }).equals(t,
			"indicated", c.want, 0.04)
	}
}

// Catches: notification that lowers hits with alarms, acts for a channel that is down, or for groups.
func TestUnitNotification(t *testing.T) {
	y := newYard(t, set{"evidence.signal", "0.6"})
	for _, c := range []int{forum, hotline} {
		y.m.channels[c].on[scenario.Notification] = 1
		y.m.channels[c].member[borland] = true
	}
	y.m.channels[forum].effect.alarm, y.m.channels[forum].effect.signal = 0.5, 0.8
	y.m.channels[hotline].effect.alarm, y.m.channels[hotline].effect.signal = 0.4, 0.5
	check := func(source int32, alarm, missed float64) {
		t.Helper()
		a, m := y.notified(aland, source)
		near(t, "alarm", a, alarm)
		near(t, "missed", m, missed)
	}
	check(borland, 1, 1)
	y.bring(forum)
	check(borland, 0.5, 0.8)
	check(cerland, 1, 1)
	y.bring(hotline)
	check(borland, 0.2, 0.4)
	check(cerland, 0.4, 0.5)
	check(gang, 1, 1)
	s := &y.m.states[aland].sensor
	for _, c := range []struct {
		intent scenario.Intent
		want   float64
	}{{scenario.Espionage, 0.3 * 0.2}, {scenario.Disruption, 1 - 0.4*0.4}} {
		k := &y.cases[y.opened(y.flow(borland, aland, c.intent), 3)]
		hits(func(n int) bool { return y.looksHostile(&k.incident, s, y.stream(k), int32(n)) == 1 }).equals(t,
			"looks hostile", c.want, 0.04)
		near(t, "as believed", s.signalLikelihood(c.intent, 1, 0.2, 0.4), power(c.want, s.confidence))
		near(t, "its absence", s.signalLikelihood(c.intent, 0, 0.2, 0.4), power(1-c.want, s.confidence))
	}
}

// Catches: fixed piece times counted from the last piece, one piece too many, or a gap's ordinal off by one.
func TestUnitPieceTimes(t *testing.T) {
	y := newYard(t)
	id := y.spied()
	k := &y.cases[id]
	k.discovered, k.closeAt = -5, 70
	y.m.method.pieceTimes = []float64{10, 40, 90}
	for n, want := range [][]float64{{5}, {35}, nil, nil} {
		k.pieces = int32(n + 1)
		y.queue.clear()
		if y.schedulePiece(id); !slices.Equal(y.queued(kindPiece), want) {
			t.Errorf("after %d pieces the next is on days %v, want %v", n+1, y.queued(kindPiece), want)
		}
	}
}

// Catches: an ideal observer that doubts the signals as the victim does, a receiver without its doubt or confidence,
// also while exercises are announced.
func TestUnitIdealSignals(t *testing.T) {
	y := newYard(t, set{"evidence.signal_belief", "0.8"}, set{"evidence.false_alarm_belief", "1.25"},
		set{"evidence.confidence", "2"})
	s := &y.m.states[aland].sensor
	k := &y.cases[y.spied()]
	y.learnIdeally(k, s, aland, 0, 1)
	total, like := 0.0, 0.0
	for h, x := range s.hypotheses {
		p := s.alarm
		if y.m.streams[s.cells[x.cell]].intent.Hostile() {
			p = s.signal
		}
		total += x.prior * x.row[0] * p
		like += y.idealLike[int(k.idealAt)+h]
	}
	near(t, "likelihood of the ideal observer", like, total)
	for intent, p := range map[scenario.Intent]float64{scenario.Espionage: s.alarm * 1.25 * 0.5,
		scenario.Disruption: 1 - (1-s.signal*0.8)*0.25} {
		near(t, "likelihood while notified", s.signalLikelihood(intent, 1, 0.5, 0.25), p*p)
	}
}
