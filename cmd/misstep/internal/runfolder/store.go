package runfolder

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
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

// Write stores a run under parent, its files listed in its manifest. A folder of the same name must
// hold the same results, and what its own manifest says; otherwise the error names the file. Pictures that are damaged
// are drawn again.
func Write(parent string, m *Manifest, files []File) (Outcome, error) {
	dir := filepath.Join(parent, m.Folder())
	m.Files = files
	files = append(files[:len(files):len(files)], manifestFile(m))
	if !there(dir) {
		if err := appear(dir, files); !errors.Is(err, errTaken) {
			return Written, err
		}
	}
	l, err := hold(dir)
	if err != nil {
		return 0, err
	}
	defer l.release()
	if holdsWorkOnly(dir) {
		return Written, change(dir, files)
	}
	return reuse(dir, m)
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func manifestFile(m *Manifest) File { return NewFile(Name, m.Encode(), false) }

// reuse compares a run with the folder of its name.
func reuse(dir string, m *Manifest) (Outcome, error) {
	old, err := openRun(dir, m.Plot == nil)
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
	outcome, err := redraw(dir, old, &now)
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
	l, err := hold(dir)
	if err != nil {
		return 0, err
	}
	defer l.release()
	old, err := openRun(dir, false)
	if err != nil {
		return 0, err
	}
	now := *old
	now.Plot = plot
	now.Files = slices.Concat(slices.DeleteFunc(slices.Clone(old.Files), func(f File) bool { return f.Figure }), figures)
	return redraw(dir, old, &now)
}

// Add puts a file that its manifest does not list into the folder of a run.
func Add(dir string, f File) error {
	l, err := hold(dir)
	if err != nil {
		return err
	}
	defer l.release()
	m, err := Open(dir)
	if err != nil {
		return err
	}
	m.Files = append(m.Files, f)
	return change(dir, []File{f, manifestFile(m)})
}

// redraw makes what a held folder holds into what it shall hold.
func redraw(dir string, old, now *Manifest) (Outcome, error) {
	if sameFiles(old.Files, now.Files) && bytes.Equal(say.JSON(old.Plot), say.JSON(now.Plot)) {
		return Unchanged, nil
	}
	return Redrawn, change(dir, append(fresh(now.Files, old.Files), manifestFile(now)))
}

// WriteWork stores files in parent/name with the manifest. A folder of that name is verified: one of
// the same inputs must hold the same results, and its figures are replaced where some are drawn; one of
// other inputs is replaced where that is allowed, and else an error.
func WriteWork(parent, name string, w *Work, files []File, replace bool) (Outcome, error) {
	w.Files = files
	dir := filepath.Join(parent, name)
	w.Seal = w.seal()
	files = append(files[:len(files):len(files)], NewFile(Name, say.JSON(w), false))
	if !there(dir) {
		if err := appear(dir, files); !errors.Is(err, errTaken) {
			return Written, err
		}
	}
	l, err := hold(dir)
	if err != nil {
		return 0, err
	}
	defer l.release()
	drawn := slices.ContainsFunc(w.Files, func(f File) bool { return f.Figure })
	old, err := openWork(dir, !drawn)
	switch {
	case err != nil && !replace:
		return 0, err
	case err == nil && old.Hash == w.Hash:
		err = sameResults(dir, old.Files, w.Files, old.Program, w.Program)
		if err != nil || !drawn || sameFiles(old.Files, w.Files) {
			return Unchanged, err
		}
		return Redrawn, change(dir, files)
	case !replace:
		return 0, fmt.Errorf("%s: results of other inputs stand under this name; move the folder away or choose --out", dir)
	}
	return Written, change(dir, files)
}
