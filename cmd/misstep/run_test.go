package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// TestRunShipped: every shipped scenario runs; its screen fits, its summary
// conforms, and its folder is whole.
func TestRunShipped(t *testing.T) {
	for _, name := range append(run.ShippedNames(), "one-incident") {
		t.Run(name, func(t *testing.T) {
			clitest.InEmptyFolder(t)
			status, out, stderr := call("run", name, "--draws", "3", "--replicates", "2", "--no-figures", "--quiet")
			if status != 0 || stderr != "" {
				t.Fatalf("status %d: %s", status, stderr)
			}
			for _, line := range strings.Split(out, "\n") {
				if n := utf8.RuneCountInString(line); n > say.TableWidth {
					t.Errorf("%d columns: %s", n, line)
				}
				if strings.Contains(line, "NaN") || strings.Contains(line, "Inf") || strings.Contains(line, "%!") {
					t.Errorf("%s", line)
				}
			}
			dirs, _ := filepath.Glob("outputs/" + name + "-*")
			if len(dirs) != 1 {
				t.Fatalf("%v", dirs)
			}
			if _, err := runfolder.Open(dirs[0]); err != nil {
				t.Error(err)
			}
			data, err := os.ReadFile(filepath.Join(dirs[0], run.SummaryJSON))
			if err != nil {
				t.Fatal(err)
			}
			if err := clitest.Conforms(t, run.SummarySchema, data); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestRunTwiceAtOnce: two runs of the same inputs at the same time end as one folder.
func TestRunTwiceAtOnce(t *testing.T) {
	clitest.InEmptyFolder(t)
	var wg sync.WaitGroup
	var outs [4]string
	for i := range outs {
		wg.Go(func() {
			status, out, stderr := call("run", "one-incident", "--draws", "2", "--replicates", "2", "--no-figures", "--quiet")
			if status != 0 {
				t.Errorf("%s", stderr)
			}
			outs[i] = out
		})
	}
	wg.Wait()
	if entries, _ := os.ReadDir("outputs"); len(entries) != 1 {
		t.Errorf("%v", entries)
	}
	wrote := 0
	for _, out := range outs {
		wrote += strings.Count(out, " wrote outputs/")
	}
	if wrote != 1 {
		t.Errorf("%d runs say that they wrote the folder", wrote)
	}
}

// TestStreams: results on standard output, everything else on standard error.
func TestStreams(t *testing.T) {
	clitest.InEmptyFolder(t)
	sample := []string{"--draws", "2", "--replicates", "2"}
	for _, c := range []struct {
		args        []string
		status      int
		out, errOut bool
	}{
		{append([]string{"run", "one-incident", "--no-figures"}, sample...), 0, true, false},
		{append([]string{"run", "one-incident", "--no-figures", "--json"}, sample...), 0, true, false},
		{append([]string{"plan", "one-incident"}, sample...), 0, true, false},
		{[]string{"validate", "one-incident"}, 0, true, false},
		{[]string{"version"}, 0, true, false},
		{[]string{}, 0, true, false},
		{[]string{"run", "nowhere.yaml"}, 2, false, true},
		{[]string{"plan", "nowhere.yaml"}, 2, false, true},
		{[]string{"figures", "nowhere"}, 2, false, true},
		{[]string{"validate", "nowhere.yaml"}, 2, false, true},
	} {
		status, out, stderr := call(c.args...)
		if status != c.status || (out != "") != c.out || (stderr != "") != c.errOut {
			t.Errorf("%v: status %d, %d bytes out, err %q", c.args, status, len(out), stderr)
		}
	}
}
