package scenario

import (
	"regexp"
	"strings"
)

// source says where a number comes from: keys of documented events (E001),
// targets (T5) or references ([Fearon1994]), or an assumption in words.
type source struct{}

const assumption = "assumption:"

var sourceKey = regexp.MustCompile(`^(?:[A-Z]{1,4}[0-9]{1,5}|\[[\p{L}0-9-]{2,60}\])$`)

func (source) describe() string {
	return `source keys such as E001, T5, [Fearon1994], or "assumption: why"`
}

// check accepts a list of keys, an assumption, or keys; assumption, the notation
// of the parameter registry.
func (s source) check(c *checker, n *node, path string) any {
	text := sourceText(n)
	switch {
	case text == "":
		c.problem(n, path, "a source is needed, not "+shown(n), "it is "+s.describe())
		return nil
	case len([]rune(text)) > maxText:
		c.problem(n, path, "the source is too long", "")
		return nil
	case strings.HasSuffix(strings.TrimSpace(text), assumption):
		c.problem(n, path, "the assumption gives no reason", `write "assumption: why"`)
		return nil
	case strings.HasPrefix(strings.TrimSpace(text), assumption):
		return text
	}
	keys, words, split := strings.Cut(text, ";")
	if split && !strings.HasPrefix(strings.TrimSpace(words), assumption) {
		c.problem(n, path, "after a semicolon a source is an assumption",
			`separate keys by commas, or write "T5; assumption: why"`)
		return nil
	}
	for key := range strings.SplitSeq(keys, ",") {
		if !c.sourceKnown(strings.TrimSpace(key), n, path) {
			return nil
		}
	}
	return text
}

// sourceText is a source as one text. YAML reads [Fearon1994] as a list, so a
// list of keys is a source as well; in it references need no brackets.
func sourceText(n *node) string {
	if n.kind != listNode {
		return n.word()
	}
	var keys []string
	for _, item := range n.items {
		key := item.word()
		if item.kind == scalarNode && !sourceKey.MatchString(key) {
			key = "[" + key + "]"
		}
		keys = append(keys, key)
	}
	return strings.Join(keys, ", ")
}

// sourceKnown reports a key that is ill-formed or that nobody knows.
func (c *checker) sourceKnown(key string, n *node, path string) bool {
	if !sourceKey.MatchString(key) {
		c.problem(n, path, "source "+quote(key)+" is no key",
			`write keys such as E001, T5, [Fearon1994], or "assumption: why"`)
		return false
	}
	if bare := strings.Trim(key, "[]"); c.opts.KnownSource != nil && !c.opts.KnownSource(bare) {
		c.problem(n, path, "unknown source "+quote(key),
			`use a documented event, target or reference, or write "assumption: why"`)
		return false
	}
	return true
}

// reading is an entry of a card's list of sources: a key or words.
type reading struct{}

func (reading) describe() string { return "source key, or a source in words" }

func (s reading) check(c *checker, n *node, path string) any {
	if key := sourceText(n); sourceKey.MatchString(key) {
		if !c.sourceKnown(key, n, path) {
			return nil
		}
		return key
	}
	return text{maxText}.check(c, n, path)
}
