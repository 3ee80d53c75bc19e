package summary

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// Warning is what to beware of: its code, and the numbers that the code speaks of. What,
// Why and Do are empty until somebody writes them for readers, as the command does.
type Warning struct {
	ID   string `json:"id"`
	What string `json:"what"`
	Why  string `json:"why"`
	Do   string `json:"do"`

	Arm        string  `json:"-"` // of cut-chains, no-cases, waited
	Channel    string  `json:"-"` // of waited
	Draws      int     `json:"-"` // of few-draws: how many there are
	MC, Spread float64 `json:"-"` // of coarse: half-widths of the headline difference, Monte Carlo and parameter
	Chains     float64 `json:"-"` // of cut-chains: per replicate
	Share, Few float64 `json:"-"` // of tail: of the probability of R8, that a few of the draws hold
	Low, High  float64 `json:"-"` // of tail: the middle 90 % of the draws' probabilities
}

// Thresholds of the warnings.
const (
	fewDraws    = 40   // a 95 % interval needs its outer draws
	coarseShare = 0.5  // Monte Carlo half-width over parameter half-width
	cutShare    = 0.01 // of replies
	tailDraws   = 0.05 // the share of draws that a rare rung's mean should not rest on
	tailShare   = 0.5  // of the mean
)

// waited are the channels of an arm whose condition to open was met in no future.
func waited(v *scenario.Scenario, arm *Arm) (w []Warning) {
	for _, a := range v.Arms {
		for _, c := range a.Levers.Channels {
			up := slices.ContainsFunc(arm.Channels, func(u ChannelUptime) bool { return u.Name == c.Name && u.Uptime.Value > 0 })
			if a.Name == arm.Name && c.Open && c.OpensAfter != nil && !up {
				w = append(w, Warning{ID: "waited", Arm: arm.Name, Channel: c.Name})
			}
		}
	}
	return w
}

// warningsOf lists what an analyst should beware of.
func warningsOf(s *experiment.Sums, out *Summary) []Warning {
	var w []Warning
	if s.Plan.Free() > 0 && s.Plan.Draws < fewDraws {
		w = append(w, Warning{ID: "few-draws", Draws: s.Plan.Draws})
	}
	if len(out.Contrasts) > 0 && s.Plan.Uncertain() {
		d := out.Headline.Difference
		if half := (d.High - d.Low) / 2; d.NoError {
			w = append(w, Warning{ID: "one-replicate"})
		} else if !d.Resolved || half == 0 {
			w = append(w, Warning{ID: "unresolved"})
		} else if d.MC > coarseShare*half {
			w = append(w, Warning{ID: "coarse", MC: d.MC, Spread: half})
		}
	}
	if out.Run.Free > 0 && !out.Headline.Calibrated {
		w = append(w, Warning{ID: "not-calibrated"})
	}
	for a := range out.Arms {
		arm := &out.Arms[a]
		if cut := arm.count("cut_chains"); cut > cutShare*arm.count("replies") && cut > 0 {
			w = append(w, Warning{ID: "cut-chains", Arm: arm.Name, Chains: cut})
		}
		if arm.count("cases") == 0 {
			w = append(w, Warning{ID: "no-cases", Arm: arm.Name})
		}
		w = append(w, waited(s.Plan.Scenario, arm)...)
	}
	if tail, heavy := tailOf(s); heavy {
		w = append(w, tail)
	}
	return w
}

// tailOf is a probability of R8 in the baseline whose mean a few draws carry.
func tailOf(s *experiment.Sums) (w Warning, heavy bool) {
	const disruptive = 3 // class
	values := make([]float64, s.Plan.Draws)
	total, top := 0.0, 0.0
	for d, x := range s.Arms[s.Baseline].All() {
		values[d] = x.Series.ExpTotal[disruptive] / x.N
		total += values[d]
	}
	slices.Sort(values)
	few := int(math.Ceil(tailDraws * float64(len(values))))
	for _, v := range values[len(values)-few:] {
		top += v
	}
	if len(values) < fewDraws/2 || total == 0 || top < tailShare*total {
		return Warning{}, false
	}
	return Warning{ID: "tail", Share: top / total, Few: tailDraws, Low: stat.Quantile(values, 0.05),
		High: stat.Quantile(values, 0.95)}, true
}

func (a *Arm) count(id string) float64 {
	for _, c := range a.Counts {
		if c.ID == id {
			return c.Mean
		}
	}
	return math.NaN()
}
