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

// TestZeroRateIncident: a scheduled incident whose stream has rate 0, which a file
// may say of a stream that serves for this incident only.
func TestZeroRateIncident(t *testing.T) {
	text := replaceOnce(t, still, "  life: {lapse: 1, restore: 200d}",
		"  incidents:\n    - {name: one, victim: Aland, source: Borland, intent: espionage, at: 2026-02-01, discovered: 1d}")
	finite(t, arms(t, text), 5)
}

// TestOverflow: a replicate past the bound says so, ends, and its runner goes on.
func TestOverflow(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"assumptions.model.max_events", "700"})
	b := arms(t, read(t, "testdata/dyad.yaml"))
	var r, fresh Runner
	over := 0
	for n := range 20 {
		for _, o := range r.Run(a, replicate(n), nil) {
			if o.Overflow {
				over++
			}
			if o.Events > 701 {
				t.Fatalf("%d events", o.Events)
			}
		}
		same(t, "after an overflow", logs(&r, b, replicate(n))[1], logs(&fresh, b, replicate(n))[1])
	}
	if over == 0 {
		t.Error("no overflow at a bound of 700 events")
	}
	if e := (&OverflowError{Arm: "x", Limit: 700}).Error(); e == "" {
		t.Error("an overflow without words")
	}
}

// TestRetractionAnswersItself: a withdrawal takes the ground from replies to what
// was withdrawn and not from the victim's answer to a step that it suffered.
func TestRetractionAnswersItself(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"assumptions.model.retraction", "true"},
		set{"choice.climbdown", "0.001"},
		set{"evidence.gap", "20d"}, set{"reply.delay", "60d"}, set{"type.reply_status_quo", "0.9"},
		set{"type.reply_revisionist", "1.1"})
	for n := range 60 {
		levels := map[int]float64{}
		play(a, replicate(n), 1, func(w *world) {
			for i := range w.chains {
				c := &w.chains[i]
				if before, known := levels[i]; known && before > 0 && c.level == 0 &&
					w.victim(&w.cases[c.inCase]) == int32(c.from) && c.due > w.now {
					t.Fatalf("day %v: the victim's answer to a step was emptied by its own withdrawal", w.now)
				}
				levels[i] = c.level
			}
		})
	}
}

// TestLeaksOnce: what has leaked is public, so one incident leaks once.
func TestLeaksOnce(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"strength.leaks", "1"}, set{"effect.leak", "1"},
		set{"strength.clarify", "1"}, set{"life.contact", "1"})
	var r Runner
	leaks := 0
	for n := range 60 {
		log, _ := events(&r, a, replicate(n), 1)
		seen, closed := map[uint64]bool{}, map[uint64]bool{}
		for _, e := range log {
			closed[e.Entity] = closed[e.Entity] || e.Kind == EventClose
			if e.Kind != EventLeak {
				continue
			}
			if leaks++; closed[e.Entity] {
				t.Fatalf("day %v: incident %x leaks when its case is closed, and nothing is disclosed", e.Time, e.Entity)
			}
			if seen[e.Entity] {
				t.Fatalf("day %v: incident %x leaks again", e.Time, e.Entity)
			}
			seen[e.Entity] = true
		}
	}
	if leaks == 0 {
		t.Error("nothing leaked")
	}
}
