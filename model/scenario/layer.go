package scenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/param"
)

// apply puts the layers over the tree, in their order.
func (c *checker) apply(layers []Layer) {
	for i := range layers {
		c.applyOne(&layers[i])
	}
	c.names = map[role]declared{}
}

func (c *checker) applyOne(l *Layer) {
	at := &node{layer: l}
	value := reader{layer: l, refuse: func(n *node, what, hint string) {
		c.problem(at, clipTo(maxPart, l.Path), "value "+quote(l.Value)+": "+what,
			"write it as in a scenario: 30, 25 to 75, true, [R0, R1]")
	}}.read([]byte(l.Value))
	if value == nil {
		return
	}
	err := c.set(c.root, format, fullPath(l.Path), value)
	if strings.Count(l.Path, `"`)%2 == 1 {
		err = &wrong{"a double quote has no other that ends the name", "write them around the name alone"}
	}
	if err != nil {
		if meant := c.suggest(l.Path); meant != "" {
			err.hint = "did you mean " + meant + "?"
		} else if name := c.unquotedIn(l.Path); name != "" {
			err.hint = "write " + Quoted(name) + ", in double quotes"
		}
		c.problem(at, clipTo(maxPart, l.Path), err.what, err.hint)
	}
}

// unquotedIn is a name that stands in a path without the quotes that it needs, "" for none.
func (c *checker) unquotedIn(path string) string {
	for _, r := range [...]role{roleState, roleGroup, roleChannel, roleCoalition, roleArm} {
		names, _ := c.known(r)
		for _, name := range names {
			if q := Quoted(name); q != name && strings.Contains(path, name) && !strings.Contains(path, q) {
				return name
			}
		}
	}
	return ""
}

// fullPath is the parts of a path. One that begins below assumptions or levers gets what
// stands before it: choice.price, states.China.choice.price, channels.forum.open.
func fullPath(path string) []string {
	parts := partsOf(strings.TrimPrefix(path, "model."))
	if slices.Contains(param.Groups(), parts[0]) {
		return append([]string{"assumptions"}, parts...)
	}
	if _, known := format.below(parts[0]); known {
		return parts
	}
	for _, section := range [...]string{"assumptions", "levers"} {
		if full := append([]string{section}, parts...); shapeAt(full) != nil {
			return full
		}
	}
	return parts
}

// FullPath writes a path as the scenario has it, from its root, with quotes where names need them:
// channels.forum.strength.trust is assumptions.channels.forum.strength.trust. One that leads nowhere stays as it is.
func FullPath(path string) string {
	parts := fullPath(path)
	for i, part := range parts {
		if _, named := shapeAt(parts[:i]).(table); named {
			parts[i] = Quoted(Unquoted(part))
		}
	}
	return joined(parts)
}

// Suggest returns the path that was meant by one that begins with the name of a state, group or
// channel of the scenario, "" for none: states.India.choice.price for India.choice.price.
func (v *Scenario) Suggest(path string) string {
	names := map[string][]string{}
	for i := range v.States {
		names["states"] = append(names["states"], v.States[i].Name)
	}
	for i := range v.Groups {
		names["groups"] = append(names["groups"], v.Groups[i].Name)
	}
	for i := range v.Arms {
		for k := range v.Arms[i].Levers.Channels {
			names["channels"] = append(names["channels"], v.Arms[i].Levers.Channels[k].Name)
		}
	}
	return suggest(path, names)
}

// suggest is Suggest for the entities of the tree.
func (c *checker) suggest(path string) string {
	names := map[string][]string{}
	for _, section := range [...]string{"assumptions", "levers"} {
		for _, table := range [...]string{"states", "groups", "channels"} {
			if n := c.root.get(section); n != nil && n.get(table) != nil {
				names[table] = append(names[table], n.get(table).keys()...)
			}
		}
	}
	return suggest(path, names)
}

func suggest(path string, names map[string][]string) string {
	parts := fullPath(path)
	for _, table := range [...]string{"states", "groups", "channels"} {
		meant := table + "." + joined(parts)
		if slices.Contains(names[table], Unquoted(parts[0])) && shapeAt(fullPath(meant)) != nil {
			return meant
		}
	}
	return ""
}

// set puts a value at the place to which the parts of a path lead from n. It
// creates mappings on the way, but no states, channels or list items: what is
// named must exist.
func (c *checker) set(n *node, s shape, parts []string, value *node) *wrong {
	if m, ok := s.(mapping); ok {
		*n = *m.opened(n)
	}
	want := mappingNode
	if _, ok := s.(list); ok {
		want = listNode
	}
	switch n.kind {
	case want:
	case nullNode:
		n.kind = want
	case scalarNode:
		return &wrong{"cannot reach " + quote(parts[0]) + " in the single value " + quote(n.text), ""}
	default:
		return &wrong{"cannot reach " + quote(parts[0]) + " in " + n.kind.String(), ""}
	}
	switch s := s.(type) {
	case mapping:
		return c.setField(n, s, parts, value)
	case either:
		return c.setField(n, s.mapping, parts, value)
	case table:
		return c.setEntry(n, s, parts, value)
	case list:
		return c.setItem(n, s, parts, value)
	case edits:
		lever := joined(parts)
		if len(parts) == 1 { // a path in quotes of its own
			lever = Unquoted(lever)
		}
		n.put(lever, value)
		return nil
	}
	return &wrong{quote(parts[0]) + " lies inside a single value", ""}
}

func (c *checker) setField(n *node, m mapping, parts []string, value *node) *wrong {
	f, ok := m.below(parts[0])
	if !ok && m.inner != "" {
		f, _ = m.below(m.inner)
		parts = append([]string{m.inner}, parts...)
	} else if !ok {
		return m.unknown(parts[0])
	}
	return c.descend(n, f.key, f.shape, parts[1:], value)
}

// descend puts the value under a key, or follows the rest of the path below it.
func (c *checker) descend(n *node, key string, s shape, rest []string, value *node) *wrong {
	if len(rest) == 0 {
		n.put(key, value)
		return nil
	}
	if _, ok := s.(composite); !ok {
		return &wrong{quote(rest[0]) + " lies inside a single value", key + " is: " + unmarked(s)}
	}
	if n.get(key) == nil {
		n.put(key, value.as(nullNode))
	}
	return c.set(n.get(key), s, rest, value)
}

func (c *checker) setEntry(n *node, t table, parts []string, value *node) *wrong {
	name := Unquoted(parts[0])
	if n.get(name) == nil {
		known := n.keys()
		if t.refers {
			known, _ = c.known(t.role)
		}
		if !t.refers || !slices.Contains(known, name) {
			return &wrong{"unknown " + t.what + " " + quote(name), nearest.Remedy(name, known)}
		}
	}
	return c.descend(n, name, t.item, parts[1:], value)
}

func (c *checker) setItem(n *node, l list, parts []string, value *node) *wrong {
	i := l.find(n, parts[0])
	if i < 0 {
		var known []string
		for _, item := range n.items {
			name, _ := l.nameOf(item)
			known = append(known, name)
		}
		return &wrong{"no item " + quote(Unquoted(parts[0])) + " in a list of " + strconv.Itoa(len(n.items)),
			nearest.Remedy(parts[0], known)}
	}
	if len(parts) == 1 {
		n.items[i] = value
		return nil
	}
	return c.set(n.items[i], l.item, parts[1:], value)
}

func (n *node) put(key string, value *node) {
	if i := n.index(key); i >= 0 {
		n.entries[i].value = value
		return
	}
	name := value.as(scalarNode)
	name.tag, name.text = "!!str", key
	n.entries = append(n.entries, entry{name, value})
}

// plural writes a count with its noun.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what + " is"
	}
	return strconv.Itoa(n) + " " + what + "s are"
}
