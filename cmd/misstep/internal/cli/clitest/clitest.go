// Package clitest makes programs for tests of commands.
package clitest

import (
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/cobra"
)

// Parsed is an app after a command with every flag has read some arguments.
func Parsed(t *testing.T, args ...string) *cli.App {
	t.Helper()
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	cmd := &cobra.Command{Use: "x"}
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.precision")
	a.SettingFlag(cmd, "run.out")
	cmd.Flags().StringVar(&a.Flags.Config, "config", "", "")
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return a
}

// InEmptyFolder keeps a config.yaml of the checkout out of a test.
func InEmptyFolder(t *testing.T) { t.Chdir(t.TempDir()) }

// InSmallFolder is InEmptyFolder with tiny.yaml and the posterior for it, which it returns.
func InSmallFolder(t *testing.T) *posterior.Posterior {
	t.Helper()
	data := small.YAML
	p := small.Posterior(t)
	InEmptyFolder(t)
	for name, text := range map[string][]byte{"tiny.yaml": data, "learned.txt": p.Bytes()} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// Call runs a program that has some commands, and returns its exit status and what it says.
func Call(commands []func(*cli.App) *cobra.Command, args ...string) (status int, out, err string) {
	var o, e bytes.Buffer
	a := &cli.App{In: strings.NewReader(""), Out: &o, Err: &e}
	root := cli.Root(a, commands)
	root.SetArgs(args)
	ctx := context.Background()
	status = a.Status(ctx, root.ExecuteContext(ctx))
	return status, o.String(), e.String()
}

// Refused calls a program where it must refuse what it was given, and returns what stands on
// standard error: status 2, no result, and no file more or less than before.
func Refused(t *testing.T, call func(args ...string) (int, string, string), args ...string) string {
	t.Helper()
	return Ends(t, cli.StatusUsage, call, args...)
}

// Ends is Refused with another status.
func Ends(t *testing.T, want int, call func(args ...string) (int, string, string), args ...string) string {
	t.Helper()
	before := Names(t, ".")
	status, out, stderr := call(args...)
	if status != want || out != "" {
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

// FilesIn are the contents of the files below a folder, by their path in it.
func FilesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range Names(t, dir)[1:] { // the first is the folder
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.ToSlash(name)] = string(data)
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

// ParsedCSV reads a table: the columns by their names, and the rows.
func ParsedCSV(t *testing.T, data []byte) (header map[string]int, rows [][]string) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header = map[string]int{}
	for i, name := range all[0] {
		header[name] = i
	}
	return header, all[1:]
}

// Conforms checks a JSON document against a JSON Schema.
func Conforms(t *testing.T, schema, data []byte) error {
	t.Helper()
	c := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if doc, err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// Golden compares with a file of testdata; UPDATE=1 writes it.
func Golden(t *testing.T, name, have string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("%s (UPDATE=1 writes it):\n%s", path, diff)
	}
}
