package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

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
// visitor to take, in the order of the blocks. It stops at the first error or
// when the context ends.
func Fold[V Visitor](ctx context.Context, p *Plan, blocks []Block, workers int, fresh func() V,
	take func(Block, V)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	f := &folder[V]{plan: p, blocks: blocks, fresh: fresh, take: take, done: map[int]V{}, window: 4*workers + 4}
	f.room = sync.NewCond(&f.mu)
	stop := context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.room.Broadcast()
	})
	defer stop()
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if p := recover(); p != nil {
					cancel(&panicked{p, debug.Stack()})
				}
			}()
			if err := f.work(ctx); err != nil {
				cancel(err)
			}
		}()
	}
	wg.Wait()
	var broke *panicked
	if errors.As(context.Cause(ctx), &broke) {
		panic(broke.Error()) // ours, and the caller's to handle
	}
	return context.Cause(ctx)
}

// panicked carries a worker's panic to the caller of Fold.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("%v\n%s", p.value, p.stack) }

type folder[V Visitor] struct {
	plan   *Plan
	blocks []Block
	fresh  func() V
	take   func(Block, V)
	window int // blocks that may be ahead of the fold

	mu     sync.Mutex
	room   *sync.Cond
	next   int       // block to hand out
	folded int       // blocks taken
	done   map[int]V // finished, waiting for their turn
	idle   []V
}

// claim hands out the next block and a visitor, waiting while the fold is far behind.
func (f *folder[V]) claim(ctx context.Context) (int, V, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ctx.Err() == nil && f.next < len(f.blocks) && f.next >= f.folded+f.window {
		f.room.Wait()
	}
	var none V
	if ctx.Err() != nil || f.next >= len(f.blocks) {
		return 0, none, false
	}
	n := f.next
	f.next++
	if last := len(f.idle) - 1; last >= 0 {
		v := f.idle[last]
		f.idle = f.idle[:last]
		return n, v, true
	}
	return n, f.fresh(), true
}

// deliver takes every block whose turn has come.
func (f *folder[V]) deliver(n int, v V) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done[n] = v
	for {
		ready, ok := f.done[f.folded]
		if !ok {
			break
		}
		f.take(f.blocks[f.folded], ready)
		delete(f.done, f.folded)
		f.idle = append(f.idle, ready)
		f.folded++
	}
	f.room.Broadcast()
}

func (f *folder[V]) work(ctx context.Context) (err error) {
	var runner sim.Runner
	var arms *sim.Arms
	compiled := -1
	for {
		n, v, ok := f.claim(ctx)
		if !ok {
			return nil
		}
		b := f.blocks[n]
		if b.Draw != compiled {
			arms, compiled = f.plan.Compile(b.Draw), b.Draw
		}
		v.Reset(b, arms)
		for r := b.From; r < b.To; r++ {
			if ctx.Err() != nil {
				return nil
			}
			out := runner.Run(arms, f.plan.Replicate(b.Draw, r), v.Observers())
			for a := range out {
				if out[a].Overflow {
					return fmt.Errorf("draw %d, replicate %d: %w", b.Draw, r,
						&sim.OverflowError{Arm: f.plan.Scenario.Arms[a].Name, Limit: f.plan.Scenario.Model.MaxEvents})
				}
			}
			v.Visit(r, out)
		}
		f.deliver(n, v)
	}
}
