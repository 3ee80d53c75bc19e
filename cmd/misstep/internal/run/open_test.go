package run

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// TestOpenOrigins: who won is seen on the number.
func TestOpenOrigins(t *testing.T) {
	clitest.InEmptyFolder(t)
	config := "model:\n  choice:\n    rationality: 40\n    cost: 0.2\n    price: 0.1\n"
	if err := os.WriteFile("config.yaml", []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("MISSTEP_MODEL_CHOICE_COST", "0.25")
	t.Setenv("MISSTEP_MODEL_CHOICE_PRICE", "0.11")
	j, err := Open(clitest.Parsed(t, "--set", "choice.price=0.12", "--draws", "3"), "uk-china-dialogue-2026")
	if err != nil {
		t.Fatal(err)
	}
	origin, value := map[string]scenario.Origin{}, map[string]float64{}
	for _, s := range j.Scenario.Slots {
		path := strings.TrimPrefix(s.Path, "assumptions.")
		origin[path], value[path] = s.Origin, s.Dist.A
	}
	for _, c := range []struct {
		path  string
		from  scenario.Origin
		value float64
	}{
		{"choice.rationality", scenario.FromConfig, 40},
		{"choice.cost", scenario.FromEnv, .25},
		{"choice.price", scenario.FromFlag, .12},
		{"choice.goal", scenario.FromDefault, .6},
	} {
		if origin[c.path] != c.from || value[c.path] != c.value {
			t.Errorf("%s: %v from %s, want %v from %s", c.path, value[c.path], origin[c.path], c.value, c.from)
		}
	}
	if origin["choice.innocence"] != scenario.FromPrior || origin["states.China.choice.price"] != scenario.FromScenario {
		t.Errorf("%v, %v", origin["choice.innocence"], origin["states.China.choice.price"])
	}
}

func TestOpenPlan(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, c := range []struct {
		args               []string
		draws, reps, block int
	}{
		{nil, 200, 12, 12},
		{[]string{"--replicates", "7"}, 200, 7, 7},
		{[]string{"--replicates", "700", "--draws", "2", "--workers", "8"}, 2, 700, 20},
	} {
		j, err := Open(clitest.Parsed(t, c.args...), "one-incident")
		if err != nil {
			t.Fatal(err)
		}
		if p := j.Plan; p.Draws != c.draws || p.Replicates != c.reps || p.BlockSize != c.block || p.Seed != 1 {
			t.Errorf("%v: %+v", c.args, p)
		}
	}
}

// TestShipped: every shipped scenario opens by its bare name; what is no scenario
// does not.
func TestShipped(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, name := range append(ShippedNames(), "one-incident") {
		if j, err := Open(clitest.Parsed(t), name); err != nil || j.Name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"patterns", "", "validation/one-incident", "../x", "uk-china"} {
		if _, err := Open(clitest.Parsed(t), name); err == nil {
			t.Errorf("%q opens", name)
		}
	}
}

// TestNameOf: a scenario has the name of its file, in letters of which folders are named.
func TestNameOf(t *testing.T) {
	for file, want := range map[string]string{"a.yaml": "a", "dir/b.yml": "b", "../c": "c", "x.y.yaml": "x-y",
		"a--b-.yaml": "a--b-", ".yaml": "scenario", "..yaml": "scenario", "a b.yaml": "a-b", "Übung 1.yaml": "ubung-1",
		"-x\n.yaml": "x", "'\";$(id).yaml": "id", "对话.yaml": "dui-hua", "\xff.yaml": "scenario", "🛰.yaml": "scenario",
		strings.Repeat("a", 90) + ".yaml": strings.Repeat("a", 80), strings.Repeat("a", 79) + " b": strings.Repeat("a", 79),
	} {
		if got := nameOf(file); got != want {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}

// TestAnyFileName: a scenario opens whatever its file is called, and its folder stays where it belongs.
func TestAnyFileName(t *testing.T) {
	clitest.InEmptyFolder(t)
	data, _ := Shipped("one-incident")
	for _, name := range []string{"..yaml", " .yaml", "a b.yaml", "a..b.yaml", "A.yaml", "-x\n.yaml",
		"'quoted' \"twice\".yaml", "对话.yaml", "\x1b[31m.yaml", strings.Repeat("a", 250) + ".yaml"} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		j, err := Open(clitest.Parsed(t), "./"+name)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if !asItIs.MatchString(j.Name) || strings.ContainsAny(j.File, "\x1b\n") {
			t.Errorf("%q: name %q, file %q", name, j.Name, j.File)
		}
	}
}

func TestWorkers(t *testing.T) {
	j := &Run{Settings: &settings.Settings{Run: settings.Run{Workers: 3}}}
	if j.Workers() != 3 {
		t.Error(j.Workers())
	}
	j.Settings.Run.Workers = 0
	if j.Workers() < 1 {
		t.Error(j.Workers())
	}
}

// TestDescribe: the manifest holds every number with its origin, and the hash does
// not hang on warnings or plot settings.
func TestDescribe(t *testing.T) {
	j := Small(t)
	m := j.Describe(nil, nil)
	if len(m.Parameters) != len(j.Scenario.Slots) || m.Inputs.Scenario != string(j.Text) ||
		m.Inputs.ModelVersion != experiment.ModelVersion {
		t.Errorf("%d parameters", len(m.Parameters))
	}
	for _, p := range m.Parameters {
		if p.Value == "" || p.Origin == "" || p.Path == "" {
			t.Errorf("%+v", p)
		}
	}
	if !strings.HasPrefix(m.Folder(), "one-incident-") || m.Hash != m.Inputs.HashInputs() {
		t.Errorf("%s", m.Folder())
	}
}

// TestNoFutureIsRefused: a stored plan of nothing is said to be one. Catches a
// division by its replicates.
func TestNoFutureIsRefused(t *testing.T) {
	for _, p := range []experiment.Plan{{Draws: 1}, {Replicates: 1}, {Draws: -1, Replicates: 1}} {
		j := &Run{Name: "x", File: "x.yaml", Text: []byte("misstep: 1\n")}
		if err := j.Load(p); err == nil || !strings.Contains(err.Error(), "are no future; take at least one of each") {
			t.Errorf("%d × %d: %v", p.Draws, p.Replicates, err)
		}
	}
}

// FuzzSet: whatever --set says, the answer is a scenario or problems, never a panic.
func FuzzSet(f *testing.F) {
	for _, s := range []string{"choice.rationality=30", "choice.rationality=25 to 75", "=", "a.b.c=1",
		"headline.treatment=x", "assumptions.onset[0].rate=2",
		"levers.channels.line.open=false", "horizon=0d", "run.seed=-1", "plot.formats=[", "assumptions={}", "arms.x.y=[1",
		"\x00=\x00", "states=&a *a", "card=!!binary x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := &cli.App{Flags: cli.Flags{Set: []string{s}, Config: os.DevNull}, Err: io.Discard}
		j, err := Open(a, "one-incident")
		if err == nil && j.Scenario == nil {
			t.Error("neither a scenario nor an error")
		}
		if err != nil && (err.Error() == "" || strings.Contains(err.Error(), "runtime error")) {
			t.Errorf("%q", err)
		}
	})
}
