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

// TestUntoldIsUnclear: of draws that differ by more than noise no interval is told where nothing is counted, and none
// makes a verdict: neither of draws that go both ways nor of some few that go one way, whose order statistics exclude
// zero. Catches a verdict that rests on an interval which nobody is shown.
func TestUntoldIsUnclear(t *testing.T) {
	def := &outcome.All[outcome.Index("missteps")]
	for name, effect := range map[string]func(d int) float64{
		"both ways": func(d int) float64 { return -1 + float64(d%5)/2 },
		"some":      func(d int) float64 { return -float64(d % 5 / 4) },
	} {
		var s Spread
		for d := range 200 {
			s.Add(effect(d), .04)
		}
		e := s.Around(-.2, .02, true)
		if got, v := shownOf(e, &s, nil, def, true); !e.Resolved || got != open(-.2, .02) || v != Unclear {
			t.Errorf("%s: %+v of %+v: %s", name, got, e, v)
		}
	}
}

// TestRatiosOfCounts: the range of a ratio of counts is not told, and no level has a range that does not hold it.
// Catches order statistics of few cases a draw, which exclude 1 where most draws show it.
func TestRatiosOfCounts(t *testing.T) {
	s := summarise(t, small, true, 40, 6)
	told := 0
	for _, m := range s.Contrasts[0].Measures {
		r := m.Ratio
		if outcome.All[outcome.Index(m.ID)].Flag && r.Resolved && r.Low < r.High {
			t.Errorf("%s: ratio %+v", m.ID, r)
		}
		for _, e := range []Estimate{m.Baseline, m.Treatment} {
			if e.Resolved {
				told++
				if !(e.Low <= e.Value && e.Value <= e.High) {
					t.Errorf("%s: level %+v", m.ID, e)
				}
			}
		}
	}
	if told < 20 {
		t.Errorf("%d levels have a range", told)
	}
}
