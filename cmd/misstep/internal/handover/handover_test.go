package handover

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/sim"
	"pgregory.net/rapid"
)

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

// pageOf is the report of a run as a page.
func pageOf(t *testing.T, dir string) (*reported, *report.Page) {
	t.Helper()
	r, err := openReported(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.replay(context.Background()); err != nil {
		t.Fatal(err)
	}
	p, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	return r, p
}

// TestReportSections: the parts of a report in their order, each with something in
// it, and no sentence of ours about what is going to happen.
func TestReportSections(t *testing.T) {
	_, p := pageOf(t, reportCopy(t))
	var ids []string
	for _, s := range p.Sections {
		ids = append(ids, s.ID)
	}
	want := []string{"brief", "limits", "effect", "why", "escalation", "beliefs", "channel", "histories", "methods",
		"words", "record", "assumptions", "provenance", "again"}
	if !slices.Equal(ids, want) {
		t.Errorf("%q, want %q", ids, want)
	}
	text := string(report.Markdown(p))
	before, _, _ := strings.Cut(text, "#### The scenario as it was run")
	if at := will.FindStringIndex(before); at != nil {
		t.Errorf("… %s …", before[max(0, at[0]-60):min(len(before), at[1]+60)])
	}
	for _, want := range []string{"misstep run --from tiny-", "1 number was set for this run", "misstep why tiny-",
		"An invented example. Typical: ", "An invented example. Worst: ", "seed 1", "### Case"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
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

// TestReportNumbersTable: every number of the manifest stands in the table, that which
// was set is marked, and every way in the page leads somewhere.
func TestReportNumbersTable(t *testing.T) {
	r, p := pageOf(t, reportCopy(t))
	w := &pageWriter{reported: r, rests: newRestingOnKeys(r.Manifest.Parameters)}
	table := w.numbers()
	if n := len(table.Groups[0].Rows); n != len(r.Manifest.Parameters) || n == 0 {
		t.Fatalf("%d rows for %d numbers", n, len(r.Manifest.Parameters))
	}
	marked := 0
	for i, row := range table.Groups[0].Rows {
		if len(row.Cells) != len(table.Columns) || row.ID != numberID(i) {
			t.Errorf("%+v", row)
		}
		if row.Marked {
			marked++
			if !strings.Contains(row.Cells[0].Text.String(), "choice.rationality") ||
				row.Cells[2].Text.String() != "the command of this run" {
				t.Errorf("%+v", row)
			}
		}
	}
	if marked != 1 {
		t.Errorf("%d numbers are marked", marked)
	}
	page, err := report.HTML(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(page), `href="#`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(string(page), `id="`+id+`"`) {
			t.Errorf("#%s leads nowhere", id)
		}
	}
}

// TestRestingOnKeys: keys are found in sources and in reasons, what a target rests on
// is found below it, and ways lead both ways.
func TestRestingOnKeys(t *testing.T) {
	k := newRestingOnKeys([]runfolder.Parameter{
		{Path: "a", Source: "T16; assumption: as in (E029)"},
		{Path: "b", Source: "[Buchanan2016]; assumption: the size", InformedBy: []string{"T16"}},
		{Path: "c", Source: "assumption: X9999 and nothing"}})
	if users := k.users["T16"]; !slices.Equal(users, []int{0, 1}) || !slices.Equal(k.users["E029"], []int{0}) ||
		!slices.Equal(k.users["Buchanan2016"], []int{1}) || len(k.users) != 3 {
		t.Errorf("users %v", k.users)
	}
	for _, b := range k.below["T16"] {
		if !slices.Contains(k.above[b], "T16") || !k.has(b) {
			t.Errorf("%s is below T16 and T16 not above it", b)
		}
	}
	text := k.linked("T16, E029 and [Buchanan2016], not E001; X T999")
	if text.String() != "T16, E029 and [Buchanan2016], not E001; X T999" {
		t.Errorf("%q", text.String())
	}
	var ways []string
	for _, s := range text {
		if s.Look == report.Jump {
			ways = append(ways, s.To)
		}
	}
	if !slices.Equal(ways, []string{"key-T16", "key-E029", "key-Buchanan2016"}) {
		t.Errorf("%q", ways)
	}
	if _, known := evidence.Lookup("T16"); !known {
		t.Error("T16 is no key any more; take another for this test")
	}
}

// TestLinkedKeepsTheText: links change no letter of a source.
func TestLinkedKeepsTheText(t *testing.T) {
	k := newRestingOnKeys([]runfolder.Parameter{{Source: "T1, T2, E001, G01 to G27, [Buchanan2016]"}})
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"T1", "T2", "T29", " to ", "G01", "G03", ", ",
			"[Buchanan2016]", "assumption: ", "x", "é", "E001", "to", " "})).Draw(t, "source"), "")
		if got := k.linked(source).String(); got != source {
			t.Fatalf("%q became %q", source, got)
		}
	})
}

// TestChosenFutures: the typical future is the one nearest the medians, the worst the
// one with the hardest step; the first among equals.
func TestChosenFutures(t *testing.T) {
	f := func(p0, p1, m0, m1 float64, peak int) playedFuture {
		return playedFuture{public: [2]float64{p0, p1}, missteps: [2]float64{m0, m1}, peak: peak}
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
	r, err := openReported(reportCopy(t))
	if err != nil {
		t.Fatal(err)
	}
	played, err := r.play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(played) != 15 {
		t.Fatalf("%d futures", len(played))
	}
	for i, p := range played {
		if want := (experiment.Cell{Draw: i % 5, Replicate: i / 5}); p.cell != want {
			t.Errorf("future %d is %+v", i, p.cell)
		}
	}
	var runner sim.Runner
	plan := &r.job.Plan
	for _, p := range played[:3] {
		out := runner.Run(plan.Compile(p.cell.Draw), plan.Replicate(p.cell.Draw, p.cell.Replicate), nil)
		peak := 0
		for _, a := range r.headlineArms() {
			for _, s := range out[a].Steps {
				peak = max(peak, int(s.Rung))
			}
		}
		if peak != p.peak {
			t.Errorf("%+v: peak %d, alone %d", p.cell, p.peak, peak)
		}
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
	_, p := pageOf(t, found[0])
	for _, s := range p.Sections {
		if s.ID == "effect" || s.ID == "why" {
			t.Errorf("section %s of a run with one arm", s.ID)
		}
	}
	if text := string(report.Markdown(p)); !strings.Contains(text, "There is one version, and so no comparison") ||
		!strings.Contains(text, "Typical: ") {
		t.Errorf("%.600s", text)
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
