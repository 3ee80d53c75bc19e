package scenario

import (
	"fmt"
	"slices"
	"strings"
)

type list struct {
	item     shape
	min, max int                    // how many
	key      func(n *node) []string // the name of an item, in parts; unique and sorted by; nil: its number
	unique   bool                   // whether single values may not repeat; they are sorted
}

func keyedList(item shape, key func(n *node) []string) list {
	return list{item: item, max: maxItems, key: key}
}

func (l list) describe() string { return "list: " + l.item.describe() }

func (l list) check(c *checker, n *node, path string) any {
	if n.kind == nullNode {
		n = n.as(listNode)
	}
	if n.kind != listNode {
		c.problem(n, path, "a list is needed, not "+n.kind.String(),
			"write [first, second] or one item a line after a hyphen")
		return nil
	}
	if !c.count(n, path, "item", len(n.items), l.min, l.max) {
		return nil
	}
	names := l.names(c, n, path)
	var all []keyed
	for i, item := range n.items {
		all = append(all, keyed{l.keyOf(item), c.check(l.item, item, join(path, names[i]))})
	}
	return inOrder(all)
}

// keyed is an item of a list or table, with what it is sorted by.
type keyed struct {
	key   []string
	value any
}

// inOrder puts items in the order of their keys and drops what was refused.
func inOrder(all []keyed) items {
	slices.SortStableFunc(all, func(a, b keyed) int { return slices.Compare(a.key, b.key) })
	out := items{}
	for _, item := range all {
		if item.value != nil {
			out = append(out, item.value)
		}
	}
	return out
}

// names returns the last part of each item's path, reporting repetitions.
func (l list) names(c *checker, n *node, path string) []string {
	out := make([]string, len(n.items))
	first, seen := map[string]*node{}, map[string]*node{}
	for i, item := range n.items {
		key, named := l.nameOf(item)
		index := fmt.Sprintf("[%d]", i)
		out[i] = index
		if !named {
			continue
		}
		if before := first[key]; before != nil {
			c.problem(item, join(path, index), quote(Unquoted(key))+" comes twice", firstAt(before))
			continue
		}
		first[key] = item
		if l.key != nil {
			c.twins(seen, item, key, join(path, index))
			out[i] = clipTo(maxPart, key)
		}
	}
	return out
}

// keyOf is what must not repeat: the key of an item, or a single value.
func (l list) keyOf(item *node) []string {
	switch {
	case l.key != nil:
		return l.key(item)
	case l.unique:
		return []string{item.word()}
	}
	return nil
}

// nameOf is what an item is called, unless a part of its name is missing.
func (l list) nameOf(item *node) (string, bool) {
	parts := l.keyOf(item)
	return strings.Join(parts, ""), len(parts) > 0 && !slices.Contains(parts, "")
}

// find returns the position of the item that a part of a path means, by its name or
// as [3], or -1. Quotes may be missing where one item alone can be meant.
func (l list) find(n *node, part string) int {
	found := -1
	for i, item := range n.items {
		name, named := l.nameOf(item)
		switch named = named && l.key != nil; {
		case part == fmt.Sprintf("[%d]", i) || named && part == name:
			return i
		case named && Unquoted(part) == Unquoted(name) && found == -1:
			found = i
		case named && Unquoted(part) == Unquoted(name):
			found = -2
		}
	}
	return max(found, -1)
}

func (l list) below(part string) (field, bool) { return field{key: part, shape: l.item}, true }

// byKey names items by one of their values.
func byKey(key string) func(*node) []string {
	return func(n *node) []string { return []string{Quoted(n.get(key).word())} }
}

// byPair names items by two of their values.
func byPair(first, sign, second string) func(*node) []string {
	return func(n *node) []string {
		return []string{Quoted(n.get(first).word()), sign, Quoted(n.get(second).word())}
	}
}

// byBetween names items by their two states, in either order, and a date.
func byBetween(n *node) []string {
	var a, b string
	if pair := n.get("between"); pair != nil && len(pair.items) == 2 {
		a, b = pair.items[0].word(), pair.items[1].word()
	}
	return []string{Quoted(min(a, b)), "&", Quoted(max(a, b)), "@", n.get("from").word()}
}
