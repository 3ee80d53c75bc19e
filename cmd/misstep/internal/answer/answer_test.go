package answer

import (
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/summary"
)

func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// TestFindings: what is said by verdict and kind of outcome. Catches a verdict that loses its
// words, and a sentence about a difference that there is not.
func TestFindings(t *testing.T) {
	for _, c := range []struct {
		measure   string
		verdict   summary.Verdict
		identical bool
		says      string // is in the sentences
		last      string
	}{
		{"missteps", summary.Unclear, false, "Of 100 incidents discovered, 4.12 end in a public or covert step that the " +
			"state would not have taken had it known the truth; 3.71 with the forum.",
			"No clear difference: missteps 4.12 → 3.71 of 100 incidents (−1.03 to +0.31)."},
		{"missteps", summary.Better, false, "Clearly better. Of 100",
			"Clearly better: missteps 4.12 → 3.71 of 100 incidents (−1.03 to +0.31)."},
		{"missteps", summary.Unclear, true, "The two arms are identical in every future.",
			"No clear difference: the two arms are identical in every future."},
		{"missteps", summary.Unknown, false, "take --replicates 2 or more",
			"No verdict: missteps 4.12 → 3.71 of 100 incidents (−1.03 to +0.31)."},
		{"missed", summary.Worse, false, "Missed responses: 1.80 of 100 incidents; 2.10 with the forum.",
			"Clearly worse: missed responses 1.80 → 2.10 of 100 incidents (+0.10 to +0.80)."},
		{"forgone", summary.Worse, false, "Accountability forgone: 0.10 of 100 incidents",
			"Clearly worse: accountability forgone 0.10 → 0.50 of 100 incidents (not resolved)."},
		{"any_misstep", summary.Unclear, false, "Futures with a misstep: 69.0 of 100 futures",
			"No clear difference: futures with a misstep 69.0 → 64.0 of 100 futures (−0.1 to 0.0)."},
		{"reach_r8", summary.Unclear, false, "1 in 900",
			"No clear difference: futures with disruption or harder 1 in 900 → 1 in 1,100 (0.80 to 1.30)."},
		{"cases", summary.Differs, false, "Cases discovered: 1,254.80 cases",
			"A clear difference: cases discovered 1,254.80 → 1,254.80 cases (0.00 to 0.00)."},
	} {
		s := small.Invented()
		s.Headline.Measure = c.measure
		s.Contrasts[0].Pairing.Identical = c.identical
		s.Contrasts[0].Measure(c.measure).Verdict = c.verdict
		a := Of(s)
		if got := plain(strings.Join(append(a.Says, a.Shares), " ")); !strings.Contains(got, c.says) {
			t.Errorf("%s %s: %q lacks %q", c.measure, c.verdict, got, c.says)
		}
		if got := plain(a.Last); got != c.last {
			t.Errorf("%s %s: %q, want %q", c.measure, c.verdict, got, c.last)
		}
		if len(a.Rows) > mostRows || a.Rows[0].Change != RowOf(s.Contrasts[0].Measure(c.measure), 2, true).Change &&
			a.Rows[0].Change != RowOf(s.Contrasts[0].Measure(c.measure), 1, true).Change {
			t.Errorf("%s: the rows are %+v", c.measure, a.Rows)
		}
	}
}

// TestNothingToCompare: without a common incident, and with one arm.
func TestNothingToCompare(t *testing.T) {
	s := small.Invented()
	s.Contrasts[0].CommonCases = 0
	if a := Of(s); !strings.Contains(a.Last, "no incident was discovered") || len(a.Rows) > 0 {
		t.Errorf("%+v", a)
	}
	s.Contrasts = nil
	s.Arms[0].Curves = append(s.Arms[0].Curves, summary.Curve{Class: "R3", Cause: "any", Value: []float64{.2, .64}})
	if a := Of(s); a.Last != "One arm: a public or harder step within 5 years in 64 % of futures." ||
		!strings.Contains(a.Sample, "without-forum alone") {
		t.Errorf("%+v", a)
	}
}

// TestOften: years between missteps, or how many a year.
func TestOften(t *testing.T) {
	for want, x := range map[string][2]float64{"one in 6.4 years, in 6.9 with it": {1.56, 1.45},
		"one in 50 years, in 100 with it": {.2, .1},
		"one in 2.0 years":                {5, 5.01},
		"2.5 a year, 1.0 with it":         {25, 10},
		"1.2 a year":                      {12, 12.1}} {
		if got := plain(often(x[0], x[1], "with it")); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}

func by(group string, level float64) summary.By {
	return summary.By{Grouping: "pair", Measure: "missteps", Group: group, Baseline: small.Est(level, .1, 0, 9)}
}

// TestNotes: who errs about what, what decides, which tests fail, and what is left of it where there
// is little room.
func TestNotes(t *testing.T) {
	s := small.Invented()
	s.Contrasts[0].By = []summary.By{by("United Kingdom → China", 3), by("China → United Kingdom", .6),
		by("United Kingdom → France", .4)}
	s.Arms[0].Beliefs = summary.Beliefs{Culprit: small.Est(1, 0, 1, 1), Severity: small.Est(3, 0, 3, 3)}
	end := func(at, level, effect float64) summary.LeverEnd {
		return summary.LeverEnd{At: at, Baseline: small.Est(level, .2, 0, 9), Difference: small.Est(effect, .1, -1, 1)}
	}
	const price, strength = "assumptions.prices.United Kingdom@2024-01-01.price", "assumptions.strength.delay"
	s.Headline.Levers = []summary.Lever{{Path: price, Low: end(.1, 4, -.1), High: end(.6, .5, -.15)},
		{Path: strength, Low: end(0, 1.4, 0), High: end(1, 1.5, -.4)}}
	s.Expectations = []patterns.Expectation{{ID: "a", Says: "One thing.", Tail: .041, Verdict: patterns.Miss},
		{ID: "b", Verdict: patterns.Pass}, {ID: "c", Verdict: patterns.NotHere},
		{ID: "d", Says: "Another.", Tail: .002, Verdict: patterns.KnownMiss}}
	want := map[string][2]string{
		WhoErrs: {"The United Kingdom in 85 of 100 missteps, China in 15; wrong about how bad in 75, who in 25.",
			"The United Kingdom in 85 of 100; wrong about how bad 75, who 25."},
		Decides: {"What it costs the United Kingdom to go public, since 2024: missteps 4.0 where low, 0.5 where high. " +
			"The difference, in short runs: strength of “delay” (an act waits for a pending contact), 0.00 ±0.10 where low, " +
			"−0.40 ±0.10 where high.",
			"What it costs the United Kingdom to go public, since 2024: missteps 4.0 where low, 0.5 where high."},
		Tests: {"2 of 3 fail: “One thing” had a chance of 4 %; “Another” had a chance of < 1 %.",
			"2 of 3 fail: a (4 %), d (< 1 %)."},
		OtherArms: {"with-crisis-line, missteps −0.41 ±0.04 (−1.03 to +0.31) ~", ""},
	}
	notes := Of(s).Notes
	for _, n := range notes {
		if got := [2]string{plain(n.Text), plain(n.Short)}; got != want[n.Label] {
			t.Errorf("%s:\n%q, want\n%q", n.Label, got, want[n.Label])
		}
	}
	if len(notes) != len(want) {
		t.Errorf("%d notes", len(notes))
	}
	// What moves by no more than chance is not said to move.
	s.Headline.Levers = []summary.Lever{{Path: price, Low: end(.1, 1, -.1), High: end(.6, 1.2, -.15)}}
	if n := Of(s).Notes[1]; n.Text != "No number that was tried moves missteps by more than chance." {
		t.Errorf("%q", n.Text)
	}
}

// TestVersions: heads of narrow columns.
func TestVersions(t *testing.T) {
	for names, want := range map[[2]string][2]string{
		{"without-forum", "with-forum"}: {"without", "with"}, {"with-forum", "without-forum"}: {"with", "without"},
		{"without-forum", "with-line"}: {"without-fo…", "with-line"},
		{"as-it-was", "everything"}:    {"as-it-was", "everything"},
	} {
		if got := versions(names[0], names[1]); got != want {
			t.Errorf("%v: %v", names, got)
		}
	}
}

// TestAlone: an arm by itself tells public steps and covert ones apart, and of R9 the bound alone. Catches covert steps
// that stand under the name of a public rung, and a war that no record makes impossible.
func TestAlone(t *testing.T) {
	a := &summary.Arm{}
	for class, p := range map[string]float64{"R3": .7, "R6": .2, "R3-R6": .6, "R7": .11, "R8": .04, "R9": .01} {
		a.Curves = append(a.Curves, summary.Curve{Class: class, Cause: "any", Value: []float64{0, p}})
	}
	rows := func() (out []string) {
		for _, l := range alone(a)[:len(alone(a))-3] { // what is counted by cases stands last
			out = append(out, plain(l.Label+": "+l.Value))
		}
		return out
	}
	want := []string{"futures with a public step: 60 %", "futures with a covert step: 11 %",
		"futures with disruption or harder: 4 %"}
	if got := rows(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for i := range a.Curves {
		if a.Curves[i].Class == "R9" {
			a.Curves[i].Bound = .02
		}
	}
	if got := rows(); !slices.Equal(got, append(want, "futures with force: by history at most 2 %")) {
		t.Errorf("%q", got)
	}
}
