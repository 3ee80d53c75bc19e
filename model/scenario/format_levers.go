package scenario

import "slices"

var leversShape = of("levers", func(l *Levers, k *mapping) {
	k.opt("channels", table{what: "channel", role: roleChannel, item: channelShape, max: maxChannels, removable: true},
		"{}", each(&l.Channels), "Forums between states, by name.")
	k.opt("coalitions", table{what: "coalition", role: roleCoalition, item: coalitionShape, max: maxEntities},
		"{}", each(&l.Coalitions), "Partners that may join a lead's public step, by name.")
	k.opt("summits", keyedList(summitShape, byKey("name")), "[]", each(&l.Summits), "Scheduled meetings of leaders.")
})

var channelShape = of("channel", func(c *Channel, k *mapping) {
	k.new = newChannel
	k.name = to(&c.Name)
	k.need("members", list{item: name(roleState), min: 2, max: maxEntities, unique: true}, each(&c.Members),
		"The states that meet.").perArm()
	k.opt("open", yesNo, "true", to(&c.Open), "Whether it exists.").perArm()
	k.opt("opens", either{date, triggerShape}, "", onDayOrAfter(&c.Opens, &c.OpensAfter),
		"The day on which it opens, or what it waits for; default before anything happens.").perArm()
	k.opt("closes", either{date, triggerShape}, "", onDayOrAfter(&c.Closes, &c.ClosesAfter),
		"The day on which it ends for good, or after what; default never.").perArm()
	k.gone = "level"
	k.opt("track", words("1", "1.5", "2"), "1", to(&c.Track), "Official (1), mixed (1.5) or unofficial (2).")
	k.opt("meets", yesNo, "true", to(&c.Meets), "Whether there are meetings; a hotline has none.").perArm()
	k.opt("cadence", plain(cadenceDomain), "", to(&c.Cadence),
		"Median gap between its meetings where that is agreed; default `life.gap`, what such channels come to.").perArm()
	k.opt("question", words("culprit", "culprit-and-intent"), "culprit", to(&c.Question),
		"What `clarify` asks: was it you, or was it you with hostile intent.").perArm()
	k.opt("mandate", list{item: words(MechanismNames[:]...), unique: true}, "[]", by(c.setMandate),
		"The mechanisms that act; the others are off.").perArm()
})

// onDayOrAfter writes a day, or what is waited for.
func onDayOrAfter(day *float64, after **Trigger) setter {
	return func(value any) {
		if t, ok := value.(*Trigger); ok {
			*after = t
			return
		}
		*day, *after = value.(float64), nil
	}
}

var triggerShape = of("trigger", func(t *Trigger, k *mapping) {
	k.intro = "What a channel waits for. It counts from the start of the scenario on, and once: in each future the " +
		"channel opens, or closes, after the first time."
	after := func(w string) { t.After = TriggerKind(slices.Index(triggerNames[:], w)) }
	k.need("after", words(triggerNames[:]...), by(after),
		"A public step of one of two states against the other; the suspension or the lapse of another channel; tension of "+
			"one of two states toward the other that a step or a shock raises to `above`.")
	k.opt("between", between, "", two(&t.Between), "The two states; default any two members of the channel.")
	k.opt("channel", name(roleChannel), "", to(&t.Channel), "The other channel; required with `suspension` and `lapse`.")
	k.opt("above", plain(tensionDomain), "", to(&t.Above), "The tension; required with `tension`.")
	k.opt("wait", plain(waitDomain), "0d", to(&t.Wait), "How long it takes from then on.")
})

func (c *Channel) setMandate(words items) {
	for _, w := range words {
		c.Mandate[slices.Index(MechanismNames[:], w.(string))] = true
	}
}

func newChannel(c *checker, _ *node) any { return &Channel{Opens: -c.first.Model.Backlog} }

var coalitionShape = of("coalition", func(c *Coalition, k *mapping) {
	k.name = to(&c.Name)
	k.need("lead", name(roleState), to(&c.Lead), "The state that leads.")
	k.opt("open", yesNo, "true", to(&c.Open), "Whether it exists.").perArm()
	k.opt("core", name(roleActor), "", to(&c.Core),
		"The core partner: with `coalition.core` it joins what another partner has joined. Without one all join alike.")
	k.need("partners", table{what: "partner", item: shareOrEmpty, min: 1, max: maxEntities,
		named: func(name string, n any) any { return Partner{name, n.(Num)} }}, each(&c.Partners),
		"Partners, each with the probability of joining when the evidence is certain, or `{}` for `coalition.join`. "+
			"They need not be states of the scenario.")
})

var summitShape = of("summit", func(s *Summit, k *mapping) {
	k.need("name", name(roleNew), to(&s.Name), "What it is called.")
	k.need("at", date, to(&s.At), "Its day.")
	k.need("between", between, two(&s.Between), "The two states.")
	k.opt("open", yesNo, "true", to(&s.Open), "Whether it takes place.").perArm()
	k.need("relief", share, to(&s.Relief), "Share of tension that it removes.")
	k.need("restores", share, to(&s.Restores), "Probability that it restores each channel between them that is down.")
})
