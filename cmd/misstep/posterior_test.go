package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// in a folder with tiny.yaml and the posterior for it.
func inTinyFolder(t *testing.T) *posterior.Posterior {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := tinyPosterior(t)
	clitest.InEmptyFolder(t)
	for name, text := range map[string][]byte{"tiny.yaml": data, "learned.txt": p.Bytes()} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// TestWhichPosterior: what conditions a scenario, by flag, settings and draws.
func TestWhichPosterior(t *testing.T) {
	p := inTinyFolder(t)
	ships(t, p, nil)
	if err := os.WriteFile("none.yaml", []byte("run:\n  posterior: none\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags string
		want  int // numbers drawn from it
		own   bool
	}{
		{"", 3, false}, {"--posterior shipped", 3, false}, {"--prior", 0, false}, {"--posterior none", 0, false}, {"--posterior learned.txt", 3, true},
		{"--config none.yaml", 0, false}, {"--config none.yaml --posterior shipped", 3, false}, {"--draws 1", 0, false},
		{"--set choice.price=0.1", 2, false}, {"--set run.posterior=none", 0, false}, {"--arm with", 3, false},
	} {
		j, err := open(clitest.Parsed(t, append([]string{"--draws", "4"}, strings.Fields(c.flags)...)...), "tiny.yaml")
		if err != nil {
			t.Fatalf("%s: %v", c.flags, err)
		}
		n := learnedIn(j.scenario)
		if (n != nil) != (c.want > 0) || n != nil && (n.Conditioned != c.want || n.Uncertain != j.plan.Free()) || j.learned.own != c.own {
			t.Errorf("%s: %+v, own %v", c.flags, n, j.learned.own)
		}
		in := j.inputs()
		if (in.Posterior != nil) != (c.want > 0) || in.Posterior != nil && ((in.Posterior.Text != "") != c.own || in.Posterior.SHA256 != runfolder.Sum(p.Bytes())) {
			t.Errorf("%s: %+v", c.flags, in.Posterior)
		}
	}
}

// TestNoMatchChangesNothing: a posterior that updates no number leaves the manifest as
// it is without one, and a note says so of an own one.
func TestNoMatchChangesNothing(t *testing.T) {
	p := inTinyFolder(t)
	ships(t, p, nil)
	fixed := []string{"--draws", "4", "--set", "choice.price=0.1", "--set", "choice.rationality=40", "--set", "assumptions.onset.Borland>Aland.rate=2"}
	with, err := open(clitest.Parsed(t, fixed...), "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	without, err := open(clitest.Parsed(t, append(fixed, "--prior")...), "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(with.describe(nil, nil), without.describe(nil, nil)); diff != "" {
		t.Error(diff)
	}
	own := append([]string{"run", "tiny.yaml", "--replicates", "2", "--no-figures", "--posterior", "learned.txt"}, fixed...)
	if status, _, stderr := call(own...); status != 0 || !strings.Contains(stderr, "learned.txt updates no number of this scenario") {
		t.Errorf("%d, %s", status, stderr)
	}
}

// TestShippedMistakes: a stale shipped posterior, and a stored run that was drawn from
// another, say what to do.
func TestShippedMistakes(t *testing.T) {
	p := inTinyFolder(t)
	ships(t, nil, posterior.Problems{{File: "us.txt", Line: 2, Column: 8, What: "made for model 0; run misstep calibrate"}})
	if status, _, stderr := call("plan", "tiny.yaml"); status != 1 || stderr != "us.txt:2:8: made for model 0; run misstep calibrate, or leave it out with --prior\n" {
		t.Errorf("%d, %q", status, stderr)
	}
	if status, _, stderr := call("plan", "tiny.yaml", "--prior"); status != 0 {
		t.Error(stderr)
	}
	in := &runfolder.Posterior{Name: "us.txt", SHA256: runfolder.Sum(p.Bytes())}
	if _, err := storedSample(in); err == nil || !strings.Contains(err.Error(), "made for model 0") {
		t.Error(err)
	}
	ships(t, nil, nil)
	if _, err := storedSample(in); err == nil || !strings.Contains(err.Error(), "and this program ships none; repeat it with the version") {
		t.Error(err)
	}
	ships(t, p, nil)
	if s, err := storedSample(in); err != nil || s.posterior != p || s.own {
		t.Error(err)
	}
	in.SHA256 = strings.Repeat("0", 64)
	if _, err := storedSample(in); err == nil || !strings.Contains(err.Error(), "drawn from the shipped posterior us.txt (sha256 000000000000); this program ships another") {
		t.Error(err)
	}
	in.Text = "format: 1\n"
	if _, err := storedSample(in); err == nil || !strings.Contains(err.Error(), "inputs.posterior: us.txt:1:1: ") {
		t.Error(err)
	}
}

// TestRepeatShipped: a stored run of the shipped posterior opens as the job it was.
func TestRepeatShipped(t *testing.T) {
	p := inTinyFolder(t)
	ships(t, p, nil)
	if status, _, stderr := call("run", "tiny.yaml", "--draws", "4", "--replicates", "3", "--no-figures", "--quiet"); status != 0 {
		t.Fatal(stderr)
	}
	was, err := open(clitest.Parsed(t, "--draws", "4", "--replicates", "3"), "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("MISSTEP_RUN_POSTERIOR", "none") // what holds now does not change what was run
	now, err := open(clitest.Parsed(t), "outputs/"+was.describe(nil, nil).Folder())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was.inputs(), now.inputs()); diff != "" || now.scenario.Joint == nil {
		t.Error(diff)
	}
	for _, f := range [][]string{{"--prior"}, {"--posterior", "learned.txt"}} {
		if _, err := open(clitest.Parsed(t, f...), "outputs/"+was.describe(nil, nil).Folder()); err == nil || !strings.Contains(err.Error(), "leave "+f[0]+" out") {
			t.Errorf("%v: %v", f, err)
		}
	}
}

// TestSimulateOnPriors: a conditioned run has the headline of the priors beside its
// own, for any number of workers; one without a posterior, or of one arm, has not.
func TestSimulateOnPriors(t *testing.T) {
	inTinyFolder(t)
	var want string
	for _, workers := range []string{"1", "3"} {
		a := clitest.Parsed(t, "--draws", "6", "--replicates", "6", "--posterior", "learned.txt", "--workers", workers)
		j, err := open(a, "tiny.yaml")
		if err != nil {
			t.Fatal(err)
		}
		_, s, err := simulate(a, context.Background(), j)
		if err != nil {
			t.Fatal(err)
		}
		text := string(say.JSON(complete(s)))
		if h := s.Headline; !h.Calibrated || h.Prior == nil || h.Prior.Replicates != 2 || h.Prior.Baseline == h.Baseline || want != "" && text != want {
			t.Errorf("%s workers: %+v", workers, h)
		}
		if err := conforms(t, []byte(text)); err != nil {
			t.Error(err)
		}
		want = text
		prior := clitest.Parsed(t, "--draws", "6", "--replicates", "2", "--prior")
		k, err := open(prior, "tiny.yaml")
		if err != nil {
			t.Fatal(err)
		}
		_, before, err := simulate(prior, context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		// Blocks of another size fold in another order: equal but for rounding.
		if d := before.Headline.Difference.Value - s.Headline.Prior.Difference.Value; before.Headline.Prior != nil || before.Headline.Calibrated || d > 1e-9 || d < -1e-9 {
			t.Errorf("on the priors %+v, beside the posterior %+v", before.Headline.Difference, s.Headline.Prior)
		}
	}
	a := clitest.Parsed(t, "--draws", "3", "--replicates", "2", "--posterior", "learned.txt", "--arm", "with")
	j, err := open(a, "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, s, err := simulate(a, context.Background(), j); err != nil || s.Headline.Prior != nil || !s.Headline.Calibrated {
		t.Errorf("%+v, %v", s.Headline, err)
	}
}

// TestSampleOf: what run.posterior may say.
func TestSampleOf(t *testing.T) {
	inTinyFolder(t)
	if err := os.WriteFile("broken.txt", []byte("format: 2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for setting, want := range map[string]string{"missing.txt": "missing.txt: no such file; a posterior is a file, shipped or none", "broken.txt": "broken.txt:1:9: format", ".": "not a file"} {
		if _, err := sampleOf(setting); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", setting, err)
		}
	}
	var problems posterior.Problems
	if _, err := sampleOf("broken.txt"); !errors.As(err, &problems) {
		t.Errorf("%v", err)
	}
	if s, err := sampleOf(settings.Shipped); err != nil || s.posterior != nil || s.condition(nil, 5) != nil {
		t.Errorf("none is shipped: %+v, %v", s, err)
	}
	if s, err := sampleOf("./learned.txt"); err != nil || s.posterior.Name != "learned.txt" || !s.own {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestDrawnFrom: the clause of plan, and the line below other results.
func TestDrawnFrom(t *testing.T) {
	inTinyFolder(t)
	for flags, want := range map[string][2]string{
		"--draws 4 --posterior learned.txt": {"; 3 of these drawn from the posterior learned.txt, which narrows 2", " uncertain numbers are drawn from the posterior learned.txt, which narrows 2; --prior leaves it out.\n"},
		"--draws 1 --posterior learned.txt": {"; a single draw is at the defaults, without the posterior", ""},
		"--draws 4":                         {"", ""},
	} {
		j, err := open(clitest.Parsed(t, strings.Fields(flags)...), "tiny.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if got := j.drawnFrom(); got != want[0] {
			t.Errorf("%s: %q", flags, got)
		}
		if got := j.learnedLines(); !strings.HasSuffix(got, want[1]) || (got == "") != (want[1] == "") {
			t.Errorf("%s: %q", flags, got)
		}
	}
}

// TestParametersOfManifest: a conditioned number carries its prior, its posterior and
// what informed it; another carries nothing of the kind.
func TestParametersOfManifest(t *testing.T) {
	v := tinyPosterior(t).Condition(tinyScenario(t))
	n := 0
	for _, p := range parametersOf(v) {
		switch scenario.ShortPath(p.Path) {
		case "choice.price":
			if cmp.Diff(p.InformedBy, []string{"T26", "T12"}) != "" || p.Posterior == "" || *p.Contraction < 0.1 || p.Origin != "posterior" || !strings.HasPrefix(p.Source, "T26, T12 (posterior); ") {
				t.Errorf("%+v", p)
			}
			n++
		case "choice.rationality":
			if p.InformedBy != nil || p.Contraction == nil || *p.Contraction >= 0.1 || strings.Contains(p.Source, "posterior") {
				t.Errorf("%+v", p)
			}
			n++
		case "onset.Borland>Aland.rate":
			n++
		default:
			if p.Posterior != "" || p.Contraction != nil || p.InformedBy != nil || p.Origin == "posterior" {
				t.Errorf("%+v", p)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d conditioned", n)
	}
}

// TestSourcesStayReadable: the source of a conditioned number still passes the check
// of sources. Catches a remark that hides a key.
func TestSourcesStayReadable(t *testing.T) {
	v := tinyPosterior(t).Condition(tinyScenario(t))
	for _, s := range v.Slots {
		if s.Origin == scenario.FromPosterior {
			if err := evidence.CheckSource(s.Source); err != nil {
				t.Errorf("%s: %v", s.Path, err)
			}
		}
	}
}
