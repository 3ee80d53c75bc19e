package handover

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
	"pgregory.net/rapid"
)

// TestReportNumbers: levels and differences with their ranges, what is not resolved,
// rare things as odds, and ranges cut at what is possible.
func TestReportNumbers(t *testing.T) {
	cases := func(e summary.Estimate) *summary.Measure {
		return &summary.Measure{ID: "missteps", Unit: small.PerCases, Baseline: e, Treatment: e, Difference: e}
	}
	share := func(e summary.Estimate) *summary.Measure {
		return &summary.Measure{ID: "reach_r3", Unit: "probability", Baseline: e, Treatment: e}
	}
	for _, c := range []struct {
		name      string
		m         *summary.Measure
		uncertain bool
		want      string
	}{
		{"a range", cases(small.Est(3.16, .06, .54, 9.73)), true, "3.2 (0.5 to 9.7)"},
		{"no spread asked for", cases(small.Est(3.16, .06, .54, 9.73)), false, "3.2 ±0.1"},
		{"not resolved", cases(small.Est(3.16, .06, 3.16, 3.16)), true, "3.2 ±0.1"},
		{"a value outside of its range", cases(small.Est(1, .1, 2, 3)), true, "1.0 ±0.1"},
		{"a probability", share(small.Est(.85, .01, .11, .98)), true, "85.0 (11.0 to 98.0)"},
		{"a rare one", share(small.Est(1.0/140, .001, 1.0/4100, 1.0/19)), true, "1 in 140 (1 in 4,100 to 1 in 19)"},
		{"a rare one of fixed parameters", share(small.Est(.005, .005, 0, 0)), false, "1 in 200 (0 to 1 in 100)"},
	} {
		if got := strings.ReplaceAll(reportLevel(c.m, c.m.Baseline, 1, c.uncertain), "\u00a0", " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	d := &summary.Measure{ID: "missteps", Unit: small.PerCases, Difference: small.Est(-.134, .037, -.445, .128),
		Verdict: summary.Unclear}
	for uncertain, want := range map[bool]string{true: "−0.13 ±0.04 per 100 cases (range −0.45 to +0.13)",
		false: "−0.13 ±0.04 per 100 cases"} {
		if got := strings.ReplaceAll(reportChange(d, uncertain), "\u00a0", " "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	d.Difference = small.Est(-.134, .037, -.134, -.134)
	if got := reportChange(d, true); !strings.HasSuffix(got,
		"per 100 cases (range not resolved at this number of futures)") {
		t.Error(got)
	}
}

// TestVerdictSentence: the answer for every verdict has its hedge.
func TestVerdictSentence(t *testing.T) {
	for _, c := range []struct {
		verdict summary.Verdict
		value   float64
		cases   float64
		same    bool
		want    string
	}{
		{summary.Unclear, -.1, 50, false,
			"In this model the forum makes no clear difference to missteps (public or harder steps that a state would not " +
				"take if it knew the truth): it may lower or raise them, since the uncertainty covers zero. Against 0.00 per " +
				"100 cases without the forum, the best estimate is 0.10 fewer; the assumptions leave open anything from 0.45 " +
				"fewer to 0.13 more."},
		{summary.Better, -.1, 50, false,
			"In this model the forum lowers missteps, for the better, with both uncertainties allowed for. Against"},
		{summary.Worse, .1, 50, false,
			"In this model the forum raises missteps, for the worse, with both uncertainties allowed for. Against"},
		{summary.Differs, .1, 50, false,
			"In this model the forum raises missteps, with both uncertainties allowed for; whether that is good is for the " +
				"reader to judge. Against"},
		{summary.Same, 0, 50, true, "In this model the two versions are identical in every simulated future."},
		{summary.Same, 0, 50, false, "In this model no simulated future differs in missteps."},
		{summary.Better, -.1, 0, false,
			"No case was discovered in both versions of any future: there is nothing to compare."},
	} {
		m := &summary.Measure{ID: "missteps", Label: "missteps", Unit: small.PerCases, Goodness: -1,
			Difference: small.Est(c.value, .04, -.45, .13), Verdict: c.verdict}
		contrast := &summary.Contrast{Baseline: "without-forum", Treatment: "with-forum", CommonCases: c.cases,
			Pairing: summary.Pairing{Identical: c.same}}
		if got := strings.ReplaceAll(verdictSentence(contrast, m, true), "\u00a0", " "); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q\nwant %q", c.verdict, got, c.want)
		}
	}
	if got := verdictSentence(&summary.Contrast{CommonCases: 1}, nil, true); !strings.Contains(got, "names no outcome") {
		t.Error(got)
	}
}

// TestReportArms: names of arms in a sentence.
func TestReportArms(t *testing.T) {
	for name, want := range map[string][2]string{
		"with-forum":          {"with the forum", "the forum"},
		"without-crisis-line": {"without the crisis line", "version “without crisis line”"},
		"narrow":              {"in version “narrow”", "version “narrow”"},
		"with-":               {"in version “with ”", "version “with ”"},
		"talks-only":          {"in version “talks only”", "version “talks only”"},
	} {
		if got := [2]string{reportArm(name), reportLever(name)}; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestSureness: sentences about chance, assumptions, harm and coupling.
func TestSureness(t *testing.T) {
	c := &summary.Contrast{Treatment: "with-forum"}
	m := &summary.Measure{ID: "missteps", Unit: small.PerCases, Goodness: -1, Difference: small.Est(-.13, .037, -.45, .13),
		Harm: summary.Harm{Resolved: true, Share: .17, Low: .07, High: .33}}
	for _, s := range []struct{ got, want string }{
		{samplingSentence(m, 2400),
			"From 2,400 futures the difference is known to ±0.04. This sampling error shrinks when more are simulated."},
		{assumptionSentence(m, 97),
			"97 numbers are uncertain. Over what they may be, 95 % of the differences lie between −0.45 and +0.13. This " +
				"range shrinks only when more becomes known."},
		{harmSentence(c, m), "In 17 % (7 % to 33 %) of the sets of assumptions that were drawn, the forum raises " +
			"missteps; in the others it does not."},
		{couplingSentence(&summary.Headline{Coupling: "quantile", Other: small.Est(.04, .005, 0, 0)}, false),
			"With chance shared out between the two versions in the other common way the difference is +0.04 ±0.01."},
		{couplingSentence(&summary.Headline{Coupling: "quantile"}, true), ""},
		{couplingSentence(&summary.Headline{}, false), ""},
	} {
		if got := strings.ReplaceAll(s.got, "\u00a0", " "); !strings.HasSuffix(got, s.want) || s.want == "" && got != "" {
			t.Errorf("%q, want %q", got, s.want)
		}
	}
	m.Goodness = 1
	if got := harmSentence(c, m); !strings.HasSuffix(got, "the forum lowers missteps; in the others it does not.") {
		t.Error(got)
	}
	rare := &summary.Measure{ID: "reach_r8", Unit: "probability", Baseline: small.Est(.001, .001, 0, .01),
		Verdict: summary.Unclear}
	if got := reportComparison(c, rare, true); reportChange(rare, true) != "" || strings.Contains(got, "difference") ||
		strings.Contains(verdictSentence(&summary.Contrast{CommonCases: 1}, rare, true), "best estimate") {
		t.Errorf("a difference without a ratio: %s", got)
	}
	m.Harm.Resolved = false
	m.Difference.Resolved = false
	for _, h := range []summary.Harm{m.Harm, {Resolved: true, Share: .34, Low: 0, High: 1}} {
		m.Harm = h
		if got := harmSentence(c,
			m); got != "Whether the forum raises or lowers missteps in a single set of assumptions cannot be told: the noise "+
			"of single futures hides it." {
			t.Error(got)
		}
	}
	if got := harmSentence(c, &summary.Measure{}); got != "" {
		t.Error(got)
	}
	if got := assumptionSentence(m, 1); !strings.HasPrefix(got, "1 number") ||
		!strings.Contains(got, "not resolved at this number of futures, which is not the same as not at all") {
		t.Error(got)
	}
}

// TestCurveRange: the range of a probability never says that chance is certain.
func TestCurveRange(t *testing.T) {
	c := &summary.Curve{Value: []float64{0, .5, 1}, MCLow: []float64{0, .4, 1}, MCHigh: []float64{0, .6, 1},
		Low: []float64{0, .1, 1}, High: []float64{0, .9, 1}}
	for _, w := range []struct {
		i, futures int
		uncertain  bool
		low, high  float64
	}{{0, 30, true, 0, .1}, {0, 300, false, 0, .01}, {1, 30, true, .1, .9}, {1, 30, false, .4, .6}, {2, 30, true, .9, 1},
		{2, 2, false, 0, 1}} {
		if low, high := curveRange(c, w.i, w.uncertain, w.futures); math.Abs(low-w.low) > 1e-12 ||
			math.Abs(high-w.high) > 1e-12 {
			t.Errorf("%+v: %v to %v", w, low, high)
		}
	}
	if got := strings.ReplaceAll(curveEnd(c, true, 300), "\u00a0", " "); got != "100 % (99 % to 100 %)" {
		t.Error(got)
	}
}

// will finds a sentence about what is going to happen.
var will = regexp.MustCompile(`(?i)\b(will|shall|won't|going to)\b`)

// TestSentencesHedge: whatever the numbers, no sentence says what is going to happen,
// and none has a number that is none.
func TestSentencesHedge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-5, 5)
		e := func(name string) summary.Estimate {
			v := x.Draw(t, name)
			return summary.Estimate{Value: v, MC: math.Abs(x.Draw(t, name+" error")), Low: v - math.Abs(x.Draw(t, name+" low")),
				High: v + math.Abs(x.Draw(t, name+" high")), Resolved: true}
		}
		m := &summary.Measure{ID: rapid.SampledFrom([]string{"missteps", "missed", "cases", "mine"}).Draw(t, "id"),
			Label: "mine", Unit: rapid.SampledFrom([]string{small.PerCases, "probability", "cases"}).Draw(t, "unit"),
			Goodness: rapid.IntRange(-1, 1).Draw(t, "goodness"), Baseline: e("baseline"), Treatment: e("treatment"),
			Difference: e("difference"), Ratio: small.Est(.9, .1, .5, 1.5),
			Verdict: rapid.SampledFrom([]summary.Verdict{summary.Better, summary.Worse, summary.Unclear, summary.Differs,
				summary.Same}).Draw(t, "verdict"),
			Harm: summary.Harm{Resolved: true, Share: .5, Low: .4, High: .6}}
		c := &summary.Contrast{Baseline: "without-forum", Treatment: "with-forum", CommonCases: 5}
		for _, s := range []string{verdictSentence(c, m, true), verdictSentence(c, m, false), reportComparison(c, m, true),
			samplingSentence(m, 10), assumptionSentence(m, 3), harmSentence(c, m)} {
			if will.MatchString(s) || strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || strings.Contains(s, "%!") {
				t.Fatal(s)
			}
		}
		m.Baseline.Value, m.Treatment.Value = math.Abs(m.Baseline.Value), math.Abs(m.Treatment.Value)
		if s := reportComparison(c, m, true); strings.Count(s, "(")+strings.Count(s, "±") < 3 {
			t.Fatalf("a number without an interval: %s", s)
		}
	})
}

// TestVerbsFollowTheirSubject: the talks make, the forum makes. Catches "the talks makes".
func TestVerbsFollowTheirSubject(t *testing.T) {
	m := &summary.Measure{ID: "missed", Unit: small.PerCases, Goodness: -1, Difference: small.Est(.1, .2, -.4, .6),
		Verdict: summary.Unclear}
	for treatment, want := range map[string]string{"with-talks": "the talks make no clear difference",
		"with-forum": "the forum makes no clear difference"} {
		c := &summary.Contrast{Baseline: "without", Treatment: treatment, CommonCases: 5}
		text := verdictClause(c, m)
		if !strings.HasPrefix(text, want) || strings.Contains(text, ": they may") != (treatment == "with-talks") {
			t.Errorf("%s: %q", treatment, text)
		}
		m.Harm = summary.Harm{Resolved: true, Share: .5, Low: .4, High: .6}
		if text := harmSentence(c, m); strings.Contains(text, "the talks raises") ||
			strings.Contains(text, "the forum raise ") {
			t.Errorf("%q", text)
		}
	}
}
