package report

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
)

// edited writes a changed manifest, without regard to its hashes.
func edited(t *testing.T, dir string, change func(map[string]any)) {
	t.Helper()
	path := filepath.Join(dir, runfolder.Name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	change(m)
	if data, err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestReportRefuses: what is no run, is damaged, or comes from a later version.
func TestReportRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(dir string)
		want   string
	}{
		"no manifest": {func(dir string) { _ = os.Remove(filepath.Join(dir, runfolder.Name)) },
			"no run folder: it has no manifest.json; report reads stored runs"},
		"damaged summary": {func(dir string) { _ = os.WriteFile(filepath.Join(dir, run.SummaryJSON), []byte("{}"), 0o644) },
			"summary.json: changed since it was written"},
		"missing history": {func(dir string) { _ = os.Remove(filepath.Join(dir, run.SummaryCSV)) }, "summary.csv: missing"},
		"later format": {func(dir string) { edited(t, dir, func(m map[string]any) { m["format"] = 2; m["new"] = 1 }) },
			"a run of format 2; this program reads format 1: use the version of misstep that wrote it"},
		"later model": {func(dir string) {
			edited(t, dir, func(m map[string]any) { m["inputs"].(map[string]any)["model_version"] = "999" })
		}, "computed by model 999; this program has model " + experiment.ModelVersion + ": use the version"},
		"another command": {func(dir string) { edited(t, dir, func(m map[string]any) { m["command"] = "why" }) },
			"results of misstep why, not a run"},
		"changed inputs": {func(dir string) {
			edited(t, dir, func(m map[string]any) { m["inputs"].(map[string]any)["seed"] = "7" })
		}, "inputs were changed after the run"},
		"no JSON": {func(dir string) { _ = os.WriteFile(filepath.Join(dir, runfolder.Name), []byte("hello"), 0o644) },
			"no manifest of misstep"},
	} {
		dir := reportCopy(t)
		c.damage(dir)
		if _, err := openReported(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	for a, b := range map[[2]string]bool{{"2", "1"}: true, {"1", "1"}: false, {"1", "2"}: false, {"10", "9"}: true,
		{"x", "1"}: false} {
		if run.NewerModel(a[0], a[1]) != b {
			t.Errorf("%v", a)
		}
	}
}

// TestReportOfAnEarlierModel: a run that cannot be played again has a report without
// the two futures; where it left a history of its own, that stands in, with the reason.
func TestReportOfAnEarlierModel(t *testing.T) {
	r := opened(t, reportCopy(t))
	r.chosen, r.Manifest.Inputs.ModelVersion = nil, "0"
	r.reopen()
	if err := r.replay(context.Background()); err != nil || r.job != nil || !r.otherModel {
		t.Fatalf("%v, %+v", err, r.job)
	}
	text := pageOf(t, r, false)
	has(t, text, "> A typical and a worst future are not shown: the run was computed by model 0", "One invented future")
	hasNot(t, text, "A typical future**")
	r.otherModel, r.otherSource = false, true
	has(t, pageOf(t, r, false), "does not have the posterior or the generator")
	r.otherSource = false
	has(t, pageOf(t, r, false), "reads the scenario differently")
	r.stored = nil
	hasNot(t, pageOf(t, r, false), "invented future")
}

// TestAnalysesInReport: what further commands left in the run is shown; what is
// damaged or of another run is refused.
func TestAnalysesInReport(t *testing.T) {
	dir := reportCopy(t)
	r := opened(t, dir)
	put := func(name string, inputs any) {
		t.Helper()
		files := []runfolder.File{runfolder.NewFile("why.json", []byte("{}"), false),
			runfolder.NewFile("parts.csv", []byte("player,value\nclarify,-0.5\n"), false),
			runfolder.NewFile("why.png", []byte("\x89PNG"), true),
			runfolder.NewFile("why.svg", []byte(`<svg viewBox="0 0 576 300"><desc>a &amp; b −0.17</desc></svg>`), true),
			runfolder.NewFile("why.csv", []byte("a\n1\n"), true)}
		if _, err := runfolder.WriteWork(dir, name, runfolder.NewWork(run.Program(), name, inputs), files, true); err != nil {
			t.Fatal(err)
		}
	}
	put("why", r.Manifest.Inputs)
	put("breakeven", map[string]any{"run": r.Manifest.Inputs})
	if err := os.Mkdir(filepath.Join(dir, "sensitivity"), 0o755); err != nil {
		t.Fatal(err)
	}
	r = opened(t, dir)
	if a := r.further["why"]; len(r.further) != 2 || a.file != "why/why.svg" || a.Name != "why-parts.csv" ||
		string(a.json) != "{}" || !strings.HasPrefix(string(a.csv), "player") {
		t.Errorf("%+v", r.further)
	}
	text := pageOf(t, r, false)
	has(t, text, "![a &amp; b −0.17](why/why.svg)", "| clarify | −0.5 |", "misstep sensitivity tiny",
		"[break-even](#breakeven)")
	hasNot(t, text, "\nmisstep why tiny", "\nmisstep breakeven tiny")
	r.beside = "../runs of mine"
	has(t, pageOf(t, r, false), "](<../runs of mine/why/why.svg>)")
	has(t, pageOf(t, r, true), `alt="a &amp; b −0.17" width="768" height="400"`)
	if err := os.WriteFile(filepath.Join(dir, "why", "parts.csv"), []byte("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := openReported(dir); err == nil || !strings.Contains(err.Error(), "parts.csv: missing or changed") {
		t.Errorf("a damaged analysis: %v", err)
	}
	other := r.Manifest.Inputs
	other.Structure = "0000000000000000"
	put("why", other)
	if _, err := openReported(dir); err == nil ||
		!strings.Contains(err.Error(), "why: computed from other inputs than the run") {
		t.Errorf("an analysis of another run: %v", err)
	}
}

// TestAnalysisWithoutFigure: a table alone is shown, and PNG where there is no SVG, without
// words for it.
func TestAnalysisWithoutFigure(t *testing.T) {
	r := invented()
	r.further = map[string]*analysis{
		"why":         {Figure: Figure{ID: "why", csv: []byte("a,b\n1,2\n"), Name: "why-parts.csv"}},
		"sensitivity": {Figure: Figure{ID: "sensitivity", picture: []byte("\x89PNG")}, file: "sensitivity/x.png"}}
	has(t, pageOf(t, r, false), "| 1 | 2 |", "![](sensitivity/x.png)")
	has(t, pageOf(t, r, true), "data:image/png;base64,", `height="432"`)
}
