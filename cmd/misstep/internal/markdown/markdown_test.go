package markdown

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// set fills in a template of this text.
func set(t interface{ Fatal(...any) }, text string, data any) string {
	out, err := Write(Templates(fstest.MapFS{"t": {Data: []byte(text)}}, "t"), "t", data)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEveryValueIsEscaped: in whatever branch of a template a value stands, it is escaped,
// but for what is Markdown.
func TestEveryValueIsEscaped(t *testing.T) {
	const text = `{{.A}} {{if .A}}{{.A}}{{end}} {{if .B}}{{else}}{{.A}}{{end}} {{range .L}}{{.}}{{else}}x{{end}}
{{- range .N}}{{else}} {{.A}}{{end}} {{with .A}}{{.}}{{end}} ` +
		`{{with .B}}{{else}}{{.A}}{{end}} {{template "in" .A}} {{.M}}
{{- define "in"}}{{.}}{{end}}`
	got := set(t, text, map[string]any{"A": "<b>", "B": "", "L": []string{"*"}, "N": nil, "M": Text("*m*")})
	if want := strings.Repeat("&lt;b&gt; ", 3) + `\* ` + strings.Repeat("&lt;b&gt; ", 4) + "*m*"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestEscapes: texts stay texts: no mark is left that a reader of Markdown would take for
// its own.
func TestEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"<b>", ">", "*", "_", "`", "[x](y)", "|", "#", "~~",
			"&lt;", "\\", "\n", "a", " ", "- ", "1. ", "+ "}), 0, 10).Draw(t, "text"), "")
		got, plain := set(t, "x{{.}}", text), ""
		for i := 0; i < len(got); i++ {
			if got[i] == '\\' && i+1 < len(got) {
				i++
				continue
			}
			plain += string(got[i])
		}
		if strings.ContainsAny(plain, "<>*_`[]|#~\n") {
			t.Fatalf("%q gives %q", text, got)
		}
	})
	for in, want := range map[any]string{"- a": `\- a`, "1. a": `1\. a`, "+ a": `\+ a`, "--- a": `--\- a`, "===": `==\=`,
		"a - b": "a - b", "2026-02": "2026-02", "-": `\-`, "12) x": `12\) x`, " - x\n": `\- x`, 5: "5", Text("*"): "*",
		Code("a\u202eb\x1b"): "`a\ufffdb\ufffd`", "a\u202eb\x1b": "a\ufffdb\ufffd", "a\u2028b": "a\ufffdb",
		Code("a  b"): "`a b`", Code("a `b` |"): "a \\`b\\` \\|", Code(""): ""} {
		if got := Escape(in); string(got) != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestFenced: lines stay lines, and what nobody sees is marked.
func TestFenced(t *testing.T) {
	for in, want := range map[string]string{"\ufeffa: b\r\n\tc\n": "a: b\n\tc", "# \u202ex\x1b[2J": "# \ufffdx\ufffd[2J",
		"日本": "日本"} {
		if got := Fenced(in); string(got) != "```\n"+want+"\n```" {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// TestWrite: empty lines are one, paragraphs and items stand in one line, and what is
// fenced stays as it is.
func TestWrite(t *testing.T) {
	const text = "\n# A\n\n\n\ntwo\nlines \n\n- item\n  more\n- next\n\n| a |\n| b |\n\n{{.}}\n\n<p>\nx\n\n> q\n> r\n"
	const want = "# A\n\ntwo lines\n\n- item more\n- next\n\n| a |\n| b |\n\n````\n```\n\n\n  x \n````\n\n<p>\nx\n\n> " +
		"q\n> r"
	if got := set(t, text, Fenced("```\n\n\n  x \n")); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if _, err := Write(Templates(fstest.MapFS{"t": {Data: []byte("{{.X}}")}}, "t"), "t", bytes.Buffer{}); err == nil {
		t.Error("a field that there is not")
	}
}

// TestLink: only addresses of the web become links.
func TestLink(t *testing.T) {
	for address, link := range map[string]bool{
		"https://example.org/a?b=c": true, "http://example.org": true, "javascript:alert(1)": false, "JaVaScRiPt:x": false,
		"data:text/html,x": false, "file:///etc/passwd": false, "//example.org": false, "example.org": false,
		"https://": false, "": false, "https://a b/": false, "mailto:a@b.c": false,
	} {
		if got := string(Link(address)); strings.HasSuffix(got, "]("+address+")") != link {
			t.Errorf("%q: %s", address, got)
		}
	}
	for path, want := range map[string]string{"effect.svg": "effect.svg", "my runs/x.svg": "<my runs/x.svg>",
		"a(b)>.svg": "<a(b)%3E.svg>"} {
		if got := Destination(path); string(got) != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := Jump("a-b", "x_y"); got != `[x\_y](#a-b)` {
		t.Error(got)
	}
}
