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
		perCase("missteps", -1, Words{Name: "missteps", Row: "missteps (needless, R3 to R9)", Head: "missteps"},
			misstep(sim.ClassPublic)))),
	key(perCase("avoidable", -1, Words{Name: "avoidable missteps", Label: "… avoidable", Head: "avoidable",
		Short: "avoidable on the evidence"},
		func(c *sim.CaseOutcome) float64 { return Bit(c.Avoidable, sim.ClassPublic) })),
	perCase("missteps_public", -1, Words{Name: "public missteps", Label: "… in public", Row: "… in public (R3 to R6)"},
		func(c *sim.CaseOutcome) float64 { return One(publicMisstep(c)) }),
	perCase("missteps_on_r6", -1, Words{Name: "missteps to R6", Label: "… to R6", Row: "… to R6, relations reduced",
		Plain: "missteps that reduce relations"},
		func(c *sim.CaseOutcome) float64 {
			return onRungs(c.Erred, ladder.ReduceRelations, ladder.ReduceRelations)
		}),
	perCase("missteps_covert", -1, Words{Name: "covert missteps", Label: "… covert", Row: "… covert (R7)"},
		func(c *sim.CaseOutcome) float64 { return One(c.MisstepAt == ladder.CounterOperation) }),
	share("misstep_share", "per 100 hard cases", -1, Words{Name: "missteps per 100 cases answered in public or covertly",
		Label: "… per 100 cases answered at R3 to R9", Row: "… of 100 answered at R3 to R9",
		Plain: "the share of missteps among cases with a public or covert step"}, misstep(sim.ClassPublic), hard, "hard"),
	key(against(func(c *sim.CaseOutcome) int16 { return c.NamedOn },
		perCase("who_or_why", -1, Words{Name: "public steps in error on who or why", Head: "who or why",
			Row:   "public steps in error about who or why",
			Plain: "cases whose first public step would not have been taken, had the state known who did it and why",
			Short: "public, wrong on who or why"},
			whoOrWhy))),
	perCase("who_or_why_only", -1, Words{Name: "error on who or why, but no misstep",
		Row: "… that are no missteps", Plain: "public steps in error about who or why that full knowledge would have taken"},
		func(c *sim.CaseOutcome) float64 { return One(c.WhoOrWhy && !publicMisstep(c)) }),
	perCase("missteps_only", -1, Words{Name: "public missteps, neither who nor why",
		Label: "public missteps, another cause", Row: "public missteps about neither who nor why"},
		func(c *sim.CaseOutcome) float64 { return One(publicMisstep(c) && !c.WhoOrWhy) }),
	key(against(func(c *sim.CaseOutcome) int16 { return c.FalselyOn },
		perCase("false_accusations", -1, Words{Name: "false accusations", Row: "false accusations (who)", Head: "false acc.",
			Short: "innocent state accused"},
			falsely))),
	key(against(func(c *sim.CaseOutcome) int16 { return c.Source },
		perCase("missed", -1, Words{Name: "missed responses", Head: "missed", Short: "attacks unanswered in error"},
			missed))),
	perCase("unanswered", 0, Words{Name: "hostile operations unanswered"},
		func(c *sim.CaseOutcome) float64 { return One(c.Unmet) }),
	perCase("hard", 0, Words{Name: "cases answered in public or covertly", Row: "answered at R3 to R9",
		Plain: "cases answered with a public or covert step"}, hard),
	perCase("public", 0, Words{Name: "cases with a public step", Row: "… with a public step"}, public),
	rare(perCase("withdrawn", 0, Words{Name: "public steps withdrawn"},
		func(c *sim.CaseOutcome) float64 { return One(c.Withdrawn) })),
	inUnit("% of the reference range",
		perCase("regret", -1, Words{Name: "regret per case", Row: "regret, % of utility range",
			Head: "regret, %", Plain: "regret"}, func(c *sim.CaseOutcome) float64 { return c.Regret })),

	forgone(),
	prevented(),

	key(reached("any_misstep", -1, Words{Name: "at least one misstep", Plain: "futures with a misstep",
		Short: "futures with one, of 100"}, sim.ClassPublic,
		sim.Misstep)),
	erred("erred_r6", -1, Words{Name: "at least one misstep to R6", Row: "… to R6, relations reduced",
		Plain: "futures with a misstep that reduces relations"}, ladder.ReduceRelations, ladder.ReduceRelations),
	erred("erred_r7", -1, Words{Name: "at least one covert misstep", Row: "… covert (R7)",
		Plain: "futures with a covert misstep"}, ladder.CounterOperation, ladder.CounterOperation),
	reached("any_induced", -1, Words{Name: "at least one induced step",
		Plain: "futures with a step that a misstep brought about"}, sim.ClassPublic, sim.Induced),
	stood("stood_public", 0, Words{Name: "a public step", Row: "R3 to R6, a public step",
		Plain: "futures with a public step"}, ladder.Public, ladder.ReduceRelations),
	stood("stood_r5", 0, Words{Name: "sanctions or charges", Row: "R5 sanctions, charges",
		Plain: "futures with sanctions or charges"}, ladder.Sanctions, ladder.Sanctions),
	stood("stood_r6", -1, Words{Name: "relations reduced", Row: "R6 relations reduced",
		Plain: "futures with reduced relations"}, ladder.ReduceRelations, ladder.ReduceRelations),
	key(stood("stood_r7", -1, Words{Name: "covert counter-operation", Row: "R7 covert counter-operation",
		Plain: "futures with a covert counter-operation",
		Short: "… a covert strike, of 100"}, ladder.CounterOperation, ladder.CounterOperation)),
	expected("reach_r8", -1, Words{Name: "disruptive operation or harder", Row: "R8 disruptive operation, or harder",
		Plain: "futures with a disruptive operation or harder"}, 3),

	flagPerDecade("missteps_decade", Words{Name: "missteps per ten years", Row: "missteps"}, misstep(sim.ClassPublic)),
	flagPerDecade("who_or_why_decade", Words{Name: "error on who or why per ten years",
		Row: "public steps in error about who or why"}, whoOrWhy),
	flagPerDecade("who_decade", Words{Name: "false accusations per ten years", Row: "false accusations (who)"}, falsely),
	flagPerDecade("missed_decade", Words{Name: "missed responses per ten years", Row: "missed responses"}, missed),
	perDecade("replies_decade", Words{Name: "missteps among replies per ten years",
		Label: "missteps among replies"},
		func(c *sim.CaseOutcome) float64 { return float64(c.Replies) }),

	perFuture("cases", "cases", 0, Words{Name: "cases discovered", Plain: "cases"},
		func(o *sim.Outcome) float64 { return float64(o.Discovered) }),
	perFuture("pair_episodes", "episodes", 0, Words{Name: "pair episodes", Row: "episodes between the states",
		Plain: "exchanges of public steps"}, func(o *sim.Outcome) float64 { return float64(o.PairEpisodes) }),
	perFuture("pair_missteps", "episodes", -1, Words{Name: "pair episodes with a misstep", Row: "… with a misstep",
		Plain: "exchanges of public steps with a misstep"}, func(o *sim.Outcome) float64 { return float64(o.PairMissteps) }),
}

// Levels are outcomes that are read in each arm and never compared: what stands below the
// fraction bar is itself what arms change, so that a difference would mean nothing. They are
// no part of [All], and so of no table of differences.
var Levels = [...]Outcome{
	{ID: "false_share", Words: Words{Name: "false share of public accusations", Row: "… of 100, in each arm by itself",
		Plain: "the share of public accusations that name a state which did not do it"},
		Unit: "per 100 accusations", Factor: 100, Direction: -1,
		Replicate: func(o *sim.Outcome) float64 { return overCases(o, falsely) }, Of: public},
}
