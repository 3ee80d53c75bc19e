package scenario

import (
	"bytes"
	"os"
	"strconv"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("scenario.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scenario.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON reads YAML as editors do before they apply a schema.
func asJSON(t *testing.T, data []byte) any {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		t.Fatal(err)
	}
	return jsonOf(t, doc.Content[0])
}

func jsonOf(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			out[n.Content[i].Value] = jsonOf(t, n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, jsonOf(t, c))
		}
		return out
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		x, err := strconv.ParseFloat(n.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	return n.Value
}

func TestSchemaAccepts(t *testing.T) {
	s := compiledSchema(t)
	for name, data := range map[string]string{"starter": string(Starter()), "tiny": tiny, "full": full(t)} {
		if err := s.Validate(asJSON(t, []byte(data))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRejects: mistakes that one place shows are mistakes to the schema
// too. The others need two places at once, or the world outside the file.
func TestSchemaRejects(t *testing.T) {
	s := compiledSchema(t)
	for _, name := range []string{
		"not-a-mapping", "missing-title", "missing-everything", "unknown-key", "unknown-key-far", "version",
		"title-number", "title-long", "title-empty", "title-list", "horizon-bare", "horizon-uncertain",
		"scale-upper", "rate-negative", "rate-true", "rate-null", "rate-list", "rate-comma-in-braces",
		"rate-family-in-braces",
		"rate-unknown-family", "rate-no-value", "probability-above-one", "duration-without-unit", "whole-number-interval",
		"parameter-typo", "parameter-group-typo", "parameter-not-at-state", "parameter-scope", "parameter-not-at-stream",
		"name-sign", "name-empty", "name-long", "name-space", "no-states", "menu-rung", "menu-twice", "observer-word",
		"onset-scalar", "mix-unknown", "mix-negative", "counted", "belief-certain", "between-one", "between-same",
		"random-shock-rate",
		"incident-severity", "model-rule", "model-lookahead", "model-max-events", "channel-one-member",
		"channel-same-members",
		"channel-mechanism", "channel-question", "coalition-join", "arms-missing", "arms-none", "arm-list",
		"arm-unknown-lever",
		"arm-below-levers", "expect-observed", "expect-measure", "expect-event", "expect-level",
	} {
		data, err := os.ReadFile("testdata/bad/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(asJSON(t, data)) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSchemaIsStable(t *testing.T) {
	if !bytes.Equal(Schema(), Schema()) {
		t.Error("two calls differ")
	}
}
