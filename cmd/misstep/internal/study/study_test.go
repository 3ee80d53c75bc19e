package study

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// commands are those that the tests call.
var commands = []func(*cli.App) *cobra.Command{runtest.Command, NewWhy, NewMultiverse, NewBreakeven, NewSensitivity,
	NewSweep}

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

// concluded is an analysis of a run whose folder is a temporary one.
func concluded(t *testing.T) (*cli.App, *bytes.Buffer, *analysis[int]) {
	t.Helper()
	var out bytes.Buffer
	return &cli.App{Out: &out, Err: &out}, &out, &analysis[int]{run: tinyJob(t), inputs: "one",
		report: map[string]int{"answer": 42}, picture: new(int), screen: []string{"the screen"},
		tables: []runfolder.File{runfolder.NewFile("parts.csv", []byte("a,b\n"), false)},
		draw: func(*int, figure.Options) ([]figure.File, error) {
			return []figure.File{{Name: "why.csv", Data: []byte("x\n")}}, nil
		}}
}

// TestConclude: results, tables and figures stand in the folder of the command, and the
// screen ends with where; JSON takes its place; without figures none is drawn, and those
// that are there stay.
func TestConclude(t *testing.T) {
	a, out, f := concluded(t)
	if err := f.conclude(a, "why", time.Now()); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(f.run.Folder(), "why")
	for _, name := range []string{"why.json", "parts.csv", "why.csv", "manifest.json"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Join(strings.Fields(out.String()), " "); !strings.HasPrefix(got,
		"the screen wrote "+dir+": why.json, parts.csv, figure why;") {
		t.Error(got)
	}
	out.Reset()
	a.Flags.JSON, a.Flags.NoFigures = true, true
	f.draw = func(*int, figure.Options) ([]figure.File, error) { return nil, errors.New("drawn") }
	if err := f.conclude(a, "why", time.Now()); err != nil || !cli.Exists(filepath.Join(dir, "why.csv")) {
		t.Error(err)
	}
	var got map[string]int
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got["answer"] != 42 {
		t.Errorf("%v: %s", err, out)
	}
	if a.Flags.NoFigures = false; f.conclude(a, "why", time.Now()) == nil {
		t.Error("an error of drawing is lost")
	}
}

// TestConcludeReplaces: results of other inputs stand in the way, unless points were
// kept on the way, whose stream is then taken off.
func TestConcludeReplaces(t *testing.T) {
	a, _, f := concluded(t)
	if err := f.conclude(a, "why", time.Now()); err != nil {
		t.Fatal(err)
	}
	f.inputs = "two"
	if err := f.conclude(a, "why", time.Now()); err == nil {
		t.Error("results of other inputs are replaced")
	}
	var err error
	path := streamFile(f.run.Folder(), "why")
	if f.kept, err = openStream(path, "why", "two", false); err != nil {
		t.Fatal(err)
	}
	f.replace = true
	if err := f.conclude(a, "why", time.Now()); err != nil || cli.Exists(path) {
		t.Errorf("%v, or the stream is left", err)
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
