package sensitivity

import (
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
)

// small is a scenario that plays in a blink.
const small = `
misstep: 1
title: Two states and a channel
start: 2026-01-01
horizon: 2y
assumptions:
  model: {backlog: 1y}
  states: {A: {}, B: {}}
  groups: {others: {frames: [B]}}
  onset:
    - {source: B, victim: A, rate: 1 to 4, mix: {espionage: 4, prepositioning: 1}}
    - {source: others, victim: A, rate: 1, mix: {crime: 1}}
levers:
  channels:
    forum: {members: [A, B], open: true, mandate: [clarify, delay, private_option, fragility]}
arms:
  third: {channels.forum.mandate: [clarify]}
  without: {channels.forum.open: false}
  with: {}
headline: {outcome: missteps, baseline: without, treatment: with}
`

func smallPlan(t *testing.T, draws, replicates int, layers ...scenario.Layer) experiment.Plan {
	t.Helper()
	v, err := scenario.Load("small", []byte(small), scenario.Options{File: "small.yaml", UsePriors: true, Layers: layers})
	if err != nil {
		t.Fatal(err)
	}
	return experiment.Plan{Scenario: v, Seed: 7, Draws: draws, Replicates: replicates, BlockSize: 10}
}

// measures are those that the tests of the model look at.
func measures() []int {
	return []int{outcome.Index("missteps"), outcome.Index("missed_decade")}
}

// conditioned ties two inputs of a plan to a joint sample of three rows.
func conditioned(p experiment.Plan) (experiment.Plan, []int) {
	v := *p.Scenario
	var slots []int
	for i := range v.Slots {
		if !v.Slots[i].Dist.IsPoint() && len(slots) < 2 {
			slots = append(slots, i)
		}
	}
	var rows [][]float64
	for _, u := range []float64{.8, .2, .5} {
		rows = append(rows, []float64{v.Slots[slots[0]].Dist.Quantile(u), v.Slots[slots[1]].Dist.Quantile(1 - u)})
	}
	v.Joint = scenario.NewJoint(slots, rows, []float64{1, 2, 1}, make([]scenario.Learned, 2))
	p.Scenario = &v
	return p, slots
}
