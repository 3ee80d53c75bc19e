// Package run opens, plays and stores runs: a scenario, a run folder or a manifest
// becomes a Run, and what it brings becomes files.
package run

import (
	"fmt"
	"path/filepath"
	"runtime"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// Run is an opened argument: everything that a simulation depends on, checked.
type Run struct {
	File     string           // as the user gave it
	Name     string           // of the scenario
	Text     []byte           // of the scenario file
	Layers   []scenario.Layer // config.yaml < environment < flags
	Arms     []string         // of --arm; nil for all
	Learned  Sample           // the posterior that may condition the scenario
	Settings *settings.Settings
	Scenario *scenario.Scenario
	Plan     experiment.Plan
	Manifest *runfolder.Manifest // of a stored run that is opened again; else nil
}

// Load checks the scenario and completes the plan.
func (j *Run) Load(p experiment.Plan) error {
	m, err := model.Ready(j.Name, j.Text, model.Options{File: j.File, Layers: j.Layers}, p, j.Learned.Posterior)
	if err != nil {
		return err
	}
	if j.Scenario, err = m.Scenario.Keep(j.Arms); err != nil {
		return fmt.Errorf("--arm: %w", err)
	}
	j.Plan = m.Plan
	j.Plan.Scenario = j.Scenario
	return nil
}

// AtDefaults reports whether a posterior is left out since there is a single draw.
func (j *Run) AtDefaults() bool { return j.Learned.Posterior != nil && j.Plan.Draws == 1 }

// Workers is the number of parallel workers to use.
func (j *Run) Workers() int { return WorkersOf(j.Settings) }

// WorkersOf is the number of parallel workers that the settings ask for.
func WorkersOf(s *settings.Settings) int {
	if n := s.Run.Workers; n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// Folder is the folder of the run of these inputs: that which was opened, or the
// one that run would write.
func (j *Run) Folder() string {
	if j.Manifest != nil {
		return filepath.Dir(j.File)
	}
	return filepath.Join(j.Settings.Run.Out, j.Describe(nil, nil).Folder())
}

// armNames lists the arms that are played.
func (j *Run) armNames() []string {
	out := make([]string, len(j.Scenario.Arms))
	for i := range out {
		out[i] = j.Scenario.Arms[i].Name
	}
	return out
}
