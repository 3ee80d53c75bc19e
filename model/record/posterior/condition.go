package posterior

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/model/scenario"
)

// States are the names of those that single numbers of the sample are about, sorted: states, and groups that act.
func (p *Posterior) States() []string {
	var out []string
	for i := range p.Columns {
		parts := append(scenario.SplitPath(p.Columns[i].Path), "")
		who := parts[1]
		switch parts[0] {
		case "states":
			out = append(out, who)
		case "prices":
			who, _, _ = strings.Cut(who, "@")
			out = append(out, who)
		case "onset":
			if source, victim, ok := strings.Cut(who, ">"); ok {
				out = append(out, source, victim)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Covers reports whether the sample is about some pair of a scenario's states, or about none in
// particular. What it says of others says nothing of them (decision 0027).
func (p *Posterior) Covers(v *scenario.Scenario) bool {
	about, n := p.States(), 0
	for i := range v.States {
		if slices.Contains(about, v.States[i].Name) {
			n++
		}
	}
	return len(about) == 0 || n > 1
}

// Condition returns a copy of a scenario in which the posterior updates the priors that it was made
// for: numbers whose path (without "assumptions.") a column has and whose distribution equals the
// column's prior. Another value stands. The other columns are left out, which leaves the marginal.
// Without a number to update the copy is equal to v. v must not be conditioned already.
func (p *Posterior) Condition(v *scenario.Scenario) *scenario.Scenario {
	if v.Joint != nil {
		panic("posterior: the scenario is conditioned already")
	}
	out := *v
	out.Slots = slices.Clone(v.Slots)
	byPath := map[string]int{}
	for k := range p.Columns {
		byPath[p.Columns[k].Path] = k
	}
	var slots, columns []int
	var learned []scenario.Learned
	for i := range out.Slots {
		s := &out.Slots[i]
		k, ok := byPath[scenario.ShortPath(s.Path)]
		if !ok || !s.Dist.Same(p.Columns[k].dist) {
			continue
		}
		c := &p.Columns[k]
		slots, columns = append(slots, i), append(columns, k)
		learned = append(learned,
			scenario.Learned{Contraction: c.Contraction, Silent: c.Silent, InformedBy: c.InformedBy, Prior: s.Origin})
		s.Origin = scenario.FromPosterior
		if !c.Silent && len(c.InformedBy) > 0 {
			s.Source = strings.TrimSuffix(strings.Join(c.InformedBy, ", ")+" (posterior); "+s.Source, "; ")
		}
	}
	if len(slots) == 0 {
		return &out
	}
	rows := make([][]float64, len(p.Rows))
	for i, row := range p.Rows {
		for _, k := range columns {
			rows[i] = append(rows[i], row[k])
		}
	}
	out.Joint = scenario.NewJoint(slots, rows, p.Weights, learned)
	return &out
}
