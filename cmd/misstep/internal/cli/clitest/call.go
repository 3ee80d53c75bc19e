package clitest

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/spf13/cobra"
)

// Call runs a program that has some commands, and returns its exit status and what it
// says.
func Call(commands []func(*cli.App) *cobra.Command, args ...string) (status int, out, err string) {
	var o, e bytes.Buffer
	a := &cli.App{In: strings.NewReader(""), Out: &o, Err: &e}
	root := cli.Root(a, commands)
	root.SetArgs(args)
	ctx := context.Background()
	status = a.Status(ctx, root.ExecuteContext(ctx))
	return status, o.String(), e.String()
}

// Refused calls a program where it must fail, and returns what stands on standard
// error: status 1, no result, and no file more or less than before.
func Refused(t *testing.T, call func(args ...string) (int, string, string), args ...string) string {
	t.Helper()
	before := Names(t, ".")
	status, out, stderr := call(args...)
	if status != 1 || out != "" {
		t.Errorf("%v: status %d, out %q", args, status, out)
	}
	if after := Names(t, "."); !slices.Equal(before, after) {
		t.Errorf("%v: files were %v and are %v", args, before, after)
	}
	if strings.Contains(stderr, "internal error") || !strings.HasSuffix(stderr, "\n") {
		t.Errorf("%v: %q", args, stderr)
	}
	return stderr
}

// Names lists what stands in a folder, hidden files too.
func Names(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	walk := func(path string, _ fs.DirEntry, err error) error {
		out = append(out, path)
		return err
	}
	if err := fs.WalkDir(os.DirFS(dir), ".", walk); err != nil {
		t.Fatal(err)
	}
	return out
}

// FilesIn are the contents of a folder, by name.
func FilesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range Names(t, dir)[1:] { // the first is the folder
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = string(data)
	}
	return out
}

// ColumnOf is the place of the nth of a sign in a line, in columns; −1 without it.
func ColumnOf(line, sign string, nth int) int {
	for i, r := range []rune(line) {
		if string(r) == sign {
			if nth--; nth == 0 {
				return i
			}
		}
	}
	return -1
}
