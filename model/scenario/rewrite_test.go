package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// meaning is all of a scenario but where its numbers stand and what they rest on.
func meaning(v *scenario.Scenario) string {
	w := *v
	w.Slots, w.Expect = nil, nil
	out := []string{fmt.Sprintf("%+v", w)}
	for _, s := range v.Slots {
		out = append(out, fmt.Sprint(s.Path, s.Dist.Family, s.Dist.A, s.Dist.B, s.Dist.Lo, s.Dist.Hi))
	}
	for _, e := range v.Expect {
		e.Line = 0
		out = append(out, fmt.Sprintf("%+v", e))
	}
	return strings.Join(out, "\n")
}

// TestRewrite: what is written means what was read, with layers and without, on every scenario that ships.
func TestRewrite(t *testing.T) {
	for _, name := range scenarios.Names() {
		text, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, layers := range [][]scenario.Layer{nil, {{Path: "choice.rationality", Value: "25 to 75"},
			{Path: "title", Value: `"yes: 1.0 # it's"`}, {Path: "evidence.gap", Value: "20d"}}} {
			opts := scenario.Options{Layers: layers, UsePriors: true}
			want, err := scenario.Load(name, text, opts)
			if err != nil {
				t.Fatal(err)
			}
			written, err := scenario.Rewrite(name, text, opts)
			if err != nil {
				t.Fatal(err)
			}
			got, err := scenario.Load(name, written, scenario.Options{UsePriors: true})
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, written)
			}
			if diff := cmp.Diff(meaning(want), meaning(got)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}

func TestRewriteRefusesWhatLoadRefuses(t *testing.T) {
	if text, err := scenario.Rewrite("x", []byte("misstep: 1"), scenario.Options{}); err == nil || text != nil {
		t.Errorf("%q, %v", text, err)
	}
}
