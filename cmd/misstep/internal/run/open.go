package run

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
	"github.com/spf13/cobra"
)

// maxScenario bounds the bytes that are read of a scenario; its package refuses
// what is longer with the number that it has.
const maxScenario = 1 << 20

// Open loads a scenario with all settings. The argument is a file, the bare name
// of a shipped scenario, or a run folder, of which the scenario, its layers and
// its sample are taken as they were.
func Open(a *cli.App, arg string) (*Run, error) {
	if path, ok := ManifestPath(arg); ok {
		return Repeat(a, path)
	}
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	flagged, err := a.Layers()
	if err != nil {
		return nil, err
	}
	j := &Run{Settings: s, Layers: slices.Concat(s.Layers, flagged), Arms: a.Flags.Arms}
	if j.File, j.Text, err = ReadScenario(arg); err != nil {
		return nil, err
	}
	j.Name = NameOf(j.File)
	r := s.Run
	if j.Learned, err = SampleOf(r.Posterior); err != nil {
		return nil, err
	}
	err = j.Load(experiment.Plan{Generator: r.Generator, Seed: r.Seed, Draws: r.Draws,
		Replicates: r.Replicates, BlockSize: min(r.Replicates, model.BlockSize)})
	if err == nil && j.Learned.own && j.Plan.Draws > 1 && j.Scenario.Joint == nil {
		a.Note("%s updates no number of this scenario: none has a prior that it was made for", r.Posterior)
	}
	return j, err
}

// ReadScenario finds a scenario by path or, if there is no such file, by the bare
// name of a shipped one.
func ReadScenario(arg string) (file string, text []byte, err error) {
	if !strings.ContainsAny(arg, `/\`) && filepath.Ext(arg) != ".yaml" && !cli.Exists(arg) {
		if text, ok := Shipped(arg); ok {
			return arg + ".yaml", text, nil
		}
		return "", nil, fmt.Errorf("unknown scenario %q: no such file, and none of that name is shipped; %s", arg,
			nearest.Remedy(arg, ShippedNames()))
	}
	text, err = cli.ReadSmall(arg, maxScenario)
	return arg, text, err
}

// NameOf is the name of a scenario: its file without folder and extension.
func NameOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// MaxManifest bounds what is read of a manifest: a scenario of the largest size
// with its numbers is well below.
const MaxManifest = 32 << 20

// ManifestPath finds the manifest that an argument means: itself, or the one in a
// run folder.
func ManifestPath(arg string) (string, bool) {
	if filepath.Ext(arg) == ".json" {
		return arg, true
	}
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return filepath.Join(arg, runfolder.Name), true
	}
	return "", false
}

// Repeat opens the run that a manifest describes: its scenario, layers, arms and
// sample as they were. What does not change a number (workers, the folder) follows
// the flags; what does is refused.
func Repeat(a *cli.App, path string) (*Run, error) {
	if filepath.Base(path) == runfolder.Name && !cli.Exists(path) {
		return nil, fmt.Errorf("%s: a folder without a run; name a scenario file, or a run folder", filepath.Dir(path))
	}
	if f := a.SampleGiven(); f != "" {
		return nil, fmt.Errorf("%s is a stored run, which is repeated as it was; leave %s out, or name the scenario file",
			path, f)
	}
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	data, err := cli.ReadSmall(path, MaxManifest)
	if err != nil {
		return nil, err
	}
	m, err := runfolder.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	j, err := Reload(path, m)
	if err != nil {
		return nil, err
	}
	if m.Plot != nil {
		s.Plot = settings.Plot(*m.Plot)
	}
	j.Settings = s
	return j, nil
}

// Reload loads the inputs of a stored run as they were. An error is an obstacle.
func Reload(path string, m *runfolder.Manifest) (*Run, error) {
	in := &m.Inputs
	refuse := func(kind obstacleKind, format string, args ...any) (*Run, error) {
		return nil, &Obstacle{kind, fmt.Errorf("%s: "+format, append([]any{path}, args...)...)}
	}
	if in.ModelVersion != experiment.ModelVersion {
		return refuse(OtherModel, "computed by model %s; this program has model %s, which gives other numbers",
			in.ModelVersion, experiment.ModelVersion)
	}
	g, ok := random.ParseGenerator(in.Generator)
	if !ok {
		return refuse(OtherSource, "unknown generator %q", in.Generator)
	}
	j := &Run{File: path, Name: in.Name, Text: []byte(in.Scenario), Arms: in.Arms, Manifest: m}
	for _, l := range in.Layers {
		j.Layers = append(j.Layers, scenario.Layer{Origin: scenario.Origin(l.Origin), Path: l.Path, Value: l.Value,
			Where: l.Where})
	}
	var err error
	if j.Learned, err = storedSample(in.Posterior); err != nil {
		return refuse(OtherSource, "%w", err)
	}
	err = j.Load(experiment.Plan{Generator: g, Seed: in.Seed, Draws: in.Draws, Replicates: in.Replicates,
		BlockSize: in.BlockSize})
	if err != nil {
		return nil, &Obstacle{otherReading, err}
	}
	if now := j.structure(); now != in.Structure {
		return refuse(otherReading, "this program reads the scenario differently from the one that wrote the run "+
			"(structure %s, was %s)", now, in.Structure)
	}
	return j, nil
}

// Obstacle is why a stored run cannot be played again.
type Obstacle struct {
	Kind  obstacleKind
	cause error
}

type obstacleKind int

// What can stand in the way: a run of another model, one drawn from a posterior or by a
// generator that this program does not have, a scenario that it reads differently.
const (
	OtherModel obstacleKind = iota
	OtherSource
	otherReading
)

// Error says it as Repeat does.
func (o *Obstacle) Error() string { return o.cause.Error() }

// Unwrap is what was found.
func (o *Obstacle) Unwrap() error { return o.cause }

// CompleteScenario offers shipped scenarios and YAML files.
func CompleteScenario(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return ShippedNames(), cobra.ShellCompDirectiveDefault
}

// Shipped returns a scenario that comes with the program.
func Shipped(name string) ([]byte, bool) {
	for _, folder := range [2]string{"", "validation/"} {
		if data, err := scenarios.Files.ReadFile(folder + name + ".yaml"); err == nil {
			return data, true
		}
	}
	return nil, false
}

// ShippedNames lists the scenarios that come with the program.
func ShippedNames() []string { return scenarios.Names() }
