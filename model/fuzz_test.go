package model_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// FuzzDoor: whatever is put into the options and the plan, the door answers with a
// result or an error and does not panic; what it plays has a headline that is a number.
func FuzzDoor(f *testing.F) {
	f.Add("uk-china-dialogue-2026", "choice.rationality", "25 to 75", 1, 2, 0, uint8(0), 0.0, "")
	f.Add("uk-china-dialogue-2026", "horizon", "2y", 2, 2, 3, uint8(1), 1e9, "with-dialogue")
	f.Add("exchange-coalition-2021", "assumptions.onset", "[]", 3, -1, 2, uint8(7), math.NaN(), "")
	f.Add("us-china-storm-0558-2023", "arms", "{x: }", -5, 1<<30, 1<<30, uint8(0), -1.0, "nobody")
	f.Add("nothing", "", "", 0, 0, 0, uint8(0), 0.0, "")
	f.Fuzz(func(t *testing.T, name, path, value string, draws, replicates, block int, g uint8, precision float64,
		arm string) {
		if draws > 3 || replicates > 3 {
			draws, replicates = draws%3, replicates%3
		}
		o := model.Options{Draws: draws, Replicates: replicates, Generator: random.Generator(g), Precision: precision,
			Layers: []scenario.Layer{model.Set(path, value), model.Set("horizon", "1y")}, Alone: true}
		if arm != "" {
			o.Arms = []string{arm}
		}
		m, err := model.Shipped(name, o)
		if err != nil {
			return
		}
		if len(m.Plan.Scenario.Onset) > 0 && path != "" { // a setting may ask for more than a test has time for
			return
		}
		m.Plan.BlockSize = block
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if precision > 0 {
			m.Plan.Draws = 1
		}
		if r, err := m.Run(ctx); err == nil && math.IsNaN(r.Summary.Headline.Difference.Value) {
			t.Errorf("the headline is no number: %+v", r.Summary.Headline)
		}
	})
}

// TestNoPlanPanics: what no scenario stands behind, or no draw, is an error everywhere.
func TestNoPlanPanics(t *testing.T) {
	m, err := model.Shipped("uk-china-dialogue-2026", few)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for name, change := range map[string]func(p *experiment.Plan){
		"nothing":            func(p *experiment.Plan) { *p = experiment.Plan{} },
		"a scenario unmade":  func(p *experiment.Plan) { p.Scenario = &scenario.Scenario{} },
		"no draws":           func(p *experiment.Plan) { p.Draws = 0 },
		"less than none":     func(p *experiment.Plan) { p.Replicates = -3 },
		"far too many":       func(p *experiment.Plan) { p.Replicates = math.MaxInt },
		"less than no delta": func(p *experiment.Plan) { p.Delta = -1 },
		"no delta":           func(p *experiment.Plan) { p.Delta = math.NaN() },
		"no such generator":  func(p *experiment.Plan) { p.Generator = 9 },
	} {
		p := m.Plan
		change(&p)
		_, run := experiment.Run(ctx, p, 1, nil)
		_, door := (&model.Model{Plan: p}).Run(ctx)
		_, _, find := narrative.Find(ctx, &p, narrative.Difference)
		_, tell := narrative.Tell(&p, experiment.Cell{})
		for where, err := range map[string]error{"experiment.Run": run, "Model.Run": door, "narrative.Find": find,
			"narrative.Tell": tell} {
			if err == nil {
				t.Errorf("%s, %s: no error", name, where)
			}
		}
	}
}

// TestDoorsRefuse: what cannot be played, told, compared or laid out is an error, never a panic or a number.
func TestDoorsRefuse(t *testing.T) {
	ctx := context.Background()
	load := func() *model.Model {
		m, err := model.Shipped("uk-china-dialogue-2026", model.Options{Draws: 2, Replicates: 2})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	run := func(change func(m *model.Model)) error {
		m := load()
		change(m)
		_, err := m.Run(ctx)
		return err
	}
	plan := load().Plan
	one, single := plan, *plan.Scenario
	single.Arms = single.Arms[:1]
	one.Scenario = &single
	pieces, err := load().Pieces()
	if err != nil {
		t.Fatal(err)
	}
	second := func(_ any, err error) error { return err }
	sums := experiment.NewSums(plan)
	for name, err := range map[string]error{
		"no replicates":      run(func(m *model.Model) { m.Plan.Replicates = 0 }),
		"precision below 0":  run(func(m *model.Model) { m.Precision = -1 }),
		"precision of NaN":   run(func(m *model.Model) { m.Precision = math.NaN() }),
		"endless precision":  run(func(m *model.Model) { m.Precision = math.Inf(1) }),
		"another's future":   second(narrative.Tell(&plan, experiment.Cell{Replicate: experiment.MaxReplicates})),
		"another's draw":     sums.Extend(ctx, experiment.MaxReplicates, experiment.MaxReplicates+1, 1, nil),
		"no pair to read":    second(experiment.Readings(ctx, one, []int{0})),
		"nothing to split":   second(decompose.Run(ctx, experiment.Plan{}, 1, nil)),
		"nothing to vary":    second(decompose.Multiverse(ctx, experiment.Plan{}, 1, nil)),
		"an axis of nothing": second(sensitivity.NewGrid([]sensitivity.Axis{{Hi: 1}})),
		"nothing to replay":  second(summary.Replay(ctx, nil, nil, 1, nil)),
		"a piece too many":   second(pieces.Play(ctx, pieces.Count())),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if p := one.PairOnly(); len(p.Scenario.Arms) != 1 {
		t.Errorf("%d arms of one", len(p.Scenario.Arms))
	}
}

// full fails as a full disk does.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// TestNobodyToReadTheCases: where the cases cannot be written, nothing more is played.
func TestNobodyToReadTheCases(t *testing.T) {
	played := 0
	m, err := model.Shipped("uk-china-dialogue-2026", model.Options{Draws: 40, Replicates: 20, Workers: 1, Alone: true,
		Cases: full{}, Progress: func(done, _ int) { played = done }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Run(context.Background()); err == nil || err.Error() != "disk full" || played > 200 {
		t.Errorf("%v after %d futures", err, played)
	}
}
