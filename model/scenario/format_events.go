package scenario

import (
	"slices"

	"github.com/misstep/misstep/model/param"
)

var between = list{item: name(roleState), min: 2, max: 2, unique: true}

// pair is the two states of a list; none where one of them was refused.
func pair(states items) [2]string {
	if len(states) != 2 {
		return [2]string{}
	}
	return [2]string{states[0].(string), states[1].(string)}
}

var beliefShape = mapping{what: "belief", new: fresh[Belief], fields: []field{
	need("state", name(roleState), to(func(b *Belief, s string) { b.State = s }), "Who holds it."),
	need("about", name(roleState), to(func(b *Belief, s string) { b.About = s }), "About whom."),
	opt("status_quo", uncertain(param.OpenUnit), "", to(func(b *Belief, n Num) { b.StatusQuo = n }),
		"Probability that the other is of the status-quo type; default `belief.initial`."),
	opt("tension", share, "", to(func(b *Belief, n Num) { b.Tension = n }),
		"Tension toward the other; default `tension.initial`."),
}}

var priceShape = mapping{what: "price", new: fresh[PriceStep], fields: []field{
	need("state", name(roleState), to(func(p *PriceStep, s string) { p.State = s }), "Whose price."),
	need("from", date, to(func(p *PriceStep, day float64) { p.From = day }), "From which day on."),
	need("price", amount, to(func(p *PriceStep, n Num) { p.Price = n }), "The price, in place of `choice.price`."),
}}

var thawShape = mapping{what: "thaw", new: fresh[Thaw], fields: []field{
	need("between", between, to(func(t *Thaw, states items) { t.Between = pair(states) }), "The two states."),
	need("from", date, to(func(t *Thaw, day float64) { t.From = day }), "First day."),
	need("until", date, to(func(t *Thaw, day float64) { t.Until = day }), "Day on which it is over."),
	need("level", share, to(func(t *Thaw, n Num) { t.Level = n }), "How deep the thaw is."),
}}

var shockShape = mapping{what: "shock", new: fresh[Shock], fields: []field{
	need("name", name(roleNew), to(func(s *Shock, v string) { s.Name = v }), "What it is called."),
	need("at", date, to(func(s *Shock, day float64) { s.At = day }), "Its day."),
	need("between", between, to(func(s *Shock, states items) { s.Between = pair(states) }), "The two states."),
	need("tension", share, to(func(s *Shock, n Num) { s.Tension = n }), "Jump of tension in both."),
	need("breaks", share, to(func(s *Shock, n Num) { s.Breaks = n }),
		"Probability that a channel between them is suspended."),
}}

var randomShockShape = mapping{what: "random shock", new: fresh[RandomShock], fields: []field{
	need("name", name(roleNew), to(func(s *RandomShock, v string) { s.Name = v }), "What it is called."),
	need("between", between, to(func(s *RandomShock, states items) { s.Between = pair(states) }), "The two states."),
	need("per_year", amount, to(func(s *RandomShock, n Num) { s.Rate = n }), "Events a year."),
	need("tension", share, to(func(s *RandomShock, n Num) { s.Tension = n }), "Jump of tension in both."),
	need("breaks", share, to(func(s *RandomShock, n Num) { s.Breaks = n }),
		"Probability that a channel between them is suspended."),
}}

const drawn = "drawn"

var incidentShape = mapping{what: "incident", new: fresh[Incident], fields: []field{
	need("name", name(roleNew), to(func(in *Incident, s string) { in.Name = s }), "What it is called."),
	need("victim", name(roleState), to(func(in *Incident, s string) { in.Victim = s }), "Whom it hits."),
	opt("source", name(roleSource, drawn), drawn, to(setSource),
		"Who is behind it; `drawn` takes source and intent from the victim's streams, by their rates."),
	opt("intent", words(IntentNames[:]...), "",
		to(func(in *Incident, s string) { in.Intent = Intent(slices.Index(IntentNames[:], s)) }),
		"What it is for; required unless the source is drawn."),
	need("at", date, to(func(in *Incident, day float64) { in.At = day }), "Day of its start."),
	opt("severity", uncertain(param.SeverityUnit), "", to(func(in *Incident, n Num) { in.Severity = n }),
		"Severity on the DCID scale; default drawn."),
	opt("discovered", span, "", to(func(in *Incident, n Num) { in.Discovered = n }),
		"Time from start to discovery; default drawn."),
	opt("disclosed", span, "", to(func(in *Incident, n Num) { in.Disclosed = n }),
		"Time from discovery to disclosure; default drawn."),
}}

func setSource(in *Incident, source string) {
	if source != drawn {
		in.Source = source
	}
}
