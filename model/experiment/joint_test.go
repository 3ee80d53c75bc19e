package experiment

import (
	"slices"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// conditioned is a plan with two slots drawn from four rows.
func conditioned(t *testing.T) (before, after Plan) {
	t.Helper()
	before = plan(t, 60, 12)
	v := *before.Scenario
	var slots []int
	for i := range v.Slots {
		if !v.Slots[i].Dist.IsPoint() && len(slots) < 2 {
			slots = append(slots, i)
		}
	}
	var rows [][]float64
	for _, u := range []float64{0.2, 0.4, 0.6, 0.8} {
		rows = append(rows, []float64{v.Slots[slots[0]].Dist.Quantile(u), v.Slots[slots[1]].Dist.Quantile(1 - u)})
	}
	v.Joint = scenario.NewJoint(slots, rows, []float64{1, 2, 3, 4}, make([]scenario.Learned, 2))
	after = before
	after.Scenario = &v
	return before, after
}

// TestThetaOfJoint: the slots of a joint sample have one of its rows together, the
// others what they had. Catches values of two rows in one vector.
func TestThetaOfJoint(t *testing.T) {
	before, after := conditioned(t)
	j := after.Scenario.Joint
	taken := map[float64]bool{}
	for d := range 60 {
		a, b := before.Theta(d), after.Theta(d)
		row := []float64{b[j.Slots[0]], b[j.Slots[1]]}
		if !slices.ContainsFunc(j.Rows, func(r []float64) bool { return slices.Equal(r, row) }) {
			t.Fatalf("draw %d: %v is no row", d, row)
		}
		taken[row[0]] = true
		for i := range a {
			if !slices.Contains(j.Slots, i) && a[i] != b[i] {
				t.Fatalf("draw %d: slot %d was %v, is %v", d, i, a[i], b[i])
			}
		}
	}
	if len(taken) != 4 {
		t.Errorf("%d of 4 rows are taken", len(taken))
	}
}

// TestOnPriors: the plan before the record is the plan without it, with a third of
// the replicates and at least two; the plan itself stays.
func TestOnPriors(t *testing.T) {
	before, after := conditioned(t)
	for replicates, want := range map[int]int{1: 2, 5: 2, 9: 3, 12: 4} {
		after.Replicates = replicates
		q := after.OnPriors()
		before.Replicates = want
		if q.Replicates != want || q.Fingerprint() != before.Fingerprint() {
			t.Errorf("%d replicates: %d, or another plan", replicates, q.Replicates)
		}
	}
	if after.Scenario.Joint == nil || after.Replicates > 12 {
		t.Error("the plan itself has changed")
	}
	if after.Fingerprint() == before.Fingerprint() {
		t.Error("the fingerprint does not see the sample")
	}
}
