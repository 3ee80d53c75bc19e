package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// Stored is a run folder, verified.
type Stored struct {
	Dir      string
	Manifest *runfolder.Manifest
	Summary  *summary.Summary
	Results  string // sha256 of summary.json
}

// summaryFormat is the version of the layout of summary.json that is read.
const summaryFormat = 1

// OpenStored opens and verifies a run folder, or that of a manifest, for a command. The
// errors say what is wrong with it and what to do.
func OpenStored(command, arg string) (*Stored, error) {
	dir := arg
	if path, ok := ManifestPath(arg); ok && path == arg {
		dir = filepath.Dir(path)
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such folder; %s reads stored runs, which misstep run writes", dir, command)
	case err != nil:
		return nil, cli.Plainly(dir, err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s: not a run folder; %s reads stored runs, which misstep run writes", dir, command)
	}
	written, err := glance(command, dir)
	if err != nil {
		return nil, err
	}
	r := &Stored{Dir: dir}
	if r.Manifest, err = runfolder.Open(dir); err != nil {
		if later := written.later(dir); later != nil {
			return nil, later
		}
		return nil, err
	}
	return r, r.read()
}

// read reads the summary and makes sure that it is that of the manifest.
func (r *Stored) read() error {
	m, path := r.Manifest, filepath.Join(r.Dir, SummaryJSON)
	for _, f := range m.Files {
		if f.Name == SummaryJSON {
			r.Results = f.SHA256
		}
	}
	if r.Results == "" {
		return fmt.Errorf("%s: its manifest lists no %s; run the scenario again", r.Dir, SummaryJSON)
	}
	data, err := cli.ReadSmall(path, MaxManifest)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &r.Summary); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s, in := r.Summary, &m.Inputs
	switch {
	case s.Format != summaryFormat:
		return fmt.Errorf("%s: a summary of format %d; this program reads format %d: use the version of misstep that "+
			"wrote it (%s)",
			path, s.Format, summaryFormat, m.Program.Version)
	case s.Run.Seed != in.Seed || s.Run.Generator != in.Generator || s.Run.Draws != in.Draws ||
		s.Run.Replicates != in.Replicates:
		return fmt.Errorf("%s: of another sample than its manifest; delete the folder and run again", path)
	case s.Run.Draws < 1 || s.Run.Replicates < 1:
		return fmt.Errorf("%s: a sample of %d draws × %d replicates is none; delete the folder and run again",
			r.Dir, s.Run.Draws, s.Run.Replicates)
	case len(s.Arms) == 0:
		return fmt.Errorf("%s: its summary names no arm; repeat the run with misstep run --from %s", r.Dir, r.Dir)
	}
	return nil
}

// Newer refuses a run that a later model computed.
func (r *Stored) Newer() error {
	m := r.Manifest
	return (&written{Format: m.Format, Program: m.Program, Inputs: writtenInputs{m.Inputs.ModelVersion}}).later(r.Dir)
}

// History reads the history of a run folder, nil where there is none.
func (r *Stored) History() (*figure.History, error) {
	path := filepath.Join(r.Dir, historyJSON)
	data, err := cli.ReadSmall(path, MaxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var h *figure.History
	if err := json.Unmarshal(data, &h); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return h, nil
}

// written is what every version of a manifest tells of who wrote it.
type written struct {
	Format  int
	Command string
	Program runfolder.Program
	Inputs  writtenInputs
}

type writtenInputs struct {
	ModelVersion string `json:"model_version"`
}

// glance makes sure that a folder holds a run, before its manifest is read in earnest:
// a later version may have written it.
func glance(command, dir string) (*written, error) {
	data, err := cli.ReadSmall(filepath.Join(dir, runfolder.Name), MaxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no run folder: it has no %s; %s reads stored runs, which misstep run writes",
			dir, runfolder.Name, command)
	}
	if err != nil {
		return nil, err
	}
	var w written
	if json.Unmarshal(data, &w) != nil {
		return &w, nil // what is wrong with it is said where it is read
	}
	switch {
	case w.Command != "":
		return nil, fmt.Errorf("%s: results of misstep %s, not a run; name the folder that misstep run wrote",
			dir, say.Visible(w.Command))
	case w.Format > runfolder.Format:
		return nil, w.later(dir)
	}
	return &w, nil
}

// later says of a run of a later version which version reads it, nil of others.
func (w *written) later(dir string) error {
	const remedy = "use the version of misstep that wrote it"
	switch {
	case w.Format > runfolder.Format:
		return fmt.Errorf("%s: a run of format %d; this program reads format %d: %s (%s)",
			dir, w.Format, runfolder.Format, remedy, w.Program.Version)
	case NewerModel(w.Inputs.ModelVersion, experiment.ModelVersion):
		return fmt.Errorf("%s: computed by model %s; this program has model %s: %s (%s)",
			dir, w.Inputs.ModelVersion, experiment.ModelVersion, remedy, w.Program.Version)
	}
	return nil
}

// NewerModel reports whether model version a comes after b.
func NewerModel(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX == nil && errY == nil && x > y
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
