package handover

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/report/browser"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
)

// startBrowser starts a Chromium, or skips the test.
func startBrowser(t *testing.T) *browser.Browser {
	t.Helper()
	path, ok := browser.Find()
	if !ok {
		t.Skip("no Chromium is installed: reports are not looked at; on Debian, apt-get install chromium")
	}
	b, err := browser.Start(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// axe is the source of axe-core.
func axe(t *testing.T) string {
	t.Helper()
	f, err := os.Open("../report/testdata/axe/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// reportOf runs a scenario, small, and writes its report.
func reportOf(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	sample := []string{"run", "--draws", "4", "--replicates", "2", "--no-figures", "--quiet", "--out", dir}
	if status, _, errs := call(append(sample, args...)...); status != 0 {
		t.Fatal(errs)
	}
	folders, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(folders) != 1 {
		t.Fatal(folders)
	}
	if status, _, errs := call("report", folders[0]); status != 0 {
		t.Fatal(errs)
	}
	return filepath.Join(folders[0], "report.html")
}

func openTab(t *testing.T, b *browser.Browser, file string) *browser.Tab {
	t.Helper()
	tab, err := b.Open("file://" + file)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func inTab[T any](t *testing.T, tab *browser.Tab, expression string) T {
	t.Helper()
	var out T
	if err := tab.Evaluate(expression, &out); err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return out
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// violations are what axe-core finds, with the place of the first of each.
const violations = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.help + " at " + v.nodes[0].target + " (" + v.nodes.length + "): " + v.nodes[0].failureSummary))`

// TestReportsInABrowser: the report of each shipped scenario at three widths, in
// light and dark: nothing on the console, no request, no horizontal scroll, nothing
// that axe-core objects to. Pictures of the pages are kept with -artifacts.
func TestReportsInABrowser(t *testing.T) {
	b, source := startBrowser(t), axe(t)
	for _, name := range run.ShippedNames() {
		t.Run(name, func(t *testing.T) {
			file := reportOf(t, name)
			tab := openTab(t, b, file)
			for _, width := range []int{360, 768, 1440} {
				mustDo(t, tab.Size(width, 900))
				if over := inTab[int](t, tab,
					`document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
					t.Errorf("%d px: %d px to scroll sideways, because of %v", width, over, inTab[[]string](t, tab,
						`[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".scroll,pre,svg")).slice(0, 5).map(e => e.outerHTML.slice(0, 120))`))
				}
				keepPicture(t, tab, fmt.Sprintf("%s-%d.png", name, width))
			}
			mustDo(t, tab.Evaluate(source, nil))
			schemes := []string{"light"}
			if strings.HasPrefix(name, "uk-") { // the rest of the page is alike in all
				schemes = append(schemes, "dark")
				mustDo(t, tab.Evaluate(`document.querySelectorAll("details").forEach(d => d.open = true)`, nil))
			}
			for _, scheme := range schemes {
				mustDo(t, tab.Prefer(scheme, "screen"))
				for _, v := range inTab[[]string](t, tab, violations) {
					t.Errorf("%s: %s", scheme, v)
				}
			}
			if c := tab.Complaints(); len(c) > 0 {
				t.Errorf("complaints: %.600q", c)
			}
			if r := tab.Requests(); !slices.Equal(r, []string{"file://" + file}) {
				t.Errorf("requests %q", r)
			}
		})
	}
}

// keepPicture saves a picture of the whole page where pictures are asked for.
func keepPicture(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		return
	}
	shot, err := tab.Screenshot(true)
	mustDo(t, err)
	mustDo(t, os.WriteFile(filepath.Join(t.ArtifactDir(), name), shot, 0o644))
}

// TestReportByKeyboard: arms are hidden, values read off and tables sorted without a
// pointer, and a pointer reads values too.
func TestReportByKeyboard(t *testing.T) {
	b := startBrowser(t)
	tab := openTab(t, b, reportOf(t, tinyFile))
	mustDo(t, tab.Size(1200, 900))
	focus := func(selector string) {
		t.Helper()
		mustDo(t, tab.Evaluate(fmt.Sprintf(`document.querySelector(%q).focus()`, selector), nil))
	}
	mustDo(t, tab.Press("Tab"))
	if at := inTab[string](t, tab, `document.activeElement.textContent`); at != "Skip to the report" {
		t.Errorf("the first stop is %q", at)
	}

	pressed := func() []string {
		return inTab[[]string](t, tab,
			`[...document.querySelectorAll(".legend button")].map(b => b.getAttribute("aria-pressed"))`)
	}
	lines := `[...document.querySelectorAll(".panel")].map(p => [...p.querySelectorAll("g.arm")].filter(g => getComputedStyle(g).display !== "none").length)`
	if n := inTab[[]int](t, tab, lines); len(n) < 2 || n[0] != 3 {
		t.Fatalf("lines %v", n)
	}
	focus(".legend button")
	mustDo(t, tab.Press("Enter"))
	if p := pressed(); !slices.Equal(p, []string{"false", "true", "true"}) || inTab[[]int](t, tab, lines)[0] != 2 {
		t.Errorf("after hiding one: %v, %v", p, inTab[[]int](t, tab, lines))
	}
	for range 2 {
		mustDo(t, tab.Press("Tab"))
		mustDo(t, tab.Press(" "))
	}
	if p := pressed(); !slices.Equal(p, []string{"false", "false", "true"}) || inTab[[]int](t, tab, lines)[0] != 1 {
		t.Errorf("the last one can be hidden: %v", p)
	}

	reading := `document.querySelector(".reader output caption").textContent`
	last := inTab[string](t, tab, reading)
	focus(".reader input")
	mustDo(t, tab.Press("ArrowLeft"))
	if now := inTab[string](t, tab, reading); now == last || !strings.HasPrefix(now, "By ") {
		t.Errorf("reading %q after %q", now, last)
	}
	at := inTab[[]float64](t, tab,
		`(() => { const s = document.querySelector(".panel svg"); s.scrollIntoView({block: "center", behavior: "instant"}); const r = s.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2] })()`)
	mustDo(t, tab.Point(at[0], at[1]))
	if now := inTab[string](t, tab, reading); now == last ||
		inTab[int](t, tab, `Number(document.querySelector(".reader input").value)`) > 40 {
		t.Errorf("the pointer reads %q", now)
	}

	mustDo(t, tab.Evaluate(`document.querySelector("#assumptions details").open = true`, nil))
	names := `[...document.querySelectorAll("#assumptions .sortable tbody th")].map(c => c.textContent)`
	before := inTab[[]string](t, tab, names)
	focus("#assumptions .sortable thead th button")
	mustDo(t, tab.Press("Enter"))
	up := inTab[[]string](t, tab, names)
	mustDo(t, tab.Press("Enter"))
	down := inTab[[]string](t, tab, names)
	slices.Reverse(down)
	if len(up) != len(before) || !slices.Equal(up, down) ||
		inTab[string](t, tab, `document.querySelector("#assumptions thead th").getAttribute("aria-sort")`) != "descending" {
		t.Errorf("sorted up %.200q, down %.200q", up, down)
	}
	if c := tab.Complaints(); len(c) > 0 {
		t.Errorf("complaints: %.600q", c)
	}
}

// TestReportWithoutScript: with scripts off the page shows its text, its lines and
// its numbers, and a link into a folded part leads there.
func TestReportWithoutScript(t *testing.T) {
	b := startBrowser(t)
	file := reportOf(t, tinyFile)
	tab := openTab(t, b, "/dev/null")
	mustDo(t, tab.Scripts(false))
	mustDo(t, tab.Go("file://"+file))
	if n := inTab[int](t, tab, `document.querySelectorAll("button, input, .reader").length`); n != 0 {
		t.Errorf("%d controls that do nothing", n)
	}
	for _, selector := range []string{".lead", ".brief", ".panel svg g.arm path.line", "figure img", "#limits",
		".legend"} {
		if !inTab[bool](t, tab, fmt.Sprintf(`(e => e && e.getBoundingClientRect().height > 0)(document.querySelector(%q))`,
			selector)) {
			t.Errorf("%s is not shown", selector)
		}
	}
}

// TestHostileReport: what a scenario says stays text: nothing runs, nothing is an
// element, nothing is fetched.
func TestHostileReport(t *testing.T) {
	b := startBrowser(t)
	text, err := os.ReadFile(tinyFile)
	mustDo(t, err)
	const evil = `<script>document.title="run"</script><img src=x onerror="document.title='run'"><a href="javascript:1">`
	hostile := strings.Replace(string(text), `title: "Aland and Borland"`,
		"title: '"+strings.ReplaceAll(evil, "'", "''")+"'\ncard: {question: '"+strings.ReplaceAll(evil, "'",
			"''")+"', limits: '</style></script>"+strings.ReplaceAll(evil, "'", "''")+"'}", 1)
	hostile = strings.ReplaceAll(hostile, "assumption: invented", "assumption: "+strings.ReplaceAll(evil, `"`, `\"`))
	name := filepath.Join(t.TempDir(), "hostile.yaml")
	mustDo(t, os.WriteFile(name, []byte(hostile), 0o644))
	tab := openTab(t, b, reportOf(t, name))
	if got := inTab[string](t, tab, `document.querySelector("h1").textContent`); got != evil {
		t.Errorf("the title reads %q", got)
	}
	if title := inTab[string](t, tab, `document.title`); title != evil+": report" {
		t.Errorf("the window's title is %q", title)
	}
	if n := inTab[int](t, tab,
		`document.scripts.length + 10 * document.querySelectorAll("[onerror], img[src=x], a[href^=javascript]").length`); n != 1 {
		t.Errorf("%d scripts and elements that are none of the page's", n)
	}
	if c, r := tab.Complaints(), tab.Requests(); len(c) > 0 || len(r) != 1 {
		t.Errorf("complaints %.300q, requests %q", c, r)
	}
}

// TestReportOnPaper: the page prints on A4, without what only a screen can use.
func TestReportOnPaper(t *testing.T) {
	b := startBrowser(t)
	tab := openTab(t, b, reportOf(t, tinyFile))
	sheet, err := tab.Print()
	mustDo(t, err)
	mustDo(t, os.WriteFile(filepath.Join(t.ArtifactDir(), "report.pdf"), sheet, 0o644))
	if !strings.HasPrefix(string(sheet), "%PDF") || !strings.Contains(string(sheet), "/MediaBox [0 0 595") &&
		!strings.Contains(string(sheet), "/MediaBox [0 0 594") {
		t.Error("no sheets of A4")
	}
	const numbers = `document.querySelector("#assumptions .sortable").checkVisibility({contentVisibilityProperty: true, contentVisibilityAuto: true})`
	folded := inTab[bool](t, tab, numbers)
	mustDo(t, tab.Prefer("light", "print"))
	if !inTab[bool](t, tab, numbers) || folded {
		t.Error("the numbers are folded on paper, or unfolded on the screen")
	}
	for _, selector := range []string{"nav", ".skip", ".reader"} {
		if inTab[bool](t, tab, fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).display !== "none"`, selector)) {
			t.Errorf("%s is printed", selector)
		}
	}
}
