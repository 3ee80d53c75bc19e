package decide

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/spf13/cobra"
)

func call(args ...string) (status int, out, err string) {
	return clitest.Call([]func(*cli.App) *cobra.Command{runtest.Command, New}, args...)
}

// sized are arguments with the size of a small run.
func sized(args ...string) []string {
	return append(args, "--draws", "24", "--replicates", "6", "--quiet", "--no-figures")
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	status, out, errs := call(args...)
	if status != 0 {
		t.Fatalf("%v: status %d, %s", args, status, errs)
	}
	return out
}

// TestScreen: what a reader sees, within the size of a first screen.
func TestScreen(t *testing.T) {
	clitest.InSmallFolder(t)
	out := must(t, sized("decide", "tiny.yaml")...)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) > 24 {
		t.Errorf("%d lines", len(lines))
	}
	for _, l := range lines[:len(lines)-1] { // the last one says where, and how long it took
		if utf8.RuneCountInString(l) > columns {
			t.Errorf("%d columns: %s", utf8.RuneCountInString(l), l)
		}
	}
	for _, want := range []string{"which arm pays? (24 × 6 futures, seed 1)", "accountability forgone counts",
		"benefit of arm with", "regret of without", "best arm", "~ is not told"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestStoredOrPlayed: a scenario that is played, the same one whose run is stored, and the folder of the run
// lead to the same bytes in the same place; other weights replace them.
func TestStoredOrPlayed(t *testing.T) {
	clitest.InSmallFolder(t)
	must(t, sized("decide", "tiny.yaml")...)
	folders, _ := filepath.Glob("outputs/tiny-*")
	if len(folders) != 1 {
		t.Fatal(folders)
	}
	played := clitest.FilesIn(t, filepath.Join(folders[0], "decide"))
	for _, name := range []string{"decide.json", "arms.csv", "learning.csv", "manifest.json"} {
		if played[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	must(t, sized("run", "tiny.yaml")...)
	for _, args := range [][]string{sized("decide", "tiny.yaml"), {"decide", folders[0], "--no-figures"},
		{"decide", filepath.Join(folders[0], "manifest.json"), "--no-figures"}} {
		if out := must(t, args...); !strings.Contains(out, "unchanged") {
			t.Errorf("%v: %s", args, out)
		}
		for name, text := range clitest.FilesIn(t, filepath.Join(folders[0], "decide")) {
			if text != played[name] {
				t.Errorf("%v: %s has other bytes", args, name)
			}
		}
	}
	out := must(t, "decide", folders[0], "--weight", "missed=3", "--no-figures")
	if !strings.Contains(strings.Join(strings.Fields(out), " "), "missed responses × 3") {
		t.Error(out)
	}
	if now := clitest.FilesIn(t, filepath.Join(folders[0], "decide")); now["arms.csv"] == played["arms.csv"] {
		t.Error("other weights, the same results")
	}
}

// TestRefused: each mistake has its place and a remedy, and leaves nothing.
func TestRefused(t *testing.T) {
	clitest.InSmallFolder(t)
	for _, c := range []struct {
		args string
		want string
	}{
		{"tiny.yaml --weight missteps=-1", "--weight: missteps: the weight -1 is below 0"},
		{"tiny.yaml --weight missteps", `--weight: "missteps" is not OUTCOME=WEIGHT`},
		{"tiny.yaml --weight missteps=", `--weight: "missteps=" is not OUTCOME=WEIGHT`},
		{"tiny.yaml --weight missteps=much", `--weight: missteps: the weight "much" is no number`},
		{"tiny.yaml --weight misteps=1", `--weight: unknown outcome "misteps"; did you mean "missteps"?`},
		{"tiny.yaml --weight any_misstep=1", "--weight: any_misstep counts no cases for the better or the worse"},
		{"tiny.yaml --weight missteps=1 --weight missteps=2", "--weight: missteps comes twice"},
		{"tiny.yaml --weight missed=0:1", "missed and forgone have several weights each"},
		{"tiny.yaml --weight missteps=0 --weight missed=0", "every outcome but forgone weighs 0"},
		{"tiny.yaml --weight missteps_covert=1",
			"the draws of this run do not have missteps_covert, only missteps, avoidable, "},
		{"tiny.yaml --set decide.weights=missteps=-1",
			`--set: decide.weights: "missteps=-1" is not a list of weights: missteps: `},
		{"tiny.yaml --arm with", "one arm is no choice"},
		{"tiny.yaml --arm wth", `did you mean "with"?`},
		{"tiny.yaml --contrast without,wth", `did you mean "with"?`},
		{"tiny.yaml --draws 19", "too few draws to decide on, 19; run with --draws 20 or more"},
		{"tiny.yaml --replicates 1", "one replicate a draw does not tell chance from assumptions; run with --replicates 2"},
		{"outputs/none", "outputs/none"},
		{"", "misstep decide needs a run or a scenario"},
	} {
		have := clitest.Refused(t, call, append([]string{"decide"}, strings.Fields(c.args)...)...)
		if !strings.Contains(have, c.want) {
			t.Errorf("%s: %s, want %s", c.args, have, c.want)
		}
	}
	must(t, sized("run", "tiny.yaml")...)
	folders, _ := filepath.Glob("outputs/tiny-*")
	if have := clitest.Refused(t, call, "decide", folders[0], "--seed", "2"); !strings.Contains(have,
		"is a stored run, which is read as it is; leave --seed out") {
		t.Error(have)
	}
	if have := clitest.Refused(t, call, "decide", folders[0], "--weight", "missteps_covert=1"); !strings.Contains(have,
		"run with --set headline.outcome=missteps_covert") {
		t.Error(have)
	}
}
