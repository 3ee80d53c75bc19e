package summary

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/model/experiment"
)

// Thresholds of the warnings.
const (
	fewDraws     = 40   // a 95 % interval needs its outer draws
	coarseShare  = 0.5  // Monte Carlo half-width over parameter half-width
	cutShare     = 0.01 // of replies
	tailRelative = 0.5  // Monte Carlo half-width over the value of a rare rung
)

// warningsOf lists what an analyst should beware of.
func warningsOf(s *experiment.Sums, out *Summary) []Warning {
	var w []Warning
	add := func(id, what, why, do string) { w = append(w, Warning{id, what, why, do}) }
	p := &s.Plan
	if p.Free() > 0 && p.Draws < fewDraws {
		add("few-draws", fmt.Sprintf("%d parameter draws", p.Draws), "a 95 % parameter interval rests on its outermost draws", "use --draws 200 or more")
	}
	if len(out.Contrasts) > 0 && spread(s) {
		d := out.Headline.Difference
		if half := (d.High - d.Low) / 2; d.MC > coarseShare*half {
			add("coarse", fmt.Sprintf("the Monte Carlo error of the headline difference is ±%.2g beside a parameter half-width of %.2g", d.MC, half),
				"the two uncertainties can hardly be told apart", "use more --replicates, or --precision")
		}
	}
	if out.Run.Free > 0 && !out.Headline.Calibrated {
		add("not-calibrated", "parameters are drawn from their priors, not from a posterior", "the headline rests on documented ranges and stated assumptions", "see misstep params")
	}
	for a := range out.Arms {
		arm := &out.Arms[a]
		replies, cut := arm.count("replies"), arm.count("cut_chains")
		if cut > cutShare*replies && cut > 0 {
			add("cut-chains", fmt.Sprintf("in arm %s, %.2g chains of replies a replicate were cut at the bound on moves", arm.Name, cut),
				"some reply ratios do not settle; what would follow is not in the numbers", "lower type.reply_*, or raise reply.max_moves")
		}
		if c := arm.Curve("R8", "any"); c != nil {
			if last := len(c.Value) - 1; c.Value[last] > 0 && c.MCHigh[last]-c.Value[last] > tailRelative*c.Value[last] {
				add("tail", fmt.Sprintf("in arm %s, the probability of R8 is known to ±%.0f %% only", arm.Name, 100*(c.MCHigh[last]/c.Value[last]-1)),
					"rungs without precedent rest on the tail of a logit", "read the bound from history, not the point")
			}
		}
		if arm.cases() == 0 {
			add("no-cases", fmt.Sprintf("arm %s discovered no incident", arm.Name), "every share of cases is empty", "raise onset rates or the horizon")
		}
	}
	return w
}

func (a *Arm) count(id string) float64 {
	for _, c := range a.Counts {
		if c.ID == id {
			return c.Mean
		}
	}
	return math.NaN()
}

func (a *Arm) cases() float64 { return a.count("cases") }
