package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
)

// bomb is a YAML file whose aliases would unfold to nine to the eighth words.
func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'i'; c++ {
		fmt.Fprintf(&b, "%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	return b.String()
}

const needs = "empty; a scenario needs at least misstep, title, start, horizon, assumptions and arms"

const itsKeys = "its keys are misstep, title, start, horizon, scale, card, assumptions, levers, arms, headline, expect"

// TestBadFiles: a file that is no scenario is told from one that is, by every
// command, and nothing is written. Catches a reader that trusts size, text or depth.
func TestBadFiles(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "f.yaml: " + needs},
		{"comments", "# nothing\n\n", "f.yaml: " + needs},
		{"null", "null\n", `f.yaml:1:1: key "misstep" is missing; add misstep: 1`},
		{"list", "- 1\n", "f.yaml:1:1: a mapping is needed, not a list; " + itsKeys},
		{"word", "hello\n", "f.yaml:1:1: a mapping is needed, not a single value; " + itsKeys},
		{"binary", "\xff\xfe\x00\x01", "f.yaml: not a text file: byte 3 is zero; a scenario is YAML in UTF-8"},
		{"bomb", bomb(), "f.yaml:2:8: alias *a; write the value out; a scenario has no aliases"},
		{"depth", strings.Repeat("[", 100000), "f.yaml:1:10001: not YAML: "},
		{"large", strings.Repeat("#", 1<<20+1),
			"f.yaml: 1048577 bytes long, more than the 1048576 that it may have; is this the right file?"},
	} {
		if err := os.WriteFile("f.yaml", []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"run", "plan", "validate", "check", "explain", "params"} {
			if got := refused(t, command, "f.yaml"); !strings.Contains(got, c.want) || len(got) > 20000 {
				t.Errorf("%s %s: %d bytes, lacks %s: %.300s", command, c.name, len(got), c.want, got)
			}
		}
	}
}

// TestBadConfigs: the same files in place of config.yaml. Catches a command that
// goes on with defaults where the settings cannot be read.
func TestBadConfigs(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, c := range []struct{ name, text, want string }{
		{"list", "- 1\n", "config.yaml:1:1: config is to be a mapping"},
		{"word", "hello\n", "config.yaml:1:1: config is to be a mapping"},
		{"binary", "run:\n  seed: \x01\x02\n", "config.yaml"},
		{"bomb", bomb(), "config.yaml:1:1: anchors, aliases and merge keys have no place here; write the values out"},
		{"merge", "run:\n  <<: {seed: 1}\n",
			"config.yaml:2:3: anchors, aliases and merge keys have no place here; write the values out"},
		{"depth", strings.Repeat("[", 100000), "config.yaml:1:10001: not YAML: "},
		{"twice", "run:\n  seed: 1\n  seed: 2\n", `config.yaml:3:3: key "run.seed" comes twice; first on line 2`},
		{"second document", "run:\n  seed: 1\n---\nrun:\n",
			"config.yaml:3:1: a second document begins here; remove the line ---"},
		{"large", strings.Repeat("#", 1<<20+1), "config.yaml: 1048577 bytes long"},
	} {
		if err := os.WriteFile("config.yaml", []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"run", "one-incident"}, {"plan", "one-incident"}, {"check", "one-incident"},
			{"explain", "one-incident"}, {"params"}, {"figures", "."}} {
			if got := refused(t, args...); !strings.Contains(got, c.want) {
				t.Errorf("%v %s: lacks %s: %.300s", args, c.name, c.want, got)
			}
		}
	}
}

// TestMissingFiles: every command names the file that it misses. Catches an error
// that keeps the words of the operating system or loses the path.
func TestMissingFiles(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, command := range []string{"run", "plan", "validate", "check", "explain", "params"} {
		if got := refused(t, command, "deep/gone.yaml"); got != "misstep: deep/gone.yaml: no such file\n" {
			t.Errorf("%s: %s", command, got)
		}
	}
	for _, command := range []string{"figures", "report"} {
		want := "misstep: deep/gone: no such folder; " + command + " reads stored runs, which misstep run writes\n"
		if got := refused(t, command, "deep/gone"); got != want {
			t.Errorf("%s: %s", command, got)
		}
	}
	if err := os.Mkdir("folder.yaml", 0o755); err != nil {
		t.Fatal(err)
	}
	for command, want := range map[string]string{"run": "folder.yaml: a folder without a run; name a ",
		"plan":     "folder.yaml: a folder without a run; name a ",
		"validate": "folder.yaml: not a file but a folder; name a scenario file, or a run folder",
		"figures":  "folder.yaml: no run folder: it has no manifest.json"} {
		if got := refused(t, command, "folder.yaml"); !strings.Contains(got, want) {
			t.Errorf("%s: %s", command, got)
		}
	}
}

// TestBadOutput: a place that cannot hold results is refused before anything is
// computed, with the flag that helps. Catches a run that finds out at its end.
func TestBadOutput(t *testing.T) {
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for out, want := range map[string]string{
		"file":     "misstep: file: not a directory; choose another folder with --out\n",
		"file/a/b": "misstep: file/a/b: not a directory; choose another folder with --out\n",
		" ":        `--out: run.out: " " is not the name of a folder` + "\n",
		"a\x00b":   "is not the name of a folder\n",
	} {
		if got := refused(t, "run", "uk-china-dialogue-2026", "--replicates", "100000", "--out",
			out); !strings.HasSuffix(got, want) {
			t.Errorf("%q: %s", out, got)
		}
	}
}

// TestBadNames: new writes into its folder or nowhere. Catches a name that is
// joined to a path before it is checked.
func TestBadNames(t *testing.T) {
	clitest.InEmptyFolder(t)
	const no = " cannot be the name of a scenario; use lower-case letters, digits and hyphens, as in my-scenario\n"
	const path = " is a path; new writes into the current folder, so give a name such as my-scenario\n"
	for name, want := range map[string]string{
		"": no, ".": no, "..": no, ".yaml": no, "A": no, "a b": no, "a.b": no, "ü": no, "a\nb": no, "a\x00b": no, "-": no,
		strings.Repeat("a", 90): no, "../x": path, "a/b": path, "/tmp/x": path, `a\b`: path, "../x.yaml": path,
	} {
		if got := refused(t, "new", "--", name); got != "misstep: "+fmt.Sprintf("%q", name)+want {
			t.Errorf("%q: %s", name, got)
		}
	}
}

// TestNoLinkIsFollowed: new does not write through a link that leads nowhere.
// Catches a file that is opened without O_EXCL.
func TestNoLinkIsFollowed(t *testing.T) {
	clitest.InEmptyFolder(t)
	if err := os.Symlink("elsewhere", "mine.yaml"); err != nil {
		t.Skip(err)
	}
	if got := refused(t, "new",
		"mine"); got != "misstep: mine.yaml is there already; choose another name, or replace it with --force\n" {
		t.Error(got)
	}
}
