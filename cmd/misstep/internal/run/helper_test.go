package run

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// The tests hang on no posterior that happens to be shipped.
func init() { ShippedPosterior = func() (*posterior.Posterior, error) { return nil, nil } }

// Ships puts a posterior in place of the one that the program ships.
func Ships(t *testing.T, p *posterior.Posterior, err error) {
	t.Helper()
	was := ShippedPosterior
	ShippedPosterior = func() (*posterior.Posterior, error) { return p, err }
	t.Cleanup(func() { ShippedPosterior = was })
}

// Small is a run of a small scenario, with the arms that are named.
func Small(t testing.TB, arms ...string) *Run {
	t.Helper()
	data, _ := Shipped("one-incident")
	j := &Run{Name: "one-incident", File: "one-incident.yaml", Text: data, Arms: arms,
		Layers: []scenario.Layer{{Origin: scenario.FromFlag, Path: "assumptions.states.Victim.choice.rationality",
			Value: "2 to 6", Where: "--set"}}}
	if err := j.Load(experiment.Plan{Seed: 1, Draws: 3, Replicates: 20, BlockSize: 20}); err != nil {
		t.Fatal(err)
	}
	return j
}

// complete writes the sentences of warnings, as a stored summary has them.
func complete(s *summary.Summary) *summary.Summary {
	say.Warn(s.Warnings)
	return s
}
