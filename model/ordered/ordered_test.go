package ordered

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// each hires workers that do the same.
func each[R any](do Worker[R]) func(int) Worker[R] { return func(int) Worker[R] { return do } }

// upTo lists 0 … n−1.
func upTo(n int) []int {
	var out []int
	for i := range n {
		out = append(out, i)
	}
	return out
}

// TestMap: results come in order from any number of workers. Catches a result that is
// lost while others wait.
func TestMap(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 16} {
		var got []int
		err := Map(context.Background(), 200, workers,
			each(func(_ context.Context, i int) (int, error) { return i * i, nil }),
			func(i, r int) error {
				if r != i*i {
					t.Errorf("job %d gives %d", i, r)
				}
				got = append(got, i)
				return nil
			})
		if err != nil || !slices.Equal(got, upTo(200)) {
			t.Errorf("%d workers: %v, %v", workers, got, err)
		}
	}
	for _, n := range []int{0, -3} {
		none := each(func(context.Context, int) (int, error) { return 0, errors.New("none") })
		if err := Map(context.Background(), n, 2, none, nil); err != nil {
			t.Error(err)
		}
	}
}

// TestWorkersShareNothing: no more workers are hired than there are jobs for, each has a
// number of its own, and none does two jobs at once.
func TestWorkersShareNothing(t *testing.T) {
	for _, workers := range []int{1, 3, 9} {
		var hired, jobs atomic.Int64
		numbers := make([]atomic.Int64, 9)
		err := Map(context.Background(), 5, workers, func(w int) Worker[bool] {
			hired.Add(1)
			numbers[w].Add(1)
			busy := false
			return func(context.Context, int) (bool, error) {
				jobs.Add(1)
				was := busy
				busy = true
				defer func() { busy = false }()
				time.Sleep(time.Millisecond)
				return was, nil
			}
		}, func(i int, busy bool) error {
			if busy {
				t.Errorf("job %d came to a worker that had one", i)
			}
			return nil
		})
		if err != nil || int(hired.Load()) != min(workers, 5) || jobs.Load() != 5 {
			t.Errorf("%d workers of %d did %d jobs, %v", hired.Load(), workers, jobs.Load(), err)
		}
		for w := range min(workers, 5) {
			if numbers[w].Load() != 1 {
				t.Errorf("worker %d was hired %d times", w, numbers[w].Load())
			}
		}
	}
}

// TestMapStops: at an error of a job and of the taker; what was taken has no gap, no job
// runs far ahead, and no worker is left.
func TestMapStops(t *testing.T) {
	before := runtime.NumGoroutine()
	broken := errors.New("broken")
	brokenAt := func(at int) func(int) error {
		return func(i int) error { return map[bool]error{true: broken}[i == at] }
	}
	fine := brokenAt(-1)
	for name, c := range map[string]struct{ do, take func(i int) error }{
		"job":   {brokenAt(30), fine},
		"taker": {fine, brokenAt(30)},
		"last":  {fine, brokenAt(999)},
	} {
		taken, most := 0, atomic.Int64{}
		err := Map(context.Background(), 1000, 4, each(func(_ context.Context, i int) (int, error) {
			most.Store(max(most.Load(), int64(i)))
			return i, c.do(i)
		}), func(i, _ int) error {
			if i != taken {
				t.Errorf("%s: %d after %d", name, i, taken)
			}
			taken++
			return c.take(i)
		})
		if !errors.Is(err, broken) || name != "last" && (taken > 31 || most.Load() > 60) {
			t.Errorf("%s: %v after %d, as far as %d", name, err, taken, most.Load())
		}
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

// TestMapEndsWithItsContext: with the cause, whether it ends before or on the way; one
// that ends with the last result took nothing away.
func TestMapEndsWithItsContext(t *testing.T) {
	why := errors.New("the reader left")
	for at, want := range map[int]error{-1: why, 10: why, 99: nil} {
		ctx, cancel := context.WithCancelCause(context.Background())
		if at < 0 {
			cancel(why)
		}
		taken := 0
		err := Map(ctx, 100, 4, each(func(_ context.Context, i int) (int, error) { return i, nil }), func(i, _ int) error {
			if taken++; i == at {
				cancel(why)
			}
			return nil
		})
		if !errors.Is(err, want) || taken != at+1 {
			t.Errorf("ended at %d: %v after %d", at, err, taken)
		}
		cancel(nil)
	}
}

// TestAPanicReachesTheCaller: that of a worker, of its hiring, and of the taker.
func TestAPanicReachesTheCaller(t *testing.T) {
	boom := func() { panic("boom") }
	for name, c := range map[string]struct{ hire, do, take func() }{
		"hire":  {boom, func() {}, func() {}},
		"do":    {func() {}, boom, func() {}},
		"taker": {func() {}, func() {}, boom},
	} {
		func() {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "boom") {
					t.Errorf("%s: recovered %v", name, p)
				}
			}()
			_ = Map(context.Background(), 10, 2, func(int) Worker[int] {
				c.hire()
				return func(context.Context, int) (int, error) { c.do(); return 0, nil }
			}, func(int, int) error { c.take(); return nil })
			t.Errorf("%s: a panic is lost", name)
		}()
	}
}
