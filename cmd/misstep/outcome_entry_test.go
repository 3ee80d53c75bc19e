package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// TestAnOutcomeIsOneEntry adds an outcome to the table and finds it on every surface:
// the screens, files and pictures of all commands that show outcomes.
func TestAnOutcomeIsOneEntry(t *testing.T) {
	was := outcome.All
	t.Cleanup(func() { outcome.All = was })
	const name = "months to the first public step"
	outcome.All = append(slices.Clone(was), outcome.Outcome{ID: "first_public", Words: outcome.Words{Name: name},
		Unit: "months", Factor: 1, Replicate: func(o *sim.Outcome) float64 {
			return min(o.First[sim.ClassPublic][sim.AnyCause]/30, 120)
		}})
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("tiny.yaml", small.YAML, 0o600); err != nil {
		t.Fatal(err)
	}
	said := func(args ...string) string {
		t.Helper()
		status, out, stderr := call(append(args, "--quiet")...)
		if status != 0 {
			t.Fatalf("%v: %s", args, stderr)
		}
		return out
	}
	shows := func(what, text string, wanted ...string) {
		t.Helper()
		for _, w := range wanted {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not show %q", what, w)
			}
		}
	}
	sample := []string{"--draws", "4", "--replicates", "4"}
	on := func(args ...string) []string { return append(args, sample...) }

	shows("the screen of run", said(on("run", "tiny.yaml", "--full", "--set", "plot.formats=svg")...), name)
	runs, _ := filepath.Glob("outputs/tiny-*")
	said(on("run", "tiny.yaml", "--seed", "2", "--no-figures")...)
	both, _ := filepath.Glob("outputs/tiny-*")
	shows("the screen of compare", said(append([]string{"compare", "--full"}, both...)...), name)
	said("report", runs[0])
	said("report", runs[0], "--format", "md")
	files := clitest.FilesIn(t, runs[0])
	for _, file := range []string{"summary.json", "summary.csv", "effect.csv", "report.html"} {
		shows(file, files[file], name)
	}
	shows("report.md", files["report.md"], "| "+say.Capital(name)+" |") // it begins a row of the table

	asked := []string{"--set", "headline.outcome=first_public"}
	shows("the screen of why", said(append(on("why", "tiny.yaml"), asked...)...), name)
	shows("the screen of multiverse", said(append(on("multiverse", "tiny.yaml"), asked...)...), name)
	shows("the screen of breakeven",
		said(on("breakeven", "tiny.yaml", "--outcome", "first_public", "--vary", "strength.clarify=0:1:3")...), name)
	shows("the screen of sensitivity", said(on("sensitivity", "tiny.yaml", "--outcome", "first_public", "--screen",
		"--trajectories", "2", "--point-replicates", "2")...), name)
	shows("the screen of sweep",
		said(append(on("sweep", "tiny.yaml", "--vary", "strength.clarify=0:1:2"), asked...)...), name)
}
