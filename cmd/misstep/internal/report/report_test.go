package report

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// TestReportText: the whole text of a report. Read it when it changes.
func TestReportText(t *testing.T) {
	r := invented()
	for i := range r.Manifest.Parameters { // the evidence has tests of its own
		p := &r.Manifest.Parameters[i]
		p.Source, p.InformedBy = strings.TrimPrefix(p.Source, "T26; "), nil
	}
	data, err := r.page(false)
	if err != nil {
		t.Fatal(err)
	}
	clitest.Golden(t, "report.md", string(data))
}

// will finds a sentence about what is going to happen.
var will = regexp.MustCompile(`(?i)\b(will|shall|won't|going to)\b`)

// TestReportSections: the parts of a report in their order, each with something in
// it, and no sentence of ours about what is going to happen.
func TestReportSections(t *testing.T) {
	r := opened(t, reportCopy(t))
	sections, err := write(dataOf(t, r))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range sections {
		ids = append(ids, s.ID)
		if s.ID != "head" && s.ID != "foot" && (s.Title == "" || !strings.HasPrefix(s.Text, "## "+s.Title+"\n")) {
			t.Errorf("%s is called %q", s.ID, s.Title)
		}
	}
	if !slices.Equal(ids, order) {
		t.Errorf("%q, want %q", ids, order)
	}
	text := pageOf(t, r, false)
	before, _, _ := strings.Cut(text, "The scenario as it was run")
	if at := will.FindStringIndex(before); at != nil {
		t.Errorf("… %s …", before[max(0, at[0]-60):min(len(before), at[1]+60)])
	}
	has(t, text, "misstep run --from tiny-", "1 number was set for this run", "misstep why tiny-",
		"**A typical future**, an invented example", "**The worst of them**, an invented example", "seed 1", "### Case")
	hasNot(t, text, "NaN", "%!", "<no value>", "Inf ")
}

// TestReportIsSmallAndTheSame: equal runs give equal bytes, wherever they lie and
// however often, below three megabytes; a stored report does not change the next.
func TestReportIsSmallAndTheSame(t *testing.T) {
	var pages [][]byte
	for range 2 {
		dir := reportCopy(t)
		for range 2 {
			if status, _, errs := call("report", dir); status != 0 {
				t.Fatal(errs)
			}
			data, err := os.ReadFile(filepath.Join(dir, "report.html"))
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, data)
		}
		if _, err := runfolder.Open(dir); err != nil {
			t.Error(err)
		}
	}
	for _, p := range pages[1:] {
		if string(p) != string(pages[0]) {
			t.Error("two reports of one run differ")
		}
	}
	if n := len(pages[0]); n > 3_000_000 {
		t.Errorf("%d bytes", n)
	}
}

// TestOut: a page takes the place of the one before; it takes that of no file of the run,
// and where it cannot stand nothing is left and the error says what to do.
func TestOut(t *testing.T) {
	dir := reportCopy(t)
	for range 2 {
		if status, out, errs := call("report", dir, "--out", filepath.Join(dir, "page.html")); status != 0 ||
			!strings.HasPrefix(out, "wrote "+filepath.Join(dir, "page.html")+": ") {
			t.Fatal(out, errs)
		}
	}
	full := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for out, want := range map[string]string{filepath.Join(dir, "summary.csv"): "a file of the run itself",
		filepath.Join(dir, "manifest.json"): "a file of the run itself", full: "; choose another place with --out",
		filepath.Join(dir, "none", "page.html"): "; choose another place with --out"} {
		if status, _, errs := call("report", dir, "--out", out); status != 2 || !strings.Contains(errs, want) {
			t.Errorf("%s: %d, %s", out, status, errs)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".misstep-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if status, _, errs := call("report", dir, "--format", "htm"); status != 2 || !strings.Contains(errs, `"html"`) {
		t.Error(errs)
	}
}

// TestWays: every way in a page leads somewhere, and no place stands twice.
func TestWays(t *testing.T) {
	page := pageOf(t, opened(t, reportCopy(t)), true)
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		ids[m[1]]++
	}
	for _, m := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] != 1 {
			t.Errorf("#%s leads to %d places", m[1], ids[m[1]])
		}
	}
	if len(ids) < 50 {
		t.Errorf("%d places", len(ids))
	}
}

// TestWayBetween: from a folder to another, and none to itself.
func TestWayBetween(t *testing.T) {
	for _, c := range [][3]string{{"a", "a", ""}, {"a", "a/b", "b"}, {"a/b", "a", ".."}, {".", "x/y", "x/y"}} {
		if got := wayBetween(c[0], c[1]); got != c[2] {
			t.Errorf("%v: %q", c, got)
		}
	}
}

// TestChosenFutures: the typical future is the one nearest the medians, the worst the
// one with the hardest step; the first among equals.
func TestChosenFutures(t *testing.T) {
	f := func(p0, p1, m0, m1 float64, peak int) playedFuture {
		return playedFuture{counts: [4]float64{p0, p1, m0, m1}, peak: peak}
	}
	for _, c := range []struct {
		name           string
		played         []playedFuture
		typical, worst int
	}{
		{"one", []playedFuture{f(1, 1, 0, 0, 3)}, 0, 0},
		{"the middle", []playedFuture{f(9, 9, 5, 5, 3), f(2, 2, 1, 1, 5), f(0, 0, 0, 0, 0)}, 1, 1},
		{"equals", []playedFuture{f(1, 1, 0, 0, 4), f(1, 1, 0, 0, 4)}, 0, 0},
		{"more missteps", []playedFuture{f(1, 1, 0, 0, 6), f(1, 1, 1, 0, 6), f(1, 1, 0, 2, 6), f(8, 8, 8, 8, 5)}, 0, 2},
	} {
		if got := [2]int{typicalOf(c.played), worstOf(c.played)}; got != [2]int{c.typical, c.worst} {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestReplay: the futures that are played are those of the run, each draw's first
// before any draw's second, and their peaks are those of the run itself.
func TestReplay(t *testing.T) {
	r := opened(t, reportCopy(t))
	played, err := r.play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(played) != 15 || r.sampled != 15 || len(r.chosen) != 2 {
		t.Fatalf("%d futures, %d told", len(played), len(r.chosen))
	}
	for i := range played {
		if c := r.cell(i); c.Draw != i%5 || c.Replicate != i/5 {
			t.Errorf("future %d is %+v", i, c)
		}
	}
	plan := &r.job.Plan
	for i := len(played) - 1; i >= 0; i-- { // in another order, each with a runner of its own
		var runner sim.Runner
		c := r.cell(i)
		out := runner.Run(plan.Compile(c.Draw), plan.Replicate(c.Draw, c.Replicate), nil)
		peak := 0
		for _, a := range r.headlineArms() {
			for _, s := range out[a].Steps {
				peak = max(peak, int(s.Rung))
			}
		}
		if peak != played[i].peak {
			t.Errorf("%+v: peak %d, alone %d", c, played[i].peak, peak)
		}
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.play(stopped); err == nil {
		t.Error("a replay goes on when it is stopped")
	}
}

// TestSingleArm: a run with one arm has a report without a comparison.
func TestSingleArm(t *testing.T) {
	dir := t.TempDir()
	status, _, errs := call("run", tinyFile, "--arm", "with", "--draws", "2", "--replicates", "2", "--no-figures",
		"--quiet", "--out", dir)
	if status != 0 {
		t.Fatal(errs)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "*"))
	r := opened(t, found[0])
	text := pageOf(t, r, false)
	has(t, text, "**One arm: a public or harder step within 2 years in ", "**A typical future**", "compared with nothing")
	hasNot(t, text, `id="effect"`, `id="why"`, "What could be worse", "Do not conclude", "How sure that is")
	pageOf(t, r, true)
}

// TestBriefCases: the answer where no case is common, where numbers are fixed, and where
// nothing is known of one version.
func TestBriefCases(t *testing.T) {
	r := invented()
	r.Summary.Run.Draws, r.Summary.Run.Free = 1, 0
	text := pageOf(t, r, false)
	has(t, text, "Every number is fixed in this run.")
	hasNot(t, text, "sets of assumptions that were drawn", "are uncertain, ")

	r = invented()
	r.Summary.Contrasts[0].CommonCases = 0
	text = pageOf(t, r, false)
	has(t, text, "**Nothing to compare: no incident was discovered in both arms.**")
	hasNot(t, text, "Missteps per 100 cases |", "Do not conclude")

	r = invented()
	r.Summary.Contrasts, r.Summary.Arms = nil, r.Summary.Arms[:1]
	has(t, pageOf(t, r, false), "**One arm: a public or harder step within 5 years in 60 % of futures.**")
	r.Summary.Arms[0].Curves = nil
	has(t, pageOf(t, r, false), "**One arm, nothing to compare.**")

	r = invented()
	r.Summary.Headline.Measure = "missed"
	if n := strings.Count(pageOf(t, r, false), "\n| missed responses |"); n != 1 {
		t.Errorf("a counter-risk that is the headline stands %d times", n)
	}
}

// TestAgain: the commands that make a run from a shipped scenario name all that differs
// from its default.
func TestAgain(t *testing.T) {
	dir := t.TempDir()
	status, _, errs := call("run", "exchange-coalition-2021", "--draws", "1", "--replicates", "2", "--no-figures",
		"--quiet", "--generator", "philox", "--seed", "7", "--prior", "--set", "choice.rationality=20",
		"--set", "run.delta=0.2", "--out", dir)
	if status != 0 {
		t.Fatal(errs)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "*"))
	has(t, string(dataOf(t, opened(t, found[0])).FromScenario), "misstep run exchange-coalition-2021 --draws 1 "+
		"--replicates 2 --seed 7 --generator philox --set choice.rationality=20 --set run.delta=0.2 --prior")
	alone := opened(t, found[0]).Manifest.Inputs
	alone.Alone = true
	has(t, strings.Join(commandOf(&alone, []byte(alone.Scenario)), " "), "--prior --no-side-runs")
	if got := dataOf(t, opened(t, reportCopy(t))).FromScenario; got != "" {
		t.Errorf("a scenario that does not ship: %s", got)
	}
}

// TestQuoted: a shell takes the words as they are.
func TestQuoted(t *testing.T) {
	for in, want := range map[string]string{"a-b_c.d=1": "a-b_c.d=1", "a b": "'a b'", "it's": `'it'\''s'`, "": "''",
		"$(x)": "'$(x)'", "-x": "'-x'", "a>b": "'a>b'"} {
		if got := quoted(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// TestCard: the question of the scenario stands above the answer, its limits and what its
// author would change where they belong.
func TestCard(t *testing.T) {
	r := opened(t, reportCopy(t))
	r.job.Scenario.Card = scenario.Card{Question: "Does it *help*?", Limits: "Not <much>.",
		Try: []string{"assumptions.choice.rationality", "arms.with.channels.forum.mandate"}}
	text := pageOf(t, r, false)
	asked, answered := strings.Index(text, `**The question.** Does it \*help\*?`), strings.Index(text, "## In brief")
	if asked < 0 || answered < asked {
		t.Errorf("question at %d, answer at %d", asked, answered)
	}
	has(t, text, "Not &lt;much&gt;.", ": [20 per range of utility](#number-", "mandate`: a decision, not a number")
}
