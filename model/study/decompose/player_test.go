package decompose

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

func playersOf(t *testing.T, v *scenario.Scenario) []string {
	t.Helper()
	g, err := NewSplit(v)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range g.Players {
		out = append(out, p.String())
	}
	return out
}

// TestPlayers: what the arms differ in, and nothing else, is a player.
func TestPlayers(t *testing.T) {
	for name, c := range map[string]struct {
		arms string
		want []string
	}{
		"a forum": {"  without: {channels.forum.open: false}\n  with: {}",
			[]string{"clarify", "delay", "private_option", "fragility"}},
		"the other way": {"  without: {}\n  with: {channels.forum.open: false}",
			[]string{"clarify", "delay", "private_option", "fragility"}},
		"a narrower mandate": {"  without: {channels.forum.mandate: [clarify, delay]}\n  with: {}",
			[]string{"private_option", "fragility"}},
		"other mechanisms": {"  without: {channels.forum.mandate: [trust, delay]}\n  with: {channels.forum.mandate: " +
			"[clarify, delay]}", []string{"clarify", "trust"}},
		"two channels": {"  without: {channels.embassy.open: false}\n  with: {channels.forum.open: false}",
			[]string{"clarify", "delay", "private_option", "fragility"}},
		"removed": {"  without: {channels.forum: null}\n  with: {}",
			[]string{"clarify", "delay", "private_option", "fragility"}},
		"opened later": {"  without: {channels.forum.opens: 2027-01-01}\n  with: {}", []string{"other levers"}},
		"later and narrower": {"  without: {channels.forum.opens: 2027-01-01, channels.forum.mandate: [clarify]}\n  " +
			"with: {}", []string{"delay", "private_option", "fragility", "other levers"}},
		"a summit beside": {"  without: {channels.forum.open: false, summits.meeting.open: false}\n  with: {}",
			[]string{"clarify", "delay", "private_option", "fragility", "other levers"}},
		"a coalition by itself": {"  without: {coalitions.friends.open: false}\n  with: {}", []string{"other levers"}},
		"closed and made anew": {"  without: {channels.forum.open: false, channels.forum.opens: 2027-01-01}\n  with: {}",
			[]string{"clarify", "delay", "private_option", "fragility"}},
		"one that does the same": {"  without: {channels.forum.mandate: [clarify]}\n  with: {channels.forum.mandate: " +
			"[clarify], channels.embassy.mandate: []}", []string{"clarify"}},
	} {
		text := edited(levers, "  without: {channels.forum.open: false}\n  with: {}", c.arms)
		if diff := cmp.Diff(c.want, playersOf(t, load(t, text))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// levers is small with a summit and a coalition.
var levers = edited(small, "arms:\n",
	`  summits: [{name: meeting, between: [A, B], at: 2027-01-01, relief: 0.5, restores: 1}]
  coalitions: {friends: {lead: A, partners: {C: 0.5, D: 0.5}}}
arms:
`)

// TestNoPlayers: a scenario without a difference says what to do.
func TestNoPlayers(t *testing.T) {
	for text, want := range map[string]string{
		edited(small, "without: {channels.forum.open: false}",
			"without: {}"): "nothing to split",
		edited(edited(small, "mandate: [clarify, delay, private_option, fragility]", "mandate: []"), "[clarify]",
			"[clarify, delay]"): "nothing to split",
	} {
		if _, err := NewSplit(load(t, text)); err == nil || !strings.Contains(err.Error(), want) ||
			!strings.Contains(err.Error(), "--contrast") {
			t.Errorf("%v, want %q", err, want)
		}
	}
	v := *load(t, small)
	v.Arms = v.Arms[:1]
	v.Headline.Treatment = ""
	if _, err := NewSplit(&v); err == nil || !strings.Contains(err.Error(), "no two arms") {
		t.Errorf("one arm: %v", err)
	}
}

// TestTheEndsAreTheArms: the empty coalition plays as the baseline does and the full
// one as the treatment, in every replicate, whatever the arms differ in (property 1
// of docs/MODEL.md). Counts of the forum itself are left out: it is open in both.
//
// Mutation that it catches: build a coalition's channel from the treatment where
// other levers are not in it.
func TestTheEndsAreTheArms(t *testing.T) {
	for _, arms := range []string{
		"  without: {channels.forum.open: false}\n  with: {}",
		"  without: {channels.embassy.open: false}\n  with: {channels.forum.open: false}",
		"  without: {channels.forum.opens: 2027-01-01, channels.forum.mandate: [clarify, trust]}\n  with: " +
			"{coalitions.friends.open: false}",
		"  without: {channels.forum: null, summits.meeting.open: false}\n  with: {}",
	} {
		p := plan(t, edited(levers, "  without: {channels.forum.open: false}\n  with: {}", arms), 2, 6)
		g, err := NewSplit(p.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		w := *p.Scenario
		w.Arms = append(w.Arms[:2:2], g.Arm(0), g.Arm(everyone(len(g.Players))))
		var r sim.Runner
		differ := 0
		for d := range p.Draws {
			theta := p.Theta(d)
			a := &sim.Arms{History: sim.Compile(&w, theta, sim.History)}
			for arm := range w.Arms {
				a.Arms = append(a.Arms, sim.Compile(&w, theta, arm))
			}
			for n := range p.Replicates {
				out := r.Run(a, p.Replicate(d, n), nil)
				for end := range 2 {
					if !reflect.DeepEqual(out[end].Cases, out[2+end].Cases) || !reflect.DeepEqual(out[end].Steps, out[2+end].Steps) {
						t.Fatalf("%s: draw %d, replicate %d: arm %s plays otherwise than %s", arms, d, n, w.Arms[end].Name,
							w.Arms[2+end].Name)
					}
				}
				if !reflect.DeepEqual(out[0].Steps, out[1].Steps) {
					differ++
				}
			}
		}
		if differ == 0 {
			t.Errorf("%s: the arms never differ, so the test says nothing", arms)
		}
	}
}

// TestACoalitionHoldsItsMembers: mandates by hand.
func TestACoalitionHoldsItsMembers(t *testing.T) {
	g, err := NewSplit(load(t, small))
	if err != nil {
		t.Fatal(err)
	}
	arm := g.Arm(Set(0).with(1).with(3))
	embassy, forum := arm.Levers.Channels[0], arm.Levers.Channels[1]
	var want [scenario.NumMechanisms]bool
	want[scenario.Delay], want[scenario.Fragility] = true, true
	if forum.Mandate != want || !forum.Open {
		t.Errorf("the forum has %v", forum.Mandate)
	}
	if !reflect.DeepEqual(embassy, g.baseline.Levers.Channels[0]) {
		t.Error("a channel that both arms have alike has changed")
	}
	if arm.Name != "delay + fragility" {
		t.Errorf("its name is %q", arm.Name)
	}
}
