package runfolder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// WriteFile writes a file whole or not at all, in place of one of that name.
func WriteFile(path string, data []byte) error {
	if dir := filepath.Dir(path); !there(dir) {
		return fmt.Errorf("%s: there is no folder %s; nothing written", path, dir)
	}
	return WriteInto(path, data)
}

// WriteInto is [WriteFile] into a folder that is made where it is missing.
func WriteInto(path string, data []byte) error { return replace(path, data, false) }

// CreateFile is [WriteFile] of a file of which there is none, or the error is [fs.ErrExist].
func CreateFile(path string, data []byte) error { return replace(path, data, true) }

// TakeBack removes a file that [CreateFile] has made, where one that belongs to it did not come to be.
func TakeBack(path string) { _ = remove(path) }

func replace(path string, data []byte, create bool) error {
	if to, err := filepath.EvalSymlinks(path); err == nil { // a link stays one
		path = to
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return fmt.Errorf("%s: is no regular file; nothing written", path)
	}
	l, err := acquire(filepath.Dir(path), filepath.Base(path), patience)
	if err != nil {
		return err
	}
	defer l.release()
	if create && there(path) {
		return fs.ErrExist
	}
	return exchange(path, &File{Data: data})
}

// exchange puts a file in the place of another, which is held.
func exchange(path string, f *File) error {
	staged := scratch(filepath.Dir(path), filepath.Base(path))
	err := putFile(staged, f)
	if err == nil {
		err = rename(staged, path)
	}
	if err != nil {
		_ = remove(staged)
		return cannot("write", path, err)
	}
	return certain(filepath.Dir(path), path)
}

// Deliver writes files into a folder that is nobody's, in place of those of their names. The folder is made where
// it is missing.
func Deliver(dir string, files []File) error {
	l, err := acquire(dir, inside, patience)
	if err != nil {
		return err
	}
	defer l.release()
	staged, err := stage(dir, inside, dir, files)
	if err != nil {
		return err
	}
	defer removeAll(staged)
	for i := range files {
		at := filepath.Join(dir, files[i].Name)
		if err := rename(filepath.Join(staged, files[i].Name), at); err != nil {
			return fmt.Errorf("%s: cannot write: %w; %d of %d files are written", at, causeOf(err), i, len(files))
		}
	}
	return certain(dir, dir)
}

// CreateFolder makes a folder of files, whole or not at all; [fs.ErrExist] where there is something already.
func CreateFolder(dir string, files []File) error {
	if there(dir) {
		return fs.ErrExist
	}
	err := appear(dir, files)
	if errors.Is(err, errTaken) {
		return fs.ErrExist
	}
	return err
}

// syncEvery is how often a state is synced at most: work of so long may have to be done again after a failure of
// power.
const syncEvery = time.Second

// State is a file that keeps, as a whole, what a long command has so far. One command at a time holds it.
type State struct {
	path    string
	lock    *lock
	written time.Time
	waiting []byte // what is not written yet
}

// HoldState takes a state, which need not be there, or says that another command has it.
func HoldState(path string) (*State, error) {
	l, err := acquire(filepath.Dir(path), filepath.Base(path), moment)
	if err != nil {
		return nil, err
	}
	return &State{path: path, lock: l}, nil
}

// Keep replaces the state, once a second at most.
func (s *State) Keep(data []byte) error {
	s.waiting = data
	if time.Since(s.written) < syncEvery {
		return nil
	}
	return s.flush()
}

func (s *State) flush() error {
	if s.waiting == nil || s.lock == nil {
		return nil
	}
	if err := exchange(s.path, &File{Data: s.waiting}); err != nil {
		return err
	}
	s.waiting, s.written = nil, time.Now()
	return nil
}

// Close writes what waits, and lets other commands have the state. To close twice is no mistake.
func (s *State) Close() error {
	if s == nil || s.lock == nil {
		return nil
	}
	err := s.flush()
	s.lock.release()
	s.lock = nil
	return err
}

// Done removes the state.
func (s *State) Done() error {
	s.waiting = nil
	return errors.Join(remove(s.path), s.Close())
}
