package study

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// endless is a sweep of so many points with made-up results: the difference at point n
// is n/10 − 5, ± 1, or of unknown error with one replicate.
func endless(t *testing.T, j *run.Run, points int) *sweeping {
	t.Helper()
	s, err := openScan(j, "sweep", []string{fmt.Sprintf("strength.clarify=0:1:%d", points)}, ranges{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := &sweeping{scan: s, inputs: sweepInputs{Vary: s.vary}}
	if w.points, err = openStream(filepath.Join(t.TempDir(), "sweep.state"), "sweep", ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.points.Close)
	for at := range w.design.Order() {
		s := &summary.Summary{Contrasts: []summary.Contrast{{Baseline: "without", Treatment: "with"}}}
		e := summary.Estimate{Value: float64(at)/10 - 5, MC: 1}
		if e.NoError = j.Plan.Replicates == 1; e.NoError {
			e.MC = 0
		}
		for _, m := range outcome.All {
			s.Contrasts[0].Measures = append(s.Contrasts[0].Measures, summary.Measure{ID: m.ID, Unit: m.Unit, Difference: e})
		}
		if err := w.points.Put(sweepPointOf(at, w.design.At(at), s)); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// stored writes a made-up sweep, and returns the screen.
func stored(t *testing.T, j *run.Run, points int) (string, error) {
	t.Helper()
	f, err := endless(t, j, points).found()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = f.conclude(&cli.App{Out: &out, Err: io.Discard})
	return out.String(), err
}

// TestSweepFolder: the folder is whole, as any other work folder is; writing it again
// changes nothing, other plot settings redraw, and nothing else is left beside it.
func TestSweepFolder(t *testing.T) {
	j := tinyJob(t)
	dir := filepath.Join(j.Folder(), "sweep")
	for width, want := range []string{"wrote ", "unchanged ", "figures redrawn in "} {
		j.Settings.Plot.Width = []float64{4, 4, 5}[width]
		if text, err := stored(t, j, 5); err != nil || !strings.Contains(text, want) {
			t.Errorf("%s, %v", text, err)
		}
		m, err := runfolder.OpenWork(dir)
		if err != nil || m.Command != "sweep" || len(m.Files) != 3 || m.Files[0].Name != "points.csv" || m.Files[0].Figure ||
			!m.Files[1].Figure {
			t.Fatalf("%+v, %v", m, err)
		}
		if entries, _ := os.ReadDir(j.Folder()); len(entries) != 1 {
			t.Errorf("%v beside the folder", entries)
		}
	}
	inputs := endless(t, j, 5).inputs
	for path, want := range map[string]string{dir: "", filepath.Join(dir, "none"): "", t.TempDir(): "it has no manifest"} {
		if err := free(path, inputs); (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	inputs.Points = 3
	if err := free(dir, inputs); err == nil ||
		!strings.Contains(err.Error(), "results of other inputs stand under this name") {
		t.Error(err)
	}
	table := filepath.Join(dir, "points.csv")
	if err := os.WriteFile(table, []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := stored(t, j, 5); err == nil || !strings.Contains(err.Error(), "changed since it was written") {
		t.Error(err)
	}
	if data, _ := os.ReadFile(table); string(data) != "other" {
		t.Error("it was written over")
	}
}

// TestSweepFigures: a grid over one number or two is drawn, from every point of it;
// points that fill a box and more points than a picture holds are not.
func TestSweepFigures(t *testing.T) {
	w := endless(t, tinyJob(t), 5)
	in, err := w.picture()
	if err != nil {
		t.Fatal(err)
	}
	o, err := run.FigureOptions(w.run.Settings.Plot)
	if err != nil {
		t.Fatal(err)
	}
	files, err := figure.Breakeven(in).Draw(o)
	if err != nil || len(files) != 2 || files[0].Name != "sweep.svg" {
		t.Fatalf("%d files, %v", len(files), err)
	}
	if text := string(files[1].Data); text != "strength.clarify,effect,low,high\n0,-5,-6,-4\n0.25,-4.9,-5.9,"+
		"-3.9000000000000004\n0.5,-4.8,-5.8,-3.8\n0.75,-4.7,-5.7,-3.7\n1,-4.6,-5.6,-3.5999999999999996\n" {
		t.Error(text)
	}
	w.inputs.Points = 5
	for what, w := range map[string]*sweeping{"points in a box": w, "many points": endless(t, tinyJob(t), mostDrawn+1)} {
		if in, err := w.picture(); in != nil || err != nil {
			t.Errorf("%s: %+v, %v", what, in, err)
		}
	}
}

// TestSweepMemory: reading and writing 2000 points, 15 MB of them, keeps less than 1 MB.
// Catches a table that is gathered before it is written.
func TestSweepMemory(t *testing.T) {
	w := endless(t, tinyJob(t), 2000)
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	err := w.each(func(*sweepPoint) error {
		if n++; n == 1999 {
			runtime.GC()
			runtime.ReadMemStats(&during)
		}
		return nil
	})
	if err != nil || n != 2000 {
		t.Fatal(n, err)
	}
	if more := int64(during.HeapAlloc) - int64(before.HeapAlloc); more > 1<<20 {
		t.Errorf("%d bytes are kept", more)
	}
	f, err := w.found()
	if table := f.Files[0]; err != nil || table.Bytes < 2000*len(outcome.All)*20 || table.Data != nil {
		t.Errorf("%+v, %v", table, err)
	}
	want := []string{"   lowest    −5 ± 1 at strength.clarify = 0", "   highest   +195 ± 1 at strength.clarify = 1",
		" below zero at 40 points, above at 1,939, within the Monte Carlo error of zero at 21"}
	if lines := f.Screen.Lines(); !strings.HasSuffix(lines[1], "at 2,000 points") || !slices.Equal(lines[3:], want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// TestSweepOfOneReplicate: no error stands for none, no point counts as below or above zero, and the figure has no
// interval.
func TestSweepOfOneReplicate(t *testing.T) {
	j := tinyJob(t)
	j.Plan.Replicates = 1
	w := endless(t, j, 2)
	s, err := w.screen()
	if err != nil {
		t.Fatal(err)
	}
	in, err := w.picture()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(s.Lines(), "\n")
	if strings.Contains(text, "±") || strings.Contains(text, "below zero") ||
		!strings.Contains(text, "lowest    −5.00 at strength.clarify = 0\n") ||
		!strings.Contains(text, "one replicate a draw tells no Monte Carlo error, and so the sign at no point") {
		t.Error(text)
	}
	if e := in.Effects[0][0]; e.Value != -5 || !math.IsNaN(e.Low) || !math.IsNaN(e.High) {
		t.Errorf("%+v", e)
	}
}

// TestSweepTable: its digest and length are those of the file, and it has a row for
// every measure of every point; the JSON has every point.
func TestSweepTable(t *testing.T) {
	w := endless(t, tinyJob(t), 3)
	f, err := w.found()
	if err != nil {
		t.Fatal(err)
	}
	var data, document bytes.Buffer
	table := f.Files[0]
	if err := table.Fill(&data); err != nil || runfolder.Sum(data.Bytes()) != table.SHA256 || data.Len() != table.Bytes ||
		bytes.Count(data.Bytes(), []byte("\n")) != 1+3*len(outcome.All) ||
		!strings.Contains(data.String(), "\n2,1,without,with,missteps,per 100 cases,0,0,-4.8,1,,,\n") {
		t.Errorf("%+v of %d bytes: %v", table, data.Len(), err)
	}
	if err := w.printJSON(&document); err != nil || strings.Count(document.String(), `"point":`) != 3 ||
		!strings.HasSuffix(document.String(), "\n  ]\n}\n") {
		t.Errorf("%s, %v", &document, err)
	}
}

// TestSweepDamage: a stream of something else is named by its line.
func TestSweepDamage(t *testing.T) {
	w := endless(t, tinyJob(t), 2)
	if err := w.points.Put(map[string]int{"point": 7}); err != nil {
		t.Fatal(err)
	}
	err := w.each(func(*sweepPoint) error { return nil })
	if err == nil || !strings.Contains(err.Error(),
		"sweep.state: line 4: no point of this sweep; delete the file to begin again") {
		t.Error(err)
	}
}
