package study

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// concluded is an analysis of a run whose folder is a temporary one.
func concluded(t *testing.T, inputs string) (*cli.App, *bytes.Buffer, *analysis) {
	t.Helper()
	var out bytes.Buffer
	j := tinyJob(t)
	j.Settings = &settings.Settings{}
	j.Settings.Run.Out = t.TempDir()
	f := &analysis{run: j, began: time.Now(), work: runfolder.NewWork(run.Program(), "why", inputs),
		report: map[string]int{"answer": 42},
		tables: []runfolder.File{runfolder.NewFile("parts.csv", []byte("a,b\n"), false)}, screen: []string{"the screen"},
		picture: func(figure.Options) ([]figure.File, error) {
			return []figure.File{{Name: "why.csv", Data: []byte("x\n")}}, nil
		}}
	return &cli.App{Out: &out, Err: &out}, &out, f
}

// TestConclude: results, tables and figures stand in the folder of the command, and the
// screen ends with where; JSON takes its place; without figures none is drawn.
func TestConclude(t *testing.T) {
	a, out, f := concluded(t, "one")
	if err := conclude(a, f); err != nil {
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
	a.Flags.JSON = true
	if err := conclude(a, f); err != nil {
		t.Fatal(err)
	}
	var got map[string]int
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got["answer"] != 42 {
		t.Errorf("%v: %s", err, out)
	}
	a.Flags.NoFigures = true
	f.picture = func(figure.Options) ([]figure.File, error) { return nil, errors.New("drawn") }
	f.run.Settings.Run.Out = t.TempDir()
	if err := conclude(a, f); err != nil {
		t.Error(err)
	}
	if a.Flags.NoFigures = false; conclude(a, f) == nil {
		t.Error("an error of drawing is lost")
	}
}

// TestConcludeReplaces: results of other inputs stand in the way, unless points were
// kept on the way, whose stream is then taken off.
func TestConcludeReplaces(t *testing.T) {
	a, _, f := concluded(t, "one")
	if err := conclude(a, f); err != nil {
		t.Fatal(err)
	}
	f.work = runfolder.NewWork(run.Program(), "why", "two")
	if err := conclude(a, f); err == nil {
		t.Error("results of other inputs are replaced")
	}
	var err error
	if f.stream, err = openStream(streamFile(f.run.Folder(), "why"), "why", "two", false); err != nil {
		t.Fatal(err)
	}
	if err := conclude(a, f); err != nil {
		t.Error(err)
	}
	if cli.Exists(streamFile(f.run.Folder(), "why")) {
		t.Error("the stream is left")
	}
}

// TestHalted: only an interruption says how to go on.
func TestHalted(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		a, out, f := concluded(t, "one")
		s, err := openStream(streamFile(f.run.Folder(), "why"), "why", "one", false)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		if interrupted {
			cancel()
		}
		halted(ctx, a, s, "why", 7)
		cancel()
		if got := strings.Contains(out.String(),
			"interrupted after 0 points of 7; misstep why with --resume goes on from "); got != interrupted {
			t.Errorf("interrupted %v: %s", interrupted, out)
		}
	}
}

// TestInBrackets: an interval, a spread that is not resolved, and fixed numbers.
func TestInBrackets(t *testing.T) {
	for _, c := range []struct {
		e         summary.Estimate
		uncertain bool
		want      string
	}{{small.Est(-.2, .1, -.5, .1), true, "[−0.50, +0.10]"}, {small.Est(-.2, .1, -.2, -.2), true, "[not resolved]"},
		{small.Est(-.2, .1, -.5, .1), false, ""}} {
		if got := inBrackets(c.e, 1, 2, c.uncertain); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	if parametersHead(false) != "" || parametersHead(true) != "[parameters]" {
		t.Error("the head of the column")
	}
}
