package enumerate

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// anyInputs draws inputs from the whole of their domain.
func anyInputs(n uint64) Inputs {
	rep := random.NewSource(random.Philox, 7).Replicate(n)
	u := func(k int) float64 { return rep.Uniform(random.Stream(random.NameHash("inputs"), random.Parameter), k) }
	return Inputs{
		Rival: u(0), Hostile: u(1), IndicatedRival: u(2), IndicatedThird: u(3), Signal: u(4), Alarm: u(5),
		Later: u(6), Reply: u(7), DenyGuilty: u(8), DenyInnocent: u(9), BelievedGuilty: u(10), BelievedInnocent: u(11),
		Rationality: 12 * u(12), Gain: 2 * u(13), Loss: 2 * u(14), Cost: u(15) - 0.5, Dearer: 0.5 * u(16),
	}
}

// TestWorkedByHand: a case small enough for paper. With λ = ln 3, G = 1, L = C = 0
// and evidence that says nothing, b = πη = 1/4 and P(escalate) = 3^¼/(1 + 3^¼).
func TestWorkedByHand(t *testing.T) {
	in := Inputs{Rival: 0.5, Hostile: 0.5, IndicatedRival: 0.5, IndicatedThird: 0.5, Signal: 0.5, Alarm: 0.5,
		Rationality: math.Log(3), Gain: 1}
	p := math.Pow(3, 0.25) / (1 + math.Pow(3, 0.25))
	got := in.Evaluate(0)
	want := Answer{Escalate: p, Friendly: p / 4, Third: p / 2, Unanswered: (1 - p) / 4, Regret: (1 - p) / 4}
	for _, c := range [][2]float64{{got.Escalate, want.Escalate}, {got.Friendly, want.Friendly}, {got.Third, want.Third},
		{got.Unanswered, want.Unanswered}, {got.Regret, want.Regret}} {
		if math.Abs(c[0]-c[1]) > 1e-15 {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	// One indication that is right three times in four: Bayes by hand.
	in = Inputs{Rival: 0.5, Hostile: 1, IndicatedRival: 0.75, IndicatedThird: 0.25, Signal: 0.5, Alarm: 0.5}
	if b := in.Belief(Evidence{First: 1, Signal: 1, Later: 1, Denial: -1}); math.Abs(b-0.9) > 1e-15 {
		t.Errorf("belief %v, want 0.9", b)
	}
}

// TestIdentities: the parts of a probability add up, mechanisms that cannot act
// change nothing, and the Shapley values add up to the whole.
func TestIdentities(t *testing.T) {
	for n := range uint64(200) {
		in := anyInputs(n)
		none := in.Evaluate(0)
		for on := range Mechanisms(All) {
			a := in.Evaluate(on)
			first := a.Escalate - a.Friendly - a.Third
			if d := first + a.Unanswered - in.Rival*in.Hostile; math.Abs(d) > 1e-14 {
				t.Fatalf("inputs %d, mechanisms %d: first world off by %g", n, on, d)
			}
			still := in
			still.Later, still.Reply, still.Dearer = 0, 0, 0
			if b := still.Evaluate(on); math.Abs(b.Escalate-none.Escalate) > 1e-14 {
				t.Fatalf("inputs %d, mechanisms %d: powerless mechanisms change %v to %v", n, on, none, b)
			}
		}
		all := in.Evaluate(Clarify | Delay | Private)
		shares := in.Shapley()
		if d := shares[0] + shares[1] + shares[2] - (all.False() - none.False()); math.Abs(d) > 1e-14 {
			t.Fatalf("inputs %d: the Shapley split is off by %g", n, d)
		}
	}
}

// TestProperty11Blackwell: for a best reply under correct beliefs more evidence
// never raises expected regret, whatever else is on.
//
// Mutation that it catches: let the receiver take δ̂ = 0.9·δ, or let the further
// indication be drawn with α in every world.
func TestProperty11Blackwell(t *testing.T) {
	lower, equal := 0, 0
	for n := range uint64(20000) {
		in := anyInputs(n)
		in.Rationality = math.Inf(1)
		in.BelievedGuilty, in.BelievedInnocent = in.DenyGuilty, in.DenyInnocent
		for _, other := range []Mechanisms{0, Private} {
			base := in.Evaluate(other)
			for _, more := range [][2]Mechanisms{{0, Clarify}, {0, Delay}, {Clarify, Clarify | Delay},
				{Delay, Clarify | Delay}} {
				from, to := in.Evaluate(other|more[0]), in.Evaluate(other|more[1])
				if to.Regret > from.Regret+1e-13 {
					t.Fatalf("inputs %d %+v: mechanisms %d to %d raise regret from %v to %v", n, in, other|more[0], other|more[1],
						from.Regret, to.Regret)
				}
			}
			if in.Evaluate(other|Clarify|Delay).Regret < base.Regret-1e-9 {
				lower++
			} else {
				equal++
			}
		}
	}
	if lower < 1000 {
		t.Errorf("evidence lowers regret in %d of %d cases: the inputs do not bite", lower, lower+equal)
	}
}

// TestBlackwellNeedsCorrectBeliefs: with a wrong δ̂ clarification does raise regret
// somewhere, so the property above is not empty.
func TestBlackwellNeedsCorrectBeliefs(t *testing.T) {
	for n := range uint64(2000) {
		in := anyInputs(n)
		in.Rationality = math.Inf(1)
		if in.Evaluate(Clarify).Regret > in.Evaluate(0).Regret+1e-3 {
			return
		}
	}
	t.Error("no inputs found at which deception raises regret")
}
