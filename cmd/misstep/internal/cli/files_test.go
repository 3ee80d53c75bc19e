package cli

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

func TestReadSmall(t *testing.T) {
	dir := t.TempDir()
	path := dir + "/f"
	if err := os.WriteFile(path, []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	if data, err := ReadSmall(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := ReadSmall(path, 4); err == nil || !strings.Contains(err.Error(), "5 bytes long, more than the 4") {
		t.Errorf("%v", err)
	}
	if _, err := ReadSmall(dir+"/g", 4); !errors.Is(err, fs.ErrNotExist) || err.Error() != dir+"/g: no such file" {
		t.Errorf("%v", err)
	}
	if _, err := ReadSmall(dir, 4000); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("%v", err)
	}
}
