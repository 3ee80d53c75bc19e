package narrative

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/scenarios"
)

func plan(t *testing.T, name string, data []byte, priors bool) *experiment.Plan {
	t.Helper()
	v, err := scenario.Load(name, data, scenario.Options{UsePriors: priors})
	if err != nil {
		t.Fatal(err)
	}
	return &experiment.Plan{Scenario: v, Seed: 1, Draws: 40, Replicates: 10}
}

// small is the fixed scenario at the defaults, so that no prior moves its story.
func small(t *testing.T) *experiment.Plan {
	t.Helper()
	data, err := os.ReadFile("testdata/two-states.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return plan(t, "two-states", data, false)
}

func shipped(t *testing.T, name string) *experiment.Plan {
	t.Helper()
	data, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return plan(t, name, data, true)
}

// publicMissteps counts missteps to R3 in the window, in one arm.
func publicMissteps(s *Story, arm int) int {
	n := 0
	for i := range s.Cases {
		if t := s.Cases[i].Tracks[arm]; t != nil {
			for _, e := range t.Entries {
				if e.Judged != nil && e.Day >= 0 && e.Day <= s.Horizon && e.Judged.Misstep && e.Judged.Class == ladder.Public {
					n++
				}
			}
		}
	}
	return n
}

// TestStoryEqualsOutcome: what the story counts is what the engine counts, in
// every arm of many replicates.
func TestStoryEqualsOutcome(t *testing.T) {
	p := shipped(t, "uk-china-dialogue-2026")
	var r sim.Runner
	for d := range 6 {
		arms := compile(p, d)
		for n := range 4 {
			cell := experiment.Cell{Draw: d, Replicate: n}
			s, err := Tell(p, cell)
			if err != nil {
				t.Fatal(err)
			}
			out, err := play(&r, p, arms, cell, nil)
			if err != nil {
				t.Fatal(err)
			}
			if differs := shows(out, Difference); differs != (s.Diverges != nil) {
				t.Errorf("%v: the arms differ: %v, the story: %+v", cell, differs, s.Diverges)
			}
			for a := range out {
				if s.Arms[a].Discovered != out[a].Discovered {
					t.Errorf("%v, %s: %d discovered, want %d", cell, s.Arms[a].Name, s.Arms[a].Discovered, out[a].Discovered)
				}
				checkCases(t, s, a, &out[a])
			}
		}
	}
}

// checkCases compares missteps, avoidable ones and shares, case by case, for those
// that were discovered in the window.
func checkCases(t *testing.T, s *Story, arm int, out *sim.Outcome) {
	t.Helper()
	missteps, avoidable, shares := 0, 0, 0.0
	for i := range s.Cases {
		track := s.Cases[i].Tracks[arm]
		if track == nil || track.Found < 0 {
			continue
		}
		for _, e := range track.Entries {
			if e.Judged == nil || e.Kind != "act" || e.Judged.Class != ladder.Public {
				continue
			}
			missteps++
			avoidable += count(e.Judged.Avoidable)
			sum := 0.0
			for _, b := range e.Judged.Behind {
				sum += b.Share
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("shares of a misstep add up to %v", sum)
			}
			shares += sum
		}
	}
	wantMissteps, wantAvoidable, wantShares := 0, 0, 0.0
	for _, c := range out.Cases {
		wantMissteps += int(c.Missteps & 1)
		wantAvoidable += int(c.Avoidable & 1)
		for _, x := range c.Shares {
			wantShares += x
		}
	}
	if missteps != wantMissteps || avoidable != wantAvoidable || math.Abs(shares-wantShares) > 1e-9 {
		t.Errorf("%s: %d missteps, %d avoidable, shares %v; want %d, %d, %v", s.Arms[arm].Name, missteps, avoidable, shares,
			wantMissteps, wantAvoidable, wantShares)
	}
}

// TestStreams: the victim of a stream is who discovers its incidents.
func TestStreams(t *testing.T) {
	for _, name := range scenarios.Names() {
		p := shipped(t, name)
		arms := compile(p, 0)
		var r sim.Runner
		_, err := play(&r, p, arms, experiment.Cell{}, []sim.Observer{nil, func(e *sim.Event) {
			if e.Kind != sim.EventDiscovery && e.Kind != sim.EventAct {
				return
			}
			source, victim, _ := arms.History.Stream(int(e.Stream))
			if int(e.Actor) != victim {
				t.Errorf("%s: stream %d hits state %d, %d discovers it", name, e.Stream, victim, e.Actor)
			}
			if e.Kind == sim.EventAct && (e.OnTruth.Culprit == 1) != (source == int(e.Target)) {
				t.Errorf("%s: stream %d comes from %d, the truth about %d is %v", name, e.Stream, source, e.Target,
					e.OnTruth.Culprit)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestTellTwice: a story is a function of its cell, and encodes.
func TestTellTwice(t *testing.T) {
	p := shipped(t, "us-china-working-group-2013")
	a, err := Tell(p, experiment.Cell{Draw: 2, Replicate: 3})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Tell(p, experiment.Cell{Draw: 2, Replicate: 3})
	if !reflect.DeepEqual(a, b) {
		t.Error("two tellings differ")
	}
	if _, err := json.Marshal(a); err != nil {
		t.Error(err)
	}
	for _, bad := range []experiment.Cell{{Draw: -1}, {Draw: 40}, {Replicate: -1}} {
		if _, err := Tell(p, bad); err == nil {
			t.Errorf("%v is told", bad)
		}
	}
}

// TestOneArm: a scenario of one arm has a story without comparison.
func TestOneArm(t *testing.T) {
	p := small(t)
	v := *p.Scenario
	v.Arms, v.Headline.Treatment = v.Arms[:1], ""
	p.Scenario = &v
	cell, found, err := Find(context.Background(), p, OneMisstep)
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	s, err := Tell(p, cell)
	if err != nil || len(s.Arms) != 1 || s.Diverges != nil || publicMissteps(s, 0) == 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if c := &s.Cases[0]; c.Shared() != 0 || len(c.Tracks) != 1 || len(c.Tracks[0].Entries) == 0 {
		t.Errorf("%d shared entries, %d tracks", c.Shared(), len(c.Tracks))
	}
}

// TestCoordinated: a step that partners joined is the highest of its case; a reply or a
// step alone is not.
func TestCoordinated(t *testing.T) {
	for _, c := range []struct {
		kind sim.EventKind
		rung int
		want bool
	}{{sim.EventAct, ladder.Coordinated, true}, {sim.EventAct, ladder.Public, false},
		{sim.EventReply, ladder.Coordinated, false}} {
		track := &Track{Entries: []Entry{{Kind: "piece"}, {Kind: c.kind.String(), Rung: c.rung}}}
		if got := track.coordinated(); got != c.want {
			t.Errorf("%v at R%d: %v", c.kind, c.rung, got)
		}
	}
}
