package decompose

import (
	"context"
	"fmt"
	"sync"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// outcomeOf is the id of the headline's outcome.
func outcomeOf(v *scenario.Scenario) string {
	if v.Headline.Outcome == "" {
		return "missteps"
	}
	return v.Headline.Outcome
}

// Run plays the coalitions of the plan's headline contrast. The sums hang on the
// plan alone, never on the number of workers. It fails as [NewSplit] does, where the
// headline's outcome cannot be split, and where a replicate passes the bound on
// events.
func Run(ctx context.Context, p experiment.Plan, workers int, progress experiment.Progress) (*Sums, error) {
	split, err := NewSplit(p.Scenario)
	if err != nil {
		return nil, err
	}
	if id := outcomeOf(p.Scenario); splitIndex(id) < 0 {
		return nil, fmt.Errorf("outcome %s cannot be split: it is a ratio of two counts that the mechanisms both move; "+
			"choose another, as with --set headline.outcome=missteps", id)
	}
	s := &Sums{Plan: p, Split: split, Exact: len(split.Players) <= exactPlayers, Draws: make([]DrawSums, p.Draws)}
	for d := range s.Draws {
		s.Draws[d] = *newDrawSums(len(split.Players))
	}
	done, total := 0, p.Draws*p.Replicates
	err = fold(ctx, p.Blocks(0, p.Replicates), workers,
		func() playBlock { return newStage(split, &p).block },
		func(b experiment.Block, d *DrawSums) {
			s.Draws[b.Draw].merge(d)
			done += b.To - b.From
			if progress != nil {
				progress(done, total)
			}
		})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// fold plays the blocks with some workers, each with a function of its own, and
// takes the results in the order of the blocks. It stops at the first error or when
// the context ends.
func fold(ctx context.Context, blocks []experiment.Block, workers int, fresh func() playBlock,
	take func(experiment.Block, *DrawSums)) error {
	idle := sync.Pool{New: func() any { return fresh() }}
	return experiment.InOrder(ctx, 0, len(blocks), workers, func(ctx context.Context, n int) (*DrawSums, error) {
		play := idle.Get().(playBlock)
		defer idle.Put(play)
		return play(ctx, blocks[n])
	}, func(n int, d *DrawSums) error {
		take(blocks[n], d)
		return nil
	})
}

// playBlock plays a block.
type playBlock func(context.Context, experiment.Block) (*DrawSums, error)
