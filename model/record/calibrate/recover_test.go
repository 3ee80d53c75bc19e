package calibrate

import (
	"context"
	"fmt"
	"reflect"
	"testing"
)

// TestRecover: every number has a share of the posterior below its true value, truths differ, a fit is the same for any
// number of workers and from any of its states, and the problem keeps its own record.
func TestRecover(t *testing.T) {
	p := short()
	was := p.Target()
	var states [][]byte
	o := tiny(1)
	o.Checkpoint = func(s []byte) error {
		states = append(states, append([]byte(nil), s...))
		return nil
	}
	one, err := Recover(context.Background(), p, 0, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	strictly := 0
	for j, u := range one.Below {
		if u < 0 || u > 1+1e-9 {
			t.Errorf("number %d: %v of the posterior", j, u)
		}
		if u > 0 && u < 1-1e-9 {
			strictly++
		}
	}
	if strictly == 0 || len(one.Below) != p.Dims() || one.Simulations == 0 {
		t.Errorf("%+v", one)
	}
	for _, c := range []struct {
		truth, workers int
		state          []byte
		same           bool
	}{{0, 2, states[0], true}, {1, 1, nil, false}} {
		again, err := Recover(context.Background(), p, c.truth, tiny(c.workers), c.state)
		if err != nil || reflect.DeepEqual(again, one) != c.same {
			t.Errorf("truth %d, %d workers: %+v, %v", c.truth, c.workers, again, err)
		}
	}
	if !reflect.DeepEqual(p.Target(), was) {
		t.Error("the problem has another record now")
	}
	if trial := p.Trial(2); fmt.Sprint(trial) != fmt.Sprint(p.Trial(2)) || fmt.Sprint(trial[0]) == fmt.Sprint(trial[1]) {
		t.Error("a trial has no histories of its own")
	}
}
