package patterns

import (
	"math"
	"slices"
)

// Threshold is one pattern that every scenario is held to: a statistic of the log
// and the range in which it should lie.
type Threshold struct {
	ID             string   `yaml:"id" json:"id"`
	Says           string   `yaml:"says" json:"says"`
	Statistic      string   `yaml:"statistic" json:"statistic"`
	Arm            string   `yaml:"arm" json:"arm"`   // "baseline" (default) or "treatment"
	Low            *float64 `yaml:"low" json:"low"`   // nil: no bound
	High           *float64 `yaml:"high" json:"high"` // nil: no bound
	ByConstruction bool     `yaml:"by_construction" json:"by_construction"`
	Source         string   `yaml:"source" json:"source"`
}

// Pattern is a threshold evaluated. Value and error are nil where the scenario has
// nothing to compute the statistic from.
type Pattern struct {
	Threshold
	Unit    string   `json:"unit"`
	Value   *float64 `json:"value"`
	SE      *float64 `json:"se"` // Monte Carlo standard error
	Verdict Verdict  `json:"verdict"`
	Close   bool     `json:"close"` // a threshold lies within two standard errors
	Means   string   `json:"means"` // what a miss means, or why there is no value
}

func statisticNamed(name string) *patternStatistic {
	i := slices.IndexFunc(patternStatistics, func(s patternStatistic) bool { return s.name == name })
	if i < 0 {
		return nil
	}
	return &patternStatistics[i]
}

func (t Threshold) judge(s *sums) Pattern {
	stat := statisticNamed(t.Statistic)
	p := Pattern{Threshold: t, Unit: stat.unit}
	role := baseline
	if t.Arm == "treatment" {
		role = treatment
	}
	value, se := jackknife(&s.groups[role], stat.of)
	if math.IsNaN(value) || math.IsInf(value, 0) {
		p.Verdict, p.Means = NotHere, stat.none
		return p
	}
	p.Value = &value
	if !math.IsNaN(se) {
		p.SE = &se
	}
	p.Verdict = Pass
	near := func(bound *float64) bool {
		edge := bound != nil && *bound == 0 && !stat.signed // no value lies beyond
		return bound != nil && !edge && p.SE != nil && math.Abs(value-*bound) < 2*se && se > 1e-12
	}
	p.Close = near(t.Low) || near(t.High)
	switch {
	case t.Low != nil && value < *t.Low:
		p.Verdict, p.Means = Miss, stat.below
	case t.High != nil && value > *t.High:
		p.Verdict, p.Means = Miss, stat.above
	}
	return p
}

// jackknife computes a statistic of all parts, and its standard error from leaving out one at a time.
func jackknife(parts *[groups]group, of func(*group) float64) (value, se float64) {
	var all group
	for i := range parts {
		all.merge(&parts[i])
	}
	value = of(&all)
	var without []float64
	for i := range parts {
		if parts[i].ratios[ratioPublic][1] == 0 {
			continue
		}
		var rest group
		for k := range parts {
			if k != i {
				rest.merge(&parts[k])
			}
		}
		without = append(without, of(&rest))
	}
	n := float64(len(without))
	if n < 2 {
		return value, math.NaN()
	}
	mean, ss := 0.0, 0.0
	for _, x := range without {
		mean += x / n
	}
	for _, x := range without {
		ss += float64((x - mean) * (x - mean))
	}
	return value, math.Sqrt(ss * (n - 1) / n)
}
