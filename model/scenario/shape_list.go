package scenario

import (
	"fmt"
	"slices"
)

// list is a sequence of items of one shape.
type list struct {
	item     shape
	min, max int                  // how many
	key      func(n *node) string // what an item is called in paths, unique; nil: by its number
	unique   bool                 // whether single values may not repeat
}

func (l list) describe() string { return "list: " + l.item.describe() }

func (l list) check(c *checker, n *node, path string) any {
	if n.kind == nullNode {
		n = &node{kind: listNode, line: n.line, column: n.column, layer: n.layer}
	}
	if n.kind != listNode {
		c.problem(n, path, "a list is needed, not "+n.kind.String(), "write [first, second] or one item a line after a hyphen")
		return nil
	}
	if !c.count(n, path, "item", len(n.items), l.min, l.max) {
		return nil
	}
	names := l.names(c, n, path)
	out := []any{}
	for i, item := range n.items {
		out = append(out, c.check(l.item, item, join(path, names[i])))
	}
	return out
}

// names returns the last part of each item's path, reporting repetitions.
func (l list) names(c *checker, n *node, path string) []string {
	out := make([]string, len(n.items))
	first := map[string]*node{}
	for i, item := range n.items {
		key, index := l.keyOf(item), fmt.Sprintf("[%d]", i)
		out[i] = index
		if key == "" {
			continue
		}
		if before := first[key]; before != nil {
			c.problem(item, join(path, index), quote(key)+" comes twice", c.firstAt(before))
			continue
		}
		first[key] = item
		if l.key != nil {
			out[i] = clip(key)
		}
	}
	return out
}

// keyOf is what must not repeat: the key of an item, or a single value.
func (l list) keyOf(item *node) string {
	switch {
	case l.key != nil:
		return l.key(item)
	case l.unique:
		return item.word()
	}
	return ""
}

// find returns the position of the item that a part of a path names, or -1.
func (l list) find(n *node, part string) int {
	return slices.IndexFunc(n.items, func(item *node) bool { return l.key != nil && l.key(item) == part })
}

// byKey names items by one of their values.
func byKey(key string) func(*node) string {
	return func(n *node) string { return n.get(key).word() }
}

// byPair names items by two of their values.
func byPair(first, sign, second string) func(*node) string {
	return func(n *node) string {
		a, b := n.get(first).word(), n.get(second).word()
		if a == "" || b == "" {
			return ""
		}
		return a + sign + b
	}
}

// byBetween names items by their two states, in either order, and a date.
func byBetween(n *node) string {
	pair, from := n.get("between"), n.get("from").word()
	if pair == nil || len(pair.items) != 2 || from == "" {
		return ""
	}
	a, b := pair.items[0].word(), pair.items[1].word()
	return min(a, b) + "&" + max(a, b) + "@" + from
}
