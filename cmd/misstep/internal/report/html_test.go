package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/scenario"
	"pgregory.net/rapid"
)

// evil is what a text may try to be.
const evil = `</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&|*_` +
	"`[x](javascript:1) ![y](javascript:2) <http://a.b> {{.Title}}"

// hostile is a run in which every text that others write tries to be markup.
func hostile(text string) *reported {
	r := invented()
	r.Summary.Run.Title = text
	r.Manifest.Inputs.Name, r.Manifest.Inputs.Scenario = text, "```\n"+text
	for i := range r.Manifest.Parameters {
		r.Manifest.Parameters[i].Source = "assumption: " + text
		r.Manifest.Parameters[i].Value = text
	}
	for i := range r.Summary.Warnings {
		r.Summary.Warnings[i].What = text
	}
	r.further = map[string]*analysis{"why": {Figure: Figure{ID: "why", alt: text, Name: inTag(text),
		csv: []byte("a,b\n\"" + strings.ReplaceAll(text, `"`, `""`) + "\",-2e-9\n")}},
		"breakeven": {Figure: Figure{ID: "breakeven", alt: text, picture: []byte("<svg/>")}, file: text}}
	return r
}

// between is what stands between two strings, which must be there once.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	if strings.Count(text, from) != 1 {
		t.Fatalf("%q stands %d times", from, strings.Count(text, from))
	}
	_, rest, _ := strings.Cut(text, from)
	inner, _, _ := strings.Cut(rest, to)
	return inner
}

// TestPolicy: the digests of the policy are those of the style and the script as they
// stand in the page, and nothing else is allowed. Catches a template that changes a
// byte of them, with which the page would lose its look and its script.
func TestPolicy(t *testing.T) {
	page := pageOf(t, invented(), true)
	sum := func(s string) string {
		h := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'"
	}
	want := "default-src 'none'; img-src data:; style-src " + sum(between(t, page, "<style>", "</style>")) +
		"; script-src " + sum(between(t, page, "<script>", "</script>")) + "; base-uri 'none'; form-action 'none'"
	got := between(t, page, `<meta http-equiv="Content-Security-Policy" content="`, `">`)
	if got = strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(got); got != want {
		t.Errorf("policy %q\nwant   %q", got, want)
	}
	for _, word := range []string{"@import", "url(", "fetch(", "XMLHttpRequest", "eval(", "innerHTML", "document.write"} {
		if strings.Contains(page, word) {
			t.Errorf("the page has %s", word)
		}
	}
}

// elements lists the start tags of a page with their attributes. The page is close to
// XML but for tags that do not close.
func elements(t *testing.T, page string) []xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(withoutCode(page)))
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
	page := pageOf(t, hostile(evil), true)
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("%d scripts", n)
	}
	for _, e := range elements(t, page) {
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" {
				t.Errorf("<%s> has %s=%q", e.Name.Local, a.Name.Local, a.Value)
			}
		}
		if href, ok := attribute(e, "href"); ok &&
			!regexp.MustCompile(`^(#|https?://|data:text/csv|data:,$)`).MatchString(href) {
			t.Errorf("<%s href=%.60q>", e.Name.Local, href)
		}
		if src, ok := attribute(e, "src"); ok && !strings.HasPrefix(src, "data:image/") {
			t.Errorf("<%s src=%.40q>", e.Name.Local, src)
		}
	}
	has(t, page, "<h1>&lt;/title&gt;&lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x "+
		"onerror=alert(1)&gt;&quot;'&amp;|*_`[x](javascript:1) ![y](javascript:2) &lt;http://a.b&gt; {{.Title}}: Does the "+
		"forum prevent needless escalation?</h1>")
}

// TestAnyTextStaysText: the page of any text has the elements of the page of a plain
// one. Catches a template that puts a text where it can end something.
func TestAnyTextStaysText(t *testing.T) {
	names := func(text string) []string {
		r := hostile(text)
		w := &writer{reported: r, rests: newRestingOnKeys(r.Manifest.Parameters), Data: &Data{Title: text,
			Manifest: r.Manifest, Warnings: r.Summary.Warnings, Figures: map[string]*Figure{}, Talks: text,
			Rungs: newTable("l", text),
			Card:  scenario.Card{Question: text, Limits: text, Try: []string{"arms.x"}}}}
		w.numbers()
		w.again()
		for name, a := range r.further {
			w.add(name, &a.Figure)
		}
		w.Comparison = &Comparison{Treatment: text, Effects: newTable("l", text), Headline: &Outcome{Name: text}}
		sections, err := write(w.Data)
		if err != nil {
			panic(err)
		}
		data, err := asHTML(w.Data, sections)
		if err != nil {
			panic(err)
		}
		return regexp.MustCompile(`<[a-zA-Z/!][^\s>]*`).FindAllString(withoutCode(string(data)), -1)
	}
	want := names("plain")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"<", ">", `"`, "'", "&", "script", "</script>", "<!--",
			"-->", "]]>", "{{", "}}", "javascript:", "a", " ", "\n", "\n\n", "#", "- ", "* ", "\r", "_", "`", "```", "|", "[",
			"](x)", "![", "1. ", "~~", "\\", "http://a.b", "é", "\u2028"}), 1, 12).Draw(t, "text"), "") + "x"
		if diff := cmp.Diff(want, names(text)); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}

// TestHeadings: one heading of the first level, then no level is skipped; every section
// has its own, and a place to jump to.
func TestHeadings(t *testing.T) {
	last, sections, titles := 0, 0, 0
	for _, e := range elements(t, pageOf(t, opened(t, reportCopy(t)), true)) {
		name := e.Name.Local
		if id, _ := attribute(e, "id"); name == "section" && id != "" {
			sections++
		}
		if len(name) != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6' {
			continue
		}
		level := int(name[1] - '0')
		if level > last+1 || level == 1 && last != 0 {
			t.Errorf("h%d after h%d", level, last)
		}
		if last = level; level == 2 {
			titles++
		}
	}
	if want := len(order) - 2; sections != want || titles != want {
		t.Errorf("%d sections, %d headings, want %d", sections, titles, want)
	}
}

// TestTables: every cell of a head has a scope, every row its name, every other cell the
// head of its column for a telephone; numbers stand right, and what was set is marked.
func TestTables(t *testing.T) {
	page := pageOf(t, invented(), true)
	for _, e := range elements(t, page) {
		if _, ok := attribute(e, "scope"); e.Name.Local == "th" && !ok {
			t.Errorf("a head without a scope: %v", e.Attr)
		}
		if _, ok := attribute(e, "data-head"); e.Name.Local == "td" && !ok {
			t.Errorf("a cell without a head: %v", e.Attr)
		}
	}
	has(t, page, `<tr><th scope="row"><strong>of 100 futures</strong></th><td class="number" data-head="wit`,
		`<td class="number" data-head="95 % range">−1.03 to +0.31 ~</td>`,
		`<th scope="col" class="number">with the forum</th>`,
		`<td data-head="set by"><strong>the command of this run</strong>`,
		`<th scope="row"><a id="number-2"></a>Price of a public step`)
}

// TestFigures: pictures are data of the page with their size and words, and their
// numbers can be saved as they are.
func TestFigures(t *testing.T) {
	r := invented()
	d, err := r.data(true)
	if err != nil {
		t.Fatal(err)
	}
	f, page := d.Figures["effect"], pageOf(t, r, true)
	_, picture, _ := strings.Cut(page, `<figure id="figure-effect"`)
	picture, _, _ = strings.Cut(picture, "</figure>")
	narrow := between(t, picture, `srcset="data:image/svg+xml;base64,`, `"`)
	if small, err := base64.StdEncoding.DecodeString(narrow); err != nil || !bytes.HasPrefix(small, []byte("<")) ||
		bytes.Equal(small, f.picture) {
		t.Errorf("the picture for a telephone: %.40q, %v", small, err)
	}
	wide := between(t, picture, `<img src="data:image/svg+xml;base64,`, `"`)
	if large, err := base64.StdEncoding.DecodeString(wide); err != nil || !bytes.Equal(large, f.picture) {
		t.Errorf("the picture: %.40q, %v", large, err)
	}
	table := between(t, page, `<a download="effect.csv" href="data:text/csv;charset=utf-8;base64,`, `"`)
	if got, err := base64.StdEncoding.DecodeString(table); err != nil || !bytes.Equal(got, f.csv) || len(got) < 500 {
		t.Errorf("the table of the effect: %.80q, %v", got, err)
	}
	for picture, height := range map[string]int{"\x89PNG...": 432, "<svg>": 432, `<svg viewBox="0 0 0 0"/>`: 432,
		`<svg viewBox="0 0 576 288"/>`: 384} {
		if got := readSVG([]byte(picture)).height(); got != height {
			t.Errorf("%s: %d", picture, got)
		}
	}
}

// TestContrast: every colour of text has a contrast of at least 4.5 against what is
// under it, and every line one of 3, in light, dark and print [WCAG 2.1, 1.4.3, 1.4.11].
func TestContrast(t *testing.T) {
	blocks := regexp.MustCompile(`(?s):root\{([^}]*)\}`).FindAllStringSubmatch(style, -1)
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
		check("note", "paper", 3)
	}
	if len(style) > 20000 || len(script) > 20000 {
		t.Errorf("style of %d and script of %d bytes", len(style), len(script))
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
	linear := func(c int) float64 { // undoes the gamma of a colour channel
		if v := float64(c) / 255; v > .04045 {
			return math.Pow((v+.055)/1.055, 2.4)
		}
		return float64(c) / 255 / 12.92
	}
	return .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
}
