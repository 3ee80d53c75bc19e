package run

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/summary"
	"github.com/misstep/misstep/scenarios"
	"github.com/spf13/cobra"
)

// Open loads a scenario with all settings. The argument is a file, the bare name of a shipped scenario, - for
// standard input, or a run folder, of which the scenario, its layers and its sample are taken as they were.
func Open(a *cli.App, arg string) (*Run, error) {
	if path, ok := ManifestPath(arg); ok {
		j, err := Repeat(a, path)
		if err == nil && a.Part != nil && a.Part.Manifest == path { // of which nothing is stored
			j.Manifest = nil
		}
		return j, err
	}
	t, err := ReadScenario(a, arg)
	if err != nil {
		return nil, err
	}
	j, err := OpenText(a, t)
	if err == nil {
		j.elsewhere(a)
	}
	return j, err
}

// OpenText is Open of the text of a scenario.
func OpenText(a *cli.App, t Text) (*Run, error) {
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	flagged, err := a.Layers()
	if err != nil {
		return nil, err
	}
	if _, err := FigureOptions(s.Plot); err != nil {
		return nil, err // before hours of play
	}
	j := &Run{File: t.File, Name: t.Name, Text: t.Bytes, Settings: s, Layers: slices.Concat(s.Layers, flagged),
		Arms: a.Flags.Arms, alone: s.Run.Alone}
	r := s.Run
	if j.Learned, err = SampleOf(r.Posterior); err != nil {
		return nil, err
	}
	j.Learned.asked = j.Learned.asked || a.Given("run.posterior")
	err = j.Load(experiment.Plan{Generator: r.Generator, Seed: r.Seed, Draws: r.Draws,
		Replicates: r.Replicates, BlockSize: min(r.Replicates, model.BlockSize), Delta: r.Delta})
	if err == nil {
		j.unreached(a)
		NoteTwins(a, j.Scenario)
	}
	if err == nil && j.Learned.own && j.Plan.Draws > 1 && j.Scenario.Joint == nil {
		a.Note("%s updates no number of this scenario: none has a prior that it was made for", r.Posterior)
	}
	return j, err
}

// MaxManifest bounds what is read of a manifest.
const MaxManifest = runfolder.MaxManifest

// ManifestPath finds the manifest that an argument means: itself, or the one in a run folder.
func ManifestPath(arg string) (string, bool) {
	if filepath.Ext(arg) == ".json" {
		return arg, true
	}
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return filepath.Join(arg, runfolder.Name), true
	}
	return "", false
}

// Repeat opens the run that a manifest describes, as it was. What does not change a number (workers,
// the folder) follows the flags; what does is refused.
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
		font := s.Plot.Font
		s.Plot = *m.Plot
		s.Plot.Font = font
	}
	s.Run.BOM = m.Inputs.BOM
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
	j := &Run{File: path, Name: in.Name, Text: []byte(in.Scenario), Arms: in.Arms, Layers: in.Layers, Manifest: m,
		alone: in.Alone}
	var err error
	if j.Learned, err = storedSample(in.Posterior); err != nil {
		return refuse(OtherSource, "%w", err)
	}
	err = j.Load(experiment.Plan{Generator: g, Seed: in.Seed, Draws: in.Draws, Replicates: in.Replicates,
		BlockSize: in.BlockSize, Delta: in.Delta})
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

// What can stand in the way: a run of another model, one drawn from a posterior or by a generator that
// this program lacks, a scenario that it reads differently.
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

// Stored is a run folder, verified.
type Stored struct {
	Dir      string
	Manifest *runfolder.Manifest
	Summary  *summary.Summary
	Results  string // sha256 of summary.json
}

// maxSummary bounds what is read of a summary, of which 32 arms take a third [bytes].
const maxSummary = 16 << 20

// OpenStored opens and verifies a run folder, or that of a manifest, for a command.
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
	open := runfolder.Open
	if command == "figures" { // draws anew whatever is damaged of them
		open = runfolder.OpenResults
	}
	if r.Manifest, err = open(dir); err != nil {
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
	data, err := cli.ReadSmall(path, maxSummary)
	if err != nil {
		return err
	}
	var of struct{ Format *int }
	if json.Unmarshal(data, &of) == nil && of.Format != nil && *of.Format != summary.Format {
		return fmt.Errorf("%s: a summary of format %d; this program reads format %d: run the scenario again, or use "+
			"the version of misstep that wrote it (%s)", path, *of.Format, summary.Format, say.Visible(m.Program.Version))
	}
	if r.Summary, err = decoded[summary.Summary](data, false); err != nil {
		return fmt.Errorf("%s: %s; delete the folder and run again", path, say.Visible(err.Error()))
	}
	s, in := r.Summary, &m.Inputs
	switch {
	case s.Run.Seed != in.Seed || s.Run.Generator != in.Generator || s.Run.Draws != in.Draws ||
		s.Run.Replicates != in.Replicates:
		return fmt.Errorf("%s: of another sample than its manifest; delete the folder and run again", path)
	case !slices.Equal(s.Run.Arms, in.Arms):
		return fmt.Errorf("%s: of other arms than its manifest; delete the folder and run again", path)
	}
	return nil
}

// decoded is a stored document that holds what it has to.
func decoded[T any, P interface {
	*T
	Check() error
}](data []byte, nullLists bool) (*T, error) {
	v, err := schema.Decode[T](data, nullLists)
	if err == nil {
		err = P(v).Check()
	}
	if err != nil {
		return nil, err
	}
	return v, nil
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
	h, err := decoded[figure.History](data, true)
	if err != nil {
		return nil, fmt.Errorf("%s: %s; delete the folder and run again", path, say.Visible(err.Error()))
	}
	return h, nil
}

// glance reads of a manifest what it can, to say first that another command or a later version wrote
// it.
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
			dir, m.Format, runfolder.Format, remedy, say.Visible(m.Program.Version))
	case NewerModel(m.Inputs.ModelVersion, experiment.ModelVersion):
		return fmt.Errorf("%s: computed by model %s; this program has model %s: %s (%s)",
			dir, m.Inputs.ModelVersion, experiment.ModelVersion, remedy, say.Visible(m.Program.Version))
	}
	return nil
}

// NewerModel reports whether model version a comes after b.
func NewerModel(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX == nil && errY == nil && x > y
}
