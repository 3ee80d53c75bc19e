package effect

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// outcomeOf is the id of the headline's outcome.
func outcomeOf(v *scenario.Valid) string {
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
	if id := outcomeOf(p.Scenario); readingIndex(id) < 0 {
		return nil, fmt.Errorf("outcome %s cannot be split: it is a ratio of two counts that the mechanisms both move; choose another, as with --set headline.outcome=missteps", id)
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

// result is a block that was played, or why it was not.
type result struct {
	n        int
	sums     *DrawSums
	err      error
	panicked string
}

// fold plays the blocks with some workers, each with a function of its own, and
// takes the results in the order of the blocks. It stops at the first error or when
// the context ends. Only so many blocks are held back as keep the workers busy.
func fold(ctx context.Context, blocks []experiment.Block, workers int, fresh func() playBlock, take func(experiment.Block, *DrawSums)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers = max(1, workers)
	room := make(chan struct{}, 4*workers) // blocks handed out and not taken yet
	work, results := make(chan int), make(chan result)
	go handOut(ctx, len(blocks), room, work)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			play := fresh()
			for n := range work {
				results <- attempt(ctx, n, blocks[n], play)
			}
		})
	}
	go func() { wg.Wait(); close(results) }()
	waiting := map[int]*DrawSums{}
	next, panicked := 0, ""
	for r := range results {
		if r.err != nil {
			cancel(r.err)
			panicked += r.panicked
			continue
		}
		waiting[r.n] = r.sums
		for d := waiting[next]; d != nil; d = waiting[next] {
			take(blocks[next], d)
			delete(waiting, next)
			next++
			<-room
		}
	}
	if panicked != "" {
		panic(panicked) // ours, and the caller's to handle
	}
	return context.Cause(ctx)
}

// playBlock plays a block.
type playBlock func(context.Context, experiment.Block) (*DrawSums, error)

// handOut numbers the blocks for the workers, as far as there is room.
func handOut(ctx context.Context, blocks int, room chan<- struct{}, work chan<- int) {
	defer close(work)
	for n := range blocks {
		select {
		case room <- struct{}{}:
		case <-ctx.Done():
			return
		}
		select {
		case work <- n:
		case <-ctx.Done():
			return
		}
	}
}

// attempt plays a block and catches a panic, which no goroutine may end with.
func attempt(ctx context.Context, n int, b experiment.Block, play playBlock) (r result) {
	r.n = n
	defer func() {
		if p := recover(); p != nil {
			r.panicked = fmt.Sprintf("%v\n%s", p, debug.Stack())
			r.err = errors.New(r.panicked)
		}
	}()
	r.sums, r.err = play(ctx, b)
	return r
}
