package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// reported is a stored run with what its report shows.
type reported struct {
	dir      string
	manifest *runfolder.Manifest
	summary  *summary.Summary
	stored   *figure.History // as the run left it; nil for none
	analyses []analysisFolder
	beside   string // the way from the page to the run's folder, "" where it lies in it

	// The run opened again, to play some of its futures once more.
	job      *job   // nil where this program cannot repeat the run
	obstacle string // why it cannot

	typical, worst *chosenFuture // nil where nothing is played
	sampled        int           // futures that they were chosen from
}

// summaryFormat is the version of the layout of summary.json that is read.
const summaryFormat = 1

// openReported opens and verifies a run folder. The errors say what is wrong with it
// and what to do.
func openReported(arg string) (*reported, error) {
	dir := arg
	if path, ok := manifestPath(arg); ok && path == arg {
		dir = filepath.Dir(path)
	}
	if !cli.Exists(dir) {
		return nil, cli.Plainly(dir, fs.ErrNotExist)
	}
	if err := isRun(dir); err != nil {
		return nil, err
	}
	m, s, err := storedSummary(dir)
	if err != nil {
		return nil, err
	}
	if s.Format > summaryFormat {
		return nil, fmt.Errorf("%s: a summary of format %d; this program reads format %d: use the version of misstep that wrote it (%s)",
			dir, s.Format, summaryFormat, m.Program.Version)
	}
	if len(s.Arms) == 0 {
		return nil, fmt.Errorf("%s: its summary names no arm; repeat the run with misstep run --from %s", dir, dir)
	}
	r := &reported{dir: dir, manifest: m, summary: s}
	if r.stored, err = storedHistory(dir); err != nil {
		return nil, err
	}
	if r.analyses, err = analysesIn(dir, m.Inputs.Structure); err != nil {
		return nil, err
	}
	r.reopen()
	return r, nil
}

// isRun makes sure that a folder holds a run that this program knows how to read,
// before its manifest is read in earnest: a later version may have written it.
func isRun(dir string) error {
	path := filepath.Join(dir, runfolder.Name)
	data, err := cli.ReadSmall(path, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: no run folder: it has no %s; name a folder that misstep run wrote", dir, runfolder.Name)
	}
	if err != nil {
		return err
	}
	var m struct {
		Format  int
		Command string
		Program runfolder.Program
		Inputs  struct {
			ModelVersion string `json:"model_version"`
		}
	}
	if json.Unmarshal(data, &m) != nil {
		return nil // what is wrong with it is said where it is read
	}
	const remedy = "use the version of misstep that wrote it"
	switch {
	case m.Command != "":
		return fmt.Errorf("%s: results of misstep %s, not a run; name the folder that misstep run wrote", dir, m.Command)
	case m.Format > runfolder.Format:
		return fmt.Errorf("%s: a run of format %d; this program reads format %d: %s (%s)", dir, m.Format, runfolder.Format, remedy, m.Program.Version)
	case newerModel(m.Inputs.ModelVersion, experiment.ModelVersion):
		return fmt.Errorf("%s: computed by model %s; this program has model %s: %s (%s)", dir, m.Inputs.ModelVersion, experiment.ModelVersion, remedy, m.Program.Version)
	}
	return nil
}

// newerModel reports whether model version a comes after b.
func newerModel(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX == nil && errY == nil && x > y
}

// reopen loads the scenario as it was, or notes why it cannot be.
func (r *reported) reopen() {
	in := &r.manifest.Inputs
	if in.ModelVersion != experiment.ModelVersion {
		r.obstacle = fmt.Sprintf("the run was computed by model %s and this page was written by a program with model %s", in.ModelVersion, experiment.ModelVersion)
		return
	}
	j := &job{file: r.manifest.Folder(), name: in.Name, text: []byte(in.Scenario), arms: in.Arms, manifest: r.manifest}
	for _, l := range in.Layers {
		j.layers = append(j.layers, scenario.Layer{Origin: scenario.Origin(l.Origin), Path: l.Path, Value: l.Value, Where: l.Where})
	}
	g, ok := random.ParseGenerator(in.Generator)
	var err error
	if j.learned, err = storedSample(in.Posterior); err != nil || !ok {
		r.obstacle = "this program does not have the posterior or the generator that the run was drawn from"
		return
	}
	err = j.load(experiment.Plan{Generator: g, Seed: in.Seed, Draws: in.Draws, Replicates: in.Replicates, BlockSize: in.BlockSize})
	if err != nil || j.structure() != in.Structure {
		r.obstacle = "this program reads the scenario differently from the one that computed the run"
		return
	}
	r.job = j
}

// card is what the scenario's author says of it, empty where it cannot be read.
func (r *reported) card() scenario.Card {
	if r.job == nil {
		return scenario.Card{}
	}
	return r.job.scenario.Card
}
