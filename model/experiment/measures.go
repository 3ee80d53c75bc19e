package experiment

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// Measure is one outcome as a ratio: the mean of a numerator over the mean of a
// denominator, over replicates. Counts have the denominator 1.
type Measure struct {
	ID       string
	Label    string
	Unit     string
	Factor   float64 // what the ratio is multiplied by: 100 for "per 100 cases"
	Goodness int     // −1 lower is better, +1 higher is better, 0 neither
	Paired   bool    // over cases discovered in both arms
	of       func(t *tally) (num, den float64)
}

// tally is what one arm brings in one replicate, over the cases that the
// contrast counts.
type tally struct {
	cases, missteps, avoidable, breaks, hard, public, falsely, missed, unmet float64
	regret, forgone, withdrawn                                               float64
	allMissteps, allMissed                                                   float64 // of all cases, common or not
	out                                                                      *sim.Outcome
}

func perCase(id, label string, goodness int, of func(*tally) float64) Measure {
	return Measure{ID: id, Label: label, Unit: "per 100 cases", Factor: 100, Goodness: goodness, Paired: true,
		of: func(t *tally) (float64, float64) { return of(t), t.cases }}
}

func reached(id, label string, class int, cause sim.Cause, goodness int) Measure {
	return Measure{ID: id, Label: label, Unit: "probability", Factor: 1, Goodness: goodness,
		of: func(t *tally) (float64, float64) {
			if math.IsInf(t.out.First[class][cause], 1) {
				return 0, 1
			}
			return 1, 1
		}}
}

// expected is P(reached by the horizon) by the conditional-expectation estimator:
// for rungs so rare that counting sees nothing. Where a rung is common the
// estimator is the noisier one, and counting is used.
func expected(id, label string, class, goodness int) Measure {
	return Measure{ID: id, Label: label, Unit: "probability", Factor: 1, Goodness: goodness,
		of: func(t *tally) (float64, float64) {
			sum := 0.0
			for _, p := range t.out.Expected[class] {
				sum += p
			}
			return sum, 1
		}}
}

func perReplicate(id, label, unit string, goodness int, of func(*tally) float64) Measure {
	return Measure{ID: id, Label: label, Unit: unit, Factor: 1, Goodness: goodness,
		of: func(t *tally) (float64, float64) { return of(t), 1 }}
}

// Measures are the outcomes of a contrast, in the order in which they are shown.
var Measures = []Measure{
	perCase("missteps", "missteps", -1, func(t *tally) float64 { return t.missteps }),
	perCase("avoidable", "… avoidable", -1, func(t *tally) float64 { return t.avoidable }),
	{ID: "misstep_share", Label: "… per 100 cases answered at R3 or harder", Unit: "per 100 hard cases", Factor: 100, Goodness: -1, Paired: true,
		of: func(t *tally) (float64, float64) { return t.missteps, t.hard }},
	perCase("missteps_r6", "missteps to R6 or harder", -1, func(t *tally) float64 { return t.breaks }),
	perCase("missed", "missed responses", -1, func(t *tally) float64 { return t.missed }),
	perCase("unanswered", "hostile operations unanswered", 0, func(t *tally) float64 { return t.unmet }),
	perCase("forgone", "accountability forgone", -1, func(t *tally) float64 { return t.forgone }),
	perCase("false_accusations", "false accusations", -1, func(t *tally) float64 { return t.falsely }),
	perCase("hard", "cases answered at R3 or harder", 0, func(t *tally) float64 { return t.hard }),
	perCase("public", "cases with a public step", 0, func(t *tally) float64 { return t.public }),
	{ID: "regret", Label: "regret per case", Unit: "% of the reference range", Factor: 100, Goodness: -1, Paired: true,
		of: func(t *tally) (float64, float64) { return t.regret, t.cases }},
	reached("reach_r3", "public attribution or harder", sim.ClassPublic, sim.AnyCause, 0),
	reached("reach_r5", "sanctions, charges or harder", 1, sim.AnyCause, 0),
	reached("reach_r6", "relations reduced or harder", sim.ClassBreak, sim.AnyCause, -1),
	expected("reach_r8", "disruptive operation or harder", 3, -1),
	reached("any_misstep", "at least one misstep", sim.ClassPublic, sim.Misstep, -1),
	reached("any_misstep_r6", "at least one misstep to R6", sim.ClassBreak, sim.Misstep, -1),
	reached("any_induced", "at least one induced step", sim.ClassPublic, sim.Induced, -1),
	perReplicate("missteps_future", "missteps per future", "per future", -1, func(t *tally) float64 { return t.allMissteps }),
	perReplicate("missed_future", "missed responses per future", "per future", -1, func(t *tally) float64 { return t.allMissed }),
	perReplicate("pair_missteps", "pair episodes with a misstep", "episodes", -1, func(t *tally) float64 { return float64(t.out.PairMissteps) }),
	perReplicate("pair_episodes", "pair episodes", "episodes", 0, func(t *tally) float64 { return float64(t.out.PairEpisodes) }),
	perReplicate("cases", "cases discovered", "cases", 0, func(t *tally) float64 { return float64(t.out.Discovered) }),
	perCase("withdrawn", "public steps withdrawn", 0, func(t *tally) float64 { return t.withdrawn }),
}

// MeasureIDs lists the ids of the measures, in their order.
func MeasureIDs() []string {
	out := make([]string, len(Measures))
	for i := range Measures {
		out[i] = Measures[i].ID
	}
	return out
}

// MeasureIndex finds a measure by its id, −1 if there is none.
func MeasureIndex(id string) int {
	for i := range Measures {
		if Measures[i].ID == id {
			return i
		}
	}
	return -1
}

// add counts one case; other is the same case in the other arm.
func (t *tally) add(c, other *sim.CaseOutcome) {
	t.cases++
	t.missteps += bit(c.Missteps, sim.ClassPublic)
	t.avoidable += bit(c.Avoidable, sim.ClassPublic)
	t.breaks += bit(c.Missteps, sim.ClassBreak)
	t.hard += count(c.Peak >= ladder.Public)
	t.public += count(c.Public())
	t.falsely += count(c.Falsely)
	t.missed += count(c.Missed)
	t.unmet += count(c.Unmet)
	t.withdrawn += count(c.Withdrawn)
	t.forgone += count(other.Rightly && !c.Rightly)
	t.regret += c.Regret
}

// addAll counts what the arm brings over all of its cases: a case that the other
// arm never had is in no paired measure.
func (t *tally) addAll() {
	for i := range t.out.Cases {
		c := &t.out.Cases[i]
		t.allMissteps += bit(c.Missteps, sim.ClassPublic)
		t.allMissed += count(c.Missed)
	}
}

func bit(mask uint8, class int) float64 { return float64(mask >> class & 1) }

func count(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// pair tallies the cases discovered in both arms and returns their number.
func pair(a, b *sim.Outcome) (ta, tb tally) {
	ta.out, tb.out = a, b
	ta.addAll()
	tb.addAll()
	for i, j := 0, 0; i < len(a.Cases) && j < len(b.Cases); {
		ca, cb := &a.Cases[i], &b.Cases[j]
		switch ca.Compare(cb) {
		case -1:
			i++
		case 1:
			j++
		default:
			ta.add(ca, cb)
			tb.add(cb, ca)
			i++
			j++
		}
	}
	return
}
