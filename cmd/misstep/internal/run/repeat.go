package run

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

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
	for _, f := range a.SampleGiven() {
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
