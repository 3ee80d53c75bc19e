package sim_test

import (
	"fmt"

	"github.com/misstep/misstep/internal/reference"
	"github.com/misstep/misstep/model/sim"
)

func nameOf(m *sim.Model, state int16) string {
	if state < 0 {
		return ""
	}
	return m.StateName(int(state))
}

func mask(rungs []int) (bits uint16) {
	for _, r := range rungs {
		bits |= 1 << r
	}
	return bits
}

// caseDifference compares what became of the cases, the counts, and the expected
// first crossings.
func caseDifference(m *sim.Model, engine *sim.Outcome, literal reference.Result) string {
	if engine.Overflow || len(engine.Cases) != len(literal.Cases) {
		return fmt.Sprintf("overflow %v, %d and %d cases", engine.Overflow, len(engine.Cases), len(literal.Cases))
	}
	for _, c := range engine.Cases {
		l := literal.Cases[c.Entity]
		bits := func(x [5]bool) (b uint8) {
			for class := range x {
				if x[class] {
					b |= 1 << class
				}
			}
			return b
		}
		equal := int(c.Peak) == l.Peak && c.Missteps == bits(l.Missteps) && c.Avoidable == bits(l.Avoidable) &&
			c.Hostile == l.Hostile &&
			c.Missed == l.Missed && c.Unmet == l.Unmet && int(c.MisstepAt) == l.MisstepAt &&
			c.WhoOrWhy == l.WhoOrWhy && c.Falsely == l.Falsely && c.Rightly == l.Rightly &&
			c.Withdrawn == l.Withdrawn &&
			near(c.Discovered, l.Discovered) && c.Thaw == l.Thaw && near(c.Tension, l.Tension) &&
			int(c.Replies) == l.ErredReplies &&
			nameOf(m, c.Source) == l.Source && nameOf(m, c.MisstepOn) == l.MisstepOn &&
			nameOf(m, c.NamedOn) == l.NamedOn && nameOf(m, c.FalselyOn) == l.FalselyOn && c.Erred == mask(l.Erred) &&
			c.HasTarget == (l.Target != "") && c.Guilty == l.Guilty && near(c.Belief, l.Belief) && near(c.Regret, l.Regret)
		for i := range l.Shares {
			equal = equal && near(c.Shares[i], l.Shares[i])
		}
		if !equal {
			return fmt.Sprintf("case %x ends differently\n  engine %+v\n  slow   %+v", c.Entity, c, l)
		}
	}
	counts := map[string]int{"discovered": engine.Discovered, "replies": engine.Replies, "waits": engine.Waits,
		"questions": engine.Questions, "slips": engine.Slips, "cut": engine.CutChains}
	past := map[string]bool{"replies": true, "waits": true, "questions": true} // counted from the start on in the engine
	for name, n := range counts {
		if !past[name] && n != literal.Counts[name] {
			return fmt.Sprintf("%s: %d in the engine, %d in the other", name, n, literal.Counts[name])
		}
	}
	for class := range literal.Reach {
		sum := 0.0
		for _, p := range engine.Expected[class] {
			sum += p
		}
		if !near(sum, literal.Reach[class]) {
			return fmt.Sprintf("class %d: expected crossings %v in the engine, %v in the other",
				class, sum, literal.Reach[class])
		}
	}
	return ""
}
