package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
)

// Decode reads a stored JSON document that [Fits].
func Decode[T any](data []byte, nullLists bool) (*T, error) {
	if err := Fits[T](data, nullLists); err != nil {
		return nil, err
	}
	out := new(T)
	if err := json.Unmarshal(data, out); err != nil {
		return nil, err
	}
	return out, nil
}

// Fits holds a stored JSON document against a type: every key has to be there, and to hold what the
// type says; keys that the type does not know are passed over. With nullLists, null stands for an empty
// list. The error has the path inside the document.
func Fits[T any](data []byte, nullLists bool) error {
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return err
	}
	w := &Writer{NullLists: nullLists}
	s := w.Of(reflect.TypeFor[T]())
	if where, what := w.fits(s, doc); what != "" {
		return &Misfit{strings.TrimPrefix(where, "."), what}
	}
	return nil
}

// Misfit is what a document holds at a path inside it, and must not.
type Misfit struct{ Where, What string }

func (m *Misfit) Error() string {
	if m.Where == "" {
		return m.What
	}
	return m.Where + ": " + m.What
}

// fits finds the first place at which a value is not of its schema, in the order of the schema's names.
func (w *Writer) fits(s Object, v any) (where, what string) {
	if ref, ok := s["$ref"].(string); ok {
		return w.fits(w.Defs[strings.TrimPrefix(ref, "#/$defs/")].(Object), v)
	}
	if any, ok := s["anyOf"].([]any); ok {
		for i := len(any) - 1; i >= 0 && (i == len(any)-1 || what != ""); i-- { // the first one says what is wrong
			where, what = w.fits(any[i].(Object), v)
		}
		return where, what
	}
	if c, ok := s["const"]; ok && c != v {
		return "", fmt.Sprintf("%s is not %v", kindOf(v), c)
	}
	types, named := s["type"].([]string)
	if one, ok := s["type"].(string); ok {
		types, named = []string{one}, true
	}
	if named && !slices.ContainsFunc(types, func(t string) bool { return isOf(v, t, s) }) {
		return "", fmt.Sprintf("%s where %s is needed", kindOf(v), article[types[0]])
	}
	switch v := v.(type) {
	case map[string]any:
		return w.fitsObject(s, v)
	case []any:
		return w.fitsList(s, v)
	}
	return "", ""
}

func (w *Writer) fitsObject(s Object, v map[string]any) (where, what string) {
	required, _ := s["required"].([]string)
	for _, key := range required {
		if _, ok := v[key]; !ok {
			return "." + key, "is missing"
		}
	}
	properties, _ := s["properties"].(Object)
	all, _ := s["additionalProperties"].(Object)
	for _, key := range slices.Sorted(maps.Keys(v)) {
		part, ok := properties[key].(Object)
		if !ok && all == nil {
			continue
		}
		if !ok {
			part = all
		}
		if where, what = w.fits(part, v[key]); what != "" {
			return "." + key + where, what
		}
	}
	return "", ""
}

func (w *Writer) fitsList(s Object, v []any) (where, what string) {
	if n, ok := s["minItems"].(int); ok && len(v) != n {
		return "", fmt.Sprintf("has %d entries, needs %d", len(v), n)
	}
	items, ok := s["items"].(Object)
	for i := 0; i < len(v) && ok; i++ {
		if where, what = w.fits(items, v[i]); what != "" {
			return fmt.Sprintf("[%d]%s", i, where), what
		}
	}
	return "", ""
}

// isOf reports whether a value is of a type of JSON Schema.
func isOf(v any, t string, s Object) bool {
	switch v := v.(type) {
	case nil:
		return t == "null"
	case bool:
		return t == "boolean"
	case string:
		return t == "string"
	case []any:
		return t == "array"
	case map[string]any:
		return t == "object"
	case float64:
		_, positive := s["minimum"]
		whole := v == math.Trunc(v) && math.Abs(v) < 1<<63 && (v >= 0 || !positive)
		return t == "number" || t == "integer" && (whole || positive && v >= 0 && v == math.Trunc(v) && v <= 1<<64)
	}
	return false
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "yes or no"
	case string:
		return "a text"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	default:
		return fmt.Sprint(v)
	}
}

var article = map[string]string{"null": "null", "boolean": "true or false", "string": "a text", "array": "a list",
	"object": "an object", "integer": "a whole number", "number": "a number"}
