package runfolder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Outcome says what writing a run came to.
type Outcome int

// The outcomes.
const (
	Written   Outcome = iota // a new folder
	Unchanged                // the folder was there, byte for byte
	Redrawn                  // the numbers were there; figures were replaced
)

// disk is the part of a file system that writing needs; tests put a full one in
// its place.
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

// Write stores a run under parent. The files of m are listed in its manifest. A
// folder of the same name is verified: it must hold the same results, and what its
// own manifest says; otherwise the error names the file.
func Write(parent string, m *Manifest, files []File) (Outcome, error) {
	return osDisk.write(parent, m, files)
}

func (d disk) write(parent string, m *Manifest, files []File) (Outcome, error) {
	dir := filepath.Join(parent, m.Folder())
	m.Files = files
	files = append(files[:len(files):len(files)], manifestFile(m))
	if _, err := os.Lstat(dir); err == nil {
		if holdsWorkOnly(dir) {
			return d.join(dir, files)
		}
		return d.reuse(dir, m)
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return 0, cannot("create", parent, err)
	}
	staged, err := d.stage(parent, m.Folder(), files)
	if err != nil {
		return 0, err
	}
	if err := d.rename(staged, dir); err != nil {
		_ = os.RemoveAll(staged)
		if _, there := os.Lstat(dir); there == nil {
			return d.reuse(dir, m) // another run of the same inputs was faster
		}
		return 0, cannot("write", dir, err)
	}
	return Written, nil
}

// holdsWorkOnly reports whether a folder was begun by a command that looks into a run
// which is not there yet: it holds folders of works and nothing else.
func holdsWorkOnly(dir string) bool {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if _, noWork := os.Lstat(filepath.Join(dir, e.Name(), Name)); !e.IsDir() || noWork != nil {
			return false
		}
	}
	return err == nil && len(entries) > 0
}

// join puts the files of a run beside the works in its folder, the manifest last.
func (d disk) join(dir string, files []File) (Outcome, error) {
	staged, err := d.stage(filepath.Dir(dir), filepath.Base(dir), files)
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(staged) }()
	for _, f := range files {
		if err := d.rename(filepath.Join(staged, f.Name), filepath.Join(dir, f.Name)); err != nil {
			return 0, cannot("write", filepath.Join(dir, f.Name), err)
		}
	}
	return Written, nil
}

func manifestFile(m *Manifest) File { return NewFile(Name, m.Encode(), false) }

// stage writes files into a new hidden folder beside their place, or leaves nothing.
func (d disk) stage(parent, name string, files []File) (string, error) {
	dir, err := os.MkdirTemp(parent, ".misstep-"+name+"-*")
	if err != nil {
		return "", cannot("write to", parent, err)
	}
	if err := d.fill(dir, filepath.Join(parent, name), files); err != nil {
		_ = os.RemoveAll(dir)
		return "", err
	}
	return dir, nil
}

// fill writes files into dir; errors name the place where they are to end.
func (d disk) fill(dir, place string, files []File) error {
	if err := os.Chmod(dir, 0o755); err != nil {
		return cannot("write to", dir, err)
	}
	for _, f := range files {
		if !plain(f.Name) {
			return fmt.Errorf("file name %q leads out of the run folder", f.Name)
		}
		if err := d.put(filepath.Join(dir, f.Name), &f); err != nil {
			return cannot("write", filepath.Join(place, f.Name), err)
		}
	}
	return nil
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
	if err := old.sameResults(dir, m); err != nil {
		return 0, err
	}
	if m.Plot == nil || sameFiles(old.Files, m.Files) && samePlot(old.Plot, m.Plot) {
		return Unchanged, nil
	}
	return Redrawn, d.replaceFigures(dir, old, m)
}

// sameResults compares what does not hang on plot settings. Which build computed
// it does not matter as long as the numbers are the same.
func (m *Manifest) sameResults(dir string, now *Manifest) error {
	if m.Hash != now.Hash {
		return fmt.Errorf("%s: another run stands under this name; move it away or choose --out", filepath.Join(dir, Name))
	}
	was := map[string]File{}
	for _, f := range m.Files {
		was[f.Name] = f
	}
	for _, f := range now.Files {
		if f.Figure {
			continue
		}
		if was[f.Name].SHA256 != f.SHA256 {
			return fmt.Errorf("%s: differs from what the same inputs give now (written by version %s on %s, this is %s on "+
				"%s); move the folder away or choose --out",
				filepath.Join(dir, f.Name), m.Program.Version, m.Program.GOARCH, now.Program.Version, now.Program.GOARCH)
		}
	}
	return nil
}

func sameFiles(a, b []File) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].SHA256 != b[i].SHA256 {
			return false
		}
	}
	return true
}

func samePlot(a, b *Plot) bool { return bytes.Equal(encode(a), encode(b)) }

// replaceFigures puts new figures into a folder: all are written beside it first,
// so that a full disk changes nothing, then renamed into place, the manifest last.
func (d disk) replaceFigures(dir string, old, now *Manifest) error {
	merged := *old
	merged.Plot, merged.Files = now.Plot, now.Files
	var fresh []File
	keep := map[string]bool{}
	for _, f := range now.Files {
		keep[f.Name] = true
		if f.Figure {
			fresh = append(fresh, f)
		}
	}
	fresh = append(fresh, manifestFile(&merged))
	staged, err := d.stage(filepath.Dir(dir), filepath.Base(dir), fresh)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staged) }()
	for _, f := range fresh {
		if err := d.rename(filepath.Join(staged, f.Name), filepath.Join(dir, f.Name)); err != nil {
			return cannot("write", filepath.Join(dir, f.Name), err)
		}
	}
	for _, f := range old.Files {
		if f.Figure && !keep[f.Name] && plain(f.Name) {
			_ = os.Remove(filepath.Join(dir, f.Name))
		}
	}
	return nil
}

// Redraw replaces the figures of a stored run.
func Redraw(dir string, plot *Plot, figures []File) (Outcome, error) {
	old, err := Open(dir)
	if err != nil {
		return 0, err
	}
	now := *old
	now.Plot, now.Files = plot, nil
	for _, f := range old.Files {
		if !f.Figure {
			now.Files = append(now.Files, f)
		}
	}
	now.Files = append(now.Files, figures...)
	if sameFiles(old.Files, now.Files) && samePlot(old.Plot, now.Plot) {
		return Unchanged, nil
	}
	return Redrawn, osDisk.replaceFigures(dir, old, &now)
}

// Open reads the manifest of a run folder and verifies every file that it lists.
func Open(dir string) (*Manifest, error) {
	path := filepath.Join(dir, Name)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no run folder: it has no %s; move it away or choose --out", dir, Name)
	}
	if err != nil {
		return nil, cannot("read", path, err)
	}
	m, err := Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, f := range m.Files {
		if !plain(f.Name) {
			return nil, fmt.Errorf("%s: file name %q leads out of the folder", path, f.Name)
		}
		at := filepath.Join(dir, f.Name)
		content, err := os.ReadFile(at)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%s: missing, though the manifest lists it; delete the folder and run again", at)
		case err != nil:
			return nil, cannot("read", at, err)
		case Sum(content) != f.SHA256:
			return nil, fmt.Errorf("%s: changed since it was written: its sha256 is not the one in the manifest; delete the "+
				"folder and run again", at)
		}
	}
	return m, nil
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
