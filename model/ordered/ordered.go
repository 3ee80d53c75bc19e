// Package ordered has the one parallel map: jobs on several workers, results in the
// order of the jobs, so that what is made of them has the same bytes for any number of
// workers.
package ordered

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// Worker does a job. It does one at a time, so that what it holds is its own.
type Worker[R any] func(ctx context.Context, job int) (R, error)

// perWorker is how many results may wait for their turn.
const perWorker = 4

// Map does jobs 0 … n−1 with so many workers, at least one, each made by hire in its own
// goroutine, and hands the results to take in the caller's, in order. It ends at the
// first error, or with the cause of the context's end; what was taken until then has no
// gap. A worker's panic reaches the caller, with the worker's stack. No worker outlives
// the call.
func Map[R any](ctx context.Context, n, workers int, hire func(worker int) Worker[R],
	take func(job int, result R) error) error {
	workers = max(1, min(workers, n))
	ctx, stop := context.WithCancelCause(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop(nil)
	line, jobs := make(chan chan R, perWorker*workers), make(chan job[R])
	running.Go(func() { handOut(ctx, n, line, jobs) })
	for w := range workers {
		running.Go(func() {
			if err := work(ctx, w, hire, jobs); err != nil {
				stop(err)
			}
		})
	}
	taken := 0
	for taken < n && ctx.Err() == nil {
		result := <-line // nil, which waits for ever, once no more is handed out
		select {
		case r := <-result:
			if err := take(taken, r); err != nil {
				return err
			}
			taken++
		case <-ctx.Done():
		}
	}
	var broke *panicked
	switch err := context.Cause(ctx); {
	case taken >= n:
		return nil
	case errors.As(err, &broke):
		panic(broke.Error()) // the caller's to handle
	default:
		return err
	}
}

// job is a job and where its result goes.
type job[R any] struct {
	number int
	result chan<- R
}

// handOut numbers the jobs for the workers, as far as there is room in the line.
func handOut[R any](ctx context.Context, n int, line chan<- chan R, jobs chan<- job[R]) {
	defer close(jobs)
	defer close(line)
	for i := range n {
		result := make(chan R, 1)
		select {
		case line <- result:
		case <-ctx.Done():
			return
		}
		select {
		case jobs <- job[R]{i, result}:
		case <-ctx.Done():
			return
		}
	}
}

// work does jobs as one worker; a panic of it is an error.
func work[R any](ctx context.Context, worker int, hire func(int) Worker[R], jobs <-chan job[R]) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{p, debug.Stack()}
		}
	}()
	do := hire(worker)
	for j := range jobs {
		r, err := do(ctx, j.number)
		if err != nil {
			return err
		}
		j.result <- r
	}
	return nil
}

// panicked carries a worker's panic to the caller.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("%v\n%s", p.value, p.stack) }
