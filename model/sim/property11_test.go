package sim

import (
	"testing"

	"github.com/misstep/misstep/internal/enumerate"
	"github.com/misstep/misstep/model/ladder"
)

// regretOf is max_a U(a | truth) − U(taken | truth) of a decision in the reduction.
func regretOf(in *enumerate.Inputs, world int, escalated bool) float64 {
	worth := in.Gain - in.Cost
	if world != enumerate.HostileRival {
		worth = -in.Loss - in.Cost
	}
	if escalated {
		return max(0, -worth)
	}
	return max(0, worth)
}

// change is the mean change of regret when mechanisms are added, over paired replicates of the reduction.
func change(t *testing.T, in *enumerate.Inputs, from, to enumerate.Mechanisms, replicates int) mean {
	t.Helper()
	a := oneIncidentArms(t, in)
	var r Runner
	var out mean
	for n := range replicates {
		var regret [enumerate.All]float64
		for arm, o := range playOne(t, &r, a, n) {
			c := &o.Cases[0]
			regret[mechanismsOf[arm]] = regretOf(in, worldOf(a.Arms[arm], c), c.Peak >= ladder.Public)
		}
		out.add(regret[to] - regret[from])
	}
	return out
}

// Property 11 on the engine: for a best reply under true beliefs about answers neither delay nor clarify raises
// expected regret [Blackwell1953]. Six inputs at which evidence matters, 8,000 pairs each, level 10⁻⁶; somewhere
// evidence must lower it by a clear measure, and a wrong belief about answers must raise it at inputs that the
// enumerator picks, else the test says nothing. Catches an answer or a further piece that the victim weighs by other
// chances than those it is drawn with.
func TestProperty11Blackwell(t *testing.T) {
	const replicates, rational = 8000, 1e9
	lowered, tried := 0, 0
	for n := uint64(0); tried < 6; n++ {
		in := randomInputs(n)
		in.Rationality, in.BelievedGuilty, in.BelievedInnocent = rational, in.DenyGuilty, in.DenyInnocent
		if in.Evaluate(enumerate.Clarify|enumerate.Delay).Regret > in.Evaluate(0).Regret-0.03 {
			continue // evidence hardly matters there
		}
		tried++
		for _, more := range [][2]enumerate.Mechanisms{{0, enumerate.Clarify}, {0, enumerate.Delay},
			{enumerate.Delay, enumerate.Clarify | enumerate.Delay}} {
			d := change(t, &in, more[0], more[1], replicates)
			if d.value() > stated*d.error() {
				t.Errorf("inputs %d: mechanisms %d to %d raise regret by %.4f ±%.4f", n, more[0], more[1], d.value(), d.error())
			}
			if d.value() < -stated*d.error() && d.value() < -0.01 {
				lowered++
			}
		}
	}
	if lowered < 3 {
		t.Errorf("evidence lowers regret at %d of 18 places: the inputs do not bite", lowered)
	}
	for n := range uint64(2000) {
		in := randomInputs(n)
		in.Rationality = rational
		if in.Evaluate(enumerate.Clarify).Regret < in.Evaluate(0).Regret+0.05 {
			continue
		}
		if d := change(t, &in, 0, enumerate.Clarify, replicates); d.value() < stated*d.error() {
			t.Errorf("inputs %d: a wrong belief about denials changes regret by %.4f ±%.4f, and should raise it", n,
				d.value(), d.error())
		}
		return
	}
	t.Error("no inputs found at which deception raises regret")
}
