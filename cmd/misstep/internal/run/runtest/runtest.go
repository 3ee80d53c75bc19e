// Package runtest gives tests of commands small runs.
package runtest

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// Tests hang on no posterior that happens to be shipped; those about one put their own in place.
func init() { run.ShippedPosterior = func() (*posterior.Posterior, error) { return nil, nil } }

// Ships puts a posterior in place of the one that the program ships.
func Ships(t *testing.T, p *posterior.Posterior, err error) {
	t.Helper()
	was := run.ShippedPosterior
	run.ShippedPosterior = func() (*posterior.Posterior, error) { return p, err }
	t.Cleanup(func() { run.ShippedPosterior = was })
}

// Small is a run of a small scenario, with the arms that are named.
func Small(t *testing.T, arms ...string) *run.Run {
	t.Helper()
	data, _ := run.Shipped("one-incident")
	j := &run.Run{Name: "one-incident", File: "one-incident.yaml", Text: data, Arms: arms,
		Layers: []scenario.Layer{{Origin: scenario.FromFlag, Path: "assumptions.states.Victim.choice.rationality",
			Value: "2 to 6", Where: "--set"}}}
	if err := j.Load(experiment.Plan{Seed: 1, Draws: 3, Replicates: 20, BlockSize: 20}); err != nil {
		t.Fatal(err)
	}
	return j
}

// Command is misstep run without its screen, for tests of what reads stored runs.
func Command(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{Use: "run SCENARIO", RunE: func(cmd *cobra.Command, args []string) error {
		r, err := run.Open(a, args[0])
		if err != nil {
			return err
		}
		p, err := run.Store(cmd.Context(), a, r, false)
		if err == nil && a.Flags.JSON {
			_, err = a.Out.Write(say.JSON(p.Summary))
		}
		return err
	}}
	a.AnalysisFlags(cmd)
	return cmd
}
