package docs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// text reads the files that match a pattern from the root of the repository.
func text(t *testing.T, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../..", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	var b strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return b.String()
}

// stands fails where a surface that a recipe of CONTRIBUTING names lacks an entry.
func stands(t *testing.T, what string, places map[string]string, word string) {
	t.Helper()
	for place, content := range places {
		if !strings.Contains(content, word) {
			t.Errorf("%s: no %s in %s", what, word, place)
		}
	}
}

// TestRecipeOfAMechanism: every mechanism has its strength, its line in the contract and its
// place in the second implementation.
func TestRecipeOfAMechanism(t *testing.T) {
	contract, second := text(t, "docs/MODEL.md"), text(t, "internal/reference/*.go")
	for _, name := range scenario.MechanismNames {
		if _, ok := param.ByName("strength." + name); !ok {
			t.Errorf("%s has no strength", name)
		}
		stands(t, name, map[string]string{"section 6 of docs/MODEL.md": contract}, "\n| "+name+" |")
		stands(t, name, map[string]string{"internal/reference": second}, `"`+name+`"`)
		if !strings.Contains(string(scenario.Schema()), `"`+name+`"`) {
			t.Errorf("%s is not in the schema", name)
		}
	}
}

// TestRecipeOfARung: every rung stands on every scale, in the contract and in the sentences
// of a story.
func TestRecipeOfARung(t *testing.T) {
	story, contract := text(t, "cmd/misstep/internal/story/*.tmpl"), text(t, "docs/MODEL.md")
	for _, name := range ladder.Names() {
		scale, err := ladder.Named(name)
		if err != nil || len(scale.Rungs) != ladder.Rungs {
			t.Fatalf("%s: %v", name, err)
		}
		for i, r := range scale.Rungs {
			if r.Name == "" || r.Domain == "" {
				t.Errorf("%s on %s: %+v", r.Code, name, r)
			}
			stands(t, r.Code, map[string]string{"docs/MODEL.md": contract}, r.Code)
			if i < ladder.Rungs-1 { // the last is told where no other is
				stands(t, r.Code, map[string]string{"the sentences of a story": story}, ".Is."+r.Code+"}")
			}
		}
	}
}
