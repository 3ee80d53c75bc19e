//go:build verify

package assets

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/misstep/misstep/cmd/misstep/internal/explore/session"
	"github.com/misstep/misstep/internal/browser"
)

// TestForEveryone: at four widths, light and dark, with a story open and a source unfolded, nothing
// that axe-core objects to, no scroll sideways; and on one screen no scroll at all.
func TestForEveryone(t *testing.T) {
	b, address := pageOf(t, nil)
	b.Axe()
	for _, scheme := range []string{"light", "dark"} {
		b.Prefer(scheme, "screen")
		for _, width := range []int64{390, 768, 1440, 1920} {
			b.Sideways(width, "main *")
			browser.In[any](b, `document.querySelectorAll(".why").forEach(e => e.getAttribute("aria-expanded") === "true" ||
				e.click()), 0`)
			b.KeepPicture(fmt.Sprintf("page-%s-%d.png", scheme, width))
			for _, v := range b.Violations() {
				t.Errorf("%s, %d: %s", scheme, width, v)
			}
			browser.In[any](b, `document.querySelector("#squares button").click(), 0`)
			until(b, `document.querySelector("#story").open && document.querySelector(".mistake")`)
			for _, v := range b.Violations() {
				t.Errorf("story, %s, %d: %s", scheme, width, v)
			}
			browser.In[any](b, `document.querySelector("#close").click(), 0`)
		}
	}
	b.Do(chromedp.EmulateViewport(1440, 900))
	if over := browser.In[int](b, `document.documentElement.scrollHeight - innerHeight`); over > 0 {
		t.Errorf("%d px to scroll at 1440 × 900", over)
	}
	b.Quiet(address)
}

// TestByKeyboard: all that can be done with a pointer can be done with keys.
func TestByKeyboard(t *testing.T) {
	b, _ := pageOf(t, nil)
	b.Do(chromedp.Focus(chromedp.CSS("#assumed input[type=range]")), chromedp.KeyEvent(kb.ArrowRight))
	until(b, calm)
	if set := browser.In[[]string](b, `explorer.state.sets`); len(set) != 1 || !strings.HasPrefix(set[0], "price=0.15") {
		t.Errorf("an arrow key sets %q", set)
	}
	said := browser.In[string](b, `document.querySelector("#said").textContent`)
	if !strings.HasPrefix(said, "Full answer. ") {
		t.Errorf("a reader is told %q", said)
	}
	b.Do(chromedp.KeyEvent(kb.Escape))
	until(b, `explorer.state.sets.length === 0 && document.querySelector("#level").dataset.level === "stored"`)
	const focused = `[...document.querySelectorAll("#squares button")].indexOf(document.activeElement)`
	b.Do(chromedp.Focus(chromedp.CSS("#squares button")), chromedp.KeyEvent(kb.ArrowDown),
		chromedp.KeyEvent(kb.ArrowRight))
	if at := browser.In[int](b, focused); at != 11 {
		t.Errorf("down and right lead to square %d", at)
	}
	b.Do(chromedp.KeyEvent(kb.Enter))
	until(b, `document.querySelector("#story").open`)
	b.Do(chromedp.KeyEvent(kb.Escape))
	until(b, `!document.querySelector("#story").open`)
	if at := browser.In[int](b, focused); at != 11 {
		t.Errorf("a story is left to square %d", at)
	}
}

// TestBadLinks: a link that is not of this page is one sentence, and the last good answer stays.
func TestBadLinks(t *testing.T) {
	b, address := pageOf(t, nil)
	for hash, want := range map[string]string{
		"#v=9&scenario=aland":                               "is of version 9",
		"#v=1&scenario=borland":                             "is of scenario borland",
		"#v=1&scenario=aland&arm=with":                      "names one arm",
		"#v=1&scenario=aland&arm=a&arm=b":                   "are no arms",
		"#v=1&scenario=aland&seed=-3":                       "no whole number",
		"#v=1&scenario=aland&set=price":                     "no PATH=VALUE",
		"#v=1&scenario=aland&set=price%3D11":                "outside its domain",
		"#v=1&scenario=aland&set=price%3Dx":                 "outside its domain",
		"#" + strings.Repeat("x", 20000):                    "longer than",
		"#v=1&scenario=%3Cimg%20src%3Dx%20onerror%3D1%3E":   "is of scenario <img",
		"#v=1&scenario=aland&set=%3Cscript%3E%3D%3Cscript>": "outside its domain",
		"#v=1&scenario=aland&check=2&set=price%3D1":         "another run, version or file",
		"#v=1&scenario=aland&weigh=missteps%3D3":            "weighs missteps=3",
	} {
		browser.In[any](b, fmt.Sprintf(`document.querySelector("#problem").hidden = true, location.hash = %q, 0`, hash))
		until(b, `!document.querySelector("#problem").hidden`)
		got := browser.In[string](b, `document.querySelector("#problem-text").textContent`)
		row := browser.In[string](b, `document.querySelector("#rows td").textContent`)
		if !strings.Contains(got, want) || row != "1.40 ±0.05" {
			t.Errorf("%.60s: %q, the answer is %q", hash, got, row)
		}
	}
	if n := browser.In[int](b, `document.querySelectorAll("img, [onerror]").length`); n != 0 {
		t.Error("a link has made an element")
	}
	browser.In[any](b, `location.hash = "#v=1&scenario=aland&check=1&set=assumptions.price%3D1&set=model.clock%3D2", 0`)
	until(b, calm)
	if got := browser.In[[]string](b, `explorer.state.sets`); !slices.Equal(got, []string{"model.clock=2", "price=1"}) {
		t.Errorf("paths in full set %q", got)
	}
	browser.In[any](b, `(s => { s.value = 0.4; s.dispatchEvent(new Event("input")); })(
		document.querySelector("#weight-0")), 0`)
	until(b, `location.hash.includes("weigh=missteps%3D0.4")`)
	link := browser.In[string](b, `location.href`)
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(link))
	until(b, calm)
	if got := browser.In[string](b, `document.querySelector(".weight output").textContent`); got != "0.40" {
		t.Errorf("by its link a misstep counts %q", got)
	}
	b.Quiet(address, address)
}

// TestFiles: a file that is no scenario says so with its lines, one that is too large is not read, and
// one that is a scenario is answered.
func TestFiles(t *testing.T) {
	b, address := pageOf(t, map[string]any{"like": sample(), "deciding": []string{"price"}})
	drop := func(name, make string) {
		browser.In[any](b, fmt.Sprintf(`(() => { const t = new DataTransfer(), f = new File([%s], %q);
			if (%q === "large.yaml") Object.defineProperty(f, "arrayBuffer", {value: () => { throw Error("it is read") }});
			t.items.add(f);
			const e = new DragEvent("drop", {dataTransfer: t, cancelable: true, bubbles: true});
			document.body.dispatchEvent(e); })(), 0`, make, name, name))
	}
	says := func() string {
		until(b, `!document.querySelector("#problem").hidden`)
		defer browser.In[any](b, `document.querySelector("#dismiss").click(), 0`)
		return browser.In[string](b, `document.querySelector("#problem").innerText`)
	}
	drop("large.yaml", `new Uint8Array(100e6)`)
	if got := says(); !strings.Contains(got, "has 100 MB") {
		t.Errorf("a large file: %q", got)
	}
	drop("picture.yaml", `new Uint8Array([0x89, 0x50, 0xff])`)
	if got := says(); !strings.Contains(got, "no text in UTF-8") {
		t.Errorf("a picture: %q", got)
	}
	drop("other.yaml", `"bad: 1"`)
	if got := says(); !strings.Contains(got, "other.yaml has 2 problems") ||
		!strings.Contains(got, "line 3:1: unknown key bad") {
		t.Errorf("a bad scenario: %q", got)
	}
	drop("endless.yaml", `"endless: 1"`)
	if got := says(); !strings.Contains(got, "does not end") {
		t.Errorf("a scenario without end: %q", got)
	}
	until(b, `document.querySelector("#level").dataset.level === "stored"`)
	if row := browser.In[string](b, `document.querySelector("#rows td").textContent`); row != "1.40 ±0.05" {
		t.Errorf("after them the answer is %q", row)
	}
	drop("mine.yaml", `"misstep: 1"`)
	until(b, calm)
	browser.In[any](b, `(e => { e.value = "with"; e.onchange(); })(document.querySelector("#baseline")), 0`)
	until(b, calm)
	if row := browser.In[string](b, `document.querySelector("#rows td").textContent`); row != "1.000 ±0.05" {
		t.Errorf("the new scenario answers %q", row)
	}
	browser.In[any](b, `(e => { e.value = 300; e.dispatchEvent(new Event("input")); })(
		document.querySelector("#assumed input[type=range]")), 0`)
	until(b, calm)
	b.Shown("#grey")
	drop("first.yaml", `"misstep: 1"`)
	drop("second.yaml", `"misstep: 1"`)
	until(b, calm+` && explorer.state.sets.length === 0`)
	browser.In[any](b, `document.querySelector("#chance").click(), 0`)
	until(b, calm)
	browser.In[any](b, `document.querySelector("#link").click(), 0`)
	until(b, `document.querySelector("#share").open`)
	about := browser.In[string](b, `document.querySelector("#share").textContent`)
	link := browser.In[string](b, `document.querySelector("#share-text").value`)
	if !strings.Contains(about, "Send second.yaml along") || !strings.Contains(link, "scenario=second&check=") {
		t.Errorf("of two files: %q, %q", about, link)
	}
	browser.In[any](b, `document.querySelector("#share-close").click(), 0`)
	drop("aland.yaml", `"misstep: 1"`) // of the name of what ships
	until(b, calm+` && explorer.state.seed === "1"`)
	browser.In[any](b, `document.querySelector("#chance").click(), 0`)
	until(b, calm+` && location.hash.includes("scenario=aland")`)
	b.Do(chromedp.Reload())
	if got := says(); !strings.Contains(got, "another run, version or file") {
		t.Errorf("a link of another file of the same name: %q", got)
	}
	b.Quiet(address, address)
}

// TestWaiting: while an answer is computed what ships stays in grey under its own names, and as high; a drag
// near the tick goes back to it; an answer without a decision says so.
func TestWaiting(t *testing.T) {
	bare := sample()
	bare.Decision = nil
	b, address := pageOf(t, map[string]any{"stored": bare})
	says := func() string { return browser.In[string](b, `document.querySelector("#weights .says").textContent`) }
	if got := says(); !strings.Contains(got, "So few futures") {
		t.Errorf("without a decision: %q", got)
	}
	got := browser.In[string](b, `(() => {
		const box = document.querySelector("#curves"), high = box.clientHeight;
		const arm = document.querySelector("#treatment");
		arm.value = "without";
		arm.onchange();
		return [...box.querySelectorAll(".label.bold.was")].map(e => e.textContent).join(", ") +
			(box.clientHeight === high ? "" : "; another height") + (document.querySelector("#grey").hidden ? "; no key" : "");
	})()`)
	if got != "without the forum, with the forum" {
		t.Errorf("in grey: %q", got)
	}
	if got := says(); !strings.HasPrefix(got, "Computing") {
		t.Errorf("while computing: %q", got)
	}
	until(b, calm)
	const drag = `(by => {
		const s = document.querySelector("#assumed input[type=range]");
		document.querySelector("#reset").click();
		s.dispatchEvent(new Event("pointerdown"));
		s.value = Number(s.value) + by;
		s.dispatchEvent(new Event("input"));
		return explorer.state.sets.length + document.querySelector("#assumed .held").textContent;
	})`
	if got := browser.In[string](b, drag+`(6)`); got != "0" {
		t.Errorf("a drag near the tick: %q", got)
	}
	if got := browser.In[string](b, drag+`(50)`); !strings.HasSuffix(got,
		"; as shipped mostly 0.05 to 0.5 before the record") {
		t.Errorf("a drag: %q", got)
	}
	b.Quiet(address)
}

// TestDownloads: each file has what the engine says of the state, and no address of it is kept.
func TestDownloads(t *testing.T) {
	b, _ := pageOf(t, nil)
	browser.In[any](b, `(() => {
		const [create, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
		[globalThis.saved, globalThis.kept] = [[], new Set()];
		URL.revokeObjectURL = (u) => { kept.delete(u); revoke.call(URL, u); };
		URL.createObjectURL = (blob) => {
			const u = create.call(URL, blob);
			kept.add(u);
			blob.text().then(t => saved.push(t));
			return u;
		};
		HTMLAnchorElement.prototype.click = () => {};
	})(), 0`)
	browser.In[any](b, `document.querySelector("#csv").click(), 0`)
	until(b, `saved.length === 1`)
	browser.In[any](b, `document.querySelector("#yaml").click(), 0`)
	until(b, `saved.length === 2 && kept.size === 0`)
	if got := browser.In[[]string](b, `saved`); !slices.Equal(got, []string{"total,1\n", "# changed\n"}) {
		t.Errorf("saved are %q", got)
	}
}

// TestLostEngines: an engine that dies at the same piece each time is said so, and the answer stays; one
// that computes otherwise than its page says is not believed.
func TestLostEngines(t *testing.T) {
	b, _ := pageOf(t, nil)
	browser.In[any](b, `explorer.pool.kill(), explorer.pool.kill(), 0`)
	until(b, allLive)
	page, err := os.ReadFile(strings.TrimPrefix(browser.In[string](b, `location.href`), "file://"))
	b.Must(err)
	const starts, refuses = `{ id: 0, value: "ready" }`, `{ id: 0, problems: '[{"message": "it counts otherwise"}]' }`
	other := func(name, old, with string) {
		file := filepath.Join(t.TempDir(), name)
		b.Must(os.WriteFile(file, []byte(strings.ReplaceAll(string(page), old, with)), 0o644))
		b.Do(chromedp.Navigate("file://" + file))
	}
	row := func() string { return browser.In[string](b, `document.querySelector("#rows td").textContent`) }
	said := func() string { return browser.In[string](b, `document.querySelector("#problem-text").textContent`) }
	for i, c := range [][3]string{{`"check":"1"`, `"check":"2"`, "computes otherwise"},
		{`"file":"aland"`, `"file":"aland","crash":0`, "the engine ends at this, twice"},
		{starts, refuses, "the engine does not run here: it counts otherwise"}} {
		other(fmt.Sprint(i, ".html"), c[0], c[1])
		until(b, `!document.querySelector("#problem").hidden`)
		if got := said(); !strings.Contains(got, c[2]) || row() != "1.40 ±0.05" {
			t.Errorf("%s: %q, the answer is %q", c[1], got, row())
		}
		browser.In[any](b, `document.querySelector("#problem").hidden = true,
			location.hash = "#v=1&scenario=aland&set=price%3D1", 0`)
		until(b, `!document.querySelector("#problem").hidden`)
		if got := said(); !strings.Contains(got, c[2]) || row() != "1.40 ±0.05" {
			t.Errorf("%s: after a link %q, the answer is %q", c[1], got, row())
		}
		if n := browser.In[int](b, `(explorer.pool?.size ?? 0) + document.querySelectorAll("main :is(input, select):enabled" +
			":not(#decision *), header select:enabled, #chance:enabled, #csv:enabled").length`); n != 0 {
			t.Errorf("%s: %d controls and workers that live", c[1], n)
		}
	}

	other("silent.html", starts, `{ id: -1 }`) // an engine that is not ready yet
	until(b, `document.querySelector("#squares button")`)
	browser.In[any](b, `document.querySelector("#squares button").click(), document.querySelector("#yaml").click(), 0`)
	if got := said(); !strings.Contains(got, "not ready yet") {
		t.Errorf("too early: %q", got)
	}
	browser.In[any](b, `document.querySelector("#command").click(), 0`)
	until(b, `document.querySelector("#share").open`)
	if got := browser.In[string](b, `document.querySelector("#share-text").value`); got != "misstep run aland" {
		t.Errorf("the command of what ships: %q", got)
	}
}

// TestMemory: after many steps no worker is left over, and the page has grown by no more than a little.
func TestMemory(t *testing.T) {
	b, _ := pageOf(t, nil)
	grown := func(steps int) float64 {
		return browser.In[float64](b, fmt.Sprintf(`(async () => {
			const s = document.querySelector("#assumed input[type=range]");
			for (let i = 0; i < %d; i++) {
				s.value = i %% 999;
				s.dispatchEvent(new Event("input"));
				await new Promise(r => setTimeout(r, 12));
			}
			return performance.memory.usedJSHeapSize / 1e6; })()`, steps))
	}
	before := grown(100)
	if after := grown(500); after > before+30 {
		t.Errorf("from %.0f MB to %.0f", before, after)
	}
	if n := browser.In[int](b, `explorer.pool.size`); n > 4 {
		t.Errorf("%d workers live", n)
	}
}

// TestHostileScenario: what a scenario says stays text wherever it is shown: nothing runs, nothing is an element.
func TestHostileScenario(t *testing.T) {
	const evil = `</script><img src=x onerror="document.title='run'"><script>document.title="run"</script>`
	d, a := described(), sample()
	d.Title, d.Question, d.Limits, d.Arms[1].Words = evil, evil, evil, evil
	for _, list := range [][]session.Control{d.Decided, d.Assumed} {
		for i := range list {
			c := &list[i]
			c.Words, c.Group, c.Source, c.Unit = evil, evil, evil, evil
			for k := range c.Options {
				c.Options[k].Words, c.Options[k].Says = evil, evil
			}
		}
	}
	a.Asked, a.Finding, a.Says, a.Notes[0].Text, a.Rows[0].Label = evil, evil, []string{evil, evil}, evil, evil
	a.Beliefs[0].Words, a.Curves[0].Words, a.Warnings, a.Last = evil, evil, []string{evil}, evil
	b, address := pageOf(t, map[string]any{"described": d, "stored": a, "story": session.Story{Sides: evil,
		Cases: []session.StoryCase{{Title: evil, Truth: evil, Shared: []session.Line{{Text: evil, Notes: []string{evil}}}}}}})
	browser.In[any](b, `document.querySelector("#squares button").click(), 0`)
	until(b, `document.querySelector("#story").open && document.querySelector(".note")`)
	if title := browser.In[string](b, `document.title`); title != evil+": misstep explore" {
		t.Errorf("the window's title is %q", title)
	}
	if n := browser.In[int](b, `document.querySelectorAll("img, [onerror]").length + document.scripts.length`); n != 4 {
		t.Errorf("%d scripts and elements, of which 4 are the page's", n)
	}
	b.Quiet(address)
}
