package runfolder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// Before is nil but in tests. It is called before every operation on the disk, which it may refuse with an
// error, leave out with [ErrSkip], or never let happen.
var Before func(op, path string) error

// ErrSkip is what Before returns for an operation that is left out.
var ErrSkip = errors.New("skip")

// step does an operation on the disk.
func step(op, path string, do func() error) error {
	if Before != nil {
		switch err := Before(op, path); {
		case errors.Is(err, ErrSkip):
			return nil
		case err != nil:
			return err
		}
	}
	return do()
}

// file is a file that is being written.
type file struct{ on *os.File }

func opened(op, path string, flags int) (f file, err error) {
	err = step(op, path, func() (err error) {
		f.on, err = os.OpenFile(path, flags, 0o644)
		return err
	})
	return f, err
}

func (f file) Write(p []byte) (n int, err error) {
	err = step("write", f.on.Name(), func() (err error) {
		n, err = f.on.Write(p)
		return err
	})
	return n, err
}

func (f file) sync() error {
	return step("sync", f.on.Name(), func() error { return orNothing(f.on.Sync()) })
}

// cutAt cuts a file, and goes on behind what is left.
func (f file) cutAt(size int64) error {
	return step("cut", f.on.Name(), func() error {
		if err := f.on.Truncate(size); err != nil {
			return err
		}
		_, err := f.on.Seek(size, io.SeekStart)
		return err
	})
}

// orNothing forgives a file system that cannot sync what it was asked to.
func orNothing(err error) error {
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}

// syncFolder makes sure that the names in a folder outlast a failure of power.
func syncFolder(dir string) error {
	return step("sync", dir, func() error {
		if runtime.GOOS == "windows" { // where folders cannot be synced
			return nil
		}
		d, err := os.OpenFile(dir, os.O_RDONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(orNothing(d.Sync()), d.Close())
	})
}

func rename(from, to string) error {
	return step("rename", to, func() error { return os.Rename(from, to) })
}

// remove removes a file or an empty folder, if there is one.
func remove(path string) error {
	return step("remove", path, func() error {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// removeAll removes scratch, as far as it can.
func removeAll(path string) {
	_ = step("remove", path, func() error { return os.RemoveAll(path) })
}

// putFile writes a file of which there is none. A picture can be drawn again; anything else is synced.
func putFile(path string, f *File) error {
	w, err := opened("create", path, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	if err = f.fill(w); err == nil && !f.Figure {
		err = w.sync()
	}
	return errors.Join(err, w.on.Close())
}

// scratch names a new hidden file or folder for what will become base, beside it.
func scratch(folder, base string) string {
	return filepath.Join(folder, fmt.Sprintf("%s%d-%s", hidden, rand.Uint64(), base))
}

// cannot says what could not be done with a path, and why, in words.
func cannot(do, path string, err error) error {
	return fmt.Errorf("%s: cannot %s: %w; nothing written", path, do, causeOf(err))
}

// causeOf is an error without the path of a file that nobody knows.
func causeOf(err error) error {
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		return file.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
