package scenario

import (
	"fmt"
	"slices"

	"github.com/misstep/misstep/internal/nearest"
)

// Keep returns the scenario with some of its arms, all of them where names is empty.
// The headline keeps its meaning: its two arms must be among several that are kept, and
// a single one is described by itself.
func (v *Scenario) Keep(names []string) (*Scenario, error) {
	var known []string
	for i := range v.Arms {
		known = append(known, v.Arms[i].Name)
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("unknown arm %q; %s", n, nearest.Remedy(n, known))
		}
	}
	out := *v
	out.Arms = slices.DeleteFunc(slices.Clone(v.Arms), func(a Arm) bool { return !slices.Contains(names, a.Name) })
	switch len(out.Arms) {
	case 0, len(v.Arms):
		return v, nil
	case 1:
		out.Headline.Baseline, out.Headline.Treatment = out.Arms[0].Name, ""
		return &out, nil
	}
	for _, n := range [2]string{v.Headline.Baseline, v.Headline.Treatment} {
		if !slices.Contains(names, n) {
			return nil, fmt.Errorf("%q is left out, which the headline compares; add it, or compare others with a contrast "+
				"of their own", n)
		}
	}
	return &out, nil
}
