package decide

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/ladder"
)

// weights of the tests: the defaults of the registry, unscaled.
var weights = Weights{Goal: 0.6, Innocence: 0.5, Lookahead: 0.3, Cost: 0.3, Thaw: 0.06, Audience: 0.13, Private: 0.08,
	Operation:  0.12,
	FirebreakA: 0.05, FirebreakB: 0.3, ReplyPrice: 0.07, CoalitionShare: 0.3, Covert: 0.2,
	Desire: [4]float64{0.045, 0.065, 0.09, 0}, DesireRise: 1.5}

func actor(t *testing.T, scale string) Actor {
	t.Helper()
	s, err := ladder.Named(scale)
	if err != nil {
		t.Fatal(err)
	}
	return NewActor(50, weights, Stakes{Gain: 1, Loss: 2, Cost: 0.1, Rung: 3}, s)
}

// TestCoordinatedIsNeverChosen: R4 has probability 0 under either rule, on either
// scale, whatever is believed.
//
// Mutation that it catches: scoring R4 by its level like the others.
func TestCoordinatedIsNeverChosen(t *testing.T) {
	next := numbers("R4")
	for _, scale := range ladder.Names() {
		a := actor(t, scale)
		for range 500 {
			b := Beliefs{Culprit: next(), Intent: [4]float64{0.2, 0.3, 0.4, 0.1}, Severity: 10 * next(), StatusQuo: next()}
			s := Situation{Exposed: next() < 0.5, Price: 0.1, PrivateCut: 1, Hostage: 1}
			for name, rule := range rules {
				var u Utilities
				rule.Utilities(&a, &b, &s, &u)
				c := Logit(&u, 0)
				if !math.IsInf(u[ladder.Coordinated], -1) || c.Below(5) != c.Below(4) {
					t.Fatalf("rule %s scores R4 with %v", name, u[ladder.Coordinated])
				}
			}
		}
	}
}

// TestLadderByHand: the utility of seven rungs, term by term.
//
// Catches: a démarche that breaks the silence on a public incident, an operation at R8 below firebreak A.
func TestLadderByHand(t *testing.T) {
	a := actor(t, "standard")
	b := Beliefs{Culprit: 0.8, Intent: [4]float64{0.5, 0.5, 0, 0}, Severity: 4, StatusQuo: 0.25}
	reaction := Reaction{}
	reaction.StatusQuo[0][3], reaction.StatusQuo[1][3] = 0.1, 0.3
	reaction.Revisionist[0][3], reaction.Revisionist[1][3] = 0.2, 0.6
	s := Situation{Exposed: true, Price: 0.12, Thaw: 0.5, Tension: 0.4, OwnTension: 0.2, PrivateCut: 0.4,
		Hostage: 1.25, JoinChance: 0.5, Expected: &reaction}
	var u Utilities
	Ladder{}.Utilities(&a, &b, &s, &u)

	desired := 0.8 * (0.5*0.045*4 + 0.5*0.065*4) * (1 + 1.5*0.2)
	publish := 0.12*1.25*(1-0.3*0.5*0.8*0.8) + 0.06*0.5
	reply := 0.25*(0.1+0.4*0.2) + 0.75*(0.2+0.4*0.4)
	for r, want := range map[int]float64{
		0: -0.6*desired - 0.13,
		1: -0.6*math.Abs(0.04-desired) - 0.5*0.2*(0.05+0.04) - 0.13 - 0.08*0.4,
		2: -0.6*math.Abs(0.08-desired) - 0.3*0.02 - 0.5*0.2*(0.05+0.08) - 0.13 - 0.08*0.4,
		3: -0.6*math.Abs(0.15-desired) - 0.3*0.08 - 0.5*0.2*(0.05+0.5+0.15) - publish - 0.3*reply,
		7: -0.6*math.Abs(0.4-desired) - 0.3*0.3 - 0.5*0.2*(0.05+0.4) - 0.2,
		8: -0.6*math.Abs(0.6-desired) - 0.3*0.6 - 0.5*0.2*(0.05+0.25+0.6) - 0.5*publish - 0.12 - 0.05,
		9: -0.6*math.Abs(0.9-desired) - 0.3 - 0.5*0.2*(0.05+0.5+0.9) - publish - 0.12 - 0.05 - 0.3,
	} {
		if math.Abs(u[r]-want) > 1e-15 {
			t.Errorf("U(R%d) = %v, want %v", r, u[r], want)
		}
	}
}

// TestDesiredIsCapped: espionage is never worth more than sanctions.
func TestDesiredIsCapped(t *testing.T) {
	w := weights
	for intent, want := range [4]float64{0.25, 0.6, 0.9, 0} {
		b := Beliefs{Culprit: 1, Severity: 10}
		b.Intent[intent] = 1
		if got := w.Desired(&b, 0); math.Abs(got-want) > 1e-15 {
			t.Errorf("intent %d: %v, want %v", intent, got, want)
		}
	}
}

// TestStakes: the textbook rule escalates with the logistic chance of its stakes;
// the private option adds to the cost.
func TestStakes(t *testing.T) {
	a := actor(t, "standard")
	next := numbers("stakes")
	for range 500 {
		b := Beliefs{Culprit: next(), Intent: [4]float64{0.3, 0.35, 0.25, 0.1}}
		s := Situation{Hostage: 1 + 0.5*next()}
		lambda := 10 * next()
		var u Utilities
		StakesRule{}.Utilities(&a, &b, &s, &u)
		c := Logit(&u, lambda)
		p := b.Culprit * 0.6
		want := 1 / (1 + math.Exp(-lambda*(p*1-(1-p)*2-0.1-(s.Hostage-1))))
		if got := 1 - c.Below(3); math.Abs(got-want) > 1e-14 {
			t.Fatalf("P(escalate) = %v, want %v", got, want)
		}
	}
}

// TestReplyMenu: what is off the menu is never chosen, and the goal is the level
// suffered: without costs the nearest rung on the menu wins.
func TestReplyMenu(t *testing.T) {
	a := actor(t, "standard")
	a = NewActor(a.Rationality, Weights{Goal: 1}, a.Stakes, a.Scale)
	on := [N]bool{0: true, 2: true, 5: true, 6: true}
	for wanted, want := range map[float64]int{0: 0, 0.05: 2, 0.2: 5, 0.3: 6, 0.9: 6} {
		var u Utilities
		a.ReplyUtilities(wanted, &Beliefs{}, &Situation{}, &on, &u)
		if got := u.Argmax(); got != want {
			t.Errorf("wanting %v: R%d, want R%d", wanted, got, want)
		}
		for r := range u {
			if !on[r] && !math.IsInf(u[r], -1) {
				t.Errorf("R%d is off the menu and scores %v", r, u[r])
			}
		}
	}
}

// TestReplyByHand: what a reply costs, term by term: publishing has its own price there, and neither the situation's
// nor what talks make of it counts.
//
// Catches: a reply priced as an accusation, or charged for silence, doubt or a thaw.
func TestReplyByHand(t *testing.T) {
	a := actor(t, "standard")
	on := [N]bool{0: true, 5: true, 8: true}
	s := Situation{Exposed: true, Price: 0.5, Thaw: 1, PrivateCut: 2, Hostage: 3, OwnTension: 1}
	var u Utilities
	a.ReplyUtilities(0.3, &Beliefs{Culprit: 0.4, Severity: 5}, &s, &on, &u)
	for r, want := range map[int]float64{
		0: -0.6 * 0.3,
		5: -0.6*(0.3-0.22) - 0.3*0.06 - 0.07,
		8: -0.6*(0.6-0.3) - 0.3*0.6 - 0.12 - 0.05 - 0.5*0.07,
	} {
		if math.Abs(u[r]-want) > 1e-15 {
			t.Errorf("U(R%d) = %v, want %v", r, u[r], want)
		}
	}
}
