package decompose

import (
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// reading is a measure as a sum over what a replicate brought, so that differences
// of arms add up: of the cases that both arms of the contrast discovered, or of the
// replicate.
type reading struct {
	measure *experiment.Measure
	ofCase  func(*sim.CaseOutcome) float64 // nil: of the replicate
	of      func(*sim.Outcome) float64
}

// readings are the measures that can be split, in the order of
// [experiment.Measures]: all but misstep_share, whose denominator the mechanisms
// move as well.
var readings = func() []reading {
	var out []reading
	for i := range experiment.Measures {
		m := &experiment.Measures[i]
		r := reading{measure: m, ofCase: caseReadings[m.ID], of: replicateReadings[m.ID]}
		if r.ofCase != nil || r.of != nil {
			out = append(out, r)
		}
	}
	return out
}()

// caseReadings are the measures per case. Accountability forgone counts what the
// other arm has and this one has not; its difference is that of what each lacks.
var caseReadings = map[string]func(*sim.CaseOutcome) float64{
	"missteps":          func(c *sim.CaseOutcome) float64 { return float64(c.Missteps >> sim.ClassPublic & 1) },
	"avoidable":         func(c *sim.CaseOutcome) float64 { return float64(c.Avoidable >> sim.ClassPublic & 1) },
	"missteps_r6":       func(c *sim.CaseOutcome) float64 { return float64(c.Missteps >> sim.ClassBreak & 1) },
	"missed":            func(c *sim.CaseOutcome) float64 { return one(c.Missed) },
	"unanswered":        func(c *sim.CaseOutcome) float64 { return one(c.Unmet) },
	"forgone":           func(c *sim.CaseOutcome) float64 { return -one(c.Rightly) },
	"false_accusations": func(c *sim.CaseOutcome) float64 { return one(c.Falsely) },
	"hard":              func(c *sim.CaseOutcome) float64 { return one(c.Peak >= ladder.Public) },
	"public":            func(c *sim.CaseOutcome) float64 { return one(c.Public()) },
	"regret":            func(c *sim.CaseOutcome) float64 { return c.Regret },
	"withdrawn":         func(c *sim.CaseOutcome) float64 { return one(c.Withdrawn) },
}

// replicateReadings are the measures per replicate.
var replicateReadings = map[string]func(*sim.Outcome) float64{
	"reach_r3":        reached(sim.ClassPublic, sim.AnyCause),
	"reach_r5":        reached(1, sim.AnyCause),
	"reach_r6":        reached(sim.ClassBreak, sim.AnyCause),
	"reach_r8":        expected(3),
	"any_misstep":     reached(sim.ClassPublic, sim.Misstep),
	"any_misstep_r6":  reached(sim.ClassBreak, sim.Misstep),
	"any_induced":     reached(sim.ClassPublic, sim.Induced),
	"missteps_future": overCases(caseReadings["missteps"]),
	"missed_future":   overCases(caseReadings["missed"]),
	"pair_missteps":   func(o *sim.Outcome) float64 { return float64(o.PairMissteps) },
	"pair_episodes":   func(o *sim.Outcome) float64 { return float64(o.PairEpisodes) },
	"cases":           func(o *sim.Outcome) float64 { return float64(o.Discovered) },
}

func reached(class int, cause sim.Cause) func(*sim.Outcome) float64 {
	return func(o *sim.Outcome) float64 { return one(!math.IsInf(o.First[class][cause], 1)) }
}

func expected(class int) func(*sim.Outcome) float64 {
	return func(o *sim.Outcome) float64 {
		sum := 0.0
		for _, p := range o.Expected[class] {
			sum += p
		}
		return sum
	}
}

func overCases(of func(*sim.CaseOutcome) float64) func(*sim.Outcome) float64 {
	return func(o *sim.Outcome) float64 {
		sum := 0.0
		for i := range o.Cases {
			sum += of(&o.Cases[i])
		}
		return sum
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// readingIndex finds a measure among those that can be split, −1 if it cannot.
func readingIndex(id string) int {
	for i := range readings {
		if readings[i].measure.ID == id {
			return i
		}
	}
	return -1
}

// common lists the cases that two outcomes share, by reference into the first and
// the second; both are sorted.
func common(a, b *sim.Outcome, into [][2]*sim.CaseOutcome) [][2]*sim.CaseOutcome {
	into = into[:0]
	for i, j := 0, 0; i < len(a.Cases) && j < len(b.Cases); {
		ca, cb := &a.Cases[i], &b.Cases[j]
		switch ca.Compare(cb) {
		case -1:
			i++
		case 1:
			j++
		default:
			into = append(into, [2]*sim.CaseOutcome{ca, cb})
			i++
			j++
		}
	}
	return into
}
