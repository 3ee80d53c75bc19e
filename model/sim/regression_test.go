package sim

import (
	"math"
	"testing"
)

// A victim whose streams all have rate zero still has a prior when an incident is
// scheduled: every suspect and every intent alike. Mutation that it catches: a mix
// left at 0 where no rate fills it.
func TestScheduledIncidentWithoutRates(t *testing.T) {
	const text = `
misstep: 1
title: No rates
start: 2026-01-01
horizon: 2y
assumptions:
  states: {A: {}, B: {}}
  groups: {others: {}}
  onset:
    - {source: B, victim: A, rate: 0, mix: {espionage: 1, disruption: 1}}
    - {source: others, victim: A, rate: 0, mix: {crime: 1}}
  incidents: [{name: the one, victim: A, source: B, intent: espionage, at: 2026-02-01, discovered: 1d}]
arms: {only: {}}
`
	var r Runner
	out := r.Run(arms(t, text), replicate(1), nil)
	if len(out[0].Cases) != 1 {
		t.Fatalf("%d cases, want the scheduled one", len(out[0].Cases))
	}
	c := out[0].Cases[0]
	if math.IsNaN(c.Belief) || math.IsNaN(c.Regret) || c.Belief <= 0 || c.Belief >= 1 {
		t.Errorf("belief %v, regret %v", c.Belief, c.Regret)
	}
}
