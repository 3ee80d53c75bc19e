package run

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
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
