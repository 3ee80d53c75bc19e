package screen

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
	"pgregory.net/rapid"
)

func inventedView() *View {
	slot := func(path, value, source string, origin scenario.Origin) scenario.Slot {
		d, err := param.ParseDist(value, param.NonNegative)
		if err != nil {
			panic(err)
		}
		return scenario.Slot{Path: path, Dist: d, Source: source, Origin: origin}
	}
	j := &run.Run{Scenario: &scenario.Scenario{Slots: []scenario.Slot{
		slot("assumptions.choice.rationality", "30", "--set", scenario.FromFlag),
		slot("assumptions.choice.cost", "0.1 to 0.4", "config.yaml:12", scenario.FromConfig),
		slot("choice.price", "0.08 to 0.2", "T26; assumption: a policy", scenario.FromPrior),
		slot("choice.innocence", "0.25 to 0.75", "assumption: none known", scenario.FromPrior),
	}}, Layers: []scenario.Layer{
		{Origin: scenario.FromConfig, Path: "choice.cost", Value: "0.1 to 0.4", Where: "config.yaml:12"},
		{Origin: scenario.FromFlag, Path: "choice.rationality", Value: "30", Where: "--set"},
	}}
	return &View{Run: j, Summary: small.Invented(), Outcome: runfolder.Written, Folder: "outputs/invented-3f9c1ab",
		Figures: 7, Took: 3140 * time.Millisecond, Full: true}
}

// linesOf are the lines that a part of the screen adds.
func linesOf(put func(*say.Screen)) []string {
	s := &say.Screen{}
	put(s)
	return s.Lines()
}

// readingOf is what the screen says of the first contrast, in one line.
func readingOf(v *View) string {
	lines := linesOf(func(s *say.Screen) { v.readings(s, &v.Summary.Contrasts[0]) })
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

func TestScreen(t *testing.T) { clitest.Golden(t, "screen.txt", inventedView().String()) }

// TestScreenFixed: without a spread of parameters no interval is claimed.
func TestScreenFixed(t *testing.T) {
	v := inventedView()
	v.Summary.Run.Draws, v.Summary.Contrasts = 1, v.Summary.Contrasts[:1]
	got := v.String()
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
		change func(v *View)
		want   string
		not    string
	}{
		{"generator", func(v *View) { v.Summary.Run.Generator = "philox" }, "seed 1, generator philox", ""},
		{"unchanged", func(v *View) { v.Outcome = runfolder.Unchanged }, "unchanged outputs/invented-3f9c1ab", "wrote"},
		{"redrawn", func(v *View) { v.Outcome = runfolder.Redrawn }, "figures redrawn in outputs/", "wrote"},
		{"no figures", func(v *View) { v.Figures = 0 }, "3f9c1ab: summary.json", "figure"},
		{"identical", func(v *View) {
			v.Summary.Contrasts[0].Pairing = summary.Pairing{Identical: true}
			v.Summary.Contrasts[0].Measures[0].Verdict = summary.Same
		}, "The two arms are identical in every future.", "correlation"},
		{"no futures", func(v *View) { v.Summary.Contrasts[0].Futures.Public = summary.Table{Neither: 1} }, "",
			"paired futures"},
		{"no bound", func(v *View) { v.Summary.Arms[0].Curves = nil; v.Summary.Arms[1].Curves = nil }, "", "rule of three"},
		{"rare bound", func(v *View) { v.Summary.Arms[0].Curves[0].Bound = 1.0 / 350 }, "1 in 350", ""},
		{"plain arm name", func(v *View) { v.Summary.Contrasts[0].Treatment = "hotline" }, "in arm hotline.", ""},
		{"withdrawn", func(v *View) { v.Summary.Contrasts[0].Measures[4].Baseline.Value = 1 }, "public steps withdrawn", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := inventedView()
			v.Summary.Contrasts = v.Summary.Contrasts[:1]
			c.change(v)
			got := strings.Join(strings.Fields(v.String()), " ")
			if !strings.Contains(got, c.want) {
				t.Errorf("lacks %q:\n%s", c.want, v.String())
			}
			if c.not != "" && strings.Contains(got, c.not) {
				t.Errorf("has %q:\n%s", c.not, v.String())
			}
		})
	}
}

// TestScreenManyArms: with many other arms each gets one line.
func TestScreenManyArms(t *testing.T) {
	v := inventedView()
	for _, name := range []string{"c", "d", "e"} {
		third := v.Summary.Contrasts[1]
		third.Treatment = name
		v.Summary.Contrasts = append(v.Summary.Contrasts, third)
	}
	got := v.String()
	if !strings.Contains(got, " the other arms against without-forum: missteps\n") || strings.Contains(got, "d against") {
		t.Error(got)
	}
}

func TestScreenOneArm(t *testing.T) {
	v := inventedView()
	v.Summary.Contrasts, v.Summary.Arms, v.Summary.Run.Treatment = nil, v.Summary.Arms[:1], ""
	got := v.String()
	for _, want := range []string{"without-forum alone", "One arm, no contrast: what it brings by itself within 5 years",
		"disruption or harder  1 in 1,000, by history at most 75 %", "futures with force"} {
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
			return small.Est((low+high)/2, math.Abs(x())/10, min(low, high), max(low, high))
		}
		for i := range v.Summary.Contrasts {
			c := &v.Summary.Contrasts[i]
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
		for _, line := range strings.Split(v.String(), "\n") {
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
	for v, want := range map[summary.Verdict]string{summary.Better: "better", summary.Worse: "worse", summary.Unclear: "~",
		summary.Same: "=", summary.Differs: "differs"} {
		if got := say.Mark(v); got != want {
			t.Errorf("%s is marked %q", v, got)
		}
	}
}

// TestColumnsAlign: within a table every ± of a column and every end of an interval stands
// below the one above.
func TestColumnsAlign(t *testing.T) {
	v := inventedView()
	c := &v.Summary.Contrasts[0]
	lines := render(v.mainRows(c), c.Baseline, c.Treatment)
	for _, s := range []struct {
		sign string
		nth  int
	}{{"±", 3}, {"]", 1}} {
		want := -1
		for _, line := range lines[1:] {
			got := clitest.ColumnOf(line, s.sign, s.nth)
			if got < 0 || s.sign == "]" && strings.Contains(line, answer.Unresolved) {
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
	if got := strings.Join(linesOf(v.outside),
		"\n"); got != " Pinned: choice.rationality = 30 (--set)\n Replaced: choice.cost = 0.1 to 0.4 (config.yaml:12)" {
		t.Errorf("%s", got)
	}
	slot := v.Run.Scenario.Slots[0]
	for range 9 {
		v.Run.Scenario.Slots = append(v.Run.Scenario.Slots, slot)
	}
	if got := strings.Join(linesOf(v.outside), "\n"); !strings.Contains(got, "and 4 more (manifest.json)") {
		t.Errorf("%s", got)
	}
	v.Run.Scenario.Slots = v.Run.Scenario.Slots[2:4]
	if got := linesOf(v.outside); len(got) != 0 {
		t.Errorf("%v", got)
	}
	v.Run.Layers = nil
	if got := v.where("assumptions.choice.cost", "T13"); got != "T13" {
		t.Errorf("without a layer the source stands: %s", got)
	}
}

// TestWarnings: several arms with one trouble take one line.
func TestWarnings(t *testing.T) {
	v := inventedView()
	if got := linesOf(v.warnings); !strings.HasPrefix(got[1], " ! in arm without-forum,") ||
		!strings.Contains(strings.Join(got, " "), "(and 1 more like this)") {
		t.Errorf("%v", got)
	}
	v.Summary.Warnings = v.Summary.Warnings[:1]
	if got := linesOf(v.warnings); len(got) != 0 {
		t.Errorf("what the basis says is said again: %v", got)
	}
}
