// Package small is the small scenario that tests share, a posterior for it, a story of
// it, and a summary whose numbers nobody computed.
package small

import (
	"context"
	_ "embed"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// YAML is the scenario, as a file would hold it under the name tiny.yaml.
//
//go:embed tiny.yaml
var YAML []byte

// Story is the first story of the scenario with a misstep.
func Story(t testing.TB) *narrative.Story {
	t.Helper()
	data := YAML
	v, err := scenario.Load("tiny", data, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := experiment.Plan{Scenario: v, Seed: 1, Draws: 1, Replicates: 400}
	cell, found, err := narrative.Find(context.Background(), &p, narrative.OneMisstep)
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	s, err := narrative.Tell(&p, cell)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Scenario is the scenario with its priors.
func Scenario(t testing.TB) *scenario.Scenario {
	t.Helper()
	data := YAML
	v, err := scenario.Load("tiny", data, scenario.Options{File: "tiny.yaml", UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Posterior is a posterior of 3 columns × 40 rows for the priors of tiny.yaml: a
// rate that is well known, a price that is known a little, and a rationality that
// the record says nothing of.
func Posterior(t *testing.T) *posterior.Posterior {
	t.Helper()
	v := Scenario(t)
	columns := []posterior.Column{
		{Path: "onset.Borland>Aland.rate", Unit: "1/y", InformedBy: []string{"T1"}},
		{Path: "choice.price", Unit: "U", InformedBy: []string{"T26", "T12"}},
		{Path: "choice.rationality", Unit: "1/range"},
	}
	rep := random.NewSource(random.Mix, 5).Replicate(0)
	dists := make([]param.Dist, len(columns))
	for k := range columns {
		for _, s := range v.Slots {
			if scenario.ShortPath(s.Path) == columns[k].Path {
				dists[k], columns[k].Prior = s.Dist, s.Dist.Text
			}
		}
	}
	rows, weights := make([][]float64, 40), make([]float64, 40)
	for i := range rows {
		weights[i] = 0.5 + rep.Uniform(random.Stream(random.NameHash("weight"), random.Particle), i)
		for k, squeeze := range []float64{0.2, 0.6, 1} {
			u := rep.Uniform(random.Stream(random.NameHash(columns[k].Path), random.Particle), i)
			rows[i] = append(rows[i], dists[k].Quantile(0.5+squeeze*(u-0.5)))
		}
	}
	h := posterior.Header{Model: experiment.ModelVersion, Inputs: strings.Repeat("0f", 32), Generator: "mix", Seed: 7,
		Particles: 64,
		ESS:       31, ESSFamily: 12, Simulations: 4000, Generations: 6, Epsilon: 2.3, Until: "2026-06-30",
		Command: "misstep calibrate --seed 7"}
	p, err := posterior.New("learned.txt", h, columns, weights, rows)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
