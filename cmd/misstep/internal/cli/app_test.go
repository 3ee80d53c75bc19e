package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/model/scenario"
)

func TestFlagsReachSettings(t *testing.T) {
	clitest.InEmptyFolder(t)
	s, err := clitest.Parsed(t, "--seed", "5", "--draws=6", "--replicates", "7", "--workers", "2", "--precision", "0.5",
		"--generator", "philox", "--out", "there",
		"--set", "plot.width=15", "--set", "run.draws=8", "--set", "choice.rationality=3").Settings()
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Run; r.Seed != 5 || r.Replicates != 7 || r.Workers != 2 || r.Precision != .5 ||
		r.Generator.String() != "philox" || r.Out != "there" || s.Plot.Width != 15 {
		t.Errorf("%+v", s)
	}
	if s.Run.Draws != 8 {
		t.Errorf("--set run.draws=8 came after --draws 6: %d", s.Run.Draws)
	}
}

func TestFlagLayers(t *testing.T) {
	got, err := clitest.Parsed(t, "--set", "choice.rationality=25 to 75", "--set", "model.choice.cost=0.2", "--set",
		"run.seed=3",
		"--set", "assumptions.onset.A>B.rate={value: 2, source: T1}", "--contrast", "a, no").Layers()
	if err != nil {
		t.Fatal(err)
	}
	want := []scenario.Layer{
		{Origin: scenario.FromFlag, Path: "choice.rationality", Value: "25 to 75", Where: "--set"},
		{Origin: scenario.FromFlag, Path: "choice.cost", Value: "0.2", Where: "--set"},
		{Origin: scenario.FromFlag, Path: "assumptions.onset.A>B.rate", Value: "{value: 2, source: T1}", Where: "--set"},
		{Origin: scenario.FromFlag, Path: "headline.baseline", Value: `"a"`, Where: "--contrast"},
		{Origin: scenario.FromFlag, Path: "headline.treatment", Value: `"no"`, Where: "--contrast"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"x", "=3", "x=", " =3"} {
		if _, err := clitest.Parsed(t, "--set", bad).Layers(); err == nil ||
			!strings.Contains(err.Error(), "is not PATH=VALUE") {
			t.Errorf("--set %q: %v", bad, err)
		}
	}
}
