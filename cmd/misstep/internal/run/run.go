// Package run opens, plays and stores runs: a scenario, a run folder or a manifest
// becomes a Run, and what it brings becomes files.
package run

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
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

	alone   bool      // without side runs
	tables  []string  // files of cases that are written beside the results
	spooled []spooled // where these are kept until the folder stands
}

// Load checks the scenario and completes the plan.
func (j *Run) Load(p experiment.Plan) error {
	o := model.Options{File: j.File, Layers: j.Layers}
	if j.Learned.asked {
		o.Posterior = j.Learned.Posterior
	}
	m, err := model.Ready(j.Name, j.Text, o, p, j.Learned.Posterior)
	if err != nil {
		return err
	}
	if j.Scenario, err = m.Plan.Scenario.Keep(j.Arms); err != nil {
		return fmt.Errorf("--arm: %w", err)
	}
	j.Plan = m.Plan
	j.Plan.Scenario = j.Scenario
	return j.contrasted(m.Plan.Scenario.Headline)
}

// contrasted refuses a contrast that was asked for, of arms that are not played.
func (j *Run) contrasted(h scenario.Headline) error {
	if !slices.ContainsFunc(j.Layers, func(l scenario.Layer) bool { return l.Where == "--contrast" }) {
		return nil
	}
	for _, name := range []string{h.Baseline, h.Treatment} {
		if j.Plan.Arm(name) < 0 {
			return fmt.Errorf("--contrast: %q is left out by --arm; add --arm %s, or leave the contrast out", name,
				scenario.Quoted(name))
		}
	}
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

// Folder is the folder of the run of these inputs: that which was opened, or the one that run would write.
func (j *Run) Folder() string {
	if j.Manifest != nil {
		return filepath.Dir(j.File)
	}
	return filepath.Join(j.Settings.Run.Out, j.Describe(nil, nil).Folder())
}

func (j *Run) structure() string { return fmt.Sprintf("%016x", j.Plan.Fingerprint()) }

// Inputs are what the run depends on.
func (j *Run) Inputs() runfolder.Inputs {
	in := runfolder.Inputs{
		ModelVersion: experiment.ModelVersion, Name: j.Name, SHA256: runfolder.Sum(j.Text), Scenario: string(j.Text),
		Layers: append([]scenario.Layer{}, j.Layers...), Arms: []string{}, Seed: j.Plan.Seed,
		Generator: j.Plan.Generator.String(), Draws: j.Plan.Draws, Replicates: j.Plan.Replicates,
		BlockSize: j.Plan.BlockSize, Structure: j.structure(),
		Posterior: j.Learned.describe(j.Scenario), Alone: j.alone,
		BOM: j.Settings != nil && j.Settings.Run.BOM,
	}
	if j.Plan.Delta != experiment.DefaultDelta { // runs of before there was one keep their names
		in.Delta = j.Plan.Delta
	}
	for i := range j.Scenario.Arms {
		in.Arms = append(in.Arms, j.Scenario.Arms[i].Name)
	}
	return in
}

// Describe makes the manifest of a run, without its files.
func (j *Run) Describe(warnings []summary.Warning, plot *settings.Plot) *runfolder.Manifest {
	in := j.Inputs()
	return &runfolder.Manifest{
		Format: runfolder.Format, Program: Program(), Hash: in.HashInputs(), Inputs: in, Learned: LearnedIn(j.Scenario),
		Parameters: parametersOf(j.Scenario), Warnings: warnings, Plot: plot,
	}
}

// parametersOf lists every number as it was used, in the order of the scenario.
func parametersOf(v *scenario.Scenario) []runfolder.Parameter {
	out := make([]runfolder.Parameter, 0, len(v.Slots))
	for i := range v.Slots {
		s := &v.Slots[i]
		p := runfolder.Parameter{Path: s.Path, Value: s.Dist.Text, Origin: string(s.Origin), Source: s.Source}
		if s.Param >= 0 {
			def := param.Get(s.Param)
			p.Name, p.Unit = def.Name, def.Unit
		}
		if p.Value == "" {
			p.Value = param.FormatNumber(s.Dist.A, s.Domain.Duration)
		}
		if l := v.Learned(i); l != nil {
			number := func(u float64) string { return say.Short(v.Quantile(i, u), s.Domain.Duration) }
			p.Posterior = number(0.05) + " to " + number(0.95)
			p.Contraction, p.InformedBy = &l.Contraction, l.InformedBy
		}
		out = append(out, p)
	}
	return out
}

// Program identifies the build.
func Program() runfolder.Program {
	version := "(devel)" // of a build that has none
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	return runfolder.Program{Name: "misstep", Version: version, Go: runtime.Version(), GOARCH: runtime.GOARCH}
}
