package model_test

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
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
		if len(m.Scenario.Onset) > 0 && path != "" { // a setting may ask for more than a test has time for
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
		"nothing":           func(p *experiment.Plan) { *p = experiment.Plan{} },
		"a scenario unmade": func(p *experiment.Plan) { p.Scenario = &scenario.Scenario{} },
		"no draws":          func(p *experiment.Plan) { p.Draws = 0 },
		"less than none":    func(p *experiment.Plan) { p.Replicates = -3 },
		"far too many":      func(p *experiment.Plan) { p.Replicates = math.MaxInt },
		"no such generator": func(p *experiment.Plan) { p.Generator = 9 },
	} {
		p := m.Plan
		change(&p)
		_, run := experiment.Run(ctx, p, 1, nil)
		_, door := (&model.Model{Scenario: m.Scenario, Plan: p}).Run(ctx)
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
