package run

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// TestSummarySchema: the shipped schema is that of the Go types, with the words
// that a verdict can be.
func TestSummarySchema(t *testing.T) {
	w := &schema.Writer{}
	s := w.Document(w.Of(reflect.TypeFor[summary.Summary]()), "summary", "summary.json of a misstep run")
	properties := func(def string) map[string]any {
		return w.Defs[def].(map[string]any)["properties"].(map[string]any)
	}
	properties("measure")["verdict"] = map[string]any{"enum": []summary.Verdict{summary.Better, summary.Worse,
		summary.Unclear, summary.Differs, summary.Same, summary.Unknown}}
	properties("by")["verdict"] = properties("measure")["verdict"]
	properties("measure")["goodness"] = map[string]any{"enum": []int{-1, 0, 1}}
	properties("summary")["format"] = map[string]any{"const": summary.Format}
	want := say.JSON(s)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("summary.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want), string(SummarySchema)); diff != "" {
		t.Errorf("the types have changed; run UPDATE=1 go test ./cmd/misstep/internal/run -run SummarySchema\n%s", diff)
	}
}

// summaryOfSmall is the summary of a short run, with the arms that are named.
func summaryOfSmall(t testing.TB, arms ...string) *summary.Summary {
	t.Helper()
	j := Small(t, arms...)
	sums, err := experiment.Run(context.Background(), j.Plan, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return summary.Of(sums)
}

// TestSummaryConforms: results conform, with several arms and with one.
func TestSummaryConforms(t *testing.T) {
	for _, arms := range [][]string{nil, {"without"}, {"without", "everything"}} {
		if err := clitest.Conforms(t, SummarySchema, say.JSON(complete(summaryOfSmall(t, arms...)))); err != nil {
			t.Errorf("%v: %v", arms, err)
		}
	}
}

// TestSchemaRefuses: the schema is no rubber stamp.
func TestSchemaRefuses(t *testing.T) {
	good := say.JSON(complete(summaryOfSmall(t)))
	for name, change := range map[string]func(m map[string]any){
		"a missing key":   func(m map[string]any) { delete(m, "headline") },
		"an unknown key":  func(m map[string]any) { m["when"] = "now" },
		"a null list":     func(m map[string]any) { m["arms"] = nil },
		"another format":  func(m map[string]any) { m["format"] = 1 },
		"a wrong type":    func(m map[string]any) { m["run"].(map[string]any)["draws"] = "3" },
		"a negative seed": func(m map[string]any) { m["run"].(map[string]any)["seed"] = -1 },
		"a strange verdict": func(m map[string]any) {
			m["contrasts"].([]any)[0].(map[string]any)["outcomes"].([]any)[0].(map[string]any)["verdict"] = "fine"
		},
	} {
		var m map[string]any
		if err := json.Unmarshal(good, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		if clitest.Conforms(t, SummarySchema, say.JSON(m)) == nil {
			t.Errorf("%s passes", name)
		}
	}
}
