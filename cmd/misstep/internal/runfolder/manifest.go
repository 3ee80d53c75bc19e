// Package runfolder keeps the results of a run on disk: a folder NAME-HASH whose manifest says what went in
// and what came out. A folder appears whole or not at all, the same inputs give the same folder with the same
// bytes, and no file holds a clock, a host or a user.
package runfolder

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// Format is the version of the layout of a manifest.
const Format = 1

// Name is the file name of a manifest.
const Name = "manifest.json"

// Manifest is the content of manifest.json: enough to judge a run, and to repeat it to the same bytes.
type Manifest struct {
	Format     int               `json:"format"`
	Program    Program           `json:"program"`
	Hash       string            `json:"hash"` // of inputs and model version; its beginning names the folder
	Inputs     Inputs            `json:"inputs"`
	Learned    *Learned          `json:"learned,omitempty"` // absent without a posterior
	Parameters []Parameter       `json:"parameters"`        // every number of the scenario, resolved
	Warnings   []summary.Warning `json:"warnings"`
	Plot       *settings.Plot    `json:"plot"` // null: without figures
	Files      []File            `json:"files"`
	Seal       string            `json:"seal,omitempty"` // SHA-256 of all of this but for the seal; absent in older ones
}

// Program says what computed the numbers.
type Program struct {
	Name    string `json:"name"`
	Version string `json:"version"` // of the module, or (devel)
	Go      string `json:"go"`
	GOARCH  string `json:"goarch"` // PNG may differ between architectures; numbers, SVG and PDF do not
}

// Inputs are what a run depends on, and nothing else.
type Inputs struct {
	ModelVersion string           `json:"model_version"`
	Name         string           `json:"name"` // of the scenario
	SHA256       string           `json:"sha256"`
	Scenario     string           `json:"scenario"` // its text
	Layers       []scenario.Layer `json:"layers"`   // settings from outside, later ones win
	Arms         []string         `json:"arms"`     // the arms that were played
	Seed         uint64           `json:"seed,string"`
	Generator    string           `json:"generator"`
	Draws        int              `json:"draws"`
	Replicates   int              `json:"replicates"` // per draw
	BlockSize    int              `json:"block_size"`
	Structure    string           `json:"structure"`       // fingerprint of the checked scenario and its distributions
	Delta        float64          `json:"delta,omitempty"` // absent where it is the default
	Alone        bool             `json:"alone,omitempty"` // without side runs and tests
	BOM          bool             `json:"bom,omitempty"`   // tables begin with a byte-order mark

	Posterior *Posterior `json:"posterior,omitempty"` // that numbers were drawn from; absent where none was
}

// Posterior is the posterior of a run. The one that the program ships is named, any other is kept whole.
type Posterior struct {
	Name   string `json:"name"` // of the file, without folder
	SHA256 string `json:"sha256"`
	Text   string `json:"text,omitempty"` // absent for the one that is shipped
}

// Learned counts what a posterior says of the numbers of a run.
type Learned struct {
	Uncertain   int `json:"uncertain"`   // numbers with a distribution
	Conditioned int `json:"conditioned"` // of these, drawn from the posterior
	Informed    int `json:"informed"`    // of these, that the record narrows
}

// Parameter is one number as it was used.
type Parameter struct {
	Path   string `json:"path"`
	Name   string `json:"name,omitempty"` // in the registry; absent for numbers of a scenario's structure
	Value  string `json:"value"`          // a number, interval or family; of a conditioned number, its prior
	Unit   string `json:"unit,omitempty"`
	Origin string `json:"origin"`
	Source string `json:"source"`

	Posterior   string   `json:"posterior,omitempty"`   // central 90 % of a conditioned number
	Contraction *float64 `json:"contraction,omitempty"` // of its spread by the posterior
	InformedBy  []string `json:"informed_by,omitempty"` // targets that it was learned from
}

// File is a file of the run. Figures can be redrawn; the rest is the result.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
	Figure bool   `json:"figure"`
	Data   []byte `json:"-"`

	Fill func(io.Writer) error `json:"-"` // writes the content in place of Data; nil for most

	Extra bool `json:"-"` // beside the results: a stored run that lacks it gets it
}

// NewFile describes a file by its content.
func NewFile(name string, data []byte, figure bool) File {
	return File{Name: name, SHA256: Sum(data), Bytes: len(data), Figure: figure, Data: data}
}

// NewStreamed describes a file by what writes its content, the same bytes each time, so
// that it need not be held in memory.
func NewStreamed(name string, fill func(io.Writer) error) (File, error) {
	c := counter{Hash: sha256.New()}
	if err := fill(&c); err != nil {
		return File{}, err
	}
	return File{Name: name, SHA256: hex.EncodeToString(c.Hash.Sum(nil)), Bytes: c.n, Fill: fill}, nil
}

// Marked begins tables with a mark.
func Marked(files []File, mark string) ([]File, error) {
	out := slices.Clone(files)
	for i, f := range out {
		if filepath.Ext(f.Name) != ".csv" {
			continue
		}
		m, err := NewStreamed(f.Name, func(to io.Writer) error {
			_, err := io.WriteString(to, mark)
			if err == nil {
				err = f.fill(to)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		m.Figure, m.Extra = f.Figure, f.Extra
		out[i] = m
	}
	return out, nil
}

// fill writes the content.
func (f File) fill(to io.Writer) error {
	if f.Fill != nil {
		return f.Fill(to)
	}
	_, err := to.Write(f.Data)
	return err
}

type counter struct {
	hash.Hash
	n int
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return c.Hash.Write(p)
}

// Sum is the SHA-256 of some bytes, in hexadecimal.
func Sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// Work is the manifest of a folder that holds no run: a calibration, a hindcast, or what a command adds to a
// run. As with a run, the folder appears whole, and the same inputs give the same bytes.
type Work struct {
	Format  int             `json:"format"`
	Program Program         `json:"program"`
	Command string          `json:"command"` // that made it: calibrate, backtest, why
	Hash    string          `json:"hash"`    // of the command and its inputs
	Inputs  json.RawMessage `json:"inputs"`  // all that the results depend on
	Files   []File          `json:"files"`
	Seal    string          `json:"seal,omitempty"` // as that of a [Manifest]
}

// NewWork describes a folder by the command and its inputs, a value that encodes as JSON.
func NewWork(p Program, command string, inputs any) *Work {
	raw := bytes.TrimSpace(say.JSON(inputs))
	return &Work{Format: Format, Program: p, Command: command, Hash: Sum(append([]byte(command+"\n"), raw...)),
		Inputs: raw}
}

// Folder is the name of a folder that stands by itself.
func (w *Work) Folder() string { return w.Command + "-" + w.Hash[:hashLetters] }

// HashInputs hashes what a run depends on.
func (in *Inputs) HashInputs() string { return Sum(say.JSON(in)) }

// hashLetters is how much of the hash the folder's name has: by the birthday bound 400 runs of one scenario
// before a clash has the odds of 1 in 3500; a clash is noticed and named.
const hashLetters = 7

// Folder is the name of the run's folder.
func (m *Manifest) Folder() string { return m.Inputs.Name + "-" + m.Hash[:hashLetters] }

// Encode seals the manifest, and is what stands on disk.
func (m *Manifest) Encode() []byte {
	m.Seal = m.seal()
	return say.JSON(m)
}

// seal is the SHA-256 of a manifest without its seal.
func (m Manifest) seal() string { m.Seal = ""; return Sum(say.JSON(&m)) }

func (w Work) seal() string { w.Seal = ""; return Sum(say.JSON(&w)) }

// unbroken reports a seal that does not fit, or a text that says more than was sealed, as a member twice: a
// manifest that a disk or a hand changed is no account of a run. Blanks between its parts are nobody's.
func unbroken(data []byte, m any, seal, fits string) error {
	var was, is bytes.Buffer
	if seal == "" || seal == fits && json.Compact(&was, data) == nil && json.Compact(&is, say.JSON(m)) == nil &&
		bytes.Equal(was.Bytes(), is.Bytes()) {
		return nil
	}
	return errors.New("changed since it was written: its seal does not fit")
}

// strictly reads one JSON value that has no unknown key.
func strictly(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows after its end")
	}
	return nil
}

// Decode reads a manifest and checks that its parts belong together.
func Decode(data []byte) (*Manifest, error) {
	var m Manifest
	if err := strictly(data, &m); err != nil {
		return nil, fmt.Errorf("no manifest of misstep: %w", err)
	}
	switch {
	case m.Format != Format:
		return nil, fmt.Errorf("a manifest of format %d; this program reads format %d", m.Format, Format)
	case Sum([]byte(m.Inputs.Scenario)) != m.Inputs.SHA256:
		return nil, fmt.Errorf("inputs.scenario was changed after the run: its sha256 is not inputs.sha256")
	case m.Inputs.Posterior != nil && m.Inputs.Posterior.Text != "" &&
		Sum([]byte(m.Inputs.Posterior.Text)) != m.Inputs.Posterior.SHA256:
		return nil, fmt.Errorf("inputs.posterior was changed after the run: the sha256 of its text is another")
	case m.Inputs.HashInputs() != m.Hash:
		return nil, fmt.Errorf("inputs were changed after the run: their hash is not the one in the manifest")
	}
	err := schema.Fits[Manifest](data, true)
	if err == nil {
		err = m.check()
	}
	if err == nil {
		err = unbroken(data, &m, m.Seal, m.seal())
	}
	if err != nil {
		return nil, fmt.Errorf("%w; delete the folder and run again", err)
	}
	return &m, nil
}

// Repetition says how a run that was repeated from a manifest compares with the
// hashes that the manifest holds.
type Repetition struct {
	Numbers, Pictures Compared
	Then, Now         Program
}

// Compared counts files of one kind, and names those that differ or are missing.
type Compared struct {
	Files  int
	Differ []string
}

// Repeats compares a run, played again, with the manifest it was repeated from.
// Pictures take no part where none was drawn now.
func Repeats(was, now *Manifest) *Repetition {
	r := &Repetition{Then: was.Program, Now: now.Program}
	fresh := map[string]string{}
	for _, f := range now.Files {
		fresh[f.Name] = f.SHA256
	}
	for _, f := range was.Files {
		kind := &r.Numbers
		if f.Figure {
			if kind = &r.Pictures; now.Plot == nil {
				continue
			}
		}
		kind.Files++
		if fresh[f.Name] != f.SHA256 {
			kind.Differ = append(kind.Differ, f.Name)
		}
	}
	return r
}

// Same reports whether all numbers are those of the manifest.
func (r *Repetition) Same() bool { return len(r.Numbers.Differ) == 0 }

// String says in a sentence or two what is equal, what differs, and why that may be.
func (r *Repetition) String() string {
	why := fmt.Sprintf("written by %s; this is %s", r.Then, r.Now)
	if r.Then == r.Now {
		why = fmt.Sprintf("this program calls itself as the one that wrote them does, %s: the manifest was changed, or "+
			"the code was", r.Now)
	}
	text := "numbers: " + r.Numbers.because(why)
	if r.Pictures.Files == 0 {
		return text
	}
	if !slices.ContainsFunc(r.Pictures.Differ, func(name string) bool { return filepath.Ext(name) != ".png" }) {
		why = "PNG is drawn by a library, and may differ between processors"
	}
	return text + "; pictures: " + r.Pictures.because(why)
}

func (p Program) String() string { return p.Version + " with " + p.Go + " on " + p.GOARCH }

// because says how many files are equal, and why those that differ may.
func (c Compared) because(why string) string {
	switch len(c.Differ) {
	case 0:
		return fmt.Sprintf("all %d files are equal", c.Files)
	case c.Files:
		return fmt.Sprintf("all %d files differ (%s)", c.Files, why)
	}
	const shown = 3
	names := c.Differ
	if len(names) > shown {
		names = append(names[:shown:shown], "…")
	}
	return fmt.Sprintf("%d of %d files differ: %s (%s)", len(c.Differ), c.Files, strings.Join(names, ", "), why)
}
