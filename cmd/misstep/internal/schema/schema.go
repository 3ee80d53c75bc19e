// Package schema writes the JSON Schema (draft 2020-12) of Go types as encoding/json writes them.
package schema

import (
	"cmp"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// Object is a schema, or a part of one.
type Object = map[string]any

// Writer collects the definitions of named types.
type Writer struct {
	Defs      Object // by name
	NullLists bool   // a list may be null, as a nil slice is, and so may what it points at
	names     map[reflect.Type]string
}

// Of is the schema of a document that is of one of some types.
func Of(id, title string, types ...reflect.Type) Object {
	w := &Writer{NullLists: true}
	var any []any
	for _, t := range types {
		any = append(any, w.Of(t))
	}
	out := Object{"anyOf": any}
	if len(any) == 1 {
		out = any[0].(Object)
	}
	return w.Document(out, id, title)
}

// Document makes a schema of a part, with all definitions.
func (w *Writer) Document(s Object, id, title string) Object {
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://github.com/misstep/misstep/" + id + ".schema.json"
	s["title"] = title
	s["$defs"] = w.Defs
	return s
}

// End is a number, or null where there is none.
func End() Object { return Object{"type": []string{"number", "null"}} }

// special is the schema of a type that writes itself, nil of others.
func (w *Writer) special(t reflect.Type) Object {
	switch t {
	case reflect.TypeFor[summary.Estimate]():
		return w.estimate(reflect.TypeFor[summary.Wire](), nil)
	case reflect.TypeFor[decompose.Effect]():
		return w.estimate(t, Object{"verdict": Object{"type": "string"}})
	case reflect.TypeFor[summary.Told]():
		return Object{"type": []string{"array", "null"}, "items": Object{"type": "number"}}
	case reflect.TypeFor[sensitivity.End](), reflect.TypeFor[say.Maybe]():
		return End()
	case reflect.TypeFor[patterns.Number]():
		return Object{"anyOf": []any{Object{"type": "number"}, Object{"const": "never"}}}
	case reflect.TypeFor[json.RawMessage]():
		return Object{}
	case reflect.TypeFor[evidence.Kind]():
		return Object{"type": "string"}
	case reflect.TypeFor[narrative.Date]():
		return Object{"type": "string", "format": "date"}
	}
	return nil
}

// estimate is an estimate as JSON holds it, with more properties.
func (w *Writer) estimate(t reflect.Type, more Object) Object {
	ref := w.define(t, func() Object {
		s := w.object(reflect.TypeFor[summary.Wire]())
		properties := s["properties"].(Object)
		properties["mc"], properties["low"], properties["high"] = End(), End(), End()
		for key, p := range more {
			properties[key], s["required"] = p, append(s["required"].([]string), key)
		}
		return s
	})
	return ref
}

// Of is the schema of a type.
func (w *Writer) Of(t reflect.Type) Object {
	if s := w.special(t); s != nil {
		return s
	}
	switch t.Kind() {
	case reflect.Bool:
		return Object{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Int16, reflect.Int8:
		return Object{"type": "integer"}
	case reflect.Uint64, reflect.Uint32, reflect.Uint8:
		return Object{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return Object{"type": "number"}
	case reflect.String:
		return Object{"type": "string"}
	case reflect.Interface:
		return Object{}
	case reflect.Pointer:
		return w.Of(t.Elem())
	case reflect.Array:
		return Object{"type": "array", "items": w.item(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Slice:
		out := Object{"type": "array", "items": w.item(t.Elem())}
		if w.NullLists {
			out["type"] = []string{"array", "null"}
		}
		return out
	case reflect.Map:
		return Object{"type": "object", "additionalProperties": w.Of(t.Elem())}
	case reflect.Struct:
		return w.define(t, func() Object { return w.object(t) })
	}
	panic("no schema for " + t.String())
}

// item is the schema of what a list holds; what is pointed at may be missing.
func (w *Writer) item(t reflect.Type) Object {
	if t.Kind() == reflect.Pointer && w.NullLists {
		return Object{"anyOf": []any{w.Of(t), Object{"type": "null"}}}
	}
	return w.Of(t)
}

// define names a type once, and refers to it.
func (w *Writer) define(t reflect.Type, write func() Object) Object {
	name, ok := w.names[t]
	if !ok {
		if w.names == nil {
			w.names, w.Defs = map[reflect.Type]string{}, Object{}
		}
		name = strings.ToLower(strings.Replace(cmp.Or(t.Name(), "document"), "Wire", "Estimate", 1))
		if _, taken := w.Defs[name]; taken {
			name = t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:] + "." + name
		}
		w.names[t], w.Defs[name] = name, nil
		w.Defs[name] = write()
	}
	return Object{"$ref": "#/$defs/" + name}
}

// object is the schema of a struct.
func (w *Writer) object(t reflect.Type) Object {
	properties, required := Object{}, []string{}
	w.fields(t, func(key string, optional bool, s Object) {
		if properties[key] = s; !optional {
			required = append(required, key)
		}
	})
	return Object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// fields calls with what encoding/json writes of a struct, embedded ones among it.
func (w *Writer) fields(t reflect.Type, do func(key string, optional bool, s Object)) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("json")
		key, options, _ := strings.Cut(tag, ",")
		optional := options == "omitempty"
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case key == "-":
		case f.Anonymous && !tagged && inner.Kind() == reflect.Struct:
			w.fields(inner, do)
		case !f.IsExported():
		case !tagged:
			do(f.Name, false, w.Of(f.Type))
		default:
			s := w.Of(f.Type)
			if options == "string" {
				s = Object{"type": "string"}
			}
			if f.Type.Kind() == reflect.Pointer && !optional &&
				(w.NullLists || inner.Kind() == reflect.Struct || inner.Kind() == reflect.Float64) {
				s = Object{"anyOf": []any{s, Object{"type": "null"}}}
			}
			do(key, optional, s)
		}
	}
}
