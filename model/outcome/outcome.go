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
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/sim"
)

// Outcome is a ratio: the mean of a numerator over the mean of a denominator, over
// replicates. Counts per replicate have the denominator 1.
type Outcome struct {
	ID        string
	Words     Words
	Unit      string  // "per 100 cases"
	Factor    float64 // what the ratio is multiplied by: 100 for "per 100 cases"
	Direction int     // −1 lower is better, +1 higher is better, 0 neither

	Key  bool // one of the few that stand for all where there is little room
	Flag bool // 0 or 1 in each case, or in each replicate, or in each case of which a replicate has the sum
	Rare bool // left out where neither arm has any

	// Case reads a case that both arms of a contrast discovered; other is the same case
	// in the other arm. Nil for outcomes of the whole replicate.
	Case func(own, other *sim.CaseOutcome) float64

	// Replicate reads all that an arm brought in a replicate. Nil for outcomes of cases.
	Replicate func(*sim.Outcome) float64

	// Each reads a case of which Replicate, but for a factor, has the sum. Nil for most.
	Each func(*sim.CaseOutcome) float64

	// Lone reads a case of the other arm that this one never had. Nil for most.
	Lone func(*sim.CaseOutcome) float64

	// OfBaseline puts all cases of the baseline below the fraction bar, in both arms.
	OfBaseline bool

	// Of is the case reading that stands below the fraction bar in place of the number
	// of cases; nil for most. OfID is the outcome that has it as its own: where that is 0 in an
	// arm, this one is not defined there.
	Of   func(*sim.CaseOutcome) float64
	OfID string

	// Own reads a case without the other arm, so that differences between arms are
	// differences of sums: what a split among mechanisms needs. Nil where there is none.
	Own func(*sim.CaseOutcome) float64

	// Hit is the state that a case which the outcome counts was against, −1 for none. With
	// it the outcome is also shown by group, see [Groupings]. Nil for most.
	Hit func(*sim.CaseOutcome) int16
}

// Words are what an outcome is called, in sentences, tables and figures alike.
type Words struct {
	Name  string // for readers who know no rungs: "avoidable missteps"
	Short string // head of a narrow column, in tables that have room for some; empty: left out of them
}

// Paired reports whether the outcome counts cases that both arms discovered.
func (o *Outcome) Paired() bool { return o.Case != nil }

// Part is what outcomes that stand together are counted in.
type Part int

// The parts, in the order in which they are shown.
const (
	OfCases    Part = iota // that both arms discovered
	OfBaseline             // all cases of the baseline
	OfFutures
	OfDecades
	OfAll // whatever a future brings
	NumParts
)

// Part is where the outcome stands.
func (o *Outcome) Part() Part {
	switch {
	case o.OfBaseline:
		return OfBaseline
	case o.Paired():
		return OfCases
	case o.Unit == Probability:
		return OfFutures
	case o.Unit == PerDecade:
		return OfDecades
	}
	return OfAll
}

// Splits reports whether a difference of the outcome is a difference of sums.
func (o *Outcome) Splits() bool { return o.Of == nil && (o.Own != nil || o.Replicate != nil) }

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

// Named finds an outcome by its id, false if there is none.
func Named(id string) (*Outcome, bool) {
	if i := Index(id); i >= 0 {
		return &All[i], true
	}
	return nil, false
}

// perCase is a mean over cases.
func perCase(id string, direction int, w Words, own func(*sim.CaseOutcome) float64) Outcome {
	return Outcome{ID: id, Words: w, Unit: PerCases, Factor: 100, Direction: direction, Flag: true, Own: own,
		Case: func(c, _ *sim.CaseOutcome) float64 { return own(c) }}
}

// share is a mean over the cases that a reading of them counts, that of outcome ofID. Arms
// differ in those too, so its difference does not split.
func share(id, unit string, direction int, w Words, own, of func(*sim.CaseOutcome) float64, ofID string) Outcome {
	o := perCase(id, direction, w, own)
	o.Unit, o.Of, o.OfID, o.Flag = unit, of, ofID, false
	return o
}

// inUnit is an outcome that is measured, and not counted.
func inUnit(unit string, o Outcome) Outcome {
	o.Unit, o.Flag = unit, false
	return o
}

func key(o Outcome) Outcome {
	o.Key = true
	return o
}

func rare(o Outcome) Outcome {
	o.Rare = true
	return o
}

// forgone counts what the other arm has and this one has not, of the baseline's cases. The
// difference between the arms is that of what each lacks.
func forgone() Outcome {
	o := perCase("forgone", -1, Words{Name: "accountability forgone", Short: "forgone"},
		func(c *sim.CaseOutcome) float64 { return -One(c.Rightly) })
	o.Unit, o.OfBaseline = PerBaseline, true
	o.Case = func(c, other *sim.CaseOutcome) float64 { return One(other.Rightly && !c.Rightly) }
	return key(o)
}

// prevented counts what the other arm has in cases that never came in this one.
func prevented() Outcome {
	o := forgone()
	o.ID, o.Key, o.Own = "forgone_prevented", false, nil
	o.Words = Words{Name: "forgone in cases that never came"}
	o.Case = func(_, _ *sim.CaseOutcome) float64 { return 0 }
	o.Lone = func(c *sim.CaseOutcome) float64 { return One(c.Rightly) }
	return o
}

// against makes an outcome one that is shown by group, with the state that it hit.
func against(hit func(*sim.CaseOutcome) int16, o Outcome) Outcome {
	o.Hit = hit
	return o
}

// perFuture is a mean over replicates.
func perFuture(id, unit string, direction int, w Words, of func(*sim.Outcome) float64) Outcome {
	return Outcome{ID: id, Words: w, Unit: unit, Factor: 1, Direction: direction, Replicate: of}
}

// reached is P(a step of a class and cause by the horizon).
func reached(id string, direction int, w Words, class int, cause sim.Cause) Outcome {
	return flag(perFuture(id, Probability, direction, w, func(o *sim.Outcome) float64 {
		return One(!math.IsInf(o.First[class][cause], 1))
	}))
}

// stood is P(a step on one of the rungs from … to by the horizon), erred that of a misstep.
func stood(id string, direction int, w Words, from, to int) Outcome {
	return flag(perFuture(id, Probability, direction, w,
		func(o *sim.Outcome) float64 { return onRungs(o.Stood, from, to) }))
}

func erred(id string, direction int, w Words, from, to int) Outcome {
	return flag(perFuture(id, Probability, direction, w,
		func(o *sim.Outcome) float64 { return onRungs(o.Erred, from, to) }))
}

func flag(o Outcome) Outcome {
	o.Flag = true
	return o
}

// onRungs is 1 where a mask of rungs has one of those from … to.
func onRungs(mask uint16, from, to int) float64 { return One(mask>>from&(1<<(to-from+1)-1) != 0) }

// expected is P(reached by the horizon) by the conditional-expectation estimator:
// for rungs so rare that counting sees nothing. Where a rung is common the
// estimator is the noisier one, and counting is used.
func expected(id string, direction int, w Words, class int) Outcome {
	return perFuture(id, Probability, direction, w, func(o *sim.Outcome) float64 {
		sum := 0.0
		for _, p := range o.Expected[class] {
			sum += p
		}
		return sum
	})
}

// perDecade sums a reading over all cases of an arm, also those that the other arm never
// had, and sets it to ten years.
func perDecade(id string, w Words, of func(*sim.CaseOutcome) float64) Outcome {
	return perFuture(id, PerDecade, -1, w, func(o *sim.Outcome) float64 {
		return overCases(o, of) * Decade / o.Horizon
	})
}

// Decade is ten years [d].
const Decade = 10 * param.DaysPerYear

// flagPerDecade is [perDecade] of a reading that is 0 or 1.
func flagPerDecade(id string, w Words, of func(*sim.CaseOutcome) float64) Outcome {
	o := flag(perDecade(id, w, of))
	o.Each = of
	return o
}

func overCases(o *sim.Outcome, of func(*sim.CaseOutcome) float64) (sum float64) {
	for i := range o.Cases {
		sum += of(&o.Cases[i])
	}
	return sum
}

func misstep(class int) func(*sim.CaseOutcome) float64 {
	return func(c *sim.CaseOutcome) float64 { return Bit(c.Missteps, class) }
}

func missed(c *sim.CaseOutcome) float64 { return One(c.Missed) }

func falsely(c *sim.CaseOutcome) float64 { return One(c.Falsely) }

func whoOrWhy(c *sim.CaseOutcome) float64 { return One(c.WhoOrWhy) }

func publicMisstep(c *sim.CaseOutcome) bool { return ladder.InPublicSet(int(c.MisstepAt)) }

func public(c *sim.CaseOutcome) float64 { return One(c.Public()) }

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
