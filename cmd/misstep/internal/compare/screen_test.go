package compare

import (
	"fmt"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// inOneLine joins the lines of a screen as they are read.
func inOneLine(lines []string) string {
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// TestCompareScreen: what each comparison must say, and no line that is too wide.
func TestCompareScreen(t *testing.T) {
	shift := func(_ int, _ *runfolder.Manifest, s *summary.Summary) {
		s.Contrasts[0].Measure("missteps").Baseline.Value += 100
	}
	for name, c := range map[string]struct {
		runs   int
		change func(k int, m *runfolder.Manifest, s *summary.Summary)
		want   []string
	}{
		"alike": {2, nothing, []string{"A runs/s-0 · seed 1, 3 draws × 4 replicates, model " + experiment.ModelVersion +
			" · the reference", "B and A have the same inputs and other results: the code",
			"Levels in arm without-forum: none of", "Unpaired: intervals of two separate runs.",
			"B cannot be paired with A: their inputs are equal and their results are not"}},
		"shift": {3, shift, []string{"levels in arm without-forum that differ: 1 of", "Levels in arm with-forum: none of",
			"At 95 % up to one in twenty"}},
		"seed": {2, func(_ int, m *runfolder.Manifest, s *summary.Summary) { m.Inputs.Seed, s.Run.Seed = 2, 2 },
			[]string{"sample seed: 1 → 2", "B cannot be paired with A: their seeds differ, 1 and 2."}},
		"pairable": {4, func(k int, m *runfolder.Manifest, _ *summary.Summary) { m.Inputs.Structure = fmt.Sprint(k) },
			[]string{"B, C and D share the random numbers of A, which is not used here: --paired"}},
		"one pairable": {3, func(k int, m *runfolder.Manifest, _ *summary.Summary) {
			m.Inputs.Structure, m.Inputs.Seed = "s9", uint64(k)
		}, []string{"B shares the random numbers of A", "C cannot be paired with A"}},
		"other arms": {2, func(_ int, _ *runfolder.Manifest, s *summary.Summary) { s.Contrasts[0].Treatment = "with-line" },
			[]string{"! B has no contrast of with-forum against without-forum: its headline, with-line against without-forum," +
				" is compared."}},
		"other windows": {2, func(_ int, _ *runfolder.Manifest, s *summary.Summary) { s.Run.HorizonDays = 365.25 },
			[]string{"! The windows differ, 5 years in A and 1 year in B"}},
		"a single replicate": {2, func(_ int, _ *runfolder.Manifest, s *summary.Summary) {
			s.Run.Replicates = 1
			s.Contrasts[0].Measure("missteps").Baseline.Value += 100
		}, []string{"With a single replicate a draw the Monte Carlo error is not known (?), and no change is shown.",
			" 0 differ, 0 are unclear, ", " unknown and "}},
	} {
		lines := inventedRuns(c.runs, c.change).screen().Lines()
		text := inOneLine(lines)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", name, want, strings.Join(lines, "\n"))
			}
		}
		if wide := tooWide(lines, say.Width); len(wide) > 0 {
			t.Errorf("%s: %q", name, wide)
		}
	}
}

// TestCompareScreenIsBounded: a screen shows the first differences and counts the others,
// and steers no terminal.
func TestCompareScreenIsBounded(t *testing.T) {
	c := inventedRuns(2, func(_ int, m *runfolder.Manifest, s *summary.Summary) {
		for i := range 40 {
			m.Parameters = append(m.Parameters,
				runfolder.Parameter{Path: fmt.Sprint("p", i, strings.Repeat("x", 200)), Value: strings.Repeat("9", 300),
					Origin: "flag", Source: "\x1b[2J"})
		}
		m.Inputs.Scenario = strings.Repeat("\x1b[31mred\n", 50)
		m.Inputs.SHA256 = "2"
		s.Contrasts[0].Baseline, s.Run.Title = "\x1b]0;x", "\x07"
	})
	lines := c.screen().Lines()
	text := strings.Join(lines, "\n")
	if strings.ContainsAny(text, "\x1b\x07") {
		t.Errorf("%q", text)
	}
	n := len(c.Others[0].Inputs) - mostInputs
	for _, want := range []string{fmt.Sprintf("and %d more (compare.md)", n),
		fmt.Sprintf("and %d lines more (compare.md)", len(c.Others[0].Scenario)-mostDiff)} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.ContainsAny(pageOf(t, c), "\x1b\x07") {
		t.Error("the page steers a terminal")
	}
}

// TestCompareMethodText: what stands behind a change, by method.
func TestCompareMethodText(t *testing.T) {
	c := inventedRuns(2, func(_ int, m *runfolder.Manifest, _ *summary.Summary) { m.Inputs.Structure = "s2" })
	c.inputs.Paired = true
	if text := inOneLine(c.readings()); !strings.HasPrefix(text, "Paired: ") ||
		!strings.Contains(text, "[ ] parameter uncertainty") || strings.Contains(text, "--paired") {
		t.Error(text)
	}
	for _, r := range c.Runs {
		r.Summary.Run.Free = 0
	}
	if text := inOneLine(c.readings()); strings.Contains(text, "[ ]") ||
		!strings.Contains(text, "~ where it covers zero") {
		t.Error(text)
	}
}
