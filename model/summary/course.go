package summary

import (
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/stat"
)

// Moment is a point of the course of a difference.
type Moment struct {
	Day        float64  `json:"day"`        // end of a step of the window
	Difference Estimate `json:"difference"` // treatment − baseline [probability]
}

// stride is how many of the steps of a window lie between two moments of a course.
const stride = 3

// courseOf is the paired difference over time in the probability that a misstep of the public class
// has happened: at each moment the estimate of an outcome, from the 2 × 2 table of paired futures
// by then, with the covariance of the arms. It ends on the outcome any_misstep.
func courseOf(s *experiment.Sums, contrast int, c *Contrast) []Moment {
	free, def := s.Plan.Uncertain(), &outcome.All[outcome.Index("any_misstep")]
	first := func(arm int) [][sim.Bins]float64 {
		return gather(s.Arms[arm], 1, func(x *experiment.ArmSums, _ int) [sim.Bins]float64 {
			return x.Series.First[sim.ClassPublic][sim.Misstep]
		})[0]
	}
	meet := gather(s.Contrasts[contrast], 1,
		func(x *experiment.ContrastSums, _ int) [sim.Bins]float64 { return x.Meet })[0]
	replicates := replicatesOf(s, s.Baseline)
	baseline, treatment := first(s.Baseline), first(s.Others[contrast])
	sums := make([]table, len(meet)) // by draw, by the end of a step
	var out []Moment
	for b := range sim.Bins {
		for d := range sums {
			sums[d].baseline += baseline[d][b]
			sums[d].treatment += treatment[d][b]
			sums[d].both += meet[d][b]
		}
		if (b+1)%stride != 0 {
			continue
		}
		var draws []*experiment.Moments
		var flips []stat.Flips
		for d := range sums {
			m := sums[d].moments(replicates[d])
			draws = append(draws, m)
			flips = append(flips, stat.Flips{Added: sums[d].treatment - sums[d].both,
				Removed: sums[d].baseline - sums[d].both, Of: m.N})
		}
		e, _ := estimate(draws, difference, 1, free)
		if free && e.Resolved {
			e = Counted(e, Rates(flips, Within(def, s.Plan.NoDifference(), c.CommonCases, s.Horizon)), 1)
		}
		out = append(out, Moment{float64(b+1) / sim.Bins * s.Horizon, e})
	}
	return out
}

// table counts the futures of a draw with a misstep by a day: in either arm, and in both.
type table struct{ baseline, treatment, both float64 }

// moments are those of two flags over n futures, each with a 1 below its fraction bar.
func (t *table) moments(n float64) *experiment.Moments {
	return &experiment.Moments{N: n, Sum: [4]float64{t.baseline, n, t.treatment, n}, Sq: [4][4]float64{
		{t.baseline, t.baseline, t.both, t.baseline}, {0, n, t.treatment, n}, {0, 0, t.treatment, t.treatment}, {0, 0, 0, n}}}
}
