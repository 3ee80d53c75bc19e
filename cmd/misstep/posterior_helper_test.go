package main

import (
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// The tests of the command hang on no posterior that happens to be shipped; those
// about one put their own in place.
func init() {
	shippedPosterior = func() (*posterior.Posterior, error) { return nil, nil }
	reportRecords = func() []recordTable { return nil } // tables that move with every calibration
}

// ships puts a posterior in place of the one that the program ships.
func ships(t *testing.T, p *posterior.Posterior, err error) {
	t.Helper()
	was := shippedPosterior
	shippedPosterior = func() (*posterior.Posterior, error) { return p, err }
	t.Cleanup(func() { shippedPosterior = was })
}

func tinyScenario(t *testing.T) *scenario.Scenario {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	v, err := scenario.Load("tiny", data, loadOptions("tiny.yaml", nil, true))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tinyPosterior is a posterior of 3 columns × 40 rows for the priors of tiny.yaml: a
// rate that is well known, a price that is known a little, and a rationality that
// the record says nothing of.
func tinyPosterior(t *testing.T) *posterior.Posterior {
	t.Helper()
	v := tinyScenario(t)
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
	h := posterior.Header{Model: experiment.ModelVersion, Inputs: strings.Repeat("0f", 32), Generator: "mix", Seed: 7, Particles: 64,
		ESS: 31, ESSFamily: 12, Simulations: 4000, Generations: 6, Epsilon: 2.3, Until: "2026-06-30", Command: "misstep calibrate --seed 7"}
	p, err := posterior.New("learned.txt", h, columns, weights, rows)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
