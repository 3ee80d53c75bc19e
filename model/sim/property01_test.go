package sim

import (
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// nullArms returns, for each arm of a scenario, a pair of arms: with the channels
// that differ between arms at strength 0 in every mechanism, and with them closed.
func nullArms(t *testing.T, text string) []*Arms {
	t.Helper()
	plain := load(t, text)
	forums := forumsOf(plain)
	var sets []set
	for name := range forums {
		for _, m := range scenario.MechanismNames {
			sets = append(sets, set{"assumptions.channels." + name + ".strength." + m, "0"})
		}
	}
	v := load(t, text, sets...)
	var out []*Arms
	for _, arm := range v.Arms {
		pair := *v
		pair.Arms = []scenario.Arm{openForums(arm, forums, true), openForums(arm, forums, false)}
		out = append(out, compile(&pair, medians(&pair)))
	}
	return out
}

// forumsOf names the channels that are not the same in all arms; in a scenario of
// one arm, all of them.
func forumsOf(v *scenario.Scenario) map[string]bool {
	a := compile(v, medians(v))
	out := map[string]bool{}
	for c := range a.Arms[0].channels {
		if a.Arms[0].IsForum(c) || len(v.Arms) == 1 {
			out[a.Arms[0].ChannelName(c)] = true
		}
	}
	return out
}

func openForums(arm scenario.Arm, forums map[string]bool, open bool) scenario.Arm {
	channels := append([]scenario.Channel(nil), arm.Levers.Channels...)
	for i := range channels {
		if forums[channels[i].Name] {
			channels[i].Open = open
			for m := range channels[i].Mandate {
				channels[i].Mandate[m] = true
			}
		}
	}
	arm.Levers.Channels = channels
	return arm
}

// TestProperty01NullChannel: a channel whose mechanisms are all in its mandate at
// strength 0 leaves the log without channel events as no channel does: time bits,
// kind, entity, actor and rung.
//
// Mutations that it catches: a meeting that raises reviews of the cases between
// its members (takeSnapshot and review in meet); refactor that re-bases also where
// the factor did not change.
func TestProperty01NullChannel(t *testing.T) {
	t.Parallel()
	all := texts(t)
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			var r Runner
			met := 0
			for _, a := range nullArms(t, all[name]) {
				for n := range 25 {
					l := logs(&r, a, replicate(n))
					for _, e := range l[0] {
						if e.kind == EventMeeting || e.kind == EventOpening {
							met++
						}
					}
					same(t, "null channel against none", without(l[0], EventKind.Channel), without(l[1], EventKind.Channel))
				}
			}
			if met == 0 && len(forumsOf(load(t, all[name]))) > 0 {
				t.Error("the null channel never opened")
			}
		})
	}
}

// TestProperty01EachMechanismActs: each single strength above 0 changes something
// somewhere: leaks with clarify, since without contact nothing leaks; fragility in
// the channel's own life.
//
// Mutation that it catches: any mechanism that is compiled and never read.
func TestProperty01EachMechanismActs(t *testing.T) {
	text := read(t, "testdata/dyad.yaml")
	for m, name := range scenario.MechanismNames {
		t.Run(name, func(t *testing.T) {
			sets := zeroStrengths("forum")
			if scenario.Mechanism(m) == scenario.Leaks {
				sets = append(sets, set{"assumptions.channels.forum.strength.clarify", "1"})
			}
			off := arms(t, text, append(sets, set{"effect.trust", "0.25"})...)
			on := arms(t, text, append(sets, set{"effect.trust", "0.25"},
				set{"assumptions.channels.forum.strength." + name, "1"})...)
			var r Runner
			for n := range 200 {
				a, b := logs(&r, off, replicate(n))[1], logs(&r, on, replicate(n))[1]
				if scenario.Mechanism(m) != scenario.Fragility {
					a, b = without(a, EventKind.Channel), without(b, EventKind.Channel)
				}
				if diverge(a, b) >= 0 {
					return
				}
			}
			t.Error("strength 1 changes nothing in 200 replicates")
		})
	}
}

func zeroStrengths(channel string) []set {
	var out []set
	for _, m := range scenario.MechanismNames {
		out = append(out, set{"assumptions.channels." + channel + ".strength." + m, "0"})
	}
	return out
}

// TestProperty01CoefficientsAtZero: a coefficient of 0 is as neutral as a strength
// of 0, for the mechanisms that are multipliers or shifts.
//
// Mutation that it catches: a hostage factor added to the price and not multiplied.
func TestProperty01CoefficientsAtZero(t *testing.T) {
	text := read(t, "testdata/dyad.yaml")
	var sets []set
	for _, c := range []string{"private_cut", "private_hostage", "commitments", "breach", "notification_alarm",
		"notification_signal",
		"trust", "red_line_cut", "red_line_bunch", "leak", "moral_hazard"} {
		sets = append(sets, set{"effect." + c, "0"})
	}
	for _, m := range []string{"clarify", "delay", "fragility"} {
		sets = append(sets, set{"assumptions.channels.forum.strength." + m, "0"})
	}
	a := arms(t, text, append(sets, set{"arms.without.channels.hotline.open", "true"})...)
	var r Runner
	for n := range 60 {
		l := logs(&r, a, replicate(n))
		same(t, "coefficients of 0 against no channel", without(l[0], EventKind.Channel), without(l[1], EventKind.Channel))
	}
}
