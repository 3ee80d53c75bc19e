//go:build verify

package mutants

var moreSimFiles = []file{
	{"model/sim/onset.go", []mutant{
		{"the cross term of tension and memory by its sign", "TestUnitIntegral", `sum -= up * down * -elem.Expm1`,
			`sum += up * down * -elem.Expm1`},
		{"deterrence as backlash", "TestUnitIntensity", `r *= 1 - float64(down*elem`, `r *= 1 + float64(down*elem`},
		{"a red line that binds below it", "TestUnitRedLines", `sev >= ch.effect.line && u < ch.effect.cut`,
			`sev >= under && u < ch.effect.cut`},
		{"the victim's feelings toward the source", "TestUnitDeterrence|TestDirections",
			`r := w.rel(s.source, s.victim)`, `r := w.rel(s.victim, s.source)`},
		{"deterrence averaged over victims", "TestUnitDeterrence", `o.memory = r.memory.at(w.now, w.m.memory)`,
			`o.memory = 0
		for j := range w.m.states {
			o.memory += w.rel(s.source, int32(j)).memory.at(w.now, w.m.memory) / float64(len(w.m.states)-1)
		}`},
		{"the backlog at no tension", "TestUnitSeed",
			`rate := w.rate(int32(id)) * (1 + float64(s.contagion*o.tension))`, `rate := w.rate(int32(id))`},
	}},
	{"model/sim/outcome.go", []mutant{
		{"an episode ends at the quiet time itself", "TestUnitPairEpisodes", `w.now-r.lastStep > w.m.method.quiet`,
			`w.now-r.lastStep >= w.m.method.quiet`},
		{"episodes by direction", "TestUnitPairEpisodes", `w.rel(min(actor, against), max(actor, against))`,
			`w.rel(actor, against)`},
		{"the past counts", "TestUnitFirstCut|TestUnitReach", `return w.now >= 0 && w.now <= w.m.horizon`,
			`return w.now <= w.m.horizon`},
	}},
	{"model/sim/reply.go", []mutant{
		{"a reply by the tension of the one answered", "TestUnitWantedReply",
			`tension := w.tensionOf(int32(c.from), int32(c.to))`, `tension := w.tensionOf(int32(c.to), int32(c.from))`},
		{"looking ahead by its own tension", "TestUnitReplyLooksAhead",
			`Tension: w.tensionOf(int32(c.to), int32(c.from))`, `Tension: w.tensionOf(int32(c.from), int32(c.to))`},
		{"induced without blame", "TestUnitJudgeReply", `case c.blamed && without < r:`, `case without < r:`},
		{"a démarche ends the chain", "TestUnitWhereChainsEnd", `if rung <= ladder.PrivateProtest {`,
			`if rung <= ladder.PrivateDemarche {`},
		{"one move too many", "TestUnitChainsCut", `if int(im.move) >= w.m.maxMoves {`,
			`if int(im.move) > w.m.maxMoves {`},
		{"the author's delay", "TestUnitReplyAddresses", `w.m.states[im.accused].replyMean`,
			`w.m.states[im.actor].replyMean`},
	}},
	{"model/sim/tension.go", []mutant{
		{"relief is what a summit leaves", "TestUnitShockAndSummit", `* (1 - s.relief), w.now}`, `* s.relief, w.now}`},
		{"a shock on one side, twice", "TestUnitShockAndSummit", `w.strain(s.b, s.a, s.tension)`,
			`w.strain(s.a, s.b, s.tension)`},
		{"a shock breaks by its tension", "TestUnitSuspensionByShock", `< s.breaks {`, `< s.tension {`},
	}},
	{"model/sim/world.go", []mutant{
		{"a rise by the share of what is there", "TestUnitRise", `float64(elem.Min(w, 1)*(1-x))`, `float64(min(w, 1)*x)`},
	}},
	{"model/sim/closing.go", []mutant{
		{"regret toward the suspect", "TestUnitRegret", `toward := int32(k.against)`, `toward := int32(k.target)`},
		{"a withdrawal costs nothing", "TestUnitRegret", `u.Max()-onMenu(u, taken)+cost)`,
			`u.Max()-onMenu(u, taken)+0*cost)`},
		{"a démarche is no answer", "TestUnitUnanswered", `int(k.highest) <= ladder.PrivateProtest`,
			`int(k.highest) <= ladder.PrivateDemarche`},
	}},
	{"model/sim/clarify.go", []mutant{
		{"contact by the asker's tension", "TestUnitContact", `-ch.contactZ*w.tensionOf(target, victim)`,
			`-ch.contactZ*w.tensionOf(victim, target)`},
		{"the truth's odds in the receiver's weights", "TestUnitAnswerLikelihoods",
			`ch.answers[0][1].of(answer), ch.answers[1][1].of(answer)`,
			`ch.answers[0][0].of(answer), ch.answers[1][0].of(answer)`},
		{"denial and admission exchanged", "TestUnitStrategic",
			`(w.expectedAfter(k, ch, target, admitted) - w.expectedAfter(k, ch, target, denied))`,
			`(w.expectedAfter(k, ch, target, denied) - w.expectedAfter(k, ch, target, admitted))`},
	}},
	{"model/sim/discovery.go", []mutant{
		{"weights of the mean severity exchanged", "TestUnitSeverityEstimate",
			`float64(st.severity*noise) + float64(x*spread)`, `float64(st.severity*spread) + float64(x*noise)`},
		{"the source's belief about the victim", "TestUnitDiscovery", `elem.Logistic(w.trustLogit(victim, src))`,
			`elem.Logistic(w.trustLogit(src, victim))`},
		{"a disclosure strains by nothing believed", "TestUnitExposure", `w.m.tension.disclosure*k.belief`,
			`w.m.tension.disclosure`},
	}},
	{"model/sim/estimator.go", []mutant{
		{"the interval not narrowed from below", "TestUnitEstimator", `k.lo = elem.Max(k.lo, d.choice.Below(d.rung))`,
			`k.lo = max(k.lo, 0)`},
		{"a reply by the share below", "TestUnitEstimator", `w.expect(class, 1-choice.Below(r))`,
			`w.expect(class, choice.Below(r))`},
		{"one class that was reached stands for all", "TestUnitEstimator|TestGolden|TestLaw",
			`if math.IsInf(w.out.First[class][AnyCause], 1) {
			return true
		}
	}
	return false`, `if !math.IsInf(w.out.First[class][AnyCause], 1) {
			return false
		}
	}
	return true`},
	}},
	{"model/sim/compile.go", []mutant{
		{"a half-life taken for a mean", "TestUnitRates", `math.Ln2 / c.global(param.TensionHalflife)`,
			`1 / c.global(param.TensionHalflife)`},
		{"reversion a year taken for a day", "TestUnitRates", `c.global(param.BeliefReversion) / param.DaysPerYear`,
			`c.global(param.BeliefReversion)`},
	}},
	{"model/sim/compile_levers.go", []mutant{
		{"a core partner follows where none joined", "TestUnitCorePartner",
			`float64(m.follow*(1-alone)) + float64(p.join*alone)`, `float64(m.follow*alone) + float64(p.join*(1-alone))`},
	}},
	{"model/sim/compile_sensors.go", []mutant{
		{"the rest of the skill over all", "TestUnitRowsBySkill", `(1 - skill) / float64(n-1)`,
			`(1 - skill) / float64(n)`},
		{"a doubt without its cap", "TestUnitBelieved", `return math.Min(p*factor, beliefCap)`,
			`return math.Min(p*factor, 1)`},
	}},
	{"model/sim/compile_streams.go", []mutant{
		{"known counts that are only discovered", "TestUnitTypeFactors", `rate /= share * shown`, `rate /= share`},
	}},
	{"model/sim/compile_actors.go", []mutant{
		{"one's own reply expected of the rival", "TestUnitReactions", `m.reactionOf(int(j))`, `m.reactionOf(i)`},
	}},
}
