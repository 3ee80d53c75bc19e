package scenario

import (
	"regexp"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
)

// everyMapping visits each mapping of the format once.
func everyMapping(visit func(mapping)) {
	seen := map[string]bool{}
	var walk func(s shape)
	walk = func(s shape) {
		m, ok := inside(s)
		if !ok || seen[m.what] {
			return
		}
		seen[m.what] = true
		visit(m)
		for _, f := range m.fields {
			walk(f.shape)
		}
	}
	walk(format)
}

// TestReferenceIsComplete: every key, mechanism and parameter is explained.
func TestReferenceIsComplete(t *testing.T) {
	ref := Reference()
	everyMapping(func(m mapping) {
		if m.group != "" && m.inner == "" {
			return
		}
		if !strings.Contains(ref, "## "+capital(m.what)+"\n") {
			t.Errorf("no section for %s", m.what)
		}
		for _, f := range m.fields {
			if !strings.Contains(ref, "`"+f.key+"`") {
				t.Errorf("%s: no word on %s", m.what, f.key)
			}
		}
	})
	for _, p := range param.All() {
		if !strings.Contains(ref, "| `"+p.Name+"` |") {
			t.Errorf("no row for %s", p.Name)
		}
	}
	for _, m := range MechanismNames {
		if !strings.Contains(ref, "`"+m+"`") {
			t.Errorf("no word on %s", m)
		}
	}
}

// TestReferenceIsMarkdown: rows have as many cells as their table, links lead
// to sections.
func TestReferenceIsMarkdown(t *testing.T) {
	cells := 0
	anchors := map[string]bool{}
	for line := range strings.Lines(Reference()) {
		line = strings.TrimSuffix(line, "\n")
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			anchors[anchor(strings.ToLower(title))] = true
		}
		switch n := strings.Count(line, "|"); {
		case n == 0:
			cells = 0
		case cells == 0:
			cells = n
		case n != cells:
			t.Errorf("%d cells instead of %d: %s", n-1, cells-1, line)
		}
	}
	for _, link := range regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(Reference(), -1) {
		if !anchors[link[1]] {
			t.Errorf("link to %q leads nowhere", link[1])
		}
	}
}

// TestFieldsAreExplained: the tables of the format have no gap and no repetition.
func TestFieldsAreExplained(t *testing.T) {
	everyMapping(func(m mapping) {
		seen := map[string]bool{}
		for _, f := range m.fields {
			if f.doc == "" || !strings.HasSuffix(f.doc, ".") {
				t.Errorf("%s.%s: no sentence in %q", m.what, f.key, f.doc)
			}
			if seen[f.key] {
				t.Errorf("%s.%s is declared twice", m.what, f.key)
			}
			seen[f.key] = true
			if f.shape.describe() == "" {
				t.Errorf("%s.%s: no description", m.what, f.key)
			}
		}
	})
}

// TestDefaultsPass: what a table gives as default is what it would accept.
func TestDefaultsPass(t *testing.T) {
	everyMapping(func(m mapping) {
		for _, f := range m.fields {
			if f.defNode == nil {
				continue
			}
			c := newChecker(Options{File: "default"})
			c.root = &node{kind: mappingNode}
			if c.check(f.shape, f.defNode, f.key); len(c.problems) > 0 {
				t.Errorf("%s: %v", m.what, c.problems)
			}
		}
	})
}
