//go:build unix

package readfile

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe that nobody writes to is refused, and not waited for; so is one that took the place of a file
// between the look and the opening.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Skip(err)
	}
	if _, err := All(path, 10); err == nil || !strings.Contains(err.Error(), "not a file but a pipe") {
		t.Error(err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|doNotWait, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil || acceptable(path, info, 10) == nil {
		t.Errorf("%v, %v", info, err)
	}
}
