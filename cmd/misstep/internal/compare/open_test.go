package compare

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// TestCompareRefuses: every mistake is one line that says what to do, with nothing
// written. Catches a run compared with itself, and a folder that is taken for a run.
func TestCompareRefuses(t *testing.T) {
	inCompareFolder(t)
	a := storeTiny(t)
	b := storeTiny(t, "--seed", "2")
	alone := storeTiny(t, "--arm", "with")
	if err := os.Symlink(filepath.Base(a), "runs/link"); err != nil {
		t.Fatal(err)
	}
	write(t, "note.txt", "no run")
	if err := os.MkdirAll("empty", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("odd", 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, "odd/manifest.json", "{}")
	other := folderOf(t, compared(t, a, b, "--no-figures", "--out", "there"))
	cut := reforged(t, a, "cut", func(*runfolder.Manifest, *summary.Summary) {})
	data, _ := os.ReadFile("cut/summary.json")
	write(t, "cut/summary.json", string(data[:len(data)/2]))
	unlisted := reforged(t, a, "unlisted", func(m *runfolder.Manifest, _ *summary.Summary) { m.Files = m.Files[1:] })
	write(t, "unlisted/summary.json", string(data))
	future := reforged(t, a, "future", func(_ *runfolder.Manifest, s *summary.Summary) { s.Format = 3 })
	foreign := reforged(t, a, "foreign", func(_ *runfolder.Manifest, s *summary.Summary) { s.Run.Draws = 1 << 40 })
	none := reforged(t, a, "none",
		func(m *runfolder.Manifest, s *summary.Summary) { m.Inputs.Replicates, s.Run.Replicates = 0, 0 })
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{a, none, "--paired"},
			"none/manifest.json: inputs: a sample of 4 draws × 0 replicates in blocks of 5 is none; delete the folder and " +
				"run again\n"},
		{nil, "misstep: misstep compare needs two or more stored runs: run folders, such as those under outputs\n"},
		{[]string{a}, "what is \"" + a + "\" to be compared with?\n"},
		{[]string{a, a}, a + " and " + a + " are the same run; name runs that differ\n"},
		{[]string{a, "./" + a + "/"}, "are the same run; name runs that differ\n"},
		{[]string{a, filepath.Join(a, "manifest.json")}, "are the same run; name runs that differ\n"},
		{[]string{b, a, "runs/link"}, a + " and runs/link are the same run; name runs that differ\n"},
		{[]string{a, "nowhere"}, "misstep: nowhere: no such folder; compare reads stored runs, which misstep run writes\n"},
		{[]string{a, "uk-china-dialogue-2026"}, "no such folder; compare reads stored runs"},
		{[]string{"tiny.yaml", a}, "tiny.yaml: not a run folder; compare reads stored runs"},
		{[]string{a, "note.txt"}, "note.txt: not a run folder"},
		{[]string{a, "empty"}, "empty: no run folder: it has no manifest.json; compare reads"},
		{[]string{a, "odd"}, "odd/manifest.json: a manifest of format 0"},
		{[]string{a, other}, other + ": results of misstep compare, not a run; name the folder"},
		{[]string{a, cut}, "cut/summary.json: changed since it was written"},
		{[]string{a, unlisted}, "unlisted: its manifest lists no summary.json; run the scenario again\n"},
		{[]string{a, future}, "future/summary.json: a summary of format 3; this program reads format 2: run the scenario " +
			"again, or use the version of misstep that wrote it"},
		{[]string{a, foreign},
			"foreign/summary.json: of another sample than its manifest; delete the folder and run again\n"},
		{[]string{a, alone}, alone +
			": a run of one arm, which has no difference to compare; run the scenario with two arms or more\n"},
		{[]string{a, b, "--paired"},
			"--paired: " + b + " cannot be paired with " + a + ": their seeds differ, 1 and 2; leave --paired out\n"},
		{[]string{a, b, "--seed", "3"}, "unknown flag --seed for misstep compare"},
		{[]string{a, b, "--out", "note.txt/below"}, "note.txt/below: not a directory; choose another folder with --out\n"},
		{append(make([]string, 0, 30), strings.Fields(strings.Repeat(a+" ", 27))...),
			"takes at most 26 runs, not 27; compare some of them\n"},
	} {
		if got := refused(t, append([]string{"compare", "--quiet"}, c.args...)...); !strings.Contains(got, c.want) ||
			strings.Count(got, "\n") != 1 {
			t.Errorf("%v: %s, want %s", c.args, got, c.want)
		}
	}
}

// TestWhyUnpaired: each reason by itself; the first of several.
func TestWhyUnpaired(t *testing.T) {
	for name, c := range map[string]struct {
		change func(m *runfolder.Manifest)
		want   string
	}{
		"parameters differ": {func(m *runfolder.Manifest) { m.Inputs.Structure = "s2" }, ""},
		"seed":              {func(m *runfolder.Manifest) { m.Inputs.Seed = 2 }, "their seeds differ, 1 and 2"},
		"generator": {func(m *runfolder.Manifest) { m.Inputs.Generator = "philox" },
			"their generators differ, mix and philox"},
		"draws": {func(m *runfolder.Manifest) { m.Inputs.Draws = 9 },
			"their samples differ, 3 × 4 in blocks of 2 and 9 × 4 in blocks of 2"},
		"replicates": {func(m *runfolder.Manifest) { m.Inputs.Replicates = 9 },
			"their samples differ, 3 × 4 in blocks of 2 and 3 × 9 in blocks of 2"},
		"blocks": {func(m *runfolder.Manifest) { m.Inputs.BlockSize = 1 }, "3 × 4 in blocks of 1"},
		"model": {func(m *runfolder.Manifest) { m.Inputs.ModelVersion = "0" },
			"B was computed by model 0, and this program, which would play it again, has model " + experiment.ModelVersion},
		"code": {func(*runfolder.Manifest) {}, "their inputs are equal and their results are not"},
		"seed and model": {func(m *runfolder.Manifest) { m.Inputs.Seed, m.Inputs.ModelVersion = 2, "0" },
			"their seeds differ"},
	} {
		x, y := twoManifests(c.change)
		got := whyUnpaired(&comparedRun{Letter: "A", Stored: &run.Stored{Manifest: x, Results: "1"}},
			&comparedRun{Letter: "B", Stored: &run.Stored{Manifest: y, Results: "2"}})
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestCompareTakesManifests: a manifest means its folder, and letters go by the order.
func TestCompareTakesManifests(t *testing.T) {
	inCompareFolder(t)
	a, b := storeTiny(t), storeTiny(t, "--seed", "2")
	runs, err := openRuns([]string{filepath.Join(b, "manifest.json"), a + "/"})
	if err != nil || runs[0].Letter != "A" || runs[1].Letter != "B" || runs[0].Name != filepath.Base(b) ||
		runs[0].Manifest.Inputs.Seed != 2 {
		t.Errorf("%+v, %v", runs, err)
	}
}
