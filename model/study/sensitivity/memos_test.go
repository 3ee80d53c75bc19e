package sensitivity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
)

// TestAPointThatIsRecalled: points of a row that share a memo give what each gives alone, bit for bit, and a number of
// the forum leaves the baseline as it is.
func TestAPointThatIsRecalled(t *testing.T) {
	const replicates = 6
	p := smallPlan(t, 2, 2)
	e, _ := NewEvaluator(p, replicates, measures())
	s := NewSpace(p.Scenario)
	m := &experiment.Memo{Most: mostKept}
	u := slices.Repeat([]float64{.4}, len(s.Inputs))
	for _, c := range []struct {
		path string
		arms int // that the move touches
	}{{"choice.rationality", 2}, {"strength.delay", 1}, {"effect.private_hostage", 1}, {"strength.leaks", 0}} {
		at := slices.IndexFunc(s.Inputs, func(in Input) bool { return strings.HasSuffix(in.Path, c.path) })
		if at < 0 {
			t.Fatal("no " + c.path)
		}
		before := m.Played()
		for n, x := range []float64{.4, .9} {
			u[at] = x
			alone, err := e.At(context.Background(), s.Theta(u), nil)
			if err != nil {
				t.Fatal(err)
			}
			shared, err := e.At(context.Background(), s.Theta(u), m)
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(alone) != fmt.Sprint(shared) {
				t.Errorf("%s: a point that shares is %v, alone %v", c.path, shared, alone)
			}
			if n == 0 {
				before = m.Played()
			}
		}
		if played := m.Played() - before; played != c.arms*replicates {
			t.Errorf("%s: %d replicates are played, want those of %d arms", c.path, played, c.arms)
		}
	}
}

// TestMemosOfRows: points share a memo within their row, up to [together], and none is there once its points are done.
func TestMemosOfRows(t *testing.T) {
	const row, points = 20, 60
	m := newMemos(row, points)
	for n := range points {
		for k := range n {
			if same := k/row == n/row && k%row/together == n%row/together; (m.at(k) == m.at(n)) != same {
				t.Errorf("points %d and %d share: %v", k, n, !same)
			}
		}
	}
	for n := range points {
		if m.of(n) == nil {
			t.Fatalf("point %d has no memo", n)
		}
		m.taken(n)
	}
	for _, left := range m.list {
		if left != nil {
			t.Error("a memo is left")
		}
	}
}
