package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// maxManifest bounds what is read of a manifest: a scenario of the largest size
// with its numbers is well below.
const maxManifest = 32 << 20

// manifestPath finds the manifest that an argument means: itself, or the one in a
// run folder.
func manifestPath(arg string) (string, bool) {
	if filepath.Ext(arg) == ".json" {
		return arg, true
	}
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return filepath.Join(arg, runfolder.Name), true
	}
	return "", false
}

// openStored opens the run that a manifest describes: its scenario, layers, arms and
// sample as they were. What does not change a number (workers, the folder) follows
// the flags; what does is refused.
func openStored(a *cli.App, path string) (*job, error) {
	if filepath.Base(path) == runfolder.Name && !cli.Exists(path) {
		return nil, fmt.Errorf("%s: a folder without a run; name a scenario file, or a run folder", filepath.Dir(path))
	}
	for _, f := range a.SampleGiven() {
		return nil, fmt.Errorf("%s is a stored run, which is repeated as it was; leave %s out, or name the scenario file",
			path, f)
	}
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	data, err := cli.ReadSmall(path, maxManifest)
	if err != nil {
		return nil, err
	}
	m, err := runfolder.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	in := &m.Inputs
	if in.ModelVersion != experiment.ModelVersion {
		return nil, fmt.Errorf("%s: computed by model %s; this program has model %s, which gives other numbers", path,
			in.ModelVersion, experiment.ModelVersion)
	}
	g, ok := random.ParseGenerator(in.Generator)
	if !ok {
		return nil, fmt.Errorf("%s: unknown generator %q", path, in.Generator)
	}
	if m.Plot != nil {
		s.Plot = settings.Plot(*m.Plot)
	}
	j := &job{file: path, name: in.Name, text: []byte(in.Scenario), arms: in.Arms, settings: s, manifest: m}
	for _, l := range in.Layers {
		j.layers = append(j.layers, scenario.Layer{Origin: scenario.Origin(l.Origin), Path: l.Path, Value: l.Value,
			Where: l.Where})
	}
	if j.learned, err = storedSample(in.Posterior); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	err = j.load(experiment.Plan{Generator: g, Seed: in.Seed, Draws: in.Draws, Replicates: in.Replicates,
		BlockSize: in.BlockSize})
	if err != nil {
		return nil, err
	}
	if now := j.structure(); now != in.Structure {
		return nil, fmt.Errorf("%s: this program reads the scenario differently from the one that wrote the run "+
			"(structure %s, was %s)", path, now, in.Structure)
	}
	return j, nil
}

// structure is the fingerprint of the checked scenario and its distributions.
func (j *job) structure() string { return fmt.Sprintf("%016x", j.plan.Fingerprint()) }

// inputs are what the run depends on.
func (j *job) inputs() runfolder.Inputs {
	in := runfolder.Inputs{
		ModelVersion: experiment.ModelVersion, Name: j.name, SHA256: runfolder.Sum(j.text), Scenario: string(j.text),
		Layers: []runfolder.Layer{}, Arms: j.armNames(), Seed: j.plan.Seed, Generator: j.plan.Generator.String(),
		Draws: j.plan.Draws, Replicates: j.plan.Replicates, BlockSize: j.plan.BlockSize, Structure: j.structure(),
		Posterior: j.learned.describe(j.scenario),
	}
	for _, l := range j.layers {
		in.Layers = append(in.Layers, runfolder.Layer{Origin: string(l.Origin), Path: l.Path, Value: l.Value, Where: l.Where})
	}
	return in
}

// describe makes the manifest of a run, without its files.
func (j *job) describe(warnings []summary.Warning, plot *runfolder.Plot) *runfolder.Manifest {
	in := j.inputs()
	return &runfolder.Manifest{
		Format: runfolder.Format, Program: program(), Hash: in.HashInputs(), Inputs: in, Learned: learnedIn(j.scenario),
		Parameters: parametersOf(j.scenario), Warnings: warnings, Plot: plot,
	}
}

// armNames lists the arms that are played.
func (j *job) armNames() []string {
	out := make([]string, len(j.scenario.Arms))
	for i := range out {
		out[i] = j.scenario.Arms[i].Name
	}
	return out
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

// program identifies the build.
func program() runfolder.Program {
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

// storedSummary reads the summary of a run folder, after verifying the folder.
func storedSummary(dir string) (*runfolder.Manifest, *summary.Summary, error) {
	m, err := runfolder.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	data, err := cli.ReadSmall(filepath.Join(dir, summaryJSON), maxManifest)
	if err != nil {
		return nil, nil, err
	}
	var s summary.Summary
	d := json.NewDecoder(strings.NewReader(string(data)))
	if err := d.Decode(&s); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", filepath.Join(dir, summaryJSON), err)
	}
	return m, &s, nil
}
