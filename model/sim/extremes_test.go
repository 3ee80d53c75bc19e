package sim

import (
	"math"
	"testing"
)

// finite fails the test when an outcome or a belief of the world is no number.
func finite(t *testing.T, a *Arms, replicates int) {
	t.Helper()
	var r Runner
	for n := range replicates {
		for arm, o := range r.Run(a, replicate(n), nil) {
			for i := range o.Cases {
				if c := &o.Cases[i]; math.IsNaN(c.Belief) || math.IsNaN(c.Regret) {
					t.Fatalf("replicate %d, arm %d: belief %v, regret %v", n, arm, c.Belief, c.Regret)
				}
			}
			for class := range o.Expected {
				for _, p := range o.Expected[class] {
					if !(p >= 0) {
						t.Fatalf("replicate %d, arm %d: expected %v", n, arm, p)
					}
				}
			}
		}
		for i := range r.future.relations {
			rel := &r.future.relations[i]
			if math.IsNaN(rel.trust) || !(rel.tension.value >= 0 && rel.tension.value <= 1) {
				t.Fatalf("replicate %d: trust %v, tension %v", n, rel.trust, rel.tension.value)
			}
		}
	}
}

// TestExtremes: valid settings at the ends of their domains give numbers.
func TestExtremes(t *testing.T) {
	t.Parallel()
	all := read(t, "testdata/dyad.yaml")
	for _, c := range []struct {
		name string
		sets []set
	}{
		{"signals that never err",
			[]set{{"assumptions.states.Aland.evidence.false_alarm", "0"}, {"evidence.false_alarm", "0"},
				{"evidence.signal", "1"}}},
		{"a status-quo type without hostile operations", []set{{"type.hostile_status_quo", "0"}}},
		{"both", []set{{"type.hostile_status_quo", "0"}, {"assumptions.states.Aland.evidence.false_alarm", "0"},
			{"evidence.false_alarm", "0"}}},
		{"no confidence", []set{{"evidence.confidence", "0"}}},
		{"vast confidence", []set{{"evidence.confidence", "200"}}},
		{"no skill", []set{{"evidence.skill", "0.0001"}}},
		{"certain types", []set{{"type.status_quo", "1"}}},
		{"no rationality", []set{{"choice.rationality", "0"}}},
		{"vast rationality", []set{{"choice.rationality", "1e300"}}},
		{"answers that never err",
			[]set{{"clarify.deny_guilty", "0"}, {"clarify.silent_guilty", "0"}, {"clarify.deny_guilty_belief", "0"},
				{"clarify.silent_guilty_belief", "0"},
				{"clarify.deny_innocent", "1"}, {"clarify.silent_innocent", "0"}, {"clarify.deny_innocent_belief", "1"},
				{"clarify.silent_innocent_belief", "0"}}},
		{"perfect flags", []set{{"evidence.flag_rate", "1"}, {"evidence.flag_hit", "1"}, {"evidence.skill", "0.999"}}},
		{"exact severity", []set{{"evidence.severity_noise", "0"}}},
		{"vague severity", []set{{"evidence.severity_noise", "30"}}},
		{"commitments that end hostility", []set{{"effect.commitments", "1"}, {"strength.commitments", "1"}}},
		{"full deterrence", []set{{"onset.deterrence", "1"}}},
		{"full backlash", []set{{"onset.deterrence", "-1"}}},
		{"every partner joins, and joining hurts",
			[]set{{"coalition.join", "1"}, {"coalition.boost", "6"}, {"onset.deterrence", "1"}}},
		{"no moves", []set{{"reply.max_moves", "0"}}},
		{"strategic answers", []set{{"assumptions.model.answers", "strategic"}}},
		{"raw severity", []set{{"assumptions.model.severity", "raw"}}},
		{"gumbel", []set{{"assumptions.model.coupling", "gumbel"}, {"choice.rationality", "1e300"}}},
		{"stakes with retraction", []set{{"assumptions.model.rule", "stakes"}, {"assumptions.model.retraction", "true"}}},
		{"no weights", []set{{"choice.goal", "0"}, {"choice.innocence", "0"}, {"choice.cost", "0"}, {"choice.price", "0"},
			{"choice.audience", "0"},
			{"choice.private_cost", "0"}, {"choice.operation", "0"}, {"choice.firebreak_a", "0"}, {"choice.firebreak_b", "0"},
			{"choice.lookahead", "0"}, {"choice.thaw", "0"}}},
	} {
		t.Run(c.name, func(t *testing.T) { finite(t, arms(t, all, c.sets...), 25) })
	}
}
