package outcome

import (
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// The units that outcomes share.
const (
	PerCases    = "per 100 cases"
	PerBaseline = "per 100 baseline cases"
	PerDecade   = "per ten years"
	Probability = "probability"
)

// All are the outcomes, in the order in which they are shown.
var All = []Outcome{
	key(against(func(c *sim.CaseOutcome) int16 { return c.MisstepOn },
		perCase("missteps", -1, Words{Name: "missteps", Short: "missteps"}, misstep(sim.ClassPublic)))),
	key(perCase("avoidable", -1, Words{Name: "avoidable missteps", Short: "avoidable"},
		func(c *sim.CaseOutcome) float64 { return Bit(c.Avoidable, sim.ClassPublic) })),
	perCase("missteps_public", -1, Words{Name: "public missteps"},
		func(c *sim.CaseOutcome) float64 { return One(publicMisstep(c)) }),
	perCase("missteps_on_r6", -1, Words{Name: "missteps that reduce relations"},
		func(c *sim.CaseOutcome) float64 {
			return onRungs(c.Erred, ladder.ReduceRelations, ladder.ReduceRelations)
		}),
	perCase("missteps_covert", -1, Words{Name: "covert missteps"},
		func(c *sim.CaseOutcome) float64 { return One(c.MisstepAt == ladder.CounterOperation) }),
	share("misstep_share", "per 100 hard cases", -1, Words{Name: "missteps among cases with a step"},
		misstep(sim.ClassPublic), hard, "hard"),
	key(against(func(c *sim.CaseOutcome) int16 { return c.NamedOn },
		perCase("who_or_why", -1, Words{Name: "public errors on who or why", Short: "who or why"}, whoOrWhy))),
	perCase("who_or_why_only", -1, Words{Name: "public errors that are no missteps"},
		func(c *sim.CaseOutcome) float64 { return One(c.WhoOrWhy && !publicMisstep(c)) }),
	perCase("missteps_only", -1, Words{Name: "public missteps of another cause"},
		func(c *sim.CaseOutcome) float64 { return One(publicMisstep(c) && !c.WhoOrWhy) }),
	key(against(func(c *sim.CaseOutcome) int16 { return c.FalselyOn },
		perCase("false_accusations", -1, Words{Name: "false accusations", Short: "false acc."}, falsely))),
	key(against(func(c *sim.CaseOutcome) int16 { return c.Source },
		perCase("missed", -1, Words{Name: "missed responses", Short: "missed"}, missed))),
	perCase("unanswered", 0, Words{Name: "hostile operations unanswered"},
		func(c *sim.CaseOutcome) float64 { return One(c.Unmet) }),
	perCase("hard", 0, Words{Name: "cases with a public or covert step"}, hard),
	perCase("public", 0, Words{Name: "cases with a public step"}, public),
	rare(perCase("withdrawn", 0, Words{Name: "public steps withdrawn"},
		func(c *sim.CaseOutcome) float64 { return One(c.Withdrawn) })),
	inUnit("% of the reference range", perCase("regret", -1, Words{Name: "regret", Short: "regret, %"},
		func(c *sim.CaseOutcome) float64 { return c.Regret })),

	forgone(),
	prevented(),

	key(reached("any_misstep", -1, Words{Name: "futures with a misstep"}, sim.ClassPublic, sim.Misstep)),
	erred("erred_r6", -1, Words{Name: "relations reduced in error"}, ladder.ReduceRelations, ladder.ReduceRelations),
	erred("erred_r7", -1, Words{Name: "futures with a covert misstep"}, ladder.CounterOperation,
		ladder.CounterOperation),
	reached("any_induced", -1, Words{Name: "futures with an induced step"}, sim.ClassPublic, sim.Induced),
	stood("stood_public", 0, Words{Name: "futures with a public step"}, ladder.Public, ladder.ReduceRelations),
	stood("stood_r5", 0, Words{Name: "futures with sanctions or charges"}, ladder.Sanctions, ladder.Sanctions),
	stood("stood_r6", -1, Words{Name: "futures with relations reduced"}, ladder.ReduceRelations,
		ladder.ReduceRelations),
	key(stood("stood_r7", -1, Words{Name: "futures with a covert step"}, ladder.CounterOperation,
		ladder.CounterOperation)),
	expected("reach_r8", -1, Words{Name: "futures with disruption or harder"}, 3),

	flagPerDecade("missteps_decade", Words{Name: "missteps in all cases"}, misstep(sim.ClassPublic)),
	flagPerDecade("who_or_why_decade", Words{Name: "errors on who or why in all cases"}, whoOrWhy),
	flagPerDecade("who_decade", Words{Name: "false accusations in all cases"}, falsely),
	flagPerDecade("missed_decade", Words{Name: "missed responses in all cases"}, missed),
	perDecade("replies_decade", Words{Name: "missteps among replies"},
		func(c *sim.CaseOutcome) float64 { return float64(c.Replies) }),

	perFuture("cases", "cases", 0, Words{Name: "cases discovered"},
		func(o *sim.Outcome) float64 { return float64(o.Discovered) }),
	perFuture("pair_episodes", "episodes", 0, Words{Name: "exchanges of public steps"},
		func(o *sim.Outcome) float64 { return float64(o.PairEpisodes) }),
	perFuture("pair_missteps", "episodes", -1, Words{Name: "exchanges with a misstep"},
		func(o *sim.Outcome) float64 { return float64(o.PairMissteps) }),
}

// Levels are outcomes that are read in each arm and never compared: what stands below the
// fraction bar is itself what arms change, so that a difference would mean nothing. They are
// no part of [All], and so of no table of differences.
var Levels = [...]Outcome{
	{ID: "false_share", Words: Words{Name: "false share of public accusations"},
		Unit: "per 100 accusations", Factor: 100, Direction: -1,
		Replicate: func(o *sim.Outcome) float64 { return overCases(o, falsely) }, Of: public},
}
