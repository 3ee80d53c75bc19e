package run

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/summary"
)

// schemaOf writes the JSON Schema of a Go type as encoding/json writes it.
func schemaOf(t reflect.Type, defs map[string]any) map[string]any {
	if t == reflect.TypeFor[summary.Estimate]() {
		s := schemaOf(reflect.TypeFor[summary.Wire](), defs)
		end := map[string]any{"type": []string{"number", "null"}}
		estimate := defs["estimate"].(map[string]any)["properties"].(map[string]any)
		estimate["mc"], estimate["low"], estimate["high"] = end, end, end
		return s
	}
	if t == reflect.TypeFor[patterns.Number]() {
		return map[string]any{"anyOf": []any{map[string]any{"type": "number"}, map[string]any{"const": "never"}}}
	}
	switch t.Kind() {
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Uint64:
		return map[string]any{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Pointer:
		return schemaOf(t.Elem(), defs)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), defs)}
	case reflect.Struct:
		name := strings.ToLower(strings.Replace(t.Name(), "Wire", "Estimate", 1))
		if _, ok := defs[name]; !ok {
			defs[name] = nil
			properties, required := map[string]any{}, []string{}
			for i := range t.NumField() {
				key, optional := strings.CutSuffix(t.Field(i).Tag.Get("json"), ",omitempty")
				if key == "-" {
					continue
				}
				property := schemaOf(t.Field(i).Type, defs)
				if !optional {
					required = append(required, key)
					if pointer := t.Field(i).Type; pointer.Kind() == reflect.Pointer && pointer.Elem().Kind() == reflect.Struct {
						property = map[string]any{"anyOf": []any{property, map[string]any{"type": "null"}}}
					}
				}
				properties[key] = property
			}
			defs[name] = map[string]any{"type": "object", "properties": properties, "required": required,
				"additionalProperties": false}
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	panic("no schema for " + t.String())
}

// TestSummarySchema: the shipped schema is that of the Go types, with the words
// that a verdict can be.
func TestSummarySchema(t *testing.T) {
	defs := map[string]any{}
	s := schemaOf(reflect.TypeFor[summary.Summary](), defs)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://github.com/misstep/misstep/summary.schema.json"
	s["title"] = "summary.json of a misstep run"
	s["$defs"] = defs
	properties := func(def string) map[string]any {
		return defs[def].(map[string]any)["properties"].(map[string]any)
	}
	properties("measure")["verdict"] = map[string]any{"enum": []summary.Verdict{summary.Better, summary.Worse,
		summary.Unclear, summary.Differs, summary.Same, summary.Unknown}}
	properties("by")["verdict"] = properties("measure")["verdict"]
	properties("measure")["goodness"] = map[string]any{"enum": []int{-1, 0, 1}}
	properties("summary")["format"] = map[string]any{"const": 1}
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
func summaryOfSmall(t *testing.T, arms ...string) *summary.Summary {
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
		"another format":  func(m map[string]any) { m["format"] = 2 },
		"a wrong type":    func(m map[string]any) { m["run"].(map[string]any)["draws"] = "3" },
		"a negative seed": func(m map[string]any) { m["run"].(map[string]any)["seed"] = -1 },
		"a strange verdict": func(m map[string]any) {
			m["contrasts"].([]any)[0].(map[string]any)["measures"].([]any)[0].(map[string]any)["verdict"] = "fine"
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
