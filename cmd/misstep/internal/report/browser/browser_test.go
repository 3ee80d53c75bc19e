package browser

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const page = `<!doctype html><meta name="viewport" content="width=device-width"><title>t</title><p id="p">text</p><button onclick="document.title='clicked'">b</button>
<img src="elsewhere.png" alt=""><script>console.log("hello"); null.x</script>`

// TestTab: what a page does is noted, keys reach it, and pictures come out. Catches a
// driver that notes nothing, on which every test of a page would pass.
func TestTab(t *testing.T) {
	path, ok := Find()
	if !ok {
		t.Skip("no Chromium is installed")
	}
	b, err := Start(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	tab, err := b.Open("file://" + file)
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(tab.Complaints(), "\n")
	for _, want := range []string{"hello", "TypeError"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not among the complaints:\n%s", want, said)
		}
	}
	if r := tab.Requests(); !slices.ContainsFunc(r,
		func(s string) bool { return strings.HasSuffix(s, "/elsewhere.png") }) || len(r) != 2 {
		t.Errorf("requests %q", r)
	}
	for _, err := range []error{tab.Size(400, 300), tab.Prefer("dark", "screen"), tab.Press("Tab"), tab.Press("Enter"),
		tab.Point(10, 10)} {
		if err != nil {
			t.Error(err)
		}
	}
	var got struct {
		Title string
		Width int
		Dark  bool
	}
	if err := tab.Evaluate(`({Title: document.title, Width: innerWidth, Dark: matchMedia("(prefers-color-scheme: dark)").matches})`, &got); err != nil || got.Title != "clicked" || got.Width != 400 || !got.Dark {
		t.Errorf("%+v, %v", got, err)
	}
	if err := tab.Evaluate(`(() => { throw new Error("mine") })()`, nil); err == nil ||
		!strings.Contains(err.Error(), "mine") {
		t.Errorf("an exception: %v", err)
	}
	if err := tab.Press("Escape"); err == nil {
		t.Error("an unknown key passes")
	}
	shot, err := tab.Screenshot(false)
	if err != nil || !bytes.HasPrefix(shot, []byte("\x89PNG")) {
		t.Errorf("%.8q, %v", shot, err)
	}
	sheet, err := tab.Print()
	if err != nil || !bytes.HasPrefix(sheet, []byte("%PDF")) {
		t.Errorf("%.8q, %v", sheet, err)
	}
}

// TestNoBrowser: what cannot be started is an error, and a browser that has gone
// gives errors and no waiting.
func TestNoBrowser(t *testing.T) {
	if _, err := Start(context.Background(), filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a browser that is not there was started")
	}
	b, err := Start(context.Background(), "/bin/true")
	if err != nil {
		t.Skip("no /bin/true")
	}
	if _, err := b.Open("about:blank"); err == nil {
		t.Error("a tab was opened in nothing")
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}
