package runfolder

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/readfile"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
)

// Bounds of what is read, in bytes: a manifest, as any other file that is held in memory, and a file
// that it lists, of which the table of all cases is the longest.
const (
	MaxManifest = 32 << 20
	maxResult   = 16 << 30
)

// Open reads the manifest of a run folder and verifies every file that it lists.
func Open(dir string) (*Manifest, error) { return openRun(dir, true) }

// OpenResults is [Open] for who draws the pictures anew: these are not verified, and one that is damaged is not listed.
func OpenResults(dir string) (*Manifest, error) { return openRun(dir, false) }

func openRun(dir string, pictures bool) (m *Manifest, err error) {
	err = steady(dir, "no run folder: ", func(data []byte) error {
		if m, err = Decode(data); err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(dir, Name), err)
		}
		const again = "delete the folder and run again"
		if !pictures {
			m.Files = undamaged(dir, m.Files)
		}
		return verify(dir, m.Files, "missing, though the manifest lists it; "+again,
			"changed since it was written: its sha256 is not the one in the manifest; "+again)
	})
	return m, err
}

// steady opens a folder by its manifest, once more where another command has put another there meanwhile, be it the
// same again.
func steady(dir, without string, open func(manifest []byte) error) error {
	for {
		err := Heal(dir)
		if err != nil {
			return err
		}
		before, _ := os.Stat(filepath.Join(dir, Name))
		data, err := read(dir, without)
		if err != nil {
			return err
		}
		if err = open(data); err == nil {
			return nil
		}
		if Heal(dir) != nil {
			return err
		}
		now, gone := os.Stat(filepath.Join(dir, Name))
		if gone != nil || before != nil && os.SameFile(before, now) && before.ModTime().Equal(now.ModTime()) {
			return err
		}
	}
}

func read(dir, without string) ([]byte, error) {
	path := filepath.Join(dir, Name)
	data, err := readfile.All(path, MaxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %sit has no %s; move it away or choose --out", dir, without, Name)
	}
	return data, err
}

// verify holds the files of a folder against their hashes, and says what is wrong.
func verify(dir string, files []File, missing, changed string) error {
	for _, f := range files {
		if !plain(f.Name) {
			return fmt.Errorf("%s: file name %q leads out of the folder", filepath.Join(dir, Name), f.Name)
		}
		at := filepath.Join(dir, f.Name)
		sum, size, err := sumOf(at)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s: %s", at, missing)
		case err != nil:
			return err
		case sum != f.SHA256 || size != int64(f.Bytes):
			return fmt.Errorf("%s: %s", at, changed)
		}
	}
	return nil
}

// undamaged are files without the pictures that are missing or changed.
func undamaged(dir string, files []File) []File {
	return slices.DeleteFunc(files, func(f File) bool {
		return f.Figure && plain(f.Name) && verify(dir, []File{f}, "", "") != nil
	})
}

// sumOf is the hash of a file, which may be too large to hold in memory, and how long it is.
func sumOf(path string) (string, int64, error) {
	f, _, err := readfile.Open(path, maxResult)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, maxResult))
	if err != nil {
		err = cannot("read", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), n, err
}

// OpenWork reads the manifest of a folder and verifies every file that it lists.
func OpenWork(dir string) (*Work, error) { return openWork(dir, true) }

// openWork is [OpenWork], or what [OpenResults] is to [Open].
func openWork(dir string, pictures bool) (*Work, error) {
	var w Work
	err := steady(dir, "", func(data []byte) error {
		w = Work{}
		if err := w.decode(data, filepath.Join(dir, Name)); err != nil {
			return err
		}
		if !pictures {
			w.Files = undamaged(dir, w.Files)
		}
		const wrong = "missing or changed since it was written; delete the folder and run the command again"
		return verify(dir, w.Files, wrong, wrong)
	})
	return &w, err
}

// decode reads the manifest at path.
func (w *Work) decode(data []byte, path string) error {
	if strictly(data, w) != nil {
		return fmt.Errorf("%s: no manifest of misstep; move the folder away or choose --out", path)
	}
	var inputs bytes.Buffer
	if json.Compact(&inputs, w.Inputs) != nil || w.Format != Format {
		return fmt.Errorf("%s: a manifest of format %d; this program reads format %d", path, w.Format, Format)
	}
	err := schema.Fits[Work](data, true)
	if err == nil {
		err = checkFiles(w.Files)
	}
	if err == nil {
		err = unbroken(data, w, w.Seal, w.seal())
	}
	if err != nil {
		return fmt.Errorf("%s: %w; delete the folder and run the command again", path, err)
	}
	return nil
}
