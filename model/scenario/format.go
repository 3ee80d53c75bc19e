package scenario

import (
	"math"
	"time"

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
	eventsDomain  = param.Domain{Lo: 1, Hi: 10_000_000, Integer: true, Text: "a whole number, 1 to 10000000"}
	recordDomain  = param.Domain{Hi: 1_000_000, Integer: true, Text: "a whole number ≥ 0"}
	rungDomain    = param.Domain{Lo: 1, Hi: highestRung, Integer: true, Text: "a whole number, 1 to 9"}
	levelDomain   = param.Domain{OpenLo: true, Hi: 0.5, Text: "above 0, at most 0.5"}
	finiteDomain  = param.Domain{Lo: -math.MaxFloat64, Hi: math.MaxFloat64, Text: "any number"}
)

// Numbers that may be uncertain and are no registry parameters.
var (
	share  = uncertain(param.Probability)
	amount = uncertain(param.NonNegative)
	span   = uncertain(param.SpanOrZero)

	shareOrEmpty = number{param.Probability, structural, true}
)

// Version is the version of the format, the value of the key misstep.
const Version = 1

// Bounds on lists, far above any use: they keep a hostile file cheap.
const (
	maxEntities = 100
	maxItems    = 1000
	maxArms     = 32
)

// draft is a scenario while it is read.
type draft struct {
	Scenario
	changes []armChanges
}

// armChanges are what an arm changes in the levers.
type armChanges struct {
	arm  string
	node *node
}

// format is the shape of a whole scenario.
var format = mapping{what: "scenario", intro: "One file is one scenario.", new: fresh[draft], fields: []field{
	need("misstep", version, nil, "Version of the format."),
	need("title", text(maxTitle), to(func(v *draft, s string) { v.Title = s }),
		"What a reader sees above every figure."),
	need("start", firstDay, to(func(v *draft, t time.Time) { v.Start = t }), "First day; all results count from it."),
	need("horizon", plain(horizonDomain), to(func(v *draft, d float64) { v.Horizon = d }),
		"How far the future reaches from the start."),
	opt("scale", slug, "standard", to(func(v *draft, s string) { v.Scale = s }),
		"Ladder scale: how high, visible and costly each rung is."),
	opt("card", cardShape, "", to(func(v *draft, c *Card) { v.Card = *c }), "Tells a reader what the scenario is for."),
	need("assumptions", assumptionsShape, nil, "What is taken to be true, in every arm alike."),
	opt("levers", leversShape, "{}", nil, "What can be decided; arms differ in it."),
	need("arms", table{what: "arm", item: edits{}, min: 1, max: maxArms, asWritten: true,
		named: func(arm string, n any) any { return armChanges{arm, n.(*node)} }},
		to(func(v *draft, c armChanges) { v.changes = append(v.changes, c) }),
		"The futures that are compared, in the order of the figures: each changes some levers. Arms may set "+
			"`channels.NAME.open`, `opens`, `members`, `mandate`, `question` and `meets`, `coalitions.NAME.open` and "+
			"`summits.NAME.open`; `channels.NAME: null` removes a channel."),
	opt("headline", headlineShape, "", to(func(v *draft, h *Headline) { v.Headline = *h }),
		"The contrast that the screen, the figures and `explain` show; required with two or more arms."),
	opt("expect", list{item: expectShape, max: maxItems, key: byKey("id")}, "[]",
		to(func(v *draft, e *Expectation) { v.Expect = append(v.Expect, *e) }),
		"What the record says happened, for the backtest."),
}}

var cardShape = mapping{what: "card", new: fresh[Card], fields: []field{
	opt("question", text(maxText), "", to(func(c *Card, s string) { c.Question = s }),
		"The question that the scenario answers."),
	opt("shows", text(maxText), "", to(func(c *Card, s string) { c.Shows = s }), "What its result shows."),
	opt("try", list{item: text(maxText), max: maxEntities}, "[]",
		to(func(c *Card, s string) { c.Try = append(c.Try, s) }),
		"Variations that are worth a run."),
	opt("limits", text(maxText), "", to(func(c *Card, s string) { c.Limits = s }), "What it cannot say."),
	opt("sources", list{item: reading, max: maxEntities}, "[]",
		to(func(c *Card, s string) { c.Sources = append(c.Sources, s) }), "Source keys, or sources in words."),
}}

var headlineShape = mapping{what: "headline", new: fresh[Headline], fields: []field{
	opt("outcome", text(maxTitle), "missteps", to(func(h *Headline, s string) { h.Outcome = s }),
		"The outcome that is compared."),
	opt("baseline", name(roleArm), "", to(func(h *Headline, s string) { h.Baseline = s }),
		"The arm to compare with; required with two or more arms."),
	opt("treatment", name(roleArm), "", to(func(h *Headline, s string) { h.Treatment = s }),
		"The arm that is compared; required with two or more arms."),
	opt("horizon", plain(horizonDomain), "", to(func(h *Headline, d float64) { h.Horizon = d }),
		"How much of the future the headline covers; default all."),
}}

var expectShape = mapping{what: "expectation", new: newExpectation, fields: []field{
	need("id", name(roleNew), to(func(e *Expectation, s string) { e.ID = s }), "A short name."),
	need("says", text(maxText), to(func(e *Expectation, s string) { e.Says = s }), "What happened, in words."),
	need("source", source, to(func(e *Expectation, s string) { e.Source = s }), "Where that is documented."),
	opt("arm", name(roleArm), "", to(func(e *Expectation, s string) { e.Arm = s }),
		"The arm that stands for the record; required with two or more arms."),
	need("statistic", statisticShape, to(func(e *Expectation, s *Statistic) { e.Statistic = *s }),
		"The number that is computed from each replicate's events."),
	need("observed", plain(finiteDomain), to(func(e *Expectation, x float64) { e.Observed = x }),
		"The number in the record."),
	opt("level", plain(levelDomain), "0.05", to(func(e *Expectation, x float64) { e.Level = x }),
		"Tail probability below which the expectation is missed."),
	opt("tail", words("both", "low", "high"), "both", to(func(e *Expectation, s string) { e.Tail = s }),
		"Which tail counts."),
	opt("known_miss", text(maxText), "", to(func(e *Expectation, s string) { e.KnownMiss = s }),
		"Why a miss is accepted."),
}}

func newExpectation(c *checker, n *node) any {
	e := &Expectation{Line: n.line, Statistic: *newStatistic(c, n).(*Statistic)}
	if n.layer != nil {
		e.Line = 0
	}
	return e
}

var statisticShape = mapping{what: "statistic", new: newStatistic, fields: []field{
	need("measure", words("count", "any", "first_day", "max_partners", "max_rung", "uptime"),
		to(func(s *Statistic, w string) { s.Measure = w }), "What is computed from the events that match."),
	opt("event", words("act", "reply", "joint", "denial", "counter", "meeting", "suspension", "lapse", "restoration",
		"discovery", "disclosure", "question", "admission", "retraction"), "",
		to(func(s *Statistic, w string) { s.Event = w }), "Kind of event; `uptime` needs none."),
	opt("by", name(roleActor), "", to(func(s *Statistic, w string) { s.By = w }), "Who acts; default anyone."),
	opt("against", name(roleActor), "", to(func(s *Statistic, w string) { s.Against = w }),
		"At whom; default anyone."),
	opt("incident", name(roleIncident), "", to(func(s *Statistic, w string) { s.Incident = w }),
		"Only events that descend from this scheduled incident."),
	opt("channel", name(roleChannel), "", to(func(s *Statistic, w string) { s.Channel = w }),
		"Only events of this channel; `uptime` needs it."),
	opt("cause", words("accusation", "shock"), "", to(func(s *Statistic, w string) { s.Cause = w }),
		"Suspensions: by what."),
	opt("from", rung, "R0", to(func(s *Statistic, r int) { s.FromRung = r }), "Acts and replies: lowest rung."),
	opt("to", rung, "R9", to(func(s *Statistic, r int) { s.ToRung = r }), "Acts and replies: highest rung."),
	opt("after", date, "", to(func(s *Statistic, day float64) { s.After = day }),
		"Only events on or after this day; default the start."),
	opt("before", date, "", to(func(s *Statistic, day float64) { s.Before = day }),
		"Only events before this day; default the end of the horizon."),
	opt("same_day", yesNo, "false", to(func(s *Statistic, is bool) { s.SameDay = is }),
		"Only events within a day of a public act of the same case."),
}}

func newStatistic(c *checker, _ *node) any { return &Statistic{Before: c.first.Horizon} }
