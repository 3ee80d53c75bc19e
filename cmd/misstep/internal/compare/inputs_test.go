package compare

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// twoManifests are equal but for what change makes of the second.
func twoManifests(change func(m *runfolder.Manifest)) (a, b *runfolder.Manifest) {
	make := func() *runfolder.Manifest {
		return &runfolder.Manifest{
			Program: runfolder.Program{Name: "misstep", Version: "v1", Go: "go1.26", GOARCH: "amd64"},
			Inputs: runfolder.Inputs{ModelVersion: experiment.ModelVersion, Name: "s", SHA256: "1", Scenario: "a\nb\nc\n",
				Arms: []string{"x", "y"}, Seed: 1, Generator: "mix",
				Draws: 3, Replicates: 4, BlockSize: 2, Structure: "s1",
				Layers: []scenario.Layer{{Origin: "flag", Path: "p", Value: "1", Where: "--set"}}},
			Parameters: []runfolder.Parameter{{Path: "assumptions.p", Value: "1", Unit: "1/y", Origin: "flag", Source: "--set"},
				{Path: "assumptions.q", Value: "1 to 2", Origin: "prior", Source: "assumption: a guess"}},
		}
	}
	a, b = make(), make()
	change(b)
	return a, b
}

// TestInputDifferences: each input by itself, old and new, with where it came from.
// Catches an input that is left out, and two that differ in nothing.
func TestInputDifferences(t *testing.T) {
	type d = inputDifference
	for name, c := range map[string]struct {
		change func(m *runfolder.Manifest)
		want   []d
	}{
		"nothing": {func(*runfolder.Manifest) {}, []d{}},
		"model": {func(m *runfolder.Manifest) { m.Inputs.ModelVersion = "0" },
			[]d{{Kind: "model", Name: "model version", Reference: experiment.ModelVersion, Other: "0"}}},
		"program": {func(m *runfolder.Manifest) { m.Program.Version = "v2" },
			[]d{{Kind: "program", Name: "program", Reference: "misstep v1 go1.26 amd64", Other: "misstep v2 go1.26 amd64"}}},
		"scenario": {func(m *runfolder.Manifest) { m.Inputs.Scenario, m.Inputs.SHA256 = "a\nB\nc\nd\n", "2" },
			[]d{{Kind: "scenario", Name: "text", Other: "1 line out, 2 lines in"}}},
		"name": {func(m *runfolder.Manifest) { m.Inputs.Name = "t" },
			[]d{{Kind: "scenario", Name: "name", Reference: "s", Other: "t"}}},
		"arms": {func(m *runfolder.Manifest) { m.Inputs.Arms = []string{"x"} },
			[]d{{Kind: "arms", Name: "arms played", Reference: "x, y", Other: "x"}}},
		"seed": {func(m *runfolder.Manifest) { m.Inputs.Seed = 1<<64 - 1 },
			[]d{{Kind: "sample", Name: "seed", Reference: "1", Other: "18446744073709551615"}}},
		"generator": {func(m *runfolder.Manifest) { m.Inputs.Generator = "philox" },
			[]d{{Kind: "sample", Name: "generator", Reference: "mix", Other: "philox"}}},
		"draws": {func(m *runfolder.Manifest) { m.Inputs.Draws = 9 },
			[]d{{Kind: "sample", Name: "draws", Reference: "3", Other: "9"}}},
		"replicates": {func(m *runfolder.Manifest) { m.Inputs.Replicates = 9 },
			[]d{{Kind: "sample", Name: "replicates", Reference: "4", Other: "9"}}},
		"blocks": {func(m *runfolder.Manifest) { m.Inputs.BlockSize = 9 },
			[]d{{Kind: "sample", Name: "block size", Reference: "2", Other: "9"}}},
		"posterior": {func(m *runfolder.Manifest) {
			m.Inputs.Posterior = &runfolder.Posterior{Name: "p.txt", SHA256: strings.Repeat("ab", 32)}
		}, []d{{Kind: "posterior", Name: "posterior", Other: "p.txt (sha256 abababababab)"}}},
		"setting gone": {func(m *runfolder.Manifest) { m.Inputs.Layers = nil },
			[]d{{Kind: "setting", Name: "p", Reference: "1", ReferenceFrom: "--set"}}},
		"setting wins": {func(m *runfolder.Manifest) {
			m.Inputs.Layers = append(m.Inputs.Layers, scenario.Layer{Path: "p", Value: "5", Where: "env"})
		}, []d{{Kind: "setting", Name: "p", Reference: "1", ReferenceFrom: "--set", Other: "5", OtherFrom: "env"}}},
		"setting twice the same": {func(m *runfolder.Manifest) {
			m.Inputs.Layers = []scenario.Layer{{Path: "p", Value: "5"}, {Path: "p", Value: "1", Where: "config.yaml"}}
		}, []d{}},
		"parameter": {func(m *runfolder.Manifest) { m.Parameters[0].Value = "2" },
			[]d{{"parameter", "assumptions.p", "1 1/y", "2 1/y", "flag: --set", "flag: --set"}}},
		"distribution": {func(m *runfolder.Manifest) { m.Parameters[1].Value = "1 to 3" },
			[]d{{"parameter", "assumptions.q", "1 to 2", "1 to 3", "prior: assumption: a guess", "prior: assumption: a guess"}}},
		"origin": {func(m *runfolder.Manifest) { m.Parameters[1].Origin = "scenario" },
			[]d{{"parameter", "assumptions.q", "1 to 2", "1 to 2", "prior: assumption: a guess",
				"scenario: assumption: a guess"}}},
		"conditioned": {func(m *runfolder.Manifest) { m.Parameters[1].Posterior = "1.1 to 1.3" },
			[]d{{"parameter", "assumptions.q", "1 to 2", "1 to 2, by the posterior 1.1 to 1.3", "prior: assumption: a guess",
				"prior: assumption: a guess"}}},
		"source alone": {func(m *runfolder.Manifest) { m.Parameters[1].Source = "T3" }, []d{}},
		"parameter gone": {func(m *runfolder.Manifest) { m.Parameters = m.Parameters[:1] },
			[]d{{Kind: "parameter", Name: "assumptions.q", Reference: "1 to 2", ReferenceFrom: "prior: assumption: a guess"}}},
		"parameter new": {func(m *runfolder.Manifest) {
			m.Parameters = append([]runfolder.Parameter{{Path: "new", Value: "7", Origin: "scenario", Source: "scenario"}},
				m.Parameters...)
		}, []d{{Kind: "parameter", Name: "new", Other: "7", OtherFrom: "scenario"}}},
		"another order": {func(m *runfolder.Manifest) {
			m.Parameters[0], m.Parameters[1] = m.Parameters[1], m.Parameters[0]
		}, []d{}},
		"structure alone": {func(m *runfolder.Manifest) { m.Inputs.Structure = "s2" },
			[]d{{Kind: "structure", Name: "how the program reads the scenario", Reference: "s1", Other: "s2"}}},
		"structure of a reason": {func(m *runfolder.Manifest) { m.Inputs.Structure, m.Inputs.Draws = "s2", 9 },
			[]d{{Kind: "sample", Name: "draws", Reference: "3", Other: "9"}}},
		"escapes": {func(m *runfolder.Manifest) { m.Inputs.Name = "\x1b[1m" },
			[]d{{Kind: "scenario", Name: "name", Reference: "s", Other: `\x1b[1m`}}},
	} {
		if diff := cmp.Diff(c.want, inputDifferences(twoManifests(c.change))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestInputText: a difference in a line, none as a word, what is long cut.
func TestInputText(t *testing.T) {
	for want, d := range map[string]inputDifference{
		"parameter p: 1 (flag: --set) → none": {"parameter", "assumptions.p", "1", "", "flag: --set", ""},
		"model version: 1 → 2": {Kind: "model", Name: "model version", Reference: "1",
			Other: "2"},
		"posterior: none → p.txt": {Kind: "posterior", Name: "posterior", Other: "p.txt"},
		"sample seed: 1 → 2":      {Kind: "sample", Name: "seed", Reference: "1", Other: "2"},
		"arms played: x → y": {Kind: "arms", Name: "arms played", Reference: "x",
			Other: "y"},
		"scenario text: 1 line out, 2 lines in": {Kind: "scenario", Name: "text",
			Other: "1 line out, 2 lines in"},
		"scenario name: a → b":                      {Kind: "scenario", Name: "name", Reference: "a", Other: "b"},
		"parameter q: 123456789… (12345678901) → 2": {"parameter", "q", "12345678901", "2", "", ""},
		"how the program reads the scenario: 0 → 1": {Kind: "structure", Name: "how the program reads the scenario",
			Reference: "0", Other: "1"},
		"setting choice.price: 1 (--set) → 2 (MISSTEP_MODE…)": {"setting", "choice.price", "1", "2", "--set",
			"MISSTEP_MODEL_CHOICE"},
	} {
		most := 48
		if strings.Contains(want, "…") {
			most = 13
		}
		if strings.Contains(want, "123456789…") {
			d.ReferenceFrom, most = "12345678901", 10
			want = strings.Replace(want, "12345678901)", "123456789…)", 1)
		}
		if got := d.text(most); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
