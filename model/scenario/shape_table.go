package scenario

// table is a mapping whose keys are names, each with an item of one shape.
type table struct {
	what      string // "state": what a key names
	role      role   // what the keys declare or refer to
	refers    bool   // whether the keys must be declared elsewhere
	item      shape
	min, max  int
	removable bool // whether an arm may remove an item by setting it to null
}

func (t table) describe() string {
	return "mapping by " + t.what + ": " + t.item.describe()
}

func (t table) check(c *checker, n *node, path string) any {
	if n.kind == nullNode {
		n = &node{kind: mappingNode, line: n.line, column: n.column, layer: n.layer}
	}
	if n.kind != mappingNode {
		c.problem(n, path, "a mapping from "+t.what+" names is needed, not "+n.kind.String(), "write NAME: {…}")
		return nil
	}
	if !c.count(n, path, t.what, len(n.entries), t.min, t.max) {
		return nil
	}
	var out []named
	for _, e := range n.entries {
		at := join(path, clip(e.key.text))
		if c.nameAllowed(t.name(), e.key, at) {
			out = append(out, named{e.key.text, c.check(t.item, e.value, at)})
		}
	}
	return out
}

// name is the shape of the keys.
func (t table) name() name {
	if t.refers {
		return name{role: t.role}
	}
	return name{role: roleNew}
}
