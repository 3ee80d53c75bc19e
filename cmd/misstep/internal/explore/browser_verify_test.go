//go:build verify

package explore

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/misstep/misstep/internal/browser"
)

// program is the program, as a user has it.
func program(t testing.TB) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "misstep")
	if out, err := exec.Command("go", "build", "-o", name, "../..").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return name
}

// until waits for a condition in the page.
func until(b browser.Page, condition string) {
	browser.In[any](b, fmt.Sprintf(`new Promise((done, failed) => {
		const end = performance.now() + 120000;
		const look = () => (%s) ? done(0) : performance.now() > end
			? failed(Error("not so in 120 s: " + document.querySelector("#problem-text").textContent)) : setTimeout(look, 20);
		look();
	})`, condition))
}

// moved moves the first number that is assumed and the first choice that is made, as a hand would.
const moved = `(() => {
	const slider = document.querySelector("#assumed input[type=range]");
	slider.value = 300;
	slider.dispatchEvent(new Event("input"));
	const flag = document.querySelector("#decided input[type=checkbox]:not(:disabled)");
	if (flag) flag.click();
	return explorer.state.sets;
})()`

// summed is the summary.json of what is asked, as text.
const summed = `explorer.answers.after(explorer.state, ["summary"]).then(([text]) => text)`

// TestPageAsTheCommand: in a real browser the page of each shipped scenario shows numbers whose summary.json has
// the bytes of the command that it gives; a link brings them again; nothing on the console, nothing fetched.
func TestPageAsTheCommand(t *testing.T) {
	binary := program(t)
	for _, name := range shipped() {
		t.Run(name, func(t *testing.T) {
			file := written(t, binary, name)
			b := browser.New(t)
			b.Do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate("file://"+file))
			got := answered(t, b, binary)
			browser.In[any](b, `document.querySelector("#squares button").click(), 0`)
			until(b, `document.querySelector("#story").open && document.querySelector("#story-body .lead")`)
			link := browser.In[string](b, `new Promise(r => setTimeout(() => r(location.href), 500))`)
			b.Axe()
			for _, scheme := range []string{"light", "dark"} {
				b.Prefer(scheme, "screen")
				for _, v := range b.Violations() {
					t.Errorf("story, %s: %s", scheme, v)
				}
				browser.In[any](b, `document.querySelector("#close").click(), 0`)
				for _, width := range []int64{390, 1440} {
					b.Sideways(width, "main *")
					b.KeepPicture(fmt.Sprintf("%s-%s-%d.png", name, scheme, width))
					for _, v := range b.Violations() {
						t.Errorf("%s, %d: %s", scheme, width, v)
					}
				}
				browser.In[any](b, `document.querySelector("#story").showModal(), 0`)
			}
			b.Quiet("file://" + file)

			again := browser.New(t)
			again.Do(chromedp.Navigate(link))
			until(again, `document.querySelector("#level").dataset.level === "fine"`)
			if other := browser.In[string](again, summed); other != got {
				t.Errorf("the link %s brings other bytes", link)
			}
		})
	}
}

// TestPageInFirefox: so it is in a Firefox, on the scenario of the README.
func TestPageInFirefox(t *testing.T) {
	b := browser.NewFirefox(t)
	binary := program(t)
	file := written(t, binary, shown)
	b.Open("file://" + file)
	answered(t, b, binary)
	b.Quiet() // Firefox counts no file as a request
}

// written is the page of a scenario as a file.
func written(t testing.TB, binary, name string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if out, err := exec.Command(binary, "explore", name, "--quiet", "--write", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return file
}

// answered moves numbers in the page, and holds the summary.json of its full answer to that of its command.
func answered(t *testing.T, b browser.Page, binary string) string {
	t.Helper()
	until(b, `document.body.dataset.engine === "ready"`)
	if sets := browser.In[[]string](b, moved); len(sets) == 0 {
		t.Fatal("nothing moved")
	}
	until(b, `document.querySelector("#level").dataset.level === "fine"`)
	got := browser.In[string](b, summed)
	command := browser.In[string](b, `explorer.pool.run([["command", JSON.stringify(explorer.state)]]).then(r => r[0])`)
	if want := played(t, binary, command); got != want {
		t.Errorf("%s: %d bytes in the page, %d of the command", command, len(got), len(want))
	}
	return got
}

// played is the summary.json that a command leaves.
func played(t *testing.T, binary, command string) string {
	t.Helper()
	dir := t.TempDir()
	rest, ours := strings.CutPrefix(command, "misstep run ")
	if !ours {
		t.Fatalf("the command is %q", command)
	}
	out, err := exec.Command("sh", "-c", fmt.Sprintf("%s run %s --quiet --no-figures --out %s", binary, rest,
		dir)).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", command, err, out)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*", "summary.json"))
	if len(files) != 1 {
		t.Fatal(files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
