package run

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// structure is the fingerprint of the checked scenario and its distributions.
func (j *Run) structure() string { return fmt.Sprintf("%016x", j.Plan.Fingerprint()) }

// Inputs are what the run depends on.
func (j *Run) Inputs() runfolder.Inputs {
	in := runfolder.Inputs{
		ModelVersion: experiment.ModelVersion, Name: j.Name, SHA256: runfolder.Sum(j.Text), Scenario: string(j.Text),
		Layers: []runfolder.Layer{}, Arms: j.armNames(), Seed: j.Plan.Seed, Generator: j.Plan.Generator.String(),
		Draws: j.Plan.Draws, Replicates: j.Plan.Replicates, BlockSize: j.Plan.BlockSize, Structure: j.structure(),
		Posterior: j.Learned.describe(j.Scenario),
	}
	for _, l := range j.Layers {
		in.Layers = append(in.Layers, runfolder.Layer{Origin: string(l.Origin), Path: l.Path, Value: l.Value, Where: l.Where})
	}
	return in
}

// Describe makes the manifest of a run, without its files.
func (j *Run) Describe(warnings []summary.Warning, plot *runfolder.Plot) *runfolder.Manifest {
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
			p.Posterior = shortInterval(v, i)
			p.Contraction, p.InformedBy = &l.Contraction, l.InformedBy
		}
		out = append(out, p)
	}
	return out
}

// Program identifies the build.
func Program() runfolder.Program {
	return runfolder.Program{Name: "misstep", Version: moduleVersion(), Go: runtime.Version(), GOARCH: runtime.GOARCH}
}

// develVersion is the version of a build that has none.
const develVersion = "(devel)"

func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return develVersion
	}
	return info.Main.Version
}
