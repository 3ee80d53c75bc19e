package settings

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/param"
)

const head = `# Settings of misstep. Precedence, lowest first: the default or prior of a parameter,
# the scenario, this file, the environment (MISSTEP_RUN_SEED=2,
# MISSTEP_MODEL_CHOICE_RATIONALITY=30), flags (--seed 2, --set choice.rationality=30).
# Unknown keys are refused.
`

const modelHead = `
# Parameters of the model, each at its default. Remove the # before a line, and before
# model: and the group, to set it for everyone in every scenario: a number pins the
# parameter, an interval (25 to 75, the central 90 %) or a family (uniform(0, 1))
# replaces its prior. [unit] domain; prior where there is one. What it rests on:
# misstep params NAME.
#model:
`

// configFile is the shipped config.yaml, made from the registry.
func configFile() []byte {
	var b strings.Builder
	b.WriteString(head)
	section := ""
	for _, k := range keys {
		s, leaf, _ := strings.Cut(k.name, ".")
		if s != section {
			fmt.Fprintf(&b, "\n%s:\n", s)
			section = s
		}
		fmt.Fprintf(&b, "  %-26s # %s\n", leaf+": "+k.def, k.doc)
	}
	b.WriteString(modelHead)
	group := ""
	for _, p := range param.All() {
		if p.Group() != group {
			group = p.Group()
			fmt.Fprintf(&b, "#  %s:\n", group)
		}
		writeParam(&b, p)
	}
	return []byte(b.String())
}

func writeParam(b *strings.Builder, p param.Param) {
	note := fmt.Sprintf("[%s] %s", p.Unit, p.Domain.Text)
	if p.Prior != "" {
		note += "; prior " + p.Prior
	}
	line := fmt.Sprintf("%s: %s", p.Short(), param.FormatNumber(p.Default, p.Domain.Duration))
	fmt.Fprintf(b, "#    %-30s # %s. %s\n", line, note, p.Doc)
}

// TestConfigFile: the shipped file is what the registry generates.
func TestConfigFile(t *testing.T) {
	const path = "../../../../config.yaml"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, configFile(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(configFile()), string(have)); diff != "" {
		t.Errorf("config.yaml is not what the registry generates; run UPDATE=1 go test ./cmd/misstep/internal/settings\n%s",
			diff)
	}
}

// TestConfigFileChangesNothing: as shipped it says what holds without it.
func TestConfigFileChangesNothing(t *testing.T) {
	if diff := cmp.Diff(load(t, Input{}), load(t, Input{Data: configFile()})); diff != "" {
		t.Error(diff)
	}
}

// TestConfigFileUncommented: with the # removed, every parameter stands at its
// default, which its domain admits.
func TestConfigFileUncommented(t *testing.T) {
	_, commented, ok := strings.Cut(string(configFile()), "#model:\n")
	if !ok {
		t.Fatal("no model section")
	}
	text := "model:\n"
	for _, line := range strings.Split(strings.TrimSpace(commented), "\n") {
		text += strings.TrimPrefix(line, "#") + "\n"
	}
	s := load(t, Input{Data: []byte(text)})
	if len(s.Layers) != param.Count() {
		t.Fatalf("%d layers for %d parameters", len(s.Layers), param.Count())
	}
	for _, l := range s.Layers {
		p, ok := param.ByName(l.Path)
		if !ok {
			t.Errorf("no parameter %s", l.Path)
			continue
		}
		if d, err := param.ParseDist(l.Value, p.Domain); err != nil || d.A != p.Default {
			t.Errorf("%s: %q gives %v, %v; the default is %v", l.Path, l.Value, d.A, err, p.Default)
		}
	}
}
