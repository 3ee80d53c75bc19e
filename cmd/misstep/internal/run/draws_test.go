package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/outcome"
)

// parsed is an application that draws no figures.
func parsed(t *testing.T) *cli.App {
	a := clitest.Parsed(t)
	a.Flags.NoFigures = true
	return a
}

// storedSmall stores a small run, and returns its folder.
func storedSmall(t *testing.T, a *cli.App, arms ...string) string {
	t.Helper()
	j := Small(t, arms...)
	s, err := a.Settings()
	if err != nil {
		t.Fatal(err)
	}
	j.Settings = s
	p, err := Store(context.Background(), a, j, false)
	if err != nil {
		t.Fatal(err)
	}
	return p.Folder
}

// without takes draws.csv out of a stored run, as an older version left it, and out of the manifest
// what is changed by change.
func without(t *testing.T, dir string, change func(*runfolder.Manifest)) {
	t.Helper()
	m, err := runfolder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var kept []runfolder.File
	for _, f := range m.Files {
		if f.Name != DrawsCSV {
			kept = append(kept, f)
		}
	}
	if len(kept)+1 != len(m.Files) {
		t.Fatalf("the manifest lists %d files, %d without %s", len(m.Files), len(kept), DrawsCSV)
	}
	m.Files = kept
	change(m)
	if err := os.WriteFile(filepath.Join(dir, runfolder.Name), m.Encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, DrawsCSV)); err != nil {
		t.Fatal(err)
	}
}

func drawsOf(t *testing.T, a *cli.App, dir string) (*draws.Table, error) {
	t.Helper()
	r, err := OpenStored("decide", dir)
	if err != nil {
		t.Fatal(err)
	}
	return DrawsOf(context.Background(), a, r)
}

// TestDrawsOf: the file of a run, and after it is gone the same from a replay, which puts the same
// bytes back. Catches a replay of another plan, and a folder that does not verify afterwards.
func TestDrawsOf(t *testing.T) {
	for _, arms := range [][]string{nil, {"everything"}} {
		clitest.InEmptyFolder(t)
		a := parsed(t)
		dir := storedSmall(t, a, arms...)
		bytesThen, err := os.ReadFile(filepath.Join(dir, DrawsCSV))
		if err != nil {
			t.Fatal(err)
		}
		want, err := drawsOf(t, a, dir)
		if err != nil {
			t.Fatal(err)
		}
		without(t, dir, func(*runfolder.Manifest) {})
		for range 2 { // by replay, then from the file
			have, err := drawsOf(t, clitest.Parsed(t, "--workers", "3"), dir)
			if err != nil {
				t.Fatal(err)
			}
			diff := cmp.Diff(want, have, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(outcome.Joint{}))
			if now, err := os.ReadFile(filepath.Join(dir, DrawsCSV)); diff != "" || err != nil || !bytes.Equal(now, bytesThen) {
				t.Errorf("%v: %v, other bytes or another table: %s", arms, err, diff)
			}
		}
	}
}

// TestDrawsOfWhatWasChanged: a summary that the draws do not give is named, whether they come from a
// file or a replay, and nothing is written.
func TestDrawsOfWhatWasChanged(t *testing.T) {
	clitest.InEmptyFolder(t)
	a := parsed(t)
	dir := storedSmall(t, a)
	r, err := OpenStored("decide", dir)
	if err != nil {
		t.Fatal(err)
	}
	r.Summary.Contrasts[0].Measures[0].Difference.MC *= 1.001
	for _, what := range []string{filepath.Join(dir, DrawsCSV), "the replay of " + dir} {
		_, err := DrawsOf(context.Background(), a, r)
		if err == nil || !strings.HasPrefix(err.Error(), what+": the difference in missteps of ") {
			t.Errorf("%v, want %s: …", err, what)
		}
		if len(r.Manifest.Files) > 0 {
			r.Manifest.Files = nil
			_ = os.Remove(filepath.Join(dir, DrawsCSV))
		}
	}
	if _, err := os.Stat(filepath.Join(dir, DrawsCSV)); err == nil {
		t.Error("a table that is not that of the run is kept")
	}
	r.Summary.Run.Replicates++
	if _, err := DrawsOf(context.Background(), a, r); err == nil ||
		!strings.Contains(err.Error(), "are not those of its summary.json") {
		t.Error(err)
	}
}

// TestDrawsOfAnotherModel: what cannot be played again is an obstacle.
func TestDrawsOfAnotherModel(t *testing.T) {
	clitest.InEmptyFolder(t)
	a := parsed(t)
	dir := storedSmall(t, a)
	without(t, dir, func(m *runfolder.Manifest) {
		m.Inputs.ModelVersion = "0"
		m.Hash = m.Inputs.HashInputs()
	})
	_, err := drawsOf(t, a, dir)
	if o := (*Obstacle)(nil); !errors.As(err, &o) || o.Kind != OtherModel {
		t.Error(err)
	}
}

// TestDrawsOfABadFile: a file that was changed together with its manifest is refused at its place.
func TestDrawsOfABadFile(t *testing.T) {
	clitest.InEmptyFolder(t)
	a := parsed(t)
	dir := storedSmall(t, a)
	path := filepath.Join(dir, DrawsCSV)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(data, []byte("\n1,"), []byte("\none,"), 1)
	without(t, dir, func(m *runfolder.Manifest) { m.Files = append(m.Files, runfolder.NewFile(DrawsCSV, changed, false)) })
	if err := os.WriteFile(path, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := drawsOf(t, a, dir); err == nil || !strings.HasPrefix(err.Error(),
		path+`:9:1: draw: "one" is no whole number`) {
		t.Error(err)
	}
}

// TestAnOlderRunGetsItsDraws: run again, it has the file, and nothing else is touched.
func TestAnOlderRunGetsItsDraws(t *testing.T) {
	clitest.InEmptyFolder(t)
	a := parsed(t)
	dir := storedSmall(t, a)
	without(t, dir, func(*runfolder.Manifest) {})
	storedSmall(t, a)
	m, err := runfolder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(m.Files)
	if !strings.Contains(string(text), DrawsCSV) {
		t.Errorf("%s", text)
	}
}
