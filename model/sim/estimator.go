package sim

import (
	"math"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
)

// The conditional-expectation estimator for rare rungs. Given the history, the
// uniform of a case is uniform on [lo, hi); at each decision, while nobody has
// yet reached the class, the conditional probability of reaching it now is added
// up. The sum is the compensator of the first crossing, so its mean is
// P(reached by t) without bias, and it sees rungs that plain counting never meets.

// anticipate adds the conditional probabilities of a decision whose act would be
// carried out at once, and narrows what the history says of the uniform. Where
// waits is set, steps from method.waitsFrom on would wait for contact; this one
// stands below.
func (w *world) anticipate(k *victimCase, u *decide.Utilities, d *decision, waits bool) {
	if w.m.method.gumbel {
		w.anticipateByCounting(int(k.highest), d.rung)
		return
	}
	if !w.anticipates(k) {
		return
	}
	for class, r := range Classes {
		if int(k.highest) < r && (!waits || r < w.m.method.waitsFrom) {
			c, top := d.choice.Below(r), 1.0
			if waits {
				top = d.choice.Below(w.m.method.waitsFrom)
			}
			c, top = elem.Max(k.lo, elem.Min(k.hi, c)), elem.Max(k.lo, elem.Min(k.hi, top))
			w.expect(class, (top-c)/(k.hi-k.lo))
		}
	}
	if d.rung > int(k.highest) {
		k.lo = elem.Max(k.lo, d.choice.Below(d.rung))
	}
	stands := max(d.rung, int(k.highest))
	if hi := d.choice.Below(stands + 1); hi < k.hi {
		k.hi = hi
		k.kept.Set(u, w.m.states[w.victim(k)].actor.Rationality, &d.choice, stands)
	}
	k.guard()
}

// narrowAbove notes that the choice stood at or above a rung and waits. Where
// every decision waits, waiting says nothing.
func (w *world) narrowAbove(k *victimCase, d *decision, from int, uninformative bool) {
	if uninformative || w.m.method.gumbel {
		return
	}
	k.lo = elem.Max(k.lo, d.choice.Below(from))
	k.guard()
}

// anticipateReply adds the conditional probabilities of a reply, whose uniform
// is fresh.
func (w *world) anticipateReply(highest, rung int, choice *decide.Choice) {
	if w.m.method.gumbel {
		w.anticipateByCounting(highest, rung)
		return
	}
	for class, r := range Classes {
		if highest < r {
			w.expect(class, 1-choice.Below(r))
		}
	}
}

// anticipateByCounting adds 1 for every class that a step crosses: under Gumbel shocks
// the probability given the history has no closed form.
func (w *world) anticipateByCounting(highest, rung int) {
	for class, r := range Classes {
		if highest < r && rung >= r {
			w.expect(class, 1)
		}
	}
}

// anticipates reports whether a class may still be crossed for the first time in the window, by a case that is open
// then; where none can, nor later, nothing is to be added and the case needs no bounds.
func (w *world) anticipates(k *victimCase) bool {
	if w.now > w.m.horizon || k.closeAt < 0 {
		return false
	}
	for class := range Classes {
		if math.IsInf(w.out.First[class][AnyCause], 1) {
			return true
		}
	}
	return false
}

// expect adds the probability of a first crossing to its time, in the window and
// while nobody has reached the class.
func (w *world) expect(class int, p float64) {
	if p > 0 && w.inWindow() && math.IsInf(w.out.First[class][AnyCause], 1) {
		w.out.Expected[class][w.bin()] += p
	}
}
