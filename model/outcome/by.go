package outcome

import (
	"math"
	"strconv"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/sim"
)

// Grouping divides what an outcome counts into groups that are equal in the arms: a case that
// both arms discovered is in the group that it has in the baseline. Groups of cases have their
// own cases below the fraction bar; parts of what is counted have all cases, and add up.
type Grouping struct {
	ID    string
	Names func(*sim.Model) []string // of the groups; "" of one that no case can be in
	Parts bool

	// Of is the group of a case; of parts, of one that the outcome counts, −1 for none.
	Of func(*sim.Model, *Outcome, *sim.CaseOutcome) int
}

// Groupings are those by which outcomes with [Outcome.Hit] are shown.
var Groupings = []Grouping{
	{ID: "pair", Parts: true, Names: pairs, Of: func(m *sim.Model, o *Outcome, c *sim.CaseOutcome) int {
		hit := int(o.Hit(c))
		if hit < 0 {
			return -1
		}
		return int(c.Victim)*m.States() + hit
	}},
	{ID: "year", Names: years, Of: func(_ *sim.Model, _ *Outcome, c *sim.CaseOutcome) int {
		return int(c.Discovered / param.DaysPerYear)
	}},
	{ID: "thaw", Names: func(*sim.Model) []string { return []string{"no thaw", "in a thaw"} },
		Of: func(_ *sim.Model, _ *Outcome, c *sim.CaseOutcome) int { return int(One(c.Thaw > 0)) }},
}

// pairs are who acted and whom it hit.
func pairs(m *sim.Model) (names []string) {
	for victim := range m.States() {
		for hit := range m.States() {
			name := ""
			if m.MaySuspect(victim, hit) {
				name = m.StateName(victim) + " → " + m.StateName(hit)
			}
			names = append(names, name)
		}
	}
	return names
}

// years are those of the window, counted from its start.
func years(m *sim.Model) (names []string) {
	for y := range int(m.Horizon()/param.DaysPerYear) + 1 {
		names = append(names, "year "+strconv.Itoa(y+1))
	}
	return names
}

// Shown are the outcomes that are shown by group, as places in [All].
func Shown() (out []int) {
	for m := range All {
		if All[m].Hit != nil {
			out = append(out, m)
		}
	}
	return out
}

// TensionBins are the steps of tension in which cases of an arm are counted, so that the thirds
// of an arm can be told; one more holds the cases without a suspected state. They are equal
// steps of its root, and so the finer the lower tension is.
const TensionBins = 200

// TensionBin is the step of a case.
func TensionBin(c *sim.CaseOutcome) int {
	if c.Tension < 0 {
		return TensionBins
	}
	return min(TensionBins-1, int(math.Sqrt(c.Tension)*TensionBins))
}

// TensionFrom is the tension from which on a step counts.
func TensionFrom(bin int) float64 {
	root := float64(bin) / TensionBins
	return root * root
}
