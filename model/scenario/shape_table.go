package scenario

// table is a mapping whose keys are names, each with an item of one shape.
type table struct {
	what      string // "state": what a key names
	role      role   // what the keys declare or refer to
	refers    bool   // whether the keys must be declared elsewhere
	item      shape
	min, max  int
	removable bool                            // whether an arm may remove an item by setting it to null
	asWritten bool                            // whether the order of the file is kept; else by name
	named     func(name string, item any) any // an item with its name; nil where items write themselves
}

func (t table) below(part string) (field, bool) { return field{key: part, shape: t.item}, true }

func (t table) describe() string {
	return "mapping by " + t.what + ": " + t.item.describe()
}

func (t table) check(c *checker, n *node, path string) any {
	if n.kind == nullNode {
		n = n.as(mappingNode)
	}
	if n.kind != mappingNode {
		c.problem(n, path, "a mapping from "+t.what+" names is needed, not "+n.kind.String(), "write NAME: {…}")
		return nil
	}
	if !c.count(n, path, t.what, len(n.entries), t.min, t.max) {
		return nil
	}
	var all []keyed
	seen := map[string]*node{}
	for _, e := range n.entries {
		at := join(path, pathPart(e.key.text))
		if t.name().check(c, e.key, at) == nil {
			continue
		}
		c.twins(seen, e.key, e.key.text, at)
		c.entry = e.key.text
		item := keyed{[]string{e.key.text}, c.check(t.item, e.value, at)}
		if t.asWritten {
			item.key = nil
		}
		if t.named != nil {
			item.value = t.named(e.key.text, item.value)
		}
		all = append(all, item)
	}
	return inOrder(all)
}

// name is the shape of the keys.
func (t table) name() scalar {
	if t.refers {
		return name(t.role)
	}
	return name(roleNew)
}
