package model_test

import (
	"context"
	"fmt"
	"time"

	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// few keeps the examples short; the zero value plays 200 draws × 12 replicates.
var few = model.Options{Draws: 20, Replicates: 6, Alone: true}

// played loads a scenario that ships and plays it.
func played(name string, o model.Options) *summary.Summary {
	m, err := model.Shipped(name, o)
	if err != nil {
		panic(err)
	}
	r, err := m.Run(context.Background())
	if err != nil {
		panic(err)
	}
	return r.Summary
}

// Run a scenario.
func Example() {
	m, err := model.Shipped("uk-china-dialogue-2026", few)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := m.Run(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	missteps := r.Summary.Contrasts[0].Measure("missteps")
	fmt.Printf("%.1f missteps per 100 cases without the forum, %.1f with it\n", missteps.Baseline.Value,
		missteps.Treatment.Value)
	// Output: 1.2 missteps per 100 cases without the forum, 1.1 with it
}

// Change a number: what it costs London to accuse in public, from 2024 on.
func ExampleSet() {
	o := few
	for _, price := range []string{"0.1", "0.5"} {
		o.Layers = []scenario.Layer{model.Set("assumptions.prices.United Kingdom@2024-01-01.price", price)}
		h := played("uk-china-dialogue-2026", o).Headline
		fmt.Printf("at a price of %s: %.1f missteps per 100 cases\n", price, h.Baseline.Value)
	}
	// Output:
	// at a price of 0.1: 2.4 missteps per 100 cases
	// at a price of 0.5: 0.1 missteps per 100 cases
}

// Sweep a number: over the same futures, so that what differs is the number.
func ExampleShipped() {
	o := few
	for _, fragility := range []string{"0", "0.5", "1"} {
		o.Layers = []scenario.Layer{model.Set("assumptions.channels.cyber-dialogue.strength.fragility", fragility)}
		d := played("uk-china-dialogue-2026", o).Contrasts[0].Measure("cases").Difference
		fmt.Printf("fragility %s: %+.2f cases per future ±%.2f\n", fragility, d.Value, d.MC)
	}
	// Output:
	// fragility 0: -0.01 cases per future ±0.02
	// fragility 0.5: -0.01 cases per future ±0.02
	// fragility 1: +0.00 cases per future ±0.00
}

// Read one future: the first in which the arms part.
func ExampleModel() {
	m, err := model.Shipped("us-china-storm-0558-2023", few)
	if err != nil {
		fmt.Println(err)
		return
	}
	cell, found, err := narrative.Find(context.Background(), &m.Plan, narrative.Difference)
	if err != nil || !found {
		fmt.Println(found, err)
		return
	}
	story, err := narrative.Tell(&m.Plan, cell)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := &story.Cases[0]
	fmt.Printf("%s against %s: %s, found after %.0f days\n", c.Culprit, c.Victim, c.Intent,
		c.Tracks[0].Found-c.Tracks[0].Start)
	// Output: China against United States: disruption, found after 4 days
}

// Calibrate small: far too few particles to rely on, but the whole way from the record
// to what was learned.
func ExampleCalibration() {
	p, err := model.Calibration(nil, time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	o := calibrate.Options{Seed: 1, Particles: 40, Pilot: 80, MaxMoves: 1, MaxSimulations: 200}
	r, err := calibrate.Run(context.Background(), p, o, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(calibrate.Learn(p, r)), "numbers were inferred")
	// Output: 118 numbers were inferred
}
