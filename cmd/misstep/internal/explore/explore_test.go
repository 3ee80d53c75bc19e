package explore

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/explore/session"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/spf13/cobra"
)

// withoutEngine puts something in the place of the engine, which takes long to build.
func withoutEngine(t *testing.T) {
	t.Helper()
	was := engine
	engine = func(context.Context, *cli.App) ([]byte, string, error) { return []byte("module"), "// exec", nil }
	t.Cleanup(func() { engine = was })
}

func call(args ...string) (status int, out, err string) {
	return clitest.Call([]func(*cli.App) *cobra.Command{runtest.Command, New}, args...)
}

var inPage = regexp.MustCompile(`(?s)<script type="application/json" id="payload">(.*?)</script>`)

// payloadIn is what a page knows.
func payloadIn(t *testing.T, file string) (p Payload) {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := inPage.FindSubmatch(page)
	if m == nil {
		t.Fatal("no payload")
	}
	if err := json.Unmarshal(m[1], &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPageOfARunAndOfItsScenario: a scenario that is played and the folder of its run lead to the same page, and what
// the page knows is a session's that opens its source.
func TestPageOfARunAndOfItsScenario(t *testing.T) {
	withoutEngine(t)
	clitest.InSmallFolder(t)
	sized := []string{"tiny.yaml", "--draws", "8", "--replicates", "4", "--quiet", "--posterior", "learned.txt",
		"--set", "choice.price=0.3"}
	must := func(args ...string) {
		if status, _, errs := call(args...); status != 0 {
			t.Fatalf("%v: status %d, %s", args, status, errs)
		}
	}
	must(append([]string{"explore", "--write", "played.html"}, sized...)...)
	must(append([]string{"run", "--no-figures"}, sized...)...)
	folders, _ := filepath.Glob("outputs/tiny-*")
	if len(folders) != 1 {
		t.Fatal(folders)
	}
	must(append([]string{"explore", "--write", "again.html"}, sized...)...)
	must("explore", folders[0], "--write", "stored.html", "--quiet")
	holdsNoFolder(t, must)
	played, again, stored := payloadIn(t, "played.html"), payloadIn(t, "again.html"), payloadIn(t, "stored.html")
	text := func(p Payload) string { b, _ := json.Marshal(p); return string(b) }
	if diff := cmp.Diff(text(played), text(again)) + cmp.Diff(text(played), text(stored)); diff != "" {
		t.Errorf("the pages know different things: %s", diff)
	}
	s, err := session.Open(stored.Source)
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Piece(context.Background(), stored.Description.Shipped, session.Draft, 0)
	if check := session.Check([][]byte{first}); err != nil || check != stored.Check {
		t.Errorf("%v: the session brings %s, the page wants %s", err, check, stored.Check)
	}
	if a := stored.Source.Stored; a.Level != session.Stored || len(a.Futures) != 100 || a.Decision == nil ||
		len(a.Notes) < 2 || a.Rows[0].Difference == nil {
		t.Errorf("the stored answer is %+v", a)
	}
	if want := "--posterior FILE"; !strings.Contains(stored.Description.Command, want) {
		t.Errorf("no %q in %s", want, stored.Description.Command)
	}
}

// holdsNoFolder: a page that is mailed tells nobody where its files lay.
func holdsNoFolder(t *testing.T, must func(args ...string)) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	config := "run:\n  seed: 3\nmodel:\n  choice:\n    price: 0.2\n"
	if err := os.WriteFile("mine.yaml", []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	must("explore", filepath.Join(here, "tiny.yaml"), "--config", filepath.Join(here, "mine.yaml"), "--draws", "4",
		"--replicates", "2", "--prior", "--quiet", "--write", "mailed.html")
	page, err := os.ReadFile("mailed.html")
	if err != nil || bytes.Contains(page, []byte(here)) {
		t.Errorf("%v: the page names the folder %s", err, here)
	}
	p := payloadIn(t, "mailed.html")
	if p.Source.File != "tiny.yaml" || !strings.HasPrefix(p.Description.Command, "misstep run tiny.yaml ") ||
		len(p.Source.Layers) != 1 {
		t.Errorf("file %q, layers %v, command %s", p.Source.File, p.Source.Layers, p.Description.Command)
	}
}

// TestDefault: who names nothing explores a scenario that ships.
func TestDefault(t *testing.T) {
	if _, ok := run.Shipped(shown); !ok {
		t.Errorf("%s does not ship", shown)
	}
}

// TestChanged: an engine is of the source beside it as long as no file of it differs.
func TestChanged(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte("a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const sum = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7  a.go\n" // of "a\n"
	for sums, want := range map[string]bool{sum: false, "0" + sum[1:]: true, "damaged\n": true,
		sum + strings.Replace(sum, "a.go", "b.go", 1): true} {
		if got := changed(dir, sums); got != want {
			t.Errorf("%q: %v", sums, got)
		}
	}
	if dir := checkout(); dir != "" && !cli.Exists(filepath.Join(dir, enginePath)) {
		t.Errorf("no engine in %s", dir)
	}
}

// TestRefusals: what cannot be explored, and where no page can be written, before anything is played.
func TestRefusals(t *testing.T) {
	withoutEngine(t)
	clitest.InSmallFolder(t)
	if err := os.Mkdir("folder.html", 0o700); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"takes a run or a scenario": {"explore", "tiny.yaml", "tiny.yaml"},
		"unknown scenario":          {"explore", "tinny"},
		"two arms or more":          {"explore", "tiny.yaml", "--arm", "with"},
		"there is no folder":        {"explore", "tiny.yaml", "--write", "no/such/page.html"},
		"ends in .html":             {"explore", "tiny.yaml", "--write", "tiny.yaml"},
		"not a file":                {"explore", "tiny.yaml", "--write", "folder.html"},
		"no run folder":             {"explore", ".", "--write", "x.html"},
		"leave --seed out":          {"explore", "x.json", "--seed", "2"},
	} {
		if errs := clitest.Refused(t, call, args...); !strings.Contains(errs, want) {
			t.Errorf("%v: %s", args, errs)
		}
	}
}

// TestHandler: the page goes to this machine under its own names, and nothing else goes anywhere.
func TestHandler(t *testing.T) {
	h := handler([]byte("page"), 8080)
	for _, c := range []struct {
		method, host, path string
		status             int
		body               string
	}{
		{"GET", "127.0.0.1:8080", "/", 200, "page"},
		{"GET", "localhost:8080", "/", 200, "page"},
		{"HEAD", "127.0.0.1:8080", "/", 200, ""},
		{"GET", "evil.example", "/", 421, "this machine alone"},
		{"GET", "127.0.0.1:8081", "/", 421, "this machine alone"},
		{"GET", "127.0.0.1:8080", "/etc/passwd", 404, ""},
		{"POST", "127.0.0.1:8080", "/", 405, ""},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(c.method, "http://"+c.host+c.path, nil)
		h.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s %s%s: %d, %q", c.method, c.host, c.path, w.Code, w.Body)
		}
	}
}

// TestServeEndsWithItsContext: an interrupt is a good end, a termination is not.
func TestServeEndsWithItsContext(t *testing.T) {
	for signal, good := range map[syscall.Signal]bool{syscall.SIGINT: true, syscall.SIGTERM: false} {
		ctx, end := context.WithCancelCause(context.Background())
		out, said := io.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- serve(ctx, &cli.App{Out: said, Err: io.Discard}, []byte("page")) }()
		line := make([]byte, 200)
		n, _ := out.Read(line)
		address, _, _ := bytes.Cut(line[:n], []byte(" "))
		client := http.Client{Transport: &http.Transport{}} // no proxy: it is this machine
		r, err := client.Get(string(address))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if string(body) != "page" || !strings.HasPrefix(string(address), "http://127.0.0.1:") {
			t.Errorf("%s brings %q", address, body)
		}
		end(&cli.Interrupted{Signal: signal})
		if err := <-ended; (err == nil) != good {
			t.Errorf("%v: %v", signal, err)
		}
	}
}
