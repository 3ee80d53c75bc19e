package runfolder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// What a command writes stands under a hidden name until it is whole: .misstep-NUMBER-BASE beside BASE. Who
// writes BASE holds a lock on .misstep-lock-BASE, which the system takes off one that dies, so that what stands
// there without a lock is nobody's. Files that pass (a probe, a table before it is stored) have names of their own.
const (
	hidden  = ".misstep-"
	lockOf  = hidden + "lock-"
	passing = hidden + "passing-"
)

var scratchName = regexp.MustCompile(`^\.misstep-(?:[0-9]+|lock)-(.+)$`)

// How long a command waits for another one that writes the same: a folder is written in moments; what is held
// from begin to end is only looked at meanwhile.
const (
	patience = time.Minute
	moment   = 2 * time.Second
	pause    = 20 * time.Millisecond
)

var errBusy = errors.New("another misstep is at work on it; wait until it ends, or choose another --out")

// lock says that nobody else writes something.
type lock struct {
	path string
	on   *flock.Flock // nil where the file system has no locks
	made []string     // folders, the outermost first
}

// acquire makes a folder, and takes the lock on what will stand in it under a name. Whatever of it, or of
// others, was left there by commands that ended is removed.
func acquire(folder, base string, wait time.Duration) (*lock, error) {
	l := &lock{path: filepath.Join(folder, lockOf+base)}
	for until := time.Now().Add(wait); ; time.Sleep(pause) {
		if err := l.makeFolder(folder); err != nil {
			return nil, cannot("create", folder, err)
		}
		ok, err := l.try()
		switch {
		case errors.Is(err, fs.ErrNotExist): // another command took its empty folder away
		case err != nil:
			l.leave()
			return nil, cannot("write to", folder, err)
		case ok:
			l.tidy(folder, base)
			return l, nil
		}
		if time.Now().After(until) {
			l.leave()
			return nil, fmt.Errorf("%s: %w", filepath.Join(folder, base), errBusy)
		}
	}
}

// try takes the lock, if it is to be had. Where the file system has none, all have it.
func (l *lock) try() (ok bool, err error) {
	on := flock.New(l.path, flock.SetPermissions(0o644))
	err = step("lock", l.path, func() (err error) {
		ok, err = on.TryLock()
		return err
	})
	if withoutLocks(err) {
		_ = os.Remove(l.path)
		return true, nil
	}
	if !ok || err != nil {
		return false, err
	}
	held, errHeld := on.Stat()
	there, errThere := os.Stat(l.path)
	if errHeld != nil || errThere != nil || !os.SameFile(held, there) { // who had it has removed it since
		return false, on.Unlock()
	}
	l.on = on
	return true, nil
}

// withoutLocks reports whether a file system has no locks.
func withoutLocks(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK)
}

// release gives the lock back, and takes folders away that were made for nothing.
func (l *lock) release() {
	if l.on != nil {
		err := os.Remove(l.path)
		_ = l.on.Unlock()
		if err != nil && runtime.GOOS == "windows" { // where what is open is not removed
			_ = os.Remove(l.path)
		}
		l.on = nil
	}
	l.leave()
}

func (l *lock) leave() {
	for _, dir := range slices.Backward(l.made) {
		_ = os.Remove(dir) // if it is empty
	}
	l.made = nil
}

// makeFolder makes a folder and those above it, and remembers which.
func (l *lock) makeFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return syscall.ENOTDIR
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if above := filepath.Dir(dir); above != dir {
		if err := l.makeFolder(above); err != nil {
			return err
		}
	}
	err = step("mkdir", dir, func() error { return os.Mkdir(dir, 0o755) })
	if errors.Is(err, fs.ErrExist) {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return errors.New("a file or a link that leads nowhere is in the way")
		}
		return nil
	}
	if err == nil {
		l.made = append(l.made, dir)
		err = syncFolder(filepath.Dir(dir))
	}
	return err
}

// passed removes files that pass and whose command ended. Whoever still has one open keeps what it holds.
func passed(folder string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), passing) {
			_ = remove(filepath.Join(folder, e.Name()))
		}
	}
}

// tidy removes what commands that ended left in a folder.
func (l *lock) tidy(folder, own string) {
	passed(folder)
	if l.on == nil {
		return // nobody knows who is at work
	}
	entries, _ := os.ReadDir(folder)
	left := map[string][]string{}
	for _, e := range entries {
		if m := scratchName.FindStringSubmatch(e.Name()); m != nil {
			left[m[1]] = append(left[m[1]], filepath.Join(folder, e.Name()))
		}
	}
	for base, paths := range left {
		other := &lock{path: filepath.Join(folder, lockOf+base)}
		if ok, err := false, error(nil); base != own {
			if ok, err = other.try(); !ok || err != nil {
				continue
			}
		}
		for _, path := range paths {
			if path != other.path {
				removeAll(path)
			}
		}
		if base != own {
			other.release()
		}
	}
}

// Writable makes sure that results can be kept in a folder that need not be there yet, and reports whether its
// file system has locks. It leaves nothing.
func Writable(folder string) (locks bool, err error) {
	f, err := passingFile(folder)
	if err != nil {
		return false, err
	}
	on := flock.New(f.on.Name())
	_, err = on.TryLock()
	locks = !withoutLocks(err)
	_ = on.Close()
	return locks, errors.Join(f.on.Close(), remove(f.on.Name()))
}

// passingFile makes a hidden file in a folder, or in the nearest one above that there is.
func passingFile(folder string) (file, error) {
	at := filepath.Clean(folder)
	info, err := os.Stat(at)
	for errors.Is(err, fs.ErrNotExist) && filepath.Dir(at) != at {
		at = filepath.Dir(at)
		info, err = os.Stat(at)
	}
	if err == nil && !info.IsDir() {
		err = syscall.ENOTDIR
	}
	if err != nil {
		return file{}, err
	}
	passed(at)
	var f file
	err = step("create", at, func() (err error) {
		f.on, err = os.CreateTemp(at, passing+"*")
		return err
	})
	return f, err
}
