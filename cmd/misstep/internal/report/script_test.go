package report

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/report/browser"
)

// inBrowser opens a page in a Chromium, or skips the test.
func inBrowser(t *testing.T, p *Page, fragment string) *browser.Tab {
	t.Helper()
	path, ok := browser.Find()
	if !ok {
		t.Skip("no Chromium is installed")
	}
	b, err := browser.Start(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	data, err := HTML(p)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	tab, err := b.Open("file://" + file + fragment)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c := tab.Complaints(); len(c) > 0 {
			t.Errorf("complaints: %.800q", c)
		}
		if r := tab.Requests(); len(r) != 1 {
			t.Errorf("requests: %q", r)
		}
	})
	return tab
}

func value[T any](t *testing.T, tab *browser.Tab, expression string) T {
	t.Helper()
	var out T
	if err := tab.Evaluate(expression, &out); err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// sorted is a page with one table to sort: numbers as text, numbers behind words,
// words, equal cells and empty ones.
func sorted() *Page {
	row := func(name, shown, key, word string) Row {
		return Row{Cells: []Cell{{Text: T(name)}, {Text: T(shown), Sort: key}, {Text: T(word)}}}
	}
	return &Page{Title: "t", Sections: []Section{{ID: "s", Title: "S", Blocks: []Block{Details{"Folded", []Block{
		Table{Caption: "c", Sortable: true,
			Columns: []Column{{Title: "name"}, {Title: "size", Numbers: true}, {Title: "word"}}, Groups: []Group{{Rows: []Row{
				row("b", "ten", "10", "x"), row("é", "nine", "9", "y"), row("a", "none", "-1", "x"),
				row("c", "nine again", "9", ""),
				row("B", "tiny", "1e-3", "x"),
			}}}},
		Terms{[]Meaning{{ID: "deep", Word: T("deep"), Says: Texts("inside")}}},
	}}}}}}
}

// TestSorting: numbers sort as numbers, words as words whatever their case, equal rows
// keep their order, and one column at a time is said to be sorted.
func TestSorting(t *testing.T) {
	tab := inBrowser(t, sorted(), "")
	names := func(column int) string {
		return strings.Join(value[[]string](t, tab,
			`(n => { document.querySelectorAll("thead button")[n].click(); return [...document.querySelectorAll("tbody th")].map(c => c.textContent) })(`+string(rune('0'+column))+`)`), " ")
	}
	for _, c := range []struct {
		column int
		want   string
	}{
		{1, "a B é c b"}, {1, "b é c B a"}, // 9 and 9 keep the order of the rows before
		{0, "a b B c é"}, {0, "é c B b a"},
		{2, "c B b a é"}, {2, "é B b a c"},
	} {
		if got := names(c.column); got != c.want {
			t.Errorf("column %d: %s, want %s", c.column, got, c.want)
		}
		if n := value[int](t, tab, `document.querySelectorAll("[aria-sort]").length`); n != 1 {
			t.Errorf("%d columns are said to be sorted", n)
		}
	}
	if rows := value[int](t, tab, `document.querySelectorAll("tbody tr").length`); rows != 5 {
		t.Errorf("%d rows are left", rows)
	}
}

// TestUnfold: a link to what is folded opens it, on arrival and later.
func TestUnfold(t *testing.T) {
	tab := inBrowser(t, sorted(), "#deep")
	const open = `document.querySelector("details").open`
	if !value[bool](t, tab, open) {
		t.Error("folded on arrival")
	}
	value[any](t, tab, `new Promise(done => { document.querySelector("details").open = false; location.hash = ""; setTimeout(done, 50, 0) })`)
	value[any](t, tab, `new Promise(done => { location.hash = "deep"; setTimeout(done, 200, 0) })`)
	if !value[bool](t, tab, open) {
		t.Error("folded after a jump")
	}
	value[any](t, tab, `new Promise(done => { location.hash = "none-such"; setTimeout(done, 50, 0) })`)
}

// TestReader: the slider names date and values of every panel and every arm that is
// shown, and moves the cursor; an arm that is hidden leaves the table.
func TestReader(t *testing.T) {
	tab := inBrowser(t, &Page{Title: "t", Sections: []Section{{ID: "s", Title: "S", Blocks: []Block{sampleChart()}}}}, "")
	cells := func() string {
		return strings.Join(value[[]string](t, tab,
			`[...document.querySelectorAll(".reader caption, .reader th, .reader td")].map(c => c.textContent)`), "/")
	}
	arm := "with " + evil
	if got, want := cells(),
		"By February 2028/of 100 futures/without/"+arm+"/P/50 % (25 to 100)/52 % (26 to 100)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	value[any](t, tab, `(s => { s.value = 0; s.dispatchEvent(new Event("input")); return 0 })(document.querySelector(".reader input"))`)
	if got := cells(); !strings.HasPrefix(got, "By February 2027/") ||
		!strings.Contains(got, "25 % (0 to 50)/26 % (0 to 52)") {
		t.Error(got)
	}
	if x := value[string](t, tab, `document.querySelector(".cursor").getAttribute("x1")`); x != "162" {
		t.Errorf("the cursor stands at %s", x)
	}
	if said := value[string](t, tab,
		`document.querySelector(".reader input").getAttribute("aria-valuetext")`); said != "February 2027" {
		t.Errorf("the slider says %q", said)
	}
	value[any](t, tab, `(document.querySelectorAll(".legend button")[1].click(), 0)`)
	if got := cells(); strings.Contains(got, arm) || strings.Contains(got, "26 %") {
		t.Errorf("a hidden arm stands in the table: %s", got)
	}
	if shown := value[[]string](t, tab,
		`[...document.querySelectorAll("g.arm")].map(g => getComputedStyle(g).display)`); !slices.Equal(shown,
		[]string{"inline", "none"}) {
		t.Errorf("lines %q", shown)
	}
}

// TestSamplePage: the page of every block, with texts that try to be markup, scrolls
// sideways at no width and passes axe-core, narrow and wide, light and dark.
func TestSamplePage(t *testing.T) {
	tab := inBrowser(t, sample(), "")
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
	if err := tab.Evaluate(string(source), nil); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{320, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			if err := tab.Size(width, 800); err != nil {
				t.Fatal(err)
			}
			if err := tab.Prefer(scheme, "screen"); err != nil {
				t.Fatal(err)
			}
			if over := value[int](t, tab,
				`document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%d px: %d px to scroll sideways", width, over)
			}
			for _, v := range value[[]string](t, tab,
				`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + " at " + v.nodes[0].target))`) {
				t.Errorf("%d px, %s: %s", width, scheme, v)
			}
		}
	}
	if n := value[int](t, tab, `document.scripts.length`); n != 1 {
		t.Errorf("%d scripts", n)
	}
}
