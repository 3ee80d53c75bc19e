package run

import (
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
)

// TestWritable: a place is tried without leaving anything, also what is missing of it.
func TestWritable(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"": "", "/a/b/c": "", "/file": "not a directory",
		"/file/below": "not a directory"} {
		err := Writable(&cli.App{}, dir+path)
		if (err == nil) != (want == "") || err != nil &&
			!strings.Contains(err.Error(), want+"; choose another folder with --out") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
}

// TestPlotOf: a stored run is drawn as it was drawn.
func TestPlotOf(t *testing.T) {
	clitest.InEmptyFolder(t)
	a := clitest.Parsed(t)
	j, err := Open(a, "one-incident")
	if err != nil {
		t.Fatal(err)
	}
	if p := plotOf(a, j); p == nil || p.DPI != 200 || len(p.Formats) != 3 {
		t.Errorf("%+v", p)
	}
	j.Manifest = &runfolder.Manifest{}
	if p := plotOf(a, j); p != nil {
		t.Errorf("a run without figures is repeated with %+v", p)
	}
	a.Flags.NoFigures, j.Manifest = true, nil
	if p := plotOf(a, j); p != nil {
		t.Errorf("--no-figures draws %+v", p)
	}
}
