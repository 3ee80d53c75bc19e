package experiment

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// TestJointMomentsByHand: three replicates of two numbers, worked on paper.
//
//	x = 1, 0, 2   y = 4, 1, 1
//	sums 3, 6   squares 1+0+4 = 5, 16+1+1 = 18   product 4+0+2 = 6
//	variances (5 − 9/3)/2 = 1, (18 − 36/3)/2 = 3   covariance (6 − 18/3)/2 = 0
//	of 2x − y: 4·1 + 1·3 − 4·0 = 7, which 2x − y = −2, −1, 3 has as well: (4 + 1 + 9 − 0)/2
func TestJointMomentsByHand(t *testing.T) {
	j, other := NewJointMoments(2), NewJointMoments(2)
	j.Add([]float64{1, 4})
	other.Add([]float64{0, 1})
	other.Add([]float64{2, 1})
	j.Merge(&other)
	same(t, "moments", JointMoments{N: 3, Sum: []float64{3, 6}, Sq: []float64{5, 6, 18}}, j)
	for i, want := range [][2]float64{{5, 6}, {6, 18}} {
		if j.Product(i, 0) != want[0] || j.Product(i, 1) != want[1] {
			t.Errorf("products of %d: %v, %v", i, j.Product(i, 0), j.Product(i, 1))
		}
	}
	if j.Mean(1) != 2 || j.Mean(-1) != 1 || j.Quadratic([]float64{2, -1}) != 7 || j.Quadratic([]float64{1, 0}) != 1 {
		t.Errorf("mean %v, %v; variances %v, %v", j.Mean(1), j.Mean(-1), j.Quadratic([]float64{2, -1}),
			j.Quadratic([]float64{1, 0}))
	}
	if one := NewJointMoments(2); one.Quadratic([]float64{1, 1}) != 0 {
		t.Error("no replicate has a variance")
	}
}

// literalNumber reads a number by its name.
func literalNumber(name string, base, other *sim.Outcome) float64 {
	switch name {
	case "common_cases":
		cases, _ := matched(base, other)
		return float64(len(cases))
	case "baseline_cases":
		return float64(len(base.Cases))
	}
	if id, ok := strings.CutSuffix(name, "_baseline"); ok {
		n, _ := literalMeasure(id, base, other)
		return n
	}
	n, _ := literalMeasure(strings.TrimSuffix(name, "_treatment"), other, base)
	return n
}

// literalJoint adds up the numbers of a contrast and their products.
func literalJoint(names []string, all []played, d, base, other int) JointMoments {
	of := func(name string) []float64 {
		return each(all, d, func(out []sim.Outcome) float64 { return literalNumber(name, &out[base], &out[other]) })
	}
	j := JointMoments{N: float64(len(of(names[0])))}
	for i, a := range names {
		j.Sum = append(j.Sum, 0)
		for k, b := range names[i:] {
			j.Sq = append(j.Sq, 0)
			x, y := of(a), of(b)
			for r := range x {
				j.Sq[len(j.Sq)-1] += x[r] * y[r]
				if k == 0 {
					j.Sum[i] += x[r]
				}
			}
		}
	}
	return j
}

// TestJointHasEveryKeyOutcome: numbers of both arms of each, and what stands below. Catches a key
// outcome that is left out, and a denominator that is that of another.
func TestJointHasEveryKeyOutcome(t *testing.T) {
	p := plan(t, 3, 25)
	p.Scenario.Headline.Outcome = "misstep_share"
	s := run(t, p, 2)
	for k, m := range s.Joint.Outcomes {
		for i := range s.Others {
			c := s.Contrasts[i].At(1)
			for place, at := range s.Joint.At[k] {
				have := c.Joint.N
				if at >= 0 {
					have = c.Joint.Sum[at]
				}
				if want := c.Measures[m].Sum[place]; have != want {
					t.Errorf("%s, place %d: %v, want %v", outcome.All[m].ID, place, have, want)
				}
			}
		}
	}
	names := " " + strings.Join(s.Joint.Names, " ") + " "
	for _, o := range outcome.All {
		has := strings.Contains(names, " "+o.ID+"_baseline "+o.ID+"_treatment ")
		if want := o.Key || o.ID == "misstep_share"; has != want {
			t.Errorf("%s: %v in %s", o.ID, has, names)
		}
	}
	if !strings.HasSuffix(names, " misstep_share_of_baseline misstep_share_of_treatment baseline_cases ") {
		t.Error(names)
	}
}
