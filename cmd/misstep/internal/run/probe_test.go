package run

import (
	"context"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
)

// TestExpectedTime scales what the probe took to the plan.
func TestExpectedTime(t *testing.T) {
	j := &Run{Plan: experiment.Plan{Draws: 200, Replicates: 30}}
	p := Probed{Took: 2 * time.Second, Replicates: 100, PerFuture: 50}
	if got := p.Expected(j); got != 2*time.Minute {
		t.Errorf("%v", got)
	}
	if got := p.Events(j); got != 300000 {
		t.Errorf("%v", got)
	}
}

// TestProbe: the probe scales to the plan and does not change it.
func TestProbe(t *testing.T) {
	_, j, _ := smallRun(t, settings.Run{Workers: 1})
	before := j.Plan
	p, err := Probe(context.Background(), j)
	if err != nil || j.Plan != before {
		t.Fatal(err)
	}
	if p.Replicates < 1 || p.Took <= 0 || p.PerFuture <= 0 {
		t.Errorf("%+v", p)
	}
	one := p.Expected(j)
	j.Plan.Replicates *= 10
	if ten := p.Expected(j); ten < 9*one || ten > 11*one {
		t.Errorf("ten times the replicates take %v, not ten times %v", ten, one)
	}
	if p.Events(j) <= 0 {
		t.Error(p.Events(j))
	}
}
