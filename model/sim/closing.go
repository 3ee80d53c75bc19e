package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// closeCase ends a case: it takes no evidence any more, and what was taken is
// compared with what full knowledge would have valued most.
func (w *world) closeCase(e event) {
	k := &w.cases[e.id]
	k.state = closed
	w.openCases--
	w.observe(EventClose, k, w.victim(k), int32(k.target), func(e *Event) { e.Rung = int(k.highest) })
	if k.counted {
		k.regret = w.regret(k)
	}
}

// regret is max U(a | β*) − U(taken | β*), in utility ranges: one figure for over-
// and under-reaction. It is taken toward the state that was acted against, else
// the state that did it; silence toward a criminal is no error.
func (w *world) regret(k *victimCase) float64 {
	toward := int32(k.against)
	if toward < 0 || k.highest == 0 {
		toward = w.stream(k).source
		if !w.m.sources[toward].state {
			return 0
		}
	}
	snap := k.snap
	if toward != int32(k.target) {
		snap = w.snapshotToward(w.victim(k), toward)
	}
	onTruth := w.onTruth(&k.incident, toward)
	spoken := k.spoken
	k.spoken = false // what silence would have cost, before the victim's own step
	u := w.utilities(k, &onTruth, &snap, toward)
	k.spoken = spoken
	taken := int(k.highest)
	cost := 0.0
	if k.retracted {
		taken, cost = ladder.PrivateProtest, w.m.states[w.victim(k)].climbdown
	}
	return elem.Max(0, u.Max()-onMenu(u, taken)+cost)
}

// onMenu is the utility of a rung, or of the best one on the menu below it: a
// victim's own reply may stand on a rung that its case menu lacks.
func onMenu(u *decide.Utilities, rung int) float64 {
	for ; rung > 0; rung-- {
		if u[rung] > -1e300 {
			break
		}
	}
	return u[rung]
}

// caseOutcome reads off what became of a closed case.
func (w *world) caseOutcome(k *victimCase) CaseOutcome {
	st := w.stream(k)
	hostile := st.intent.Hostile() && w.m.sources[st.source].state
	unanswered := int(k.highest) <= ladder.PrivateProtest || k.against >= 0 && int32(k.against) != st.source
	source := int16(-1)
	if w.m.sources[st.source].state {
		source = int16(st.source)
	}
	return CaseOutcome{
		Entity: k.entity, Stream: k.stream, Ordinal: k.ordinal, Victim: int16(st.victim), Source: source,
		Discovered: k.discovered, Thaw: k.thaw, Tension: k.tension,
		Known: k.disclosed && w.m.sources[st.source].state,
		Peak:  k.peak, Missteps: k.missteps, Avoidable: k.avoidable, MisstepAt: k.misstepAt, WhoOrWhy: k.whoOrWhy,
		MisstepOn: k.misstepOn, NamedOn: k.namedOn, FalselyOn: k.falselyOn, Erred: k.erred, Replies: k.replies,
		Hostile: hostile, Unmet: hostile && unanswered,
		Missed:  hostile && unanswered && int(k.wanted) >= ladder.PrivateDemarche,
		Falsely: k.falsely, Rightly: k.rightly, Withdrawn: k.retracted,
		HasTarget: k.target >= 0, Guilty: k.target >= 0 && w.guilty(&k.incident, int32(k.target)), Belief: k.belief,
		Regret: k.regret, Shares: k.shares,
	}
}
