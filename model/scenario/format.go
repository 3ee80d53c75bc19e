package scenario

import (
	"math"

	"github.com/misstep/misstep/model/param"
)

// The format of a scenario is the tables in format*.go and nothing else: the
// checker, the JSON Schema and the reference are three readings of them. A key is
// one entry: its name, its shape, where its value goes, and what it means.

// Domains of numbers that are no registry parameters.
var (
	horizonDomain = param.Domain{OpenLo: true, Hi: 50 * param.DaysPerYear, Duration: true,
		Text: "a duration > 0, at most 50y"}
	backlogDomain = param.Domain{Hi: 30 * param.DaysPerYear, Duration: true, Text: "a duration ≥ 0, at most 30y"}
	eventsDomain  = param.Domain{Lo: 1, Hi: 200_000, Integer: true, Text: "a whole number, 1 to 200000"}
	recordDomain  = param.Domain{Hi: 1_000_000, Integer: true, Text: "a whole number ≥ 0"}
	rungDomain    = param.Domain{Lo: 1, Hi: highestRung, Integer: true, Text: "a whole number, 1 to 9"}
	cadenceDomain = param.Domain{Lo: 1, Hi: 10 * param.DaysPerYear, Duration: true, Text: "a duration, 1d to 10y"}
	waitDomain    = param.Domain{Hi: 50 * param.DaysPerYear, Duration: true,
		Text: "duration of at most 50 years, 0 allowed"}
	tensionDomain = param.Domain{OpenLo: true, Hi: 1, Text: "above 0, at most 1"}
	levelDomain   = param.Domain{OpenLo: true, Hi: 0.5, Text: "above 0, at most 0.5"}
	finiteDomain  = param.Domain{Lo: -math.MaxFloat64, Hi: math.MaxFloat64, Text: "any number"}
)

// Numbers that may be uncertain and are no registry parameters.
var (
	share        = uncertain(param.Probability)
	amount       = uncertain(param.NonNegative)
	span         = uncertain(param.SpanOrZero)
	shareOrEmpty = number{param.Probability, structural, true}
)

// Version is the version of the format, the value of the key misstep.
const Version = 1

// Bounds on lists, far above any use: they keep a hostile file cheap.
const (
	maxEntities = 100
	maxChannels = 64 // a bit each for the commitments that hold
	maxItems    = 1000
	maxArms     = 32
)

// draft is a scenario while it is read.
type draft struct {
	Scenario
	changes []armChanges
}

type armChanges struct {
	arm  string
	node *node
}

func changesOf(arm string, n any) any { return armChanges{arm, n.(*node)} }

// format is the shape of a whole scenario.
var format = of("scenario", func(v *draft, k *mapping) {
	k.intro = "One file is one scenario."
	k.need("misstep", version, nil, "Version of the format.")
	k.need("title", text(maxTitle), to(&v.Title), "What a reader sees above every figure.")
	k.need("start", firstDay, to(&v.Start), "First day; all results count from it.")
	k.need("horizon", plain(horizonDomain), to(&v.Horizon), "How far the future reaches from the start.")
	k.opt("scale", slug, "standard", to(&v.Scale), "Ladder scale: how high, visible and costly each rung is.")
	k.opt("card", cardShape, "", to(&v.Card), "Tells a reader what the scenario is for.")
	k.need("assumptions", assumptionsShape, nil, "What is taken to be true, in every arm alike.")
	k.opt("levers", leversShape, "{}", nil, "What can be decided; arms differ in it.")
	k.need("arms", table{what: "arm", item: edits{}, min: 1, max: maxArms, asWritten: true, named: changesOf},
		each(&v.changes),
		"The futures that are compared, in the order of the figures: each changes some levers. Arms may set "+
			"`channels.NAME.open`, `opens`, `closes`, `members`, `mandate`, `question`, `meets` and `cadence`, "+
			"`coalitions.NAME.open` and `summits.NAME.open`; `channels.NAME: null` removes a channel.")
	k.opt("headline", headlineShape, "", to(&v.Headline),
		"The contrast that the screen, the figures and `explain` show; required with two or more arms.")
	k.opt("expect", keyedList(expectShape, byKey("id")), "[]", each(&v.Expect),
		"What the record says happened, for the backtest.")
})

var cardShape = of("card", func(c *Card, k *mapping) {
	k.opt("question", text(maxText), "", to(&c.Question), "The question that the scenario answers.")
	k.opt("shows", text(maxText), "", to(&c.Shows), "What its result shows.")
	k.opt("try", list{item: text(maxText), max: maxEntities}, "[]", each(&c.Try), "Variations that are worth a run.")
	k.opt("limits", text(maxText), "", to(&c.Limits), "What it cannot say.")
	k.opt("sources", list{item: reading, max: maxEntities}, "[]", each(&c.Sources), "Source keys, or sources in words.")
})

var headlineShape = of("headline", func(h *Headline, k *mapping) {
	k.opt("outcome", text(maxTitle), "missteps", to(&h.Outcome), "The outcome that is compared.")
	k.opt("baseline", name(roleArm), "", to(&h.Baseline), "The arm to compare with; required with two or more arms.")
	k.opt("treatment", name(roleArm), "", to(&h.Treatment), "The arm that is compared; required with two or more arms.")
	k.opt("horizon", plain(horizonDomain), "", to(&h.Horizon),
		"How much of the future the headline covers; default all.")
})

var expectShape = of("expectation", func(e *Expectation, k *mapping) {
	k.new = newExpectation
	k.need("id", name(roleNew), to(&e.ID), "A short name.")
	k.need("says", text(maxText), to(&e.Says), "What happened, in words.")
	k.need("source", source, to(&e.Source), "Where that is documented.")
	k.opt("arm", name(roleArm), "", to(&e.Arm), "The arm that stands for the record; required with two or more arms.")
	k.need("statistic", statisticShape, to(&e.Statistic), "The number that is computed from each replicate's events.")
	k.need("observed", plain(finiteDomain), to(&e.Observed),
		"The number in the record, such as the measure can be: of `any` 0 or 1, of `uptime` a share, else 0 or more.")
	k.opt("level", plain(levelDomain), "0.05", to(&e.Level), "Tail probability below which the expectation is missed.")
	k.opt("tail", words("both", "low", "high"), "both", to(&e.Tail), "Which tail counts.")
	k.opt("known_miss", text(maxText), "", to(&e.KnownMiss), "Why a miss is accepted.")
})

func newExpectation(c *checker, n *node) any {
	e := &Expectation{Line: n.line, Statistic: *newStatistic(c, n).(*Statistic)}
	if n.layer != nil {
		e.Line = 0
	}
	return e
}

var statisticShape = of("statistic", func(s *Statistic, k *mapping) {
	k.new = newStatistic
	k.need("measure", words("count", "any", "first_day", "max_partners", "max_rung", "uptime"), to(&s.Measure),
		"What is computed from the events that match.")
	k.opt("event", words("act", "reply", "joint", "denial", "counter", "meeting", "suspension", "lapse", "restoration",
		"discovery", "disclosure", "question", "admission", "retraction"), "", to(&s.Event),
		"Kind of event; `uptime` needs none.")
	k.opt("by", name(roleActor), "", to(&s.By), "Who acts; default anyone.")
	k.opt("against", name(roleActor), "", to(&s.Against), "At whom; default anyone.")
	k.opt("incident", name(roleIncident), "", to(&s.Incident), "Only events that descend from this scheduled incident.")
	k.opt("channel", name(roleChannel), "", to(&s.Channel), "Only events of this channel; `uptime` needs it.")
	k.opt("cause", words("accusation", "shock"), "", to(&s.Cause), "Suspensions: by what.")
	k.opt("from", rung, "R0", to(&s.FromRung), "Acts and replies: lowest rung.")
	k.opt("to", rung, "R9", to(&s.ToRung), "Acts and replies: highest rung.")
	k.opt("after", date, "", to(&s.After), "Only events on or after this day; default the start.")
	k.opt("before", date, "", to(&s.Before), "Only events before this day; default the end of the horizon.")
	k.opt("same_day", yesNo, "false", to(&s.SameDay), "Only events within a day of a public act of the same case.")
})

func newStatistic(c *checker, _ *node) any { return &Statistic{Before: c.first.Horizon} }
