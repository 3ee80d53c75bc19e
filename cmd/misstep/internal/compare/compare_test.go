package compare

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// TestCompareWrites: the folder is whole, holds what it should, and is written once.
func TestCompareWrites(t *testing.T) {
	inCompareFolder(t)
	t.Setenv("MISSTEP_PLOT_DPI", "40")
	a, b := storeTiny(t), storeTiny(t, "--set", "choice.rationality=30")
	dir := folderOf(t, compared(t, a, b))
	w, err := runfolder.OpenWork(dir)
	if err != nil || w.Command != "compare" || filepath.Base(dir) != w.Folder() {
		t.Fatalf("%+v, %v", w, err)
	}
	var got []string
	for name := range clitest.FilesIn(t, dir) {
		got = append(got, name)
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"compare.csv", "compare.md", "compare.pdf", "compare.png", "compare.svg",
		"manifest.json"}, got); diff != "" {
		t.Error(diff)
	}
	if again := compared(t, a, b); !strings.Contains(again, "unchanged "+dir) {
		t.Errorf("%s", again)
	}
	t.Setenv("MISSTEP_PLOT_WIDTH", "16")
	if again := compared(t, a, b); !strings.Contains(again, "figures redrawn in "+dir) {
		t.Errorf("%s", again)
	}
	if turned := folderOf(t, compared(t, b, a)); turned == dir {
		t.Error("the other way round is the same folder")
	}
	if bare := folderOf(t, compared(t, a, b, "--no-figures")); strings.Contains(clitest.FilesIn(t, bare)["compare.md"],
		"![") || len(clitest.FilesIn(t, bare)) != 3 {
		t.Errorf("without figures: %v", clitest.Names(t, bare))
	}
	t.Setenv("MISSTEP_PLOT_FORMATS", "pdf")
	if page := clitest.FilesIn(t,
		folderOf(t, compared(t, a, b, "--out", "pdf")))["compare.md"]; strings.Contains(page, "![") {
		t.Error("the page shows a figure that it has not")
	}
}

// TestCompareHangsOnItsRunsAlone: where the runs lie, how they are named and how many
// workers play them changes no byte.
func TestCompareHangsOnItsRunsAlone(t *testing.T) {
	inCompareFolder(t)
	t.Setenv("MISSTEP_PLOT_FORMATS", "svg")
	a, b := storeTiny(t), storeTiny(t, "--set", "choice.rationality=30")
	one := clitest.FilesIn(t, folderOf(t, compared(t, a, b, "--paired", "--workers", "1", "--out", "one")))
	if err := os.Rename("runs", "moved"); err != nil {
		t.Fatal(err)
	}
	a, b = strings.Replace(a, "runs", "moved", 1), strings.Replace(b, "runs", "moved", 1)
	for _, n := range []string{"2", "7"} {
		again := clitest.FilesIn(t,
			folderOf(t, compared(t, filepath.Join(a, "manifest.json"), b, "--paired", "--workers", n, "--out", "out"+n)))
		if diff := cmp.Diff(one, again); diff != "" {
			t.Errorf("%s workers: %s", n, diff)
		}
	}
	if strings.Contains(one["compare.md"]+one["compare.csv"]+one["manifest.json"], "runs/") {
		t.Error("a file names a folder of this machine")
	}
}

// unended takes out the ends of intervals that are not resolved.
var unended = strings.NewReplacer(`"low": null`, "", `"high": null`, "")

// TestCompareJSON: the same numbers as the CSV, no null but for the ends of intervals that
// are not resolved, and the stored estimates.
func TestCompareJSON(t *testing.T) {
	inCompareFolder(t)
	a, b := storeTiny(t), storeTiny(t, "--set", "choice.rationality=30")
	for _, method := range []string{"unpaired", "paired"} {
		args := []string{a, b, "--json", "--no-figures"}
		if method == "paired" {
			args = append(args, "--paired")
		}
		out := compared(t, args...)
		var r comparison
		if err := json.Unmarshal([]byte(out), &r); err != nil || strings.Contains(unended.Replace(out), "null") {
			t.Fatalf("%v\n%s", err, out)
		}
		if r.Method != method || r.Format != 1 || len(r.Runs) != 2 || len(r.Others) != 1 || r.Runs[1].Letter != "B" ||
			r.Others[0].SameResults {
			t.Errorf("%+v", r.Runs)
		}
		stored, err := run.OpenStored("compare", b)
		if err != nil {
			t.Fatal(err)
		}
		contrasts := r.Others[0].Contrasts
		if len(contrasts) != len(stored.Summary.Contrasts) {
			t.Errorf("%d contrasts", len(contrasts))
		}
		for i, k := range contrasts {
			if len(k.Changes) != 3*len(outcome.All) {
				t.Errorf("%d changes", len(k.Changes))
			}
			for _, x := range k.Changes {
				if x.Quantity == summary.OfTreatment && x.Other != stored.Summary.Contrasts[i].Measure(x.Measure).Treatment {
					t.Errorf("%+v", x)
				}
			}
		}
	}
}

// TestCompareSeesAnEffect: a rate that doubles is shown, in its number, its direction and
// in what sets it, paired and unpaired; what it cannot move is identical when paired.
func TestCompareSeesAnEffect(t *testing.T) {
	inCompareFolder(t)
	a := storeTiny(t, "--replicates", "20")
	data, _ := os.ReadFile("tiny.yaml")
	write(t, "tiny.yaml", strings.Replace(string(data), "value: 2, source", "value: 6, source", 1))
	b := storeTiny(t, "--replicates", "20")
	for _, paired := range []bool{false, true} {
		c := opened(t, paired, a, b)
		v := c.Others[0]
		if x := v.change("cases", summary.OfBaseline); x.Verdict != summary.Differs || x.Change.Value < 5 {
			t.Errorf("paired %v: %+v", paired, x)
		}
		found := slices.ContainsFunc(v.Inputs, func(d inputDifference) bool {
			return d.Kind == "parameter" && strings.HasSuffix(d.Name, "onset.crooks>Aland.rate") &&
				strings.HasPrefix(d.Reference, "2") && strings.HasPrefix(d.Other, "6")
		})
		if !found || len(v.Scenario) == 0 {
			t.Errorf("%+v %q", v.Inputs, v.Scenario)
		}
	}
}

// TestPairingIsFiner: over the same random numbers a small change of one number has a
// smaller error than over separate runs.
func TestPairingIsFiner(t *testing.T) {
	inCompareFolder(t)
	a, b := storeTiny(t, "--set", "choice.rationality=30", "--replicates", "200"),
		storeTiny(t, "--set", "choice.rationality=33", "--replicates", "200")
	apart, paired := opened(t, false, a, b).Others[0], opened(t, true, a, b).Others[0]
	finer, all := 0, 0
	for i, x := range paired.Contrasts[0].Changes {
		y := apart.Contrasts[0].Changes[i]
		if !x.Defined || y.Change.MC == 0 {
			continue
		}
		all++
		if x.Change.MC < y.Change.MC/2 {
			finer++
		}
	}
	if all < 40 || finer < all*3/4 {
		t.Errorf("%d of %d changes have half the error", finer, all)
	}
}

// TestCompareAfterAChangeOfCode: equal inputs with other results, and another version of
// the model, are compared and said to be.
func TestCompareAfterAChangeOfCode(t *testing.T) {
	inCompareFolder(t)
	a := storeTiny(t)
	same := reforged(t, a, "copy/"+filepath.Base(a), func(*runfolder.Manifest, *summary.Summary) {})
	if out := compared(t, a, same, "--no-figures"); !strings.Contains(out,
		"B and A have the same inputs and the same results.") || strings.Contains(out, "≠ ") &&
		strings.Contains(out, "  ≠\n") {
		t.Errorf("%s", out)
	}
	changed := reforged(t, a, "code/"+filepath.Base(a), func(_ *runfolder.Manifest, s *summary.Summary) {
		s.Contrasts[0].Measure("cases").Baseline.Value += 100
	})
	if out := compared(t, a, changed, "--no-figures", "--out", "p"); !strings.Contains(out,
		"Of the others differ, in an arm or between the two: cases discovered") || strings.Contains(out, "+100.00 ±") {
		t.Errorf("%s", out)
	}
	out := compared(t, a, changed, "--no-figures", "--out", "o", "--full")
	for _, want := range []string{"B and A have the same inputs and other results: the code that computed them differs.",
		"levels in arm without that differ: 1 of 35 outcomes", "+100.00 ±"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	old := reforged(t, a, "old", func(m *runfolder.Manifest, s *summary.Summary) {
		m.Inputs.ModelVersion = "0"
		c := &s.Contrasts[0]
		c.Measure("misstep_share").ID, c.Measure("missed").Unit = "gone", "days"
	})
	out = compared(t, a, old, "--no-figures", "--out", "o")
	for _, want := range []string{"model version: " + experiment.ModelVersion + " → 0",
		"B cannot be paired with A: B was computed by model 0",
		"! Outcomes that only B has, or has in another unit: gone, missed.",
		"! Outcomes that only A has, or has in another unit: misstep_share, missed."} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestReplayOfAnotherResult: a stored run that this program does not reproduce is not
// paired, and nothing is written.
func TestReplayOfAnotherResult(t *testing.T) {
	inCompareFolder(t)
	a, b := storeTiny(t), storeTiny(t, "--set", "choice.rationality=30")
	other := reforged(t, b, "other",
		func(_ *runfolder.Manifest, s *summary.Summary) { s.Contrasts[1].Measure("cases").Baseline.Value++ })
	got := clitest.Ends(t, cli.StatusFailed, call, "compare", a, other, "--paired", "--quiet")
	if !strings.Contains(got, "cases: the replay of the other run gives") || !strings.Contains(got, "leave --paired out") {
		t.Error(got)
	}
	posterior := reforged(t, b, "posterior", func(m *runfolder.Manifest, _ *summary.Summary) {
		m.Inputs.Posterior = &runfolder.Posterior{Name: "gone.txt", SHA256: strings.Repeat("0", 64)}
	})
	if got := refused(t, "compare", a, posterior, "--paired", "--quiet"); !strings.Contains(got,
		"this program ships none") {
		t.Error(got)
	}
	if out := compared(t, a, posterior, "--no-figures"); !strings.Contains(out,
		"posterior: none → gone.txt (sha256 000000000000)") {
		t.Error(out)
	}
}
