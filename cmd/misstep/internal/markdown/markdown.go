// Package markdown writes pages as Markdown from templates in which every value is
// escaped, so that a text from a scenario stays text.
package markdown

import (
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
	"text/template"
	"text/template/parse"
)

// Text is Markdown already.
type Text string

// Code is a word as a program knows it.
type Code string

// Templates parses templates in which every value that they show passes through
// [Escape].
func Templates(files fs.FS, pattern string) *template.Template {
	t := template.Must(template.New("").Funcs(template.FuncMap{"escape": Escape}).ParseFS(files, pattern))
	for _, one := range t.Templates() {
		if one.Tree != nil {
			guard(one.Tree, one.Root)
		}
	}
	return t
}

func guard(tree *parse.Tree, list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			name := parse.NewIdentifier("escape").SetPos(n.Pos).SetTree(tree)
			n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{name}})
		case *parse.IfNode:
			guard(tree, n.List)
			guard(tree, n.ElseList)
		case *parse.RangeNode:
			guard(tree, n.List)
			guard(tree, n.ElseList)
		case *parse.WithNode:
			guard(tree, n.List)
			guard(tree, n.ElseList)
		}
	}
}

// Write fills in a template. It leaves one empty line where the template left several, and
// a paragraph in one line; what stands in fences stays.
func Write(t *template.Template, name string, data any) (string, error) {
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	var out []string
	fence := ""
	for line := range strings.SplitSeq(strings.TrimSpace(b.String()), "\n") {
		if mark := backticks.FindString(line); fence == "" && len(mark) > 2 {
			fence = mark
		} else if line == fence {
			fence = ""
		}
		if fence == "" {
			line = strings.TrimRight(line, " ")
			if last := len(out) - 1; last >= 0 && (line == "" && out[last] == "" || goesOn(out[last], line)) {
				out[last] = strings.TrimRight(out[last]+" "+strings.TrimLeft(line, " "), " ")
				continue
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n"), nil
}

// goesOn reports whether a line goes on with the paragraph or the item of the one before.
func goesOn(before, line string) bool {
	return before != "" && line != "" && !strings.ContainsRune("|#<", rune(before[0])) &&
		!strings.ContainsRune("-|#<>`*", rune(line[0]))
}

// Escape writes a value so that it is read as it is.
func Escape(v any) Text {
	switch v := v.(type) {
	case Text:
		return v
	case Code:
		if s := strings.Join(strings.Fields(string(v)), " "); s != "" && !strings.ContainsAny(s, "`|<") {
			return Text("`" + unseen.ReplaceAllString(s, "\ufffd") + "`")
		}
	}
	s := unseen.ReplaceAllString(special.Replace(strings.Trim(fmt.Sprint(v), " \t\r\n")), "\ufffd")
	if m := listLike.FindStringSubmatchIndex(s); m != nil {
		s = s[:m[3]-1] + "\\" + s[m[3]-1:]
	}
	return Text(s)
}

var special = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "|", "\\|",
	"~", "\\~", "#", "\\#", "&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ", "\r", " ", "\t", " ")

// unseen is what steers a terminal, turns the direction of a text or hides it; unseenInLines the same
// among lines.
var (
	unseen        = regexp.MustCompile(`[\pC\x{2028}\x{2029}]`)
	unseenInLines = regexp.MustCompile(`[^\PC\n\t]|[\x{2028}\x{2029}]`)
)

// listLike finds what would begin a list or a heading.
var listLike = regexp.MustCompile(`^([+=-]+|[0-9]+[.)])( |$)`)

var backticks = regexp.MustCompile("^`*")

// Fenced shows a text as it is, between fences longer than any in it. What is not seen is marked.
func Fenced(text string) Text {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	text = unseenInLines.ReplaceAllString(text, "\ufffd")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return Text(fence + "\n" + strings.TrimRight(text, "\n") + "\n" + fence)
}

// Jump links to a place in the page.
func Jump(id, words string) Text { return "[" + Escape(words) + "](#" + Text(id) + ")" }

// Anchor is a place to jump to.
func Anchor(id string) Text { return Text("<a id=\"" + id + "\"></a>") }

// Link links to an address of the web. What is no such address stays text.
func Link(address string) Text {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return Escape(address)
	}
	return "[" + Escape(address) + "](" + Destination(address) + ")"
}

// Destination writes a path or an address as Markdown links to it.
func Destination(to string) Text {
	if strings.ContainsAny(to, " ()<>\\\n*_`[]|~") {
		to = "<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", "|", "%7C", "\n", "").Replace(to) + ">"
	}
	return Text(to)
}

// Inside escapes a piece of a text that begins no line.
func Inside(s string) Text { return Text(special.Replace(s)) }
