// Package browser drives a Chromium or a Firefox for tests of pages: it notes what a page must not do,
// and asks axe-core what keeps people out.
package browser

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/json"
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
)

// Tab is a page in a browser of its own, with what it did that a page of ours must not do:
// messages on the console, exceptions, requests; data in the page are no request.
type Tab struct {
	context.Context

	t                    testing.TB
	mu                   sync.Mutex
	complaints, requests []string
}

// New starts a Chromium, or skips the test.
func New(t testing.TB) *Tab {
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
	b := &Tab{Context: ctx, t: t}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	b.Must(err)
	return b
}

// note keeps what a page did.
func (b *Tab) note(event any) {
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
		if fetched(e.Request.URL) {
			b.requests = append(b.requests, e.Request.URL)
		}
	}
}

// fetched reports whether a request is one: data in the page are none.
func fetched(url string) bool {
	return !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:")
}

// Must ends the test at an error.
func (b *Tab) Must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// Do runs steps in the tab.
func (b *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.Must(chromedp.Do(b, steps...))
}

// Prefer sets the colour scheme and the medium, "screen" or "print".
func (b *Tab) Prefer(scheme, medium string) {
	b.t.Helper()
	_, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	b.Must(err)
}

// Page is a page in a browser: a [Tab] or a [Firefox].
type Page interface {
	evaluate(expression string) ([]byte, error) // as JSON
	test() testing.TB
}

// In evaluates an expression in the page, which may be a promise.
func In[T any](p Page, expression string) (out T) {
	p.test().Helper()
	data, err := p.evaluate(expression)
	if err == nil && len(data) > 0 {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		p.test().Fatalf("%s: %v", expression, err)
	}
	return out
}

func (b *Tab) evaluate(expression string) ([]byte, error) {
	return chromedp.Run(b, chromedp.Evaluate[[]byte](expression, chromedp.EvalAwaitPromise))
}

func (b *Tab) test() testing.TB { return b.t }

// Shown reports what is not to be seen.
func (b *Tab) Shown(selectors ...string) {
	b.t.Helper()
	for _, s := range selectors {
		if !In[bool](b, fmt.Sprintf(`(e => !!e && e.getBoundingClientRect().height > 0)(document.querySelector(%q))`, s)) {
			b.t.Errorf("%s is not shown", s)
		}
	}
}

// Quiet reports complaints, and requests other than these.
func (b *Tab) Quiet(requests ...string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 || !slices.Equal(b.requests, requests) {
		b.t.Errorf("complaints: %.600q, requests %q", b.complaints, b.requests)
	}
}

// Sideways reports a page that has to be scrolled sideways at a width, and because of what below
// the selector.
func (b *Tab) Sideways(width int64, selector string) {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(width, 900))
	over := In[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
	if over > 0 {
		b.t.Errorf("%d px: %d px to scroll sideways, because of %v", width, over, In[[]string](b, fmt.Sprintf(
			`[...document.querySelectorAll(%q)].filter(e => e.getBoundingClientRect().right >
			document.documentElement.clientWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120))`, selector)))
	}
}

//go:embed axe/axe.min.js.gz
var axe []byte

// Axe loads the checker of accessibility, axe-core, into the page.
func (b *Tab) Axe() {
	b.t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(axe))
	b.Must(err)
	source, err := io.ReadAll(z)
	b.Must(err)
	In[any](b, string(source)+"; 0")
}

// Violations are what axe-core finds in the page, with the place of the first of each.
func (b *Tab) Violations() []string {
	b.t.Helper()
	return In[[]string](b, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
		v.id + ": " + v.help + " at " + v.nodes[0].target + " (" + v.nodes.length + "): " + v.nodes[0].failureSummary))`)
}

// KeepPicture saves a picture of the whole page where pictures are asked for (-artifacts).
func (b *Tab) KeepPicture(name string) {
	b.t.Helper()
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		return
	}
	shot, err := chromedp.Run(b, chromedp.FullScreenshot(100))
	b.Must(err)
	b.Must(os.WriteFile(filepath.Join(b.t.ArtifactDir(), name), shot, 0o644))
}
