package scenario

import (
	"slices"

	"github.com/misstep/misstep/model/param"
)

var assumptionsShape = mapping{what: "assumptions",
	intro: "Beside the keys below, each [parameter](#parameters) may be set for everyone, under its group: `choice: {rationality: 30}`.",
	fields: append([]field{
		opt("model", modelShape, "{}", "Choices of method."),
		need("states", table{what: "state", role: roleState, item: stateShape, min: 1, max: maxEntities}, "The states, by name."),
		opt("groups", table{what: "group", role: roleGroup, item: groupShape, max: maxEntities}, "{}", "Non-state sources of incidents, by name."),
		opt("onset", onsetShape, "[]", "Who starts how many incidents against whom."),
		opt("beliefs", list{item: beliefShape, max: maxItems, key: byPair("state", ">", "about")}, "[]", "What one state starts with toward another, where it differs from `belief.initial` and `tension.initial`."),
		opt("channels", table{what: "channel", role: roleChannel, refers: true, max: maxEntities, item: channelParamsShape},
			"{}", "Parameters of single channels, by name."),
		opt("prices", list{item: priceShape, max: maxItems, key: byPair("state", "@", "from")}, "[]", "Policy: the price of publishing, from dates on."),
		opt("thaws", list{item: thawShape, max: maxItems, key: byBetween}, "[]", "Political thaws."),
		opt("shocks", list{item: shockShape, max: maxItems, key: byKey("name")}, "[]", "Scheduled events outside cyber."),
		opt("random_shocks", list{item: randomShockShape, max: maxItems, key: byKey("name")}, "[]", "Random events outside cyber."),
		opt("incidents", list{item: incidentShape, max: maxItems, key: byKey("name")}, "[]", "Scheduled incidents."),
	}, paramFields([]string{"onset"}, param.Global, param.State, param.Source, param.Stream, param.Channel)...)}

var modelShape = mapping{what: "model", intro: "How things are computed, rather than what is assumed about the world.", fields: []field{
	opt("rule", words("ladder", "stakes"), "ladder", "Decision rule: utilities over the ladder, or the textbook rule of two actions."),
	opt("stakes_rung", plain{rungDomain}, "3", "Rule `stakes`: the rung of the escalating action."),
	opt("coupling", words("quantile", "gumbel"), "quantile", "What keeps the choices of two arms paired."),
	opt("severity", words("posterior", "raw"), "posterior", "Whether a decider corrects perceived severity for noise."),
	opt("lookahead", words("0", "1"), "1", "Whether the expected reply counts."),
	opt("answers", words("fixed", "strategic"), "fixed", "How a question in a channel is answered: with given probabilities, or as it pays."),
	opt("decisions", words("each", "once"), "each", "One decision at each review, or one a case."),
	opt("waits_from", plain{rungDomain}, "3", "Lowest rung that waits for a contact under the mechanism `delay`; 1 lets private steps wait too."),
	opt("retraction", yesNo{}, "false", "Whether public steps can be withdrawn."),
	opt("piece_times", list{item: plain{param.SpanOrZero}, max: maxItems}, "", "Times of further evidence after discovery; default a Poisson stream."),
	opt("piece_signal", words("all", "first"), "all", "Which pieces of evidence carry an intent signal."),
	opt("quiet", plain{param.Span}, "180d", "Quiet that ends a pair episode."),
	opt("backlog", plain{backlogDomain}, "4y", "How long before the start states begin to act; such acts are not counted."),
	opt("record", plain{recordDomain}, "0", "Publicly known incidents between these states on record, none of them answered at R8 or above: what the bound from history rests on; 0 for no such record."),
	opt("max_events", plain{eventsDomain}, "50000", "Events of one replicate and arm above which a run stops."),
}}

var stateShape = mapping{what: "state", intro: "May be empty: `China: {}`. Parameters marked state or source may be set here under their group.",
	fields: append([]field{
		opt("observer", yesNo{}, "false", "Takes no part: no stream, no membership."),
		opt("menu", list{item: rung{}, min: 1, unique: true}, "", "Rungs it may choose as a reply; default R0 to R2 and R5 up."),
		opt("confusion", table{what: "culprit", role: roleSource, refers: true, max: maxEntities,
			item: table{what: "indicated culprit", role: roleSource, refers: true, min: 1, max: maxEntities, item: number{param.Probability, structural}}},
			"", "For each true culprit, the probabilities with which a piece of evidence indicates each candidate; rows sum to 1. Default from `evidence.skill`."),
	}, paramFields(nil, param.State, param.Source)...)}

var groupShape = mapping{what: "group", intro: "May be empty: `criminals: {}`. Parameters marked source may be set here under their group.",
	fields: append([]field{
		opt("frames", list{item: name{role: roleState}, max: maxEntities, unique: true}, "[]", "States at which its false flags point, where they are candidates."),
	}, paramFields(nil, param.Source)...)}

var onsetShape = mapping{what: "onset",
	intro: "A list of streams; or a mapping with the key `streams` beside onset parameters that hold for everyone.",
	inner: "streams", group: "onset", fields: append([]field{
		opt("streams", list{item: streamShape, max: maxItems, key: byPair("source", ">", "victim")}, "[]", "The streams, each called SOURCE>VICTIM in paths."),
	}, paramGroup("onset", param.Global, param.State, param.Source, param.Stream, param.Channel).fields...)}

var streamShape = mapping{what: "stream", intro: "Parameters marked onset may be set here under their group.",
	fields: append([]field{
		need("source", name{role: roleSource}, "Who starts them."),
		need("victim", name{role: roleState}, "Whom they hit."),
		need("rate", number{param.NonNegative, structural}, "Incidents a year."),
		opt("counted", words("known", "started"), "known", "Whether the rate counts incidents that become known, or all that are started."),
		need("mix", mixShape, "Weights of the intents."),
		opt("arrivals", yesNo{}, "true", "Whether incidents arrive; if not, the rate serves as a prior weight only."),
	}, paramFields(nil, param.Stream)...)}

var mixShape = mapping{what: "mix", intro: "At least one weight is above 0; they need not sum to 1.", fields: mixFields()}

func mixFields() []field {
	var out []field
	for _, intent := range IntentNames {
		out = append(out, opt(intent, number{param.NonNegative, structural}, "", "Weight of "+intent+"."))
	}
	return out
}

var channelParamsShape = mapping{what: "channel parameters", intro: "Parameters marked channel, under their group: `strength: {clarify: 0.5}`.",
	fields: paramFields(nil, param.Channel)}

// paramFields makes a key for each group that has parameters of the scopes,
// without the groups in skip.
func paramFields(skip []string, scopes ...param.Scope) []field {
	var out []field
	for _, g := range param.Groups() {
		if m := paramGroup(g, scopes...); len(m.fields) > 0 && !slices.Contains(skip, g) {
			out = append(out, field{key: g, shape: m, doc: "Parameters of group " + g + ".", param: true})
		}
	}
	return out
}

// paramGroup is the mapping of one group's parameters of the scopes.
func paramGroup(group string, scopes ...param.Scope) mapping {
	m := mapping{what: group + " parameters", group: group}
	for _, p := range param.All() {
		if p.Group() == group && slices.Contains(scopes, p.Scope) {
			m.fields = append(m.fields, field{key: p.Short(), shape: number{p.Domain, p.ID}, doc: p.Doc, param: true})
		}
	}
	return m
}
