package decide

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestBound: what a bound shows is so. A bound that never shows anything would be idle, so that of changes that lower
// every rung above by as much it has to see each.
//
// Catches: the mean taken over the rungs above, a term of exp(x) left out, a share of the other side.
func TestBound(t *testing.T) {
	shown := 0
	rapid.Check(t, func(t *rapid.T) {
		score, change := rapid.Float64Range(-0.5, 0.5), rapid.Float64Range(-0.05, 0.05)
		rationality := rapid.SampledFrom([]float64{0.5, 4, 20, 150}).Draw(t, "rationality")
		rung := rapid.IntRange(0, N-2).Draw(t, "rung")
		var u, v, lower Utilities
		for r := range u {
			u[r] = score.Draw(t, "score")
			v[r], lower[r] = u[r]+change.Draw(t, "change"), u[r]
			if r > rung {
				lower[r] -= 0.001
			}
		}
		u[4], v[4], lower[4] = math.Inf(-1), math.Inf(-1), math.Inf(-1)
		before, after := Logit(&u, rationality), Logit(&v, rationality)
		var k Bound
		if k.Holds(&v, rationality) {
			t.Fatal("the zero bound shows something")
		}
		k.Set(&u, rationality, &before, rung)
		if k.Holds(&u, rationality) {
			t.Fatal("equal scores are less likely to go above")
		}
		if k.Holds(&v, rationality) {
			shown++
			if !(after.Below(rung+1) > before.Below(rung+1)) {
				t.Fatalf("below R%d: %v, then %v", rung+1, before.Below(rung+1), after.Below(rung+1))
			}
		}
		if p := before.Below(rung + 1); p*(1-p) > 1e-3 && !k.Holds(&lower, rationality) {
			t.Fatalf("not seen: every rung above R%d is lower", rung)
		}
		if k.Forget(); k.Holds(&lower, rationality) {
			t.Fatal("what was forgotten shows something")
		}
	})
	if shown == 0 {
		t.Error("no bound showed anything")
	}
}

// TestBoundIsConvex: scores that part go above more often, though their mean falls.
//
// Catches: a bound by the mean of the changes alone.
func TestBoundIsConvex(t *testing.T) {
	var u, v Utilities
	for r := 1; r < N; r++ {
		v[r] = 0.0145
		if r%2 == 0 {
			v[r] = -0.0249
		}
	}
	u[4], v[4] = math.Inf(-1), math.Inf(-1)
	before, after := Logit(&u, 20), Logit(&v, 20)
	var k Bound
	if k.Set(&u, 20, &before, 0); k.Holds(&v, 20) || !(after.Below(1) < before.Below(1)) {
		t.Errorf("below R1: %v, then %v", before.Below(1), after.Below(1))
	}
}
