package scenario

import (
	"strconv"

	"github.com/misstep/misstep/model/param"
)

var assumptionsShape = of("assumptions", func(v *draft, k *mapping) {
	k.new = nil // they are written into the scenario itself
	k.intro = "Beside the keys below, each [parameter](#parameters) may be set for everyone, under its group: " +
		"`choice: {rationality: 30}`."
	k.opt("model", modelShape, "{}", to(&v.Model), "Choices of method.")
	k.need("states", table{what: "state", role: roleState, item: stateShape, min: 1, max: maxEntities},
		each(&v.States), "The states, by name.")
	k.opt("groups", table{what: "group", role: roleGroup, item: groupShape, max: maxEntities}, "{}", each(&v.Groups),
		"Non-state sources of incidents, by name.")
	k.opt("onset", onsetShape, "[]", nil, "Who starts how many incidents against whom.")
	k.opt("beliefs", keyedList(beliefShape, byPair("state", ">", "about")), "[]", each(&v.Beliefs),
		"What one state starts with toward another, where it differs from `belief.initial` and `tension.initial`.")
	k.opt("channels", table{what: "channel", role: roleChannel, refers: true, max: maxEntities,
		item: channelParamsShape}, "{}", nil, "Parameters of single channels, by name.")
	k.opt("prices", keyedList(priceShape, byPair("state", "@", "from")), "[]", each(&v.Prices),
		"Policy: the price of publishing, from dates on.")
	k.opt("thaws", keyedList(thawShape, byBetween), "[]", each(&v.Thaws), "Political thaws.")
	k.opt("shocks", keyedList(shockShape, byKey("name")), "[]", each(&v.Shocks), "Scheduled events outside cyber.")
	k.opt("random_shocks", keyedList(randomShockShape, byKey("name")), "[]", each(&v.Randoms),
		"Random events outside cyber.")
	k.opt("incidents", keyedList(incidentShape, byKey("name")), "[]", each(&v.Incidents), "Scheduled incidents.")
	k.parameters(param.Global, param.State, param.Source, param.Stream, param.Channel)
})

var modelShape = of("model", func(m *Model, k *mapping) {
	k.intro = "How things are computed, rather than what is assumed about the world."
	k.opt("rule", words("ladder", "stakes"), "ladder", to(&m.Rule),
		"Decision rule: utilities over the ladder, or the textbook rule of two actions.")
	k.opt("stakes_rung", plain(rungDomain), "3", whole(&m.StakesRung),
		"Rule `stakes`: the rung of the escalating action.")
	k.opt("coupling", words("quantile", "gumbel"), "quantile", to(&m.Coupling),
		"What keeps the choices of two arms paired.")
	k.opt("severity", words("posterior", "raw"), "posterior", to(&m.Severity),
		"Whether a decider corrects perceived severity for noise.")
	k.opt("lookahead", words("0", "1"), "1", by(func(s string) { m.Lookahead, _ = strconv.Atoi(s) }),
		"Whether the expected reply counts.")
	k.opt("answers", words("fixed", "strategic"), "fixed", to(&m.Answers),
		"How a question in a channel is answered: with given probabilities, or as it pays.")
	k.opt("decisions", words("each", "once"), "each", to(&m.Decisions), "One decision at each review, or one a case.")
	k.opt("waits_from", plain(rungDomain), "3", whole(&m.WaitsFrom),
		"Lowest rung that waits for a contact under the mechanism `delay`; 1 lets private steps wait too.")
	k.opt("retraction", yesNo, "false", to(&m.Retraction), "Whether public steps can be withdrawn.")
	k.opt("piece_times", list{item: plain(param.SpanOrZero), max: maxItems}, "", by(m.setPieceTimes),
		"Times of further evidence after discovery; default a Poisson stream.")
	k.opt("piece_signal", words("all", "first"), "all", to(&m.PieceSignal),
		"Which pieces of evidence carry an intent signal.")
	k.opt("quiet", plain(param.Span), "180d", to(&m.Quiet), "Quiet that ends a pair episode.")
	k.opt("backlog", plain(backlogDomain), "4y", to(&m.Backlog),
		"How long before the start states begin to act; such acts are not counted.")
	k.opt("record", plain(recordDomain), "0", whole(&m.Record),
		"Publicly known incidents on record between these states, and others that stand for them, none of them "+
			"answered at R8 or above: what the bound from history rests on; 0 for no such record.")
	k.opt("max_events", plain(eventsDomain), "50000", whole(&m.MaxEvents),
		"Events of one replicate and arm above which a run stops; see [bounds](#bounds).")
})

// setPieceTimes keeps an empty list apart from none: no further evidence at all.
func (m *Model) setPieceTimes(all items) {
	m.PieceTimes = []float64{}
	for _, x := range all {
		m.PieceTimes = append(m.PieceTimes, x.(float64))
	}
}

var stateShape = of("state", func(s *State, k *mapping) {
	k.name = to(&s.Name)
	k.intro = "May be empty: `China: {}`. Parameters marked state or source may be set here under their group."
	k.opt("observer", yesNo, "false", to(&s.Observer), "Takes no part: no stream, no membership.")
	k.opt("menu", list{item: rung, min: 1, unique: true}, "", each(&s.Menu),
		"Rungs it may choose as a reply; default R0 to R2 and R5 up.")
	k.opt("confusion", table{what: "culprit", role: roleSource, refers: true, max: maxEntities, item: confusionRow,
		named: func(culprit string, shares any) any { return row{culprit, shares} }}, "", by(s.setRows),
		"For each true culprit, the probabilities with which a piece of evidence indicates each candidate; rows sum "+
			"to 1. Default from `evidence.skill`.")
	k.parameters(param.State, param.Source)
})

var confusionRow = table{what: "indicated culprit", role: roleSource, refers: true, min: 1, max: maxEntities,
	item:  share,
	named: func(culprit string, n any) any { return Share{culprit, n.(Num)} }}

// row is one row of a confusion matrix; its shares are nil when it was refused.
type row struct {
	culprit string
	shares  any
}

func (s *State) setRows(rows items) {
	for _, r := range rows {
		if s.Confusion == nil {
			s.Confusion = map[string][]Share{}
		}
		shares, _ := r.(row).shares.(items)
		for _, x := range shares {
			s.Confusion[r.(row).culprit] = append(s.Confusion[r.(row).culprit], x.(Share))
		}
	}
}

var groupShape = of("group", func(g *Group, k *mapping) {
	k.name = to(&g.Name)
	k.intro = "May be empty: `criminals: {}`. Parameters marked source may be set here under their group."
	k.opt("frames", list{item: name(roleState), max: maxEntities, unique: true}, "[]", each(&g.Frames),
		"States at which its false flags point, where they are candidates.")
	k.parameters(param.Source)
})

var onsetShape = of("onset", func(v *draft, k *mapping) {
	k.new = nil // they are written into the scenario itself
	k.intro = "A list of streams; or a mapping with the key `streams` beside onset parameters that hold for everyone."
	k.inner, k.group = "streams", "onset"
	k.opt("streams", keyedList(streamShape, byPair("source", ">", "victim")), "[]", each(&v.Onset),
		"The streams, each called SOURCE>VICTIM in paths.")
	k.fields = append(k.fields, paramGroup("onset", param.Global, param.State, param.Source, param.Stream,
		param.Channel).fields...)
})

var streamShape = of("stream", func(o *Onset, k *mapping) {
	k.intro = "Parameters marked onset may be set here under their group."
	k.new = newStream
	k.need("source", name(roleSource), to(&o.Source), "Who starts them.")
	k.need("victim", name(roleState), to(&o.Victim), "Whom they hit.")
	k.need("rate", amount, to(&o.Rate), "Incidents a year.")
	k.opt("counted", words("known", "started"), "known", to(&o.Counted),
		"Whether the rate counts incidents that become known, or all that are started.")
	k.need("mix", mixShape, to(&o.Mix), "Weights of the intents.")
	k.opt("arrivals", yesNo, "true", to(&o.Arrivals),
		"Whether incidents arrive; if not, the rate serves as a prior weight only.")
	k.parameters(param.Stream)
})

func newStream(*checker, *node) any { return &Onset{Mix: [4]Num{-1, -1, -1, -1}} }

var mixShape = of("mix", func(mix *[4]Num, k *mapping) {
	k.intro = "At least one weight is above 0; they need not sum to 1."
	for i, intent := range IntentNames {
		k.opt(intent, amount, "", to(&mix[i]), "Weight of "+intent+".")
	}
})

var channelParamsShape = of("channel parameters", func(_ *draft, k *mapping) {
	k.new = nil // they are written into the scenario itself
	k.intro = "Parameters marked channel, under their group: `strength: {clarify: 0.5}`."
	k.parameters(param.Channel)
})
