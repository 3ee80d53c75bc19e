package docs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var python = regexp.MustCompile("(?ms)^```python\n(.*?)^```")

// TestNotebookRuns: the recipe for notebooks runs as it stands, one block after the other, on a small run that
// its own command writes; its asserts hold the files against summary.json.
func TestNotebookRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	if out, err := exec.Command("python3", "-c", "import numpy, pandas, matplotlib").CombinedOutput(); err != nil {
		t.Skipf("python3 with pandas and matplotlib is needed (pip install pandas matplotlib): %v\n%s", err, out)
	}
	page := read(t, filepath.Join(root, "docs/NOTEBOOK.md"))
	dir := t.TempDir()
	bin := filepath.Join(dir, "misstep")
	build := exec.Command("go", "build", "-o", bin, "./cmd/misstep")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the command: %v\n%s", err, out)
	}
	var script strings.Builder
	for _, m := range python.FindAllStringSubmatch(page, -1) {
		script.WriteString(m[1] + "\n")
	}
	if n := strings.Count(script.String(), "\nassert "); n < 5 {
		t.Errorf("only %d asserts: the recipe is not held against summary.json", n)
	}
	file := filepath.Join(dir, "recipe.py")
	if err := os.WriteFile(file, []byte(script.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	command, _, _ := strings.Cut(block.FindStringSubmatch(page)[1], "\n")
	words := strings.Fields(strings.TrimPrefix(command, "$ misstep "))
	for _, cmd := range []*exec.Cmd{exec.Command(bin, append(words, "--no-figures", "--quiet")...),
		exec.Command("python3", file)} {
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "MISSTEP_RUN_DRAWS=24", "MISSTEP_RUN_REPLICATES=8", "MPLBACKEND=Agg")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", cmd, err, out)
		}
	}
}
