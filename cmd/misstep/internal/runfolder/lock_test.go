package runfolder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
)

// TestWritersAtOnce: many commands that redraw and complete one run at the same time end in a folder that is whole, and
// who reads it meanwhile finds it whole. Catches a manifest that is computed before the folder is held.
func TestWritersAtOnce(t *testing.T) {
	parent := t.TempDir()
	write(t, parent, sample(1), files())
	dir := filepath.Join(parent, sample(1).Folder())
	var all sync.WaitGroup
	for n := range 12 {
		all.Go(func() {
			picture := NewFile("peak.svg", fmt.Appendf(nil, "<svg %d/>", n), true)
			var err error
			switch n % 3 {
			case 0:
				_, err = Redraw(dir, &settings.Plot{Formats: []string{"svg"}, Width: float64(8 + n), DPI: 200}, []File{picture})
			case 1:
				_, err = Write(parent, sample(1), files())
			default:
				_, err = WriteWork(dir, "why", work(1), results("a", string(picture.Data)), true)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range 4 {
		all.Go(func() {
			for range 50 {
				if _, err := Open(dir); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if _, err := OpenWork(filepath.Join(dir, "why")); err != nil {
		t.Error(err)
	}
	for name := range listing(t, parent) {
		if strings.Contains(name, hidden) {
			t.Errorf("left %s", name)
		}
	}
}

// TestOneHolder: what is held from begin to end has one holder, and whoever comes is told so; after its end the next
// may have it.
func TestOneHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out", "fit.state")
	s, err := HoldState(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := HoldState(path); !errors.Is(err, errBusy) || !strings.HasPrefix(err.Error(), path+": another misstep") {
		t.Errorf("%v", err)
	}
	if err := s.Keep([]byte("half")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = HoldState(path); err != nil {
		t.Fatal(err)
	}
	if err := s.Done(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err == nil { // made by the first, empty again
		if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 0 {
			t.Errorf("left %v", entries)
		}
	}
}

// TestStateOnceASecond: what comes too soon waits, and is written when the state is closed.
func TestStateOnceASecond(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fit.state")
	s, err := HoldState(path)
	if err != nil {
		t.Fatal(err)
	}
	writes := 0
	during(t, func(op, path string) error {
		if op == "rename" {
			writes++
		}
		return unsynced(op, path)
	})
	for n := range 50 {
		if err := s.Keep(fmt.Appendf(nil, "%d", n)); err != nil {
			t.Fatal(err)
		}
	}
	soon := writes
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "49" || soon >= 50 {
		t.Errorf("%q, %v after %d writes", data, err, soon)
	}
}

// TestWithoutLocks: where the file system has none, everything is written as elsewhere, and what others may still
// be at work on is left alone.
func TestWithoutLocks(t *testing.T) {
	none := func(op, path string) error {
		if op == "lock" {
			return &os.PathError{Op: "lock", Path: path, Err: syscall.ENOTSUP}
		}
		return unsynced(op, path)
	}
	for name, c := range changes() {
		whole, out := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
		c.before(t, whole)
		c.before(t, out)
		if err := c.do(whole); err != nil {
			t.Fatal(err)
		}
		during(t, none)
		err := c.do(out)
		Before = unsynced
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		sameListing(t, listing(t, filepath.Dir(whole)), listing(t, filepath.Dir(out)))
	}
	parent := t.TempDir()
	put(t, parent, hidden+"7-"+sample(1).Folder(), "somebody's")
	during(t, none)
	write(t, parent, sample(1), files())
	if _, err := os.Stat(filepath.Join(parent, hidden+"7-"+sample(1).Folder())); err != nil {
		t.Error(err)
	}
	Before = unsynced
	write(t, parent, sample(2), files())
	if entries, _ := os.ReadDir(parent); len(entries) != 2 {
		t.Errorf("left %v", entries)
	}
}
