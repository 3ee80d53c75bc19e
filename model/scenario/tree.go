package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"
)

// Limits on a file: what a scenario never needs is refused before it is read.
const (
	maxBytes = 1 << 20
	maxDepth = 16
)

// node is a piece of a scenario: YAML without anchors, tags and second
// meanings. Each piece knows where it came from.
type node struct {
	kind         nodeKind
	tag          string // of a scalar: "!!str", "!!int", "!!float", "!!bool", "!!timestamp"
	text         string
	line, column int
	layer        *Layer  // nil when it stands in the file
	entries      []entry // of a mapping, keys unique
	items        []*node // of a list
}

type nodeKind uint8

const (
	nullNode nodeKind = iota
	scalarNode
	listNode
	mappingNode
)

func (k nodeKind) String() string {
	return [...]string{"nothing", "a single value", "a list", "a mapping"}[k]
}

type entry struct {
	key, value *node
}

// as is an empty piece of another kind in the same place.
func (n *node) as(kind nodeKind) *node {
	return &node{kind: kind, line: n.line, column: n.column, layer: n.layer}
}

// get returns the value of a key, or nil; nil and other kinds have none.
func (n *node) get(key string) *node {
	if n == nil || n.kind != mappingNode {
		return nil
	}
	if i := n.index(key); i >= 0 {
		return n.entries[i].value
	}
	return nil
}

// index is the place of a key among the entries, or -1.
func (n *node) index(key string) int {
	return slices.IndexFunc(n.entries, func(e entry) bool { return e.key.text == key })
}

// at follows keys downward.
func (n *node) at(keys ...string) *node {
	for _, k := range keys {
		n = n.get(k)
	}
	return n
}

// keys lists the keys of a mapping.
func (n *node) keys() []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, e := range n.entries {
		out = append(out, e.key.text)
	}
	return out
}

func (n *node) word() string {
	if n == nil || n.kind != scalarNode {
		return ""
	}
	return n.text
}

// clone copies the tree, so that an arm can change its own.
func (n *node) clone() *node {
	c := *n
	c.entries = slices.Clone(n.entries)
	for i := range c.entries {
		c.entries[i].value = c.entries[i].value.clone()
	}
	c.items = slices.Clone(n.items)
	for i := range c.items {
		c.items[i] = c.items[i].clone()
	}
	return &c
}

// reader turns bytes into a tree and keeps what it refuses.
type reader struct {
	layer  *Layer
	refuse func(n *node, what, hint string)
}

// read returns the tree of a single document, or nil after a refusal.
func (r reader) read(data []byte) *node {
	top := &node{layer: r.layer}
	if bad := unreadable(data); bad != nil {
		r.refuse(top, bad.what, bad.hint)
		return nil
	}
	var doc, second yaml.Node
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithV4Defaults())
	if err == nil {
		err = loader.Load(&doc)
	}
	if err == nil && len(doc.Content) > 0 {
		if err = loader.Load(&second); errors.Is(err, io.EOF) {
			return r.convert(doc.Content[0], 1)
		}
	}
	switch {
	case second.Kind != 0 && err == nil:
		r.refuse(&node{line: second.Line, column: second.Column, layer: r.layer}, "a second document begins here",
			"one file holds one scenario; remove the line ---")
	case err == nil || errors.Is(err, io.EOF):
		r.refuse(top, "empty", "a scenario needs at least misstep, title, start, horizon, assumptions and arms")
	default:
		r.syntax(err)
	}
	return nil
}

// unreadable refuses what no YAML parser should see.
func unreadable(data []byte) *wrong {
	if len(data) > maxBytes {
		return &wrong{fmt.Sprintf("%d bytes long, more than the %d that a scenario may have", len(data), maxBytes),
			"is this the right file?"}
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return &wrong{fmt.Sprintf("not a text file: byte %d is zero", i+1), "a scenario is YAML in UTF-8"}
	}
	for i := range string(data) {
		if r, size := utf8.DecodeRune(data[i:]); r == utf8.RuneError && size <= 1 {
			return &wrong{fmt.Sprintf("not UTF-8 from byte %d on", i+1), "a scenario is YAML in UTF-8"}
		}
	}
	return nil
}

// syntax reports what the YAML parser stopped at.
func (r reader) syntax(err error) {
	at := &node{layer: r.layer}
	what := err.Error()
	var load *yaml.LoadError
	if errors.As(err, &load) {
		at.line, at.column = max(load.Mark.Line, 1), max(load.Mark.Column, 1)
		what = load.Message
		if load.ContextMsg != "" {
			what = load.ContextMsg + ": " + what
		}
	}
	hint := "indent with spaces, put a space after each colon, and quote text with special signs"
	if strings.Contains(what, "mapping values are not allowed") {
		hint = `quote text that has a colon in it: source: "assumption: why"`
	}
	r.refuse(at, "not YAML: "+what, hint)
}

func (r reader) convert(y *yaml.Node, depth int) *node {
	n := &node{line: y.Line, column: y.Column, layer: r.layer}
	switch {
	case y.Anchor != "":
		r.refuse(n, "anchor &"+clip(y.Anchor), "write the value out; a scenario has no anchors")
	case y.Kind != yaml.AliasNode && (y.Style&yaml.TaggedStyle != 0 || y.Tag == "!"):
		r.refuse(n, "tag "+clip(y.Tag), "remove it; the format says what type each value has")
	case depth > maxDepth:
		r.refuse(n, fmt.Sprintf("nested more than %d deep", maxDepth), "")
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		r.refuse(n, "alias *"+clip(y.Value), "write the value out; a scenario has no aliases")
	case yaml.SequenceNode:
		n.kind = listNode
		for _, item := range y.Content {
			n.items = append(n.items, r.convert(item, depth+1))
		}
	case yaml.MappingNode:
		n.kind = mappingNode
		r.entries(n, y, depth)
	case yaml.ScalarNode:
		n.text, n.tag = norm.NFC.String(y.Value), y.ShortTag()
		if n.tag != "!!null" {
			n.kind = scalarNode
		}
	}
	return n
}

// entries reads a mapping and refuses keys that are no plain words or come twice.
func (r reader) entries(n *node, y *yaml.Node, depth int) {
	first := map[string]*node{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := r.convert(y.Content[i], depth+1)
		value := r.convert(y.Content[i+1], depth+1)
		switch {
		case key.tag == "!!merge":
			r.refuse(key, "merge key <<", "write the keys out")
		case key.kind != scalarNode:
			r.refuse(key, "a key must be a word, not "+key.kind.String(), "")
		case first[key.text] != nil:
			r.refuse(key, "key "+quote(key.text)+" comes twice", fmt.Sprintf("first on line %d", first[key.text].line))
		default:
			first[key.text] = key
			n.entries = append(n.entries, entry{key, value})
		}
	}
}
