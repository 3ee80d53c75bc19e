package failif

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// Judge says of each condition that holds what was found, a line each. An error is of a condition that
// cannot be judged, for the range that it asks for is not resolved.
func Judge(list []Condition, s *summary.Summary) (holds []string, err error) {
	for i := range list {
		c := &list[i]
		e, unit, ok := c.estimate(s)
		if !ok {
			return holds, fmt.Errorf("--fail-if %q cannot be judged: the run has no %s of this arm", c.text, c.outcome)
		}
		value := e.Value
		switch {
		case c.end != "" && !e.Resolved:
			return holds, fmt.Errorf("--fail-if %q cannot be judged: the draws differ by hardly more than their noise, so that "+
				"there is no range; play more --replicates", c.text)
		case c.end == low:
			value = e.Low
		case c.end == high:
			value = e.High
		}
		if value *= say.Factor(unit); operators[c.op](value, c.limit) {
			holds = append(holds, c.found(value, unit))
		}
	}
	return holds, nil
}

// estimate finds what a condition is about, and its unit.
func (c *Condition) estimate(s *summary.Summary) (e summary.Estimate, unit string, ok bool) {
	for i := range s.Arms {
		if a := &s.Arms[i]; a.Name == c.arm && a.Level(c.outcome) != nil {
			l := a.Level(c.outcome)
			return l.Value, l.Unit, true
		}
	}
	for i := range s.Contrasts {
		x := &s.Contrasts[i]
		m := x.Measure(c.outcome)
		switch {
		case m == nil:
		case c.arm == "":
			return m.Difference, m.Unit, true
		case c.arm == x.Treatment:
			return m.Treatment, m.Unit, true
		case c.arm == x.Baseline:
			return m.Baseline, m.Unit, true
		}
	}
	return e, "", false
}

func (c *Condition) found(value float64, unit string) string {
	if unit == outcome.Probability {
		unit = "of 100 futures"
	}
	where := "the difference between the arms"
	if c.arm != "" {
		where = "arm " + c.arm
	}
	if c.end != "" {
		where += ", " + c.end + " end of the 95 % range"
	}
	return fmt.Sprintf("--fail-if %q holds: %s %s, in %s", c.text, say.Minus(fmt.Sprintf("%.4g", value)),
		unit, where)
}
