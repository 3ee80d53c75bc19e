package sensitivity

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// InOrder does jobs from … n−1 with so many workers and hands each result to take, in
// order. It stops at the first error, or when the context ends; what was taken until
// then has no gap.
func InOrder[T any](ctx context.Context, from, n, workers int, do func(ctx context.Context, job int) (T, error), take func(job int, result T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type done struct {
		job    int
		result T
	}
	ready := make(chan done)
	room := make(chan struct{}, 4*max(1, workers)) // results that may wait for their turn
	next := make(chan int)
	go func() {
		defer close(next)
		for i := from; i < n; i++ {
			select {
			case room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for i := range next {
				result, err := guarded(ctx, i, do)
				if err != nil {
					cancel(err)
					return
				}
				ready <- done{i, result}
			}
		})
	}
	go func() { wg.Wait(); close(ready) }()
	waiting := map[int]T{}
	turn := from
	for d := range ready {
		waiting[d.job] = d.result
		for r, ok := waiting[turn]; ok && ctx.Err() == nil; r, ok = waiting[turn] {
			delete(waiting, turn)
			if err := take(turn, r); err != nil {
				cancel(err)
				continue
			}
			turn++
			<-room
		}
	}
	var broke *panicked
	switch err := context.Cause(ctx); {
	case errors.As(err, &broke):
		panic(broke.Error()) // ours, and the caller's to handle
	case turn == n:
		return nil
	default:
		return err
	}
}

// panicked carries a worker's panic to the caller of InOrder.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("%v\n%s", p.value, p.stack) }

// guarded does one job; a panic of it is an error.
func guarded[T any](ctx context.Context, job int, do func(ctx context.Context, job int) (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{p, debug.Stack()}
		}
	}()
	return do(ctx, job)
}
