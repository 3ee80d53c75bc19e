//go:build verify

package explore

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/misstep/misstep/internal/browser"
)

// steps are so many moves, which take less than a minute on two quiet cores.
const steps = 100

// stepping moves a number so many times, each time as soon as the quick estimate of the last move stands there.
const stepping = `(async (steps) => {
	const slider = document.querySelector("#assumed input[type=range]"), level = document.querySelector("#level");
	for (let i = 0; i < steps; i++) {
		slider.value = 100 + (i * 377) %% 800;
		slider.dispatchEvent(new Event("input"));
		while (level.dataset.level === "wait") await new Promise(r => setTimeout(r, 5));
		const now = level.dataset.level;
		if (!["draft", "fine"].includes(now)) throw Error("after move " + i + " it is " + now);
	}
})(%d)`

// TestMemory: after many moves and a full answer the tab takes less than 400 MB, and as many workers live as before.
func TestMemory(t *testing.T) {
	file := written(t, program(t), shown)
	b := browser.New(t)
	b.Do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate("file://"+file))
	until(b, `document.body.dataset.engine === "ready"`)
	workers, memory, began := browser.In[int](b, `explorer.pool.size`), b.Memory(), time.Now()
	browser.In[any](b, fmt.Sprintf(stepping, steps))
	t.Logf("%d moves in %.0f s; %.0f MB before and %.0f after", steps, time.Since(began).Seconds(), float64(memory)/1e6,
		float64(b.Memory())/1e6)
	until(b, `document.querySelector("#level").dataset.level === "fine"`)
	if held := b.Memory(); held >= 400e6 {
		t.Errorf("after a full answer the tab takes %.0f MB", float64(held)/1e6)
	}
	if n := browser.In[int](b, `explorer.pool.size`); n != workers {
		t.Errorf("%d workers live, %d before", n, workers)
	}
}
