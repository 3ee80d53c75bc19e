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

// perArm marks a key that arms may set.
func (f *field) perArm() { f.arm = true }

// readDefault reads what holds when the key is absent.
func (f *field) readDefault() {
	if f.def == "" {
		return
	}
	f.defNode = reader{refuse: func(_ *node, what, _ string) {
		panic("scenario: default of " + f.key + ": " + what)
	}}.read([]byte(f.def))
	f.defNode.line, f.defNode.column = 0, 0
}

// setter writes the value of a key into what its mapping describes: a state, a
// shock, the scenario. A shape that gives another type is our bug and panics.
type setter func(value any)

// items are the values of a list or table without those that were refused.
type items []any

func to[T any](p *T) setter {
	return func(value any) {
		if v, ok := value.(*T); ok {
			*p = *v
			return
		}
		*p = value.(T)
	}
}

// each appends the values of a list or table.
func each[T any](p *[]T) setter {
	return by(func(all items) {
		for _, v := range all {
			var one T
			to(&one)(v)
			*p = append(*p, one)
		}
	})
}

// by hands a value to a function.
func by[T any](set func(T)) setter { return func(value any) { set(value.(T)) } }

// whole writes a number that has no fraction.
func whole(p *int) setter { return by(func(x float64) { *p = int(x) }) }

// two writes the two states of a list, where none of them was refused.
func two(p *[2]string) setter {
	return by(func(states items) {
		if len(states) == 2 {
			*p = [2]string{states[0].(string), states[1].(string)}
		}
	})
}
