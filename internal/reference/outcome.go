package reference

import (
	"math"
	"slices"
)

// CaseResult is what became of a case that was discovered in the window and
// closed; see the definitions in docs/MODEL.md.
type CaseResult struct {
	Peak                int
	Missteps, Avoidable map[int]bool // by class
	Hostile             bool
	Unmet, Missed       bool
	Falsely, Rightly    bool
	MisstepAt           int
	WhoOrWhy            bool
	Withdrawn           bool
	Target              string
	Guilty              bool
	Belief, Regret      float64
	Shares              [4]float64
}

func (w *world) result() Result {
	out := Result{Events: w.log, Cases: map[uint64]CaseResult{}, Counts: w.count, Reach: w.reach}
	for _, k := range w.cases {
		if !k.counted || !k.isClosed {
			continue
		}
		hostile := k.stream.intent.Hostile() && w.isState[k.stream.source]
		unmet := hostile && (k.highest <= 1 || k.against != "" && k.against != k.stream.source)
		out.Cases[k.entity] = CaseResult{
			Peak: k.peak, Missteps: k.missteps, Avoidable: k.avoidable, Hostile: hostile, Unmet: unmet,
			Missed:    unmet && k.wanted >= 2,
			MisstepAt: k.misstepAt, WhoOrWhy: k.whoOrWhy,
			Falsely: k.falsely, Rightly: k.rightly, Withdrawn: k.retracted, Target: k.target,
			Guilty: k.target != "" && k.target == k.stream.source, Belief: k.belief, Regret: k.regret,
			Shares: [4]float64{k.shareCulprit, k.shareIntent, k.shareSeverity, k.shareType},
		}
	}
	return out
}

// regret is max U(a | β*) − U(taken | β*), toward the state that was acted
// against, else the state that did it.
func (w *world) regret(k *victimCase) float64 {
	toward := k.against
	if toward == "" || k.highest == 0 {
		if toward = k.stream.source; !w.isState[toward] {
			return 0
		}
	}
	v := k.view
	if toward != k.target {
		v = w.look(k.stream.victim, toward)
	}
	spoken := k.spoken
	k.spoken = false // what silence would have cost, before the victim's own step
	u := w.scores(k, w.onTruth(&k.incident, toward), v, toward)
	k.spoken = spoken
	taken, cost := k.highest, 0.0
	if k.retracted {
		taken, cost = 1, w.weights[k.stream.victim]["choice.climbdown"]
	}
	for math.IsInf(u[taken], -1) {
		taken--
	}
	return math.Max(0, slices.Max(u[:])-u[taken]+cost)
}

// reached notes that a class was crossed in the window.
func (w *world) reached(class int) {
	w.crossed[class] = w.crossed[class] || w.inWindow()
}

// bounds is where the history of a case puts its uniform.
func bounds(k *victimCase) (lo, hi float64) {
	lo, hi = 0, 1
	for _, l := range k.limits {
		lo, hi = math.Max(lo, l[0]), math.Min(hi, l[1])
	}
	return lo, hi
}

// limit notes that the rung at the uniform lies in [from, to).
func (w *world) limit(k *victimCase, b Belief, from, to int) {
	p := softmax(w.scores(k, b, k.view, k.target), w.of("choice.rationality", k.stream.victim))
	hi := 1.0
	if to < 10 {
		hi = below(p, to)
	}
	k.limits = append(k.limits, [2]float64{below(p, from), hi})
}

// expect adds the probability, given the history, that this decision is the first
// to cross each class.
func (w *world) expect(k *victimCase, b Belief, rung int, waits bool) {
	p := softmax(w.scores(k, b, k.view, k.target), w.of("choice.rationality", k.stream.victim))
	lo, hi := bounds(k)
	for class, r := range classes {
		if w.crossed[class] || !w.inWindow() || k.highest >= r {
			continue
		}
		if w.v.Model.Coupling != "gumbel" {
			top := hi
			if waits { // steps from this rung on would wait
				top = math.Max(lo, math.Min(hi, below(p, w.v.Model.WaitsFrom)))
			}
			c := math.Max(lo, math.Min(hi, below(p, r)))
			w.reach[class] += math.Max(0, top-c) / (hi - lo)
		} else if rung >= r {
			w.reach[class]++
		}
	}
}

// expectReply is the same for a reply, whose uniform is fresh.
func (w *world) expectReply(before int, c *chain, statusQuo float64) {
	p := softmax(w.replyScores(c, statusQuo, c.level), w.of("choice.rationality", c.from))
	rung := w.answer(c, statusQuo, c.level)
	for class, r := range classes {
		if w.crossed[class] || !w.inWindow() || before >= r {
			continue
		}
		if w.v.Model.Coupling != "gumbel" {
			w.reach[class] += 1 - below(p, r)
		} else if rung >= r {
			w.reach[class]++
		}
	}
}
