package narrative

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
)

// Wanted says what a replicate must show to be worth a story.
type Wanted int

// What can be wanted.
const (
	Difference Wanted = iota // a step that differs between the arms; with one arm, a public step
	OneMisstep               // a misstep in one arm and none in the other; with one arm, a misstep
)

// Find returns the lowest-numbered replicate of the plan, draw by draw, that shows
// what is wanted, and whether there is one.
func Find(ctx context.Context, p *experiment.Plan, want Wanted) (experiment.Cell, bool, error) {
	for cell, err := range search(ctx, p, func(out []sim.Outcome) bool { return shows(out, want) }) {
		return cell, err == nil, err
	}
	return experiment.Cell{}, false, nil
}

// search yields the replicates of the plan that show something, draw by draw; with an
// error it ends.
func search(ctx context.Context, p *experiment.Plan, shown func([]sim.Outcome) bool) iter.Seq2[experiment.Cell, error] {
	return func(yield func(experiment.Cell, error) bool) {
		if err := p.Check(); err != nil {
			yield(experiment.Cell{}, err)
			return
		}
		r := sim.Runner{Ended: func() bool { return ctx.Err() != nil }}
		var arms *sim.Arms
		for n := range p.Draws * p.Replicates {
			cell := experiment.Cell{Draw: n / p.Replicates, Replicate: n % p.Replicates}
			if cell.Replicate == 0 {
				arms = compile(p, cell.Draw)
			}
			out, err := play(&r, p, arms, cell, nil)
			if err = cmp.Or(context.Cause(ctx), err); err != nil {
				yield(experiment.Cell{}, err)
				return
			}
			if shown(out) && !yield(cell, nil) {
				return
			}
		}
	}
}

// Tell plays one replicate and returns its story.
func Tell(p *experiment.Plan, cell experiment.Cell) (*Story, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if cell.Draw < 0 || cell.Draw >= p.Draws {
		return nil, fmt.Errorf("there is no draw %d; the plan has draws 0 to %d", cell.Draw, p.Draws-1)
	}
	if cell.Replicate < 0 || cell.Replicate >= experiment.MaxReplicates {
		return nil, fmt.Errorf("there is no replicate %d; they count from 0 to %d", cell.Replicate,
			experiment.MaxReplicates-1)
	}
	arms := compile(p, cell.Draw)
	logs := make([][]sim.Event, len(arms.Arms))
	observers := make([]sim.Observer, len(logs))
	for a := range logs {
		observers[a] = func(e *sim.Event) { logs[a] = append(logs[a], *e) }
	}
	var r sim.Runner
	if _, err := play(&r, p, arms, cell, observers); err != nil {
		return nil, err
	}
	s := newBuilder(p, cell, arms).build(logs)
	if s.Diverges != nil {
		var err error
		if s.Diverges.Needed, s.Diverges.Enough, err = causes(&r, p, cell, arms); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func compile(p *experiment.Plan, d int) *sim.Arms { return p.Compile(d, p.HeadlineArms()...) }

func play(r *sim.Runner, p *experiment.Plan, arms *sim.Arms, c experiment.Cell,
	observers []sim.Observer) ([]sim.Outcome, error) {
	out, names := r.Run(arms, p.Replicate(c.Draw, c.Replicate), observers), p.HeadlineArms()
	for a := range out {
		if out[a].Overflow {
			return nil, sim.Overflow(p.Scenario, p.Theta(c.Draw), p.Scenario.Arms[names[min(a, len(names)-1)]].Name,
				arms.Arms[a], &out[a])
		}
	}
	return out, nil
}

func shows(out []sim.Outcome, want Wanted) bool {
	public := func(a int, cause sim.Cause) bool { return !math.IsInf(out[a].First[sim.ClassPublic][cause], 1) }
	switch {
	case len(out) == 1 && want == OneMisstep:
		return public(0, sim.Misstep)
	case len(out) == 1:
		return public(0, sim.AnyCause)
	case want == OneMisstep:
		return public(0, sim.Misstep) != public(1, sim.Misstep)
	}
	return experiment.Parting(out[0].Steps, out[1].Steps) >= 0
}
