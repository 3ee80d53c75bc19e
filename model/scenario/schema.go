package scenario

import (
	"encoding/json"
	"math"
	"regexp"
	"strings"

	"github.com/misstep/misstep/model/param"
)

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

// object is a piece of a JSON Schema.
type object = map[string]any

// defs are the schemas that are written once and referred to.
type defs map[string]any

// ref stores a schema under a name and returns a reference to it.
func (d defs) ref(name string, s func() object) object {
	if _, ok := d[name]; !ok {
		d[name] = nil
		d[name] = s()
	}
	return object{"$ref": "#/$defs/" + name}
}

// namePattern is that of names, without classes of Unicode, which not every validator knows: beyond
// ASCII it lets signs pass that Load refuses.
const (
	letter      = `[^\x00-%*:-@\[-\^\x60\x7b-\x7f]`
	orSpace     = `[^\x00-\x1f!-%*:-@\[-\^\x60\x7b-\x7f]`
	initial     = `[^\x00-&)*,./:-@\[-\x60\x7b-\x7f]`
	namePattern = `^` + initial + `(` + orSpace + `{0,58}` + letter + `)?$`
)

func matching(pattern string) object { return object{"type": "string", "pattern": pattern} }

func anyOf(s ...any) object { return object{"anyOf": s} }

// several is an array or object with at least min and at most max of something;
// nothing stands for an empty one.
func several(kind, of string, min, max int) object {
	out := object{"type": []string{kind, "null"}}
	if min > 0 {
		out["min"+of], out["type"] = min, kind
	}
	if max > 0 {
		out["max"+of] = max
	}
	return out
}

func (m mapping) schema(d defs) object {
	props, required := object{}, []string{}
	for _, f := range m.fields {
		s := f.shape.schema(d)
		s["description"] = f.doc
		props[f.key] = s
		if f.required {
			required = append(required, f.key)
		}
	}
	out := object{"type": []string{"object", "null"}, "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["required"], out["type"] = required, "object"
	}
	if inner, ok := m.below(m.inner); ok {
		return anyOf(out, inner.shape.schema(d))
	}
	return out
}

func (l list) schema(d defs) object {
	out := several("array", "Items", l.min, l.max)
	out["items"] = l.item.schema(d)
	if l.unique {
		out["uniqueItems"] = true
	}
	return out
}

func (t table) schema(d defs) object {
	out := several("object", "Properties", t.min, t.max)
	out["additionalProperties"], out["propertyNames"] = t.item.schema(d), object{"pattern": namePattern}
	return out
}

func (edits) schema(defs) object {
	out := several("object", "Properties", 0, 0)
	out["propertyNames"] = object{"pattern": `^(channels|coalitions|summits)\.`}
	return out
}

const (
	digits   = `[-−]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?`
	duration = `(0|` + digits + `[dwy])`
)

// bounded is a JSON number within a domain.
func bounded(dom param.Domain) object {
	out := object{"type": "number"}
	if dom.Integer {
		out["type"] = "integer"
	}
	bound := func(x float64, open bool, closedKey, openKey string) {
		if open {
			closedKey = openKey
		}
		if math.Abs(x) < math.MaxFloat64 {
			out[closedKey] = x
		}
	}
	bound(dom.Lo, dom.OpenLo, "minimum", "exclusiveMinimum")
	bound(dom.Hi, dom.OpenHi, "maximum", "exclusiveMaximum")
	return out
}

func (s number) schema(d defs) object {
	name := "number-" + inNames.ReplaceAllString(signs.Replace(s.domain.Text), "-")
	written := d.ref(name, func() object { return s.written(d) })
	if s.orEmpty {
		return anyOf(written, object{"type": []string{"object", "null"}, "maxProperties": 0})
	}
	return written
}

// The name of a domain in the schema is its text with these replaced.
var (
	inNames = regexp.MustCompile(`[^a-z0-9]`)
	signs   = strings.NewReplacer(">", "p", "≥", "n", "−", "m")
)

// written is all ways to write a number of the domain.
func (s number) written(d defs) object {
	one, literal := digits, bounded(s.domain)
	if s.domain.Duration {
		one, literal = duration, object{"const": 0}
	}
	pattern := `^\s*(` + one
	if !s.domain.Integer {
		pattern += `|` + one + `\s+to\s+` + one + `(\s+at\s+[0-9.]+\s*%)?` +
			`|(uniform|normal|lognormal|logitnormal|beta)\(\s*[^,()]+,\s*[^,()]+\)`
	}
	scalar := []any{matching(pattern + `)\s*$`), literal}
	braces := object{"type": "object", "required": []string{"value"}, "additionalProperties": false,
		"properties": object{"value": anyOf(scalar...), "source": source.schema(d)}}
	return object{"description": s.domain.Text, "anyOf": append(scalar[:2:2], braces)}
}
