package summary

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// TestByAgainstReplicates: parts add up to the outcome, groups of cases average to it, weighed
// by their cases. Catches a group under another's name and a level of the other arm.
func TestByAgainstReplicates(t *testing.T) {
	c := &played().sum.Contrasts[0]
	for _, m := range outcome.Shown() {
		id := outcome.All[m].ID
		whole := c.Measure(id)
		for _, grouping := range []string{"pair", "year", "thaw"} {
			cases, base, treat, diff := 0.0, 0.0, 0.0, 0.0
			for _, b := range c.By {
				if b.Measure != id || b.Grouping != grouping {
					continue
				}
				weight := b.Cases / c.CommonCases
				if cases += b.Cases; grouping == "pair" {
					cases, weight = c.CommonCases, 1
				}
				base, treat = base+weight*b.Baseline.Value, treat+weight*b.Treatment.Value
				diff += weight * b.Difference.Value
			}
			if cases == 0 && whole.Baseline.Value+whole.Treatment.Value == 0 {
				continue
			}
			for _, x := range [][2]float64{{cases, c.CommonCases}, {base, whole.Baseline.Value},
				{treat, whole.Treatment.Value}, {diff, whole.Difference.Value}} {
				if math.Abs(x[0]-x[1]) > 1e-9 {
					t.Errorf("%s by %s: %v, in all %v", id, grouping, x[0], x[1])
				}
			}
		}
	}
}

// TestLevelsAgainstReplicates: the false share of an arm is pooled over draws and over all of
// its cases; the thirds of tension hold all cases, about a third each in the baseline.
func TestLevelsAgainstReplicates(t *testing.T) {
	f := played()
	for a := range 2 {
		arm := &f.sum.Arms[a]
		value, mc := f.ratio(func(out []sim.Outcome) (num, den float64) {
			for _, c := range out[a].Cases {
				num, den = num+100*one(c.Falsely), den+one(c.Public())
			}
			return num, den
		})
		wants(t, arm.Name, arm.Level("false_share").Value, value, mc)
		cases, suspected := map[string]float64{}, 0.0
		for _, l := range arm.Levels {
			if l.Group != "" {
				cases[l.Measure] += l.Cases
			}
			if l.Group != "" && l.Measure == "missteps" && l.Group != "no state suspected" {
				suspected += l.Cases
			}
		}
		for id, n := range cases {
			if math.Abs(n-arm.count("cases")) > 1e-9 {
				t.Errorf("%s in %s: %v cases by tension, of %v", id, arm.Name, n, arm.count("cases"))
			}
		}
		for _, l := range arm.Levels {
			if a == 0 && l.Group != "" && l.Group != "no state suspected" && math.Abs(l.Cases/suspected-1.0/3) > .1 {
				t.Errorf("%s, %s: %v of %v cases", l.Measure, l.Group, l.Cases, suspected)
			}
		}
	}
}

// TestUntoldIsNotBolder: draws that differ by more than noise and go both ways say nothing, and no more where their
// interval is not told.
func TestUntoldIsNotBolder(t *testing.T) {
	var s Spread
	for d := range 200 {
		s.Add(-1+float64(d%5)/2, .01)
	}
	e := s.Around(-.2, .02, true)
	def := &outcome.All[outcome.Index("missteps")]
	got, verdict := shownOf(e, &s, nil, def, true)
	if !e.Resolved || got != open(-.2, .02) || verdict != Unclear {
		t.Errorf("%+v of %+v: %s", got, e, verdict)
	}
}
