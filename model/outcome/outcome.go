// Package outcome holds every outcome of a comparison once: what it is called, in
// which unit, which direction is better, and how it is read from the cases and the
// replicates of two arms. To add one is to add an entry to [All]: runs, screens,
// tables, figures, the split among mechanisms, sensitivity and the report take it from
// there.
package outcome

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/ladder"
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
	Flag bool // 0 or 1 in each case, or in each replicate
	Rare bool // left out where neither arm has any

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

// Words are what an outcome is called.
type Words struct {
	Name  string // by itself: "avoidable missteps"
	Label string // in a list where its like stands above: "… avoidable"; Name if empty
	Row   string // in the screen's table, under the heading of its unit; Label if empty
	Head  string // of a narrow column, in tables that have room for some; empty: left out of them
	Plain string // in a sentence for readers who know no rungs; Name if empty
}

// Labelled is the label in a list.
func (w *Words) Labelled() string { return cmp.Or(w.Label, w.Name) }

// InTable is the label in the screen's table.
func (w *Words) InTable() string { return cmp.Or(w.Row, w.Label, w.Name) }

// InSentence is the outcome for readers who know no rungs.
func (w *Words) InSentence() string { return cmp.Or(w.Plain, w.Name) }

// Paired reports whether the outcome counts cases that both arms discovered.
func (o *Outcome) Paired() bool { return o.Case != nil }

// Splits reports whether a difference of the outcome is a difference of sums.
func (o *Outcome) Splits() bool { return o.Of == nil && (o.Own != nil || o.Replicate != nil) }

// The units that outcomes share.
const (
	PerCases    = "per 100 cases"
	Probability = "probability"
)

// All are the outcomes, in the order in which they are shown.
var All = []Outcome{
	key(perCase("missteps", -1, Words{Name: "missteps", Row: "missteps (needless, R3 or harder)", Head: "missteps"},
		misstep(sim.ClassPublic))),
	key(perCase("avoidable", -1, Words{Name: "avoidable missteps", Label: "… avoidable", Head: "avoidable"},
		func(c *sim.CaseOutcome) float64 { return Bit(c.Avoidable, sim.ClassPublic) })),
	perCase("missteps_public", -1, Words{Name: "public missteps", Row: "… in public (R3 to R6)"},
		func(c *sim.CaseOutcome) float64 { return One(ladder.InPublicSet(int(c.MisstepAt))) }),
	perCase("missteps_covert", -1, Words{Name: "covert missteps", Row: "… covert (R7)"},
		func(c *sim.CaseOutcome) float64 { return One(c.MisstepAt == ladder.CounterOperation) }),
	key(perCase("missteps_r6", -1, Words{Name: "missteps to R6 or harder", Row: "… to R6 or harder",
		Plain: "missteps that reduce relations or go further, covert operations among them"}, misstep(sim.ClassBreak))),
	share("misstep_share", "per 100 hard cases", -1, Words{Name: "missteps per 100 cases answered at R3 or harder",
		Label: "… per 100 cases answered at R3 or harder", Row: "… of 100 answered at R3 or harder",
		Plain: "the share of missteps among cases with a public or harder step"}, misstep(sim.ClassPublic), hard),
	key(perCase("missed", -1, Words{Name: "missed responses", Head: "missed"},
		func(c *sim.CaseOutcome) float64 { return One(c.Missed) })),
	perCase("unanswered", 0, Words{Name: "hostile operations unanswered"},
		func(c *sim.CaseOutcome) float64 { return One(c.Unmet) }),
	forgone(),
	key(perCase("false_accusations", -1, Words{Name: "false accusations", Head: "false acc."},
		func(c *sim.CaseOutcome) float64 { return One(c.Falsely) })),
	perCase("who_or_why", -1, Words{Name: "public steps in error about who or why",
		Row:   "public steps in error about who or why",
		Plain: "cases whose first public step would not have been taken, had the state known who did it and why"},
		func(c *sim.CaseOutcome) float64 { return One(c.WhoOrWhy) }),
	perCase("hard", 0, Words{Name: "cases answered at R3 or harder", Row: "answered at R3 or harder",
		Plain: "cases answered with a public or harder step"}, hard),
	perCase("public", 0, Words{Name: "cases with a public step", Row: "… with a public step"},
		func(c *sim.CaseOutcome) float64 { return One(c.Public()) }),
	rare(perCase("withdrawn", 0, Words{Name: "public steps withdrawn"},
		func(c *sim.CaseOutcome) float64 { return One(c.Withdrawn) })),
	inUnit("% of the reference range",
		perCase("regret", -1, Words{Name: "regret per case", Row: "regret, % of utility range",
			Head: "regret, %", Plain: "regret"}, func(c *sim.CaseOutcome) float64 { return c.Regret })),

	reached("any_misstep", -1, Words{Name: "at least one misstep", Plain: "futures with a misstep"}, sim.ClassPublic,
		sim.Misstep),
	key(reached("any_misstep_r6", -1, Words{Name: "at least one misstep to R6",
		Plain: "futures with a misstep that reduces relations or goes further, covert operations among them"},
		sim.ClassBreak, sim.Misstep)),
	reached("any_induced", -1, Words{Name: "at least one induced step",
		Plain: "futures with a step that a misstep brought about"}, sim.ClassPublic, sim.Induced),
	reached("reach_r3", 0, Words{Name: "public attribution or harder", Row: "R3 public attribution, or harder",
		Plain: "futures with a public or harder step"}, sim.ClassPublic, sim.AnyCause),
	reached("reach_r5", 0, Words{Name: "sanctions, charges or harder", Row: "R5 sanctions, charges, or harder",
		Plain: "futures with sanctions, charges or harder"}, 1, sim.AnyCause),
	key(reached("reach_r6", -1, Words{Name: "relations reduced or harder", Row: "R6 relations reduced, or harder",
		Plain: "futures with reduced relations or harder"}, sim.ClassBreak, sim.AnyCause)),
	expected("reach_r8", -1, Words{Name: "disruptive operation or harder", Row: "R8 disruptive operation, or harder",
		Plain: "futures with a disruptive operation or harder"}, 3),

	perFuture("cases", "cases", 0, Words{Name: "cases discovered", Plain: "cases"},
		func(o *sim.Outcome) float64 { return float64(o.Discovered) }),
	perFuture("missteps_future", "per future", -1, Words{Name: "missteps per future", Row: "missteps"},
		overCases(misstep(sim.ClassPublic))),
	perFuture("missed_future", "per future", -1, Words{Name: "missed responses per future", Row: "missed responses"},
		overCases(func(c *sim.CaseOutcome) float64 { return One(c.Missed) })),
	perFuture("pair_episodes", "episodes", 0, Words{Name: "pair episodes", Row: "episodes between the states",
		Plain: "exchanges of public steps"}, func(o *sim.Outcome) float64 { return float64(o.PairEpisodes) }),
	perFuture("pair_missteps", "episodes", -1, Words{Name: "pair episodes with a misstep", Row: "… with a misstep",
		Plain: "exchanges of public steps with a misstep"}, func(o *sim.Outcome) float64 { return float64(o.PairMissteps) }),
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

// share is a mean over the cases that a reading of them counts. Arms differ in those
// too, so its difference does not split.
func share(id, unit string, direction int, w Words, own, of func(*sim.CaseOutcome) float64) Outcome {
	o := perCase(id, direction, w, own)
	o.Unit, o.Of, o.Flag = unit, of, false
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

// forgone counts what the other arm has and this one has not. The difference between
// the arms is that of what each lacks.
func forgone() Outcome {
	o := perCase("forgone", -1, Words{Name: "accountability forgone", Row: "accountability forgone (other arm's)",
		Head: "forgone"}, func(c *sim.CaseOutcome) float64 { return -One(c.Rightly) })
	o.Case = func(c, other *sim.CaseOutcome) float64 { return One(other.Rightly && !c.Rightly) }
	return key(o)
}

// perFuture is a mean over replicates.
func perFuture(id, unit string, direction int, w Words, of func(*sim.Outcome) float64) Outcome {
	return Outcome{ID: id, Words: w, Unit: unit, Factor: 1, Direction: direction, Replicate: of}
}

// reached is P(a step of a class and cause by the horizon).
func reached(id string, direction int, w Words, class int, cause sim.Cause) Outcome {
	o := perFuture(id, Probability, direction, w, func(o *sim.Outcome) float64 {
		return One(!math.IsInf(o.First[class][cause], 1))
	})
	o.Flag = true
	return o
}

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
