package scenario

import (
	"slices"

	"github.com/misstep/misstep/model/param"
)

var between = list{item: name(roleState), min: 2, max: 2, unique: true}

var beliefShape = of("belief", func(b *Belief, k *mapping) {
	k.need("state", name(roleState), to(&b.State), "Who holds it.")
	k.need("about", name(roleState), to(&b.About), "About whom.")
	k.opt("status_quo", uncertain(param.OpenUnit), "", to(&b.StatusQuo),
		"Probability that the other is of the status-quo type; default `belief.initial`.")
	k.opt("tension", share, "", to(&b.Tension), "Tension toward the other; default `tension.initial`.")
})

var priceShape = of("price", func(p *PriceStep, k *mapping) {
	k.need("state", name(roleState), to(&p.State), "Whose price.")
	k.need("from", date, to(&p.From), "From which day on.")
	k.need("price", amount, to(&p.Price), "The price, in place of `choice.price`.")
})

var thawShape = of("thaw", func(t *Thaw, k *mapping) {
	k.need("between", between, two(&t.Between), "The two states.")
	k.need("from", date, to(&t.From), "First day.")
	k.need("until", date, to(&t.Until), "Day on which it is over.")
	k.need("level", share, to(&t.Level), "How deep the thaw is.")
})

var shockShape = of("shock", func(s *Shock, k *mapping) {
	k.need("name", name(roleNew), to(&s.Name), "What it is called.")
	k.need("at", date, to(&s.At), "Its day.")
	k.need("between", between, two(&s.Between), "The two states.")
	k.need("tension", share, to(&s.Tension), "Jump of tension in both.")
	k.need("breaks", share, to(&s.Breaks), "Probability that a channel between them is suspended.")
})

var randomShockShape = of("random shock", func(s *RandomShock, k *mapping) {
	k.need("name", name(roleNew), to(&s.Name), "What it is called.")
	k.need("between", between, two(&s.Between), "The two states.")
	k.need("per_year", amount, to(&s.Rate), "Events a year.")
	k.need("tension", share, to(&s.Tension), "Jump of tension in both.")
	k.need("breaks", share, to(&s.Breaks), "Probability that a channel between them is suspended.")
})

const drawn = "drawn"

var incidentShape = of("incident", func(in *Incident, k *mapping) {
	k.new = newIncident
	k.need("name", name(roleNew), to(&in.Name), "What it is called.")
	k.need("victim", name(roleState), to(&in.Victim), "Whom it hits.")
	k.opt("source", name(roleSource, drawn), drawn, by(in.setSource),
		"Who is behind it; `drawn` takes source and intent from the victim's streams, by their rates.")
	k.opt("intent", words(IntentNames[:]...), "", by(in.setIntent),
		"What it is for; required unless the source is drawn, and then drawn with it by default.")
	k.need("at", date, to(&in.At), "Day of its start.")
	k.opt("severity", uncertain(param.SeverityUnit), "", to(&in.Severity), "Severity on the DCID scale; default drawn.")
	k.opt("discovered", span, "", to(&in.Discovered), "Time from start to discovery; default drawn.")
	k.opt("disclosed", span, "", to(&in.Disclosed),
		"Time from discovery to disclosure, a deadline after which silence costs; default drawn.")
	k.opt("burst", uncertain(param.Moves), "", to(&in.Burst),
		"Pieces of evidence that come in a burst after the discovery; default `evidence.burst` of its stream.")
	k.opt("burst_gap", span, "", to(&in.BurstGap), "Mean gap between them; default `evidence.burst_gap` of its stream.")
})

func newIncident(*checker, *node) any { return &Incident{AnyIntent: true} }

func (in *Incident) setIntent(s string) {
	in.Intent, in.AnyIntent = Intent(slices.Index(IntentNames[:], s)), false
}

// May reports whether the incident may come of a stream with this source and intent.
func (in *Incident) May(source string, intent Intent) bool {
	return (in.Source == "" || in.Source == source) && (in.AnyIntent || in.Intent == intent)
}

func (in *Incident) setSource(source string) {
	if source != drawn {
		in.Source = source
	}
}
