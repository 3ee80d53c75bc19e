package assets

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/misstep/misstep/internal/browser"
)

// calm is when the answer on screen is the fine one of what is asked.
const calm = `document.querySelector("#level").dataset.level === "fine"`

// allLive is when as many workers live as there are to be.
const allLive = `explorer.pool.size === Math.min(navigator.hardwareConcurrency, 4)`

// moving moves the first slider many times without waiting, and notes each number on screen that is not of
// the state: the engine's first number is the sum of all that is set, and the seed.
const moving = `(async () => {
	const slider = document.querySelector("#assumed input[type=range]"), stale = [];
	const watch = () => {
		const text = document.querySelector("#rows td")?.textContent ?? "", set = explorer.state.sets[0];
		const want = (1 + Number(set?.split("=")[1] ?? 0)).toFixed(3);
		if (/\d/.test(text) && set && !text.startsWith(want)) stale.push(text + " for " + want);
	};
	new MutationObserver(watch).observe(document.querySelector("#answer"), {childList: true, subtree: true});
	for (let i = 0; i < 100; i++) {
		slider.value = 10 * i + 1;
		slider.dispatchEvent(new Event("input"));
		watch();
		if (i % 4 === 0) await new Promise(r => setTimeout(r, i % 3 ? 4 : 70));
		watch();
		if (i === 50) explorer.pool.kill();
	}
	return stale;
})()`

// TestMovingFast: many moves, and a worker that dies among them, show no number of another state,
// and end in the answer of the last one.
func TestMovingFast(t *testing.T) {
	b, address := pageOf(t, nil)
	if got := browser.In[[]string](b, moving); len(got) > 0 {
		t.Errorf("%d stale numbers: %.300q", len(got), got)
	}
	until(b, calm)
	if got := browser.In[string](b, `document.querySelector("#rows td").textContent`); !strings.HasPrefix(got, "1.959") {
		t.Errorf("after the last move %q", got)
	}
	if !browser.In[bool](b, allLive) {
		t.Error("a worker was not replaced, or one more was started")
	}
	link := browser.In[string](b, `new Promise(r => setTimeout(() => r(location.hash), 600))`)
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address+link))
	until(b, calm)
	if got := browser.In[string](b, `document.querySelector("#rows td").textContent`); !strings.HasPrefix(got, "1.959") {
		t.Errorf("by its link %q: %q", link, got)
	}
	b.Quiet(address, address)
}

// TestMovingOn: pieces that are played when another question comes are given up, here such as would never end.
func TestMovingOn(t *testing.T) {
	b, address := pageOf(t, nil)
	move := func(to int) {
		browser.In[any](b, fmt.Sprintf(`(s => { s.value = %d; s.dispatchEvent(new Event("input")); })(
			document.querySelectorAll("#assumed input[type=range]")[1]), 0`, to))
	}
	move(900)
	until(b, `document.querySelector("#doing").textContent.includes("0 %")`)
	move(300)
	until(b, calm)
	if got := browser.In[string](b, `document.querySelector("#rows td").textContent`); !strings.HasPrefix(got, "4.000") {
		t.Errorf("after moving on %q", got)
	}
	if !browser.In[bool](b, allLive) {
		t.Error("a worker was lost")
	}
	b.Quiet(address)
}

// TestPageKeepsItsScripts: a script that would end early makes no page.
func TestPageKeepsItsScripts(t *testing.T) {
	if _, err := Page(Parts{Exec: `"</SCRIPT>"`}); err == nil {
		t.Error("a page is made of a script that ends before its end")
	}
}
