// Package outcome holds every outcome of a comparison once: what it is called, in
// which unit, which direction is better, and how it is read from the cases and the
// replicates of two arms. To add one is to add an entry to [All]: runs, screens,
// tables, figures, the split among mechanisms, sensitivity and the report take it from
// there.
package outcome

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// Outcome is a ratio: the mean of a numerator over the mean of a denominator, over
// replicates. Counts per replicate have the denominator 1.
type Outcome struct {
	ID        string
	Name      string  // for people, in a list under its unit
	Unit      string  // "per 100 cases"
	Factor    float64 // what the ratio is multiplied by: 100 for "per 100 cases"
	Direction int     // −1 lower is better, +1 higher is better, 0 neither

	// Case reads a case that both arms of a contrast discovered; other is the same case
	// in the other arm. Nil for outcomes of the whole replicate.
	Case func(own, other *sim.CaseOutcome) float64

	// Replicate reads all that an arm brought in a replicate. Nil for outcomes of cases.
	Replicate func(*sim.Outcome) float64

	// Of is the case reading that stands below the fraction bar in place of the number
	// of cases; nil for most.
	Of func(*sim.CaseOutcome) float64

	// Own reads a case without the other arm, so that differences between arms are
	// differences of sums: what a split among mechanisms needs. Nil where there is none.
	Own func(*sim.CaseOutcome) float64
}

// Paired reports whether the outcome counts cases that both arms discovered.
func (o *Outcome) Paired() bool { return o.Case != nil }

// Splits reports whether a difference of the outcome is a difference of sums.
func (o *Outcome) Splits() bool { return o.Of == nil && (o.Own != nil || o.Replicate != nil) }

const (
	perHundred = "per 100 cases"
	probable   = "probability"
)

// All are the outcomes, in the order in which they are shown.
var All = []Outcome{
	perCase("missteps", "missteps", -1, misstep(sim.ClassPublic)),
	perCase("avoidable", "… avoidable", -1, func(c *sim.CaseOutcome) float64 { return Bit(c.Avoidable, sim.ClassPublic) }),
	share("misstep_share", "… per 100 cases answered at R3 or harder", "per 100 hard cases", -1,
		misstep(sim.ClassPublic), hard),
	perCase("missteps_r6", "missteps to R6 or harder", -1, misstep(sim.ClassBreak)),
	perCase("missed", "missed responses", -1, func(c *sim.CaseOutcome) float64 { return One(c.Missed) }),
	perCase("unanswered", "hostile operations unanswered", 0, func(c *sim.CaseOutcome) float64 { return One(c.Unmet) }),
	forgone(),
	perCase("false_accusations", "false accusations", -1, func(c *sim.CaseOutcome) float64 { return One(c.Falsely) }),
	perCase("hard", "cases answered at R3 or harder", 0, hard),
	perCase("public", "cases with a public step", 0, func(c *sim.CaseOutcome) float64 { return One(c.Public()) }),
	inUnit("% of the reference range",
		perCase("regret", "regret per case", -1, func(c *sim.CaseOutcome) float64 { return c.Regret })),
	reached("reach_r3", "public attribution or harder", sim.ClassPublic, sim.AnyCause, 0),
	reached("reach_r5", "sanctions, charges or harder", 1, sim.AnyCause, 0),
	reached("reach_r6", "relations reduced or harder", sim.ClassBreak, sim.AnyCause, -1),
	expected("reach_r8", "disruptive operation or harder", 3, -1),
	reached("any_misstep", "at least one misstep", sim.ClassPublic, sim.Misstep, -1),
	reached("any_misstep_r6", "at least one misstep to R6", sim.ClassBreak, sim.Misstep, -1),
	reached("any_induced", "at least one induced step", sim.ClassPublic, sim.Induced, -1),
	perFuture("missteps_future", "missteps per future", "per future", -1, overCases(misstep(sim.ClassPublic))),
	perFuture("missed_future", "missed responses per future", "per future", -1,
		overCases(func(c *sim.CaseOutcome) float64 { return One(c.Missed) })),
	perFuture("pair_missteps", "pair episodes with a misstep", "episodes", -1,
		func(o *sim.Outcome) float64 { return float64(o.PairMissteps) }),
	perFuture("pair_episodes", "pair episodes", "episodes", 0,
		func(o *sim.Outcome) float64 { return float64(o.PairEpisodes) }),
	perFuture("cases", "cases discovered", "cases", 0, func(o *sim.Outcome) float64 { return float64(o.Discovered) }),
	perCase("withdrawn", "public steps withdrawn", 0, func(c *sim.CaseOutcome) float64 { return One(c.Withdrawn) }),
}

// Default is the outcome of a headline that names none: the first of [All].
const Default = "missteps"

// IDs lists the ids of the outcomes, in their order.
func IDs() []string {
	out := make([]string, len(All))
	for i := range All {
		out[i] = All[i].ID
	}
	return out
}

// Index finds an outcome by its id, −1 if there is none.
func Index(id string) int { return slices.IndexFunc(All, func(o Outcome) bool { return o.ID == id }) }

// perCase is a mean over cases.
func perCase(id, name string, direction int, own func(*sim.CaseOutcome) float64) Outcome {
	return Outcome{ID: id, Name: name, Unit: perHundred, Factor: 100, Direction: direction, Own: own,
		Case: func(c, _ *sim.CaseOutcome) float64 { return own(c) }}
}

// share is a mean over the cases that a reading of them counts. Arms differ in those
// too, so its difference does not split.
func share(id, name, unit string, direction int, own, of func(*sim.CaseOutcome) float64) Outcome {
	o := perCase(id, name, direction, own)
	o.Unit, o.Of = unit, of
	return o
}

func inUnit(unit string, o Outcome) Outcome {
	o.Unit = unit
	return o
}

// forgone counts what the other arm has and this one has not. The difference between
// the arms is that of what each lacks.
func forgone() Outcome {
	o := perCase("forgone", "accountability forgone", -1, func(c *sim.CaseOutcome) float64 { return -One(c.Rightly) })
	o.Case = func(c, other *sim.CaseOutcome) float64 { return One(other.Rightly && !c.Rightly) }
	return o
}

// perFuture is a mean over replicates.
func perFuture(id, name, unit string, direction int, of func(*sim.Outcome) float64) Outcome {
	return Outcome{ID: id, Name: name, Unit: unit, Factor: 1, Direction: direction, Replicate: of}
}

// reached is P(a step of a class and cause by the horizon).
func reached(id, name string, class int, cause sim.Cause, direction int) Outcome {
	return perFuture(id, name, probable, direction, func(o *sim.Outcome) float64 {
		return One(!math.IsInf(o.First[class][cause], 1))
	})
}

// expected is P(reached by the horizon) by the conditional-expectation estimator:
// for rungs so rare that counting sees nothing. Where a rung is common the
// estimator is the noisier one, and counting is used.
func expected(id, name string, class, direction int) Outcome {
	return perFuture(id, name, probable, direction, func(o *sim.Outcome) float64 {
		sum := 0.0
		for _, p := range o.Expected[class] {
			sum += p
		}
		return sum
	})
}

// overCases sums a reading over all cases of an arm: also those that the other arm
// never had.
func overCases(of func(*sim.CaseOutcome) float64) func(*sim.Outcome) float64 {
	return func(o *sim.Outcome) float64 {
		sum := 0.0
		for i := range o.Cases {
			sum += of(&o.Cases[i])
		}
		return sum
	}
}

func misstep(class int) func(*sim.CaseOutcome) float64 {
	return func(c *sim.CaseOutcome) float64 { return Bit(c.Missteps, class) }
}

func hard(c *sim.CaseOutcome) float64 { return One(c.Peak >= ladder.Public) }

// Bit is 1 where the bit of a class is set in a mask of classes.
func Bit(mask uint8, class int) float64 { return float64(mask >> class & 1) }

// One is 1 for true.
func One(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
