package scenario

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/param"
)

// mapping is a set of known keys, whose values are written into what new makes.
type mapping struct {
	what   string                        // "state", for messages and the reference
	new    func(c *checker, n *node) any // nil: what the mapping around it writes into
	bind   func(into any) mapping        // the keys declared anew, so that they write into this
	name   setter                        // of the name under which it stands in a table
	intro  string                        // what the reference says above the table of keys
	fields []field
	group  string // the parameter group, where all keys are parameters of one
	inner  string // the key whose list may stand for the whole mapping
	gone   string // a key of earlier versions, which had no effect
}

// of is a mapping that is read into a T of its own; declare lists its keys and says
// where in the T their values go.
func of[T any](what string, declare func(into *T, k *mapping)) mapping {
	m := mapping{what: what, new: func(*checker, *node) any { return new(T) }}
	m.bind = func(into any) (k mapping) {
		declare(into.(*T), &k)
		return k
	}
	declare(new(T), &m)
	for i := range m.fields {
		m.fields[i].readDefault()
	}
	return m
}

// opt declares a key that may be absent and what then holds.
func (m *mapping) opt(key string, s shape, def string, set setter, doc string) *field {
	m.fields = append(m.fields, field{key: key, shape: s, set: set, def: def, doc: doc})
	return &m.fields[len(m.fields)-1]
}

// need declares a key that must be there.
func (m *mapping) need(key string, s shape, set setter, doc string) *field {
	f := m.opt(key, s, "", set, doc)
	f.required = true
	return f
}

// parameters declares a key for each group that has parameters of the scopes, unless
// there is one. They are written into slots and need no declaration anew.
func (m *mapping) parameters(scopes ...param.Scope) {
	if m.bind == nil {
		return
	}
	for _, g := range param.Groups() {
		if _, taken := m.below(g); taken {
			continue
		}
		if p := paramGroup(g, scopes...); len(p.fields) > 0 {
			m.fields = append(m.fields, field{key: g, shape: p, doc: "Parameters of group " + g + ".", param: true})
		}
	}
}

// paramGroup is the mapping of one group's parameters of the scopes.
func paramGroup(group string, scopes ...param.Scope) mapping {
	m := mapping{what: group + " parameters", group: group}
	for _, p := range param.All() {
		if p.Group() == group && slices.Contains(scopes, p.Scope) {
			m.fields = append(m.fields, field{key: p.Short(), shape: number{p.Domain, p.ID, false}, doc: p.Doc, param: true})
		}
	}
	return m
}

func (m mapping) describe() string {
	if m.inner != "" {
		return "list or mapping"
	}
	return "mapping"
}

func (m mapping) below(key string) (field, bool) {
	i := slices.IndexFunc(m.fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return m.fields[i], true
}

func (m mapping) keys() []string {
	var out []string
	for _, f := range m.fields {
		out = append(out, f.key)
	}
	return out
}

// opened returns the node as a mapping: nothing is an empty one, and a list may
// stand for its inner key.
func (m mapping) opened(n *node) *node {
	if n.kind == mappingNode || n.kind == scalarNode || n.kind == listNode && m.inner == "" {
		return n
	}
	out := n.as(mappingNode)
	if n.kind == listNode {
		inner := *n // n itself may become the mapping
		out.put(m.inner, &inner)
	}
	return out
}

func (m mapping) check(c *checker, n *node, path string) any {
	n = m.opened(n)
	if n.kind != mappingNode {
		c.problem(n, path, "a "+strings.ReplaceAll(m.describe(), " or ", " or a ")+" is needed, not "+n.kind.String(),
			"its keys are "+strings.Join(m.keys(), ", "))
		return nil
	}
	outer := c.into
	defer func() { c.into = outer }()
	if m.new != nil {
		c.into = m.new(c, n)
	}
	into, keys := c.into, mapping{}
	if into != nil && m.bind != nil {
		keys = m.bind(into)
	}
	if keys.name != nil {
		keys.name(c.entry)
	}
	for _, e := range n.entries {
		if f, ok := m.below(e.key.text); ok {
			keys.put(f.key, c.check(f.shape, e.value, m.pathOf(path, f.key)))
			continue
		}
		bad := m.unknown(e.key.text)
		c.problem(e.key, join(path, clip(e.key.text)), bad.what, bad.hint)
	}
	for _, f := range m.fields {
		if n.get(f.key) == nil {
			keys.put(f.key, m.absent(c, n, path, f))
		}
	}
	return into
}

// put writes the value of a key, unless it was refused or nothing is being written.
func (m mapping) put(key string, value any) {
	if f, _ := m.below(key); f.set != nil && value != nil {
		f.set(value)
	}
}

// absent reports a missing key, or returns what holds without it.
func (m mapping) absent(c *checker, n *node, path string, f field) any {
	if f.required {
		c.problem(n, path, "key "+quote(f.key)+" is missing", "add "+f.key+": "+unmarked(f.shape))
	} else if f.defNode != nil {
		return c.check(f.shape, f.defNode, m.pathOf(path, f.key))
	}
	if _, ok := f.shape.(number); ok {
		return Num(-1)
	}
	return nil
}

// pathOf is the path of a key; items of the inner list are named without it.
func (m mapping) pathOf(path, key string) string {
	if key == m.inner {
		return path
	}
	return join(path, key)
}

// unknown explains a key that is not in the table; a parameter that cannot be
// set here gets its right place.
func (m mapping) unknown(key string) *wrong {
	what := "unknown key " + quote(key)
	if m.gone != "" && key == m.gone {
		return &wrong{"key " + quote(key) + " had no effect and is no longer part of the format", "delete the line"}
	}
	if p, ok := param.ByName(m.group + "." + key); ok {
		return &wrong{p.Name + " cannot be set here", "set it under assumptions." + p.Group() + settable[p.Scope]}
	}
	if slices.Contains(param.Groups(), key) {
		return &wrong{"parameters of group " + key + " cannot be set here", "set them under assumptions." + key}
	}
	if strings.HasSuffix(key, ")") {
		return &wrong{what, quotedFamily}
	}
	if places := m.holding(key); len(places) > 0 {
		return &wrong{what, "write " + strings.Join(places, " or ")}
	}
	if group, ok := nearest.Word(key, param.Groups()); ok {
		if _, own := nearest.Word(key, m.keys()); !own {
			return &wrong{what, "did you mean " + quote("assumptions."+group) + "?"}
		}
	}
	return &wrong{what, nearest.Remedy(key, m.keys())}
}

// quotedFamily is the remedy for a comma that YAML took for its own.
const quotedFamily = `inside braces a family needs quotes: "uniform(0, 1)"`

// holding lists the paths, one level down, at which a key would be known.
func (m mapping) holding(key string) []string {
	var out []string
	for _, f := range m.fields {
		if sub, ok := f.shape.(mapping); ok && !f.param {
			if _, known := sub.below(key); known {
				out = append(out, f.key+"."+key)
			}
		}
	}
	return out
}

// settable says where else a parameter can be set.
var settable = map[param.Scope]string{
	param.State:   " or at a state",
	param.Source:  " or at a state or group",
	param.Stream:  " or at an entry of assumptions.onset",
	param.Channel: " or under assumptions.channels.NAME",
}

func join(path, key string) string {
	if path == "" || strings.HasPrefix(key, "[") {
		return path + key
	}
	return path + "." + key
}

// either is a single value or, in its place, a mapping.
type either struct {
	value scalar
	mapping
}

func (e either) describe() string { return e.value.describe() + ", or mapping" }

func (e either) check(c *checker, n *node, path string) any {
	switch n.kind {
	case mappingNode:
		return e.mapping.check(c, n, path)
	case listNode:
		c.problem(n, path, "a single value or a mapping is needed, not "+n.kind.String(),
			"the keys of a mapping are "+strings.Join(e.keys(), ", "))
		return nil
	}
	return e.value.check(c, n, path)
}

func (e either) schema(d defs) object { return anyOf(e.value.schema(d), e.mapping.schema(d)) }
