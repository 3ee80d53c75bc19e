package narrative

import (
	"cmp"
	"context"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
)

// Choose tells the most instructive of some replicates: the first whose parting needs
// exactly one mechanism, else the first. Without any it returns nil.
func Choose(ctx context.Context, p *experiment.Plan, cells []experiment.Cell) (*Story, error) {
	var first *Story
	for _, c := range cells {
		s, err := Tell(p, c)
		if err = cmp.Or(context.Cause(ctx), err); err != nil {
			return nil, err
		}
		if s.Diverges != nil && len(s.Diverges.Needed) == 1 {
			return s, nil
		}
		if first == nil {
			first = s
		}
	}
	return first, nil
}

// FindInstructive returns the replicates that a run of the plan keeps as instructive,
// lowest first: where the arms differ in a misstep and part over it.
func FindInstructive(ctx context.Context, p *experiment.Plan) ([]experiment.Cell, error) {
	var out []experiment.Cell
	two := func(o []sim.Outcome) bool { return len(o) == 2 && experiment.Instructive(&o[0], &o[1]) }
	for cell, err := range search(ctx, p, two) {
		if err != nil {
			return nil, err
		}
		if out = append(out, cell); len(out) == experiment.MaxInstructive {
			break
		}
	}
	return out, nil
}
