package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// call runs the program in this process.
func call(args ...string) (status int, out, err string) {
	var o, e bytes.Buffer
	status = run(args, strings.NewReader(""), &o, &e)
	return status, o.String(), e.String()
}

// TestPanicIsOurs: a panic ends as a short message that asks for a report.
func TestPanicIsOurs(t *testing.T) {
	defer func(was []func(*app) *cobra.Command) { commands = was }(commands)
	commands = append(commands, func(*app) *cobra.Command {
		return &cobra.Command{Use: "burst", RunE: func(*cobra.Command, []string) error {
			var v *scenario.Scenario
			_ = v.Name
			return nil
		}}
	})
	status, out, err := call("burst")
	if status != 1 || out != "" {
		t.Errorf("status %d, %q", status, out)
	}
	for _, want := range []string{"misstep: internal error: runtime error: invalid memory address", "cmd/misstep", "line ", "please report it", "https://github.com/misstep/misstep/issues"} {
		if !strings.Contains(err, want) {
			t.Errorf("lacks %q: %s", want, err)
		}
	}
	if strings.Contains(err, "goroutine") || strings.Count(err, "\n") != 2 {
		t.Errorf("not short: %s", err)
	}
}

func TestReport(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	problems := scenario.Problems{{File: "a.yaml", Line: 3, Column: 5, Path: "arms", What: "wrong"}, {File: "a.yaml", What: "more"}}
	for _, c := range []struct {
		name   string
		ctx    context.Context
		err    error
		status int
		want   string
	}{
		{"nothing", context.Background(), nil, 0, ""},
		{"plain", context.Background(), errors.New("no luck"), 1, "misstep: no luck\n"},
		{"reported already", context.Background(), errReported, 1, ""},
		{"problems begin with their place", context.Background(), problems, 1, "a.yaml:3:5: arms: wrong\na.yaml: more\n"},
		{"settings too", context.Background(), errors.Join(&settings.Problem{Where: "c.yaml:1:2", What: "bad"}), 1, "c.yaml:1:2: bad\n"},
		{"interrupted", cancelled, context.Canceled, 130, "misstep: interrupted, no result written\n"},
		{"interrupted deep inside", cancelled, errors.Join(errors.New("x"), context.Canceled), 130, "misstep: interrupted, no result written\n"},
		{"another error while interrupted", cancelled, errors.New("disk"), 1, "misstep: disk\n"},
	} {
		var e bytes.Buffer
		a := &app{err: &e}
		if status := a.report(c.ctx, c.err); status != c.status || e.String() != c.want {
			t.Errorf("%s: %d, %q", c.name, status, e.String())
		}
	}
}

// TestHelpEverywhere: every command has help with an example or words of its own,
// its flags have descriptions, and none begins with a capital or ends with a stop.
func TestHelpEverywhere(t *testing.T) {
	root := newRoot(&app{})
	for _, c := range root.Commands() {
		if c.Short == "" || c.Long == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: %q", c.Name(), c.Short)
		}
		for _, line := range strings.Split(c.Long, "\n") {
			if len([]rune(line)) > 100 {
				t.Errorf("%s: a line of %d letters", c.Name(), len([]rune(line)))
			}
		}
		if status, out, err := call(c.Name(), "--help"); status != 0 || err != "" || !strings.Contains(out, "Usage:") {
			t.Errorf("%s --help: %d, %s", c.Name(), status, err)
		}
		for _, name := range flagNames(c) {
			if f := c.Flag(name); f.Usage == "" {
				t.Errorf("%s --%s has no description", c.Name(), name)
			}
		}
	}
}

// TestUnknown: whatever is unknown is refused on standard error alone.
func TestUnknown(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"rum"}, `unknown command "rum"; did you mean "run"?`},
		{[]string{"--verbose"}, "unknown flag --verbose for misstep misstep"},
		{[]string{"plan", "x", "--worker", "3"}, `did you mean "--workers"?`},
		{[]string{"validate", "--json", "x"}, "unknown flag --json for misstep validate"},
		{[]string{"run", "-j", "x"}, "unknown flag -j; flags are written out"},
		{[]string{"run", "x", "--out"}, "--out needs a value"},
		{[]string{"run", "x", "--quiet=perhaps"}, `invalid argument "perhaps"`},
		{[]string{"help", "nothing"}, ""},
	} {
		status, out, err := call(c.args...)
		if c.want != "" && (status != 1 || out != "") {
			t.Errorf("%v: status %d, out %q", c.args, status, out)
		}
		if !strings.Contains(err+out, c.want) || strings.Contains(err, "Usage:") && c.want != "" {
			t.Errorf("%v: %s", c.args, err)
		}
	}
}

func TestReadSmall(t *testing.T) {
	dir := t.TempDir()
	path := dir + "/f"
	if err := os.WriteFile(path, []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	if data, err := readSmall(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := readSmall(path, 4); err == nil || !strings.Contains(err.Error(), "5 bytes long, more than the 4") {
		t.Errorf("%v", err)
	}
	if _, err := readSmall(dir+"/g", 4); !errors.Is(err, fs.ErrNotExist) || err.Error() != dir+"/g: no such file" {
		t.Errorf("%v", err)
	}
	if _, err := readSmall(dir, 4000); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("%v", err)
	}
}

// TestWritable: a place is tried without leaving anything, also what is missing of it.
func TestWritable(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"": "", "/a/b/c": "", "/file": "not a directory", "/file/below": "not a directory"} {
		err := writable(dir + path)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want+"; choose another folder with --out") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
}
