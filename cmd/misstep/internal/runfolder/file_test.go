//go:build unix

package runfolder

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWriteFileWhereNoFileIs catches: a pipe or a device that is replaced by a file, a link that is.
func TestWriteFileWhereNoFileIs(t *testing.T) {
	dir := t.TempDir()
	pipe, link, file := filepath.Join(dir, "pipe"), filepath.Join(dir, "link"), filepath.Join(dir, "file")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(pipe, []byte("x")); err == nil || !strings.Contains(err.Error(), "is no regular file") {
		t.Error(err)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Error(info, err)
	}
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	if data, _ := os.ReadFile(file); string(data) != "new" || err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%q, %v, %v", data, info, err)
	}
}
