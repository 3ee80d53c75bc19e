package study

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// commands are those that the tests call.
var commands = []func(*cli.App) *cobra.Command{runtest.Command, NewWhy, NewMultiverse, NewBreakeven, NewSensitivity,
	NewSweep, NewLevers}

// call runs a program that has these commands.
func call(args ...string) (status int, out, err string) { return clitest.Call(commands, args...) }

// tinyPlan is a sample of the smallest size that has priors.
func tinyPlan() experiment.Plan {
	return experiment.Plan{Seed: 1, Draws: 2, Replicates: 2, BlockSize: 2}
}

// tinyJob is tiny.yaml, loaded, with results in a temporary folder.
func tinyJob(t testing.TB) *run.Run {
	t.Helper()
	j := &run.Run{Name: "tiny", Text: small.YAML, File: "tiny.yaml", Settings: &settings.Settings{}}
	j.Settings.Run.Out = t.TempDir()
	j.Settings.Plot.Formats, j.Settings.Plot.Width, j.Settings.Plot.DPI = []string{"svg"}, 4, 50
	if err := j.Load(tinyPlan()); err != nil {
		t.Fatal(err)
	}
	return j
}

// TestConclude: results, tables and figures stand in the folder of the command. Results of
// other inputs stand in the way, unless points were kept, whose stream is then taken off.
func TestConclude(t *testing.T) {
	j, a := tinyJob(t), &cli.App{Out: io.Discard, Err: io.Discard}
	of := func(inputs string) *Analysis {
		return found(j, "why", inputs, &say.Screen{}, figure.Figure{Draw: func(figure.Options) ([]figure.File, error) {
			return []figure.File{{Name: "why.csv", Data: []byte("x\n")}}, nil
		}}).reporting(map[string]int{"answer": 42}, "parts.csv", []byte("a,b\n"))
	}
	if err := of("one").conclude(a); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"why.json", "parts.csv", "why.csv", "manifest.json"} {
		if !cli.Exists(filepath.Join(j.Folder(), "why", name)) {
			t.Errorf("no %s", name)
		}
	}
	if of("two").conclude(a) == nil {
		t.Error("results of other inputs are replaced")
	}
	path := points.File(j.Folder(), "why")
	kept, err := openStream(path, "why", "two")
	if err != nil {
		t.Fatal(err)
	}
	if err := of("two").keeping(kept).conclude(a); err != nil || cli.Exists(path) {
		t.Errorf("%v, or the stream is left", err)
	}
}

// TestTooFew: what one replicate or one draw does not tell is refused before it is played.
func TestTooFew(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("tiny.yaml", small.YAML, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"why tiny.yaml --draws 3 --replicates 1", "no error of a share; run with --replicates 2"},
		{"breakeven tiny.yaml --vary strength.fragility --draws 1 --replicates 3", "no interval of an effect"},
		{"levers tiny.yaml --draws 1 --replicates 3", "no interval of a net benefit; run with --draws 2"},
	} {
		if have := clitest.Refused(t, call, strings.Fields(c.args)...); !strings.Contains(have, c.want) {
			t.Errorf("%s: %s, want %s", c.args, have, c.want)
		}
	}
}

// TestScale: an interval, a spread that is not resolved, and fixed numbers.
func TestScale(t *testing.T) {
	for _, c := range []struct {
		e         summary.Estimate
		uncertain bool
		want      string
	}{{small.Est(-.2, .1, -.5, .1), true, "[−0.50, +0.10]"}, {small.Est(-.2, .1, -.2, -.2), true, "[not resolved]"},
		{small.Est(-.2, .1, -.5, .1), false, ""}} {
		if got := parameters(screen.Scale{Factor: 1, Digits: 2}, c.e, c.uncertain); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
