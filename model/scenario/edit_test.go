package scenario

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// spot is a scalar of a file: where it stands, and its path with items of lists
// by their number.
type spot struct {
	path         string
	key          bool
	line, column int
	width        int // in characters, with its quotes
}

// spots lists every scalar of a file, keys among them.
func spots(t *testing.T, data string) []spot {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Load([]byte(data), &doc); err != nil {
		t.Fatal(err)
	}
	var out []spot
	var walk func(n *yaml.Node, path string)
	add := func(n *yaml.Node, path string, key bool) {
		width := len([]rune(n.Value))
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			width += 2
		}
		out = append(out, spot{path, key, n.Line, n.Column, width})
	}
	walk = func(n *yaml.Node, path string) {
		switch n.Kind {
		case yaml.ScalarNode:
			add(n, path, false)
		case yaml.SequenceNode:
			for i, item := range n.Content {
				walk(item, path+"["+strconv.Itoa(i)+"]")
			}
		case yaml.MappingNode:
			for i := 0; i < len(n.Content); i += 2 {
				below := join(path, n.Content[i].Value)
				add(n.Content[i], below, true)
				walk(n.Content[i+1], below)
			}
		}
	}
	walk(doc.Content[0], "")
	return out
}

// splice puts text in the place of some characters of a line.
func splice(data string, line, column, width int, text string) string {
	lines := strings.SplitAfter(data, "\n")
	r := []rune(lines[line-1])
	lines[line-1] = string(r[:column-1]) + text + string(r[column-1+width:])
	return strings.Join(lines, "")
}

// problemsOf loads a file that may be wrong.
func problemsOf(t *testing.T, data string, layers ...Layer) Problems {
	t.Helper()
	opts := world
	opts.Layers = layers
	_, err := Load("test", []byte(data), opts)
	var ps Problems
	if err != nil && !errors.As(err, &ps) {
		t.Fatalf("%T instead of Problems: %v", err, err)
	}
	return ps
}

// stands reports whether one of the problems stands at a place.
func (ps Problems) stands(line, column int) bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Line == line && p.Column == column })
}
