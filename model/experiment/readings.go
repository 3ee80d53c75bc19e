package experiment

import (
	"context"
	"errors"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// errNoPair is why nothing is compared.
var errNoPair = errors.New("the headline compares no two arms; give the scenario a baseline and a treatment")

// Readings plays the first draw of a plan, and reads some outcomes, by their place in [outcome.All], off the two arms
// of its headline: by outcome and replicate. It ends as [Fold] does. The headline has to compare two arms.
func Readings(ctx context.Context, p Plan, outcomes []int) ([][]outcome.Reading, error) {
	read, arms := make([][]outcome.Reading, len(outcomes)), p.HeadlineArms()
	if len(arms) < 2 {
		return nil, errNoPair
	}
	err := Fold(ctx, &p, []Block{{From: 0, To: p.Replicates}}, 1, func() *reader {
		return &reader{arms: arms, outcomes: outcomes, read: read, all: make([]outcome.Reading, len(outcome.All)),
			flips: make([]outcome.Flips, len(outcome.All))}
	}, func(Block, *reader) {})
	return read, err
}

// reader reads the replicates of one block.
type reader struct {
	arms     []int // places of the two
	outcomes []int
	read     [][]outcome.Reading // by outcome and replicate
	all      []outcome.Reading   // of one replicate
	flips    []outcome.Flips     // nobody asks for them
}

// Reset does nothing: a reader reads one block.
func (r *reader) Reset(Block, *sim.Arms) {}

// Observers are none.
func (r *reader) Observers() []sim.Observer { return nil }

// Visit reads a replicate.
func (r *reader) Visit(_ int, out []sim.Outcome) {
	outcome.Read(&out[r.arms[0]], &out[r.arms[1]], r.all, r.flips)
	for k, m := range r.outcomes {
		r.read[k] = append(r.read[k], r.all[m])
	}
}
