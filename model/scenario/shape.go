package scenario

import "strings"

// shape says what may stand at one place of a scenario. The checker, the JSON
// Schema and the reference are all made from the same shapes, put together in
// format*.go.
type shape interface {
	// check reports what is wrong with a node and returns its value, or nil.
	check(c *checker, n *node, path string) any
	// schema is the shape as a JSON Schema.
	schema(d defs) object
	// describe says in a few words what to write, for the reference and messages.
	describe() string
}

// wrong is what is wrong with something, and what to do.
type wrong struct{ what, hint string }

// unmarked describes a shape without the marks of Markdown.
func unmarked(s shape) string { return strings.ReplaceAll(s.describe(), "`", "") }

// composite is a shape with places inside, to which paths lead.
type composite interface {
	shape
	// below is the place that a part of a path names.
	below(part string) (field, bool)
}

// field is one key of a mapping.
type field struct {
	key      string
	shape    shape
	set      setter // nil where the value is written by what is inside of it
	required bool
	def      string // the value when the key is absent, as one would write it; "" for none
	defNode  *node
	doc      string // one sentence for the reference
	param    bool   // a group of parameters, made from the registry
	arm      bool   // may differ between arms
}

// need declares a key that must be there.
func need(key string, s shape, set setter, doc string) field {
	return field{key: key, shape: s, set: set, required: true, doc: doc}
}

// opt declares a key that may be absent and what then holds.
func opt(key string, s shape, def string, set setter, doc string) field {
	f := field{key: key, shape: s, set: set, def: def, doc: doc}
	if def != "" {
		f.defNode = reader{refuse: func(_ *node, what, _ string) {
			panic("scenario: default of " + key + ": " + what)
		}}.read([]byte(def))
		f.defNode.line, f.defNode.column = 0, 0
	}
	return f
}

// perArm marks a key that arms may set.
func perArm(f field) field {
	f.arm = true
	return f
}

// setter writes the value of a key into what its mapping describes: a state, a
// shock, the scenario.
type setter func(into, value any)

// items are the values of a list or table without those that were refused.
type items []any

// to makes a setter. One that takes no items gets those of a list one by one; one
// that takes another type than its shape gives is our bug and panics.
func to[T, V any](set func(into *T, value V)) setter {
	return func(into, value any) {
		if v, ok := value.(V); ok {
			set(into.(*T), v)
			return
		}
		for _, v := range value.(items) {
			set(into.(*T), v.(V))
		}
	}
}

// put writes a value, unless it was refused or nothing is being written.
func (f field) put(into, value any) {
	if f.set != nil && into != nil && value != nil {
		f.set(into, value)
	}
}

// fresh makes an empty T for a mapping to write into.
func fresh[T any](*checker, *node) any { return new(T) }

// call gives an item of a table the name under which it stands there.
func call[T any](set func(item *T, name string)) func(name string, item any) any {
	return func(name string, item any) any {
		if item != nil {
			set(item.(*T), name)
		}
		return item
	}
}
