package runfolder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A folder that is not there appears by one rename. One that stands is changed in three steps, each of which
// may be the last: what is new is staged in it under a hidden name, synced and renamed to pending, from where on the
// change is certain; what the old manifest lists and the new one does not is removed; and what is new goes to its
// place, the manifest last. Whoever comes next finishes what is pending.
const (
	inside  = "new"
	pending = hidden + inside
)

// errTaken says that a folder is there already.
var errTaken = errors.New("another command was faster")

// appear makes a folder of files, whole or not at all.
func appear(dir string, files []File) error {
	l, err := acquire(filepath.Dir(dir), filepath.Base(dir), patience)
	if err != nil {
		return err
	}
	defer l.release()
	staged, err := stage(filepath.Dir(dir), filepath.Base(dir), dir, files)
	if err != nil {
		return err
	}
	if err := rename(staged, dir); err != nil {
		removeAll(staged)
		if there(dir) {
			return errTaken
		}
		return cannot("write", dir, err)
	}
	return certain(filepath.Dir(dir), dir)
}

// certain makes sure that something new in a folder outlasts a failure of power.
func certain(folder, path string) error {
	if err := syncFolder(folder); err != nil {
		return fmt.Errorf("%s: written, but not known to be on the disk: %w; run it again", path, causeOf(err))
	}
	return nil
}

// stage writes files into a new hidden folder, or leaves nothing. place is where they will stand.
func stage(folder, base, place string, files []File) (string, error) {
	dir := scratch(folder, base)
	if err := step("mkdir", dir, func() error { return os.Mkdir(dir, 0o755) }); err != nil {
		return "", cannot("write to", folder, err)
	}
	var err error
	for i := 0; i < len(files) && err == nil; i++ {
		name := files[i].Name
		if !plain(name) {
			err = fmt.Errorf("file name %q leads out of the run folder", name)
		} else if err = putFile(filepath.Join(dir, name), &files[i]); err != nil {
			err = cannot("write", filepath.Join(place, name), err)
		}
	}
	if err == nil {
		if err = syncFolder(dir); err != nil {
			err = cannot("write", place, err)
		}
	}
	if err != nil {
		removeAll(dir)
		return "", err
	}
	return dir, nil
}

// plain reports whether a name stays in the folder in which it is written.
func plain(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, "/\\\x00:") && filepath.IsLocal(name)
}

// hold takes the lock on a folder that stands, and finishes what an interrupted command began to change.
func hold(dir string) (*lock, error) {
	l, err := acquire(dir, inside, patience)
	if err != nil {
		return nil, err
	}
	if err := finish(dir); err != nil {
		l.release()
		return nil, err
	}
	l.tidy(filepath.Dir(dir), "")
	return l, nil
}

// Heal finishes a change of a folder in which a command was interrupted; the folder is as that command would
// have left it.
func Heal(dir string) error {
	if info, err := os.Lstat(filepath.Join(dir, pending)); err != nil || !info.IsDir() {
		return nil
	}
	l, err := hold(dir)
	if err == nil {
		l.release()
	}
	return err
}

// change puts files into a folder that is held, the manifest last, in place of those that its manifest lists.
func change(dir string, files []File) error {
	staged, err := stage(dir, inside, dir, files)
	if err != nil {
		return err
	}
	if err := rename(staged, filepath.Join(dir, pending)); err != nil {
		removeAll(staged)
		return cannot("write", dir, err)
	}
	return finish(dir)
}

// finish ends a change, if one is pending. Until the manifest is renamed, it can be done again.
func finish(dir string) error {
	from := filepath.Join(dir, pending)
	if info, err := os.Lstat(from); err != nil || !info.IsDir() {
		return nil
	}
	err := syncFolder(dir)
	if now, whole := listed(from); err == nil && whole {
		err = settle(dir, from, now)
	}
	if err == nil {
		err = step("remove", from, func() error { return os.RemoveAll(from) })
	}
	if err != nil {
		return fmt.Errorf("%s: is being changed, and that cannot be finished: %w; the next command will", dir, causeOf(err))
	}
	return nil
}

// settle removes what a folder need not hold any longer, and moves what is new to its place.
func settle(dir, from string, now []File) error {
	old, _ := listed(dir)
	for _, f := range old {
		kept := slices.ContainsFunc(now, func(n File) bool { return n.Name == f.Name })
		if !kept && plain(f.Name) {
			if err := remove(filepath.Join(dir, f.Name)); err != nil {
				return err
			}
		}
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == Name {
			continue
		}
		if err := rename(filepath.Join(from, e.Name()), filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	if err := errors.Join(syncFolder(dir), syncFolder(from)); err != nil {
		return err
	}
	if err := rename(filepath.Join(from, Name), filepath.Join(dir, Name)); err != nil {
		return err
	}
	return syncFolder(dir)
}

// listed are the files of a folder's manifest, if it has one that can be read.
func listed(dir string) ([]File, bool) {
	data, err := read(dir, "")
	if err != nil {
		return nil, false
	}
	var m struct {
		Files []File `json:"files"`
	}
	return m.Files, json.Unmarshal(data, &m) == nil
}

// holdsWorkOnly reports whether a folder holds nothing but works of commands, which looked into a run that was
// not stored; or what they left when they were interrupted.
func holdsWorkOnly(dir string) bool {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), hidden) {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, e.Name(), Name)); !e.IsDir() || errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return err == nil
}
