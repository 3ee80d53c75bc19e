package report

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// The tests hang on no tables that move with every calibration.
func init() { Tables = func() (fit, hindcast []byte) { return nil, nil } }

// commands are those that the tests call.
var commands = []func(*cli.App) *cobra.Command{runtest.Command, New}

// call runs a program that has these commands.
func call(args ...string) (status int, out, err string) { return clitest.Call(commands, args...) }

// tinyFile is the small scenario.
const tinyFile = "../../../../internal/small/tiny.yaml"

// reportRun is a run of the small scenario that tests share: the name of its folder,
// and the files.
var reportRun = sync.OnceValues(func() (string, fstest.MapFS) {
	dir, err := os.MkdirTemp("", "misstep-report-test-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	status, _, errs := call("run", tinyFile, "--draws", "5", "--replicates", "3", "--no-figures", "--quiet",
		"--set", "choice.rationality=20", "--out", dir)
	if status != 0 {
		panic(errs)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "tiny-*", "*"))
	files := fstest.MapFS{}
	for _, path := range found {
		data, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		files[filepath.Base(path)] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return filepath.Base(filepath.Dir(found[0])), files
})

// reportCopy is a copy of the small run.
func reportCopy(t *testing.T) string {
	t.Helper()
	name, files := reportRun()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

// opened is a run with the futures that its report tells.
func opened(t *testing.T, dir string) *reported {
	t.Helper()
	r, err := openReported(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.replay(context.Background()); err != nil {
		t.Fatal(err)
	}
	return r
}

// pageOf is the report of a run as HTML or as Markdown, with plain spaces.
func pageOf(t *testing.T, r *reported, web bool) string {
	t.Helper()
	data, err := r.page(web)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\u00a0", " ")
}

// invented is a stored run whose numbers nobody computed.
func invented() *reported {
	s := small.Invented()
	for i := range s.Arms {
		a := &s.Arms[i]
		shift := .02 * float64(i)
		a.Curves = append(a.Curves,
			summary.Curve{Class: "R3", Cause: "any", Days: []float64{913, 1826.25}, Value: []float64{.3 - shift, .6 - shift},
				MCLow: []float64{.28, .58}, MCHigh: []float64{.32, .62}, Low: []float64{.1, .2}, High: []float64{.5, .9}})
		a.Peaks, a.PeaksMC = []float64{.7, .1, .1, .05, .03, .01, .01, 0, 0, 0}, make([]float64, 10)
		a.Beliefs = summary.Beliefs{Culprit: small.Est(1.3, .05, .1, 5), Intent: small.Est(.5, .03, .1, 2),
			Severity: small.Est(1.2, .05, -.1, 3), Rival: small.Est(.06, .01, .06, .06), Avoidable: small.Est(1.2, .05, .1, 4),
			Irreducible: small.Est(1.9, .05, .4, 8)}
		if a.Forum.Exists {
			a.Forum.Uptime, a.Forum.Meetings, a.Forum.Suspensions = small.Est(.48, .01, .2, .8), 4.6, .8
		}
	}
	narrower := .25
	s.Headline.Calibrated, s.Headline.Coupling, s.Headline.Other = true, "quantile", small.Est(-.3, .1, 0, 0)
	s.Headline.Prior = &summary.Prior{Replicates: 16, Baseline: small.Est(4.5, .1, .9, 10),
		Treatment: small.Est(4, .1, .9, 9), Difference: small.Est(-.5, .05, -1.4, .5)}
	m := &runfolder.Manifest{Format: 1,
		Program: runfolder.Program{Name: "misstep", Version: "v9.9.9", Go: "go1.26.0", GOARCH: "amd64"},
		Hash:    strings.Repeat("0123456789abcdef", 4),
		Inputs: runfolder.Inputs{ModelVersion: "0", Name: "invented", SHA256: strings.Repeat("f", 64),
			Scenario: "title: x\n", Arms: s.Run.Arms, Seed: 1, Generator: "mix", Draws: 200, Replicates: 50, BlockSize: 20},
		Learned: &runfolder.Learned{Uncertain: 3, Conditioned: 1, Informed: 1},
		Parameters: []runfolder.Parameter{
			{Path: "assumptions.choice.rationality", Name: "choice.rationality", Value: "30", Unit: "1/range", Origin: "flag",
				Source: "--set"},
			{Path: "assumptions.choice.price", Name: "choice.price", Value: "0.08 to 0.2", Unit: "U", Origin: "posterior",
				Source: "T26; assumption: a policy", Posterior: "0.1 to 0.15", Contraction: &narrower, InformedBy: []string{"T26"}},
			{Path: "assumptions.strength.clarify", Name: "strength.clarify", Value: "uniform(0, 1)", Unit: "–",
				Origin: "prior", Source: "assumption: not identified"},
		},
		Files: []runfolder.File{{Name: "effect.svg"}, {Name: "effect.csv"}, {Name: "peak.png"}}}
	return &reported{Stored: &run.Stored{Dir: "run", Manifest: m, Summary: s}}
}

// dataOf is what a page says of a run.
func dataOf(t *testing.T, r *reported) *Data {
	t.Helper()
	d, err := r.data(false)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// plainly is text with plain spaces.
func plainly(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// has reports every text that a page has not.
func has(t *testing.T, page string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in %.2000s", want, page)
		}
	}
}

// hasNot reports every text that a page has and should not.
func hasNot(t *testing.T, page string, unwanted ...string) {
	t.Helper()
	for _, not := range unwanted {
		if strings.Contains(page, not) {
			t.Errorf("%q is there", not)
		}
	}
}
