package reference

import (
	"math"
	"slices"
)

// CaseResult is what became of a case that was discovered in the window and
// closed; see the definitions in docs/MODEL.md.
type CaseResult struct {
	Peak                int
	Missteps, Avoidable [5]bool // by class
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
	Source              string // state that did it, "" where it was none
	Discovered          float64
	Thaw, Tension       float64 // at discovery; the tension is −1 without a suspected state
	Erred               []int   // rungs of the acts that are missteps
	ErredReplies        int
	MisstepOn           string // states that steps were against
	NamedOn, FalselyOn  string
}

// judgeCases completes what became of the cases.
func (w *world) judgeCases() {
	for _, k := range w.cases {
		if !k.counted || !k.isClosed {
			continue
		}
		k.Hostile = k.stream.intent.Hostile() && w.isState[k.stream.source]
		k.Unmet = k.Hostile && (k.highest <= 1 || k.against != "" && k.against != k.stream.source)
		k.Missed = k.Unmet && k.wanted >= 2
		k.CaseResult.Discovered = k.discovered
		if w.isState[k.stream.source] {
			k.Source = k.stream.source
		}
		k.Guilty = k.Target != "" && k.Target == k.stream.source
		w.Cases[k.entity] = k.CaseResult
	}
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
	if toward != k.Target {
		v = w.look(k.stream.victim, toward)
	}
	spoken := k.spoken
	k.spoken = false // what silence would have cost, before the victim's own step
	u := w.scores(k, w.onTruth(&k.incident, toward), v, toward)
	k.spoken = spoken
	taken, cost := k.highest, 0.0
	if k.Withdrawn {
		taken, cost = 1, w.weights[k.stream.victim]["choice.climbdown"]
	}
	for math.IsInf(u[taken], -1) {
		taken--
	}
	return math.Max(0, slices.Max(u[:])-u[taken]+cost)
}

// limit notes that the rung at the uniform lies in [from, to).
func (w *world) limit(k *victimCase, b Belief, from, to int) {
	p := w.odds(k, b)
	if k.lo = math.Max(k.lo, below(p, from)); to < 10 {
		k.hi = math.Min(k.hi, below(p, to))
	}
}

// expect adds the probability, given the history, that this decision is the first
// to cross each class.
func (w *world) expect(k *victimCase, b Belief, rung int, waits bool) {
	p := w.odds(k, b)
	top := k.hi
	if waits { // steps from this rung on would wait
		top = math.Max(k.lo, math.Min(k.hi, below(p, w.v.Model.WaitsFrom)))
	}
	w.expectStep(p, k.highest, rung, k.lo, k.hi, top)
}

// expectReply is the same for a reply, whose uniform is fresh.
func (w *world) expectReply(before int, c *chain, statusQuo float64) {
	p := softmax(w.replyScores(c, statusQuo, c.level), w.of("choice.rationality", c.from))
	w.expectStep(p, before, w.answer(c, statusQuo, c.level), 0, 1, 1)
}

// expectStep adds the probability of each class that is crossed where a uniform on
// [lo, hi) lies below top; under Gumbel shocks what the step does cross.
func (w *world) expectStep(p [10]float64, before, rung int, lo, hi, top float64) {
	for class, r := range classes {
		if w.crossed[class] || !w.inWindow() || before >= r {
			continue
		}
		if w.v.Model.Coupling != "gumbel" {
			c := math.Max(lo, math.Min(hi, below(p, r)))
			w.Reach[class] += math.Max(0, top-c) / (hi - lo)
		} else if rung >= r {
			w.Reach[class]++
		}
	}
}
