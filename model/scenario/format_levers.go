package scenario

import "slices"

var leversShape = mapping{what: "levers", new: fresh[Levers], fields: []field{
	opt("channels", table{what: "channel", role: roleChannel, item: channelShape, max: maxEntities, removable: true,
		named: call(func(c *Channel, name string) { c.Name = name })}, "{}",
		to(func(l *Levers, c *Channel) { l.Channels = append(l.Channels, *c) }), "Forums between states, by name."),
	opt("coalitions", table{what: "coalition", role: roleCoalition, item: coalitionShape, max: maxEntities,
		named: call(func(c *Coalition, name string) { c.Name = name })}, "{}",
		to(func(l *Levers, c *Coalition) { l.Coalitions = append(l.Coalitions, *c) }),
		"Partners that may join a lead's public step, by name."),
	opt("summits", list{item: summitShape, max: maxItems, key: byKey("name")}, "[]",
		to(func(l *Levers, s *Summit) { l.Summits = append(l.Summits, *s) }), "Scheduled meetings of leaders."),
}}

var channelShape = mapping{what: "channel", new: newChannel, fields: []field{
	perArm(need("members", list{item: name(roleState), min: 2, max: maxEntities, unique: true},
		to(func(c *Channel, state string) { c.Members = append(c.Members, state) }), "The states that meet.")),
	perArm(opt("open", yesNo, "true", to(func(c *Channel, is bool) { c.Open = is }), "Whether it exists.")),
	perArm(opt("opens", date, "", to(func(c *Channel, day float64) { c.Opens = day }),
		"The day on which it opens; default before anything happens.")),
	opt("level", words("leaders", "ministers", "officials", "experts"), "officials",
		to(func(c *Channel, s string) { c.Level = s }), "Who meets."),
	opt("track", words("1", "1.5", "2"), "1", to(func(c *Channel, s string) { c.Track = s }),
		"Official (1), mixed (1.5) or unofficial (2)."),
	perArm(opt("meets", yesNo, "true", to(func(c *Channel, is bool) { c.Meets = is }),
		"Whether there are meetings; a hotline has none.")),
	perArm(opt("question", words("culprit", "culprit-and-intent"), "culprit",
		to(func(c *Channel, s string) { c.Question = s }),
		"What `clarify` asks: was it you, or was it you with hostile intent.")),
	perArm(opt("mandate", list{item: words(MechanismNames[:]...), unique: true}, "[]",
		to(func(c *Channel, s string) { c.Mandate[slices.Index(MechanismNames[:], s)] = true }),
		"The mechanisms that act; the others are off.")),
}}

func newChannel(c *checker, _ *node) any { return &Channel{Opens: -c.first.Model.Backlog} }

var coalitionShape = mapping{what: "coalition", new: fresh[Coalition], fields: []field{
	need("lead", name(roleState), to(func(c *Coalition, s string) { c.Lead = s }), "The state that leads."),
	perArm(opt("open", yesNo, "true", to(func(c *Coalition, is bool) { c.Open = is }), "Whether it exists.")),
	need("partners", table{what: "partner", item: shareOrEmpty, min: 1, max: maxEntities,
		named: func(name string, n any) any { return Partner{name, n.(Num)} }},
		to(func(c *Coalition, p Partner) { c.Partners = append(c.Partners, p) }),
		"Partners, each with the probability of joining when the evidence is certain, or `{}` for `coalition.join`. "+
			"They need not be states of the scenario."),
}}

var summitShape = mapping{what: "summit", new: fresh[Summit], fields: []field{
	need("name", name(roleNew), to(func(s *Summit, v string) { s.Name = v }), "What it is called."),
	need("at", date, to(func(s *Summit, day float64) { s.At = day }), "Its day."),
	need("between", between, to(func(s *Summit, states items) { s.Between = pair(states) }), "The two states."),
	perArm(opt("open", yesNo, "true", to(func(s *Summit, is bool) { s.Open = is }), "Whether it takes place.")),
	need("relief", share, to(func(s *Summit, n Num) { s.Relief = n }), "Share of tension that it removes."),
	need("restores", share, to(func(s *Summit, n Num) { s.Restores = n }),
		"Probability that it restores each channel between them that is down."),
}}
