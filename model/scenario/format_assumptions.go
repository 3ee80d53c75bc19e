package scenario

import (
	"slices"
	"strconv"

	"github.com/misstep/misstep/model/param"
)

var assumptionsShape = mapping{what: "assumptions",
	intro: "Beside the keys below, each [parameter](#parameters) may be set for everyone, under its group: " +
		"`choice: {rationality: 30}`.",
	fields: append([]field{
		opt("model", modelShape, "{}", to(func(v *draft, m *Model) { v.Model = *m }), "Choices of method."),
		need("states", table{what: "state", role: roleState, item: stateShape, min: 1, max: maxEntities,
			named: call(func(s *State, name string) { s.Name = name })},
			to(func(v *draft, s *State) { v.States = append(v.States, *s) }), "The states, by name."),
		opt("groups", table{what: "group", role: roleGroup, item: groupShape, max: maxEntities,
			named: call(func(g *Group, name string) { g.Name = name })}, "{}",
			to(func(v *draft, g *Group) { v.Groups = append(v.Groups, *g) }),
			"Non-state sources of incidents, by name."),
		opt("onset", onsetShape, "[]", nil, "Who starts how many incidents against whom."),
		opt("beliefs", list{item: beliefShape, max: maxItems, key: byPair("state", ">", "about")}, "[]",
			to(func(v *draft, b *Belief) { v.Beliefs = append(v.Beliefs, *b) }),
			"What one state starts with toward another, where it differs from `belief.initial` and `tension.initial`."),
		opt("channels",
			table{what: "channel", role: roleChannel, refers: true, max: maxEntities, item: channelParamsShape},
			"{}", nil, "Parameters of single channels, by name."),
		opt("prices", list{item: priceShape, max: maxItems, key: byPair("state", "@", "from")}, "[]",
			to(func(v *draft, p *PriceStep) { v.Prices = append(v.Prices, *p) }),
			"Policy: the price of publishing, from dates on."),
		opt("thaws", list{item: thawShape, max: maxItems, key: byBetween}, "[]",
			to(func(v *draft, t *Thaw) { v.Thaws = append(v.Thaws, *t) }), "Political thaws."),
		opt("shocks", list{item: shockShape, max: maxItems, key: byKey("name")}, "[]",
			to(func(v *draft, s *Shock) { v.Shocks = append(v.Shocks, *s) }), "Scheduled events outside cyber."),
		opt("random_shocks", list{item: randomShockShape, max: maxItems, key: byKey("name")}, "[]",
			to(func(v *draft, s *RandomShock) { v.Randoms = append(v.Randoms, *s) }), "Random events outside cyber."),
		opt("incidents", list{item: incidentShape, max: maxItems, key: byKey("name")}, "[]",
			to(func(v *draft, in *Incident) { v.Incidents = append(v.Incidents, *in) }), "Scheduled incidents."),
	}, paramFields([]string{"onset"}, param.Global, param.State, param.Source, param.Stream, param.Channel)...)}

var modelShape = mapping{what: "model", new: fresh[Model],
	intro: "How things are computed, rather than what is assumed about the world.", fields: []field{
		opt("rule", words("ladder", "stakes"), "ladder", to(func(m *Model, s string) { m.Rule = s }),
			"Decision rule: utilities over the ladder, or the textbook rule of two actions."),
		opt("stakes_rung", plain(rungDomain), "3", to(func(m *Model, x float64) { m.StakesRung = int(x) }),
			"Rule `stakes`: the rung of the escalating action."),
		opt("coupling", words("quantile", "gumbel"), "quantile", to(func(m *Model, s string) { m.Coupling = s }),
			"What keeps the choices of two arms paired."),
		opt("severity", words("posterior", "raw"), "posterior", to(func(m *Model, s string) { m.Severity = s }),
			"Whether a decider corrects perceived severity for noise."),
		opt("lookahead", words("0", "1"), "1", to(func(m *Model, s string) { m.Lookahead, _ = strconv.Atoi(s) }),
			"Whether the expected reply counts."),
		opt("answers", words("fixed", "strategic"), "fixed", to(func(m *Model, s string) { m.Answers = s }),
			"How a question in a channel is answered: with given probabilities, or as it pays."),
		opt("decisions", words("each", "once"), "each", to(func(m *Model, s string) { m.Decisions = s }),
			"One decision at each review, or one a case."),
		opt("waits_from", plain(rungDomain), "3", to(func(m *Model, x float64) { m.WaitsFrom = int(x) }),
			"Lowest rung that waits for a contact under the mechanism `delay`; 1 lets private steps wait too."),
		opt("retraction", yesNo, "false", to(func(m *Model, is bool) { m.Retraction = is }),
			"Whether public steps can be withdrawn."),
		opt("piece_times", list{item: plain(param.SpanOrZero), max: maxItems}, "", to(pieceTimes),
			"Times of further evidence after discovery; default a Poisson stream."),
		opt("piece_signal", words("all", "first"), "all", to(func(m *Model, s string) { m.PieceSignal = s }),
			"Which pieces of evidence carry an intent signal."),
		opt("quiet", plain(param.Span), "180d", to(func(m *Model, d float64) { m.Quiet = d }),
			"Quiet that ends a pair episode."),
		opt("backlog", plain(backlogDomain), "4y", to(func(m *Model, d float64) { m.Backlog = d }),
			"How long before the start states begin to act; such acts are not counted."),
		opt("record", plain(recordDomain), "0", to(func(m *Model, x float64) { m.Record = int(x) }),
			"Publicly known incidents between these states on record, none of them answered at R8 or above: "+
				"what the bound from history rests on; 0 for no such record."),
		opt("max_events", plain(eventsDomain), "50000", to(func(m *Model, x float64) { m.MaxEvents = int(x) }),
			"Events of one replicate and arm above which a run stops."),
	}}

// pieceTimes keeps an empty list apart from none: no further evidence at all.
func pieceTimes(m *Model, all items) {
	m.PieceTimes = []float64{}
	for _, x := range all {
		m.PieceTimes = append(m.PieceTimes, x.(float64))
	}
}

var stateShape = mapping{what: "state", new: fresh[State],
	intro: "May be empty: `China: {}`. Parameters marked state or source may be set here under their group.",
	fields: append([]field{
		opt("observer", yesNo, "false", to(func(s *State, is bool) { s.Observer = is }),
			"Takes no part: no stream, no membership."),
		opt("menu", list{item: rung, min: 1, unique: true}, "",
			to(func(s *State, r int) { s.Menu = append(s.Menu, r) }),
			"Rungs it may choose as a reply; default R0 to R2 and R5 up."),
		opt("confusion", table{what: "culprit", role: roleSource, refers: true, max: maxEntities, item: confusionRow,
			named: func(culprit string, shares any) any { return row{culprit, shares} }}, "", to(addRow),
			"For each true culprit, the probabilities with which a piece of evidence indicates each candidate; "+
				"rows sum to 1. Default from `evidence.skill`."),
	}, paramFields(nil, param.State, param.Source)...)}

var confusionRow = table{what: "indicated culprit", role: roleSource, refers: true, min: 1, max: maxEntities,
	item:  share,
	named: func(culprit string, n any) any { return Share{culprit, n.(Num)} }}

// row is one row of a confusion matrix; its shares are nil when it was refused.
type row struct {
	culprit string
	shares  any
}

func addRow(s *State, r row) {
	if s.Confusion == nil {
		s.Confusion = map[string][]Share{}
	}
	if shares, ok := r.shares.(items); ok {
		for _, x := range shares {
			s.Confusion[r.culprit] = append(s.Confusion[r.culprit], x.(Share))
		}
	}
}

var groupShape = mapping{what: "group", new: fresh[Group],
	intro: "May be empty: `criminals: {}`. Parameters marked source may be set here under their group.",
	fields: append([]field{
		opt("frames", list{item: name(roleState), max: maxEntities, unique: true}, "[]",
			to(func(g *Group, state string) { g.Frames = append(g.Frames, state) }),
			"States at which its false flags point, where they are candidates."),
	}, paramFields(nil, param.Source)...)}

var onsetShape = mapping{what: "onset",
	intro: "A list of streams; or a mapping with the key `streams` beside onset parameters that hold for everyone.",
	inner: "streams", group: "onset", fields: append([]field{
		opt("streams", list{item: streamShape, max: maxItems, key: byPair("source", ">", "victim")}, "[]",
			to(func(v *draft, o *Onset) { v.Onset = append(v.Onset, *o) }),
			"The streams, each called SOURCE>VICTIM in paths."),
	}, paramGroup("onset", param.Global, param.State, param.Source, param.Stream, param.Channel).fields...)}

var streamShape = mapping{what: "stream", new: newStream,
	intro: "Parameters marked onset may be set here under their group.",
	fields: append([]field{
		need("source", name(roleSource), to(func(o *Onset, s string) { o.Source = s }), "Who starts them."),
		need("victim", name(roleState), to(func(o *Onset, s string) { o.Victim = s }), "Whom they hit."),
		need("rate", amount, to(func(o *Onset, n Num) { o.Rate = n }), "Incidents a year."),
		opt("counted", words("known", "started"), "known", to(func(o *Onset, s string) { o.Counted = s }),
			"Whether the rate counts incidents that become known, or all that are started."),
		need("mix", mixShape, to(func(o *Onset, mix *[4]Num) { o.Mix = *mix }), "Weights of the intents."),
		opt("arrivals", yesNo, "true", to(func(o *Onset, is bool) { o.Arrivals = is }),
			"Whether incidents arrive; if not, the rate serves as a prior weight only."),
	}, paramFields(nil, param.Stream)...)}

func newStream(*checker, *node) any { return &Onset{Mix: [4]Num{-1, -1, -1, -1}} }

var mixShape = mapping{what: "mix", new: fresh[[4]Num], fields: mixFields(),
	intro: "At least one weight is above 0; they need not sum to 1."}

func mixFields() []field {
	var out []field
	for i, intent := range IntentNames {
		out = append(out, opt(intent, amount, "", to(func(mix *[4]Num, n Num) { mix[i] = n }), "Weight of "+intent+"."))
	}
	return out
}

var channelParamsShape = mapping{what: "channel parameters", fields: paramFields(nil, param.Channel),
	intro: "Parameters marked channel, under their group: `strength: {clarify: 0.5}`."}

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
			m.fields = append(m.fields, field{key: p.Short(), shape: number{p.Domain, p.ID, false}, doc: p.Doc, param: true})
		}
	}
	return m
}
