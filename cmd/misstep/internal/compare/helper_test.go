package compare

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// commands are those that the tests call.
var commands = []func(*cli.App) *cobra.Command{runtest.Command, New}

// call runs a program that has these commands.
func call(args ...string) (status int, out, err string) { return clitest.Call(commands, args...) }

// refused calls the program where it must fail, and says what stands on standard error.
func refused(t *testing.T, args ...string) string {
	t.Helper()
	return clitest.Refused(t, call, args...)
}

// inCompareFolder enters an empty folder with tiny.yaml.
func inCompareFolder(t *testing.T) {
	t.Helper()
	data := small.YAML
	clitest.InEmptyFolder(t)
	write(t, "tiny.yaml", string(data))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// storeTiny runs tiny.yaml and returns the run's folder.
func storeTiny(t *testing.T, args ...string) string {
	t.Helper()
	before, _ := filepath.Glob("runs/*")
	if status, _, stderr := call(append([]string{"run", "tiny.yaml", "--draws", "4", "--replicates", "5", "--no-figures",
		"--quiet", "--out", "runs"}, args...)...); status != 0 {
		t.Fatal(stderr)
	}
	after, _ := filepath.Glob("runs/*")
	for _, dir := range after {
		if !slices.Contains(before, dir) {
			return dir
		}
	}
	t.Fatalf("%v wrote no new run", args)
	return ""
}

// reforged changes the manifest and the summary of a stored run into another folder
// that is as whole as the first.
func reforged(t *testing.T, dir, to string, change func(m *runfolder.Manifest, s *summary.Summary)) string {
	t.Helper()
	r, err := run.OpenStored("compare", dir)
	if err != nil {
		t.Fatal(err)
	}
	m, s := r.Manifest, r.Summary
	change(m, s)
	m.Hash = m.Inputs.HashInputs()
	data := say.JSON(s)
	for i := range m.Files {
		if f := &m.Files[i]; f.Name == run.SummaryJSON {
			*f = runfolder.NewFile(run.SummaryJSON, data, false)
		} else if f.Data, err = os.ReadFile(filepath.Join(dir, f.Name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		write(t, filepath.Join(to, f.Name), string(f.Data))
	}
	write(t, filepath.Join(to, runfolder.Name), string(m.Encode()))
	return to
}

// opened opens a comparison as the command does.
func opened(t *testing.T, paired bool, dirs ...string) *comparison {
	t.Helper()
	a := clitest.Parsed(t, "--workers", "2")
	a.Flags.Quiet = true
	c, err := openComparison(a, dirs, paired)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.compute(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	return c
}

// compared is the screen of a comparison that succeeds.
func compared(t *testing.T, args ...string) string {
	t.Helper()
	status, out, stderr := call(append([]string{"compare", "--quiet"}, args...)...)
	if status != 0 || stderr != "" {
		t.Fatalf("%v: status %d, %s", args, status, stderr)
	}
	return out
}

// folderOf is the folder that a screen says was written.
func folderOf(t *testing.T, screen string) string {
	t.Helper()
	_, rest, ok := strings.Cut(screen, "wrote ")
	dir, _, found := strings.Cut(rest, ":")
	if !ok || !found {
		t.Fatalf("nothing was written: %s", screen)
	}
	return dir
}
