//go:build verify

package mutants

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var only = flag.String("only", "", "mutants to try, by number or a part of what they break: 12,core partner")

// mutant is a plausible mistake: what stands in a file, exactly once, what replaces it, and which tests of
// the file's package notice.
type mutant struct {
	breaks   string
	tests    string // pattern of -run
	old, new string
}

// file is the mutants of one file.
type file struct {
	path    string
	mutants []mutant
}

// trial is a mutant with its place.
type trial struct {
	mutant
	number int
	path   string
}

func (x *trial) pkg() string { return "./" + path.Dir(x.path) }

// leastKilled is the share of the mutants that the tests have to notice.
const leastKilled = 0.97

// root is where the module stands, seen from here.
const root = "../.."

// TestMutants: the tests notice what would be wrong in the model. A mutant that does not compile, panics or
// hangs is a mistake of the table and no kill.
func TestMutants(t *testing.T) {
	trials := chosen(t)
	dry(t, trials)
	var survivors []string
	for n, x := range trials {
		if left, ok := t.Deadline(); ok && time.Until(left) < time.Minute {
			t.Fatalf("out of time after %d of %d mutants: give -timeout 1h", n, len(trials))
		}
		begun := time.Now()
		out, err := x.try(t)
		switch {
		case err != nil:
			t.Errorf("%d %s: %s: %v\n%s", x.number, x.path, x.breaks, err, out)
			continue
		case out == "":
			survivors = append(survivors, x.breaks)
		}
		t.Logf("%3d %-8s %s: %s (%.1f s)", x.number, map[bool]string{true: "SURVIVES", false: "killed"}[out == ""], x.path,
			x.breaks, time.Since(begun).Seconds())
	}
	killed := 1 - float64(len(survivors))/float64(len(trials))
	t.Logf("%d mutants, %.1f %% killed; survivors: %q", len(trials), 100*killed, survivors)
	if killed < leastKilled {
		t.Errorf("%.1f %% killed, at least %.0f %% should be", 100*killed, 100*leastKilled)
	}
}

// TestTable: every text stands exactly once in its file, and no two mutants break the same.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range all() {
		if _, err := x.text(); err != nil {
			t.Errorf("%d %s: %s: %v", x.number, x.path, x.breaks, err)
		}
		if name := x.path + x.breaks; seen[name] {
			t.Errorf("%s: %q stands twice", x.path, x.breaks)
		} else {
			seen[name] = true
		}
	}
}

func all() []trial {
	var out []trial
	for _, f := range slices.Concat(decideFiles, simFiles, moreSimFiles, sampleFiles, calibrateFiles, recordFiles,
		summaryFiles) {
		for _, m := range f.mutants {
			out = append(out, trial{m, len(out) + 1, f.path})
		}
	}
	return out
}

func chosen(t *testing.T) []trial {
	t.Helper()
	list := all()
	if *only == "" {
		return list
	}
	var out []trial
	for part := range strings.SplitSeq(*only, ",") {
		n, err := strconv.Atoi(part)
		for _, x := range list {
			if err == nil && x.number == n || err != nil && strings.Contains(x.path+": "+x.breaks, part) {
				out = append(out, x)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("no mutant is %q", *only)
	}
	return out
}

// dry runs the named tests without any mistake: they have to pass.
func dry(t *testing.T, trials []trial) {
	t.Helper()
	tests := map[string][]string{}
	for _, x := range trials {
		if !slices.Contains(tests[x.pkg()], x.tests) {
			tests[x.pkg()] = append(tests[x.pkg()], x.tests)
		}
	}
	for pkg, patterns := range tests {
		if out, err := run(t, pkg, strings.Join(patterns, "|")); err != nil {
			t.Fatalf("%s fails without any mistake:\n%s", pkg, out)
		}
	}
}

// text is the file with the mistake in it.
func (x *trial) text() ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, x.path))
	if err != nil {
		return nil, err
	}
	if n := bytes.Count(text, []byte(x.old)); n != 1 {
		return nil, errors.New("the text stands " + strconv.Itoa(n) + " times in the file, and not once: " + x.old)
	}
	return bytes.Replace(text, []byte(x.old), []byte(x.new), 1), nil
}

// try runs the tests with the mistake, which only an overlay holds. It returns what failed, "" where nothing did.
func (x *trial) try(t *testing.T) (string, error) {
	t.Helper()
	text, err := x.text()
	if err != nil {
		return "", err
	}
	at, err := filepath.Abs(filepath.Join(root, x.path))
	if err != nil {
		return "", err
	}
	folder := t.TempDir()
	mistaken, overlay := filepath.Join(folder, "mistaken.go"), filepath.Join(folder, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {at: mistaken}})
	if err == nil {
		err = errors.Join(os.WriteFile(mistaken, text, 0o600), os.WriteFile(overlay, replace, 0o600))
	}
	if err != nil {
		return "", err
	}
	out, failed := run(t, x.pkg(), x.tests, "-overlay="+overlay)
	switch {
	case failed == nil && strings.Contains(out, "[no tests to run]"):
		return out, errors.New("no test has this name")
	case failed == nil:
		return "", nil
	case strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]"):
		return out, errors.New("it does not compile")
	case strings.Contains(out, "panic: ") || !strings.Contains(out, "--- FAIL: "):
		return out, errors.New("it ends otherwise than by a test that fails")
	}
	return out, nil
}

// run runs tests of a package. Nothing is written into the tree, not even by what looks for counterexamples.
func run(t *testing.T, pkg, tests string, more ...string) (string, error) {
	t.Helper()
	args := []string{"test", "-vet=off", "-ldflags=-s -w", "-failfast", "-timeout=10m", "-run=^(" + tests + ")"}
	args = slices.Concat(args, more, []string{pkg})
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "RAPID_NOFAILFILE=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
