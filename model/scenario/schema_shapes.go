package scenario

import (
	"math"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/param"
)

const namePattern = `^[\p{L}\p{Nd}-]([\p{L}\p{Nd} -]{0,38}[\p{L}\p{Nd}-])?$`

func (m mapping) schema(d defs) map[string]any {
	props, required := map[string]any{}, []string{}
	for _, f := range m.fields {
		s := f.shape.schema(d)
		s["description"] = f.doc
		props[f.key] = s
		if f.required {
			required = append(required, f.key)
		}
	}
	out := map[string]any{"type": []string{"object", "null"}, "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["required"], out["type"] = required, "object"
	}
	if inner, ok := m.below(m.inner); ok {
		return map[string]any{"anyOf": []any{out, inner.shape.schema(d)}}
	}
	return out
}

func (l list) schema(d defs) map[string]any {
	out := map[string]any{"type": []string{"array", "null"}, "items": l.item.schema(d)}
	if l.min > 0 {
		out["minItems"], out["type"] = l.min, "array"
	}
	if l.max > 0 {
		out["maxItems"] = l.max
	}
	if l.unique {
		out["uniqueItems"] = true
	}
	return out
}

func (t table) schema(d defs) map[string]any {
	out := map[string]any{"type": []string{"object", "null"}, "additionalProperties": t.item.schema(d),
		"propertyNames": map[string]any{"pattern": namePattern}}
	if t.min > 0 {
		out["minProperties"], out["type"] = t.min, "object"
	}
	if t.max > 0 {
		out["maxProperties"] = t.max
	}
	return out
}

func (edits) schema(defs) map[string]any {
	return map[string]any{"type": []string{"object", "null"}, "propertyNames": map[string]any{"pattern": `^(channels|coalitions|summits)\.`}}
}

func (s name) schema(d defs) map[string]any {
	return d.ref("name", func() map[string]any {
		return map[string]any{"type": "string", "pattern": namePattern}
	})
}

func (s text) schema(defs) map[string]any {
	return map[string]any{"type": "string", "minLength": 1, "maxLength": s.max}
}

func (s word) schema(defs) map[string]any {
	var values []any
	for _, w := range s.words {
		values = append(values, w)
		if x, err := strconv.ParseFloat(w, 64); err == nil {
			values = append(values, x)
		}
	}
	return map[string]any{"enum": values}
}

func (version) schema(defs) map[string]any { return map[string]any{"const": Version} }

func (slug) schema(defs) map[string]any {
	return map[string]any{"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 80}
}

func (yesNo) schema(defs) map[string]any { return map[string]any{"type": "boolean"} }

func (date) schema(defs) map[string]any {
	return map[string]any{"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`}
}

func (rung) schema(defs) map[string]any {
	return map[string]any{"type": "string", "pattern": "^R[0-9]$"}
}

func (source) schema(d defs) map[string]any {
	return d.ref("source", func() map[string]any {
		one := map[string]any{"type": "string", "minLength": 1, "maxLength": maxText}
		return map[string]any{"anyOf": []any{one, map[string]any{"type": "array", "items": one, "minItems": 1}}}
	})
}

func (reading) schema(d defs) map[string]any { return source{}.schema(d) }

const (
	digits   = `[-−]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?`
	duration = `(0|` + digits + `[dwy])`
)

func (s plain) schema(defs) map[string]any {
	if s.domain.Duration {
		return map[string]any{"anyOf": []any{map[string]any{"type": "string", "pattern": "^" + duration + "$"}, map[string]any{"const": 0}}}
	}
	return bounded(s.domain)
}

// bounded is a JSON number within a domain.
func bounded(dom param.Domain) map[string]any {
	out := map[string]any{"type": "number"}
	if dom.Integer {
		out["type"] = "integer"
	}
	bound := func(x float64, open bool, closedKey, openKey string) {
		key := closedKey
		if open {
			key = openKey
		}
		if !math.IsInf(x, 0) && math.Abs(x) < math.MaxFloat64 {
			out[key] = x
		}
	}
	bound(dom.Lo, dom.OpenLo, "minimum", "exclusiveMinimum")
	bound(dom.Hi, dom.OpenHi, "maximum", "exclusiveMaximum")
	return out
}

func (s number) schema(d defs) map[string]any {
	name := "number-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == '>':
			return 'p'
		case r == '≥':
			return 'n'
		case r == '−':
			return 'm'
		}
		return '-'
	}, s.domain.Text)
	return d.ref(name, func() map[string]any { return s.written(d) })
}

// written is all ways to write a number of the domain.
func (s number) written(d defs) map[string]any {
	one := digits
	if s.domain.Duration {
		one = duration
	}
	pattern := `^\s*(` + one
	if !s.domain.Integer {
		pattern += `|` + one + `\s+to\s+` + one + `(\s+at\s+[0-9.]+\s*%)?` +
			`|(uniform|normal|lognormal|logitnormal|beta)\(\s*[^,()]+,\s*[^,()]+\)`
	}
	scalar := []any{map[string]any{"type": "string", "pattern": pattern + `)\s*$`}}
	if s.domain.Duration {
		scalar = append(scalar, map[string]any{"const": 0})
	} else {
		scalar = append(scalar, bounded(s.domain))
	}
	braces := map[string]any{"type": "object", "required": []string{"value"}, "additionalProperties": false,
		"properties": map[string]any{"value": map[string]any{"anyOf": scalar}, "source": source{}.schema(d)}}
	return map[string]any{"description": s.domain.Text, "anyOf": append(append([]any{}, scalar...), braces)}
}

func (s joining) schema(d defs) map[string]any {
	return map[string]any{"anyOf": []any{s.number.schema(d), map[string]any{"type": []string{"object", "null"}, "maxProperties": 0}}}
}
