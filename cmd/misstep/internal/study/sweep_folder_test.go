package study

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
)

// storedSweep is a made-up sweep that was written under a folder.
func storedSweep(t *testing.T, points int) (*cli.App, *sweeping, string) {
	t.Helper()
	w := endless(t, points)
	w.parent = filepath.Join(t.TempDir(), "tiny-0000000")
	w.run.Settings = &settings.Settings{}
	w.run.Settings.Plot.Formats, w.run.Settings.Plot.Width, w.run.Settings.Plot.DPI = []string{"svg"}, 4, 50
	a := &cli.App{Out: &bytes.Buffer{}, Err: io.Discard}
	w.run.Settings.Run.Out = t.TempDir()
	if err := finishSweep(a, w); err != nil {
		t.Fatal(err)
	}
	return a, w, filepath.Join(w.parent, "sweep")
}

// again writes the same sweep a second time.
func again(t *testing.T, a *cli.App, w *sweeping) (string, error) {
	t.Helper()
	next := endless(t, w.design.Points())
	next.parent, next.run.Settings = w.parent, w.run.Settings
	out := &bytes.Buffer{}
	a.Out = out
	err := finishSweep(a, next)
	return out.String(), err
}

// TestSweepFolder: the folder is whole, as any other work folder is; writing it again
// changes nothing, other plot settings redraw, and nothing else is left beside it.
func TestSweepFolder(t *testing.T) {
	a, w, dir := storedSweep(t, 5)
	m, err := runfolder.OpenWork(dir)
	if err != nil || m.Command != "sweep" || len(m.Files) != 3 || m.Files[0].Name != pointsCSV || m.Files[0].Figure ||
		!m.Files[1].Figure {
		t.Fatalf("%+v, %v", m, err)
	}
	if text, err := again(t, a, w); err != nil || !strings.Contains(text, "unchanged ") {
		t.Errorf("%s, %v", text, err)
	}
	w.run.Settings.Plot.Width = 5
	if text, err := again(t, a, w); err != nil || !strings.Contains(text, "figures redrawn in ") {
		t.Errorf("%s, %v", text, err)
	}
	if _, err := runfolder.OpenWork(dir); err != nil {
		t.Error(err)
	}
	entries, _ := os.ReadDir(w.parent)
	if len(entries) != 1 {
		t.Errorf("%v beside the folder", entries)
	}
}

// TestSweepFolderDamage: a table that was changed, or that the same inputs no longer
// give, is not written over.
func TestSweepFolderDamage(t *testing.T) {
	a, w, dir := storedSweep(t, 4)
	table := filepath.Join(dir, pointsCSV)
	if err := os.WriteFile(table, []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := again(t, a, w); err == nil || !strings.Contains(err.Error(), "changed since it was written") {
		t.Error(err)
	}
	if data, _ := os.ReadFile(table); string(data) != "other" {
		t.Error("it was written over")
	}
	entries, _ := os.ReadDir(w.parent)
	if len(entries) != 1 {
		t.Errorf("%v beside the folder", entries)
	}
}

// TestFree: a folder of other inputs stops a sweep before it begins.
func TestFree(t *testing.T) {
	_, w, dir := storedSweep(t, 3)
	if err := free(dir, w.work); err != nil {
		t.Error(err)
	}
	if err := free(filepath.Join(w.parent, "none"), w.work); err != nil {
		t.Error(err)
	}
	other := runfolder.NewWork(runfolder.Program{}, "sweep", sweepInputs{Points: 3})
	if err := free(dir, other); err == nil ||
		!strings.Contains(err.Error(), "results of other inputs stand under this name") {
		t.Error(err)
	}
	if err := free(t.TempDir(), other); err == nil {
		t.Error("a folder without a manifest passes")
	}
}

// TestSweepFigures: a grid over one number or two is drawn, from every point of it;
// points that fill a box, three numbers, and more points than a picture holds are not.
func TestSweepFigures(t *testing.T) {
	w := endless(t, 5)
	w.run.Settings.Plot.Formats, w.run.Settings.Plot.Width, w.run.Settings.Plot.DPI = []string{"svg"}, 4, 50
	a := &cli.App{}
	files, err := w.figures(a)
	if err != nil || len(files) != 2 || files[0].Name != "sweep.svg" {
		t.Fatalf("%d files, %v", len(files), err)
	}
	if text := string(files[1].Data); text != "strength.clarify,effect,low,high\n0,-5,-6,-4\n0.25,-4.9,-5.9,"+
		"-3.9000000000000004\n0.5,-4.8,-5.8,-3.8\n0.75,-4.7,-5.7,-3.7\n1,-4.6,-5.6,-3.5999999999999996\n" {
		t.Error(text)
	}
	w.flags.points = 5
	if files, err := w.figures(a); files != nil || err != nil {
		t.Errorf("points that fill a box: %d files, %v", len(files), err)
	}
	many := endless(t, mostDrawn+1)
	if files, err := many.figures(a); files != nil || err != nil {
		t.Errorf("many points: %d files, %v", len(files), err)
	}
	w.flags.points, a.Flags.NoFigures = 0, true
	if files, _ := w.figures(a); files != nil {
		t.Error("--no-figures draws")
	}
}
