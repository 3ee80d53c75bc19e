package settings

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// TestParametersAppearEverywhere: what the registry declares stands, without another
// step, in config.yaml, in the JSON Schema and in docs/SCENARIO.md.
func TestParametersAppearEverywhere(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile("../../../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	config, reference := read("config.yaml"), read("docs/SCENARIO.md")
	type level struct {
		Description string
		Properties  map[string]level
		AnyOf       []level
	}
	var schema level
	if err := json.Unmarshal(scenario.Schema(), &struct {
		Properties struct{ Assumptions *level }
	}{struct{ Assumptions *level }{&schema}}); err != nil {
		t.Fatal(err)
	}
	for _, p := range param.All() {
		_, group, found := strings.Cut(config, "\n#  "+p.Group()+":\n")
		line := fmt.Sprintf("#    %s: %s ", p.Short(), param.FormatNumber(p.Default, p.Domain.Duration))
		if !found || !strings.Contains(group, line) {
			t.Errorf("config.yaml lacks %q under %s", line, p.Group())
		}
		if _, row, found := strings.Cut(reference, "\n| `"+p.Name+"` |"); !found || !strings.Contains(row, p.Doc) {
			t.Errorf("docs/SCENARIO.md lacks a row for %s", p.Name)
		}
		at := schema.Properties[p.Group()]
		if len(at.AnyOf) > 0 { // the group onset: a mapping, or a list of streams
			at = at.AnyOf[0]
		}
		if got := at.Properties[p.Short()]; got.Description != p.Doc {
			t.Errorf("the schema says of %s %q", p.Name, got.Description)
		}
	}
}
