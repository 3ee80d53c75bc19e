package run

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// stored writes a manifest of a small job, changed, with a hash that fits.
func stored(t *testing.T, change func(in *runfolder.Inputs)) string {
	t.Helper()
	m := Small(t).Describe([]summary.Warning{}, nil)
	m.Files = []runfolder.File{}
	change(&m.Inputs)
	m.Hash = m.Inputs.HashInputs()
	path := filepath.Join(t.TempDir(), runfolder.Name)
	if err := os.WriteFile(path, m.Encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRepeat: a manifest opens as the job that it was made of.
func TestRepeat(t *testing.T) {
	clitest.InEmptyFolder(t)
	want := Small(t)
	path := stored(t, func(*runfolder.Inputs) {})
	for _, arg := range []string{path, filepath.Dir(path)} {
		got, err := Open(clitest.Parsed(t, "--workers", "3"), arg)
		if err != nil {
			t.Fatal(err)
		}
		if got.Plan.Fingerprint() != want.Plan.Fingerprint() || got.Name != want.Name ||
			string(got.Text) != string(want.Text) || got.Workers() != 3 {
			t.Errorf("%+v", got.Plan)
		}
		if diff := cmp.Diff(want.Layers, got.Layers); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(want.Inputs(), got.Inputs()); diff != "" {
			t.Error(diff)
		}
	}
}

// TestRepeatIgnoresSettings: what holds now does not change what was run.
func TestRepeatIgnoresSettings(t *testing.T) {
	clitest.InEmptyFolder(t)
	path := stored(t, func(*runfolder.Inputs) {})
	t.Setenv("MISSTEP_MODEL_STAKES_GAIN", "3")
	t.Setenv("MISSTEP_RUN_SEED", "99")
	if err := os.WriteFile("config.yaml", []byte("run:\n  draws: 9\nmodel:\n  stakes:\n    loss: 3\n"),
		0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Open(clitest.Parsed(t), path)
	if err != nil || got.Plan.Seed != 1 || got.Plan.Draws != 3 || got.Plan.Fingerprint() != Small(t).Plan.Fingerprint() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRepeatRefuses(t *testing.T) {
	clitest.InEmptyFolder(t)
	for name, c := range map[string]struct {
		change func(in *runfolder.Inputs)
		want   string
	}{
		"another model": {func(in *runfolder.Inputs) { in.ModelVersion = "0" },
			"computed by model 0; this program has model"},
		"unknown generator": {func(in *runfolder.Inputs) { in.Generator = "dice" }, `unknown generator "dice"`},
		"another structure": {func(in *runfolder.Inputs) { in.Structure = "0" }, "reads the scenario differently"},
		"unknown arm":       {func(in *runfolder.Inputs) { in.Arms = []string{"elsewhere"} }, `unknown arm "elsewhere"`},
		"a broken scenario": {func(in *runfolder.Inputs) {
			in.Scenario = "misstep: 2\n"
			in.SHA256 = runfolder.Sum([]byte(in.Scenario))
		}, "misstep: "},
		"a broken layer": {func(in *runfolder.Inputs) { in.Layers[0].Path = "nowhere" }, "nowhere"},
		"a name with a slash": {func(in *runfolder.Inputs) { in.Name = "../up" },
			`inputs.name: "../up" leads out of the folder`},
	} {
		if _, err := Open(clitest.Parsed(t), stored(t, c.change)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestRepeatRefusesFlags: each flag that would change the run is named.
func TestRepeatRefusesFlags(t *testing.T) {
	clitest.InEmptyFolder(t)
	path := stored(t, func(*runfolder.Inputs) {})
	for _, f := range [][]string{{"--seed", "2"}, {"--draws", "2"}, {"--replicates", "2"}, {"--generator", "mix"},
		{"--precision", "1"},
		{"--set", "stakes.gain=2"}, {"--arm", "without"}, {"--contrast", "without,delay"}} {
		if _, err := Open(clitest.Parsed(t, f...), path); err == nil || !strings.Contains(err.Error(), "leave "+f[0]+" out") {
			t.Errorf("%v: %v", f, err)
		}
	}
}

func TestManifestPath(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		arg, want string
		ok        bool
	}{
		{"x/manifest.json", "x/manifest.json", true},
		{dir, filepath.Join(dir, "manifest.json"), true},
		{"scenario.yaml", "", false},
		{"uk-china-dialogue-2026", "", false},
	} {
		if got, ok := ManifestPath(c.arg); got != c.want || ok != c.ok {
			t.Errorf("%s: %s, %v", c.arg, got, ok)
		}
	}
}

// TestNoTraces: a manifest names no folder, and only the base name of a config file.
func TestNoTraces(t *testing.T) {
	clitest.InEmptyFolder(t)
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "mine.yaml")
	if err := os.WriteFile(config, []byte("model:\n  stakes:\n    gain: 1.5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	data, _ := Shipped("one-incident")
	if err := os.WriteFile("one-incident.yaml", data, 0o644); err != nil {
		t.Fatal(err)
	}
	j, err := Open(clitest.Parsed(t, "--config", config, "--draws", "2"), filepath.Join(dir, "one-incident.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	m := string(j.Describe(nil, nil).Encode())
	if strings.Contains(m, dir) || !strings.Contains(m, `"where": "mine.yaml:3"`) {
		t.Errorf("%s", m)
	}
}

// TestStoredSummary: what figures are drawn from is what run wrote.
func TestStoredSummary(t *testing.T) {
	clitest.InEmptyFolder(t)
	a := clitest.Parsed(t, "--draws", "2", "--replicates", "2")
	a.Flags.NoFigures = true
	j, err := Open(a, "one-incident")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Store(t.Context(), a, j, false); err != nil {
		t.Fatal(err)
	}
	dirs, _ := filepath.Glob("outputs/one-incident-*")
	r, err := OpenStored("figures", dirs[0])
	if err != nil || r.Manifest.Plot != nil || r.Summary.Run.Draws != 2 {
		t.Fatalf("%v, %v", r, err)
	}
	m, s := r.Manifest, r.Summary
	data, _ := os.ReadFile(filepath.Join(dirs[0], SummaryJSON))
	if string(say.JSON(s)) != string(data) {
		t.Error("the summary does not survive reading")
	}
	var any map[string]any
	if err := json.Unmarshal(m.Encode(), &any); err != nil || any["plot"] != nil {
		t.Errorf("%v, %v", any["plot"], err)
	}
	for _, name := range []string{SummaryJSON, historyJSON} {
		if err := os.WriteFile(filepath.Join(dirs[0], name), []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenStored("figures", dirs[0]); err == nil ||
			!strings.Contains(err.Error(), "changed since it was written") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := r.History(); name == historyJSON && err == nil {
			t.Error("a broken history is drawn")
		}
	}
	if h, err := (&Stored{Dir: t.TempDir()}).History(); h != nil || err != nil {
		t.Errorf("%v, %v", h, err)
	}
}
