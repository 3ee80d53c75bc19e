package experiment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// from lists a … b−1.
func from(a, b int) []int {
	var out []int
	for i := a; i < b; i++ {
		out = append(out, i)
	}
	return out
}

// TestInOrder: results come in order from any number of workers, from where they are
// to begin. Catches a result that is lost while others wait.
func TestInOrder(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 16} {
		var got []int
		err := InOrder(context.Background(), 5, 200, workers,
			func(_ context.Context, i int) (int, error) { return i * i, nil },
			func(i, r int) error {
				if r != i*i {
					t.Errorf("job %d gives %d", i, r)
				}
				got = append(got, i)
				return nil
			})
		if err != nil || !slices.Equal(got, from(5, 200)) {
			t.Errorf("%d workers: %v, %v", workers, got, err)
		}
	}
	if err := InOrder(context.Background(), 3, 3, 2,
		func(context.Context, int) (int, error) { return 0, errors.New("none") }, nil); err != nil {
		t.Error(err)
	}
}

// TestInOrderStops: at an error of a job, of the taker, at a cancelled context, and at
// a panic, which reaches the caller; what was taken has no gap, and no job runs far
// ahead.
func TestInOrderStops(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		do   func(i int) error
		take func(i int) error
	}{
		"job":   {func(i int) error { return map[bool]error{true: broken}[i == 30] }, func(int) error { return nil }},
		"taker": {func(int) error { return nil }, func(i int) error { return map[bool]error{true: broken}[i == 30] }},
		"last":  {func(int) error { return nil }, func(i int) error { return map[bool]error{true: broken}[i == 999] }},
	} {
		taken, most := 0, atomic.Int64{}
		err := InOrder(context.Background(), 0, 1000, 4, func(_ context.Context, i int) (int, error) {
			most.Store(max(most.Load(), int64(i)))
			return i, c.do(i)
		}, func(i, _ int) error {
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
	ctx, cancel := context.WithCancel(context.Background())
	err := InOrder(ctx, 0, 1000, 4, func(_ context.Context, i int) (int, error) { return i, nil }, func(i, _ int) error {
		if i == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	defer func() {
		if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "boom") {
			t.Errorf("recovered %v", p)
		}
	}()
	_ = InOrder(context.Background(), 0, 10, 2, func(_ context.Context, i int) (int, error) { panic("boom") },
		func(int, int) error { return nil })
	t.Error("a panic is lost")
}
