package summary

import (
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/stat"
)

// Thresholds of the warnings.
const (
	fewDraws    = 40   // a 95 % interval needs its outer draws
	coarseShare = 0.5  // Monte Carlo half-width over parameter half-width
	cutShare    = 0.01 // of replies
	tailDraws   = 0.05 // the share of draws that a rare rung's mean should not rest on
	tailShare   = 0.5  // of the mean
)

// warningsOf lists what an analyst should beware of.
func warningsOf(s *experiment.Sums, out *Summary) []Warning {
	var w []Warning
	add := func(id, what, why, do string) { w = append(w, Warning{id, what, why, do}) }
	p := &s.Plan
	if p.Free() > 0 && p.Draws < fewDraws {
		add("few-draws", fmt.Sprintf("%d parameter draws", p.Draws), "a 95 % parameter interval rests on its outermost draws",
			"use --draws 200 or more")
	}
	if len(out.Contrasts) > 0 && spread(s) {
		d := out.Headline.Difference
		half := (d.High - d.Low) / 2
		if half == 0 {
			add("unresolved", "the draws of the headline difference differ by no more than their Monte Carlo error",
				"its parameter uncertainty is not resolved, which is not the same as none", "use more --replicates, or --precision")
		} else if d.MC > coarseShare*half {
			add("coarse", fmt.Sprintf(
				"the Monte Carlo error of the headline difference is ±%.2g beside a parameter half-width of %.2g", d.MC, half),
				"the two uncertainties can hardly be told apart", "use more --replicates, or --precision")
		}
	}
	if out.Run.Free > 0 && !out.Headline.Calibrated {
		add("not-calibrated", "parameters are drawn from their priors, not from a posterior",
			"the headline rests on documented ranges and stated assumptions", "see misstep params")
	}
	for a := range out.Arms {
		arm := &out.Arms[a]
		replies, cut := arm.count("replies"), arm.count("cut_chains")
		if cut > cutShare*replies && cut > 0 {
			add("cut-chains", fmt.Sprintf("in arm %s, %.2g chains of replies a replicate were cut at the bound on moves",
				arm.Name, cut),
				"some reply ratios do not settle; what would follow is not in the numbers",
				"lower type.reply_*, or raise reply.max_moves")
		}
		if arm.cases() == 0 {
			add("no-cases", fmt.Sprintf("arm %s discovered no incident", arm.Name), "every share of cases is empty",
				"raise onset rates or the horizon")
		}
	}
	if tail := tailOf(s); tail != "" {
		add("tail", tail, "a rung without precedent rests on the tail of a logit and on a few draws",
			"read the range and the bound from history, not the point")
	}
	return w
}

// tailOf describes a probability of R8 in the baseline whose mean a few draws carry.
func tailOf(s *experiment.Sums) string {
	const disruptive = 3 // class
	values := make([]float64, len(s.Draws))
	total, top := 0.0, 0.0
	for d := range s.Draws {
		x := &s.Draws[d].Arms[s.Baseline]
		values[d] = x.Series.ExpTotal[disruptive] / x.N
		total += values[d]
	}
	slices.Sort(values)
	few := int(math.Ceil(tailDraws * float64(len(values))))
	for _, v := range values[len(values)-few:] {
		top += v
	}
	if len(values) < fewDraws/2 || total == 0 || top < tailShare*total {
		return ""
	}
	low, high := oneIn(stat.Quantile(values, 0.05)), oneIn(stat.Quantile(values, 0.95))
	spread := "range from " + low + " to " + high
	if low == high {
		spread = "are all at " + low
	}
	return fmt.Sprintf("%.0f %% of the probability of R8 come from %.0f %% of the draws: the middle 90 %% of them %s",
		100*top/total, 100*tailDraws, spread)
}

// oneIn writes a small probability as odds, to two digits.
func oneIn(p float64) string {
	if p < 1e-7 {
		return "less than 1 in 10 million"
	}
	digit := elem.Pow(10, math.Floor(elem.Log10(1/p))-1)
	return fmt.Sprintf("1 in %.0f", math.Round(1/p/digit)*digit)
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
