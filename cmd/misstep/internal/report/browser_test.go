package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/internal/browser"
)

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

// TestReportsInABrowser: the report of each shipped scenario at three widths, in
// light and dark: nothing on the console, no request, no horizontal scroll, nothing
// that axe-core objects to. Pictures of the pages are kept with -artifacts.
func TestReportsInABrowser(t *testing.T) {
	for _, name := range run.ShippedNames() {
		t.Run(name, func(t *testing.T) {
			b, file := browser.New(t), reportOf(t, name)
			b.Do(chromedp.Navigate("file://" + file))
			for _, width := range []int64{360, 768, 1440} {
				b.Sideways(width, "main *:not(.scroll *, output *)")
				b.KeepPicture(fmt.Sprintf("%s-%d.png", name, width))
			}
			b.Axe()
			schemes := []string{"light"}
			if strings.HasPrefix(name, "uk-") { // the rest of the page is alike in all
				schemes = append(schemes, "dark")
				browser.In[any](b, `document.querySelectorAll("details").forEach(d => d.open = true), 0`)
			}
			for _, scheme := range schemes {
				b.Prefer(scheme, "screen")
				for _, v := range b.Violations() {
					t.Errorf("%s: %s", scheme, v)
				}
			}
			b.Quiet("file://" + file)
		})
	}
}

// TestReportByKeyboard: values are read off and tables sorted without a pointer: numbers
// as numbers, words as words, one column at a time.
func TestReportByKeyboard(t *testing.T) {
	b, file := browser.New(t), reportOf(t, tinyFile)
	b.Do(chromedp.Navigate("file://"+file), chromedp.EmulateViewport(1200, 900), chromedp.KeyEvent(kb.Tab))
	if at := browser.In[string](b, `document.activeElement.textContent`); at != "Skip to the report" {
		t.Errorf("the first stop is %q", at)
	}

	const reading = `document.querySelector(".reader caption").textContent`
	const cells = `document.querySelectorAll(".reader tbody td").length`
	last := browser.In[string](b, reading)
	b.Do(chromedp.Focus(chromedp.CSS(".reader input")), chromedp.KeyEvent(kb.ArrowLeft))
	if now := browser.In[string](b, reading); now == last || !strings.HasPrefix(now, "After ") ||
		browser.In[int](b, cells) < 6 {
		t.Errorf("reading %q after %q, %d cells", now, last, browser.In[int](b, cells))
	}

	browser.In[any](b, `document.querySelector("#assumptions details").open = true, 0`)
	column := func(n int) []string {
		return browser.In[[]string](b, fmt.Sprintf(
			`[...document.querySelectorAll("#assumptions tbody tr")].map(r => r.cells[%d].textContent)`, n))
	}
	before := column(0)
	for n := range browser.In[int](b, `document.querySelectorAll("#assumptions thead th").length`) {
		browser.In[any](b, fmt.Sprintf(`document.querySelectorAll("#assumptions thead button")[%d].focus(), 0`, n))
		b.Do(chromedp.KeyEvent(kb.Enter))
		up := column(n)
		b.Do(chromedp.KeyEvent(kb.Enter))
		down := column(n)
		slices.Reverse(down)
		if len(up) != len(before) || n == 0 && !slices.Equal(up, down) {
			t.Errorf("column %d up %.200q, down %.200q", n, up, down)
		}
		sorted := browser.In[[]string](b, `[...document.querySelectorAll("[aria-sort]")].map(e => e.ariaSort)`)
		if !slices.Equal(sorted, []string{"descending"}) {
			t.Errorf("sorted by %q", sorted)
		}
	}
	order := `(() => { const t = document.querySelector("#assumptions table"), b = t.tBodies[0], r = b.rows[0];
		const values = ["10 x", "9", "−1", "b", "", "1e-3", "a"];
		b.replaceChildren(...values.map(v => { const c = r.cloneNode(true); c.cells[1].textContent = v; return c; }));
		t.querySelectorAll("thead button")[1].click();
		return [...b.rows].map(r => r.cells[1].textContent).join("|"); })()`
	if got := browser.In[string](b, order); got != "−1|1e-3|9|10 x||a|b" {
		t.Errorf("numbers and words sort as %s", got)
	}
	b.Quiet("file://" + file)
}

// TestUnfold: a link to what is folded opens it, on arrival and later; one to nothing does
// no harm.
func TestUnfold(t *testing.T) {
	b, file := browser.New(t), reportOf(t, tinyFile)
	const open = `document.querySelector("#assumptions details").open`
	b.Do(chromedp.Navigate("file://" + file + "#number-3"))
	if !browser.In[bool](b, open) {
		t.Error("folded on arrival")
	}
	browser.In[any](b, `new Promise(done => {
		document.querySelector("#assumptions details").open = false;
		location.hash = "";
		setTimeout(done, 50, 0) })`)
	browser.In[any](b, `new Promise(done => { location.hash = "number-2"; setTimeout(done, 200, 0) })`)
	if !browser.In[bool](b, open) {
		t.Error("folded after a jump")
	}
	browser.In[any](b, `new Promise(done => { location.hash = "none-such"; setTimeout(done, 50, 0) })`)
	b.Quiet("file://" + file)
}

// TestReportWithoutScript: with scripts off the page shows its text, its pictures and
// its numbers, and no control that does nothing.
func TestReportWithoutScript(t *testing.T) {
	b, file := browser.New(t), reportOf(t, tinyFile)
	_, err := chromedp.Call(b, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Must(err)
	b.Do(chromedp.Navigate("file://" + file))
	if n := browser.In[int](b, `document.querySelectorAll("button, input, .reader").length`); n != 0 {
		t.Errorf("%d controls that do nothing", n)
	}
	b.Shown("#brief > p", "#brief table", "#figure-escalation img", "#limits")
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
	b, file := browser.New(t), reportOf(t, name)
	b.Do(chromedp.Navigate("file://" + file))
	title := browser.In[string](b, `document.querySelector("h1").textContent`)
	if title != evil+": What does “with” change?" {
		t.Errorf("the title reads %q", title)
	}
	if name := browser.In[string](b, `document.title`); name != evil+": report" {
		t.Errorf("the window's title is %q", name)
	}
	if n := browser.In[int](b, `document.scripts.length +
		10 * document.querySelectorAll("[onerror], img[src=x], a[href^=javascript]").length`); n != 1 {
		t.Errorf("%d scripts and elements that are none of the page's", n)
	}
	b.Quiet("file://" + file)
}

// TestReportOnPaper: the page prints on A4, with the numbers unfolded and without what only
// a screen can use.
func TestReportOnPaper(t *testing.T) {
	b := browser.New(t)
	b.Do(chromedp.Navigate("file://" + reportOf(t, tinyFile)))
	sheet, err := chromedp.Run(b, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	b.Must(err)
	b.Must(os.WriteFile(filepath.Join(t.ArtifactDir(), "report.pdf"), sheet, 0o644))
	if !strings.HasPrefix(string(sheet), "%PDF") || !strings.Contains(string(sheet), "/MediaBox [0 0 595") &&
		!strings.Contains(string(sheet), "/MediaBox [0 0 594") {
		t.Error("no sheets of A4")
	}
	const numbers = `document.querySelector("#assumptions table").checkVisibility({contentVisibilityProperty: true,
		contentVisibilityAuto: true})`
	folded := browser.In[bool](b, numbers)
	b.Prefer("light", "print")
	if !browser.In[bool](b, numbers) || folded {
		t.Error("the numbers are folded on paper, or unfolded on the screen")
	}
	for _, selector := range []string{"nav", ".skip", ".reader", ".numbers"} {
		if browser.In[bool](b, fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).display !== "none"`, selector)) {
			t.Errorf("%s is printed", selector)
		}
	}
}
