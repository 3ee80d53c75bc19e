//go:build verify

package explore

import (
	"cmp"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/misstep/misstep/internal/browser"
)

// waited are the times that a reader waits, in ms: from opening the page to an engine that answers, from a move to the
// quick estimate, and from there to the full answer.
const waited = `(async () => {
	const seen = async (yes) => { while (!yes()) await new Promise(r => setTimeout(r, 1)); return performance.now(); };
	const level = document.querySelector("#level").dataset;
	const ready = await seen(() => document.body.dataset.engine === "ready");
	await new Promise(r => setTimeout(r, 500));
	const slider = document.querySelector("#assumed input[type=range]");
	const began = performance.now();
	slider.value = 300;
	slider.dispatchEvent(new Event("input"));
	const draft = await seen(() => level.level === "draft");
	return [ready, draft - began, await seen(() => level.level === "fine") - draft];
})()`

// BenchmarkPage: what docs/PERFORMANCE.md says of the explorer, of the scenario ONLY or of the README's.
func BenchmarkPage(bench *testing.B) {
	file := written(bench, program(bench), cmp.Or(os.Getenv("ONLY"), shown))
	var sums [3]float64
	bench.ResetTimer()
	for range bench.N {
		b := browser.New(bench)
		b.Do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate("file://"+file))
		for i, ms := range browser.In[[]float64](b, waited) {
			sums[i] += ms
		}
	}
	for i, name := range []string{"ready-ms", "draft-ms", "full-ms"} {
		bench.ReportMetric(sums[i]/float64(bench.N), name)
	}
}
