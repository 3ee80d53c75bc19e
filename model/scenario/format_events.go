package scenario

import "github.com/misstep/misstep/model/param"

var between = list{item: name{role: roleState}, min: 2, max: 2, unique: true}

var beliefShape = mapping{what: "belief", fields: []field{
	need("state", name{role: roleState}, "Who holds it."),
	need("about", name{role: roleState}, "About whom."),
	opt("status_quo", number{param.OpenUnit, structural}, "", "Probability that the other is of the status-quo type; default `belief.initial`."),
	opt("tension", number{param.Probability, structural}, "", "Tension toward the other; default `tension.initial`."),
}}

var priceShape = mapping{what: "price", fields: []field{
	need("state", name{role: roleState}, "Whose price."),
	need("from", date{}, "From which day on."),
	need("price", number{param.NonNegative, structural}, "The price, in place of `choice.price`."),
}}

var thawShape = mapping{what: "thaw", fields: []field{
	need("between", between, "The two states."),
	need("from", date{}, "First day."),
	need("until", date{}, "Day on which it is over."),
	need("level", number{param.Probability, structural}, "How deep the thaw is."),
}}

var shockShape = mapping{what: "shock", fields: []field{
	need("name", name{}, "What it is called."),
	need("at", date{}, "Its day."),
	need("between", between, "The two states."),
	need("tension", number{param.Probability, structural}, "Jump of tension in both."),
	need("breaks", number{param.Probability, structural}, "Probability that a channel between them is suspended."),
}}

var randomShockShape = mapping{what: "random shock", fields: []field{
	need("name", name{}, "What it is called."),
	need("between", between, "The two states."),
	need("per_year", number{param.NonNegative, structural}, "Events a year."),
	need("tension", number{param.Probability, structural}, "Jump of tension in both."),
	need("breaks", number{param.Probability, structural}, "Probability that a channel between them is suspended."),
}}

const drawn = "drawn"

var incidentShape = mapping{what: "incident", fields: []field{
	need("name", name{}, "What it is called."),
	need("victim", name{role: roleState}, "Whom it hits."),
	opt("source", name{role: roleSource, extra: []string{drawn}}, drawn, "Who is behind it; `drawn` takes source and intent from the victim's streams, by their rates."),
	opt("intent", words(IntentNames[:]...), "", "What it is for; required unless the source is drawn."),
	need("at", date{}, "Day of its start."),
	opt("severity", number{param.SeverityUnit, structural}, "", "Severity on the DCID scale; default drawn."),
	opt("discovered", number{param.SpanOrZero, structural}, "", "Time from start to discovery; default drawn."),
	opt("disclosed", number{param.SpanOrZero, structural}, "", "Time from discovery to disclosure; default drawn."),
}}

var leversShape = mapping{what: "levers", fields: []field{
	opt("channels", table{what: "channel", role: roleChannel, item: channelShape, max: maxEntities, removable: true}, "{}", "Forums between states, by name."),
	opt("coalitions", table{what: "coalition", role: roleCoalition, item: coalitionShape, max: maxEntities}, "{}", "Partners that may join a lead's public step, by name."),
	opt("summits", list{item: summitShape, max: maxItems, key: byKey("name")}, "[]", "Scheduled meetings of leaders."),
}}

var channelShape = mapping{what: "channel", fields: []field{
	perArm(need("members", list{item: name{role: roleState}, min: 2, max: maxEntities, unique: true}, "The states that meet.")),
	perArm(opt("open", yesNo{}, "true", "Whether it exists.")),
	perArm(opt("opens", date{}, "", "The day on which it opens; default before anything happens.")),
	opt("level", words("leaders", "ministers", "officials", "experts"), "officials", "Who meets."),
	opt("track", words("1", "1.5", "2"), "1", "Official (1), mixed (1.5) or unofficial (2)."),
	perArm(opt("meets", yesNo{}, "true", "Whether there are meetings; a hotline has none.")),
	perArm(opt("question", words("culprit", "culprit-and-intent"), "culprit", "What `clarify` asks: was it you, or was it you with hostile intent.")),
	perArm(opt("mandate", list{item: words(MechanismNames[:]...), unique: true}, "[]", "The mechanisms that act; the others are off.")),
}}

var coalitionShape = mapping{what: "coalition", fields: []field{
	need("lead", name{role: roleState}, "The state that leads."),
	perArm(opt("open", yesNo{}, "true", "Whether it exists.")),
	need("partners", table{what: "partner", item: joining{number{param.Probability, structural}}, min: 1, max: maxEntities},
		"Partners, each with the probability of joining when the evidence is certain, or `{}` for `coalition.join`. They need not be states of the scenario."),
}}

var summitShape = mapping{what: "summit", fields: []field{
	need("name", name{}, "What it is called."),
	need("at", date{}, "Its day."),
	need("between", between, "The two states."),
	perArm(opt("open", yesNo{}, "true", "Whether it takes place.")),
	need("relief", number{param.Probability, structural}, "Share of tension that it removes."),
	need("restores", number{param.Probability, structural}, "Probability that it restores each channel between them that is down."),
}}
