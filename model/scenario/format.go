package scenario

import (
	"math"

	"github.com/misstep/misstep/model/param"
)

// The format of a scenario is the tables in format*.go and nothing else: the
// checker, the JSON Schema and the reference are three readings of them.

// Domains of numbers that are no registry parameters.
var (
	horizonDomain = param.Domain{Lo: 0, OpenLo: true, Hi: 50 * param.DaysPerYear, Duration: true, Text: "a duration > 0, at most 50y"}
	backlogDomain = param.Domain{Lo: 0, Hi: 30 * param.DaysPerYear, Duration: true, Text: "a duration ≥ 0, at most 30y"}
	eventsDomain  = param.Domain{Lo: 1, Hi: 10_000_000, Integer: true, Text: "a whole number, 1 to 10000000"}
	recordDomain  = param.Domain{Lo: 0, Hi: 1_000_000, Integer: true, Text: "a whole number ≥ 0"}
	rungDomain    = param.Domain{Lo: 1, Hi: highestRung, Integer: true, Text: "a whole number, 1 to 9"}
	levelDomain   = param.Domain{Lo: 0, OpenLo: true, Hi: 0.5, Text: "above 0, at most 0.5"}
	finiteDomain  = param.Domain{Lo: -math.MaxFloat64, Hi: math.MaxFloat64, Text: "any number"}
)

// Version is the version of the format, the value of the key misstep.
const Version = 1

// Bounds on lists, far above any use: they keep a hostile file cheap.
const (
	maxEntities = 100
	maxItems    = 1000
	maxArms     = 32
)

// format is the shape of a whole scenario.
var format = mapping{what: "scenario", intro: "One file is one scenario.", fields: []field{
	need("misstep", version{}, "Version of the format."),
	need("title", text{maxTitle}, "What a reader sees above every figure."),
	need("start", date{}, "First day; all results count from it."),
	need("horizon", plain{horizonDomain}, "How far the future reaches from the start."),
	opt("scale", slug{}, "standard", "Ladder scale: how high, visible and costly each rung is."),
	opt("card", cardShape, "", "Tells a reader what the scenario is for."),
	need("assumptions", assumptionsShape, "What is taken to be true, in every arm alike."),
	opt("levers", leversShape, "{}", "What can be decided; arms differ in it."),
	need("arms", table{what: "arm", item: edits{}, min: 1, max: maxArms},
		"The futures that are compared, in the order of the figures: each changes some levers. Arms may set "+
			"`channels.NAME.open`, `opens`, `members`, `mandate`, `question` and `meets`, `coalitions.NAME.open` and `summits.NAME.open`; `channels.NAME: null` removes a channel."),
	opt("headline", headlineShape, "", "The contrast that the screen, the figures and `explain` show; required with two or more arms."),
	opt("expect", list{item: expectShape, max: maxItems, key: byKey("id")}, "[]", "What the record says happened, for the backtest."),
}}

var cardShape = mapping{what: "card", fields: []field{
	opt("question", text{maxText}, "", "The question that the scenario answers."),
	opt("shows", text{maxText}, "", "What its result shows."),
	opt("try", list{item: text{maxText}, max: maxEntities}, "[]", "Variations that are worth a run."),
	opt("limits", text{maxText}, "", "What it cannot say."),
	opt("sources", list{item: reading{}, max: maxEntities}, "[]", "Source keys, or sources in words."),
}}

var headlineShape = mapping{what: "headline", fields: []field{
	opt("outcome", text{maxTitle}, "missteps", "The outcome that is compared."),
	opt("baseline", name{role: roleArm}, "", "The arm to compare with; required with two or more arms."),
	opt("treatment", name{role: roleArm}, "", "The arm that is compared; required with two or more arms."),
	opt("horizon", plain{horizonDomain}, "", "How much of the future the headline covers; default all."),
}}

var expectShape = mapping{what: "expectation", fields: []field{
	need("id", name{}, "A short name."),
	need("says", text{maxText}, "What happened, in words."),
	need("source", source{}, "Where that is documented."),
	opt("arm", name{role: roleArm}, "", "The arm that stands for the record; required with two or more arms."),
	need("statistic", statisticShape, "The number that is computed from each replicate's events."),
	need("observed", plain{finiteDomain}, "The number in the record."),
	opt("level", plain{levelDomain}, "0.05", "Tail probability below which the expectation is missed."),
	opt("tail", words("both", "low", "high"), "both", "Which tail counts."),
	opt("known_miss", text{maxText}, "", "Why a miss is accepted."),
}}

var statisticShape = mapping{what: "statistic", fields: []field{
	need("measure", words("count", "any", "first_day", "max_partners", "max_rung", "uptime"), "What is computed from the events that match."),
	opt("event", words("act", "reply", "joint", "denial", "counter", "meeting", "suspension", "lapse", "restoration",
		"discovery", "disclosure", "question", "admission", "retraction"), "", "Kind of event; `uptime` needs none."),
	opt("by", name{role: roleActor}, "", "Who acts; default anyone."),
	opt("against", name{role: roleActor}, "", "At whom; default anyone."),
	opt("incident", name{role: roleIncident}, "", "Only events that descend from this scheduled incident."),
	opt("channel", name{role: roleChannel}, "", "Only events of this channel; `uptime` needs it."),
	opt("cause", words("accusation", "shock"), "", "Suspensions: by what."),
	opt("from", rung{}, "R0", "Acts and replies: lowest rung."),
	opt("to", rung{}, "R9", "Acts and replies: highest rung."),
	opt("after", date{}, "", "Only events on or after this day; default the start."),
	opt("before", date{}, "", "Only events before this day; default the end of the horizon."),
	opt("same_day", yesNo{}, "false", "Only events within a day of a public act of the same case."),
}}
