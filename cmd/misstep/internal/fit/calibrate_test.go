package fit

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
)

// tinyCalibration is a calibration of a few histories: enough to see files and
// screen, far too few to learn from.
func tinyCalibration(t *testing.T, out string, workers int) (*cli.App, *calibration) {
	t.Helper()
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	a.Flags.Config, a.Flags.Quiet, a.Flags.NoFigures = filepath.Join(t.TempDir(), "config.yaml"), true, true
	if err := os.WriteFile(a.Flags.Config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := openCalibration(a, calibrateFlags{})
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.Run.Out = out
	c.options.Particles, c.options.Pilot, c.options.MaxMoves, c.options.MaxSimulations, c.options.Workers = 10, 20, 1,
		30, workers
	return a, c
}

// TestCalibrationFiles: what is written is the same for any number of workers, the
// posterior can be read and used, and JSON and tables name every target and number.
func TestCalibrationFiles(t *testing.T) {
	var first []runfolder.File
	for _, workers := range []int{1, 3} {
		a, c := tinyCalibration(t, t.TempDir(), workers)
		if err := infer(context.Background(), a, c); err != nil {
			t.Fatal(err)
		}
		if err := c.found(); err != nil {
			t.Fatal(err)
		}
		files := c.Files
		for i := range first {
			if !bytes.Equal(first[i].Data, files[i].Data) {
				t.Errorf("%s differs between 1 and %d workers", first[i].Name, workers)
			}
		}
		first = files
		checkCalibrationScreen(t, c.Screen.String())
	}
	byName := map[string][]byte{}
	for _, f := range first {
		byName[f.Name] = f.Data
	}
	p, err := posterior.Parse("posterior.txt", byName["posterior.txt"])
	if err != nil || len(p.Rows) == 0 || len(p.Columns) < 80 {
		t.Errorf("posterior: %v", err)
	}
	var r struct{ Targets, Parameters []any }
	if err := json.Unmarshal(byName["calibration.json"], &r); err != nil || len(r.Targets) < 30 ||
		len(r.Parameters) < len(p.Columns) {
		t.Errorf("calibration.json: %v, %d targets", err, len(r.Targets))
	}
	conforms[calibrationDocument](t, byName["calibration.json"])
	if n := bytes.Count(byName["fit.csv"], []byte("\n")); n != len(r.Targets)+1 {
		t.Errorf("fit.csv has %d lines for %d targets", n, len(r.Targets))
	}
	if n := bytes.Count(byName["learned.csv"], []byte("\n")); n != len(r.Parameters)+1 {
		t.Errorf("learned.csv has %d lines for %d parameters", n, len(r.Parameters))
	}
}

func checkCalibrationScreen(t *testing.T, screen string) {
	t.Helper()
	for _, want := range []string{"Calibration on the record to 2026-06-30", "used to calibrate", "inputs that come back",
		"predicted only",
		"No target observes a false belief", "not corrected for: there are too few particles"} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen lacks %q:\n%s", want, screen)
		}
	}
	for _, line := range strings.Split(screen, "\n") {
		if n := len([]rune(line)); n > 140 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestInterruptedCalibrationGoesOn: a run that is stopped leaves a state, from which
// it ends in the same bytes; a state of other inputs has another name.
func TestInterruptedCalibrationGoesOn(t *testing.T) {
	dir := t.TempDir()
	a, whole := tinyCalibration(t, t.TempDir(), 1)
	if err := infer(context.Background(), a, whole); err != nil {
		t.Fatal(err)
	}
	a, cut := tinyCalibration(t, dir, 1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	keep := cut.stateFile()
	stop := func() {
		for !cli.Exists(keep) && ctx.Err() == nil {
		}
		cancel()
	}
	go stop()
	if err := infer(ctx, a, cut); err == nil {
		t.Skip("finished before it could be stopped")
	}
	a, on := tinyCalibration(t, dir, 2)
	on.flags.resume = true
	if err := infer(context.Background(), a, on); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(on.sample.Bytes(), whole.sample.Bytes()) {
		t.Error("the resumed posterior differs from the uninterrupted one")
	}
	if filepath.Dir(keep) != dir {
		t.Errorf("state at %s", keep)
	}
}

// TestShippedPosteriorIsCurrent: the posterior that ships was made by this model,
// from these histories, priors and documented values. When it fails, the command in
// the file's header is due.
func TestShippedPosteriorIsCurrent(t *testing.T) {
	p, err := posterior.ReadShipped()
	if err != nil {
		t.Fatal(err)
	}
	if p == nil {
		t.Skip("no posterior ships")
	}
	until, err := CutOff("")
	if err != nil {
		t.Fatal(err)
	}
	problem, err := model.Calibration(evidence.Shipped(), until)
	if err != nil {
		t.Fatal(err)
	}
	if now := problem.Inputs(); now != p.Header.Inputs {
		t.Errorf("made from inputs %s, these are %s: run %s --write model/record/posterior/shipped/%s", p.Header.Inputs, now,
			p.Header.Command, p.Name)
	}
	if p.Header.ESS < 500 {
		t.Errorf("effective sample size %.0f, want 500 at least", p.Header.ESS)
	}
	if calibrate.Thorough.Particles != p.Header.Particles {
		t.Errorf("made with %d particles, the command takes %d", p.Header.Particles, calibrate.Thorough.Particles)
	}
}

// TestShippedHindcastIsCurrent: the hindcast that ships was made by this model, from
// these histories, priors and documented values, and its tables are those of its
// manifest. When it fails, misstep backtest is due.
func TestShippedHindcastIsCurrent(t *testing.T) {
	const folder = "../../../../model/record/backtest/shipped/"
	data, err := os.ReadFile(folder + runfolder.Name)
	if err != nil {
		t.Fatal(err)
	}
	var shipped runfolder.Work
	if err := json.Unmarshal(data, &shipped); err != nil {
		t.Fatal(err)
	}
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	a.Flags.Config = filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(a.Flags.Config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h, err := openBacktest(a, backtestFlags{})
	if err != nil {
		t.Fatal(err)
	}
	if shipped.Hash != h.Work.Hash {
		t.Errorf("made from inputs %s, these are %s: run misstep backtest and copy its tables and manifest", shipped.Inputs,
			h.Work.Inputs)
	}
	tables := 0
	for _, f := range shipped.Files {
		if f.Figure {
			continue
		}
		table, err := os.ReadFile(folder + f.Name)
		if err != nil || runfolder.Sum(table) != f.SHA256 {
			t.Errorf("%s is not the table of the manifest: %v", f.Name, err)
		}
		tables++
	}
	if tables != 2 {
		t.Errorf("%d tables, want 2", tables)
	}
}

// TestProgressOfACalibration: a line now and then, and what it says.
func TestProgressOfACalibration(t *testing.T) {
	var b bytes.Buffer
	a := &cli.App{Err: &b}
	p := a.NewProgress()
	tellGeneration(p, abc.Progress{Generation: 2, Epsilon: 5.25, Done: 400, Total: 400, Simulations: 3000}, 9000)
	want := "misstep: generation 2, distance below 5.25: 400 of 400 particles; 3,000 histories before, at most 9,000\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
