package screen

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// lineOf renders one measure and gives its line, single-spaced.
func lineOf(m summary.Measure, uncertain bool) string {
	lines := render([]answer.Row{answer.RowOf(&m, answer.SectionDigits(&m), uncertain)}, "a", "b")
	return strings.Join(strings.Fields(lines[1]), " ")
}

// TestRowsOfEachKind: what a line of the table says, by the kind of measure. Catches
// odds with an error, a ratio with a sign, or an interval that nobody knows.
func TestRowsOfEachKind(t *testing.T) {
	const p, n = "probability", small.PerCases
	zero := small.Est(0, 0, 0, 0)
	rareA, rareB, rareD := small.Est(.002, .0003, 0, .01), small.Est(.001, .0003, 0, .01),
		small.Est(-.001, .0002, -.002, .001)
	for _, c := range []struct {
		name, fixed, spread string
		m                   summary.Measure
	}{
		{"better", "x 2.00 ±0.10 1.00 ±0.10 −1.00 ±0.10 better",
			"x 2.00 ±0.10 1.00 ±0.10 −1.00 ±0.10 [−2.00, −0.50] better",
			small.Measured("x", "x", n, -1, small.Est(2, .1, 1, 3), small.Est(1, .1, .5, 2), small.Est(-1, .1, -2, -.5),
				summary.Better)},
		{"neutral", "x 2.00 ±0.10 3.00 ±0.10 +1.00 ±0.10 differs",
			"x 2.00 ±0.10 3.00 ±0.10 +1.00 ±0.10 [+0.50, +2.00] differs",
			small.Measured("x", "x", n, 0, small.Est(2, .1, 1, 3), small.Est(3, .1, 2, 4), small.Est(1, .1, .5, 2),
				summary.Differs)},
		{"identical", "x 2.00 ±0.10 2.00 ±0.10 0.00 ±0.00 =", "x 2.00 ±0.10 2.00 ±0.10 0.00 ±0.00 [0.00, 0.00] =",
			small.Measured("x", "x", n, -1, small.Est(2, .1, 1, 3), small.Est(2, .1, 1, 3), zero, summary.Same)},
		{"unresolved", "x 2.00 ±0.10 3.00 ±0.10 +1.00 ±0.40 worse",
			"x 2.00 ±0.10 3.00 ±0.10 +1.00 ±0.40 [not resolved] worse",
			small.Measured("x", "x", n, -1, small.Est(2, .1, 1, 3), small.Est(3, .1, 2, 4), small.Est(1, .4, 1, 1),
				summary.Worse)},
		{"rare", "x 1 in 500 1 in 1,000 ×0.50 ±0.02 ~", "x 1 in 500 1 in 1,000 ×0.50 ±0.02 [not resolved] ~",
			small.Measured("x", "x", p, -1, rareA, rareB, rareD, summary.Unclear)},
		{"rare against never", "x 0 1 in 1,000 ~", "x 0 1 in 1,000 ~",
			small.Measured("x", "x", p, -1, zero, rareB, rareD, summary.Unclear)},
		{"never against rare", "x 1 in 500 0 ~", "x 1 in 500 0 ~",
			small.Measured("x", "x", p, -1, rareA, zero, rareD, summary.Unclear)},
		{"never", "x 0.0 ±0.0 0.0 ±0.0 0.0 ±0.0 =", "x 0.0 ±0.0 0.0 ±0.0 0.0 ±0.0 [0.0, 0.0] =",
			small.Measured("x", "x", p, -1, zero, zero, zero, summary.Same)},
		{"one arm is not rare", "x 1.0 ±0.1 0.1 ±0.0 −0.9 ±0.1 better",
			"x 1.0 ±0.1 0.1 ±0.0 −0.9 ±0.1 [−2.0, −0.1] better",
			small.Measured("x", "x", p, -1, small.Est(.01, .001, 0, 1), small.Est(.001, .0001, 0, 1),
				small.Est(-.009, .001, -.02, -.001), summary.Better)},
	} {
		if got := lineOf(c.m, false); got != c.fixed {
			t.Errorf("%s, fixed: %q, want %q", c.name, got, c.fixed)
		}
		if got := lineOf(c.m, true); got != c.spread {
			t.Errorf("%s: %q, want %q", c.name, got, c.spread)
		}
	}
}

// TestLongNames: whatever the arms are called, heads are clipped, columns stay, and the
// table keeps within the screen. Catches a width that is counted in bytes.
func TestLongNames(t *testing.T) {
	v := inventedView()
	c := &v.Summary.Contrasts[0]
	for _, name := range []string{"a", "sixteen-letters-", "seventeen-letters", strings.Repeat("long-", 12),
		strings.Repeat("ü", 40), "日本"} {
		lines := render(v.mainRows(c), name, name)
		for _, head := range say.ClippedApart([]string{name, name}, 16) {
			if !strings.Contains(lines[0], head) {
				t.Errorf("%s: %s", name, lines[0])
			}
		}
		if strings.Contains(lines[0], "seventeen-letters") {
			t.Errorf("not clipped: %s", lines[0])
		}
		end := -1
		for _, line := range lines[1:] {
			if w := utf8.RuneCountInString(line); w > say.TableWidth {
				t.Errorf("%d columns: %s", w, line)
			}
			if at := clitest.ColumnOf(line, "±", 1); strings.Count(line, "±") == 3 {
				if end >= 0 && at != end {
					t.Errorf("%s: ± at %d, not %d: %s", name, at, end, line)
				}
				end = at
			}
		}
	}
}

// TestNarrowGap: a table that is too wide for two spaces between columns takes one.
// Catches a width limit that is never tried.
func TestNarrowGap(t *testing.T) {
	much := answer.Cell{Value: "1,000,000.00", MC: "±100.00"}
	wide := answer.Row{Label: strings.Repeat("l", 21), Baseline: much, Treatment: much,
		Change: answer.Cell{Value: "+1,000.00", MC: "±100.00"}, Interval: [2]string{"+1,000", "+1,000"}, Mark: "better"}
	got := render([]answer.Row{wide}, "a", "b")[1]
	if utf8.RuneCountInString(got) > say.TableWidth || strings.Contains(strings.TrimSpace(got), "l  1,000") {
		t.Errorf("%d columns: %s", utf8.RuneCountInString(got), got)
	}
	wide.Label = "l"
	if got := render([]answer.Row{wide}, "a", "b")[1]; !strings.HasPrefix(got,
		"   l  1,000,000.00 ±100.00  1,000,000.00 ±100.00  +1,000.00") {
		t.Errorf("%s", got)
	}
}

// TestSections: unknown measures are left out, empty parts have no heading, and what
// was withdrawn shows only if something was. Catches a heading over nothing.
func TestSections(t *testing.T) {
	c := &small.Invented().Contrasts[0]
	labelsOf := func(parts []section) string {
		var out []string
		for _, r := range rowsOf(c, parts, true) {
			out = append(out, r.Label)
		}
		return strings.Join(out, "|")
	}
	for want, parts := range map[string][]section{
		"": {{"nothing", 2, []string{"no-such"}},
			{"withdrawn", 2, []string{"withdrawn"}}},
		"one|missed responses":                {{"one", 2, []string{"no-such", "missed"}}},
		"h|futures with disruption or harder": {{"none", 1, nil}, {"h", 1, []string{"reach_r8"}}},
		"h|cases discovered|missed responses": {{"h", 1, []string{"cases", "missed"}}},
	} {
		if got := labelsOf(parts); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestFuturesLine: the four shares of paired futures stand once and in order, where a
// misstep happens at all. Catches shares that are swapped between the arms.
func TestFuturesLine(t *testing.T) {
	for _, c := range []struct {
		table summary.Table
		want  string
	}{
		{summary.Table{OnlyBaseline: .101, OnlyTreatment: .002, Both: .3, Neither: .597},
			"only without-forum 10.1, only with-forum 0.2, both 30.0, neither 59.7."},
		{summary.Table{OnlyTreatment: 1}, "only without-forum 0.0, only with-forum 100.0, both 0.0, neither 0.0."},
		{summary.Table{Neither: 1}, ""},
	} {
		v := inventedView()
		v.Summary.Contrasts[0].Futures.Public = c.table
		lines := linesOf(func(s *say.Screen) { v.readings(s, &v.Summary.Contrasts[0]) })
		text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
		if c.want == "" && strings.Contains(text, "paired futures") || !strings.Contains(text, c.want) {
			t.Errorf("%+v: %s", c.table, text)
		}
	}
}

// TestWarningsFold: one line for each trouble, the first one's words, with the number
// of the rest, in the order in which they come. Catches a fold across troubles.
func TestWarningsFold(t *testing.T) {
	for ids, want := range map[string]string{
		"":        "",
		"n":       "",
		"a":       "a1: why; do.",
		"aa":      "a1 (and 1 more like this): why; do.",
		"ab":      "a1: why; do.|b2: why; do.",
		"bnaab":   "b1 (and 1 more like this): why; do.|a3 (and 1 more like this): why; do.",
		"aaaaaaa": "a1 (and 6 more like this): why; do.",
	} {
		v := inventedView()
		v.Summary.Warnings = nil
		for i, id := range ids {
			w := summary.Warning{ID: map[rune]string{'n': "not-calibrated"}[id], What: string(id) + string(rune('1'+i)),
				Why: "why", Do: "do"}
			if w.ID == "" {
				w.ID = string(id)
			}
			v.Summary.Warnings = append(v.Summary.Warnings, w)
		}
		got := strings.TrimPrefix(strings.Join(linesOf(v.warnings), "|"), "|")
		if got = strings.ReplaceAll(got, " ! ", ""); got != want {
			t.Errorf("%q: %q, want %q", ids, got, want)
		}
	}
}
