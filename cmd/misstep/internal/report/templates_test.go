package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

// TestTemplatesKnowFewWords: templates know if, range, with, named fields and each other.
// Catches a condition that is computed in a template, and a value that is put together
// there.
func TestTemplatesKnowFewWords(t *testing.T) {
	found, err := filepath.Glob("templates/*.md.tmpl")
	if err != nil || len(found) != len(order)+1 {
		t.Fatalf("%d templates, %v", len(found), err)
	}
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		trees, err := parse.Parse(path, string(text), "", "", map[string]any{})
		if err != nil {
			t.Fatal(err)
		}
		for _, tree := range trees {
			fewWords(t, path, tree.Root)
		}
	}
}

func fewWords(t *testing.T, path string, list *parse.ListNode) {
	t.Helper()
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TextNode, *parse.CommentNode:
		case *parse.ActionNode:
			field(t, path, n.Pipe)
		case *parse.TemplateNode:
			field(t, path, n.Pipe)
		case *parse.IfNode:
			branch(t, path, &n.BranchNode)
		case *parse.RangeNode:
			branch(t, path, &n.BranchNode)
		case *parse.WithNode:
			branch(t, path, &n.BranchNode)
		default:
			t.Errorf("%s: %s", path, n)
		}
	}
}

func branch(t *testing.T, path string, n *parse.BranchNode) {
	t.Helper()
	field(t, path, n.Pipe)
	fewWords(t, path, n.List)
	fewWords(t, path, n.ElseList)
}

// field reports what is not one field of the page or of where a template stands.
func field(t *testing.T, path string, p *parse.PipeNode) {
	t.Helper()
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		t.Errorf("%s: {{%s}}", path, p)
		return
	}
	switch n := p.Cmds[0].Args[0].(type) {
	case *parse.DotNode, *parse.FieldNode:
	case *parse.VariableNode:
		if n.Ident[0] != "$" {
			t.Errorf("%s: {{%s}}", path, p)
		}
	default:
		t.Errorf("%s: {{%s}}", path, p)
	}
}

// TestProseStandsInTemplates: hardly a sentence is left in the code. Catches a paragraph
// that goes back there.
func TestProseStandsInTemplates(t *testing.T) {
	found, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "_test.go") || path == "report.go" { // help and errors
			continue
		}
		for n, line := range strings.Split(string(text), "\n") {
			for i, part := range strings.Split(line, `"`) {
				if i%2 == 1 && len(strings.Fields(part)) > 9 && !strings.Contains(line, "Errorf") {
					t.Errorf("%s:%d: %s", path, n+1, part)
				}
			}
		}
	}
	if !slices.Contains(order, "limits") {
		t.Error("no section says what the page cannot tell")
	}
}
