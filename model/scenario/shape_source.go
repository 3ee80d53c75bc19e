package scenario

import (
	"regexp"
	"strings"
)

const (
	assumption = "assumption:"
	sourceSays = `source keys such as E001, T5, [Fearon1994], or "assumption: why"`
)

var sourceKey = regexp.MustCompile(`^(?:[A-Z]{1,4}[0-9]{1,5}|\[[\p{L}0-9-]{2,60}\])$`)

// source says where a number comes from: keys of documented events (E001), targets
// (T5) or references ([Fearon1994]), an assumption in words, or keys; assumption,
// the notation of the parameter registry.
var source = scalar{says: sourceSays, shared: "source",
	json: anyOf(text(maxText).json, object{"type": "array", "items": text(maxText).json, "minItems": 1}),
	read: func(c *checker, n *node) (any, *wrong) {
		text := sourceText(n)
		assumed := func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), assumption) }
		keys, words, split := strings.Cut(text, ";")
		switch {
		case text == "":
			return nil, &wrong{"a source is needed, not " + shown(n), "it is " + sourceSays}
		case len([]rune(text)) > maxText:
			return nil, &wrong{"the source is too long", ""}
		case strings.HasSuffix(strings.TrimSpace(text), assumption):
			return nil, &wrong{"the assumption gives no reason", `write "assumption: why"`}
		case assumed(text):
			return text, nil
		case split && !assumed(words):
			return nil, &wrong{"after a semicolon a source is an assumption",
				`separate keys by commas, or write "T5; assumption: why"`}
		}
		for key := range strings.SplitSeq(keys, ",") {
			if bad := c.unknownSource(strings.TrimSpace(key)); bad != nil {
				return nil, bad
			}
		}
		return text, nil
	}}

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

// unknownSource refuses a key that is ill-formed or that nobody knows.
func (c *checker) unknownSource(key string) *wrong {
	if !sourceKey.MatchString(key) {
		return &wrong{"source " + quote(key) + " is no key",
			`write keys such as E001, T5, [Fearon1994], or "assumption: why"`}
	}
	if bare := strings.Trim(key, "[]"); c.opts.KnownSource != nil && !c.opts.KnownSource(bare) {
		return &wrong{"unknown source " + quote(key),
			`use a documented event, target or reference, or write "assumption: why"`}
	}
	return nil
}

// reading is an entry of a card's list of sources: a key or words.
var reading = scalar{says: "source key, or a source in words", shared: "source", json: source.json,
	read: func(c *checker, n *node) (any, *wrong) {
		if key := sourceText(n); sourceKey.MatchString(key) {
			return key, c.unknownSource(key)
		}
		return text(maxText).read(c, n)
	}}
