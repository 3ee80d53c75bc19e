package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func sampleHTML(t *testing.T) string {
	t.Helper()
	data, err := HTML(sample())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// between is what stands between two strings, which must be there once.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	if strings.Count(text, from) != 1 {
		t.Fatalf("%q stands %d times", from, strings.Count(text, from))
	}
	_, rest, _ := strings.Cut(text, from)
	inner, _, ok := strings.Cut(rest, to)
	if !ok {
		t.Fatalf("no %q after %q", to, from)
	}
	return inner
}

// TestPolicy: the digests of the policy are those of the style and the script as they
// stand in the page, and nothing else is allowed. Catches a template that changes a
// byte of them, with which the page would lose its look and its script.
func TestPolicy(t *testing.T) {
	page := sampleHTML(t)
	sum := func(s string) string {
		h := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'"
	}
	want := "default-src 'none'; img-src data:; style-src " + sum(between(t, page, "<style>", "</style>")) +
		"; script-src " + sum(between(t, page, "<script>", "</script>")) + "; base-uri 'none'; form-action 'none'"
	got := between(t, page, `<meta http-equiv="Content-Security-Policy" content="`, `">`)
	got = strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(got)
	if got != want {
		t.Errorf("policy %q\nwant   %q", got, want)
	}
}

// elements lists the start tags of a page with their attributes. The page is close to
// XML but for tags that do not close.
func elements(t *testing.T, page string) []xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var out []xml.StartElement
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			out = append(out, e.Copy())
		}
	}
}

func attribute(e xml.StartElement, name string) (string, bool) {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// withoutCode cuts style and script, whose letters are no markup.
func withoutCode(page string) string {
	return regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`).ReplaceAllString(page, "")
}

// TestNothingIsMarkup: texts that try to be elements, attributes, addresses or
// handlers stay texts, and no element may carry a style or a handler.
func TestNothingIsMarkup(t *testing.T) {
	page := sampleHTML(t)
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("%d scripts", n)
	}
	ids := map[string]bool{}
	for _, e := range elements(t, withoutCode(page)) {
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" {
				t.Errorf("<%s> has %s=%q", e.Name.Local, a.Name.Local, a.Value)
			}
			if a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("id %q stands twice", a.Value)
				}
				ids[a.Value] = true
			}
		}
		href, _ := attribute(e, "href")
		if strings.HasPrefix(href, "javascript") {
			t.Errorf("<%s href=%q>", e.Name.Local, href)
		}
		if src, ok := attribute(e, "src"); ok && !strings.HasPrefix(src, "data:image/") {
			t.Errorf("<%s src=%.40q>", e.Name.Local, src)
		}
	}
	for _, e := range elements(t, withoutCode(page)) {
		if href, ok := attribute(e, "href"); ok && strings.HasPrefix(href, "#") && !ids[href[1:]] {
			t.Errorf("%s leads nowhere", href)
		}
	}
	if !strings.Contains(page, "<h1>&lt;/title&gt;&lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the title is not shown as it is")
	}
}

// TestAnyTextStaysText: the page of any text has the elements of the page of a plain
// one. Catches a template that puts a text where it can end something.
func TestAnyTextStaysText(t *testing.T) {
	names := func(text string) []string {
		p := &Page{Title: text, Subtitle: T(text, Bold(text), Mono(text), LinkTo(text, text)),
			Sections: []Section{{ID: "s", Title: text, Blocks: []Block{
				Paragraph{T(text)}, Verbatim{text}, Command{[]string{text}},
				Table{Caption: text, Columns: []Column{{Title: text}},
					Groups: []Group{{Title: text, Rows: []Row{{Cells: Cells(text)}}}}},
				Chart{Title: text, Arms: []string{text}, Horizon: 1, Panels: []Panel{{Title: text, Alt: text}}}}}}}
		data, err := HTML(p)
		if err != nil {
			panic(err)
		}
		return regexp.MustCompile(`<[a-zA-Z/!][^\s>]*`).FindAllString(withoutCode(string(data)), -1)
	}
	want := names("plain")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"<", ">", `"`, "'", "&", "script", "</script>", "<!--",
			"-->", "]]>", "{{", "}}", "javascript:", "a", " ", "\x00", "é", "\u2028"}), 1, 12).Draw(t, "text"), "") + "x"
		if diff := cmp.Diff(want, names(text)); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}

// TestHeadings: one heading of the first level, then no level is skipped; every
// section is labelled by its own.
func TestHeadings(t *testing.T) {
	last := 0
	for _, e := range elements(t, withoutCode(sampleHTML(t))) {
		name := e.Name.Local
		if name == "section" {
			id, _ := attribute(e, "id")
			if by, _ := attribute(e, "aria-labelledby"); by != id+"-title" {
				t.Errorf("section %s is labelled by %q", id, by)
			}
		}
		if len(name) != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6' {
			continue
		}
		level := int(name[1] - '0')
		if level > last+1 || level == 1 && last != 0 {
			t.Errorf("h%d after h%d", level, last)
		}
		last = level
	}
	if last == 0 {
		t.Error("no heading")
	}
}

// TestTables: every cell of a head has a scope, every row its name, every table a
// caption; numbers are set to the right, and a row that was set is marked.
func TestTables(t *testing.T) {
	page := sampleHTML(t)
	for _, e := range elements(t, withoutCode(page)) {
		if _, ok := attribute(e, "scope"); e.Name.Local == "th" && !ok {
			t.Errorf("a head without a scope: %v", e.Attr)
		}
	}
	if tables, captions := strings.Count(page, "<table"),
		strings.Count(page, "<caption>"); tables != captions || tables != 3 {
		t.Errorf("%d tables, %d captions", tables, captions)
	}
	for _, want := range []string{`<tr id="row-1" class="marked"><th scope="row">b</th><td class="number" data-sort="2.0">2</td></tr>`,
		`<tr class="group"><th scope="rowgroup" colspan="2">two</th></tr>`, `<table class="sortable">`,
		`<table class="stacked">`, `<td data-head="v">1</td>`,
		`<td class="number" data-head="value">−2e−09</td>`, `<td class="number" data-head="value">1.235</td>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestFigures: pictures are data of the page with their size and words, and their
// numbers can be saved as they are.
func TestFigures(t *testing.T) {
	page := sampleHTML(t)
	f := sample().Sections[1].Blocks[0].(Figure)
	image := between(t, page, `<img src="data:image/svg&#43;xml;base64,`, `"`)
	picture, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(image, "&#43;", "+"))
	if err != nil || !bytes.Equal(picture, f.Picture) {
		t.Errorf("the picture is %q, %v", picture, err)
	}
	saved := between(t, page, `<a download="x.csv" href="data:text/csv;charset=utf-8;base64,`, `"`)
	table, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(saved, "&#43;", "+"))
	if err != nil || !bytes.Equal(table, f.Source.CSV) {
		t.Errorf("the numbers are %q, %v", table, err)
	}
	if !strings.Contains(page, `width="768" height="384"`) {
		t.Error("the picture has no size, so that the page would jump")
	}
	for name, c := range map[string]struct {
		picture string
		height  int
		kind    string
	}{"PNG": {"\x89PNG...", 432, "data:image/png;"}, "no size": {"<svg>", 432, "data:image/svg+xml;"},
		"size of nothing": {`<svg viewBox="0 0 0 0">`, 432, "data:image/svg+xml;"},
		"not a number":    {`<svg viewBox="0 0 1.1.1 3">`, 432, "data:image/svg+xml;"}} {
		f := Figure{Picture: []byte(c.picture)}
		if f.Height() != c.height || !strings.HasPrefix(string(f.Image()), c.kind) {
			t.Errorf("%s: %d, %.20s", name, f.Height(), f.Image())
		}
	}
}

// TestRest: a long table is cut in the page and whole in the file, and the page says
// so.
func TestRest(t *testing.T) {
	var b strings.Builder
	b.WriteString("n\n")
	for i := range shownRows + 7 {
		fmt.Fprintln(&b, i)
	}
	s := Source{CSV: []byte(b.String())}
	if n := len(s.Table("x").Groups[0].Rows); n != shownRows || s.Rest() != 7 {
		t.Errorf("%d rows, %d more", n, s.Rest())
	}
	if s := (Source{}); s.Rest() != 0 || len(s.Table("x").Columns) != 0 {
		t.Error("rows of nothing")
	}
	if s := (Source{CSV: []byte("a,b\n1\n")}); s.Rest() != 0 || len(s.Table("x").Columns) != 0 {
		t.Error("rows of what is no table")
	}
}

// TestSamePage: equal pages give equal bytes, and the page names no address that is
// fetched.
func TestSamePage(t *testing.T) {
	a, b := sampleHTML(t), sampleHTML(t)
	if a != b {
		t.Error("two pages of one report differ")
	}
	for _, word := range []string{"@import", "url(", "fetch(", "XMLHttpRequest", "eval(", "innerHTML", "document.write"} {
		if strings.Contains(a, word) {
			t.Errorf("the page has %s", word)
		}
	}
}

// TestContrast: every colour of text has a contrast of at least 4.5 against what is
// under it, and every line one of 3, in light, dark and print [WCAG 2.1, 1.4.3, 1.4.11].
func TestContrast(t *testing.T) {
	blocks := regexp.MustCompile(`:root\{([^}]*)\}`).FindAllStringSubmatch(style, -1)
	if len(blocks) != 3 {
		t.Fatalf("%d sets of colours", len(blocks))
	}
	for i, b := range blocks {
		colour := map[string]float64{}
		for _, m := range regexp.MustCompile(`--(\w+):(#[0-9a-f]{3,6})`).FindAllStringSubmatch(b[1], -1) {
			colour[m[1]] = luminance(t, m[2])
		}
		check := func(front, back string, least float64) {
			x, y := colour[front], colour[back]
			if c := (max(x, y) + .05) / (min(x, y) + .05); c < least {
				t.Errorf("set %d: %s on %s has a contrast of %.2f, want %v", i, front, back, c, least)
			}
		}
		for _, back := range []string{"paper", "soft", "mark"} {
			for _, front := range []string{"ink", "quiet", "link"} {
				check(front, back, 4.5)
			}
		}
		for _, arm := range []string{"arm0", "arm1", "arm2", "arm3", "arm4", "note"} {
			check(arm, "paper", 3)
		}
	}
}

// luminance is the relative luminance of a colour [WCAG 2.1].
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
	}
	var r, g, b int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &r, &g, &b); err != nil {
		t.Fatal(hex, err)
	}
	return .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
}

// TestKinds: every block has a template of its own, so that none is lost.
func TestKinds(t *testing.T) {
	for _, b := range []Block{Paragraph{}, Lead{}, Heading{}, List{}, Brief{}, Terms{}, Note{}, Command{}, Verbatim{},
		Details{}, Table{}, Figure{}, Chart{}} {
		if !strings.Contains(pageHTML, `eq $kind "`+b.kind()+`"`) {
			t.Errorf("no template for %s", b.kind())
		}
	}
	if !slices.IsSorted([]int{len(style), 20000}) || len(script) > 20000 {
		t.Errorf("style of %d and script of %d bytes", len(style), len(script))
	}
}
