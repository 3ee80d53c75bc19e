package abc

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// parallel calls do(w, i) for every i below n, with w the number of the worker that
// calls. It stops at the first end of the context. After every fiftieth part, and at
// the end, it calls done with how many are finished, one call at a time.
func parallel(ctx context.Context, workers, n int, do func(w, i int), done func(int)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next, finished atomic.Int64
	var telling sync.Mutex
	told := 0
	tell := func(k int) {
		telling.Lock()
		defer telling.Unlock()
		if k > told {
			told = k
			done(k)
		}
	}
	part := int64(max(1, n/50))
	var wg sync.WaitGroup
	for w := range min(workers, n) {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					cancel(&panicked{p, debug.Stack()})
				}
			}()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(w, i)
				if k := finished.Add(1); k%part == 0 || k == int64(n) {
					tell(int(k))
				}
			}
		})
	}
	wg.Wait()
	var broke *panicked
	if errors.As(context.Cause(ctx), &broke) {
		panic(broke.Error()) // the problem's, and the caller's to handle
	}
	return context.Cause(ctx)
}

// panicked carries a worker's panic to the caller of Run.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("%v\n%s", p.value, p.stack) }
