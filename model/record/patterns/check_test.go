package patterns

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
	"go.yaml.in/yaml/v4"
)

func load(t *testing.T, name string, data []byte) *scenario.Scenario {
	t.Helper()
	v, err := scenario.Load(name, data, scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func shipped(t *testing.T, name string) *scenario.Scenario {
	t.Helper()
	data, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return load(t, name, data)
}

func run(t *testing.T, v *scenario.Scenario, draws, replicates, workers int) *Result {
	t.Helper()
	p := experiment.Plan{Scenario: v, Seed: 1, Draws: draws, Replicates: replicates, BlockSize: 4}
	r, err := Run(context.Background(), p, Shipped(), workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// twin is an entry of scenarios/testdata/must-miss.yaml.
type twin struct {
	Scenario string   `yaml:"scenario"`
	MustMiss []string `yaml:"must_miss"`
}

func twins(t *testing.T) []twin {
	t.Helper()
	data, err := os.ReadFile("../../../scenarios/testdata/must-miss.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list []twin
	if err := yaml.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// backtest holds each shipped scenario to its expectations, and its twin to
// missing those that are named.
func backtest(t *testing.T, draws, replicates int) {
	for _, w := range twins(t) {
		t.Run(w.Scenario, func(t *testing.T) {
			for _, e := range run(t, shipped(t, w.Scenario), draws, replicates, 2).Expectations {
				if e.Verdict == Miss {
					t.Errorf("%s: observed %v has a tail of %.3f ± %.3f", e.ID, e.Observed, e.Tail, e.TailSE)
				}
			}
			data, err := os.ReadFile("../../../scenarios/testdata/twins/" + w.Scenario + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			r := run(t, load(t, w.Scenario, data), draws, replicates, 2)
			if r.Misses() < len(w.MustMiss) {
				t.Errorf("the twin misses %d expectations, want %d or more", r.Misses(), len(w.MustMiss))
			}
			for _, e := range r.Expectations {
				if slices.Contains(w.MustMiss, e.ID) && e.Verdict != Miss {
					t.Errorf("the twin passes %s with a tail of %.3f ± %.3f", e.ID, e.Tail, e.TailSE)
				}
			}
		})
	}
}

func TestBacktest(t *testing.T) { backtest(t, 30, 4) }

// TestWorkersAndBlocks: the result does not depend on the number of workers, and
// progress ends at the total.
func TestWorkersAndBlocks(t *testing.T) {
	v := shipped(t, "us-china-working-group-2013")
	one := run(t, v, 6, 9, 1)
	for _, workers := range []int{2, 5} {
		many := run(t, v, 6, 9, workers)
		a, _ := json.Marshal(one)
		b, _ := json.Marshal(many)
		if !bytes.Equal(a, b) || !reflect.DeepEqual(one, many) {
			t.Errorf("%d workers give another result:\n%s\n%s", workers, a, b)
		}
	}
	done, total := 0, 0
	_, err := Run(context.Background(), experiment.Plan{Scenario: v, Draws: 2, Replicates: 3}, nil, 2,
		func(d, n int) { done, total = d, n })
	if err != nil || done != 6 || total != 6 {
		t.Errorf("progress %d of %d, %v", done, total, err)
	}
}

// TestOneDraw: with one draw replicates are the parts, and patterns have an error.
func TestOneDraw(t *testing.T) {
	r := run(t, shipped(t, "uk-china-dialogue-2026"), 1, 30, 2)
	if p := r.Patterns[0]; p.SE == nil || *p.SE <= 0 {
		t.Errorf("%+v", p)
	}
	if r.Baseline != "without-forum" || r.Treatment != "with-forum" {
		t.Errorf("%s, %s", r.Baseline, r.Treatment)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, experiment.Plan{Scenario: shipped(t, "uk-china-dialogue-2026"), Draws: 2, Replicates: 100}, nil,
		2, nil); err == nil {
		t.Error("an interrupted check has a result")
	}
}

// TestMissingArm: an expectation about an arm that is not played is not here.
func TestMissingArm(t *testing.T) {
	v := *shipped(t, "uk-china-dialogue-2026")
	v.Arms = v.Arms[:1]
	v.Headline.Treatment = ""
	for _, e := range run(t, &v, 1, 2, 1).Expectations {
		if e.Verdict != NotHere {
			t.Errorf("%+v", e)
		}
	}
}
