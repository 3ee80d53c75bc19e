package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// Catches: noise with mean 1 instead of median 1, or an estimate used for what is perceived.
func TestUnitSeverityIsMedianUnbiased(t *testing.T) {
	y := newYard(t)
	id := y.spied()
	y.m.states[aland].sensor.noise = 0.8
	k := &y.cases[id]
	var size mean
	above := hits(func(n int) bool {
		k.entity = numbered(n)
		y.perceive(k)
		z := math.Log(k.perceived/3) / 0.8
		size.add(z * z)
		return k.perceived > 3
	})
	above.equals(t, "perceived above the truth", 0.5, 0.04)
	size.equals(t, "square of the standardised noise", 1, 0.1)
}

// Catches: signal and prior weights exchanged in the mean, the half variance left out, the cap at 10 missing.
func TestUnitSeverityEstimate(t *testing.T) {
	y := newYard(t)
	flow := y.flow(borland, aland, scenario.Espionage)
	id := y.opened(flow, 3)
	k := &y.cases[id]
	s := &y.m.states[aland].sensor
	for i, stream := range s.cells {
		if stream != flow {
			y.prior[int(k.priorAt)+i] = 0
		}
	}
	mu, spread := y.m.streams[flow].severity, y.m.streams[flow].severitySpread
	for _, c := range []struct{ noise, perceived float64 }{{0.25, 3}, {0.25, 5}, {0.6, 1.2}, {3, 40}, {0.05, 60}} {
		s.noise, k.perceived = c.noise, c.perceived
		weight := spread * spread / (spread*spread + c.noise*c.noise)
		want := min(10, math.Exp(mu+weight*(math.Log(c.perceived)-mu)+weight*c.noise*c.noise/2))
		near(t, "E[S | Ŝ]", y.severityGiven(k, s), want)
	}
	s.noise = 0
	near(t, "without noise", y.severityGiven(k, s), k.perceived)
}

// Catches: raw severity that leaks into the ideal observer's, or goes above 10.
func TestUnitRawSeverity(t *testing.T) {
	y := newYard(t, set{"assumptions.model.severity", "raw"})
	k := &y.cases[y.opened(y.flow(borland, aland, scenario.Espionage), 9)]
	capped := 0
	for n := range 200 {
		k.entity = numbered(n)
		y.perceive(k)
		near(t, "used", k.estimate, min(10, k.perceived))
		near(t, "ideal", k.posteriorSeverity, y.severityGiven(k, &y.m.states[aland].sensor))
		if k.posteriorSeverity == k.estimate &&
			k.estimate != 10 {
			t.Fatalf("the ideal observer reads %v raw", k.posteriorSeverity)
		}
		if k.perceived > 10 {
			capped++
		}
	}
	if capped == 0 {
		t.Error("no signal above 10")
	}
}

// Catches: a line that binds above it only, one that binds what is already just under it, coefficients exchanged.
func TestUnitRedLines(t *testing.T) {
	y := newYard(t)
	flow := y.flow(borland, aland, scenario.Disruption)
	s := &y.m.streams[flow]
	s.severitySpread = 0
	y.m.channels[forum].effect.line, y.m.channels[forum].effect.cut, y.m.channels[forum].effect.bunch = 5, 0.4, 0.15
	y.bring(forum)
	moved := func(severity, at float64) *share {
		s.severity = math.Log(severity)
		return hits(func(n int) bool {
			got := y.severityOf(s, numbered(n), at)
			if math.Abs(got-0.98*5) > 1e-12 && math.Abs(got-severity) > 1e-12 {
				t.Fatalf("severity %v became %v", severity, got)
			}
			return math.Abs(got-severity) > 1e-12
		})
	}
	moved(7, 0).equals(t, "cut above the line", 0.4, 0.04)
	moved(5.0000001, 0).equals(t, "cut at the line", 0.4, 0.04)
	moved(2, 0).equals(t, "bunched below the line", 0.15, 0.04)
	moved(4.95, 0).equals(t, "moved just under the line", 0, 0.04)
	moved(7, y.m.acts-1).equals(t, "moved before acts", 0, 0.04)
	y.channels[forum].status = suspended
	moved(7, 0).equals(t, "moved by a channel that is down", 0, 0.04)
	y.bring(forum)
	s = &y.m.streams[y.flow(gang, aland, scenario.Crime)]
	s.severitySpread = 0
	moved(7, 0).equals(t, "moved of a group's", 0, 0.04)
}

// Catches: flags drawn by the victim's rate, frames with unequal odds, a frame by source instead of suspect.
func TestUnitFlags(t *testing.T) {
	y := newYard(t)
	s := &y.m.states[aland].sensor
	crime, at := &y.m.streams[y.flow(gang, aland, scenario.Crime)], s.suspectOf[gang]
	f := s.flags[at]
	if f.rate != 0.15 || len(f.frames) != 1 || f.frames[0] != s.suspectOf[borland] {
		t.Fatalf("the gang's flags: %+v", f)
	}
	hits(func(n int) bool { return y.frameOf(crime, numbered(n)) == f.frames[0] }).equals(t, "flagged", 0.15, 0.04)
	second := s.suspectOf[cerland]
	s.flags[at].frames = []int16{f.frames[0], second}
	hits(func(n int) bool { return y.frameOf(crime, numbered(n)) == second }).equals(t, "second frame", 0.075, 0.04)
	if own := s.flags[s.suspectOf[borland]]; own.rate != 0 || len(own.frames) != 0 {
		t.Errorf("a state without a rate of its own flies flags: %+v", own)
	}
	state := s.flags[s.suspectOf[cerland]]
	if state.rate != 0.1 || len(state.frames) != 1 || state.frames[0] != s.suspectOf[borland] {
		t.Errorf("a state that flies flags frames %+v", state)
	}
	if group := y.m.states[borland].sensor; group.flags[group.suspectOf[gang]].rate != 0 {
		t.Error("a group frames the victim itself")
	}
}
