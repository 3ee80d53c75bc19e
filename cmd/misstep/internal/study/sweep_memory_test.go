package study

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// endless is a sweep of so many points with made-up results: the difference at point n
// is n/10 − 5, ± 1.
func endless(t *testing.T, points int) *sweeping {
	t.Helper()
	j := tinyJob(t)
	j.Settings = &settings.Settings{}
	w := &sweeping{run: j}
	var err error
	if w.vary, err = vary(j.Scenario, []string{fmt.Sprintf("strength.clarify=0:1:%d", points)}, ranges{}); err != nil {
		t.Fatal(err)
	}
	if w.design, err = sensitivity.NewGrid(axesOf(w.vary)); err != nil {
		t.Fatal(err)
	}
	w.work = runfolder.NewWork(runfolder.Program{}, "sweep", sweepInputs{Vary: w.vary})
	if w.stream, err = newStream(filepath.Join(t.TempDir(), "sweep.state"), []byte("{}")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.stream.close)
	for at := range w.design.Order() {
		s := &summary.Summary{Contrasts: []summary.Contrast{{Baseline: "without", Treatment: "with"}}}
		for _, m := range outcome.All {
			s.Contrasts[0].Measures = append(s.Contrasts[0].Measures,
				summary.Measure{ID: m.ID, Unit: m.Unit, Difference: summary.Estimate{Value: float64(at)/10 - 5, MC: 1}})
		}
		if err := w.stream.add(pointOf(at, w.design.At(at), s)); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// TestSweepMemory: reading and writing 2000 points, 15 MB of them, keeps less than 1 MB.
// Catches a table that is gathered before it is written.
func TestSweepMemory(t *testing.T) {
	w := endless(t, 2000)
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	err := w.eachPoint(func(*sweepPoint) error {
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
	table, err := w.writeTable(filepath.Join(t.TempDir(), "points.csv"))
	if err != nil || table.Bytes < 2000*len(outcome.All)*20 || table.Data != nil {
		t.Errorf("%+v, %v", table, err)
	}
	var out bytes.Buffer
	a := &cli.App{Out: &out, Err: io.Discard}
	if err := showSweep(a, w, runfolder.Written, "sweep"); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"at 2,000 points\n", "lowest    −5 ± 1 at strength.clarify = 0\n",
		"highest   +195 ± 1 at strength.clarify = 1\n",
		" below zero at 40 points, above at 1,939, within the Monte Carlo error of zero at 21\n"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the screen lacks %q:\n%s", part, out.String())
		}
	}
}

// TestSweepTable: its digest and length are those of the file, and it has a row for
// every measure of every point. Catches bytes that are counted before they are written.
func TestSweepTable(t *testing.T) {
	w := endless(t, 3)
	path := filepath.Join(t.TempDir(), "points.csv")
	table, err := w.writeTable(path)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(path)
	if runfolder.Sum(data) != table.SHA256 || len(data) != table.Bytes ||
		bytes.Count(data, []byte("\n")) != 1+3*len(outcome.All) {
		t.Errorf("%+v of %d bytes", table, len(data))
	}
	if !bytes.Contains(data, []byte("\n2,1,without,with,missteps,per 100 cases,0,0,-4.8,1,,,\n")) {
		t.Errorf("%s", data[:600])
	}
	var out bytes.Buffer
	if err := w.printJSON(&out); err != nil || strings.Count(out.String(), `"point":`) != 3 ||
		!strings.HasSuffix(out.String(), "\n  ]\n}\n") {
		t.Errorf("%s, %v", out.String(), err)
	}
}

// TestSweepDamage: a stream of something else is named by its line.
func TestSweepDamage(t *testing.T) {
	w := endless(t, 2)
	if err := w.stream.add(map[string]int{"point": 7}); err != nil {
		t.Fatal(err)
	}
	err := w.eachPoint(func(*sweepPoint) error { return nil })
	if err == nil || !strings.Contains(err.Error(),
		"sweep.state: line 4: no point of a sweep; delete the file to begin again") {
		t.Error(err)
	}
}
