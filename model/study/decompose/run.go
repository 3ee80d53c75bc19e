package decompose

import (
	"cmp"
	"context"
	"fmt"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
)

func outcomeOf(v *scenario.Scenario) string { return cmp.Or(v.Headline.Outcome, outcome.Default) }

// readings are the outcomes whose difference splits, with their places.
func readings(visit func(int, *outcome.Outcome) bool) {
	for m := range outcome.All {
		if r := &outcome.All[m]; r.Splits() && !visit(m, r) {
			return
		}
	}
}

// splitIndex finds an outcome whose difference splits by its id, −1 if there is none.
func splitIndex(id string) int {
	for m, r := range readings {
		if r.ID == id {
			return m
		}
	}
	return -1
}

// Run plays the coalitions of the plan's headline contrast. The sums hang on the
// plan alone, never on the number of workers. It fails as [NewSplit] does, where the
// headline's outcome cannot be split, and where a replicate passes the bound on
// events.
func Run(ctx context.Context, p experiment.Plan, workers int, progress experiment.Progress) (*Sums, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	game, err := NewSplit(p.Scenario)
	if err != nil {
		return nil, err
	}
	if id := outcomeOf(p.Scenario); splitIndex(id) < 0 {
		return nil, fmt.Errorf("outcome %s cannot be split: it is a ratio of two counts that the mechanisms both move; "+
			"choose another, as with --set headline.outcome=missteps", id)
	}
	players := len(game.Players)
	s := &Sums{Plan: p, Split: game, Exact: players <= exactPlayers, Draws: make([]DrawSums, p.Draws)}
	for d := range s.Draws {
		s.Draws[d] = *newDrawSums(players)
	}
	done, total := 0, p.Draws*p.Replicates
	blocks := p.Blocks(0, p.Replicates)
	err = ordered.Map(ctx, len(blocks), workers, func(int) ordered.Worker[*DrawSums] {
		stage := newStage(game, &p)
		return func(ctx context.Context, n int) (*DrawSums, error) { return stage.block(ctx, blocks[n]) }
	}, func(n int, d *DrawSums) error {
		s.Draws[blocks[n].Draw].merge(d)
		done += blocks[n].To - blocks[n].From
		if progress != nil {
			progress(done, total)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}
