package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/small"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"misstep":         func() { armed(); os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"misstep-endless": playForEver,
	})
}

// TestScripts runs the transcripts of testdata/script. Beside testscript's own they
// have the commands samefolder A B (two folders hold the same bytes), verify DIR
// (a run folder is whole) and conforms FILE (a file fits summary.schema.json). Beside
// them stand tiny.yaml and learned.txt, a posterior for it.
func TestScripts(t *testing.T) {
	tiny := small.YAML
	config, err := filepath.Abs("../../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("CONFIG", config)
			if err := os.WriteFile(filepath.Join(e.WorkDir, "learned.txt"), small.Posterior(t).Bytes(), 0o644); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, "tiny.yaml"), tiny, 0o644)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"samefolder": func(ts *testscript.TestScript, neg bool, args []string) {
				why := different(ts, ts.MkAbs(args[0]), ts.MkAbs(args[1]))
				if neg == (why == "") {
					ts.Fatalf("%s and %s: %q", args[0], args[1], why)
				}
			},
			"verify": func(ts *testscript.TestScript, _ bool, args []string) {
				_, err := runfolder.Open(ts.MkAbs(args[0]))
				ts.Check(err)
			},
			"conforms": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(clitest.Conforms(t, run.SummarySchema, []byte(ts.ReadFile(args[0]))))
			},
		},
	})
}

// different says how two folders differ, "" if they do not.
func different(ts *testscript.TestScript, a, b string) string {
	entriesA, err := os.ReadDir(a)
	ts.Check(err)
	entriesB, err := os.ReadDir(b)
	ts.Check(err)
	if len(entriesA) != len(entriesB) {
		return "different numbers of files"
	}
	for _, e := range entriesA {
		x, err := os.ReadFile(filepath.Join(a, e.Name()))
		ts.Check(err)
		y, err := os.ReadFile(filepath.Join(b, e.Name()))
		if err != nil || string(x) != string(y) {
			return e.Name()
		}
	}
	return ""
}
