package screen

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
	"pgregory.net/rapid"
)

func firstView() *View {
	v := inventedView()
	v.Full = false
	v.Summary.Contrasts[0].By = []summary.By{{Grouping: "pair", Measure: "missteps", Group: "United Kingdom → China",
		Baseline: v.Summary.Headline.Baseline}}
	v.Summary.Expectations = []patterns.Expectation{{ID: "a-thing", Says: "A thing happens.", Tail: .04,
		Verdict: patterns.Miss}}
	return v
}

// TestFirstScreen: the screen that is seen first.
func TestFirstScreen(t *testing.T) { clitest.Golden(t, "first.txt", firstView().String()) }

// TestFirstFits: 24 lines of 80 columns whatever the numbers are, with the answer last. Catches a note
// that is not shortened, and a table that is wider than the output.
func TestFirstFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := firstView()
		v.Columns = rapid.IntRange(80, 200).Draw(t, "columns")
		wide := rapid.IntRange(0, 3).Draw(t, "missed")
		for range wide {
			v.Summary.Expectations = append(v.Summary.Expectations,
				patterns.Expectation{ID: "another-thing", Verdict: patterns.Miss,
					Says: rapid.StringMatching(`[A-Z][a-z ]{0,200}`).Draw(t, "says")})
		}
		for i := range v.Summary.Contrasts[0].Measures {
			m := &v.Summary.Contrasts[0].Measures[i]
			by := rapid.Float64Range(0, 10).Draw(t, "by")
			m.Baseline.Value, m.Treatment.Value, m.Difference.Low = by*m.Baseline.Value, by*m.Treatment.Value, -by
			m.Verdict = rapid.SampledFrom([]summary.Verdict{summary.Better, summary.Worse, summary.Unclear}).Draw(t, "verdict")
		}
		lines := strings.Split(strings.TrimSuffix(v.String(), "\n"), "\n")
		if len(lines) > firstLines {
			t.Errorf("%d lines:\n%s", len(lines), strings.Join(lines, "\n"))
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > firstWidth {
				t.Errorf("%d columns: %s", n, line)
			}
		}
		if last := lines[len(lines)-1]; !strings.Contains(last, ": missteps ") {
			t.Errorf("the last line is %q", last)
		}
	})
}

// TestNarrowOutput: a narrower output drops columns before it breaks a row.
func TestNarrowOutput(t *testing.T) {
	for columns, has := range map[int]string{80: "change", 72: "95 % range", 48: "with"} {
		v := firstView()
		v.Columns = columns
		got := v.String()
		for _, line := range strings.Split(got, "\n") {
			if strings.HasPrefix(line, "  missteps  ") && utf8.RuneCountInString(line) > columns {
				t.Errorf("%d: %s", columns, line)
			}
		}
		if !strings.Contains(got, has) {
			t.Errorf("%d lacks %q:\n%s", columns, has, got)
		}
	}
}

// TestColour: marks and the last line, and nothing where the output shows none.
func TestColour(t *testing.T) {
	v := firstView()
	if plain := v.String(); strings.Contains(plain, "\x1b") {
		t.Errorf("%q", plain)
	}
	v.Colour = true
	got := strings.Split(strings.TrimSuffix(v.String(), "\n"), "\n")
	if !strings.Contains(strings.Join(got, "\n"), "\x1b[32mbetter\x1b[0m") ||
		!strings.HasPrefix(got[len(got)-1], "\x1b[2m") {
		t.Errorf("%q", got)
	}
}

// TestUnusual: what was set by hand and what warns is not left out.
func TestUnusual(t *testing.T) {
	v := firstView()
	v.Summary.Run.Pinned = []string{"a", "b"}
	v.Run.Scenario = &scenario.Scenario{Slots: v.Run.Scenario.Slots}
	if got := strings.Join(strings.Fields(v.String()), " "); !strings.Contains(got,
		"2 numbers set by hand: a, b. 1 warning (--full).") {
		t.Error(got)
	}
}
