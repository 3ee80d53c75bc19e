package scenario

import "encoding/json"

// Schema is the format as a JSON Schema (draft 2020-12), for editors and other
// programs. It is made from the shapes that Load checks; what depends on two
// places at once only Load can check.
func Schema() []byte {
	d := defs{}
	s := format.schema(d)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://github.com/misstep/misstep/scenario.schema.json"
	s["title"] = "misstep scenario"
	s["$defs"] = map[string]any(d)
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("scenario: schema: " + err.Error())
	}
	return append(out, '\n')
}

// defs are the schemas that are written once and referred to.
type defs map[string]any

// ref stores a schema under a name and returns a reference to it.
func (d defs) ref(name string, s func() map[string]any) map[string]any {
	if _, ok := d[name]; !ok {
		d[name] = nil
		d[name] = s()
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}
