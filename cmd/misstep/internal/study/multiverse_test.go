package study

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/misstep/misstep/model/summary"
)

// inventedUniverses has a variant of every kind of sign.
func inventedUniverses() *decompose.Universes {
	u := &decompose.Universes{Format: 1, Baseline: "without", Treatment: "with", Outcome: "missteps", Scale: "standard",
		Draws: 200, Replicates: 12, Uncertain: true}
	add := func(id, choice, value, measure, unit string, x float64, s decompose.Sign) {
		v := decompose.Variant{ID: id, Choice: choice, Value: value, Measure: measure}
		u.Rows = append(u.Rows, decompose.Row{Variant: v, Unit: unit, Goodness: -1,
			Difference: summary.Estimate{Value: x, MC: .04, Low: x - .3, High: x + .2, Resolved: true}, Verdict: summary.Unclear,
			Sign: s})
	}
	add("scenario", "the scenario as it stands", "", "missteps", "per 100 cases", -.13, decompose.Keeps)
	add("class-r6", "misstep class", "R6, relations", "missteps_on_r6", "per 100 cases", .01, decompose.Open)
	add("pair-episodes", "counted once", "pair episode", "pair_missteps", "episodes", -.07, decompose.Keeps)
	add("scale-even", "ladder scale", "even", "missteps", "per 100 cases", .2, decompose.Changes)
	add("rationality-halved", "rationality λ", "halved", "missteps", "per 100 cases", .1, decompose.Changes)
	return u
}

// TestMultiverseScreen: the table and what it says of signs.
func TestMultiverseScreen(t *testing.T) {
	lines := multiverseScreen(runtest.Small(t), inventedUniverses()).Lines()
	clitest.Golden(t, "multiverse.txt", strings.Join(lines, "\n")+"\n")
	for _, l := range lines {
		if utf8.RuneCountInString(l) > say.TableWidth {
			t.Errorf("%d columns: %s", utf8.RuneCountInString(l), l)
		}
	}
}

// TestSignSentences: what is said of signs, in every case.
func TestSignSentences(t *testing.T) {
	u := inventedUniverses()
	sign := func() string { return sentences("multiverse", signsOf(u))[0] }
	if got := sign(); got != "The sign of the difference changes under 2 of 4 other choices (ladder scale: "+
		"even and rationality λ: halved): it is the same under 1, and under 1 it is not told from zero." {
		t.Error(got)
	}
	for s, want := range map[decompose.Sign]string{decompose.Changes: "hangs on the ladder's scale",
		decompose.Open: "is open", decompose.Keeps: "does not hang"} {
		u.Rows[3].Sign = s
		if got := sentences("multiverse", signsOf(u))[1]; !strings.Contains(got, want) {
			t.Errorf("%s: %s", s, got)
		}
	}
	u.Rows[3].Sign, u.Rows[4].Sign = decompose.Keeps, decompose.Keeps
	if got := sign(); !strings.Contains(got, "changes under none of 4") {
		t.Error(got)
	}
	u.Rows[0].Difference.Value = .01
	if got := sign(); !strings.Contains(got, "does not tell the sign from zero") {
		t.Error(got)
	}
	u.Rows[0].Difference = summary.Estimate{Value: -.13, NoError: true}
	if got := sign(); !strings.HasPrefix(got, "One replicate a draw tells no Monte Carlo error, and so not the sign,") {
		t.Error(got)
	}
	u.Rows = u.Rows[:3]
	if got := sentences("multiverse", signsOf(u))[1]; got != "There is one ladder scale only." {
		t.Error(got)
	}
}

// TestMultiverseFiles: the CSV has every row, the figure those of the first's unit.
func TestMultiverseFiles(t *testing.T) {
	u := inventedUniverses()
	if rows := strings.Split(strings.TrimSpace(string(multiverseCSV(u))), "\n"); len(rows) != 6 ||
		!strings.HasPrefix(rows[4], "scale-even,ladder scale,even,missteps,per 100 cases,0.2,0.04,") ||
		!strings.HasSuffix(rows[4], ",unclear,changes") {
		t.Errorf("%q", rows)
	}
	in := multiverseInput(runtest.Small(t), u)
	if len(in.Rows) != 4 || in.Rows[1].Label != "misstep class: R6, relations" || in.Outcome != "missteps" {
		t.Errorf("%+v", in)
	}
}
