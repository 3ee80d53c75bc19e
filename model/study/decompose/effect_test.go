package decompose

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
)

// small has four mechanisms: exact.
const small = `
misstep: 1
title: Two states and a channel
start: 2026-01-01
horizon: 3y
assumptions:
  states: {A: {}, B: {}}
  groups: {others: {frames: [B]}}
  onset:
    - {source: B, victim: A, rate: 1 to 4, mix: {espionage: 4, prepositioning: 1}}
    - {source: others, victim: A, rate: 1, mix: {crime: 1}}
levers:
  channels:
    embassy: {members: [A, B], meets: false, mandate: [clarify]}
    forum: {members: [A, B], mandate: [clarify, delay, private_option, fragility]}
arms:
  without: {channels.forum.open: false}
  with: {}
headline: {outcome: missteps, baseline: without, treatment: with}
`

// many is the same with eight mechanisms: one order a replicate.
var many = edited(small, "[clarify, delay, private_option, fragility]",
	"[clarify, delay, private_option, commitments, notification, trust, red_lines, fragility]")

func plan(t *testing.T, text string, draws, replicates int, layers ...scenario.Layer) experiment.Plan {
	t.Helper()
	return experiment.Plan{Scenario: load(t, text, layers...), Seed: 7, Draws: draws, Replicates: replicates, BlockSize: 4}
}

func load(t *testing.T, text string, layers ...scenario.Layer) *scenario.Scenario {
	t.Helper()
	v, err := scenario.Load("small", []byte(text),
		scenario.Options{File: "small.yaml", UsePriors: true, Layers: layers, Outcomes: outcome.IDs()})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func set(path, value string) scenario.Layer {
	return scenario.Layer{Origin: scenario.FromFlag, Path: path, Value: value, Where: "--set"}
}

func split(t *testing.T, p experiment.Plan, workers int) *Sums {
	t.Helper()
	s, err := Run(context.Background(), p, workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func asText(t *testing.T, x any) string {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
