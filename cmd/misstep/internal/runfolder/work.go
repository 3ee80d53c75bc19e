package runfolder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Work is the manifest of a folder that holds no run: a calibration, a hindcast,
// or what a command adds to a run. As with a run, the folder appears whole, and the
// same inputs give the same bytes.
type Work struct {
	Format  int             `json:"format"`
	Program Program         `json:"program"`
	Command string          `json:"command"` // that made it: calibrate, backtest, why
	Hash    string          `json:"hash"`    // of the command and its inputs
	Inputs  json.RawMessage `json:"inputs"`  // all that the results depend on
	Files   []File          `json:"files"`
}

// NewWork describes a folder by the command and its inputs, a value that encodes as
// JSON.
func NewWork(p Program, command string, inputs any) *Work {
	raw := bytes.TrimSpace(encode(inputs))
	return &Work{Format: Format, Program: p, Command: command, Hash: Sum(append([]byte(command+"\n"), raw...)),
		Inputs: raw}
}

// Folder is the name of a folder that stands by itself.
func (w *Work) Folder() string { return w.Command + "-" + w.Hash[:hashLetters] }

// WriteWork stores files in parent/name with the manifest. A folder of that name
// is verified: one of the same inputs must hold the same results, and its figures
// are replaced; one of other inputs is replaced whole where replace is set, and else
// an error.
func WriteWork(parent, name string, w *Work, files []File, replace bool) (Outcome, error) {
	w.Files = files
	dir := filepath.Join(parent, name)
	outcome := Written
	if _, err := os.Lstat(dir); err == nil {
		old, err := OpenWork(dir)
		switch {
		case err != nil && !replace:
			return 0, err
		case err == nil && old.Hash == w.Hash:
			if outcome, err = old.compare(dir, w); err != nil || outcome == Unchanged {
				return outcome, err
			}
		case !replace:
			return 0, fmt.Errorf("%s: results of other inputs stand under this name; move the folder away or choose --out", dir)
		}
	}
	return outcome, osDisk.swap(parent, name, w)
}

// compare reports what differs from a folder of the same inputs: nothing, figures
// only, or a result, which is an error. Figures stay where none are drawn now.
func (w *Work) compare(dir string, now *Work) (Outcome, error) {
	was := map[string]File{}
	for _, f := range w.Files {
		was[f.Name] = f
	}
	for _, f := range now.Files {
		if old, ok := was[f.Name]; !f.Figure && (!ok || old.SHA256 != f.SHA256) {
			return 0, fmt.Errorf("%s: differs from what the same inputs give now (written by version %s on %s, this is %s on "+
				"%s); move the folder away or choose --out",
				filepath.Join(dir, f.Name), w.Program.Version, w.Program.GOARCH, now.Program.Version, now.Program.GOARCH)
		}
	}
	drawn := slices.ContainsFunc(now.Files, func(f File) bool { return f.Figure })
	if !drawn || sameFiles(w.Files, now.Files) {
		return Unchanged, nil
	}
	return Redrawn, nil
}

// swap puts a new folder in the place of an old one, which is moved aside until the
// new one stands.
func (d disk) swap(parent, name string, w *Work) error {
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return cannot("create", parent, err)
	}
	files := slices.Concat(w.Files, []File{NewFile(Name, encode(w), false)})
	staged, err := d.stage(parent, name, files)
	if err != nil {
		return err
	}
	dir, aside := filepath.Join(parent, name), staged+".old"
	if err := d.rename(dir, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		_ = os.RemoveAll(staged)
		return cannot("replace", dir, err)
	}
	if err := d.rename(staged, dir); err != nil {
		_ = os.RemoveAll(staged)
		_ = os.Rename(aside, dir)
		return cannot("write", dir, err)
	}
	_ = os.RemoveAll(aside)
	return nil
}

// OpenWork reads the manifest of a folder and verifies every file that it lists.
func OpenWork(dir string) (*Work, error) {
	path := filepath.Join(dir, Name)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: it has no %s; move it away or choose --out", dir, Name)
	}
	if err != nil {
		return nil, cannot("read", path, err)
	}
	var w Work
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&w); err != nil {
		return nil, fmt.Errorf("%s: no manifest of misstep; move the folder away or choose --out", path)
	}
	var inputs bytes.Buffer
	if json.Compact(&inputs, w.Inputs) != nil || w.Format != Format {
		return nil, fmt.Errorf("%s: a manifest of format %d; this program reads format %d", path, w.Format, Format)
	}
	for _, f := range w.Files {
		if !plain(f.Name) {
			return nil, fmt.Errorf("%s: file name %q leads out of the folder", path, f.Name)
		}
		content, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil || Sum(content) != f.SHA256 {
			return nil, fmt.Errorf("%s: missing or changed since it was written; delete the folder and run the command again",
				filepath.Join(dir, f.Name))
		}
	}
	return &w, nil
}
