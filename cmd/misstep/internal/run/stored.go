package run

import (
	"cmp"
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
	w, err := glance(command, dir)
	if err != nil {
		return nil, err
	}
	r := &Stored{Dir: dir}
	if r.Manifest, err = runfolder.Open(dir); err != nil {
		return nil, cmp.Or(later(dir, w), err)
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
func (r *Stored) Newer() error { return later(r.Dir, r.Manifest) }

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

// glance reads of a manifest what it can: another command or a later version may have
// written it, which is said before what is wrong with it.
func glance(command, dir string) (*runfolder.Manifest, error) {
	data, err := cli.ReadSmall(filepath.Join(dir, runfolder.Name), MaxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no run folder: it has no %s; %s reads stored runs, which misstep run writes",
			dir, runfolder.Name, command)
	}
	if err != nil {
		return nil, err
	}
	var w struct {
		runfolder.Manifest
		Command string `json:"command"`
	}
	_ = json.Unmarshal(data, &w) // fills what it understands
	switch {
	case w.Command != "":
		return nil, fmt.Errorf("%s: results of misstep %s, not a run; name the folder that misstep run wrote",
			dir, say.Visible(w.Command))
	case w.Format > runfolder.Format:
		return nil, later(dir, &w.Manifest)
	}
	return &w.Manifest, nil
}

// later says of a run of a later version which version reads it, nil of others.
func later(dir string, m *runfolder.Manifest) error {
	const remedy = "use the version of misstep that wrote it"
	switch {
	case m.Format > runfolder.Format:
		return fmt.Errorf("%s: a run of format %d; this program reads format %d: %s (%s)",
			dir, m.Format, runfolder.Format, remedy, m.Program.Version)
	case NewerModel(m.Inputs.ModelVersion, experiment.ModelVersion):
		return fmt.Errorf("%s: computed by model %s; this program has model %s: %s (%s)",
			dir, m.Inputs.ModelVersion, experiment.ModelVersion, remedy, m.Program.Version)
	}
	return nil
}

// NewerModel reports whether model version a comes after b.
func NewerModel(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX == nil && errY == nil && x > y
}
