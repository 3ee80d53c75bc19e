package answer

import (
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Level is what one arm brings of something.
type Level struct{ Label, Value string }

// lone are the steps of which an arm by itself says in how many futures they come, by class and cause.
var lone = []struct{ label, class, cause string }{
	{say.Measure("stood_public"), "R3-R6", "any"},
	{say.Measure("stood_r7"), "R7", "any"},
	{say.Measure("reach_r8"), "R8", "any"},
	{"futures with force", "R9", "any"},
	{say.Measure("any_misstep"), "R3", "misstep"},
}

// alone is what an arm brings by itself, within the window.
func alone(a *summary.Arm) (out []Level) {
	for _, l := range lone {
		c := a.Curve(l.class, l.cause)
		if c == nil || len(c.Value) == 0 || l.class == "R9" && c.Bound == 0 {
			continue
		}
		var parts []string
		if l.class != "R9" { // of which the bound alone is said
			parts = append(parts, say.Probability(c.Value[len(c.Value)-1]))
		}
		if c.Bound > 0 {
			parts = append(parts, "by history at most "+say.Probability(c.Bound))
		}
		out = append(out, Level{l.label, strings.Join(parts, ", ")})
	}
	for _, b := range []struct {
		label string
		e     summary.Estimate
	}{{say.Measure("avoidable"), a.Beliefs.Avoidable}, {"other missteps", a.Beliefs.Irreducible},
		{say.Measure("missed"), a.Beliefs.Missed}} {
		out = append(out, Level{b.label + " per 100 cases",
			Cell{Value: say.Number(b.e.Value, 2), MC: say.PlusMinus(b.e, 1, 2)}.String()})
	}
	return out
}
