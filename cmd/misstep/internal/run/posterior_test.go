package run

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// TestWhichPosterior: what conditions a scenario, by flag, settings and draws.
func TestWhichPosterior(t *testing.T) {
	p := clitest.InSmallFolder(t)
	Ships(t, p, nil)
	if err := os.WriteFile("none.yaml", []byte("run:\n  posterior: none\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags string
		want  int // numbers drawn from it
		own   bool
	}{
		{"", 3, false}, {"--posterior shipped", 3, false}, {"--prior", 0, false}, {"--posterior none", 0, false},
		{"--posterior learned.txt", 3, true},
		{"--config none.yaml", 0, false}, {"--config none.yaml --posterior shipped", 3, false}, {"--draws 1", 0, false},
		{"--set choice.price=0.1", 2, false}, {"--set run.posterior=none", 0, false}, {"--arm with", 3, false},
	} {
		j, err := Open(clitest.Parsed(t, append([]string{"--draws", "4"}, strings.Fields(c.flags)...)...), "tiny.yaml")
		if err != nil {
			t.Fatalf("%s: %v", c.flags, err)
		}
		n := LearnedIn(j.Scenario)
		if (n != nil) != (c.want > 0) || n != nil && (n.Conditioned != c.want || n.Uncertain != j.Plan.Free()) ||
			j.Learned.own != c.own {
			t.Errorf("%s: %+v, own %v", c.flags, n, j.Learned.own)
		}
		in := j.Inputs()
		if (in.Posterior != nil) != (c.want > 0) || in.Posterior != nil &&
			((in.Posterior.Text != "") != c.own || in.Posterior.SHA256 != runfolder.Sum(p.Bytes())) {
			t.Errorf("%s: %+v", c.flags, in.Posterior)
		}
	}
}

// TestWhoseFit: a pair that is not in the fit draws from the priors and says so; asked for, the numbers that hold
// for any state are taken, and a run that was drawn from them is repeated so.
func TestWhoseFit(t *testing.T) {
	clitest.InSmallFolder(t)
	p, err := posterior.ReadShipped()
	if err != nil {
		t.Fatal(err)
	}
	Ships(t, p, nil)
	for flags, asked := range map[string]bool{"": false, "--posterior shipped": true,
		"--set run.posterior=shipped": true} {
		a := clitest.Parsed(t, append([]string{"--draws", "4", "--replicates", "2"}, strings.Fields(flags)...)...)
		var notes strings.Builder
		a.Err = &notes
		j, err := Open(a, "tiny.yaml")
		if err != nil {
			t.Fatalf("%s: %v", flags, err)
		}
		if got := LearnedIn(j.Scenario) != nil; got != asked {
			t.Errorf("%s: drawn from the fit: %v", flags, got)
		}
		if says := strings.Contains(notes.String(), "drawn from priors alone: the fit "+p.Name); says == asked {
			t.Errorf("%s: %q", flags, notes.String())
		}
		m := j.Describe(nil, nil)
		again, err := Reload("manifest.json", m)
		if err != nil || (LearnedIn(again.Scenario) != nil) != asked {
			t.Errorf("%s, repeated: %v", flags, err)
		}
	}
}

// TestShippedMistakes: a stale shipped posterior, and a stored run that was drawn from
// another, say what to do.
func TestShippedMistakes(t *testing.T) {
	p := clitest.InSmallFolder(t)
	Ships(t, nil, posterior.Problems{{File: "us.txt", Line: 2, Column: 8,
		What: "made for model 0; run misstep calibrate"}})
	want := "us.txt:2:8: made for model 0; run misstep calibrate, or leave it out with --prior"
	if _, err := Open(clitest.Parsed(t), "tiny.yaml"); err == nil || err.Error() != want {
		t.Error(err)
	}
	if _, err := Open(clitest.Parsed(t, "--prior"), "tiny.yaml"); err != nil {
		t.Error(err)
	}
	in := &runfolder.Posterior{Name: "us.txt", SHA256: runfolder.Sum(p.Bytes())}
	if _, err := storedSample(in); err == nil || !strings.Contains(err.Error(), "made for model 0") {
		t.Error(err)
	}
	Ships(t, nil, nil)
	if _, err := storedSample(in); err == nil ||
		!strings.Contains(err.Error(), "and this program ships none; repeat it with the version") {
		t.Error(err)
	}
	Ships(t, p, nil)
	if s, err := storedSample(in); err != nil || s.Posterior != p || s.own {
		t.Error(err)
	}
	in.SHA256 = strings.Repeat("0", 64)
	if _, err := storedSample(in); err == nil ||
		!strings.Contains(err.Error(),
			"drawn from the shipped posterior us.txt (sha256 000000000000); this program ships another") {
		t.Error(err)
	}
	in.Text = "format: 1\n"
	if _, err := storedSample(in); err == nil || !strings.Contains(err.Error(), "inputs.posterior: us.txt:1:1: ") {
		t.Error(err)
	}
}

// TestRepeatShipped: a stored run of the shipped posterior opens as the job it was.
func TestRepeatShipped(t *testing.T) {
	p := clitest.InSmallFolder(t)
	Ships(t, p, nil)
	a := clitest.Parsed(t, "--draws", "4", "--replicates", "3")
	a.Flags.NoFigures = true
	was, err := Open(a, "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Store(t.Context(), a, was, false); err != nil {
		t.Fatal(err)
	}
	t.Setenv("MISSTEP_RUN_POSTERIOR", "none") // what holds now does not change what was run
	now, err := Open(clitest.Parsed(t), "outputs/"+was.Describe(nil, nil).Folder())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was.Inputs(), now.Inputs()); diff != "" || now.Scenario.Joint == nil {
		t.Error(diff)
	}
	for _, f := range [][]string{{"--prior"}, {"--posterior", "learned.txt"}} {
		if _, err := Open(clitest.Parsed(t, f...), "outputs/"+was.Describe(nil, nil).Folder()); err == nil ||
			!strings.Contains(err.Error(), "leave "+f[0]+" out") {
			t.Errorf("%v: %v", f, err)
		}
	}
}

// TestSimulateOnPriors: a conditioned run has the headline of the priors beside its
// own, for any number of workers; one without a posterior, or of one arm, has not.
func TestSimulateOnPriors(t *testing.T) {
	clitest.InSmallFolder(t)
	var want string
	for _, workers := range []string{"1", "3"} {
		a := clitest.Parsed(t, "--draws", "6", "--replicates", "6", "--posterior", "learned.txt", "--workers", workers)
		j, err := Open(a, "tiny.yaml")
		if err != nil {
			t.Fatal(err)
		}
		_, s, err := Simulate(context.Background(), a, j)
		if err != nil {
			t.Fatal(err)
		}
		text := string(say.JSON(complete(s)))
		if h := s.Headline; !h.Calibrated || h.Prior == nil || h.Prior.Replicates != 2 || h.Prior.Baseline == h.Baseline ||
			want != "" && text != want {
			t.Errorf("%s workers: %+v", workers, h)
		}
		if err := clitest.Conforms(t, SummarySchema, []byte(text)); err != nil {
			t.Error(err)
		}
		want = text
		prior := clitest.Parsed(t, "--draws", "6", "--replicates", "2", "--prior")
		k, err := Open(prior, "tiny.yaml")
		if err != nil {
			t.Fatal(err)
		}
		_, before, err := Simulate(context.Background(), prior, k)
		if err != nil {
			t.Fatal(err)
		}
		// Blocks of another size fold in another order: equal but for rounding.
		if d := before.Headline.Difference.Value - s.Headline.Prior.Difference.Value; before.Headline.Prior != nil ||
			before.Headline.Calibrated || d > 1e-9 || d < -1e-9 {
			t.Errorf("on the priors %+v, beside the posterior %+v", before.Headline.Difference, s.Headline.Prior)
		}
	}
	a := clitest.Parsed(t, "--draws", "3", "--replicates", "2", "--posterior", "learned.txt", "--arm", "with")
	j, err := Open(a, "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, s, err := Simulate(context.Background(), a, j); err != nil || s.Headline.Prior != nil || !s.Headline.Calibrated {
		t.Errorf("%+v, %v", s.Headline, err)
	}
}

// TestSampleOf: what run.posterior may say.
func TestSampleOf(t *testing.T) {
	clitest.InSmallFolder(t)
	if err := os.WriteFile("broken.txt", []byte("format: 2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for setting, want := range map[string]string{"missing.txt": "missing.txt: no such file; a posterior is a file, " +
		"shipped or none", "broken.txt": "broken.txt:1:9: format", ".": "not a file"} {
		if _, err := SampleOf(setting); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", setting, err)
		}
	}
	var problems posterior.Problems
	if _, err := SampleOf("broken.txt"); !errors.As(err, &problems) {
		t.Errorf("%v", err)
	}
	if s, err := SampleOf(settings.Shipped); err != nil || s.Posterior != nil {
		t.Errorf("none is shipped: %+v, %v", s, err)
	}
	if s, err := SampleOf("./learned.txt"); err != nil || s.Posterior.Name != "learned.txt" || !s.own {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestDrawnFrom: the clause of plan, and the line below other results.
func TestDrawnFrom(t *testing.T) {
	clitest.InSmallFolder(t)
	for flags, want := range map[string][2]string{
		"--draws 4 --posterior learned.txt": {"; 3 of these drawn from the posterior learned.txt, which narrows 2",
			" uncertain numbers are drawn from the posterior learned.txt, which narrows 2; --prior leaves it out.\n"},
		"--draws 1 --posterior learned.txt": {"; a single draw is at the defaults, without the posterior", ""},
		"--draws 4":                         {"", ""},
	} {
		j, err := Open(clitest.Parsed(t, strings.Fields(flags)...), "tiny.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if got := j.DrawnFrom(); got != want[0] {
			t.Errorf("%s: %q", flags, got)
		}
		if got := j.LearnedLines(); !strings.HasSuffix(got, want[1]) || (got == "") != (want[1] == "") {
			t.Errorf("%s: %q", flags, got)
		}
	}
}

// TestParametersOfManifest: a conditioned number carries its prior, its posterior and
// what informed it; another carries nothing of the kind.
func TestParametersOfManifest(t *testing.T) {
	v := small.Posterior(t).Condition(small.Scenario(t))
	n := 0
	for _, p := range parametersOf(v) {
		switch scenario.ShortPath(p.Path) {
		case "choice.price":
			if cmp.Diff(p.InformedBy, []string{"T26", "T12"}) != "" || p.Posterior == "" || *p.Contraction < 0.1 ||
				p.Origin != "posterior" || !strings.HasPrefix(p.Source, "T26, T12 (posterior); ") {
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

// TestSourcesStayReadable: every key in the source of a number is still read from it once it is conditioned. Catches a
// remark that hides a key.
func TestSourcesStayReadable(t *testing.T) {
	was := small.Scenario(t)
	v := small.Posterior(t).Condition(was)
	for i, s := range v.Slots {
		now := say.KeysIn(s.Source)
		for _, key := range say.KeysIn(was.Slots[i].Source) {
			if !slices.Contains(now, key) {
				t.Errorf("%s: no %s in %q", s.Path, key, s.Source)
			}
		}
	}
}
