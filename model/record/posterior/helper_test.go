package posterior

import (
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// two is a scenario that states the priors of the small posterior itself, so that
// the registry's may change.
const two = `
misstep: 1
title: Two states and a channel
start: 2026-01-01
horizon: 1y
assumptions:
  states: {A: {choice: {price: 0.08 to 0.2}}, B: {}}
  evidence: {gap: 20d to 90d}
  onset:
    - source: B
      victim: A
      rate: {value: 1 to 4, source: "assumption: invented"}
      mix: {espionage: 4, prepositioning: 1}
levers:
  channels:
    forum: {members: [A, B], mandate: [clarify, delay]}
arms:
  without: {channels.forum.open: false}
  with: {}
headline: {baseline: without, treatment: with}
`

func load(t testing.TB, text string) *scenario.Scenario {
	t.Helper()
	v, err := scenario.Load("two", []byte(text), scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func header(particles int) Header {
	return Header{Model: experiment.ModelVersion, Inputs: strings.Repeat("0f", 32), Generator: "mix", Seed: 7,
		Particles: particles, ESS: 31.25, ESSFamily: 12.5, Simulations: 4000, Generations: 6, Epsilon: 2.31,
		Until: "2026-06-30", Command: "misstep calibrate --seed 7"}
}

// smallColumns are a rate that is well informed, a price of one state that is a
// little, and a delay that is not.
func smallColumns() []Column {
	return []Column{
		{Path: "onset.B>A.rate", Prior: "1 to 4", Unit: "1/y", InformedBy: []string{"T1"}},
		{Path: "assumptions.states.A.choice.price", Prior: "0.08 to 0.2 at 90%", Unit: "U",
			InformedBy: []string{"T26", "T12"}},
		{Path: "evidence.gap", Prior: "20d to 90d", Unit: "d"},
	}
}

// small is a posterior of 3 columns × 40 rows: quantiles of the priors, squeezed.
func small(t testing.TB) *Posterior {
	t.Helper()
	columns := smallColumns()
	rep := random.NewSource(random.Mix, 5).Replicate(0)
	var rows [][]float64
	var weights []float64
	for i := range 40 {
		row := make([]float64, len(columns))
		for k, squeeze := range []float64{0.3, 0.7, 1} {
			c := columns[k]
			c.Path = scenario.ShortPath(c.Path)
			if err := c.resolve(); err != nil {
				t.Fatal(err)
			}
			u := rep.Uniform(random.Stream(random.NameHash("column "+strconv.Itoa(k)), random.Particle), i)
			row[k] = c.dist.Quantile(0.5 + squeeze*(u-0.5))
		}
		rows = append(rows, row)
		weights = append(weights, 0.5+rep.Uniform(random.Stream(random.NameHash("weight"), random.Particle), i))
	}
	p, err := New("small.txt", header(64), columns, weights, rows)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
