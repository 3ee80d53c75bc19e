package fit

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/patterns"
)

func at(x float64) *float64 { return &x }

// TestValueOf: each measure is written as people read it. Catches a rung shown as a
// count, a share as a number, or an infinite day as a day.
func TestValueOf(t *testing.T) {
	for _, c := range []struct {
		measure string
		x       float64
		want    string
	}{
		{"any", 0, "no"}, {"any", 1, "yes"}, {"any", 3, "yes"}, {"first_day", 61.4, "day 61"},
		{"first_day", math.Inf(1), "never"},
		{"max_rung", 5, "R5"}, {"uptime", 0.431, "43 %"}, {"uptime", 1, "100 %"}, {"count", 1234, "1,234"}, {"count", 0, "0"},
	} {
		if got := valueOf(c.measure, c.x); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.measure, c.x, got, c.want)
		}
	}
}

// TestSimulatedOf: a yes or no is a share of futures, anything else a median with its
// range. Catches quantiles that are shown in the wrong order.
func TestSimulatedOf(t *testing.T) {
	for want, e := range map[string]patterns.Expectation{
		"yes in 96 %":                {Measure: "any", Yes: .96, Median: 1, Low: 1, High: 1},
		"12 (3 to 40)":               {Measure: "count", Median: 12, Low: 3, High: 40},
		"day 90 (day 12 to never)":   {Measure: "first_day", Median: 90, Low: 12, High: patterns.Number(math.Inf(1))},
		"R3 (R0 to R5)":              {Measure: "max_rung", Median: 3, High: 5},
		"50 % (20 % to 100 %)":       {Measure: "uptime", Median: .5, Low: .2, High: 1},
		"1,200 (1,000 to 1,000,000)": {Measure: "count", Median: 1200, Low: 1000, High: 1e6},
		"never (day 700 to never)": {Measure: "first_day", Median: patterns.Number(math.Inf(1)), Low: 700,
			High: patterns.Number(math.Inf(1))},
		"yes in < 1 %":                {Measure: "any", Yes: .001},
		"0 (0 to 0)":                  {Measure: "count"},
		"43 % (43 % to 44 %)":         {Measure: "uptime", Median: .431, Low: .43, High: .436},
		"R9 (R9 to R9)":               {Measure: "max_rung", Median: 9, Low: 9, High: 9},
		"day 1 (day 0 to day 18,262)": {Measure: "first_day", Median: 1, High: 18262},
		"yes in > 99 %":               {Measure: "any", Yes: .999},
	} {
		if got := simulatedOf(&e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestPatternValue: a statistic in its unit, to the digit of its error. Catches a
// share that is not turned into per cent, or an error that is not doubled.
func TestPatternValue(t *testing.T) {
	for _, c := range []struct {
		unit string
		x    float64
		se   *float64
		want string
	}{
		{"share of cases", .123, nil, "12.30 %"}, {"share of cases", .123, at(.004), "12.3 ±0.8 %"},
		{"share of cases", 1, at(0), "100 %"},
		{"d", 196.4, at(6), "196 ±12 d"}, {"d", 196.4, nil, "196.40 d"}, {"ratio", 1.0173, at(.02), "1.02 ±0.04"},
		{"ratio", -.5, at(.05), "−0.5 ±0.1"},
	} {
		if got := patternValue(c.unit, c.x, c.se); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.unit, c.x, got, c.want)
		}
	}
}

// TestRangeOf: thresholds in the unit of the value, an open end as an ellipsis, with
// the digits that were given. Catches a bound in other units than its value.
func TestRangeOf(t *testing.T) {
	for _, c := range []struct {
		unit      string
		low, high *float64
		want      string
	}{
		{"share of cases", at(.5), at(1), "50 to 100 %"}, {"share of cases", at(.005), nil, "0.5 to … %"},
		{"share of cases", nil, at(.0125), "… to 1.25 %"},
		{"d", at(60), at(1000), "60 to 1,000 d"}, {"ratio", at(-.25), at(1.5), "−0.25 to 1.5"},
		{"ratio", nil, nil, "… to …"},
	} {
		p := patterns.Pattern{Threshold: patterns.Threshold{Low: c.low, High: c.high}, Unit: c.unit}
		if got := rangeOf(&p); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// verdicts is a result with these verdicts of expectations and patterns.
func verdicts(expectations, found []patterns.Verdict) *patterns.Result {
	r := &patterns.Result{Title: "Invented", Draws: 2, Replicates: 3, Seed: 4}
	for _, v := range expectations {
		r.Expectations = append(r.Expectations,
			patterns.Expectation{ID: "e", Measure: "count", Verdict: v, Source: "T5", Says: "Something."})
	}
	for _, v := range found {
		r.Patterns = append(r.Patterns,
			patterns.Pattern{Threshold: patterns.Threshold{ID: "P1", Says: "A thing."}, Verdict: v})
	}
	return r
}

// TestVerdictLine counts each verdict where it belongs. Catches a known miss counted
// as a miss, a surprise as none, or a pattern that was not judged as held.
func TestVerdictLine(t *testing.T) {
	const p, m, k, s, n = patterns.Pass, patterns.Miss, patterns.KnownMiss, patterns.Surprise, patterns.NotHere
	type list = []patterns.Verdict
	for want, r := range map[string]*patterns.Result{
		"0 expectations held, 0 missed; 0 of 0 patterns held":                    verdicts(nil, nil),
		"1 expectation held, 0 missed; 1 of 1 pattern held":                      verdicts(list{p}, list{p}),
		"2 expectations held, 0 missed; 1 of 2 patterns held":                    verdicts(list{p, s}, list{p, m}),
		"0 expectations held, 2 missed; 0 of 0 patterns held":                    verdicts(list{m, m}, list{n, n}),
		"1 expectation held, 1 missed, 2 missed as known; 1 of 2 patterns held":  verdicts(list{k, p, m, k}, list{n, p, m}),
		"0 expectations held, 0 missed, 1 missed as known; 0 of 1 pattern held":  verdicts(list{k, n}, list{m}),
		"3 expectations held, 0 missed, 1 missed as known; 2 of 2 patterns held": verdicts(list{s, s, k, p}, list{p, p, n}),
	} {
		if got := verdictLine(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestCheckText: a long title, id, sentence or pattern is folded, and no word of it
// is lost. Catches text that is cut at the width of the screen.
func TestCheckText(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("once upon a time ", 12)) + " END"
	r := verdicts([]patterns.Verdict{patterns.KnownMiss, patterns.Surprise, patterns.NotHere},
		[]patterns.Verdict{patterns.Miss})
	r.Title = long
	r.Expectations[0].Says, r.Expectations[0].KnownMiss, r.Expectations[0].Close = long, long, true
	r.Expectations[2].Arm, r.Expectations[2].ID = "with", strings.Repeat("x", 40)
	r.Patterns[0].Says, r.Patterns[0].Means, r.Patterns[0].Close, r.Patterns[0].ByConstruction = long, long, true, true
	text := checkText(r)
	if n := strings.Count(strings.Join(strings.Fields(text), " "), " END"); n != 5 {
		t.Errorf("%d of 5 long texts come to their end:\n%s", n, text)
	}
	for _, line := range strings.Split(text, "\n") {
		if utf8.RuneCountInString(line) > say.TableWidth || strings.TrimRight(line, " ") != line {
			t.Errorf("%d columns: %q", utf8.RuneCountInString(line), line)
		}
	}
	for _, want := range []string{"known miss, close", "It does not miss: the reason may have gone",
		"arm with is not played", strings.Repeat("x", 22) + "…", "P1 °", "miss, close", "    → once"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	if text := checkText(verdicts(nil, nil)); !strings.Contains(text,
		"The scenario expects nothing: it has no expect section.\n") || strings.Contains(text, "as extreme (limit)") {
		t.Errorf("an empty table:\n%s", text)
	}
}
