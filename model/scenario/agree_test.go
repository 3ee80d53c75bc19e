package scenario

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaOf compiles the schema of one shape alone.
func schemaOf(t *testing.T, s shape) *jsonschema.Schema {
	t.Helper()
	d := defs{}
	root := map[string]any{"allOf": []any{s.schema(d)}, "$defs": map[string]any(d)}
	raw, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("shape.json", doc); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile("shape.json")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// inWorld runs a shape over YAML as if it stood in a scenario.
func inWorld(s shape, root *node, yaml string) Problems {
	c := newChecker(world)
	c.root = root
	if n := (reader{refuse: c.refuse}).read([]byte(yaml)); n != nil {
		c.check(s, n, "here")
	}
	return c.problems
}

// probes are values of every kind, most of them wrong nearly everywhere.
var probes = []string{
	"1", "0", "0.5", "-1", "-0.001", "1.5", "2", "3", "9", "10", "10.5", "11", "64", "65", "1e7", "1e12", "true", "false",
	`"yes"`, "~", "[]", "{}", "[[0]]", "{a: 1}",
	"word", "Two words", "UPPER", "a_b", "5y", "0d", "0.5w", "30d", "-3d", "60d to 1y", "60d to 1y at 95%", "5", "51y",
	"1 to 2", "0.2 to 0.4", "0.2 to 0.4 at 50 %",
	"uniform(0.1, 0.2)", "normal(30d, 5d)", "lognormal(0.5, 0.1)", "gamma(1, 2)", "uniform(1)", "{value: 0.5}",
	"{value: 0.5, source: T5}", "{value: 30d, source: [E001, T5]}",
	"{source: T5}", "{value: 0.5, note: x}", "{value: [1]}", "2026-02-01", "01.02.2026", "2026-2-1", "R0", "R9", "R10",
	"r1", "China", "criminals", "dialogue", "narrow",
	"ministry", "drawn", "[China, Russia]", "[China, China]", "[China]", "[R0, R1]", "[R1, R1]", "espionage", "crime",
	"ladder", "T5", "[E001, T5]", "known", "both", "experts",
	"[trust, leaks]", "[trust, trust]", "[hope]", "[15d, 30d]", "[15, 30]", "{crime: 1}", "{crime: -1}", "{crimes: 1}",
	"{China: 0.5}", "{China: {China: 1}}",
}

// kind reports where the checker is kinder than a schema of types can be: what
// YAML reads as a number or as true is a word to it.
func kind(s shape, value any) bool {
	_, isText := value.(string)
	switch s := s.(type) {
	case scalar:
		return !isText && (s.says == slug.says || s.shared == "name")
	case table:
		_, isArms := s.item.(edits) // their paths are checked when they are carried out
		return isArms
	}
	return false
}

// TestSchemaAgrees catches a schema stricter than the program, which would
// underline a correct file, and one that accepts what is wrong by itself.
func TestSchemaAgrees(t *testing.T) {
	root := reader{}.read([]byte(full(t)))
	seen := map[string]bool{}
	compare := func(path string, s shape) {
		form, err := json.Marshal(s.schema(defs{}))
		if err != nil || seen[string(form)] {
			return
		}
		seen[string(form)] = true
		compiled := schemaOf(t, s)
		tries := probes
		if w, ok := s.(scalar); ok && w.json["enum"] != nil {
			tries = append(slices.Clone(probes), wordsOf(w.json["enum"].([]any))...)
		}
		for _, probe := range tries {
			value := asJSON(t, []byte(probe))
			ps, err := inWorld(s, root, probe), compiled.Validate(value)
			if len(ps) == 0 && err != nil && !kind(s, value) {
				t.Errorf("%s: %s is right, the schema says %v", path, probe, err)
			}
			if len(ps) > 0 && err == nil && local(ps[0].What) {
				t.Errorf("%s: the schema accepts %s: %s", path, probe, ps[0].What)
			}
		}
	}
	everyMapping(func(m mapping) {
		compare(m.what, m)
		for _, f := range m.fields {
			compare(m.what+"."+f.key, f.shape)
		}
	})
	if len(seen) < 60 {
		t.Errorf("only %d shapes were compared", len(seen))
	}
}

// local reports whether a problem shows at its own place, to a reader who knows
// neither the calendar nor the other names of the file.
func local(what string) bool {
	for _, far := range []string{"unknown state", "unknown group", "unknown channel", "unknown arm", "unknown incident",
		"unknown source",
		"no date", "is a reserved word", "comes twice", "is no key", "outside the domain", "is empty", "has a space",
		"may not", "more than 1", "lives on",
		"must be positive", "must lie", "is no number", "is no duration", "cannot be", "out of range", "unknown family",
		"is no text", "no version", "draws as far"} {
		if strings.Contains(what, far) {
			return false
		}
	}
	return true
}
