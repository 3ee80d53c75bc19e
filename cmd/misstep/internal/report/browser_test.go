package report

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
)

// tab is a page in a browser of its own, with what it did that a page of ours must not do:
// messages on the console, exceptions, requests; data in the page are no request.
type tab struct {
	context.Context

	t                    *testing.T
	mu                   sync.Mutex
	complaints, requests []string
}

// newTab starts a Chromium, or skips the test.
func newTab(t *testing.T) *tab {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	i := slices.IndexFunc(names, func(name string) bool {
		_, err := exec.LookPath(name)
		return err == nil
	})
	if i < 0 {
		t.Skip("no Chromium is installed")
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(names[i]), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("hide-scrollbars", true))...)
	t.Cleanup(stop)
	ctx, closed := chromedp.NewContext(ctx)
	t.Cleanup(closed)
	b := &tab{Context: ctx, t: t}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	b.must(err)
	return b
}

// note keeps what a page did.
func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprintf("console: %+v", e))
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, fmt.Sprintf("exception: %+v", e.ExceptionDetails))
	case *log.EventEntryAdded:
		b.complaints = append(b.complaints, fmt.Sprintf("log: %+v", e.Entry))
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			b.requests = append(b.requests, e.Request.URL)
		}
	}
}

func (b *tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// do runs steps in the tab.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.must(chromedp.Do(b, steps...))
}

// prefer sets the colour scheme and the medium, "screen" or "print".
func (b *tab) prefer(scheme, medium string) {
	b.t.Helper()
	_, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	b.must(err)
}

// in evaluates an expression in the page, which may be a promise.
func in[T any](b *tab, expression string) T {
	b.t.Helper()
	out, err := chromedp.Run(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// shown reports what is not to be seen.
func (b *tab) shown(selectors ...string) {
	b.t.Helper()
	for _, s := range selectors {
		if !in[bool](b, fmt.Sprintf(`(e => !!e && e.getBoundingClientRect().height > 0)(document.querySelector(%q))`, s)) {
			b.t.Errorf("%s is not shown", s)
		}
	}
}

// quiet reports complaints, and requests for anything but the page itself.
func (b *tab) quiet(file string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 || !slices.Equal(b.requests, []string{"file://" + file}) {
		b.t.Errorf("complaints: %.600q, requests %q", b.complaints, b.requests)
	}
}

// axe is the checker of accessibility, axe-core, as a script.
func axe(t *testing.T) string {
	t.Helper()
	f, err := os.Open("testdata/axe/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	source, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// reportOf writes the report of a small run of a scenario.
func reportOf(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if status, _, errs := call("run", name, "--draws", "4", "--replicates", "2", "--no-figures", "--quiet", "--out",
		dir); status != 0 {
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

// violations are what axe-core finds, with the place of the first of each.
const violations = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
	v.id + ": " + v.help + " at " + v.nodes[0].target + " (" + v.nodes.length + "): " + v.nodes[0].failureSummary))`

// TestReportsInABrowser: the report of each shipped scenario at three widths, in
// light and dark: nothing on the console, no request, no horizontal scroll, nothing
// that axe-core objects to. Pictures of the pages are kept with -artifacts.
func TestReportsInABrowser(t *testing.T) {
	for _, name := range run.ShippedNames() {
		t.Run(name, func(t *testing.T) {
			b, file := newTab(t), reportOf(t, name)
			b.do(chromedp.Navigate("file://" + file))
			for _, width := range []int64{360, 768, 1440} {
				b.do(chromedp.EmulateViewport(width, 900))
				if over := in[int](b,
					`document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
					t.Errorf("%d px: %d px to scroll sideways, because of %v", width, over, in[[]string](b,
						`[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right >
						document.documentElement.clientWidth + 1 && !e.closest(".scroll,output")).slice(0, 5).map(
						e => e.outerHTML.slice(0, 120))`))
				}
				b.keepPicture(fmt.Sprintf("%s-%d.png", name, width))
			}
			in[any](b, axe(t)+"; 0")
			schemes := []string{"light"}
			if strings.HasPrefix(name, "uk-") { // the rest of the page is alike in all
				schemes = append(schemes, "dark")
				in[any](b, `document.querySelectorAll("details").forEach(d => d.open = true), 0`)
			}
			for _, scheme := range schemes {
				b.prefer(scheme, "screen")
				for _, v := range in[[]string](b, violations) {
					t.Errorf("%s: %s", scheme, v)
				}
			}
			b.quiet(file)
		})
	}
}

// keepPicture saves a picture of the whole page where pictures are asked for.
func (b *tab) keepPicture(name string) {
	b.t.Helper()
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		return
	}
	shot, err := chromedp.Run(b, chromedp.FullScreenshot(100))
	b.must(err)
	b.must(os.WriteFile(filepath.Join(b.t.ArtifactDir(), name), shot, 0o644))
}

// TestReportByKeyboard: values are read off and tables sorted without a pointer: numbers
// as numbers, words as words, one column at a time.
func TestReportByKeyboard(t *testing.T) {
	b, file := newTab(t), reportOf(t, tinyFile)
	b.do(chromedp.Navigate("file://"+file), chromedp.EmulateViewport(1200, 900), chromedp.KeyEvent(kb.Tab))
	if at := in[string](b, `document.activeElement.textContent`); at != "Skip to the report" {
		t.Errorf("the first stop is %q", at)
	}

	const reading = `document.querySelector(".reader caption").textContent`
	const cells = `document.querySelectorAll(".reader tbody td").length`
	last := in[string](b, reading)
	b.do(chromedp.Focus(chromedp.CSS(".reader input")), chromedp.KeyEvent(kb.ArrowLeft))
	if now := in[string](b, reading); now == last || !strings.HasPrefix(now, "After ") || in[int](b, cells) < 6 {
		t.Errorf("reading %q after %q, %d cells", now, last, in[int](b, cells))
	}

	in[any](b, `document.querySelector("#assumptions details").open = true, 0`)
	column := func(n int) []string {
		return in[[]string](b, fmt.Sprintf(
			`[...document.querySelectorAll("#assumptions tbody tr")].map(r => r.cells[%d].textContent)`, n))
	}
	before := column(0)
	for n := range in[int](b, `document.querySelectorAll("#assumptions thead th").length`) {
		in[any](b, fmt.Sprintf(`document.querySelectorAll("#assumptions thead button")[%d].focus(), 0`, n))
		b.do(chromedp.KeyEvent(kb.Enter))
		up := column(n)
		b.do(chromedp.KeyEvent(kb.Enter))
		down := column(n)
		slices.Reverse(down)
		if len(up) != len(before) || n == 0 && !slices.Equal(up, down) {
			t.Errorf("column %d up %.200q, down %.200q", n, up, down)
		}
		if sorted := in[[]string](b, `[...document.querySelectorAll("[aria-sort]")].map(e => e.ariaSort)`); !slices.Equal(
			sorted, []string{"descending"}) {
			t.Errorf("sorted by %q", sorted)
		}
	}
	order := `(() => { const t = document.querySelector("#assumptions table"), b = t.tBodies[0], r = b.rows[0];
		const values = ["10 x", "9", "−1", "b", "", "1e-3", "a"];
		b.replaceChildren(...values.map(v => { const c = r.cloneNode(true); c.cells[1].textContent = v; return c; }));
		t.querySelectorAll("thead button")[1].click();
		return [...b.rows].map(r => r.cells[1].textContent).join("|"); })()`
	if got := in[string](b, order); got != "−1|1e-3|9|10 x||a|b" {
		t.Errorf("numbers and words sort as %s", got)
	}
	b.quiet(file)
}

// TestUnfold: a link to what is folded opens it, on arrival and later; one to nothing does
// no harm.
func TestUnfold(t *testing.T) {
	b, file := newTab(t), reportOf(t, tinyFile)
	const open = `document.querySelector("#assumptions details").open`
	b.do(chromedp.Navigate("file://" + file + "#number-3"))
	if !in[bool](b, open) {
		t.Error("folded on arrival")
	}
	in[any](b, `new Promise(done => { document.querySelector("#assumptions details").open = false; location.hash = "";
		setTimeout(done, 50, 0) })`)
	in[any](b, `new Promise(done => { location.hash = "number-2"; setTimeout(done, 200, 0) })`)
	if !in[bool](b, open) {
		t.Error("folded after a jump")
	}
	in[any](b, `new Promise(done => { location.hash = "none-such"; setTimeout(done, 50, 0) })`)
	b.quiet(file)
}

// TestReportWithoutScript: with scripts off the page shows its text, its pictures and
// its numbers, and no control that does nothing.
func TestReportWithoutScript(t *testing.T) {
	b, file := newTab(t), reportOf(t, tinyFile)
	_, err := chromedp.Call(b, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	b.must(err)
	b.do(chromedp.Navigate("file://" + file))
	if n := in[int](b, `document.querySelectorAll("button, input, .reader").length`); n != 0 {
		t.Errorf("%d controls that do nothing", n)
	}
	b.shown("#brief > p", "#brief table", "#figure-escalation img", "#limits")
}

// TestHostileReport: what a scenario says stays text: nothing runs, nothing is an
// element, nothing is fetched.
func TestHostileReport(t *testing.T) {
	text, err := os.ReadFile(tinyFile)
	if err != nil {
		t.Fatal(err)
	}
	const evil = `<script>document.title="run"</script><img src=x onerror="document.title='run'"><a href="javascript:1">`
	quoted := strings.ReplaceAll(evil, "'", "''")
	bad := strings.Replace(string(text), `title: "Aland and Borland"`, "title: '"+quoted+"'\ncard: {question: '"+quoted+
		"', limits: '</style></script>"+quoted+"'}", 1)
	bad = strings.ReplaceAll(bad, "assumption: invented", "assumption: "+strings.ReplaceAll(evil, `"`, `\"`))
	name := filepath.Join(t.TempDir(), "hostile.yaml")
	if err := os.WriteFile(name, []byte(bad), 0o644); err != nil {
		t.Fatal(err)
	}
	b, file := newTab(t), reportOf(t, name)
	b.do(chromedp.Navigate("file://" + file))
	if got := in[string](b, `document.querySelector("h1").textContent`); got != evil+": What does “with” change?" {
		t.Errorf("the title reads %q", got)
	}
	if title := in[string](b, `document.title`); title != evil+": report" {
		t.Errorf("the window's title is %q", title)
	}
	if n := in[int](b, `document.scripts.length +
		10 * document.querySelectorAll("[onerror], img[src=x], a[href^=javascript]").length`); n != 1 {
		t.Errorf("%d scripts and elements that are none of the page's", n)
	}
	b.quiet(file)
}

// TestReportOnPaper: the page prints on A4, with the numbers unfolded and without what only
// a screen can use.
func TestReportOnPaper(t *testing.T) {
	b := newTab(t)
	b.do(chromedp.Navigate("file://" + reportOf(t, tinyFile)))
	sheet, err := chromedp.Run(b, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	b.must(err)
	b.must(os.WriteFile(filepath.Join(t.ArtifactDir(), "report.pdf"), sheet, 0o644))
	if !strings.HasPrefix(string(sheet), "%PDF") || !strings.Contains(string(sheet), "/MediaBox [0 0 595") &&
		!strings.Contains(string(sheet), "/MediaBox [0 0 594") {
		t.Error("no sheets of A4")
	}
	const numbers = `document.querySelector("#assumptions table").checkVisibility({contentVisibilityProperty: true,
		contentVisibilityAuto: true})`
	folded := in[bool](b, numbers)
	b.prefer("light", "print")
	if !in[bool](b, numbers) || folded {
		t.Error("the numbers are folded on paper, or unfolded on the screen")
	}
	for _, selector := range []string{"nav", ".skip", ".reader", ".numbers"} {
		if in[bool](b, fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).display !== "none"`, selector)) {
			t.Errorf("%s is printed", selector)
		}
	}
}
