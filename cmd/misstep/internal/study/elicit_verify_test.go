//go:build verify

package study

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestFormInABrowser: the page shows what it should, loads nothing, and what its button saves is read back as the
// answers that were filled in. axe-core, which the tests of reports keep, objects to nothing.
func TestFormInABrowser(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("no Chromium is installed")
	}
	axe := unpacked(t, "../report/testdata/axe/axe.min.js.gz")
	rows := asked(t)
	page, err := filepath.Abs("form/form.html")
	if err != nil {
		t.Fatal(err)
	}
	ctx, did := opened(t, page)
	right := answerTo(t, rows[1][3], false)
	saved := evaluated[string](t, ctx, fmt.Sprintf(`(() => {
		const set = document.querySelector("fieldset"), a = %q.split(" ");
		document.getElementById("expert").value = 'Anna "A", of X';
		["lowest", "highest", "best", "confidence"].forEach((n, i) => { set.querySelector("[name=" + n + "]").value = a[i]; });
		document.getElementById("save").click();
		return document.getElementById("said").textContent + "\n" + document.getElementById("table").value; })()`,
		strings.Join(right, " ")))
	said, table, _ := strings.Cut(saved, "\n")
	if said != "Saved as answers-Anna-A-of-X.csv." {
		t.Error(said)
	}
	if err := os.WriteFile("saved.csv", []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := elicits("elicit", "read", "saved.csv", "--write", "p.yaml"); status != 0 ||
		!strings.Contains(out, `Anna "A", of X`) {
		t.Errorf("%s%s\n%s", out, errs, table)
	}
	wrong := evaluated[string](t, ctx, `(() => { const i = document.querySelector("[name=highest]"); i.value = "0";
		i.dispatchEvent(new Event("change", {bubbles: true}));
		document.getElementById("save").click();
		return document.querySelector(".wrong").textContent; })()`)
	if wrong != "The lowest has to lie below the highest." {
		t.Error(wrong)
	}
	evaluated[any](t, ctx, axe+"; 0")
	if found := evaluated[[]string](t, ctx, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(
		v => v.id + ": " + v.help + " at " + v.nodes[0].target))`); len(found) > 0 {
		t.Error(found)
	}
	if have := did(); strings.Join(have, " ") != "file://"+page {
		t.Errorf("%q", have)
	}
}

// opened is a page in a browser, and what it did: complaints, and requests for anything that is not in it.
func opened(t *testing.T, page string) (ctx context.Context, did func() []string) {
	t.Helper()
	ctx, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU)...)
	t.Cleanup(stop)
	ctx, closed := chromedp.NewContext(ctx)
	t.Cleanup(closed)
	var mu sync.Mutex
	var list []string
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			list = append(list, fmt.Sprint(e.ExceptionDetails))
		case *log.EventEntryAdded:
			list = append(list, fmt.Sprint(e.Entry))
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "data:") && !strings.HasPrefix(e.Request.URL, "blob:") {
				list = append(list, e.Request.URL)
			}
		}
	})
	if err == nil {
		_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	}
	if err == nil {
		err = chromedp.Do(ctx, chromedp.Navigate("file://"+page))
	}
	if err != nil {
		t.Fatal(err)
	}
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return list
	}
}

func evaluated[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return out
}

func unpacked(t *testing.T, file string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
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
