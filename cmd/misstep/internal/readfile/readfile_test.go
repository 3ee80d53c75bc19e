package readfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAll(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "f"), filepath.Join(dir, "link")
	if err := os.WriteFile(path, []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	if data, err := All(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	if err := os.Symlink(path, link); err == nil {
		if data, err := All(link, 5); err != nil || string(data) != "12345" {
			t.Errorf("a link: %q, %v", data, err)
		}
	}
	for _, c := range []struct {
		path  string
		limit int64
		want  string
	}{
		{path, 4, path + ": 5 bytes long, more than the 4 that it may have; is this the right file?"},
		{dir, 4000, dir + ": not a file but a folder"},
		{os.DevNull, 4000, os.DevNull + ": not a file but a device or a socket"},
		{dir + "/g", 4000, dir + "/g: no such file"},
		{path + "/g", 4000, path + "/g: "},
		{"a\x00b", 4000, "a\x00b: "},
	} {
		if data, err := All(c.path, c.limit); err == nil || !strings.HasPrefix(err.Error(), c.want) || data != nil {
			t.Errorf("%q: %q, %v; want %s", c.path, data, err, c.want)
		}
	}
	if _, err := All(dir+"/g", 1); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestPlainly(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}, "p: permission denied"},
		{fs.ErrNotExist, "p: no such file"},
		{errors.New("odd"), "p: odd"},
		{Plainly("q", fs.ErrClosed), "q: file already closed"},
	} {
		if got := Plainly("p", c.err); got.Error() != c.want || !errors.Is(got, c.err) {
			t.Errorf("%v, want %s", got, c.want)
		}
	}
}
