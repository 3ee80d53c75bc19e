package handover

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReplaceFile: a page takes the place of the one before, whole; where it cannot,
// nothing is left and the error says what to do.
func TestReplaceFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "page.html")
	for _, text := range []string{"one", "two"} {
		if err := replaceFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != text {
			t.Errorf("%q, %v", data, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	full := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{full, filepath.Join(dir, "none", "page.html"), filepath.Join(path, "page.html")} {
		if err := replaceFile(bad, []byte("x")); err == nil ||
			!strings.HasSuffix(err.Error(), "; choose another place with --out") || !strings.HasPrefix(err.Error(), bad+": ") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".misstep-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
