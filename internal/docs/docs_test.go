package docs

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/model/scenario"
)

var update = flag.Bool("update", false, "rewrite generated documents")

const root = "../.."

// pages lists the Markdown files that the project ships.
func pages(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/decisions/*.md", "scenarios/*.md", "outputs/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, found...)
	}
	slices.Sort(out)
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestScenarioReferenceIsUpToDate(t *testing.T) {
	path := filepath.Join(root, "docs/SCENARIO.md")
	want := scenario.Reference()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read(t, path) != want {
		t.Error("docs/SCENARIO.md is out of date: go test ./internal/docs -update")
	}
}

var link = regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)

func TestLinksLeadSomewhere(t *testing.T) {
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}

func TestDocumentsStayShort(t *testing.T) {
	for page, most := range map[string]int{"README.md": 150} {
		if n := strings.Count(read(t, filepath.Join(root, page)), "\n"); n > most {
			t.Errorf("%s has %d lines, at most %d are read", page, n, most)
		}
	}
}

// block is one console block: commands behind "$ ", each with the lines it
// prints; a line "…" stands for any number of lines.
var block = regexp.MustCompile("(?ms)^```console\n(.*?)^```")

func TestConsoleBlocksRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	bin := filepath.Join(t.TempDir(), "misstep")
	build := exec.Command("go", "build", "-o", bin, "./cmd/misstep")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the command: %v\n%s", err, out)
	}
	for _, page := range pages(t) {
		for _, m := range block.FindAllStringSubmatch(read(t, page), -1) {
			t.Run(filepath.Base(page), func(t *testing.T) { runBlock(t, bin, m[1]) })
		}
	}
}

// runBlock runs the commands of a block one after the other in a folder that
// looks like a clone, with few draws, so that shapes are checked and not numbers.
func runBlock(t *testing.T, bin, text string) {
	dir := t.TempDir()
	for _, name := range []string{"scenarios", "config.yaml"} {
		abs, err := filepath.Abs(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(abs, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok || strings.HasPrefix(command, "go test") || strings.HasPrefix(command, "git ") ||
			strings.HasPrefix(command, "cd ") {
			continue
		}
		command = strings.ReplaceAll(command, "go run ./cmd/misstep", bin)
		if strings.HasPrefix(command, "misstep ") {
			command = bin + strings.TrimPrefix(command, "misstep")
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		cmd := exec.CommandContext(ctx, "bash", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "MISSTEP_RUN_DRAWS=6", "MISSTEP_RUN_REPLICATES=8")
		out, err := cmd.CombinedOutput()
		cancel()
		if err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
}

// TestReadmeQuotesTheScreen: the sentence that the README quotes is the one that
// its command prints; longer than other tests, since it runs the main job.
func TestReadmeQuotesTheScreen(t *testing.T) {
	if testing.Short() || runtime.GOARCH != "amd64" {
		t.Skip("runs the main job; the quoted digits are those of amd64")
	}
	cmd := exec.Command("go", "run", "./cmd/misstep", "run", "scenarios/uk-china-dialogue-2026.yaml", "--quiet",
		"--no-figures", "--out", t.TempDir())
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	screen := strings.Join(strings.Fields(strings.ReplaceAll(string(out), "\u00a0", " ")), " ")
	var quote []string
	for line := range strings.SplitSeq(read(t, filepath.Join(root, "README.md")), "\n") {
		if words, ok := strings.CutPrefix(line, "> "); ok {
			quote = append(quote, strings.Fields(words)...)
		}
	}
	if want := strings.Join(quote, " "); want == "" || !strings.Contains(screen, want) {
		t.Errorf("the README quotes\n%s\nwhich the screen does not say:\n%s", want, screen[:min(len(screen), 900)])
	}
}
