package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
)

// edits is an arm: a mapping from lever paths to what stands there in the arm.
// What the values may be is checked by carrying them out.
type edits struct{}

func (edits) describe() string {
	return "mapping from lever paths to values"
}

func (s edits) check(c *checker, n *node, path string) any {
	if n.kind != mappingNode && n.kind != nullNode {
		c.problem(n, path, "an arm is a mapping from lever paths to values, not "+n.kind.String(),
			"write {} for the levers as they stand")
	}
	return n
}

// below is nothing: an arm's keys are paths themselves.
func (edits) below(string) (field, bool) { return field{}, false }

// armLevers carries out the edits of an arm on a copy of the levers and reads
// the result; false when it is no mapping.
func (c *checker) armLevers(name string, edits *node) (Levers, bool) {
	tree := &node{kind: mappingNode}
	if base := c.root.get("levers"); base != nil {
		tree = base.clone()
	}
	for _, e := range edits.entries {
		if err := c.edit(tree, e); err != nil {
			c.problem(e.key, join("arms", Quoted(name))+"."+clip(e.key.text), err.what, err.hint)
		}
	}
	c.arm = name
	defer func() { c.arm = "" }()
	levers, ok := c.check(leversShape, tree, "levers").(*Levers)
	if !ok {
		return Levers{}, false
	}
	return *levers, true
}

// edit carries out one edit, after making sure that arms may differ there.
func (c *checker) edit(tree *node, e entry) *wrong {
	parts := partsOf(e.key.text)
	if parts[0] == "levers" {
		return &wrong{"the path of an arm begins below levers",
			"write " + strings.TrimPrefix(e.key.text, "levers.")}
	}
	f, _ := leversShape.below(parts[0])
	if t, ok := f.shape.(table); ok && t.removable && len(parts) == 2 && e.value.kind == nullNode {
		return remove(tree.get(parts[0]), t, Unquoted(parts[1]))
	}
	if err := armMaySet(leversShape, parts); err != nil {
		return err
	}
	return c.set(tree, leversShape, parts, e.value)
}

// remove takes an entry out of a table.
func remove(n *node, t table, name string) *wrong {
	if n.get(name) == nil {
		return &wrong{"unknown " + t.what + " " + quote(name), nearest.Remedy(name, n.keys())}
	}
	i := n.index(name)
	n.entries = slices.Delete(n.entries, i, i+1)
	return nil
}

// armMaySet follows a path through the shapes to see whether its end may differ
// between arms. Unknown keys are left to set, which explains them better.
func armMaySet(s shape, parts []string) *wrong {
	for i, part := range parts {
		at, ok := s.(composite)
		if !ok {
			return nil
		}
		f, ok := at.below(part)
		if !ok || f.arm && i == len(parts)-1 {
			return nil
		}
		s = f.shape
	}
	what := "an arm cannot set " + quote(joined(parts))
	if m, ok := s.(mapping); ok {
		return &wrong{what, "set one of its keys: " + strings.Join(perArmKeys(m, ""), ", ")}
	}
	return &wrong{what, "arms may differ in " + strings.Join(armPaths(), ", ")}
}

// perArmKeys lists the keys of a mapping that arms may set, behind a path.
func perArmKeys(m mapping, path string) (out []string) {
	for _, f := range m.fields {
		if f.arm {
			out = append(out, path+f.key)
		}
	}
	return out
}

// armPaths lists what arms may set.
func armPaths() (out []string) {
	for _, f := range leversShape.fields {
		m, _ := inside(f.shape)
		out = append(out, perArmKeys(m, f.key+".NAME.")...)
	}
	return out
}

// Keep returns the scenario with some of its arms, all of them where names is empty.
// The headline keeps its meaning: its two arms must be among several that are kept, and
// a single one is described by itself.
func (v *Scenario) Keep(names []string) (*Scenario, error) {
	var known []string
	for i := range v.Arms {
		known = append(known, v.Arms[i].Name)
	}
	names = slices.Clone(names)
	for i, n := range names {
		if names[i] = Unquoted(n); !slices.Contains(known, names[i]) {
			return nil, fmt.Errorf("unknown arm %q; %s", n, nearest.Remedy(n, known))
		}
	}
	out := *v
	out.Arms = slices.DeleteFunc(slices.Clone(v.Arms), func(a Arm) bool { return !slices.Contains(names, a.Name) })
	switch len(out.Arms) {
	case 0, len(v.Arms):
		return v, nil
	case 1:
		out.Headline.Baseline, out.Headline.Treatment = out.Arms[0].Name, ""
		return &out, nil
	}
	for _, n := range [2]string{v.Headline.Baseline, v.Headline.Treatment} {
		if !slices.Contains(names, n) {
			return nil, fmt.Errorf("%q is left out, which the headline compares; add it, or compare others with a contrast "+
				"of their own", n)
		}
	}
	return &out, nil
}
