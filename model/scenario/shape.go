package scenario

// shape says what may stand at one place of a scenario. The checker, the JSON
// Schema and the reference are all made from the same shapes, put together in
// format_*.go.
type shape interface {
	// check reports what is wrong with a node and returns its value, or nil.
	check(c *checker, n *node, path string) any
	// schema is the shape as a JSON Schema.
	schema(d defs) map[string]any
	// describe says in a few words what to write, for the reference and messages.
	describe() string
}

// field is one key of a mapping.
type field struct {
	key      string
	shape    shape
	required bool
	def      string // the value when the key is absent, as one would write it; "" for none
	defNode  *node
	doc      string // one sentence for the reference
	param    bool   // a group of parameters, made from the registry
	arm      bool   // may differ between arms
}

// need declares a key that must be there.
func need(key string, s shape, doc string) field {
	return field{key: key, shape: s, required: true, doc: doc}
}

// opt declares a key that may be absent and what then holds.
func opt(key string, s shape, def, doc string) field {
	f := field{key: key, shape: s, def: def, doc: doc}
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

// record is a checked mapping: its values by key, defaults filled in.
type record struct {
	path   string
	at     *node
	values map[string]any
}

// get returns a value of the record, or the zero value when it is absent or was
// refused.
func get[T any](r *record, key string) T {
	var zero T
	if r == nil {
		return zero
	}
	if v, ok := r.values[key].(T); ok {
		return v
	}
	return zero
}

// named is one item of a checked table.
type named struct {
	name  string
	value any
}

// rec returns a record within a record, never nil.
func (r *record) rec(key string) *record {
	if sub := get[*record](r, key); sub != nil {
		return sub
	}
	return &record{at: &node{}}
}

// recs returns the records of a list; what was refused is left out.
func (r *record) recs(key string) []*record {
	var out []*record
	for _, v := range get[[]any](r, key) {
		if sub, ok := v.(*record); ok {
			out = append(out, sub)
		}
	}
	return out
}

// values returns the values of a list of type T; what was refused is left out. It
// is nil only if the list is absent.
func values[T any](r *record, key string) []T {
	items, ok := r.values[key].([]any)
	if !ok {
		return nil
	}
	out := make([]T, 0, len(items))
	for _, v := range items {
		if x, ok := v.(T); ok {
			out = append(out, x)
		}
	}
	return out
}
