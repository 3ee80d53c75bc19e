package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
)

// job is an opened argument: everything that a simulation depends on, checked.
type job struct {
	file     string           // as the user gave it
	name     string           // of the scenario
	text     []byte           // of the scenario file
	layers   []scenario.Layer // config.yaml < environment < flags
	arms     []string         // of --arm; nil for all
	learned  sample           // the posterior that may condition the scenario
	settings *settings.Settings
	scenario *scenario.Scenario
	plan     experiment.Plan
	manifest *runfolder.Manifest // of a stored run that is opened again; else nil
}

// blockSize is the number of replicates in a block, unless a draw has fewer. It is
// a part of the plan: the order in which sums are folded hangs on it.
const blockSize = 20

// maxScenario bounds the bytes that are read of a scenario; its package refuses
// what is longer with the number that it has.
const maxScenario = 1 << 20

// open loads a scenario with all settings. The argument is a file, the bare name
// of a shipped scenario, or a run folder, of which the scenario, its layers and
// its sample are taken as they were.
func open(a *cli.App, arg string) (*job, error) {
	if path, ok := manifestPath(arg); ok {
		return openStored(a, path)
	}
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	flagged, err := a.Layers()
	if err != nil {
		return nil, err
	}
	j := &job{settings: s, layers: slices.Concat(s.Layers, flagged), arms: a.Flags.Arms}
	if j.file, j.text, err = readScenario(arg); err != nil {
		return nil, err
	}
	j.name = nameOf(j.file)
	r := s.Run
	if j.learned, err = sampleOf(r.Posterior); err != nil {
		return nil, err
	}
	err = j.load(experiment.Plan{Generator: r.Generator, Seed: r.Seed, Draws: r.Draws,
		Replicates: r.Replicates, BlockSize: min(r.Replicates, blockSize)})
	if err == nil && j.learned.own && j.plan.Draws > 1 && j.scenario.Joint == nil {
		a.Note("%s updates no number of this scenario: none has a prior that it was made for", r.Posterior)
	}
	return j, err
}

// maxSample bounds the futures of a run: days of work on one machine.
const maxSample = 100_000_000

// load checks the scenario and completes the plan.
func (j *job) load(p experiment.Plan) error {
	if p.Draws < 1 || p.Replicates < 1 {
		return fmt.Errorf("%d draws × %d replicates are no future; take at least one of each", p.Draws, p.Replicates)
	}
	if p.Draws > maxSample/p.Replicates {
		return fmt.Errorf("%d draws × %d replicates are more than %d futures; lower --draws or --replicates", p.Draws,
			p.Replicates, maxSample)
	}
	v, err := scenario.Load(j.name, j.text, loadOptions(j.file, j.layers, p.Draws > 1))
	if err != nil {
		return err
	}
	if v, err = keepArms(j.learned.condition(v, p.Draws), j.arms); err != nil {
		return err
	}
	p.Scenario = v
	j.scenario, j.plan = v, p
	return nil
}

// loadOptions are what the program knows and a scenario file does not. A single
// draw stands for the defaults: one vector out of the priors would be nobody's
// best guess.
func loadOptions(file string, layers []scenario.Layer, usePriors bool) scenario.Options {
	scales := map[string]bool{}
	for _, n := range ladder.Names() {
		scales[n] = true
	}
	return scenario.Options{
		File: file, Layers: layers, UsePriors: usePriors, Scales: scales,
		Outcomes:    experiment.MeasureIDs(),
		KnownSource: knownSource,
	}
}

// readScenario finds a scenario by path or, if there is no such file, by the bare
// name of a shipped one.
func readScenario(arg string) (file string, text []byte, err error) {
	if !strings.ContainsAny(arg, `/\`) && filepath.Ext(arg) != ".yaml" && !cli.Exists(arg) {
		if text, ok := shipped(arg); ok {
			return arg + ".yaml", text, nil
		}
		return "", nil, fmt.Errorf("unknown scenario %q: no such file, and none of that name is shipped; %s", arg,
			nearest.Remedy(arg, shippedNames()))
	}
	text, err = cli.ReadSmall(arg, maxScenario)
	return arg, text, err
}

// nameOf is the name of a scenario: its file without folder and extension.
func nameOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}
