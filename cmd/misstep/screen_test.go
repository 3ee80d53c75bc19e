package main

import (
	"math"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
	"pgregory.net/rapid"
)

func est(value, mc, low, high float64) summary.Estimate {
	return summary.Estimate{Value: value, MC: mc, Low: low, High: high}
}

// measured is a measure with the numbers that the screen shows.
func measured(id, label, unit string, goodness int, a, b, d summary.Estimate, v summary.Verdict) summary.Measure {
	ratio := summary.Estimate{}
	if a.Value != 0 {
		ratio = est(b.Value/a.Value, 0.02, 0.8, 1.3)
	}
	return summary.Measure{ID: id, Label: label, Unit: unit, Goodness: goodness, Paired: unit == "per 100 cases",
		Baseline: a, Treatment: b, Difference: d, Ratio: ratio, Harm: summary.Harm{Resolved: true, Share: 0.12, Low: 0.08, High: 0.18}, Verdict: v}
}

const perCases = "per 100 cases"

// invented is a summary whose numbers nobody computed.
func invented() *summary.Summary {
	curve := func(class string, at, bound float64) summary.Curve {
		return summary.Curve{Class: class, Cause: "any", Days: []float64{1826.25}, Value: []float64{at}, Bound: bound}
	}
	contrast := summary.Contrast{Baseline: "without-forum", Treatment: "with-forum", CommonCases: 55,
		Measures: []summary.Measure{
			measured("missteps", "missteps", perCases, -1, est(4.12, .06, 1.1, 8.9), est(3.71, .06, 1.2, 8.1), est(-.41, .04, -1.03, .31), summary.Unclear),
			measured("avoidable", "… avoidable", perCases, -1, est(2.6, .05, .3, 6), est(2.2, .05, .3, 5.6), est(-.4, .03, -.7, -.1), summary.Better),
			measured("missed", "missed responses", perCases, -1, est(1.8, .04, .2, 3), est(2.1, .04, .3, 4), est(.3, .03, .1, .8), summary.Worse),
			measured("forgone", "accountability forgone", perCases, -1, est(.1, .02, .1, .1), est(.5, .02, .1, .9), est(.4, .04, .4, .4), summary.Worse),
			measured("withdrawn", "public steps withdrawn", perCases, 0, est(0, 0, 0, 0), est(0, 0, 0, 0), est(0, 0, 0, 0), summary.Unclear),
			measured("any_misstep", "at least one misstep", "probability", -1, est(.69, .013, .3, .9), est(.64, .013, .3, .9), est(-.0004, .0001, -.0006, -.0002), summary.Better),
			measured("reach_r8", "disruptive operation", "probability", -1, est(1.0/900, .0002, 0, .003), est(1.0/1100, .0002, 0, .003), est(-.0002, .0001, -.0003, .0001), summary.Unclear),
			measured("cases", "cases discovered", "cases", 0, est(1254.8, 2.2, 1100, 1300), est(1254.8, 2.2, 1100, 1300), est(0, 0, 0, 0), summary.Same),
		},
		Futures: summary.Futures{Break: summary.Table{Neither: .88, OnlyBaseline: .03, OnlyTreatment: .02, Both: .07}},
		Pairing: summary.Pairing{Correlation: .85, VarianceFactor: 6.04, ShareDivergent: .95, MedianDivergent: 117},
	}
	third := contrast
	third.Treatment = "with-crisis-line"
	s := &summary.Summary{Format: 1,
		Run: summary.Run{Scenario: "invented", Title: "UK–China Cyber Dialogue", Start: "2026-02-01", HorizonDays: 1826.25, Arms: []string{"without-forum", "with-forum", "with-crisis-line"},
			Baseline: "without-forum", Treatment: "with-forum", Outcome: "missteps", Seed: 1, Generator: "mix", Draws: 200, Replicates: 50, Free: 96},
		Headline: summary.Headline{Measure: "missteps", Baseline: contrast.Measures[0].Baseline, Treatment: contrast.Measures[0].Treatment, Difference: contrast.Measures[0].Difference,
			Deciding: &summary.Deciding{Level: .05, Draws: 200, Candidates: 96, Threshold: .24, Numbers: []summary.Number{
				{Path: "assumptions.states.United Kingdom.choice.price", Correlation: .41, Corrected: .62, Worse: "high"}}}},
		Contrasts: []summary.Contrast{contrast, third},
		Warnings: []summary.Warning{
			{ID: "not-calibrated", What: "parameters are drawn from their priors", Why: "x", Do: "y"},
			{ID: "tail", What: "in arm without-forum, the probability of R8 is known to ±60 % only", Why: "rungs without precedent rest on a tail", Do: "read the bound"},
			{ID: "tail", What: "in arm with-forum, the probability of R8 is known to ±60 % only", Why: "rungs without precedent rest on a tail", Do: "read the bound"},
		}}
	for _, name := range s.Run.Arms {
		a := summary.Arm{Name: name, Curves: []summary.Curve{curve("R8", .001, .75), curve("R9", .00001, 1.0/60)}}
		if name != "without-forum" {
			a.Forum = summary.Forum{Exists: true, AtNeed: est(.43, .01, .3, .6)}
		}
		s.Arms = append(s.Arms, a)
	}
	return s
}

func inventedView() *view {
	slot := func(path, value, source string, origin scenario.Origin) scenario.Slot {
		d, err := param.ParseDist(value, param.NonNegative)
		if err != nil {
			panic(err)
		}
		return scenario.Slot{Path: path, Dist: d, Source: source, Origin: origin}
	}
	j := &job{scenario: &scenario.Scenario{Slots: []scenario.Slot{
		slot("assumptions.choice.rationality", "30", "--set", scenario.FromFlag),
		slot("assumptions.choice.cost", "0.1 to 0.4", "config.yaml:12", scenario.FromConfig),
		slot("choice.price", "0.08 to 0.2", "T26; assumption: a policy", scenario.FromPrior),
		slot("choice.innocence", "0.25 to 0.75", "assumption: none known", scenario.FromPrior),
	}}, layers: []scenario.Layer{
		{Origin: scenario.FromConfig, Path: "choice.cost", Value: "0.1 to 0.4", Where: "config.yaml:12"},
		{Origin: scenario.FromFlag, Path: "choice.rationality", Value: "30", Where: "--set"},
	}}
	return &view{job: j, summary: invented(), outcome: runfolder.Written, folder: "outputs/invented-3f9c1ab", figures: 7, took: 3140 * time.Millisecond}
}

// golden compares with a file of testdata; UPDATE=1 writes it.
func golden(t *testing.T, name, have string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("%s (UPDATE=1 writes it):\n%s", path, diff)
	}
}

func screenOf(v *view) string { return strings.Join(v.lines(), "\n") + "\n" }

func TestScreen(t *testing.T) { golden(t, "screen.txt", screenOf(inventedView())) }

// TestScreenFixed: without a spread of parameters no interval is claimed.
func TestScreenFixed(t *testing.T) {
	v := inventedView()
	v.summary.Run.Draws, v.summary.Contrasts = 1, v.summary.Contrasts[:1]
	got := screenOf(v)
	for _, no := range []string{"[parameters]", "[−1.03", "parameter draws with-forum makes", "[1.1"} {
		if strings.Contains(got, no) {
			t.Errorf("%q stands on the screen:\n%s", no, got)
		}
	}
	if !strings.Contains(got, "Parameters are fixed") {
		t.Errorf("nothing says that parameters are fixed:\n%s", got)
	}
}

func TestScreenParts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(v *view)
		want   string
		not    string
	}{
		{"generator", func(v *view) { v.summary.Run.Generator = "philox" }, "seed 1, generator philox", ""},
		{"unchanged", func(v *view) { v.outcome = runfolder.Unchanged }, "unchanged outputs/invented-3f9c1ab", "wrote"},
		{"redrawn", func(v *view) { v.outcome = runfolder.Redrawn }, "figures redrawn in outputs/", "wrote"},
		{"no figures", func(v *view) { v.figures = 0 }, "3f9c1ab: summary.json", "figure"},
		{"identical", func(v *view) {
			v.summary.Contrasts[0].Pairing = summary.Pairing{Identical: true}
			v.summary.Contrasts[0].Measures[0].Verdict = summary.Same
		}, "The two arms are identical in every future.", "correlation"},
		{"better", func(v *view) { v.summary.Contrasts[0].Measures[0].Verdict = summary.Better }, "Better, with both uncertainties allowed for.", "No clear"},
		{"worse", func(v *view) { v.summary.Contrasts[0].Measures[0].Verdict = summary.Worse }, "Worse, with both uncertainties allowed for.", "No clear"},
		{"other headline", func(v *view) { v.summary.Headline.Measure = "missed" }, "Difference in missed responses +0.30 ±0.03 [+0.10, +0.80] per 100 cases", ""},
		{"rare headline", func(v *view) { v.summary.Headline.Measure = "reach_r8" }, "Difference in disruptive operation ×0.82 ±0.02 [0.80, 1.30]. No clear", ""},
		{"probability headline", func(v *view) { v.summary.Headline.Measure = "any_misstep" }, "of 100 futures. Better", ""},
		{"no futures", func(v *view) { v.summary.Contrasts[0].Futures.Break = summary.Table{Neither: 1} }, "", "paired futures"},
		{"no bound", func(v *view) { v.summary.Arms[0].Curves = nil; v.summary.Arms[1].Curves = nil }, "", "rule of three"},
		{"rare bound", func(v *view) { v.summary.Arms[0].Curves[0].Bound = 1.0 / 350 }, "1 in 350", ""},
		{"plain arm name", func(v *view) { v.summary.Contrasts[0].Treatment = "hotline" }, "in arm hotline it is", ""},
		{"withdrawn", func(v *view) { v.summary.Contrasts[0].Measures[4].Baseline.Value = 1 }, "public steps withdrawn", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := inventedView()
			v.summary.Contrasts = v.summary.Contrasts[:1]
			c.change(v)
			got := strings.Join(strings.Fields(screenOf(v)), " ")
			if !strings.Contains(got, c.want) {
				t.Errorf("lacks %q:\n%s", c.want, screenOf(v))
			}
			if c.not != "" && strings.Contains(got, c.not) {
				t.Errorf("has %q:\n%s", c.not, screenOf(v))
			}
		})
	}
}

// TestScreenManyArms: with many other arms each gets one line.
func TestScreenManyArms(t *testing.T) {
	v := inventedView()
	for _, name := range []string{"c", "d", "e"} {
		third := v.summary.Contrasts[1]
		third.Treatment = name
		v.summary.Contrasts = append(v.summary.Contrasts, third)
	}
	got := screenOf(v)
	if !strings.Contains(got, " the other arms against without-forum: missteps\n") || strings.Contains(got, "d against") {
		t.Error(got)
	}
}

func TestScreenOneArm(t *testing.T) {
	v := inventedView()
	v.summary.Contrasts, v.summary.Arms, v.summary.Run.Treatment = nil, v.summary.Arms[:1], ""
	got := screenOf(v)
	for _, want := range []string{"without-forum alone", "One arm, no contrast", "R8 within 5 years, by any cause", "1 in 1,000", "R9, the record's bound alone", "at most 2 %"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
}

// TestScreenWidth: whatever the numbers and names, nothing is wider than a screen,
// nothing is NaN, and minus signs are minus signs.
func TestScreenWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := inventedView()
		size := rapid.SampledFrom([]float64{0, 1e-9, .01, 1, 30, 1e3, 1e5}).Draw(t, "size")
		wild := func() summary.Estimate {
			x := func() float64 { return rapid.Float64Range(-size, size).Draw(t, "x") }
			low, high := x(), x()
			return est((low+high)/2, math.Abs(x())/10, min(low, high), max(low, high))
		}
		for i := range v.summary.Contrasts {
			c := &v.summary.Contrasts[i]
			c.Treatment = rapid.StringMatching(`[a-z-]{1,60}`).Draw(t, "arm")
			c.Measures = append([]summary.Measure(nil), c.Measures...)
			for k := range c.Measures {
				m := &c.Measures[k]
				m.Baseline, m.Treatment, m.Difference = wild(), wild(), wild()
				m.Verdict = summary.Unclear
				if d := m.Difference; d.Low-d.MC > 0 || d.High+d.MC < 0 {
					m.Verdict = rapid.SampledFrom([]summary.Verdict{summary.Better, summary.Worse, summary.Differs}).Draw(t, "verdict")
				}
				if m.Unit == "probability" {
					m.Baseline.Value, m.Treatment.Value = rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "q")
				}
			}
		}
		for _, line := range v.lines() {
			if n := utf8.RuneCountInString(line); n > 110 && size <= 1 {
				t.Errorf("%d columns: %s", n, line)
			}
			if strings.Contains(line, "NaN") || strings.Contains(line, "%!") || strings.TrimRight(line, " ") != line {
				t.Errorf("%q", line)
			}
			for i := 0; i+1 < len(line); i++ {
				if line[i] == ' ' && line[i+1] == '-' && i+2 < len(line) && line[i+2] >= '0' && line[i+2] <= '9' {
					t.Errorf("a hyphen for a minus: %q", line)
				}
			}
		}
	})
}

func TestMark(t *testing.T) {
	for v, want := range map[summary.Verdict]string{summary.Better: "better", summary.Worse: "worse", summary.Unclear: "~", summary.Same: "=", summary.Differs: "differs"} {
		if got := say.Mark(v); got != want {
			t.Errorf("%s is marked %q", v, got)
		}
	}
}

// TestRowDigits: a clear difference never rounds to nothing.
func TestRowDigits(t *testing.T) {
	m := measured("x", "x", perCases, -1, est(1, .001, 1, 1), est(.996, .001, 1, 1), est(-.004, .0005, -.005, -.003), summary.Better)
	if r := rowOf(&m, 2, true); r.change.value != "−0.004" || r.baseline.value != "1.000" {
		t.Errorf("%+v", r)
	}
	m.Verdict = summary.Unclear
	if r := rowOf(&m, 2, true); r.change.value != "0.00" {
		t.Errorf("%+v", r)
	}
}

func TestIntervalUnresolved(t *testing.T) {
	for _, c := range []struct {
		e    summary.Estimate
		want [2]string
	}{
		{est(.4, .04, .4, .4), [2]string{unresolved}},
		{est(.4, .04, .3999, .4001), [2]string{unresolved}},
		{est(.4, .04, .3, .5), [2]string{"+0.30", "+0.50"}},
		{est(0, 0, 0, 0), [2]string{"0.00", "0.00"}}, // no future differs: that is resolved
	} {
		if got := intervalOf(c.e, 1, 2, say.Signed); got != c.want {
			t.Errorf("%+v: %v", c.e, got)
		}
	}
}

// columnOf is the place of a sign in a line, in columns; −1 without it.
func columnOf(line, sign string, nth int) int {
	for i, r := range []rune(line) {
		if string(r) == sign {
			if nth--; nth == 0 {
				return i
			}
		}
	}
	return -1
}

// TestColumnsAlign: within a table every ± of a column and every bracket stands
// below the one above.
func TestColumnsAlign(t *testing.T) {
	v := inventedView()
	c := &v.summary.Contrasts[0]
	lines := render(v.mainRows(c), c.Baseline, c.Treatment)
	for _, s := range []struct {
		sign string
		nth  int
	}{{"±", 3}, {"[", 1}, {"]", 1}} {
		want := -1
		for _, line := range lines[1:] {
			got := columnOf(line, s.sign, s.nth)
			if got < 0 || s.sign == "]" && strings.Contains(line, unresolved) {
				continue
			}
			if want < 0 {
				want = got
			}
			if got != want && strings.Count(line, "±") == 3 {
				t.Errorf("%s at %d, not %d: %s", s.sign, got, want, line)
			}
		}
		if want < 0 {
			t.Errorf("no %s", s.sign)
		}
	}
}

// TestOutside lists what was set, the first ones in full.
func TestOutside(t *testing.T) {
	v := inventedView()
	if got := strings.Join(v.outside(), "\n"); got != " Pinned: choice.rationality = 30 (--set)\n Replaced: choice.cost = 0.1 to 0.4 (config.yaml:12)" {
		t.Errorf("%s", got)
	}
	slot := v.job.scenario.Slots[0]
	for range 9 {
		v.job.scenario.Slots = append(v.job.scenario.Slots, slot)
	}
	if got := strings.Join(v.outside(), "\n"); !strings.Contains(got, "and 4 more (manifest.json)") {
		t.Errorf("%s", got)
	}
	v.job.scenario.Slots = v.job.scenario.Slots[2:4]
	if got := v.outside(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	v.job.layers = nil
	if got := v.where("assumptions.choice.cost", "T13"); got != "T13" {
		t.Errorf("without a layer the source stands: %s", got)
	}
}

// TestWarnings: several arms with one trouble take one line.
func TestWarnings(t *testing.T) {
	v := inventedView()
	if got := v.warnings(); !strings.HasPrefix(got[0], " ! in arm without-forum,") || !strings.Contains(strings.Join(got, " "), "(and 1 more like this)") {
		t.Errorf("%v", got)
	}
	v.summary.Warnings = v.summary.Warnings[:1]
	if got := v.warnings(); len(got) != 0 {
		t.Errorf("what the basis says is said again: %v", got)
	}
}
