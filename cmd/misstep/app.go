package main

import (
	"fmt"
	"slices"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/scenario"
)

// keepArms restricts a scenario to some arms. The headline keeps its meaning: its
// arms must be among them, unless one is left, which is compared with nothing.
func keepArms(v *scenario.Scenario, names []string) (*scenario.Scenario, error) {
	if len(names) == 0 {
		return v, nil
	}
	var known []string
	for i := range v.Arms {
		known = append(known, v.Arms[i].Name)
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("--arm: unknown arm %q; %s", n, nearest.Remedy(n, known))
		}
	}
	out := *v
	out.Arms = nil
	for _, arm := range v.Arms {
		if slices.Contains(names, arm.Name) {
			out.Arms = append(out.Arms, arm)
		}
	}
	if len(out.Arms) == len(v.Arms) {
		return v, nil
	}
	if len(out.Arms) == 1 {
		out.Headline.Baseline, out.Headline.Treatment = out.Arms[0].Name, ""
		return &out, nil
	}
	for _, n := range [2]string{v.Headline.Baseline, v.Headline.Treatment} {
		if !slices.Contains(names, n) {
			return nil, fmt.Errorf("--arm leaves out %q, which the headline compares; add --arm %q, or choose with --contrast",
				n, n)
		}
	}
	return &out, nil
}
