package experiment

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"

	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/sim"
)

// Visitor accumulates the replicates of one block. Visitors are reused.
type Visitor interface {
	// Reset prepares for a block of a draw.
	Reset(b Block, arms *sim.Arms)
	// Observers returns one observer per arm, or nil to run unobserved.
	Observers() []sim.Observer
	// Visit takes the outcomes of one replicate, valid during the call.
	Visit(replicate int, out []sim.Outcome)
}

// Fold plays the blocks with the given number of workers and hands each block's
// visitor to take, in the order of the blocks. Workers call fresh, several at once. It ends
// as [ordered.Map] does.
func Fold[V Visitor](ctx context.Context, p *Plan, blocks []Block, workers int, fresh func() V,
	take func(Block, V)) error {
	if err := p.Check(); err != nil {
		return err
	}
	var structure [sha256.Size]byte
	if p.Memo != nil {
		structure = p.structure()
	}
	idle := sync.Pool{New: func() any { return fresh() }}
	return ordered.Map(ctx, len(blocks), workers, func(int) ordered.Worker[V] {
		w := &player{plan: p, draw: -1, structure: structure}
		return func(ctx context.Context, n int) (V, error) {
			v := idle.Get().(V)
			return v, w.play(ctx, blocks[n], v)
		}
	}, func(n int, v V) error {
		take(blocks[n], v)
		idle.Put(v)
		return nil
	})
}

// player plays blocks; it keeps the arms of the last draw and the memory of its runner.
type player struct {
	plan   *Plan
	runner sim.Runner
	arms   *sim.Arms
	draw   int // of arms

	structure [sha256.Size]byte   // for a memo
	made      [][sha256.Size]byte // by arm, for a memo
}

// play shows the replicates of a block to a visitor.
func (w *player) play(ctx context.Context, b Block, v Visitor) error {
	if b.Draw != w.draw {
		w.compile(b.Draw)
	}
	v.Reset(b, w.arms)
	w.runner.Ended = func() bool { return ctx.Err() != nil }
	run, whole := w.recalling(ctx, b, v.Observers())
	done := false
	defer func() { whole(done) }()
	for r := b.From; r < b.To; r++ {
		out := run(r - b.From)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		for a := range out {
			if out[a].Overflow {
				v := w.plan.Scenario
				return fmt.Errorf("draw %d, replicate %d: %w", b.Draw, r,
					sim.Overflow(v, w.plan.Theta(b.Draw), v.Arms[a].Name, w.arms.Arms[a], &out[a]))
			}
		}
		v.Visit(r, out)
	}
	done = true
	return nil
}
