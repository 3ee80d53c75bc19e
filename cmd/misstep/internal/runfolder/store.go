package runfolder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
)

// Outcome says what writing a run came to.
type Outcome int

// The outcomes.
const (
	Written   Outcome = iota // a new folder
	Unchanged                // the folder was there, byte for byte
	Redrawn                  // the numbers were there; figures were replaced
	Completed                // the numbers were there; a table was added
)

// String is how the outcome begins a sentence.
func (o Outcome) String() string {
	return [...]string{"wrote", "unchanged", "figures redrawn in", "added to"}[o]
}

// disk is the part of a file system that writing needs; tests put a full one in its place.
type disk struct {
	create func(path string) (io.WriteCloser, error)
	rename func(from, to string) error
}

var osDisk = disk{
	create: func(path string) (io.WriteCloser, error) {
		return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	},
	rename: os.Rename,
}

// Write stores a run under parent, its files listed in its manifest. A folder of the same name must
// hold the same results, and what its own manifest says; otherwise the error names the file.
func Write(parent string, m *Manifest, files []File) (Outcome, error) {
	return osDisk.write(parent, m, files)
}

func (d disk) write(parent string, m *Manifest, files []File) (Outcome, error) {
	dir := filepath.Join(parent, m.Folder())
	m.Files = files
	files = append(files[:len(files):len(files)], manifestFile(m))
	if _, err := os.Lstat(dir); err == nil {
		if holdsWorkOnly(dir) {
			return Written, d.into(dir, files)
		}
		return d.reuse(dir, m)
	}
	err := d.appear(dir, files, false)
	if _, there := os.Lstat(dir); err != nil && there == nil {
		return d.reuse(dir, m) // another run of the same inputs was faster
	}
	return Written, err
}

// holdsWorkOnly reports whether a folder holds nothing but works of commands, which looked into a run
// that was not stored.
func holdsWorkOnly(dir string) bool {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if _, noWork := os.Lstat(filepath.Join(dir, e.Name(), Name)); !e.IsDir() || noWork != nil {
			return false
		}
	}
	return err == nil && len(entries) > 0
}

func manifestFile(m any) File { return NewFile(Name, encode(m), false) }

// appear makes a folder of files, whole or not at all; one that it replaces is moved aside until then.
func (d disk) appear(dir string, files []File, replace bool) error {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return cannot("create", parent, err)
	}
	staged, err := d.stage(dir, files)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staged) }()
	aside := staged + ".old"
	if replace {
		if err := d.rename(dir, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return cannot("replace", dir, err)
		}
	}
	if err := d.rename(staged, dir); err != nil {
		_ = os.Rename(aside, dir)
		return cannot("write", dir, err)
	}
	_ = os.RemoveAll(aside)
	return nil
}

// into puts files into a folder that stands: all are written beside it first, then renamed into place,
// the manifest last.
func (d disk) into(dir string, files []File) error {
	staged, err := d.stage(dir, files)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staged) }()
	for _, f := range files {
		if err := d.rename(filepath.Join(staged, f.Name), filepath.Join(dir, f.Name)); err != nil {
			return cannot("write", filepath.Join(dir, f.Name), err)
		}
	}
	return nil
}

// stage writes files into a new hidden folder beside their place, or leaves nothing.
func (d disk) stage(place string, files []File) (string, error) {
	dir, err := os.MkdirTemp(filepath.Dir(place), ".misstep-"+filepath.Base(place)+"-*")
	if err != nil {
		return "", cannot("write to", filepath.Dir(place), err)
	}
	if err = os.Chmod(dir, 0o755); err != nil {
		err = cannot("write to", dir, err)
	}
	for i := 0; i < len(files) && err == nil; i++ {
		name := files[i].Name
		if !plain(name) {
			err = fmt.Errorf("file name %q leads out of the run folder", name)
		} else if err = d.put(filepath.Join(dir, name), &files[i]); err != nil {
			err = cannot("write", filepath.Join(place, name), err)
		}
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", err
	}
	return dir, nil
}

func (d disk) put(path string, f *File) (err error) {
	w, err := d.create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if f.Fill != nil {
		return f.Fill(w)
	}
	_, err = io.Copy(w, bytes.NewReader(f.Data))
	return err
}

// plain reports whether a name stays in the folder in which it is written.
func plain(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, "/\\\x00:") && filepath.IsLocal(name)
}

// reuse compares a run with the folder of its name.
func (d disk) reuse(dir string, m *Manifest) (Outcome, error) {
	old, err := Open(dir)
	if err != nil {
		return 0, err
	}
	if old.Hash != m.Hash {
		return 0, fmt.Errorf("%s: another run stands under this name; move it away or choose --out", filepath.Join(dir, Name))
	}
	lacks := func(files []File, f File) bool {
		return !slices.ContainsFunc(files, func(o File) bool { return o.Name == f.Name })
	}
	added := slices.DeleteFunc(slices.Clone(m.Files), func(f File) bool { return !f.Extra || !lacks(old.Files, f) })
	same := slices.DeleteFunc(slices.Clone(m.Files), func(f File) bool { return !lacks(added, f) })
	if err := sameResults(dir, old.Files, same, old.Program, m.Program); err != nil {
		return Unchanged, err
	}
	now := *old // what is there stays, but for figures where some are drawn
	now.Files = slices.Concat(old.Files, added)
	if m.Plot != nil {
		now.Plot = m.Plot
		kept := slices.DeleteFunc(slices.Clone(old.Files), func(f File) bool { return f.Figure || !lacks(m.Files, f) })
		now.Files = slices.Concat(m.Files, kept)
	}
	outcome, err := d.redraw(dir, old, &now)
	if err == nil && len(added) > 0 {
		outcome = Completed
	}
	return outcome, err
}

// sameResults compares what does not hang on plot settings, whichever build computed it.
func sameResults(dir string, old, now []File, was, is Program) error {
	for _, f := range now {
		same := func(o File) bool { return o.Name == f.Name && o.SHA256 == f.SHA256 }
		if !f.Figure && !slices.ContainsFunc(old, same) {
			return fmt.Errorf("%s: differs from what the same inputs give now (written by version %s on %s, this is %s on %s); "+
				"move the folder away or choose --out",
				filepath.Join(dir, f.Name), was.Version, was.GOARCH, is.Version, is.GOARCH)
		}
	}
	return nil
}

// sameFiles compares files in any order.
func sameFiles(a, b []File) bool { return len(a) == len(b) && len(fresh(a, b)) == 0 }

// fresh are the files that differ from what is there.
func fresh(now, there []File) []File {
	return slices.DeleteFunc(slices.Clone(now), func(x File) bool {
		return slices.ContainsFunc(there, func(y File) bool { return x.Name == y.Name && x.SHA256 == y.SHA256 })
	})
}

// Redraw replaces the figures of a stored run.
func Redraw(dir string, plot *settings.Plot, figures []File) (Outcome, error) {
	old, err := Open(dir)
	if err != nil {
		return 0, err
	}
	now := *old
	now.Plot = plot
	now.Files = slices.Concat(slices.DeleteFunc(slices.Clone(old.Files), func(f File) bool { return f.Figure }), figures)
	return osDisk.redraw(dir, old, &now)
}

// Add puts a file that its manifest does not list into the folder of a run.
func Add(dir string, f File) error {
	m, err := Open(dir)
	if err != nil {
		return err
	}
	m.Files = append(m.Files, f)
	return osDisk.into(dir, []File{f, manifestFile(m)})
}

// redraw puts the figures of a run into its folder in place of those that were there.
func (d disk) redraw(dir string, old, now *Manifest) (Outcome, error) {
	if sameFiles(old.Files, now.Files) && bytes.Equal(encode(old.Plot), encode(now.Plot)) {
		return Unchanged, nil
	}
	merged := *old
	merged.Plot, merged.Files = now.Plot, now.Files
	if err := d.into(dir, append(fresh(now.Files, old.Files), manifestFile(&merged))); err != nil {
		return Redrawn, err
	}
	for _, f := range old.Files {
		kept := slices.ContainsFunc(now.Files, func(n File) bool { return n.Name == f.Name })
		if f.Figure && !kept && plain(f.Name) {
			_ = os.Remove(filepath.Join(dir, f.Name))
		}
	}
	return Redrawn, nil
}

// WriteWork stores files in parent/name with the manifest. A folder of that name is verified: one of
// the same inputs must hold the same results, and its figures are replaced where some are drawn; one of
// other inputs is replaced whole where replace is set, and else an error.
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
			err = sameResults(dir, old.Files, w.Files, old.Program, w.Program)
			drawn := slices.ContainsFunc(w.Files, func(f File) bool { return f.Figure })
			if err != nil || !drawn || sameFiles(old.Files, w.Files) {
				return Unchanged, err
			}
			outcome = Redrawn
		case !replace:
			return 0, fmt.Errorf("%s: results of other inputs stand under this name; move the folder away or choose --out", dir)
		}
	}
	return outcome, osDisk.appear(dir, slices.Concat(w.Files, []File{manifestFile(w)}), true)
}

// cannot says what could not be done with a path, and why, in words.
func cannot(do, path string, err error) error {
	var file *fs.PathError
	var link *os.LinkError
	cause := err
	switch {
	case errors.As(err, &file):
		cause = file.Err
	case errors.As(err, &link):
		cause = link.Err
	}
	return fmt.Errorf("%s: cannot %s: %w; nothing written", path, do, cause)
}
