package experiment

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
)

// InOrder does jobs from … n−1 with so many workers and hands each result to take, in
// order. It stops at the first error, or when the context ends; what was taken until
// then has no gap. A panic of a job reaches the caller.
func InOrder[T any](ctx context.Context, from, n, workers int,
	do func(ctx context.Context, job int) (T, error), take func(job int, result T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type done struct {
		job    int
		result T
	}
	workers = max(1, workers)
	ready, next := make(chan done), make(chan int)
	room := make(chan struct{}, 4*workers) // results that may wait for their turn
	go handOut(ctx, from, n, room, next)
	var wg sync.WaitGroup
	for range workers {
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

// handOut numbers the jobs for the workers, as far as there is room.
func handOut(ctx context.Context, from, n int, room chan<- struct{}, next chan<- int) {
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
}

// guarded does one job; a panic of it is an error.
func guarded[T any](ctx context.Context, job int,
	do func(ctx context.Context, job int) (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{p, debug.Stack()}
		}
	}()
	return do(ctx, job)
}
